//! What every format must satisfy, over `samples/`.

use prill_extract_stress_ng as _;

prill_testkit::conformance!("stress-ng");
