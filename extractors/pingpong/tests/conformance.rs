//! What every format must satisfy, over `samples/`.

use prill_extract_pingpong as _;

prill_testkit::conformance!("pingpong");
