//! What every format must satisfy, over `samples/`.

use prill_extract_memtier as _;

prill_testkit::conformance!("memtier");
