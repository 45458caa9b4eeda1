use prill_core::extract::Kept;
use prill_core::scan::{Line, number, unit};
use prill_core::{MetricSink, Polarity, Printed};

/// The columns after size of file and of record, in their order (`iozone.c`, `print_header`).
const TESTS: [&str; 13] = [
    "write",
    "rewrite",
    "read",
    "reread",
    "random read",
    "random write",
    "backward read",
    "record rewrite",
    "stride read",
    "fwrite",
    "frewrite",
    "fread",
    "freread",
];

/// The lower line of the head, below which a column ends where its word does.
pub(crate) fn head(line: &str) -> Option<Vec<usize>> {
    let words = line.split_whitespace();
    let mut first = words.clone();
    let is_head = matches!(first.next(), Some("kB" | "KB"))
        && ["reclen", "write", "rewrite"].into_iter().all(|word| first.next() == Some(word));
    (is_head && first.count() == TESTS.len() - 2).then(|| words.map(|word| end(word, line)).collect())
}

fn end(word: &str, line: &str) -> usize {
    word.as_ptr().addr() - line.as_ptr().addr() + word.len()
}

/// What the numbers of a row are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    /// kB, which are 1024 bytes (`iozone.c` divides by 1024).
    Bytes,
    /// `-O`
    Operations,
    /// `-N`: microseconds an operation.
    Time,
    /// Of another mode nobody knows.
    Unknown,
}

#[derive(Debug)]
pub(crate) struct Page {
    mode: Mode,
    /// Where the columns end.
    ends: Vec<usize>,
    series: Kept<Mode>,
}

impl Default for Page {
    fn default() -> Self {
        Self { mode: Mode::Unknown, ends: vec![], series: Kept::new() }
    }
}

const KBYTES: &str = "Output is in kBytes/sec";

impl Page {
    /// True for a line of the table.
    pub(crate) fn line(&mut self, line: Line<'_>, out: &mut MetricSink) -> bool {
        let text = line.trimmed();
        if text.get(..KBYTES.len()).is_some_and(|start| start.eq_ignore_ascii_case(KBYTES)) {
            self.mode = Mode::Bytes;
        } else if text.starts_with("OPS Mode.") {
            self.mode = Mode::Operations;
        } else if text.starts_with("Microseconds/op Mode.") {
            self.mode = Mode::Time;
        } else if let Some(ends) = head(line.text) {
            self.ends = ends;
        } else if text.starts_with("iozone test complete") {
            self.ends.clear();
        } else if !self.ends.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace()) {
            return self.row(text, line.text, out);
        } else {
            return false;
        }
        true
    }

    /// `             512      64  1414860  3822466                    3580298  3877684`: a test that was not run has no number.
    fn row(&mut self, text: &str, line: &str, out: &mut MetricSink) -> bool {
        let mut words = text.split_whitespace();
        let (Some(size), Some(record)) = (words.next(), words.next()) else { return false };
        out.ignore(size, "label");
        out.ignore(record, "label");
        let (name, printed, polarity) = match self.mode {
            Mode::Bytes => ("throughput", unit::KIB_PER_S, Polarity::Higher),
            Mode::Operations => ("operation.rate", Printed::base("{operation}/s"), Polarity::Higher),
            Mode::Time => ("operation.latency.mean", unit::US, Polarity::Lower),
            Mode::Unknown => return false,
        };
        let series = self.series.get(self.mode, |_| out.metric(name).unit(printed).polarity(polarity).series());
        for word in words {
            let end = end(word, line);
            // The words of the head stand up to one place beside their columns.
            let column = self.ends.iter().skip(2).position(|at| at.abs_diff(end) <= 2);
            let Some(test) = column.and_then(|column| TESTS.get(column)).filter(|_| number::is_token(word)) else {
                out.ignore(word, "no column of its own");
                continue;
            };
            let labels = out.labels([("file_size", size), ("op", *test), ("record_size", record)]);
            out.push(series.labels(labels), word);
        }
        true
    }
}
