//! What every format must satisfy, over `samples/`.

use prill_extract_db_bench as _;

prill_testkit::conformance!("db-bench");
