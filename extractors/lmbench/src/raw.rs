use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Printed};

use crate::block::Block;
use crate::is_program;

/// A line that only lmbench prints.
pub(crate) fn is_mark(line: &str) -> bool {
    let starts = [
        "[lmbench",
        "Simple syscall: ",
        "Simple read: ",
        "Simple write: ",
        "Simple open/close: ",
        "Signal handler ",
        "Protection fault: ",
        "Process fork+",
        "Pipe latency: ",
        "AF_UNIX sock stream ",
        "\"stride=",
        "\"size=",
        "STREAM copy latency: ",
        "integer bit: ",
    ];
    starts.iter().any(|start| line.starts_with(start))
}

/// The rows below a head of `scripts/lmbench`: `"Mmap read bandwidth`, `Memory write bandwidth`.
pub(crate) fn head(line: &str) -> Option<Block<'_>> {
    let title = line.strip_prefix('"').unwrap_or(line);
    if let Some(stride) = line.strip_prefix("\"stride=") {
        return Some(Block::Load { test: "Memory load", stride });
    }
    if let Some(size) = line.strip_prefix("\"size=") {
        return Some(Block::Switch { size: size.split(' ').next().unwrap_or(size) });
    }
    let words = ["read", "Mmap", "Memory", "Socket", "libc", "unrolled"];
    let known = words.iter().any(|word| title.starts_with(word));
    match title {
        "mappings" => Some(Block::Mapping { test: title }),
        "File system latency" => Some(Block::Files),
        "Memory load parallelism" => Some(Block::Parallelism { test: title }),
        _ if known && (title.has(" bandwidth") || title.has(" bcopy ")) => {
            (!title.contains(':')).then_some(Block::Bandwidth { test: title, op: None })
        }
        _ => None,
    }
}

/// The rows of the program that a line calls, as a script shows its commands: `./bw_mem -P 1 8m rd`.
pub(crate) fn program(line: &str) -> Option<Block<'_>> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let at = words.iter().position(|word| is_program(word))?;
    // A compiler names them too.
    let is_compiler = words.iter().any(|word| word.ends_with(".c") || word.ends_with(".a"));
    (!is_compiler).then(|| rows_of(words[at], words.last().copied().filter(|_| at + 1 < words.len()))).flatten()
}

/// What the bare rows of a program are.
fn rows_of<'t>(program: &'t str, last: Option<&'t str>) -> Option<Block<'t>> {
    let name = program.rsplit('/').next().unwrap_or(program);
    match name {
        "bw_mem" => Some(Block::Bandwidth { test: name, op: last }),
        "bw_tcp" | "bw_file_rd" | "bw_mmap_rd" => Some(Block::Bandwidth { test: name, op: None }),
        "lat_mmap" => Some(Block::Mapping { test: name }),
        "par_mem" => Some(Block::Parallelism { test: name }),
        "lat_fs" => Some(Block::Files),
        _ => None,
    }
}

/// The lines of the programs.
#[derive(Debug)]
pub(crate) struct Page<'t> {
    pub(crate) known: bool,
    pub(crate) cut: bool,
    block: Option<Block<'t>>,
    /// Whether the command is one of lmbench.
    called: bool,
    /// `Memory load latency` or `Random load latency`, above the strides.
    load: Option<&'t str>,
}

impl<'t> Page<'t> {
    /// The page of the command `argv`, which starts with the program.
    pub(crate) fn new(argv: &'t [String]) -> Self {
        let last = argv.last().filter(|_| argv.len() > 1).map(String::as_str);
        let block = argv.first().and_then(|program| rows_of(program, last));
        Self { known: false, cut: false, block, called: !argv.is_empty(), load: None }
    }

    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if text.is_empty() {
            return;
        }
        self.known |= is_mark(text);
        if text == "Memory load latency" || text == "Random load latency" {
            self.load = text.strip_suffix(" latency");
        } else if let Some(block) = head(text) {
            self.known = true;
            self.cut |= !line.ended;
            self.begin(block, text, out);
        } else if let Some(block) = program(text) {
            self.known = true;
            self.block = Some(block);
            out.ignore(text, "command");
        } else if self.block.is_some_and(|block| block.row(text, line.ended, out)) || named(line, self.known || self.called, out)
        {
            self.known = true;
            self.cut |= !line.ended;
        } else {
            self.other(line, out);
        }
    }

    fn begin(&mut self, block: Block<'t>, text: &str, out: &mut MetricSink) {
        out.ignore(text, "label, or overhead that is taken off");
        self.block = Some(match (block, self.load) {
            (Block::Load { stride, .. }, Some(test)) => Block::Load { test, stride },
            (block, _) => block,
        });
    }

    fn other(&mut self, line: Line<'_>, out: &mut MetricSink) {
        let text = line.trimmed();
        let ours = self.known || self.called;
        let refused = [": No such file or directory", ": Permission denied", ": Connection refused", "System too busy"];
        let usage = text.strip_prefix("Usage: ").is_some_and(|rest| rest.split_whitespace().next().is_some_and(is_program));
        if usage || ours && refused.iter().any(|end| text.ends_with(end)) {
            self.known = true;
            out.tool_failed(text, format!("lmbench says: {text}"));
            out.ignore(text, "message");
        } else if ours && (text.starts_with('[') || text.starts_with("tlb: ") || text.has(" MHz, ")) {
            out.ignore(text, "system");
            self.cut |= !line.ended;
        } else {
            self.cut |= self.known && !line.ended;
        }
    }
}

/// `Simple syscall: 0.6833 microseconds`, `Pipe bandwidth: 1068.16 MB/sec`, `integer add parallelism: 2.02`: a name and one
/// number. The unit of others is read of lmbench alone.
fn named(line: Line<'_>, ours: bool, out: &mut MetricSink) -> bool {
    let text = line.trimmed();
    let Some((test, value)) = text.cut_last(": ").filter(|_| ours) else { return false };
    let Some((token, printed)) = number::leading(value) else { return false };
    let of_time = |printed: &str| -> Option<Printed> {
        Some(match printed {
            "microseconds" => unit::US,
            "nanoseconds" => unit::NS,
            "milliseconds" => unit::MS,
            _ => return None,
        })
    };
    let metric = match printed.trim() {
        "MB/sec" => out.metric("throughput").unit(unit::MB_PER_S).higher(),
        "KB/sec" => out.metric("throughput").unit(unit::KB_PER_S).higher(),
        "" if test.ends_with(" parallelism") && line.ended => out.metric("parallelism").unit(unit::RATIO).higher(),
        printed => match of_time(printed) {
            Some(printed) => out.metric("operation.latency").unit(printed).lower(),
            None => return false,
        },
    };
    metric.label("test", test).push(token);
    out.ignore(test, "label");
    true
}
