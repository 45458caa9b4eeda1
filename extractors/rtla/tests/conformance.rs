//! What every format must satisfy, over `samples/`.

use prill_extract_rtla as _;

prill_testkit::conformance!("rtla");
