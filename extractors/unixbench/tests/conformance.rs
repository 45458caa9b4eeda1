//! What every format must satisfy, over `samples/`.

use prill_extract_unixbench as _;

prill_testkit::conformance!("unixbench");
