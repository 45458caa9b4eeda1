//! What every format must satisfy, over `samples/`.

use prill_extract_fio as _;

prill_testkit::conformance!("fio");
