//! What every format must satisfy, over `samples/`.

use prill_extract_libtest_bench as _;

prill_testkit::conformance!("libtest-bench");
