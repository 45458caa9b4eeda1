//! What every format must satisfy, over `samples/`.

use prill_extract_schbench as _;

prill_testkit::conformance!("schbench");
