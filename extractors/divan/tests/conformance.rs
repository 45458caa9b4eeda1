//! What every format must satisfy, over `samples/`.

use prill_extract_divan as _;

prill_testkit::conformance!("divan");
