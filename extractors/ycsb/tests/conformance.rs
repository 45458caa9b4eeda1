//! What every format must satisfy, over `samples/`.

use prill_extract_ycsb as _;

prill_testkit::conformance!("ycsb");
