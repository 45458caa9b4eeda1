use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, anyhow};
use prill_core::Extraction;
use prill_records::export::csv;
use prill_records::json;
use prill_records::model::{MetricRecord, Record, RunResult};

use super::work::reason;
use crate::args::Extract;
use crate::io::Io;
use crate::status::Failure;

/// What the workers make of an extraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The line itself.
    Lines,
    /// Metrics for a table.
    Rows,
}

/// One file, extracted.
pub(super) struct Done {
    pub(super) name: String,
    pub(super) metrics: usize,
    pub(super) empty: bool,
    pub(super) broken: bool,
    /// What has to be said of it.
    pub(super) said: Option<String>,
    line: Vec<u8>,
    rows: Option<(String, Vec<MetricRecord>)>,
}

impl Done {
    pub(super) fn of(name: String, extraction: &Extraction, kind: Kind) -> Self {
        let said = reason(extraction);
        let (mut line, mut rows) = (Vec::new(), None);
        match kind {
            // A vector takes everything.
            Kind::Lines => _ = json::extraction(&mut line, extraction, None, |object| object.string("file", &name)),
            Kind::Rows => {
                rows = Some((extraction.format.clone(), extraction.metrics.iter().map(MetricRecord::of).collect()));
            }
        }
        Self { name, metrics: extraction.metrics.len(), empty: said.is_some(), broken: false, said, line, rows }
    }

    pub(super) fn broken(name: String, why: &dyn std::fmt::Display) -> Self {
        let said = Some(format!("failed to read it: {why}"));
        Self { name, metrics: 0, empty: true, broken: true, said, line: Vec::new(), rows: None }
    }
}

/// Where the metrics go.
pub(super) enum Sink {
    /// The standard output.
    Lines,
    /// A file.
    LinesTo(BufWriter<File>),
    /// A table of commas, on the standard output or in a file.
    Csv(Option<BufWriter<File>>, bool, Box<Record>),
    /// Parquet below a folder.
    #[cfg(feature = "parquet")]
    Parquet(Box<prill_records::export::parquet::Writer>, Box<Record>),
}

impl Sink {
    pub(super) fn open(args: &Extract, archive: &Path) -> Result<Self, Failure> {
        let file = || {
            let create = |path: &std::path::PathBuf| {
                let made = File::create(path).with_context(|| format!("write {}", path.display()));
                made.map(|file| BufWriter::with_capacity(1 << 20, file)).map_err(Failure::not_started)
            };
            args.output.as_ref().map(create).transpose()
        };
        match args.to.as_deref() {
            None | Some("jsonl") => Ok(file()?.map_or(Self::Lines, Self::LinesTo)),
            Some("csv") => Ok(Self::Csv(file()?, true, Box::new(record(archive)))),
            Some("parquet") => parquet(args, archive),
            Some(other) => Err(Failure::usage(anyhow!("write {other}: there are jsonl, csv, parquet"))),
        }
    }

    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Lines | Self::LinesTo(_) => Kind::Lines,
            _ => Kind::Rows,
        }
    }

    pub(super) fn write(&mut self, done: Done, io: &mut Io<'_>) -> Result<(), Failure> {
        match self {
            Self::Lines => io.out.write_all(&done.line)?,
            Self::LinesTo(file) => file.write_all(&done.line)?,
            Self::Csv(file, first, record) => {
                let out: &mut dyn Write = file.as_mut().map_or(&mut *io.out, |file| file);
                fill(record, done);
                csv::write_rows(prill_records::export::rows(std::slice::from_ref(&**record)), std::mem::take(first), out)?;
            }
            #[cfg(feature = "parquet")]
            Self::Parquet(writer, record) => {
                fill(record, done);
                writer.push(record)?;
            }
        }
        Ok(())
    }

    pub(super) fn close(self, io: &mut Io<'_>) -> Result<(), Failure> {
        match self {
            Self::Lines | Self::Csv(None, ..) => {}
            Self::LinesTo(mut file) | Self::Csv(Some(mut file), ..) => file.flush()?,
            #[cfg(feature = "parquet")]
            Self::Parquet(writer, _) => writeln!(io.out, "{}", writer.close()?.display())?,
        }
        io.out.flush()?;
        Ok(())
    }
}

#[cfg(feature = "parquet")]
fn parquet(args: &Extract, archive: &Path) -> Result<Sink, Failure> {
    let folder =
        args.output.as_ref().ok_or_else(|| Failure::usage(anyhow!("write Parquet: name the folder with --output DIR")))?;
    let record = record(archive);
    let writer = prill_records::export::parquet::Writer::create(folder, &record.identity.run, &record.started);
    let writer = writer.with_context(|| format!("write Parquet into {}", folder.display())).map_err(Failure::not_started)?;
    Ok(Sink::Parquet(Box::new(writer), Box::new(record)))
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Extract, _: &Path) -> Result<Sink, Failure> {
    Err(Failure::usage(anyhow!("write Parquet: this prill was built without it; build it with `--features parquet`")))
}

/// A record for the files of an archive: nothing is known of where they were measured.
fn record(archive: &Path) -> Record {
    let name = archive.file_name().unwrap_or(archive.as_os_str()).to_string_lossy();
    Record::of_archive(&name)
}

/// Puts a file into the record, in place of the one before.
fn fill(record: &mut Record, done: Done) {
    record.identity.test = Some(done.name);
    record.results.clear();
    record.results.extend(done.rows.map(|(format, metrics)| RunResult::of_file(format, metrics)));
}
