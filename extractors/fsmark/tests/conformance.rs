//! What every format must satisfy, over `samples/`.

use prill_extract_fsmark as _;

prill_testkit::conformance!("fsmark");
