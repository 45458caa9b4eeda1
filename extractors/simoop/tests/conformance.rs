//! What every format must satisfy, over `samples/`.

use prill_extract_simoop as _;

prill_testkit::conformance!("simoop");
