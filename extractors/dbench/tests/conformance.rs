//! What every format must satisfy, over `samples/`.

use prill_extract_dbench as _;

prill_testkit::conformance!("dbench");
