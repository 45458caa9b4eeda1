use std::collections::HashMap;

use prill_core::MetricSink;
use prill_core::extract::LabelSet;
use prill_core::scan::{Line, Search, number};

use crate::value::Put;

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
    rows: HashMap<(&'t str, &'t str, &'static str), u64>,
    put: Put,
}

/// More words are in no row but that of the table of block sizes, which has six for each number of threads at most.
const WORDS: usize = 6;

/// Words that are all numbers.
struct Tokens<'t> {
    words: [&'t str; WORDS],
    len: usize,
}

impl<'t> Tokens<'t> {
    /// `None` when another word is among them, or too many.
    fn of(text: &'t str) -> Option<Self> {
        let (mut words, mut len) = ([""; WORDS], 0);
        for word in text.split_ascii_whitespace() {
            *words.get_mut(len).filter(|_| number::is_token(word))? = word;
            len += 1;
        }
        Some(Self { words, len })
    }

    fn get(&self) -> &[&'t str] {
        &self.words[..self.len]
    }

    /// Two rows of half as many words.
    fn halves(&self) -> (Self, Option<Self>) {
        let [a, b, c, d, e, f] = self.words;
        let half = |words: [&'t str; 3]| Self { words: [words[0], words[1], words[2], "", "", ""], len: 3 };
        (half([a, b, c]), Some(half([d, e, f])))
    }
}

/// What only the benchmark prints.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("RAM usage:") && line.has("# Benchmark threads:")
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
            if let Some((_, threads)) = shown.cut("# Benchmark threads:") {
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
        let is = |first: &str| shown.strip_prefix(first).is_some_and(|rest| rest.starts_with([' ', '\t']));
        self.kind = match shown.as_bytes().first() {
            Some(b'D') if is("Dict") && self.known => Kind::Dictionaries,
            Some(b'M') if is("Method") && shown["Method".len()..].trim_start().starts_with("Speed ") && self.known => {
                Kind::Methods
            }
            Some(b'T') if is("THRD") && self.known => {
                self.columns = shown.split_whitespace().skip(1).filter(|word| *word != "|").collect();
                Kind::Blocks
            }
            _ => return false,
        };
        self.open = true;
        true
    }

    /// `18:       1977    46   3843   1762  |      24658    52   3847   1994`, and below them `Avr:` and `Tot:`
    fn dictionary(&mut self, shown: &'t str, out: &mut MetricSink) -> bool {
        let Some((title, values)) = shown.split_once(':') else { return false };
        let (left, right) = values.split_once('|').map_or((values, None), |(left, right)| (left, Some(right)));
        let Some(left) = Tokens::of(left).filter(|tokens| tokens.len > 0) else { return false };
        let (left, right) = match right {
            Some(right) => (left, Tokens::of(right)),
            // 9.20 has no bar between the means.
            None if title == "Avr" && left.len == WORDS => left.halves(),
            None => {
                let is_total = title == "Tot";
                self.open &= !is_total;
                let labels = self.labels(&[], out);
                return is_total && self.put.rated(left.get(), true, labels, out);
            }
        };
        let Some(right) = right.filter(|tokens| tokens.len > 0) else { return false };
        let dictionary = (title != "Avr").then_some(title);
        if let Some(log) = dictionary {
            if log.is_empty() || !log.bytes().all(|b| b.is_ascii_digit()) {
                return false;
            }
            out.ignore(log, "logarithm of the dictionary's size");
        }
        let run = self.run(title, "");
        [(left, "compress"), (right, "decompress")].into_iter().all(|(tokens, op)| {
            let labels = [("op", Some(op)), ("dictionary", dictionary), ("run", run.as_deref())];
            let labels = self.labels(&labels, out);
            self.put.rated(tokens.get(), dictionary.is_none(), labels, out)
        })
    }

    /// `LZMA:x1  41234 99 3210 3180 82 81`; decoding stands on the next line, without a name.
    fn method(&mut self, line: &'t str, out: &mut MetricSink) -> bool {
        let shown = line.trim_ascii();
        let (first, rest) = shown.split_once([' ', '\t']).unwrap_or((shown, ""));
        let is_named = !number::is_token(first);
        let Some(tokens) = Tokens::of(if is_named { rest } else { shown }).filter(|tokens| tokens.len > 0) else { return false };
        if first == "Tot:" {
            self.open = false;
            let labels = self.labels(&[], out);
            return self.put.rated(tokens.get(), true, labels, out);
        }
        if is_named {
            self.method = first;
            out.ignore(first, "name of the method");
        }
        let hashes = ["CRC", "XXH", "MD5", "SHA", "BLAKE"];
        let op = match self.method {
            "CPU" => "",
            method if hashes.iter().any(|hash| method.starts_with(hash)) => "hash",
            _ if is_named => "encode",
            _ => "decode",
        };
        let run = self.run(self.method, op);
        let labels = [("method", Some(self.method)), ("op", Some(op).filter(|op| !op.is_empty())), ("run", run.as_deref())];
        let labels = self.labels(&labels, out);
        self.put.rated(tokens.get(), false, labels, out)
    }

    /// `10:     55     1420 |    41     1152`, with four numbers a column for methods that encode and decode; below them `Avg:`
    fn block(&mut self, shown: &'t str, out: &mut MetricSink) -> bool {
        let Some((title, values)) = shown.split_once(':') else { return false };
        let size = title.parse().ok().and_then(|log| 1u64.checked_shl(log));
        let groups: Option<Vec<Tokens<'_>>> =
            values.split('|').map(|group| Tokens::of(group).filter(|tokens| matches!(tokens.len, 2 | 4))).collect();
        let Some(groups) = groups.filter(|groups| groups.len() == self.columns.len() && (size.is_some() || title == "Avg"))
        else {
            return false;
        };
        self.open = title != "Avg";
        let run = self.run(title, "");
        let size = size.map(|size| size.to_string());
        if size.is_some() {
            out.ignore(title, "logarithm of the block's size");
        }
        for (threads, group) in self.columns.iter().zip(&groups) {
            let ops: &[Option<&str>] = if group.len == 4 { &[Some("encode"), Some("decode")] } else { &[None] };
            for (pair, op) in group.get().chunks(2).zip(ops) {
                let labels = [("threads", Some(*threads)), ("block_size", size.as_deref()), ("op", *op), ("run", run.as_deref())];
                let labels = out.labels(labels.into_iter().filter_map(|(key, value)| Some((key, value?))));
                self.put.bandwidth(pair[0], pair[1], size.is_none(), labels, out);
            }
        }
        true
    }

    /// Those of `with` that there are, and the number of threads.
    fn labels(&self, with: &[(&'static str, Option<&str>)], out: &mut MetricSink) -> LabelSet {
        let all = with.iter().copied().chain([("threads", self.threads)]);
        out.labels(all.filter_map(|(key, value)| Some((key, value?))))
    }

    /// Which of the rows of one kind comes; `None` for the first.
    fn run(&mut self, row: &'t str, op: &'static str) -> Option<String> {
        let count = self.rows.entry((self.threads.unwrap_or_default(), row, op)).or_default();
        *count += 1;
        (*count > 1).then(|| count.to_string())
    }
}
