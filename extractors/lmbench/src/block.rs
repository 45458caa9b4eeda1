use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Printed};

/// Rows of two numbers or more, below a head or of one program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Block<'t> {
    /// A size in MB, and MB/s (`lib_timing.c`, `bandwidth`: both of 10^6 bytes).
    Bandwidth { test: &'t str, op: Option<&'t str> },
    /// A size in MB, and microseconds.
    Mapping { test: &'t str },
    /// A size in MB, and nanoseconds (`lat_mem_rd`).
    Load { test: &'t str, stride: &'t str },
    /// Processes, and microseconds (`lat_ctx`).
    Switch { size: &'t str },
    /// A size in MB, and how many loads are under way at once (`par_mem`).
    Parallelism { test: &'t str },
    /// A size, a number of files, and how many are made and deleted a second (`lat_fs`).
    Files,
}

impl<'t> Block<'t> {
    /// Puts in a row; false for a line that is none.
    pub(crate) fn row(&self, line: &'t str, ended: bool, out: &mut MetricSink) -> bool {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let Self::Files = self {
            return files(&words, ended, out);
        }
        let &[key, token] = words.strip_suffix(&["MB/sec"]).unwrap_or(&words) else { return false };
        if !number::is_token(key) || !number::is_token(token) {
            return false;
        }
        out.ignore(key, "label");
        if !ended && !line.ends_with("MB/sec") {
            out.ignore(token, "may be cut");
            return true;
        }
        let metric = match self {
            Self::Bandwidth { test, op } => {
                let metric = out.metric("throughput").unit(unit::MB_PER_S).higher().label("test", *test).label("size", key);
                op.iter().fold(metric, |metric, op| metric.label("op", *op))
            }
            Self::Mapping { test } => {
                out.metric("operation.latency").unit(unit::US).lower().label("test", *test).label("size", key)
            }
            Self::Load { test, stride } => {
                let metric = out.metric("operation.latency").unit(unit::NS).lower().label("test", *test);
                metric.label("stride", *stride).label("size", key)
            }
            Self::Switch { size } => {
                let metric = out.metric("operation.latency").unit(unit::US).lower().label("test", "context switch");
                metric.label("size", *size).label("processes", key)
            }
            Self::Parallelism { test } => {
                out.metric("parallelism").unit(unit::RATIO).higher().label("test", *test).label("size", key)
            }
            Self::Files => return false,
        };
        metric.push(token);
        true
    }
}

/// `0k  261  805  37703`
fn files(words: &[&str], ended: bool, out: &mut MetricSink) -> bool {
    let &[size, count, created, deleted] = words else { return false };
    let is_size = size.strip_suffix('k').is_some_and(number::is_token);
    if !is_size || ![count, created, deleted].into_iter().all(number::is_token) {
        return false;
    }
    out.ignore(size, "label");
    out.ignore(count, "number of files");
    let rate = |op, token: &str, out: &mut MetricSink| {
        let metric = out.metric("file.rate").unit(Printed::base("{file}/s")).higher();
        metric.label("op", op).label("size", size).push(token);
    };
    rate("create", created, out);
    if ended {
        rate("delete", deleted, out);
    }
    true
}
