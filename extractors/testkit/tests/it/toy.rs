use prill_core::diagnostic::code;
use prill_core::scan::unit;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Printed, Sniff, Span, Streams, Text};

/// A format that is sound, but for one flaw.
pub(crate) struct Toy(pub(crate) Flaw);

prill_core::register_extractor!(Toy(Flaw::None));

/// What is wrong with the toy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    None,
    WrongUnit,
    NoUnit,
    NoDirection,
    ShiftedSpan,
    HalfSpan,
    LostRow,
    GreedySniff,
    BlindSniff,
    InventsNumbers,
    PanicsWhenCut,
    PanicsWhenAByteIsLost,
    HalfNumbers,
    NumberUnexplained,
    CapitalName,
    ToolInName,
    CapitalLabel,
    OneIdentityForTwo,
    SilentCut,
    SilentFailure,
    SilentSecondRun,
    KeepsCarriageReturn,
    CountsColumns,
    CountsToTheEnd,
}

impl Toy {
    fn is(&self, flaw: Flaw) -> bool {
        self.0 == flaw
    }
}

impl Extractor for Toy {
    fn name(&self) -> &str {
        "toy"
    }

    fn summary(&self) -> &str {
        "a latency and a rate"
    }

    fn streams(&self) -> Streams {
        Streams::Stdout
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let marked = text.lines().any(|line| line.trimmed().starts_with("toy 1."));
        match self.0 {
            Flaw::GreedySniff => Sniff::Likely,
            Flaw::BlindSniff => Sniff::No,
            _ if marked => Sniff::Certain,
            _ => Sniff::No,
        }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut run = None;
        if matches!(self.0, Flaw::KeepsCarriageReturn | Flaw::CountsColumns | Flaw::CountsToTheEnd) {
            let lines = text.as_str().split_inclusive('\n');
            lines.for_each(|line| self.line(self.part(line), line.ends_with('\n'), &mut run, out));
        } else {
            text.lines().for_each(|line| self.line(self.part(line.text), line.ended, &mut run, out));
        }
        match run {
            None if out.is_empty() => Err(ExtractError::NotFound),
            Some(true) if !self.is(Flaw::SilentCut) => Err(ExtractError::Truncated { at: text.end() }),
            _ => Ok(()),
        }
    }
}

impl Toy {
    fn part<'t>(&self, line: &'t str) -> &'t str {
        match self.0 {
            Flaw::CountsColumns => line.trim_end(),
            Flaw::CountsToTheEnd => line.trim_start().trim_end_matches(['\n', '\r']),
            Flaw::KeepsCarriageReturn => line.trim_end_matches('\n'),
            _ => line.trim(),
        }
    }

    /// `run` is whether a run is open; `None` before the first.
    fn line(&self, line: &str, ended: bool, run: &mut Option<bool>, out: &mut MetricSink) {
        if let Some(version) = line.strip_prefix("toy 1.") {
            if run.is_some() && !self.is(Flaw::SilentSecondRun) {
                out.note(code::SEVERAL_DOCUMENTS, line, "several runs: the last counts");
            }
            out.truncate(0);
            out.ignore(&line[4..line.len() - version.len() + version.len().min(1)], "version");
            *run = Some(true);
            return;
        }
        if self.is(Flaw::InventsNumbers) && line.starts_with("Total: ") {
            out.metric("count").informational().push(line.split(' ').nth(1).unwrap_or_default());
        }
        if run.is_none() {
            return;
        }
        if self.is(Flaw::PanicsWhenCut) && !ended && line.starts_with("latency p99") {
            panic!("a latency has four words");
        }
        if line == "toy finished" {
            *run = Some(false);
        } else if ended || self.is(Flaw::HalfNumbers) {
            self.row(line, out);
        }
    }

    fn row(&self, line: &str, out: &mut MetricSink) {
        let words: Vec<&str> =
            if self.is(Flaw::CountsToTheEnd) { line.split(' ').collect() } else { line.split_whitespace().collect() };
        if self.is(Flaw::PanicsWhenAByteIsLost) && line.starts_with("rat ") {
            panic!("no row is called {line}");
        }
        match words[..] {
            ["pid", _] if self.is(Flaw::NumberUnexplained) => {}
            ["pid", pid] => out.ignore(pid, "process id"),
            ["error:", ..] if !self.is(Flaw::SilentFailure) => out.tool_failed(line, line),
            ["latency", "p99", _, "us"] if self.is(Flaw::LostRow) => {}
            ["latency", stat, token, "us"] => self.latency(stat, token, out),
            ["rate", token, "requests/s"] => out.metric("request.rate").unit(Printed::base("{request}/s")).higher().push(token),
            ["latency", stat, token] if self.is(Flaw::HalfNumbers) => self.latency(stat, token, out),
            _ => {}
        }
    }

    fn latency(&self, stat: &str, token: &str, out: &mut MetricSink) {
        let span = out.span_of(token);
        let stat = if self.is(Flaw::OneIdentityForTwo) { "p50" } else { stat };
        let name = match self.0 {
            Flaw::CapitalName => "Request.latency",
            Flaw::ToolInName => "toy.latency",
            _ => "request.latency",
        };
        let label = if self.is(Flaw::CapitalLabel) { "Thread" } else { "thread" };
        let printed = if self.is(Flaw::WrongUnit) { unit::MS } else { unit::US };
        let metric = out.metric(name).stat(stat).label(label, "1");
        let metric = if self.is(Flaw::NoUnit) { metric } else { metric.unit(printed) };
        let metric = if self.is(Flaw::NoDirection) { metric } else { metric.lower() };
        match self.0 {
            Flaw::ShiftedSpan => metric.push_at(token, Span::new(span.start + 1, span.end + 1)),
            Flaw::HalfSpan => metric.push(&token[1..]),
            _ => metric.push(token),
        }
    }
}
