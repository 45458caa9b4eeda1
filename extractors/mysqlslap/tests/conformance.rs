//! What every format must satisfy, over `samples/`.

use prill_extract_mysqlslap as _;

prill_testkit::conformance!("mysqlslap");
