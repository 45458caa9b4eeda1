use prill_core::diagnostic::code;
use prill_core::extract::Emit;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

/// What a result is of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    pub(crate) benchmark: String,
    /// `n=10, kind=a`
    pub(crate) parameters: Option<String>,
    /// Where a text has several of them.
    pub(crate) environment: Option<String>,
    pub(crate) commit: Option<String>,
    /// In a comparison the commit before.
    pub(crate) run: Option<&'static str>,
    pub(crate) samples: Option<u64>,
}

/// Which number of a result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part {
    /// The median of the samples where there are any.
    Result {
        sampled: bool,
    },
    Low,
    High,
    Stat(&'static str),
}

/// What a benchmark measures, by the prefix of its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Time,
    /// The size of an object.
    Memory,
    /// The resident set size.
    Peak,
    Track,
}

impl Kind {
    pub(crate) fn of(benchmark: &str) -> Self {
        let name = benchmark.rsplit('.').next().unwrap_or(benchmark);
        match name {
            _ if name.starts_with("mem_") || name.starts_with("Mem") => Self::Memory,
            _ if name.starts_with("peakmem_") || name.starts_with("PeakMem") => Self::Peak,
            _ if name.starts_with("track_") || name.starts_with("Track") => Self::Track,
            _ => Self::Time,
        }
    }
}

/// What became of a printed result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Outcome {
    Read,
    /// There is none: it failed, was skipped or does not exist on this side.
    Failed,
    Missing,
    /// It is no result.
    Other,
}

impl Place {
    /// Reads a printed result: `11.1±0.01μs`, `28M`, `42`, `failed`.
    pub(crate) fn read(&self, text: &str, out: &mut MetricSink) -> Outcome {
        if text.ends_with("failed") || text == "timed out" {
            return Outcome::Failed;
        }
        if ["n/a", "[]", "ok", "skipped"].contains(&text) {
            return Outcome::Missing;
        }
        let kind = Kind::of(&self.benchmark);
        let text = text.strip_suffix(";...").unwrap_or(text);
        let Some((token, rest)) = number::leading(text) else { return Outcome::Other };
        let (error, word) = match rest.strip_prefix('\u{b1}').and_then(number::leading) {
            Some((error, word)) => (Some(error), word),
            None => (None, rest),
        };
        let Some(printed) = printed(word.trim(), kind) else { return Outcome::Other };
        self.put(kind, Part::Result { sampled: error.is_some() }, token, printed, out);
        if let Some(error) = error {
            self.put(kind, Part::Stat("spread"), error, printed, out);
        }
        Outcome::Read
    }

    /// Puts in a number of a result.
    pub(crate) fn put(&self, kind: Kind, part: Part, token: &str, printed: Option<Printed>, out: &mut MetricSink) {
        let name = match kind {
            Kind::Time => "time",
            Kind::Memory => "object.size",
            Kind::Peak => "rss.max",
            Kind::Track => "value",
        };
        if kind == Kind::Track && matches!(part, Part::Result { .. }) {
            out.note(code::UNKNOWN_UNIT, token, format!("the unit of {} is not printed", self.benchmark));
        }
        let polarity = if kind == Kind::Track || part == Part::Stat("spread") { Polarity::Unknown } else { Polarity::Lower };
        let metric = out.metric(name).polarity(polarity).samples(self.samples);
        let metric = match part {
            Part::Result { sampled: false } => metric,
            Part::Result { sampled: true } | Part::Low | Part::High if kind != Kind::Time => metric,
            Part::Result { sampled: true } => metric.stat("p50"),
            Part::Low => metric.stat("p50").label("bound", "low"),
            Part::High => metric.stat("p50").label("bound", "high"),
            Part::Stat(stat) => metric.stat(stat),
        };
        let metric = printed.into_iter().fold(metric, Emit::unit);
        let labels = [
            ("benchmark", Some(self.benchmark.as_str())),
            ("parameters", self.parameters.as_deref()),
            ("environment", self.environment.as_deref()),
            ("commit", self.commit.as_deref()),
            ("run", self.run),
        ];
        let labels = labels.into_iter().filter_map(|(key, value)| Some((key, value?)));
        labels.fold(metric, |metric, (key, value)| metric.label(key, value.to_owned())).push(token);
    }
}

/// The unit that `word` is of a result of `kind`; what is tracked has none that is printed. `None` where they do not go together.
#[allow(clippy::option_option)]
fn printed(word: &str, kind: Kind) -> Option<Option<Printed>> {
    let bytes = kind == Kind::Memory || kind == Kind::Peak;
    Some(match word {
        "ns" => Some(unit::NS),
        "\u{3bc}s" | "\u{b5}s" | "us" => Some(unit::US),
        "ms" => Some(unit::MS),
        "s" => Some(unit::SECOND),
        "m" if kind == Kind::Time => Some(unit::MINUTE),
        "h" if kind == Kind::Time => Some(unit::HOUR),
        "" if bytes => Some(unit::BYTE),
        // `human_file_size` divides by powers of 1000.
        "k" if bytes => Some(unit::KB),
        "M" if bytes => Some(unit::MB),
        "G" if bytes => Some(unit::GB),
        "T" if bytes => Some(unit::GB.shift(3)),
        "" => None,
        _ => return None,
    })
}
