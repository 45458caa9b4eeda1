use std::time::Duration;

use super::baton::Means;

pub(super) const USAGE: &str = "\
usage: pingpong [OPTIONS]
Pairs of threads wake each other in turn; the time from each wake-up call to the running thread is measured.
  -m, --pairs N        pairs of threads (1 to 1024, default 1)
  -r, --runtime SEC    how long to measure (up to 86400, default 1)
  -w, --warmup SEC     how long to run before that (default 0.1)
  -s, --sleep USEC     rest of a woken thread before it wakes the other (default 0)
  -b, --by MEANS       what a thread waits on: futex (default) or pipe
  -h, --help           print this
";

/// A day: beyond it a runtime is a slip of the keyboard.
const LONGEST: f64 = 86_400.0;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Options {
    pub(super) pairs: usize,
    pub(super) runtime: Duration,
    pub(super) warmup: Duration,
    pub(super) sleep: Duration,
    pub(super) means: Means,
}

#[derive(Debug, PartialEq)]
pub(super) enum Request {
    Help,
    Measure(Options),
}

impl Default for Options {
    fn default() -> Self {
        Self {
            pairs: 1,
            runtime: Duration::from_secs(1),
            warmup: Duration::from_millis(100),
            sleep: Duration::ZERO,
            means: Means::Futex,
        }
    }
}

impl Options {
    pub(super) fn parse(args: impl IntoIterator<Item = String>) -> Result<Request, String> {
        let mut options = Self::default();
        let mut args = args.into_iter();
        while let Some(arg) = args.next() {
            if matches!(arg.as_str(), "-h" | "--help") {
                return Ok(Request::Help);
            }
            let (option, joined) = split(&arg);
            let mut value = || joined.map(str::to_owned).or_else(|| args.next()).ok_or_else(|| format!("{option} needs a value"));
            match option {
                "-m" | "--pairs" => options.pairs = pairs(&value()?)?,
                "-r" | "--runtime" => options.runtime = seconds(option, &value()?, 1e-3)?,
                "-w" | "--warmup" => options.warmup = seconds(option, &value()?, 0.0)?,
                "-s" | "--sleep" => options.sleep = microseconds(option, &value()?)?,
                "-b" | "--by" => options.means = means(&value()?)?,
                _ => return Err(format!("no such option: {arg}")),
            }
        }
        Ok(Request::Measure(options))
    }
}

/// `--runtime=2` and `-r2` carry their value with them.
fn split(arg: &str) -> (&str, Option<&str>) {
    if arg.starts_with("--") {
        return arg.split_once('=').map_or((arg, None), |(option, value)| (option, Some(value)));
    }
    match arg.char_indices().nth(2) {
        Some((at, _)) if arg.starts_with('-') => (&arg[..at], Some(&arg[at..])),
        _ => (arg, None),
    }
}

fn pairs(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|pairs| (1..=1024).contains(pairs)).ok_or_else(|| format!("--pairs {text}: not from 1 to 1024"))
}

fn seconds(option: &str, text: &str, least: f64) -> Result<Duration, String> {
    let seconds: Option<f64> = text.parse().ok().filter(|s| (least..=LONGEST).contains(s));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| format!("{option} {text}: not from {least} to {LONGEST} seconds"))
}

fn microseconds(option: &str, text: &str) -> Result<Duration, String> {
    let refused = || format!("{option} {text}: not from 0 to 1000000 microseconds");
    text.parse().ok().filter(|us| *us <= 1_000_000).map(Duration::from_micros).ok_or_else(refused)
}

fn means(text: &str) -> Result<Means, String> {
    match text {
        "futex" => Ok(Means::Futex),
        "pipe" => Ok(Means::Pipe),
        _ => Err(format!("--by {text}: neither futex nor pipe")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Request, String> {
        Options::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_are_read_in_every_spelling() {
        let wanted = Options {
            pairs: 4,
            runtime: Duration::from_millis(500),
            warmup: Duration::ZERO,
            sleep: Duration::from_micros(20),
            means: Means::Pipe,
        };
        for line in ["-m 4 -r 0.5 -w 0 -s 20 -b pipe", "--pairs=4 --runtime=0.5 -w0 --sleep 20 --by=pipe"] {
            assert_eq!(parse(line), Ok(Request::Measure(wanted.clone())), "{line}");
        }
        assert_eq!(parse(""), Ok(Request::Measure(Options::default())));
        assert_eq!(parse("-r 5 --help"), Ok(Request::Help));
    }

    #[test]
    fn bad_options_are_refused_by_name() {
        for (line, part) in [
            ("-m 0", "--pairs 0"),
            ("-m 1025", "1024"),
            ("-m", "-m needs a value"),
            ("-r -1", "-r -1"),
            ("-r nan", "nan"),
            ("-r 1e9", "86400"),
            ("-r 0", "0.001"),
            ("-s 1.5", "-s 1.5"),
            ("-b signal", "neither futex nor pipe"),
            ("--nope", "--nope"),
            ("5", "5"),
            ("-µ", "-µ"),
        ] {
            let e = parse(line).unwrap_err();
            assert!(e.contains(part), "{line}: {e}");
        }
    }
}
