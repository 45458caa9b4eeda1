//! What every format must satisfy, over `samples/`.

use prill_extract_sysbench as _;

prill_testkit::conformance!("sysbench");
