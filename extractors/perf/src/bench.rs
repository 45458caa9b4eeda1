//! `perf bench`: the rows of each of its benchmarks.

mod internals;
mod numa;
mod row;
mod value;

use std::collections::HashMap;

use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

use crate::called::called;
use crate::writer::Writer;
use row::Place;

/// The format of `perf bench`.
pub struct PerfBench;

impl Extractor for PerfBench {
    fn name(&self) -> &str {
        "perf-bench"
    }

    fn summary(&self) -> &str {
        "the kernel's microbenchmarks (perf bench): sched, syscall, mem, numa, futex, epoll, internals, breakpoint, uprobe"
    }

    fn streams(&self) -> Streams {
        // Numbers are on stdout; on stderr is why there are none.
        Streams::Each
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        called(argv, "bench")
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| heading(line.trimmed()).is_some() || is_refusal(line.trimmed())) {
            return Sniff::Certain;
        }
        if text.lines().any(|line| is_known(line.trimmed())) {
            return Sniff::Likely;
        }
        if Page::default().is_simple(text) { Sniff::Possible } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        if *input.stream() == Stream::Stderr {
            return errors(text, out);
        }
        let argv = input.argv().unwrap_or_default();
        let mut page = Page {
            cycles: argv.iter().any(|word| word == "-c" || word == "--cycles"),
            uprobe: argv.iter().any(|word| word == "uprobe"),
            fixed: argv.iter().any(|word| word.starts_with("-l") || word.starts_with("--nr_loops")),
            totals: totals(text.as_str()),
            ..Page::default()
        };
        page.simple = page.is_simple(text);
        page.known = page.simple;
        let out = &mut Writer::new(out);
        for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
            if page.cut {
                break;
            }
            page.line(line, out);
        }
        match (page.known, page.cut) {
            (_, true) => Err(ExtractError::Truncated { at: text.end() }),
            (false, _) => Err(ExtractError::NotFound),
            _ => Ok(()),
        }
    }
}

/// What is on stderr.
fn errors(text: &Text<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
    let starts = ["Error: ", "Usage: perf bench", "Failed to ", "Invalid ", "perf: ", "perf_", "can't "];
    let mut said = None;
    for line in text.lines().map(|line| line.trimmed()).filter(|line| !line.is_empty()) {
        if said.is_none() && starts.iter().any(|start| line.starts_with(start)) {
            out.tool_failed(line, format!("perf says: {line}"));
            said = Some(line);
        }
        if said.is_some() {
            out.ignore(line, "message");
        }
    }
    if said.is_none() && out.is_empty() { Err(ExtractError::NotFound) } else { Ok(()) }
}

/// What a page of `perf bench` has said so far.
#[derive(Default)]
struct Page<'t> {
    known: bool,
    /// There is a bare time and nothing else.
    simple: bool,
    cut: bool,
    place: Place<'t>,
    /// `-c`: cycles in place of time.
    cycles: bool,
    uprobe: bool,
    /// `-l`: the amount of work is fixed.
    fixed: bool,
    /// A usage or a list of functions is being printed.
    refused: bool,
    /// There was no heading above the rows.
    headless: bool,
    /// How often each benchmark ran, so far and in all.
    runs: HashMap<&'t str, usize>,
    totals: HashMap<&'t str, usize>,
}

impl<'t> Page<'t> {
    /// A text that holds nothing but a time, which is what `-f simple` prints of a single benchmark.
    fn is_simple(&self, text: &Text<'_>) -> bool {
        let mut lines = text.lines().map(|line| line.trimmed()).filter(|line| !line.is_empty());
        let one = lines.next().is_some_and(|line| {
            is_time(line) || (self.uprobe && text.as_str().ends_with('\n') && line.bytes().all(|b| b.is_ascii_digit()))
        });
        one && lines.next().is_none()
    }

    fn line(&mut self, line: Line<'t>, out: &mut Writer<'_>) {
        let shown = line.trimmed();
        // A time that stands alone is whole when it has its three decimals.
        let is_whole = line.ended || self.simple;
        if !is_whole {
            self.cut |= self.known || heading(shown).is_some() || is_known(shown);
            if self.cut {
                out.ignore(line.text, "line that is cut");
            }
            return;
        }
        if let Some(benchmark) = heading(shown) {
            (self.known, self.refused, self.headless) = (true, false, false);
            self.begin(benchmark, shown, out);
            return out.ignore(shown, "name of the benchmark");
        }
        if is_refusal(shown) || (self.known && is_failure(shown)) {
            self.known = true;
            if !self.refused {
                out.sink.tool_failed(shown, format!("perf says: {shown}"));
            }
            self.refused = true;
        }
        self.known |= is_known(shown);
        if self.refused {
            out.ignore(shown, "message");
        } else if self.known && !self.context(shown, out) && !self.row(shown, out) {
            out.ignore(shown, "setting, or message");
        }
    }

    /// The rows below are of `benchmark`, which a log may hold several runs of.
    fn begin(&mut self, benchmark: &'t str, shown: &str, out: &mut Writer<'_>) {
        let run = self.runs.entry(benchmark).or_default();
        *run += 1;
        let total = self.totals.get(benchmark).copied().unwrap_or(1);
        out.repetition = (*run < total).then(|| run.to_string());
        if *run == 1 && total > 1 {
            let message =
                format!("{total} runs of {benchmark}: the last has the plain names, those before it are labelled repetition");
            out.sink.warn(code::SEVERAL_DOCUMENTS, shown, message);
        }
        self.place = Place { benchmark: Some(benchmark), ..Place::default() };
    }

    /// A line that says what the rows below it are about.
    fn context(&mut self, shown: &'t str, out: &mut Writer<'_>) -> bool {
        if let Some(function) = function(shown) {
            self.place.function = Some(function);
        } else if let Some(threads) = shown.strip_prefix("Number of synthesis threads: ") {
            self.place.threads = Some(threads);
        } else if let Some(bits) = internals::bits(shown) {
            self.place.bits = Some(bits);
        } else if let Some(benchmark) = settings(shown) {
            // The heading has said it, but for a log that was kept without headings.
            if self.headless || self.place.benchmark.is_none() {
                self.headless = true;
                self.begin(benchmark, shown, out);
            }
        } else {
            return false;
        }
        out.ignore(shown, "name of a function, or setting");
        true
    }

    fn row(&mut self, shown: &'t str, out: &mut Writer<'_>) -> bool {
        if self.place.benchmark.is_some_and(|b| b.starts_with("numa")) {
            return numa::row(shown, &self.place, self.fixed, out);
        }
        if shown.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return row::simple(shown, &self.place, self.cycles, self.uprobe, out);
        }
        if shown.starts_with("Average ") {
            return internals::row(shown, &mut self.place, out);
        }
        row::row(shown, &self.place, out)
    }
}

/// `# Running 'sched/pipe' benchmark:`, and of several `# Running sched/pipe benchmark...`
fn heading(shown: &str) -> Option<&str> {
    let rest = shown.strip_prefix("# Running ")?;
    let name = rest.strip_suffix(" benchmark...").or_else(|| rest.strip_prefix('\'')?.strip_suffix("' benchmark:"))?;
    name.split_once('/').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty() && !b.contains(' ')).then_some(name)
}

/// `# function 'default' (Default memcpy() provided by glibc)`, and before 4.4 `# Routine default (Default memcpy() ...)`.
fn function(shown: &str) -> Option<&str> {
    let named = shown.strip_prefix("# function '").and_then(|rest| rest.cut("' ("));
    let (name, _) = named.or_else(|| shown.strip_prefix("# Routine ")?.cut(" ("))?;
    shown.ends_with(')').then_some(name)
}

/// How often each benchmark is begun, by its heading or, in a log without headings, by its settings.
fn totals(text: &str) -> HashMap<&str, usize> {
    let lines = |start: &'static str| {
        let starts = text.match_indices(start).filter(|(at, _)| *at == 0 || text.as_bytes()[at - 1] == b'\n');
        starts.filter_map(|(at, _)| text[at..].lines().next()).map(str::trim_ascii)
    };
    let mut totals = HashMap::new();
    lines("# Running ").filter_map(heading).for_each(|name| *totals.entry(name).or_default() += 1);
    if totals.is_empty() {
        lines("# Executed ").filter_map(settings).for_each(|name| *totals.entry(name).or_default() += 1);
    }
    totals
}

/// The benchmark whose settings `shown` says: `# Executed 10000000 getppid() calls`.
fn settings(shown: &str) -> Option<&'static str> {
    let (count, what) = shown.strip_prefix("# Executed ")?.split_once(' ')?;
    if !count.bytes().all(|b| b.is_ascii_digit() || b == b',') {
        return None;
    }
    Some(match what {
        "getppid() calls" => "syscall/basic",
        "getpgid() calls" => "syscall/getpgid",
        "fork() calls" => "syscall/fork",
        "execve() calls" => "syscall/execve",
        "system calls" => "sched/seccomp-notify",
        "pipe operations between two processes" | "pipe operations between two threads" => "sched/pipe",
        _ => return None,
    })
}

/// What only perf bench prints where there is no heading, as with `-f simple`, which leaves of the heads of `mem`
/// `# function 'default' (Default memcpy() provided by glibc)`.
fn is_known(shown: &str) -> bool {
    function(shown).is_some() || shown.starts_with("Run summary [PID ") || settings(shown).is_some()
}

fn is_refusal(shown: &str) -> bool {
    shown.starts_with("Unknown collection: '")
        || shown.starts_with("Unknown benchmark: '")
        || shown.starts_with("# List of available benchmarks for collection '")
        || shown.starts_with("perf bench [<common options>]")
}

fn is_failure(shown: &str) -> bool {
    ["Unknown function: ", "# Memory allocation failed", "# Failed to ", "Invalid "].iter().any(|start| shown.starts_with(start))
}

/// `0.152`: `%lu.%03lu` of seconds and milliseconds.
fn is_time(shown: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    shown.split_once('.').is_some_and(|(seconds, rest)| digits(seconds) && digits(rest) && rest.len() == 3)
}

prill_core::register_extractor!(PerfBench);

#[cfg(test)]
mod tests;
