//! What every format must satisfy, over `samples/`.

use prill_extract_diskspd as _;

prill_testkit::conformance!("diskspd");
