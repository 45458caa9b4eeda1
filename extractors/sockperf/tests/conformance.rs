//! What every format must satisfy, over `samples/`.

use prill_extract_sockperf as _;

prill_testkit::conformance!("sockperf");
