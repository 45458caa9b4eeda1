//! What every format must satisfy, over `samples/`.

use prill_extract_speccpu as _;

prill_testkit::conformance!("speccpu");
