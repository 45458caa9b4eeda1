//! Links every output format that comes with prill. A crate that nobody names is not linked, so each has a line here and
//! one in `Cargo.toml`; `use prill_extract_all as _;` in a program then registers them all.
#![deny(unused_crate_dependencies)]
#![forbid(unsafe_code)]

use prill_extract_7z as _;
use prill_extract_ab as _;
use prill_extract_aim9 as _;
use prill_extract_asbench as _;
use prill_extract_autonuma_benchmark as _;
use prill_extract_benchmarkjs as _;
use prill_extract_blazemark as _;
use prill_extract_bonnie as _;
use prill_extract_catch2 as _;
use prill_extract_coremark as _;
use prill_extract_criterion as _;
use prill_extract_dart_benchmark_harness as _;
use prill_extract_db_bench as _;
use prill_extract_dbench as _;
use prill_extract_dd as _;
use prill_extract_divan as _;
use prill_extract_fio as _;
use prill_extract_fsmark as _;
use prill_extract_go_bench as _;
use prill_extract_google_benchmark as _;
use prill_extract_gungraun as _;
use prill_extract_h2load as _;
use prill_extract_hackbench as _;
use prill_extract_hammerdb as _;
use prill_extract_hpcc as _;
use prill_extract_hpcg as _;
use prill_extract_hyperfine as _;
use prill_extract_imb as _;
use prill_extract_ioping as _;
use prill_extract_iperf2 as _;
use prill_extract_iperf3 as _;
use prill_extract_jmh as _;
use prill_extract_json as _;
use prill_extract_libtest_bench as _;
use prill_extract_mbw as _;
use prill_extract_memtier as _;
use prill_extract_mitata as _;
use prill_extract_mysqlslap as _;
use prill_extract_netperf as _;
use prill_extract_netpipe as _;
use prill_extract_openssl_speed as _;
use prill_extract_osu_micro_benchmarks as _;
use prill_extract_perf as _;
use prill_extract_pgbench as _;
use prill_extract_ping as _;
use prill_extract_pingpong as _;
use prill_extract_pts as _;
use prill_extract_pybench as _;
use prill_extract_pytest_benchmark as _;
use prill_extract_redis_benchmark as _;
use prill_extract_rt_app as _;
use prill_extract_rt_tests as _;
use prill_extract_rtla as _;
use prill_extract_ruby_benchmark as _;
use prill_extract_s64da_olap as _;
use prill_extract_schbench as _;
use prill_extract_simoop as _;
use prill_extract_sockperf as _;
use prill_extract_specjbb2015 as _;
use prill_extract_stream as _;
use prill_extract_stress_ng as _;
use prill_extract_stressapptest as _;
use prill_extract_sysbench as _;
use prill_extract_sysstat as _;
use prill_extract_time as _;
use prill_extract_tinybench as _;
use prill_extract_unixbench as _;
use prill_extract_vm_scalability as _;
use prill_extract_wrk as _;
use prill_extract_ycsb as _;

#[cfg(test)]
use {prill_core as _, serde_json as _};
