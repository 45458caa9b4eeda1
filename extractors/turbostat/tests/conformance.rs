//! What every format must satisfy, over `samples/`.

use prill_extract_turbostat as _;

prill_testkit::conformance!("turbostat");
