//! A new format that is proposed from a real output.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use prill_core::extract::{Captures, run};
use prill_core::{Extraction, Registry, Sniff, Stream, Text};
use prill_declare::Declared;

use crate::io::Io;
use crate::status::Failure;
use crate::style::Palette;

use super::STRANGER;
use super::expect::{expect, snapshot};
use super::files::{self, Crate, File, Home};
use super::propose::{self, Proposal};

/// An output that a format is proposed from.
pub(super) struct Output<'o> {
    pub(super) bytes: &'o [u8],
    pub(super) stream: Stream,
    /// The file it came from.
    pub(super) shown: &'o Path,
}

/// What was proposed.
#[derive(Clone, Debug)]
pub struct Proposed {
    proposal: Proposal,
    metrics: usize,
}

/// Makes the crate `prill-extract-NAME` with a format that is proposed from an output: its metrics, the sample, what the
/// sample is held to, and snapshots. `shown` is the file that the output came from.
///
/// # Errors
/// As [`super::extractor`], and when no number of the output is a metric.
pub fn extractor_from(name: &str, home: &Home, bytes: &[u8], stream: Stream, shown: &Path) -> Result<Proposed> {
    files::check_name(name)?;
    in_crate(name, home, &Output { bytes, stream, shown })
}

/// Makes the crate with the format that is proposed from `output`.
pub(super) fn in_crate(name: &str, home: &Home, output: &Output<'_>) -> Result<Proposed> {
    let (proposal, format) = propose(name, output)?;
    let metrics = read(&format, &output.stream, output.bytes).metrics.len();
    files::write(name, home, parts(&proposal, &format, output))?;
    Ok(Proposed { proposal, metrics })
}

/// Writes the TOML file of a format that is proposed from an output.
pub(super) fn toml(name: &str, path: &Path, output: &Output<'_>) -> Result<Proposed> {
    ensure!(!path.exists(), "make {}: it is there already", path.display());
    let (proposal, format) = propose(name, output)?;
    let metrics = read(&format, &output.stream, output.bytes).metrics.len();
    fs::write(path, propose::toml(&proposal)).with_context(|| format!("write {}", path.display()))?;
    Ok(Proposed { proposal, metrics })
}

fn propose(name: &str, output: &Output<'_>) -> Result<(Proposal, Declared)> {
    let text = Text::new(output.bytes);
    let shown = output.shown.display();
    let lead = text.as_str().trim_start();
    if lead.starts_with(['{', '['])
        && prill_core::Registry::linked()?
            .get("json")
            .is_ok_and(|json| !run(json, &Captures::new().with(Stream::Stdout, output.bytes), &[]).metrics.is_empty())
    {
        bail!(
            "propose patterns of lines for {shown}: it is a JSON document, which `prill extract --as json {shown}` reads by its \
             paths; for names of your own make a crate without --from, and read it with prill_core::scan::json"
        );
    }
    let proposal = propose::propose(name, output.stream.clone(), &text);
    if !proposal.has_metrics() {
        bail!(
            "propose a metric for {shown}: no number in it stands beside words that say what it is; make a crate without \
             --from, or write the patterns by hand (docs/declare.md)"
        );
    }
    let format = Declared::from_toml(&propose::toml(&proposal), &format!("{name}.toml"))?;
    let found = read(&format, &output.stream, output.bytes).metrics.len();
    ensure!(found > 0, "read {shown} with the patterns that were made from it; write them by hand (docs/declare.md)");
    Ok((proposal, format))
}

fn read(format: &Declared, stream: &Stream, bytes: &[u8]) -> Extraction {
    run(format, &Captures::new().with(stream.clone(), bytes), &[])
}

/// What is in the crate of a proposed format.
fn parts(proposal: &Proposal, format: &Declared, output: &Output<'_>) -> Crate {
    let (mut raw, mut snapshots): (Vec<File>, Vec<_>) = (Vec::new(), Vec::new());
    let mut case = |case: &str, bytes: &[u8], tool: &str, note: &str| {
        let extraction = read(format, &output.stream, bytes);
        let meta = format!("{{\n \"tool\": \"{tool}\",\n \"version\": \"\",\n \"note\": \"{note}\"\n}}\n");
        for stream in [Stream::Stdout, Stream::Stderr] {
            let printed = if stream == output.stream { bytes.to_vec() } else { Vec::new() };
            raw.push((format!("samples/{case}/{stream}"), printed));
        }
        raw.push((format!("samples/{case}/meta.json"), meta.into_bytes()));
        raw.push((format!("samples/{case}/expect.json"), expect(&extraction, bytes).into_bytes()));
        snapshots.push((case.to_owned(), snapshot(&extraction, bytes)));
    };
    let name = &proposal.name;
    case("first", output.bytes, name, "what the format was proposed from");
    case("empty", b"", name, "nothing was printed");
    case("truncated", cut(format, output), name, "the first sample, cut");
    case("wrong-tool", STRANGER.as_bytes(), "ls", "another tool");
    let described = (format!("src/{name}.toml"), propose::toml(proposal).into_bytes());
    raw.push(described);
    Crate {
        base: ("prill-declare", "extractors/declare"),
        source: format!("{name}.toml"),
        stream: output.stream.to_string(),
        rows: proposal.table(),
        texts: vec![("src/lib.rs".to_owned(), include_bytes!("templates/described.rs.in").to_vec())],
        raw,
        snapshots,
    }
}

/// The output up to the middle of the number of a metric, as near to its middle as there is one.
fn cut<'o>(format: &Declared, output: &Output<'o>) -> &'o [u8] {
    let extraction = read(format, &output.stream, output.bytes);
    let middle = output.bytes.len() / 2;
    let long = extraction.metrics.iter().map(|metric| metric.span()).filter(|span| span.len() > 1);
    let nearest = long.min_by_key(|span| span.start.abs_diff(middle));
    &output.bytes[..nearest.map_or(middle, |span| span.start + 1)]
}

/// Says when a format that is there already knows the output.
pub(super) fn warn_of_known(output: &Output<'_>, registry: &Registry, io: &mut Io<'_>) -> Result<(), Failure> {
    let text = Text::new(output.bytes);
    let known = registry.iter().find(|format| format.sniff(&text) == Sniff::Certain);
    if let Some(format) = known {
        let note = Palette::new(io.err_look.colour).note;
        let shown = output.shown.display();
        writeln!(io.err, "{note}note{note:#}: the format `{}` reads this output already: prill explain {shown}", format.name())?;
    }
    Ok(())
}

impl Proposed {
    /// What is left for the author to decide, a line for each thing.
    #[must_use]
    pub fn decide(&self) -> Vec<String> {
        let mut open = self.proposal.open();
        match self.proposal.undecided() {
            0 => {}
            1 => open.push("which direction is better of one metric, whose polarity is unknown".to_owned()),
            n => open.push(format!("which direction is better of {n} metrics, whose polarity is unknown")),
        }
        open
    }

    /// Says what was made, what is left to decide, and what to do next.
    pub(super) fn say(&self, out: &mut dyn Write, path: &Path, from: &Path, toml: bool) -> io::Result<()> {
        let shown = path.display();
        writeln!(out, "made {shown}: {} metrics of {} kinds of lines", self.metrics, self.proposal.kinds())?;
        self.decide().iter().try_for_each(|line| writeln!(out, "decide: {line}"))?;
        if toml {
            let from = if is_unnamed(from) { String::new() } else { format!(" {}", from.display()) };
            return writeln!(out, "look at it: prill explain --format-file {shown} --as {}{from}", self.proposal.name);
        }
        writeln!(out, "confirm the numbers in samples/first/expect.json, and take the word `proposed` away from each")?;
        writeln!(out, "its tests say what to do next: cd {shown} && cargo test")
    }
}

/// The standard input, which has no name to be read again under.
fn is_unnamed(path: &Path) -> bool {
    path == Path::new("-")
}
