//! What every format must satisfy, over `samples/`.

use prill_extract_hyperfine as _;

prill_testkit::conformance!("hyperfine");
