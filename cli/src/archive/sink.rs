use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, anyhow};
use prill_core::Extraction;
use prill_records::export::{csv, rows};
use prill_records::json;
use prill_records::model::{MetricRecord, Record, RunResult};

use super::work::reason;
use crate::args::Extract;
use crate::io::Io;
use crate::status::Failure;

/// What the workers make of an extraction.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A line of JSON.
    Lines,
    /// Lines of a table, in a record that is used for one file after the other.
    Csv(Box<Record>),
    /// Metrics.
    #[cfg(feature = "parquet")]
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
    #[cfg(feature = "parquet")]
    result: Option<RunResult>,
}

impl Done {
    /// Puts what is written for the file behind what is in `text`.
    pub(super) fn of(name: String, extraction: &Extraction, kind: &mut Kind, text: &mut Vec<u8>) -> Self {
        let said = reason(extraction);
        let done = Self { metrics: extraction.metrics.len(), empty: said.is_some(), said, ..Self::new(name) };
        match kind {
            Kind::Lines => json::extraction_line(text, extraction, None, |object| object.string("file", &done.name)),
            Kind::Csv(record) => {
                fill(record, &done.name, result(extraction));
                // A vector takes everything.
                _ = csv::write_rows(rows(std::slice::from_ref(&**record)), text);
            }
            #[cfg(feature = "parquet")]
            Kind::Rows => return Self { result: Some(result(extraction)), ..done },
        }
        done
    }

    pub(super) fn broken(name: String, why: &dyn std::fmt::Display) -> Self {
        let said = Some(format!("failed to read it: {why}"));
        Self { empty: true, broken: true, said, ..Self::new(name) }
    }

    fn new(name: String) -> Self {
        Self {
            name,
            metrics: 0,
            empty: false,
            broken: false,
            said: None,
            #[cfg(feature = "parquet")]
            result: None,
        }
    }
}

fn result(extraction: &Extraction) -> RunResult {
    RunResult::of_file(extraction.format.clone(), extraction.metrics.iter().map(MetricRecord::of).collect())
}

/// Where the metrics go.
pub(super) enum Sink {
    /// The standard output.
    Out(Kind),
    /// A file.
    File(Kind, BufWriter<File>),
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
        let kind = match args.to.as_deref() {
            None | Some("jsonl") => Kind::Lines,
            Some("csv") => Kind::Csv(Box::new(record(archive))),
            Some("parquet") => return parquet(args, archive),
            Some(other) => return Err(Failure::usage(anyhow!("write {other}: there are jsonl, csv, parquet"))),
        };
        Ok(match file()? {
            Some(file) => Self::File(kind, file),
            None => Self::Out(kind),
        })
    }

    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Out(kind) | Self::File(kind, _) => kind.clone(),
            #[cfg(feature = "parquet")]
            Self::Parquet(..) => Kind::Rows,
        }
    }

    /// Writes what stands above all files.
    pub(super) fn begin(&mut self, io: &mut Io<'_>) -> Result<(), Failure> {
        match self {
            Self::Out(Kind::Csv(_)) => csv::write_head(&mut io.out)?,
            Self::File(Kind::Csv(_), file) => csv::write_head(file)?,
            _ => {}
        }
        Ok(())
    }

    /// Writes some files, of which `text` was made.
    #[cfg_attr(not(feature = "parquet"), expect(unused_variables, reason = "the text has all of them"))]
    pub(super) fn write(&mut self, text: &[u8], files: &mut [Done], io: &mut Io<'_>) -> Result<(), Failure> {
        match self {
            Self::Out(_) => io.out.write_all(text)?,
            Self::File(_, file) => file.write_all(text)?,
            #[cfg(feature = "parquet")]
            Self::Parquet(writer, record) => {
                for done in files {
                    let Some(result) = done.result.take() else { continue };
                    fill(record, &done.name, result);
                    writer.push(record)?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn close(self, io: &mut Io<'_>) -> Result<(), Failure> {
        match self {
            Self::Out(_) => {}
            Self::File(_, mut file) => file.flush()?,
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
fn fill(record: &mut Record, name: &str, result: RunResult) {
    record.identity.test = Some(name.to_owned());
    record.results.clear();
    record.results.push(result);
}
