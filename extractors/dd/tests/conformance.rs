//! What every format must satisfy, over `samples/`.

use prill_extract_dd as _;

prill_testkit::conformance!("dd");
