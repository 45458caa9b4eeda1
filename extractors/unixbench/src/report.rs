use prill_core::diagnostic::code;
use prill_core::extract::Emit;
use prill_core::scan::{Line, Scale, Search, number, unit};
use prill_core::{MetricSink, Printed};

/// A line that only the report has, or the first of what is printed while the tests run.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("   BYTE UNIX Benchmarks (Version ")
        || line.starts_with("  BYTE UNIX Benchmarks (Version ")
        || line.has(" Index Score  ")
        || line.has("; running ") && line.has(" of tests") && line.has(" in system")
}

/// The lines of a report (`Run`, `summarizeRun`), one after the other.
#[derive(Debug, Default)]
pub(crate) struct Report<'t> {
    /// Whether a line was the tool's.
    pub(crate) known: bool,
    /// Whether the text ends in a line.
    pub(crate) cut: bool,
    /// How many copies ran at once.
    copies: Option<&'t str>,
    /// `System Benchmarks`, in the table of its index.
    category: Option<&'t str>,
    /// Whether the scores of a run follow: what stands before them is about the machine.
    begun: bool,
}

impl<'t> Report<'t> {
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        self.known |= is_mark(line.text) || text.starts_with("Benchmark Run: ");
        if let Some(copies) = copies(text) {
            (self.copies, self.category, self.begun) = (Some(copies), None, true);
            out.ignore(text, "setting");
        } else if text.ends_with("; aborting") || text.starts_with("Run: ") {
            self.known = true;
            out.tool_failed(text, format!("UnixBench says: {text}"));
            out.ignore(text, "message");
        } else if let Some(category) = head(text) {
            out.ignore(category, "label");
            self.category = Some(category);
        } else if let Some(row) = Score::of(text) {
            self.score(&row, out);
        } else if self.category.is_some() && self.index(line, out) {
            self.known = true;
        } else if text.starts_with("Benchmark Run: ") || !self.begun || text.has(" x ") {
            self.begun &= !text.starts_with("Benchmark Run: ");
            self.cut |= !line.ended && self.known;
            out.ignore(text, "system, date or progress");
        } else {
            self.cut |= !line.ended;
        }
    }

    fn score(&mut self, row: &Score<'t>, out: &mut MetricSink) {
        self.known = true;
        out.ignore(row.name, "label");
        out.ignore(row.passes, "time and number of passes");
        if row.label == "lpm" {
            let span = out.span_of(row.value);
            let Some(value) = number::value(row.value, Scale::ONE) else { return };
            let metric = out.metric("iteration.rate").unit(ITERATIONS).higher();
            return labelled(metric, Some(row.name), self.copies, None).push_derived(value / 60.0, vec![span]);
        }
        let Some((name, printed)) = meaning(row.label) else {
            out.warn(code::UNKNOWN_UNIT, row.label, format!("`{}` is a unit that UnixBench is not known to print", row.label));
            let metric = out.metric("score").higher();
            return labelled(metric, Some(row.name), self.copies, None).push(row.value);
        };
        let metric = out.metric(name).unit(printed).higher();
        labelled(metric, Some(row.name), self.copies, None).push(row.value);
    }

    /// A row of the index: `%-40s %12.1f %12.1f %8.1f`, or the score of all of them. False for another line.
    fn index(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let text = line.trimmed();
        if text.bytes().all(|b| b == b'=') {
            return true;
        }
        let Some((rest, index)) = last_word(text) else { return false };
        if rest == "FINAL SCORE" {
            self.push_index(line, index, None, None, out);
            return true;
        }
        if let Some(title) = rest.place(" Index Score") {
            out.ignore(&rest[..title], "label");
            self.push_index(line, index, None, Some(&rest[..title]), out);
            return true;
        }
        let Some((rest, result)) = last_word(rest).filter(|(_, word)| number::is_token(word)) else { return false };
        let Some((name, baseline)) = last_word(rest) else { return false };
        out.ignore(baseline, "baseline of the index");
        out.ignore(result, "printed above");
        out.ignore(name, "label");
        self.push_index(line, index, Some(name), None, out);
        true
    }

    fn push_index(&mut self, line: Line<'t>, index: &'t str, test: Option<&str>, category: Option<&str>, out: &mut MetricSink) {
        if !line.ended {
            self.cut = true;
        } else if index != "---" {
            let metric = out.metric("index").unit(unit::RATIO).higher();
            labelled(metric, test, self.copies, category).push(index);
        }
    }
}

const ITERATIONS: Printed = Printed::base("{iteration}/s");

/// What a score is, by its label: loops, whetstone instructions, frames a second, and KB (`fstime.c`: 1024 bytes).
fn meaning(label: &str) -> Option<(&'static str, Printed)> {
    Some(match label {
        "lps" => ("iteration.rate", ITERATIONS),
        "MWIPS" => ("instruction.rate", Printed::base("{instruction}/s").shift(6)),
        "KBps" => ("throughput", unit::KIB_PER_S),
        "fps" => ("frame.rate", Printed::base("{frame}/s")),
        _ => return None,
    })
}

fn labelled<'s>(metric: Emit<'s>, test: Option<&'s str>, copies: Option<&'s str>, category: Option<&'s str>) -> Emit<'s> {
    let labels = [("test", test), ("copies", copies), ("category", category)];
    labels.into_iter().fold(metric, |metric, (key, value)| match value {
        Some(value) => metric.label(key, value),
        None => metric,
    })
}

/// `%-40s %12.1f %-5s (%.1f s, %d samples)`: a test and its score. 4.1 says `secs`.
#[derive(Debug)]
struct Score<'t> {
    name: &'t str,
    value: &'t str,
    label: &'t str,
    passes: &'t str,
}

impl<'t> Score<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let (rest, passes) = text.split_at(text.rfind(" (")?);
        if !(passes.ends_with(" samples)") && passes.has("s, ")) {
            return None;
        }
        let (rest, label) = last_word(rest)?;
        let (name, value) = last_word(rest)?;
        (number::is_token(value) && !name.is_empty()).then_some(Self { name, value, label, passes })
    }
}

/// The last word of a text and what stands before it.
fn last_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let at = text.rfind(char::is_whitespace)? + 1;
    Some((text[..at].trim_end(), &text[at..]))
}

/// `8 CPUs in system; running 1 parallel copy of tests`
fn copies(text: &str) -> Option<&str> {
    let rest = text.cut(" in system; running ")?.1;
    let (count, rest) = number::leading(rest)?;
    rest.starts_with(" parallel cop").then_some(count)
}

/// `System Benchmarks Index Values               BASELINE       RESULT    INDEX`
fn head(text: &str) -> Option<&str> {
    let rest = text.strip_suffix("INDEX")?.trim_end().strip_suffix("RESULT")?.trim_end().strip_suffix("BASELINE")?.trim_end();
    // The head of 4.1 is that of its one table.
    let old = (rest == "TEST").then_some(rest);
    rest.strip_suffix(" Index Values").or_else(|| rest.strip_suffix(" Partial Index")).or(old)
}
