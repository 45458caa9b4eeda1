use std::collections::HashMap;

use prill_core::MetricSink;
use prill_core::scan::{Line, number};

use crate::value::{bandwidth, rated};

/// Which table is being read.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    None,
    /// A row for each dictionary, compressing and decompressing side by side.
    Dictionaries,
    /// A row for each method, encoding and decoding below each other.
    Methods,
    /// A row for each block size, numbers of threads side by side.
    Blocks,
}

/// What `7z b` prints.
#[derive(Default)]
pub(crate) struct Table<'t> {
    kind: Kind,
    known: bool,
    cut: bool,
    /// A table has begun and its last row has not come.
    open: bool,
    /// Of all rows that follow.
    threads: Option<&'t str>,
    /// Of the table of block sizes.
    columns: Vec<&'t str>,
    method: &'t str,
    /// How often a row of these threads, of this name and of this operation came.
    rows: HashMap<(&'t str, &'t str, &'static str), usize>,
}

/// What only the benchmark prints.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("RAM usage:") && line.contains("# Benchmark threads:")
        || line.starts_with("Compressing") && line.ends_with("Decompressing") && line.contains('|')
}

impl<'t> Table<'t> {
    pub(crate) fn is_known(&self) -> bool {
        self.known
    }

    pub(crate) fn is_cut(&self) -> bool {
        self.cut || self.open
    }

    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let shown = line.trimmed();
        if !line.ended {
            self.cut |= self.known;
            return out.ignore(line.text, "line that is cut");
        }
        if is_mark(shown) {
            self.known = true;
            if let Some((_, threads)) = shown.split_once("# Benchmark threads:") {
                self.threads = Some(threads.trim());
            }
            return out.ignore(shown, "setting");
        }
        if self.header(shown) {
            return out.ignore(shown, "header");
        }
        let taken = match self.kind {
            Kind::None => false,
            Kind::Dictionaries => self.dictionary(shown, out),
            Kind::Methods => self.method(line.text, out),
            Kind::Blocks => self.block(shown, out),
        };
        if !taken {
            out.ignore(shown, "version, processor, or setting");
        }
    }

    fn header(&mut self, shown: &'t str) -> bool {
        let words: Vec<&str> = shown.split_whitespace().collect();
        let kind = match words.as_slice() {
            ["Dict", ..] if self.known => Kind::Dictionaries,
            ["Method", "Speed", ..] if self.known => Kind::Methods,
            ["THRD", rest @ ..] if self.known => {
                self.columns = rest.iter().copied().filter(|word| *word != "|").collect();
                Kind::Blocks
            }
            _ => return false,
        };
        (self.kind, self.open) = (kind, true);
        true
    }

    /// `18:       1977    46   3843   1762  |      24658    52   3847   1994`, and below them `Avr:` and `Tot:`
    fn dictionary(&mut self, shown: &'t str, out: &mut MetricSink) -> bool {
        let Some((title, values)) = shown.split_once(':') else { return false };
        let sides: Vec<Vec<&str>> = values.split('|').map(|side| side.split_whitespace().collect()).collect();
        if sides.iter().flatten().any(|token| !number::is_token(token)) || sides.iter().any(Vec::is_empty) {
            return false;
        }
        match (title, sides.as_slice()) {
            ("Tot", [total]) => {
                self.open = false;
                rated(total, true, &self.labels(&[]), out)
            }
            ("Avr", [_, _]) => self.sides(&sides, None, out),
            (log, [_, _]) if log.bytes().all(|b| b.is_ascii_digit()) && !log.is_empty() => {
                out.ignore(log, "logarithm of the dictionary's size");
                self.sides(&sides, Some(log), out)
            }
            _ => false,
        }
    }

    fn sides(&mut self, sides: &[Vec<&str>], dictionary: Option<&'t str>, out: &mut MetricSink) -> bool {
        let row = self.run(dictionary.unwrap_or("Avr"), "").to_string();
        sides.iter().zip(["compress", "decompress"]).all(|(tokens, op)| {
            let mut labels = self.labels(&[("op", op)]);
            labels.extend(dictionary.map(|log| ("dictionary", log)));
            if row != "1" {
                labels.push(("run", &row));
            }
            rated(tokens, dictionary.is_none(), &labels, out)
        })
    }

    /// `LZMA:x1  41234 99 3210 3180 82 81`; decoding stands on the next line, without a name.
    fn method(&mut self, line: &'t str, out: &mut MetricSink) -> bool {
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_named = words.first().is_some_and(|word| !number::is_token(word));
        let tokens = &words[usize::from(is_named)..];
        if tokens.is_empty() || tokens.iter().any(|token| !number::is_token(token)) {
            return false;
        }
        if words[0] == "Tot:" {
            self.open = false;
            return rated(tokens, true, &self.labels(&[]), out);
        }
        if is_named {
            self.method = words[0];
            out.ignore(words[0], "name of the method");
        }
        let hashes = ["CRC", "XXH", "MD5", "SHA", "BLAKE"];
        let op = match self.method {
            "CPU" => "",
            method if hashes.iter().any(|hash| method.starts_with(hash)) => "hash",
            _ if is_named => "encode",
            _ => "decode",
        };
        let row = self.run(self.method, op).to_string();
        let mut labels = self.labels(&[("method", self.method)]);
        if !op.is_empty() {
            labels.push(("op", op));
        }
        if row != "1" {
            labels.push(("run", &row));
        }
        rated(tokens, false, &labels, out)
    }

    /// `10:     55     1420 |    41     1152`, with four numbers a column for methods that encode and decode; below them `Avg:`
    fn block(&mut self, shown: &'t str, out: &mut MetricSink) -> bool {
        let Some((title, values)) = shown.split_once(':') else { return false };
        let groups: Vec<Vec<&str>> = values.split('|').map(|group| group.split_whitespace().collect()).collect();
        let size = title.parse().ok().and_then(|log| 1u64.checked_shl(log));
        let whole = groups.len() == self.columns.len() && groups.iter().all(|g| matches!(g.len(), 2 | 4));
        if !whole || groups.iter().flatten().any(|token| !number::is_token(token)) || (size.is_none() && title != "Avg") {
            return false;
        }
        self.open = title != "Avg";
        let row = self.run(title, "").to_string();
        let size = size.map(|size| size.to_string());
        if size.is_some() {
            out.ignore(title, "logarithm of the block's size");
        }
        for (threads, group) in self.columns.iter().zip(&groups) {
            let ops: &[Option<&str>] = if group.len() == 4 { &[Some("encode"), Some("decode")] } else { &[None] };
            for (pair, op) in group.chunks(2).zip(ops) {
                let mut labels = vec![("threads", *threads)];
                labels.extend(size.as_deref().map(|size| ("block_size", size)));
                labels.extend(op.map(|op| ("op", op)));
                if row != "1" {
                    labels.push(("run", &row));
                }
                bandwidth(pair[0], pair[1], size.is_none(), &labels, out);
            }
        }
        true
    }

    /// `with`, and the number of threads.
    fn labels<'a>(&self, with: &[(&'static str, &'a str)]) -> Vec<(&'static str, &'a str)>
    where
        't: 'a,
    {
        with.iter().copied().chain(self.threads.map(|threads| ("threads", threads))).collect()
    }

    /// Which of the rows of one kind comes.
    fn run(&mut self, row: &'t str, op: &'static str) -> usize {
        let count = self.rows.entry((self.threads.unwrap_or_default(), row, op)).or_default();
        *count += 1;
        *count
    }
}
