//! Databases. Where the server is, is the caller's to say.

use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// [pgbench](https://www.postgresql.org/docs/current/pgbench.html) of PostgreSQL: 30 s, with the latency of each statement.
pub const PGBENCH: Payload = tool("pgbench", "pgbench", "pgbench", &["-T", "30", "-r"]);
/// [redis-benchmark](https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/benchmarks/): CSV, 100,000
/// requests of each command.
pub const REDIS_BENCHMARK: Payload = tool("redis-benchmark", "redis-benchmark", "redis-benchmark", &["--csv", "-n", "100000"]);

register_payload!(&PGBENCH, "PostgreSQL transactions");
register_payload!(&REDIS_BENCHMARK, "Redis commands");
