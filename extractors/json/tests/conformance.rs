//! What every format must satisfy, over `samples/`.

use prill_extract_json as _;

prill_testkit::conformance!("json", generic);
