//! What every format must satisfy, over `samples/`.

use prill_extract_aim9 as _;

prill_testkit::conformance!("aim9");
