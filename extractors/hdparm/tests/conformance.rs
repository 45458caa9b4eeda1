//! What every format must satisfy, over `samples/`.

use prill_extract_hdparm as _;

prill_testkit::conformance!("hdparm");
