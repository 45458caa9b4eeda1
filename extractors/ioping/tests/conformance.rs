//! What every format must satisfy, over `samples/`.

use prill_extract_ioping as _;

prill_testkit::conformance!("ioping");
