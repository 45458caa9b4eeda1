//! What every format must satisfy, over `samples/`.

use prill_extract_autonuma_benchmark as _;

prill_testkit::conformance!("autonuma-benchmark");
