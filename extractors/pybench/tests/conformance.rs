//! What every format must satisfy, over `samples/`.

use prill_extract_pybench as _;

prill_testkit::conformance!("pybench");
