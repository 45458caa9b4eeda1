//! What every format must satisfy, over `samples/`.

use prill_extract_wrk as _;

prill_testkit::conformance!("wrk");
