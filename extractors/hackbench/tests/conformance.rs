//! What every format must satisfy, over `samples/`.

use prill_extract_hackbench as _;

prill_testkit::conformance!("hackbench");
