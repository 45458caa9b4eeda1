//! What every format must satisfy, over `samples/FORMAT/`.

use prill_extract_ruby_benchmark as _;

mod benchmark_ips {
    prill_testkit::conformance!("benchmark-ips");
}

mod ruby_benchmark {
    prill_testkit::conformance!("ruby-benchmark");
}
