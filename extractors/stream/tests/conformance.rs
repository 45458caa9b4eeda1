//! What every format must satisfy, over `samples/`.

use prill_extract_stream as _;

prill_testkit::conformance!("stream");
