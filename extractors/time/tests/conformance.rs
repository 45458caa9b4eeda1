//! What every format must satisfy, over `samples/`.

use prill_extract_time as _;

prill_testkit::conformance!("time");
