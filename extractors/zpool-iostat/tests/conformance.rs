//! What every format must satisfy, over `samples/`.

use prill_extract_zpool_iostat as _;

prill_testkit::conformance!("zpool-iostat");
