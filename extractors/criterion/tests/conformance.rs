//! What every format must satisfy, over `samples/`.

use prill_extract_criterion as _;

prill_testkit::conformance!("criterion");
