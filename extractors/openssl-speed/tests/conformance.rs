//! What every format must satisfy, over `samples/`.

use prill_extract_openssl_speed as _;

prill_testkit::conformance!("openssl-speed");
