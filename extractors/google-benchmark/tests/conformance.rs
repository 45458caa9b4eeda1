//! What every format must satisfy, over `samples/`.

use prill_extract_google_benchmark as _;

prill_testkit::conformance!("google-benchmark");
