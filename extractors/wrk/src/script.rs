//! What scripts print behind the last line: those that come with wrk, and one that is known.

use prill_core::scan::{Search, number, percentile, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::page::{ERROR, LATENCY, REQUEST, REQUESTS, put};

/// Which script's rows follow.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) enum Script {
    #[default]
    Unknown,
    /// `scripts/report.lua`: `99.999%,16084`, in microseconds, as all latencies that Lua is given.
    Report,
    /// The rows of `wrk_latency.lua` of PerfKitBenchmarker: `p99 latency,0.519,ms`.
    Csv,
}

const SOURCE: Option<(&str, &str)> = Some(("source", "script"));

impl Script {
    /// Reads a line; false when it is of no script that is known.
    pub(crate) fn line(&mut self, text: &str, out: &mut MetricSink) -> bool {
        match text {
            // Thirty of them.
            "------------------------------" => *self = Self::Report,
            "==CSV==" => *self = Self::Csv,
            "variable,value,unit" if *self == Self::Csv => {}
            _ => {
                return match self {
                    Self::Report => report(text, out),
                    Self::Csv => csv(text, out),
                    Self::Unknown => false,
                } || thread(text, out);
            }
        }
        true
    }
}

fn report(text: &str, out: &mut MetricSink) -> bool {
    let Some((share, token)) = text.cut("%,") else { return false };
    let Some(stat) = percentile::stat(share).filter(|_| number::is_token(token)) else { return false };
    out.ignore(share, "names a percentile");
    put(LATENCY, &stat, Polarity::Lower, (token, unit::US), SOURCE, out);
    true
}

fn csv(text: &str, out: &mut MetricSink) -> bool {
    let mut fields = text.split(',');
    let (Some(key), Some(token), Some(word), None) = (fields.next(), fields.next(), fields.next(), fields.next()) else {
        return false;
    };
    let latency = key.strip_prefix('p').and_then(|key| percentile::stat(key.strip_suffix(" latency")?));
    let (name, polarity, printed): (&str, Polarity, Printed) = match (key, word) {
        _ if latency.is_some() => match word {
            "ms" => (LATENCY, Polarity::Lower, unit::MS),
            "us" => (LATENCY, Polarity::Lower, unit::US),
            _ => return false,
        },
        ("bytes transferred", "bytes") => ("transfer.bytes", Polarity::Higher, unit::BYTE),
        ("errors", "n") => ("error.count", Polarity::Lower, ERROR),
        ("requests", "n") => ("request.count", Polarity::Higher, REQUEST),
        ("throughput", "requests/sec") => ("request.rate", Polarity::Higher, REQUESTS),
        _ => return false,
    };
    if !number::is_token(token) {
        return false;
    }
    out.ignore(key, "names a percentile");
    put(name, latency.as_deref().unwrap_or_default(), polarity, (token, printed), SOURCE, out);
    true
}

/// `thread 1 made 2560 requests and got 2541 responses`, of `scripts/setup.lua`.
fn thread(text: &str, out: &mut MetricSink) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let ["thread", thread, "made", requests, "requests", "and", "got", responses, "responses"] = words[..] else { return false };
    out.ignore(thread, "names the thread");
    let of = Some(("thread", thread));
    put("request.count", "", Polarity::Higher, (requests, REQUEST), of, out);
    put("response.count", "", Polarity::Higher, (responses, Printed::base("{response}")), of, out);
    true
}
