//! What every format must satisfy, over `samples/`.

use prill_extract_hpcg as _;

prill_testkit::conformance!("hpcg");
