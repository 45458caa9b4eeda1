//! What every format must satisfy, over `samples/`.

use prill_extract_cassandra_stress as _;

prill_testkit::conformance!("cassandra-stress");
