use prill_core::scan::{Scale, number, unit};
use prill_core::{MetricSink, Printed};

/// A number that less is better of.
pub(crate) fn lower(name: &str, label: Option<(&str, &str)>, printed: Printed, token: &str, out: &mut MetricSink) {
    let mut metric = out.metric(name).unit(printed).lower();
    if let Some((key, value)) = label {
        metric = metric.label(key, value);
    }
    if let Some(step) = step(token, printed) {
        metric = metric.resolution(step);
    }
    metric.push(token);
}

/// A number of which nobody knows what is better.
pub(crate) fn count(name: &str, label: Option<(&str, &str)>, printed: Printed, token: &str, out: &mut MetricSink) {
    let mut metric = out.metric(name).unit(printed);
    if let Some((key, value)) = label {
        metric = metric.label(key, value);
    }
    metric.push(token);
}

/// The share of a processor: `98%`; `?%` where the time was zero.
pub(crate) fn utilization(token: &str, out: &mut MetricSink) {
    if token != "?" {
        out.metric("cpu.utilization").unit(unit::PERCENT).resolution(0.01).push(token);
    }
}

/// `0:01.50`, `1:02:03`, `1m2.500s`: hours, minutes and seconds in `parts`. Seconds that stand alone are the number that was
/// printed; with minutes the number is computed from its parts, and with the decimal comma of a locale too: three decimals look
/// like a group of thousands, which no time is printed with.
pub(crate) fn clock(name: &str, label: Option<(&str, &str)>, parts: &[&str], out: &mut MetricSink) {
    let Some((seconds, higher)) = parts.split_last() else { return };
    let alone = higher.iter().all(|part| part.bytes().all(|b| b == b'0'));
    if alone {
        higher.iter().for_each(|part| out.ignore(part, "no minutes, no hours"));
    }
    if alone && !seconds.contains(',') {
        return lower(name, label, unit::SECOND, seconds, out);
    }
    let parts = if alone { &parts[higher.len()..] } else { parts };
    let point = |part: &str| number::value(&part.replacen(',', ".", 1), Scale::ONE);
    let value = parts.iter().try_fold(0.0, |sum, part| Some(sum * 60.0 + point(part)?));
    let spans = parts.iter().map(|part| out.span_of(part)).collect();
    let step = step(seconds, unit::SECOND).unwrap_or(1.0);
    let metric = out.metric(name).unit(unit::SECOND).lower().resolution(step);
    let metric = label.into_iter().fold(metric, |metric, (key, value)| metric.label(key, value));
    match value {
        Some(value) => metric.push_derived(value, spans),
        None => metric.push(seconds),
    }
}

fn step(token: &str, printed: Printed) -> Option<f64> {
    let (_, decimals) = token.split_once(['.', ','])?;
    let digits = i8::try_from(decimals.len()).ok().filter(|digits| (1..=9).contains(digits))?;
    number::value("1", printed.shift(-digits).scale)
}
