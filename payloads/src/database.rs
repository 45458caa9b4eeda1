//! Databases. Where the server is, is the caller's to say.

use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// [pgbench](https://www.postgresql.org/docs/current/pgbench.html) of PostgreSQL: 30 s, with the latency of each statement.
pub const PGBENCH: Payload = tool("pgbench", "pgbench", "pgbench", &["-T", "30", "-r"]);
/// [redis-benchmark](https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/benchmarks/): CSV, 100,000
/// requests of each command.
pub const REDIS_BENCHMARK: Payload = tool("redis-benchmark", "redis-benchmark", "redis-benchmark", &["--csv", "-n", "100000"]);
/// [asbench](https://github.com/aerospike/aerospike-benchmark): 30 s, with latencies.
pub const ASBENCH: Payload = tool("asbench", "asbench", "asbench", &["-t", "30", "--latency"]);
/// cassandra-stress of [Cassandra](https://cassandra.apache.org): the command is the caller's.
pub const CASSANDRA_STRESS: Payload = tool("cassandra-stress", "cassandra-stress", "cassandra-stress", &[]);
/// [db_bench](https://github.com/facebook/rocksdb/wiki/Benchmarking-tools) of RocksDB, with latencies. The benchmarks and the folder are
/// the caller's.
pub const DB_BENCH: Payload = tool("db-bench", "db_bench", "db-bench", &["--histogram=1"]);
/// [HammerDB](https://www.hammerdb.com): the script is the caller's.
pub const HAMMERDB: Payload = tool("hammerdb", "hammerdbcli", "hammerdb", &["auto"]);
/// [memtier_benchmark](https://github.com/RedisLabs/memtier_benchmark): 30 s against Redis or Memcached.
pub const MEMTIER: Payload = tool("memtier", "memtier_benchmark", "memtier", &["--test-time=30", "--hide-histogram"]);
/// mysqlslap of MySQL and MariaDB: queries that it makes up, three times.
pub const MYSQLSLAP: Payload =
    tool("mysqlslap", "mysqlslap", "mysqlslap", &["--auto-generate-sql", "--number-of-queries=1000", "--iterations=3"]);
/// [s64da-benchmark-toolkit](https://github.com/swarm64/s64da-benchmark-toolkit): the suite and the database are the caller's.
pub const S64DA_OLAP: Payload = tool("s64da-olap", "run_benchmark", "s64da-olap", &[]);
/// [YCSB](https://github.com/brianfrankcooper/YCSB): the command, the database and the workload are the caller's.
pub const YCSB: Payload = tool("ycsb", "ycsb", "ycsb", &[]);

register_payload!(&PGBENCH, "PostgreSQL transactions");
register_payload!(&REDIS_BENCHMARK, "Redis commands");
register_payload!(&ASBENCH, "Aerospike transactions");
register_payload!(&CASSANDRA_STRESS, "operations of Cassandra");
register_payload!(&DB_BENCH, "operations of RocksDB");
register_payload!(&HAMMERDB, "transactions and queries of databases");
register_payload!(&MEMTIER, "Redis and Memcached commands");
register_payload!(&MYSQLSLAP, "queries of MySQL and MariaDB");
register_payload!(&S64DA_OLAP, "queries of PostgreSQL");
register_payload!(&YCSB, "key-value stores and databases");
