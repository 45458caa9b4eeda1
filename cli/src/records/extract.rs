use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use prill_core::extract::{self, Captures, Piece};
use prill_core::{Extraction, OutputFormat, Registry, Stream};
use prill_records::json;
use prill_records::model::{Kept, Record, RunResult};
use prill_records::runs::Run;

use crate::args::Extract;
use crate::io::Io;
use crate::status::{Failure, Status};
use crate::style::Palette;
use crate::table;

/// Reads the raw output of every record of `run` again: as it was read then, or as the format that was asked for.
pub(crate) fn extract(run: &Run, args: &Extract, registry: &Registry, io: &mut Io<'_>) -> Result<Status, Failure> {
    let asked = &args.sources.format;
    if asked != OutputFormat::AUTO.name() {
        registry.get(asked)?;
    }
    let mut status = Status::Fine;
    for path in &run.records {
        let record = match prill_records::read(path) {
            Ok(record) => record,
            Err(error) => {
                let _ = writeln!(io.err, "warning: failed to {error}");
                status = status.worse(Status::NotStarted);
                continue;
            }
        };
        for result in &record.results {
            let captured = Captured::of(path, result).map_err(Failure::usage)?;
            let format = if asked == OutputFormat::AUTO.name() { &result.format } else { asked };
            let extraction = captured.extract(registry, format);
            status = status.worse(crate::extract::status(&extraction));
            print(&record, result, &extraction, args.json, io)?;
        }
    }
    Ok(status)
}

fn print(record: &Record, result: &RunResult, extraction: &Extraction, json: bool, io: &mut Io<'_>) -> std::io::Result<()> {
    if json {
        return json::extraction(io.out, extraction, Some(result.exit_code), |object| {
            object.string("record", &record.name());
            object.string("payload", &result.payload);
            object.array("argv", &result.argv, |buffer, word| json::string(buffer, word));
        });
    }
    let Palette { strong, dim, .. } = Palette::new(io.out_look.colour);
    writeln!(io.out, "{strong}{}{strong:#}: {dim}{}{dim:#}", record.name(), result.argv.join(" "))?;
    table::metrics(io.out, io.out_look, &extraction.metrics)?;
    io.out.flush()?;
    table::diagnostics(io.err, io.err_look, extraction.diagnostics.iter());
    Ok(())
}

/// The raw output of a run that was kept.
struct Captured<'a> {
    result: &'a RunResult,
    streams: Vec<(Stream, Vec<u8>, Vec<u8>, usize)>,
}

impl<'a> Captured<'a> {
    fn of(record: &Path, result: &'a RunResult) -> anyhow::Result<Self> {
        let read = |kept: &Kept| {
            let (head, tail) = prill_records::read_raw(record, kept)
                .with_context(|| format!("read the {} that {} keeps", kept.stream, record.display()))?;
            let after = kept.gap.map_or(0, |[_, end]| usize::try_from(end).unwrap_or(usize::MAX));
            Ok((stream(&kept.stream), head, tail, after))
        };
        Ok(Self { result, streams: result.outputs.iter().map(read).collect::<anyhow::Result<_>>()? })
    }

    fn extract(&self, registry: &Registry, format: &str) -> Extraction {
        let captures = self.streams.iter().fold(Captures::new().with_argv(&self.result.argv[..]), |captures, stream| {
            let (stream, head, tail, offset) = stream;
            let mut pieces = vec![Piece { bytes: Cow::Borrowed(&head[..]), offset: 0 }];
            if *offset > 0 {
                pieces.push(Piece { bytes: Cow::Borrowed(&tail[..]), offset: *offset });
            }
            captures.with_pieces(stream.clone(), pieces)
        });
        match registry.get(format) {
            Ok(format) => extract::run(format, &captures, &[]),
            // A format of a program or a file that is not here.
            Err(_) => extract::auto(registry, &captures, &[]),
        }
    }
}

fn stream(name: &str) -> Stream {
    match name {
        "stdout" => Stream::Stdout,
        "stderr" => Stream::Stderr,
        _ => Stream::File(name.strip_prefix("file:").map(Arc::from)),
    }
}
