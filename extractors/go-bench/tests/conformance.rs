//! What every format must satisfy, over `samples/`.

use prill_extract_go_bench as _;

prill_testkit::conformance!("go-bench");
