//! Web servers. The URL is the caller's.

use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// [ab](https://httpd.apache.org/docs/current/programs/ab.html) of Apache: 10,000 requests, 10 at a time.
pub const AB: Payload = tool("ab", "ab", "ab", &["-q", "-n", "10000", "-c", "10"]);
/// [h2load](https://nghttp2.org/documentation/h2load.1.html) of nghttp2: 10,000 requests by 10 clients.
pub const H2LOAD: Payload = tool("h2load", "h2load", "h2load", &["-n", "10000", "-c", "10"]);
/// [wrk](https://github.com/wg/wrk): with the percentiles of latency.
pub const WRK: Payload = tool("wrk", "wrk", "wrk", &["--latency"]);

register_payload!(&AB, "a fixed number of HTTP requests");
register_payload!(&H2LOAD, "HTTP/2 and HTTP/1.1 load");
register_payload!(&WRK, "HTTP load for a time");
