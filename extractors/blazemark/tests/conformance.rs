//! What every format must satisfy, over `samples/`.

use prill_extract_blazemark as _;

prill_testkit::conformance!("blazemark");
