//! What every format must satisfy, over `samples/FORMAT/`.

use prill_extract_tinybench as _;

mod tinybench {
    prill_testkit::conformance!("tinybench");
}

mod vitest_bench {
    prill_testkit::conformance!("vitest-bench");
}
