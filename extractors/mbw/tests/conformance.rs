//! What every format must satisfy, over `samples/`.

use prill_extract_mbw as _;

prill_testkit::conformance!("mbw");
