//! What every format must satisfy, over `samples/`.

use prill_extract_rt_app as _;

prill_testkit::conformance!("rt-app");
