use std::fmt::Write as _;
use std::time::Duration;

use super::baton::Means;
use super::histogram::Histogram;
use super::measure::Pair;
use super::options::Options;

const PERCENTILES: [&str; 4] = ["50.0", "90.0", "99.0", "99.9"];

/// What is printed: one block for each pair where there are several, then one for all.
pub(super) fn report(options: &Options, pairs: &[Pair]) -> String {
    let mut text = String::new();
    let elapsed = pairs.iter().map(|pair| pair.elapsed).max().unwrap_or_default();
    heading(&mut text, options, elapsed);
    if pairs.len() > 1 {
        for (number, pair) in pairs.iter().enumerate() {
            block(&mut text, &format!("pair {number}"), pair);
        }
    }
    let mut all = Pair { wakeups: Histogram::new(), awake: 0, elapsed };
    for pair in pairs {
        all.wakeups.merge(&pair.wakeups);
        all.awake += pair.awake;
    }
    block(&mut text, "all pairs", &all);
    text
}

fn heading(text: &mut String, options: &Options, elapsed: Duration) {
    let means = match options.means {
        Means::Futex => "futex",
        Means::Pipe => "pipe",
    };
    let (pairs, sleep, warmup) = (options.pairs, options.sleep.as_micros(), options.warmup.as_secs_f64());
    let s = if pairs == 1 { "" } else { "s" };
    line(
        text,
        format_args!(
            "pingpong: {pairs} pair{s} by {means}, sleep {sleep} us, warm-up {warmup} s, ran {} s",
            elapsed.as_secs_f64()
        ),
    );
}

fn block(text: &mut String, whose: &str, pair: &Pair) {
    let wakeups = &pair.wakeups;
    line(text, format_args!("Wake-ups of {whose} in us ({} samples)", wakeups.count()));
    if wakeups.count() > 0 {
        for percent in PERCENTILES {
            let at = wakeups.percentile(percent.parse().unwrap_or_default());
            line(text, format_args!("{percent:>8}th: {:<12} (step {})", us(at.ns), us(at.step)));
        }
        let mean = wakeups.mean() / 1e3;
        line(text, format_args!("    min={}, mean={mean:.3}, max={}", us(wakeups.min()), us(wakeups.max())));
    }
    let rate = wakeups.count() as f64 / pair.elapsed.as_secs_f64();
    line(text, format_args!("    wake-ups per second: {rate:.2}"));
    line(text, format_args!("    calls to a thread still awake: {}", pair.awake));
}

/// Nanoseconds as microseconds, without rounding.
fn us(ns: u64) -> String {
    format!("{}.{:03}", ns / 1000, ns % 1000)
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(durations: &[u64]) -> Pair {
        let mut wakeups = Histogram::new();
        durations.iter().for_each(|ns| wakeups.add(*ns));
        Pair { wakeups, awake: 2, elapsed: Duration::from_millis(500) }
    }

    #[test]
    fn one_pair_is_one_block() {
        let text = report(&Options::default(), &[pair(&[1_500, 250_000, 2_000])]);
        let wanted = "\
pingpong: 1 pair by futex, sleep 0 us, warm-up 0.1 s, ran 0.5 s
Wake-ups of all pairs in us (3 samples)
    50.0th: 2.007        (step 0.008)
    90.0th: 250.000      (step 1.024)
    99.0th: 250.000      (step 1.024)
    99.9th: 250.000      (step 1.024)
    min=1.500, mean=84.500, max=250.000
    wake-ups per second: 6.00
    calls to a thread still awake: 2
";
        assert_eq!(text, wanted);
    }

    #[test]
    fn several_pairs_have_a_block_each_and_one_together() {
        let text = report(&Options { pairs: 2, ..Options::default() }, &[pair(&[1_000]), pair(&[])]);
        let heads: Vec<_> = text.lines().filter(|line| line.starts_with("Wake-ups")).collect();
        assert_eq!(
            heads,
            [
                "Wake-ups of pair 0 in us (1 samples)",
                "Wake-ups of pair 1 in us (0 samples)",
                "Wake-ups of all pairs in us (1 samples)"
            ]
        );
        assert_eq!(text.lines().filter(|line| line.contains("th:")).count(), 8, "no percentile of nothing: {text}");
    }
}
