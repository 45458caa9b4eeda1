//! What every format must satisfy, over `samples/`.

use prill_extract_ab as _;

prill_testkit::conformance!("ab");
