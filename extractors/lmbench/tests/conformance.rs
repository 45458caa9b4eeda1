//! What every format must satisfy, over `samples/`.

use prill_extract_lmbench as _;

prill_testkit::conformance!("lmbench");
