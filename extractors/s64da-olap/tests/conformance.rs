//! What every format must satisfy, over `samples/`.

use prill_extract_s64da_olap as _;

prill_testkit::conformance!("s64da-olap");
