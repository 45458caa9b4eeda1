//! What every format must satisfy, over `samples/`.

use prill_extract_hammerdb as _;

prill_testkit::conformance!("hammerdb");
