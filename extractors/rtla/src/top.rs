//! The tables of `top` and hwnoise, with a row for each processor.

use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Printed};

use crate::value::{Place, Quantity, latency};

const CYCLE: Printed = Printed::base("{cycle}");
const INTERRUPTION: Printed = Printed::base("{interruption}");

/// The table that is being read.
#[derive(Default)]
pub(crate) enum Table {
    #[default]
    None,
    /// The title was read, the unit was not.
    Titled,
    Timerlat(Printed),
    Osnoise,
}

pub(crate) fn is_title(shown: &str) -> bool {
    matches!(shown, "Timer Latency" | "Operating System Noise" | "Hardware-related Noise")
}

/// Days, hours, minutes and seconds of the line below the title: `0 00:00:05   |  IRQ Timer ..`, `duration:   0 00:01:00 | time is in us`.
pub(crate) fn duration(shown: &str) -> Option<[u32; 4]> {
    let mut words = shown.strip_prefix("duration:").unwrap_or(shown).split_whitespace();
    let (days, clock) = (words.next()?, words.next()?);
    let mut parts = std::iter::once(days).chain(clock.split(':')).map(str::parse);
    let duration = [parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?];
    parts.next().is_none().then_some(duration)
}

/// What the groups of columns of timerlat are called.
const CONTEXTS: [&str; 3] = ["irq", "thread", "user"];
const STATS: [&str; 4] = ["cur", "min", "avg", "max"];

impl Table {
    pub(crate) fn line(&mut self, shown: &str, out: &mut MetricSink) -> bool {
        if is_title(shown) {
            *self = Self::Titled;
            return true;
        }
        match self {
            Self::None => false,
            Self::Titled => {
                if shown.has("IRQ Timer Latency (") {
                    *self = Self::Timerlat(if shown.has("(ns)") { unit::NS } else { unit::US });
                } else if shown.starts_with("duration:") {
                    *self = Self::Osnoise;
                }
                out.ignore(shown, "duration");
                true
            }
            Self::Timerlat(printed) => shown.starts_with("CPU COUNT") || timerlat(shown, *printed, out),
            Self::Osnoise => shown.starts_with("CPU Period") || osnoise(shown, out),
        }
    }
}

/// `  0 #3000      |       18         1         2        21 |       20         3         5        40`, and of all processors, without
/// the last values, `ALL #6000   e0 |                   1 ...`
fn timerlat(shown: &str, printed: Printed, out: &mut MetricSink) -> bool {
    let mut groups = shown.split('|');
    let Some((cpu, count)) = groups.next().and_then(|first| first.trim().split_once('#')) else { return false };
    let cpu = cpu.trim();
    let all = cpu == "ALL";
    if !all && !cpu.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let place = Place { cpu: (!all).then_some(cpu), context: None };
    if all {
        out.ignore(count, "sum of the counts, cut to six digits");
    } else {
        out.ignore(cpu, "number of the processor");
        place.push(Quantity::informational("timer.count", CYCLE), count.trim(), out);
    }
    for (group, context) in groups.zip(CONTEXTS) {
        let place = Place { context: Some(context), ..place };
        let words: Vec<&str> = group.split_whitespace().collect();
        // The row of all has no column for the last value, but dashes for four where nothing was counted.
        let stats = if words.len() == STATS.len() { &STATS[..] } else { &STATS[1..] };
        if let Some(dash) = words.iter().find(|word| **word == "-") {
            place.none("timer.latency", dash, out);
            continue;
        }
        for (stat, token) in stats.iter().zip(words) {
            if let Some(quantity) = latency(stat, printed) {
                place.push(quantity, token, out);
            }
        }
    }
    true
}

/// `  0 #1      1000000          337   99.96630          337          112           0            0         1000            7            4`
fn osnoise(shown: &str, out: &mut MetricSink) -> bool {
    let mut words = shown.split_whitespace();
    let (Some(cpu), Some(periods)) = (words.next(), words.next().and_then(|word| word.strip_prefix('#'))) else { return false };
    let values: Vec<&str> = words.collect();
    if !cpu.bytes().all(|b| b.is_ascii_digit()) || values.len() < 7 || !values.iter().all(|word| number::is_token(word)) {
        return false;
    }
    out.ignore(cpu, "number of the processor");
    let place = Place { cpu: Some(cpu), context: None };
    place.push(Quantity::informational("period.count", Printed::base("{period}")), periods, out);
    let count = |kind| Quantity { kind: Some(kind), ..Quantity::lower("noise.count", INTERRUPTION) };
    let columns = [
        Quantity::informational("runtime", unit::US),
        Quantity::lower("noise.duration.sum", unit::US),
        Quantity { polarity: prill_core::Polarity::Higher, ..Quantity::lower("cpu.available", unit::PERCENT) },
        Quantity::lower("period.noise.max", unit::US),
        Quantity::lower("noise.duration.max", unit::US),
        count("hw"),
        count("nmi"),
        count("irq"),
        count("softirq"),
        count("thread"),
    ];
    columns.into_iter().zip(values).for_each(|(what, token)| place.push(what, token, out));
    true
}
