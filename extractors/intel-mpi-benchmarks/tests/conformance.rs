//! Every folder in `samples` is a recorded run, and each test asks one thing of all of them. A new one needs no new test code.

use prill_extract_intel_mpi_benchmarks as _;

prill_testkit::conformance!("intel-mpi-benchmarks");
