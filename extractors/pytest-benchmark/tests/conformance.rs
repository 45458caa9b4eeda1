//! What every format must satisfy, over `samples/`.

use prill_extract_pytest_benchmark as _;

prill_testkit::conformance!("pytest-benchmark");
