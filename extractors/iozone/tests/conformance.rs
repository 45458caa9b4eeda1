//! What every format must satisfy, over `samples/`.

use prill_extract_iozone as _;

prill_testkit::conformance!("iozone");
