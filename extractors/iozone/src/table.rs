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
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_head = matches!(words.as_slice(), ["kB" | "KB", "reclen", "write", "rewrite", ..]) && words.len() == TESTS.len() + 2;
    is_head.then(|| words.iter().map(|word| end(word, line)).collect())
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
}

impl Default for Page {
    fn default() -> Self {
        Self { mode: Mode::Unknown, ends: vec![] }
    }
}

impl Page {
    /// True for a line of the table.
    pub(crate) fn line(&mut self, line: Line<'_>, out: &mut MetricSink) -> bool {
        let text = line.trimmed();
        let lower = text.to_ascii_lowercase();
        if lower.starts_with("output is in kbytes/sec") {
            self.mode = Mode::Bytes;
        } else if text.starts_with("OPS Mode.") {
            self.mode = Mode::Operations;
        } else if text.starts_with("Microseconds/op Mode.") {
            self.mode = Mode::Time;
        } else if let Some(ends) = head(line.text) {
            self.ends = ends;
        } else if text.starts_with("iozone test complete") {
            self.ends.clear();
        } else if !self.ends.is_empty() && text.split_whitespace().all(|word| word.bytes().all(|b| b.is_ascii_digit())) {
            return self.row(line.text, out);
        } else {
            return false;
        }
        true
    }

    /// `             512      64  1414860  3822466                    3580298  3877684`: a test that was not run has no number.
    fn row(&self, line: &str, out: &mut MetricSink) -> bool {
        let mut words = line.split_whitespace();
        let (Some(size), Some(record)) = (words.next(), words.next()) else { return false };
        out.ignore(size, "label");
        out.ignore(record, "label");
        let (name, printed, polarity) = match self.mode {
            Mode::Bytes => ("throughput", unit::KIB_PER_S, Polarity::Higher),
            Mode::Operations => ("operation.rate", Printed::base("{operation}/s"), Polarity::Higher),
            Mode::Time => ("operation.latency.mean", unit::US, Polarity::Lower),
            Mode::Unknown => return false,
        };
        for word in words {
            let end = end(word, line);
            // The words of the head stand up to one place beside their columns.
            let column = self.ends.iter().skip(2).position(|at| at.abs_diff(end) <= 2);
            let Some(test) = column.and_then(|column| TESTS.get(column)).filter(|_| number::is_token(word)) else {
                out.ignore(word, "no column of its own");
                continue;
            };
            let metric = out.metric(name).unit(printed).polarity(polarity).label("op", *test);
            metric.label("file_size", size).label("record_size", record).push(word);
        }
        true
    }
}
