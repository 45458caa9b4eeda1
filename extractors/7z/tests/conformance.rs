//! What every format must satisfy, over `samples/`.

use prill_extract_7z as _;

prill_testkit::conformance!("7z");
