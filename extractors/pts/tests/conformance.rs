//! What every format must satisfy, over `samples/`.

use prill_extract_pts as _;

prill_testkit::conformance!("pts");
