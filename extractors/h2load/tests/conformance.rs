//! What every format must satisfy, over `samples/`.

use prill_extract_h2load as _;

prill_testkit::conformance!("h2load");
