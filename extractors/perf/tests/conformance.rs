//! What every format must satisfy, over `samples/FORMAT/`.

use prill_extract_perf as _;

mod perf_bench {
    prill_testkit::conformance!("perf-bench");
}

mod perf_stat {
    prill_testkit::conformance!("perf-stat");
}
