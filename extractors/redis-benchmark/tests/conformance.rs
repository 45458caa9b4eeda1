//! What every format must satisfy, over `samples/`.

use prill_extract_redis_benchmark as _;

prill_testkit::conformance!("redis-benchmark");
