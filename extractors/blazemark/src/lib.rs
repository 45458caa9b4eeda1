//! What Blazemark prints: for each kernel the flops of each library by size, and then the seconds of each size.
#![forbid(unsafe_code)]

use prill_core::diagnostic::code;
use prill_core::extract::Emit;
use prill_core::scan::{Line, Search, number, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Printed, Sniff, Streams, Text};

/// The format of the benchmarks of the Blaze library, 1.0 to 3.x.
pub struct Blazemark;

prill_core::register_extractor!(Blazemark);

impl Extractor for Blazemark {
    fn name(&self) -> &str {
        "blazemark"
    }

    fn summary(&self) -> &str {
        "flops and seconds of each library, kernel and size of Blazemark"
    }

    fn streams(&self) -> Streams {
        Streams::Stdout
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mark = |line: &str| line.trim_start() == "Blaze [MFlop/s]:" || size(line).is_some();
        if text.lines().any(|line| is_mark(line.text)) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = Page::default();
        for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
            page.line(line, out);
        }
        ExtractError::at_end(text, page.known, page.cut)
    }
}

/// What the lines that follow belong to.
#[derive(Debug, Default)]
struct Page<'t> {
    known: bool,
    cut: bool,
    /// `Dense Vector/Dense Vector Addition`
    kernel: Option<&'t str>,
    /// A library and the unit of its numbers.
    library: Option<(&'t str, &'t str)>,
    /// The size whose seconds follow.
    size: Option<&'t str>,
}

impl<'t> Page<'t> {
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if !line.ended {
            self.cut = self.known;
        } else if text.starts_with("ERROR") || text.starts_with("Error") || text.starts_with("Blazemark: ") {
            self.known = true;
            out.tool_failed(text, format!("Blazemark says: {text}"));
            out.ignore(text, "message");
        } else if let Some((library, printed)) = library(text) {
            (self.library, self.size, self.known) = (Some((library, printed)), None, true);
        } else if let Some(kernel) = text.strip_suffix(':') {
            (self.kernel, self.library, self.size) = (Some(kernel), None, None);
            out.ignore(kernel, "label");
        } else if let Some(size) = size(text) {
            (self.library, self.size, self.known) = (None, Some(size), true);
            out.ignore(text, "size and number of steps");
        } else {
            self.row(text, out);
        }
    }

    fn row(&mut self, text: &'t str, out: &mut MetricSink) {
        if let (Some((library, printed)), Some((size, value))) = (self.library, text.split_once(char::is_whitespace)) {
            out.ignore(size, "size");
            let labels = [("kernel", self.kernel), ("library", Some(library)), ("size", Some(size))];
            let metric = match printed {
                "MFlop/s" => out.metric("flop.rate").unit(Printed::base("{flop}/s").shift(6)).higher(),
                _ => {
                    out.warn(code::UNKNOWN_UNIT, printed, format!("`{printed}` is a unit that Blazemark is not known to print"));
                    out.metric("score")
                }
            };
            labelled(metric, &labels).push(value.trim());
        } else if let (Some(size), Some((library, times))) = (self.size, text.split_once('=')) {
            // The time over that of the fastest, and the seconds of all steps.
            let Some((relative, seconds)) = times.trim().split_once('(') else { return };
            out.ignore(relative.trim(), "relative to the fastest");
            let labels = [("kernel", self.kernel), ("library", Some(library.trim())), ("size", Some(size))];
            labelled(out.metric("elapsed").unit(unit::SECOND).lower(), &labels).push(seconds.trim_end_matches(')').trim());
        }
    }
}

fn labelled<'s>(metric: Emit<'s>, labels: &[(&'s str, Option<&'s str>)]) -> Emit<'s> {
    labels.iter().fold(metric, |metric, (key, value)| match value {
        Some(value) => metric.label(key, *value),
        None => metric,
    })
}

/// `C-like implementation [MFlop/s]:`
fn library(text: &str) -> Option<(&str, &str)> {
    let (library, unit) = text.strip_suffix("]:")?.cut_last(" [")?;
    Some((library.trim(), unit))
}

/// `N=100, steps=54110011`
fn size(text: &str) -> Option<&str> {
    let (size, steps) = text.trim().strip_prefix("N=")?.cut(", steps=")?;
    (number::is_token(size) && number::is_token(steps)).then_some(size)
}
