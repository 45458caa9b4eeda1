//! What every format must satisfy, over `samples/`.

use prill_extract_specjbb2015 as _;

prill_testkit::conformance!("specjbb2015");
