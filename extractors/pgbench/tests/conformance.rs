//! What every format must satisfy, over `samples/`.

use prill_extract_pgbench as _;

prill_testkit::conformance!("pgbench");
