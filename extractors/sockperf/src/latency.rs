use prill_core::scan::{Search, number, percentile, unit};
use prill_core::{MetricSink, Polarity};

use crate::put::Of;

/// `avg-latency=18.498 (std-dev=149.796)`, and since 3.8 more measures of spread in the bracket. `avg-rtt` with `--full-rtt`,
/// `avg-lat` before 3.0.
pub(crate) fn average(text: &str, of: Of<'_>, out: &mut MetricSink) -> Option<&'static str> {
    let (kind, rest) = text.split_once('=')?;
    let object = if kind == "rtt" { "message.rtt" } else { "message.latency" };
    let (mean, rest) = number::leading(rest.trim_start())?;
    let spreads = rest.trim().strip_prefix('(')?.strip_suffix(')')?;
    of.time(&format!("{object}.mean"), mean, out);
    for spread in spreads.parts(", ") {
        let Some((key, token)) = spread.split_once('=').filter(|(_, token)| number::is_token(token)) else {
            out.ignore(spread, "the interval of confidence");
            continue;
        };
        match key {
            "std-dev" => of.time(&format!("{object}.stddev"), token, out),
            "std-error" => of.time(&format!("{object}.stderr"), token, out),
            "cv" => of.put(&format!("{object}.cv"), unit::RATIO, Polarity::Lower, token, out),
            _ => out.ignore(token, "a measure of spread that has no name in common"),
        }
    }
    Some(object)
}

/// `Latency is 18.498 usec`, `Round trip of burst of 10 messages is 18.497 usec`: the average once more.
pub(crate) fn summary(text: &str, of: Of<'_>, out: &mut MetricSink) -> bool {
    let object = match text {
        _ if text.starts_with("Latency ") => "message.latency",
        _ if text.starts_with("Round trip ") => "message.rtt",
        _ => return false,
    };
    let Some((burst, token)) = text.strip_suffix(" usec").and_then(|text| text.cut_last(" is ")) else { return false };
    out.ignore(burst, "how many messages a burst has");
    Of { source: Some("summary"), ..of }.time(&format!("{object}.mean"), token, out);
    true
}

/// `percentile 99.000 =   34.621`, `<MAX> observation = 5866.245`
pub(crate) fn observation(text: &str, object: &str, of: Of<'_>, out: &mut MetricSink) -> bool {
    let Some((key, token)) = text.split_once('=') else { return false };
    let stat = match key.trim_end() {
        "<MAX> observation" => Some("max".to_owned()),
        "<MIN> observation" => Some("min".to_owned()),
        key => key.strip_prefix("percentile ").and_then(|shown| {
            let shown = shown.trim();
            out.ignore(shown, "names a percentile");
            percentile::stat(shown)
        }),
    };
    let Some(stat) = stat else { return false };
    of.time(&format!("{object}.{stat}"), token.trim(), out);
    true
}
