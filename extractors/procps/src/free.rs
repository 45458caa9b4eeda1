//! Memory and swap that are used and free.

mod scale;

use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Polarity, Sniff, Text};

use crate::page::{self, Seen, say_unknown};
use scale::{Scale, split};

/// The format of free, procps 3.2 to 4.0 and busybox.
pub struct Free;

prill_core::register_extractor!(Free);

impl Extractor for Free {
    fn name(&self) -> &str {
        "free"
    }

    fn summary(&self) -> &str {
        "memory and swap that are used and free"
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mark = |line: Line<'_>| columns(line.text).is_some() || is_line(line.text);
        if text.lines().any(mark) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut reports = Reports { scale: Scale::of(text, input.argv()), ..Reports::new(text) };
        page::read(text, self.name(), out, |line, out| if reports.read(line, out) { Seen::Ours } else { Seen::Other })
    }
}

/// The reports, as far as they were read.
struct Reports<'t> {
    scale: Scale,
    columns: Vec<&'t str>,
    several: bool,
    number: usize,
    said: bool,
    /// A cell that is no number was spoken of.
    unread: bool,
}

/// The header: `total used free shared buff/cache available`, or before 3.3.10 `... buffers cached`.
fn columns(line: &str) -> Option<Vec<&str>> {
    let words: Vec<&str> = line.words().take(9).collect();
    (words.starts_with(&["total", "used", "free"]) && words.iter().all(|word| metric("Mem:", word).is_some())).then_some(words)
}

/// What `-L` prints: `SwapUse 0 CachUse 6853572 MemUse 1397936 MemFree 16759244`.
fn is_line(line: &str) -> bool {
    line.trim_start().starts_with("SwapUse ") && line.has(" MemFree ")
}

/// The metric of a column in a row, and what memory it is of.
fn metric(row: &str, column: &str) -> Option<(&'static str, &'static str)> {
    let of = match row {
        "Mem:" => "",
        "Low:" => "low",
        "High:" => "high",
        "Total:" => "memory+swap",
        // Used, and free, by programs: without buffers and cache.
        "-/+" => "programs",
        "Swap:" => {
            let name = match column {
                "total" => "swap.size",
                "used" => "swap.used.size",
                "free" => "swap.unused.size",
                _ => return None,
            };
            return Some((name, ""));
        }
        "Comm:" => {
            let name = match column {
                "total" => "memory.commit.limit.size",
                "used" => "memory.committed.size",
                "free" => "memory.uncommitted.size",
                _ => return None,
            };
            return Some((name, ""));
        }
        _ => return None,
    };
    let name = match column {
        "total" => "memory.size",
        "used" => "memory.used.size",
        "free" => "memory.unused.size",
        "shared" => "memory.shared.size",
        "buffers" => "memory.buffers.size",
        "cache" | "cached" => "memory.cache.size",
        "buff/cache" => "memory.buffers_cache.size",
        "available" => "memory.available.size",
        _ => return None,
    };
    Some((name, of))
}

impl<'t> Reports<'t> {
    fn new(text: &Text<'_>) -> Self {
        let starts = |line: &Line<'_>| columns(line.text).is_some() || is_line(line.text);
        let several = text.lines().filter(starts).take(2).count() > 1;
        Self { scale: Scale::default(), columns: Vec::new(), several, number: 0, said: false, unread: false }
    }

    /// Reads a line; false when it is none of free's.
    fn read(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        if let Some(columns) = columns(line.text).filter(|_| line.ended) {
            self.columns = columns;
            self.number += 1;
            return true;
        }
        // The last number of a line that is cut may be half of one.
        let mut words: Vec<&str> = line.words().collect();
        if !line.ended {
            words.pop();
        }
        if is_line(line.text) {
            self.number += 1;
            self.line(&words, line, out);
            return true;
        }
        let (row, numbers) = match words.as_slice() {
            ["-/+", "buffers/cache:", numbers @ ..] => ("-/+", numbers),
            [row, numbers @ ..] => (*row, numbers),
            [] => return false,
        };
        let columns: &[&str] = if row == "-/+" { &["used", "free"] } else { &self.columns };
        if self.columns.is_empty() || metric(row, "used").is_none() || numbers.len() > columns.len() {
            return false;
        }
        let columns = columns.to_vec();
        for (column, word) in columns.into_iter().zip(numbers) {
            if let Some((name, of)) = metric(row, column) {
                self.put(name, of, word, line, out);
            }
        }
        true
    }

    /// `-L`: names and numbers.
    fn line(&mut self, words: &[&'t str], line: Line<'t>, out: &mut MetricSink) {
        for pair in words.chunks_exact(2) {
            let name = match pair[0] {
                "SwapUse" => "swap.used.size",
                "CachUse" => "memory.buffers_cache.size",
                "MemUse" => "memory.used.size",
                "MemFree" => "memory.unused.size",
                _ => continue,
            };
            self.put(name, "", pair[1], line, out);
        }
    }

    fn put(&mut self, name: &'static str, of: &'static str, word: &str, line: Line<'_>, out: &mut MetricSink) {
        let Some((token, suffix)) = split(word) else {
            let is_number = line.ended && word.contains(|c: char| c.is_ascii_digit());
            if is_number && !std::mem::replace(&mut self.unread, true) {
                let message = format!(
                    "{name}, and maybe more, has no value: `{word}` is no number (was a decimal comma printed? run free with LC_ALL=C)"
                );
                out.warn(code::NOT_A_NUMBER, word, message);
            }
            return out.ignore(word, "no number");
        };
        // Nothing has the same size in all units.
        let printed = self.scale.printed(suffix).or_else(|| (token == "0").then_some(unit::BYTE));
        // What more of the text would say nobody knows.
        if printed.is_none() && !line.ended {
            return;
        }
        if printed.is_none() && !self.said {
            self.said = true;
            say_unknown(line.trimmed(), "an option", out);
        }
        let number = self.number.to_string();
        let settled = matches!(name, "memory.size" | "swap.size" | "memory.commit.limit.size");
        let mut emit = out.metric(name).polarity(if settled { Polarity::Informational } else { Polarity::Unknown });
        if !of.is_empty() {
            emit = emit.label("of", of);
        }
        if self.several {
            emit = emit.label("interval", number);
        }
        if let Some(printed) = printed {
            emit = emit.unit(printed);
        }
        emit.push(token);
    }
}
