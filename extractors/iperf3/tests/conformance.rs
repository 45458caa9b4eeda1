//! What every format must satisfy, over `samples/`.

use prill_extract_iperf3 as _;

prill_testkit::conformance!("iperf3");
