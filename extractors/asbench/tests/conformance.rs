//! What every format must satisfy, over `samples/`.

use prill_extract_asbench as _;

prill_testkit::conformance!("asbench");
