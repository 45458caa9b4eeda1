//! What every format must satisfy, over `samples/`.

use prill_extract_stressapptest as _;

prill_testkit::conformance!("stressapptest");
