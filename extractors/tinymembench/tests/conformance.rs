//! What every format must satisfy, over `samples/`.

use prill_extract_tinymembench as _;

prill_testkit::conformance!("tinymembench");
