use std::fs;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use prill_core::extract::{Captures, Recognition, auto, recognise, run};
use prill_core::{Extraction, Extractor, OutputFormat, Registry, Stream, Streams};

use crate::args::Sources;
use crate::io::Io;
use crate::status::{Failure, Status};

/// What was captured of one run, and the format that it is to be read as.
#[derive(Debug)]
pub(crate) struct Captured {
    format: String,
    argv: Option<Vec<String>>,
    streams: Vec<(Stream, Vec<u8>)>,
    /// An output of which nobody said which stream it is, and which it looks like by its name.
    bare: Option<(Vec<u8>, Stream)>,
}

/// Reads what the arguments name. The format is looked up first: a wrong name is said before a gigabyte is read.
pub(crate) fn read(sources: &Sources, registry: &Registry, io: &mut Io<'_>) -> Result<Captured, Failure> {
    if sources.format != OutputFormat::AUTO.name() {
        registry.get(&sources.format)?;
    }
    let argv = sources.argv.as_deref().map(|path| read_argv(path, io)).transpose()?;
    let mut streams = Vec::new();
    for (stream, path) in [(Stream::Stdout, &sources.stdout), (Stream::Stderr, &sources.stderr)] {
        if let Some(path) = path {
            streams.push((stream, read_file(path, io)?));
        }
    }
    for path in &sources.output_file {
        let name = (sources.output_file.len() > 1).then(|| path.to_string_lossy().as_ref().into());
        streams.push((Stream::File(name), read_file(path, io)?));
    }
    let bare = match &sources.file {
        Some(path) => Some((read_file(path, io)?, by_name(path))),
        None if streams.is_empty() => Some((read_file(Path::new("-"), io)?, Stream::Stdout)),
        None => None,
    };
    Ok(Captured { format: sources.format.clone(), argv, streams, bare })
}

/// An output of which nothing but its bytes and its name is known.
pub(crate) fn bare(format: &str, bytes: Vec<u8>, name: &Path) -> Captured {
    Captured { format: format.to_owned(), argv: None, streams: Vec::new(), bare: Some((bytes, by_name(name))) }
}

impl Captured {
    /// Reads the metrics.
    pub(crate) fn extract(&self, registry: &Registry) -> Result<Extraction, Failure> {
        let Some(recognition) = self.recognise(registry) else { return Ok(self.extract_as(registry.get(&self.format)?)) };
        Ok(match recognition.best() {
            [one] => self.extract_as(registry.get(&one.format)?),
            _ => auto(registry, &self.captures_for_sniffing(), &[]),
        })
    }

    /// The formats that the output may be of; none when the user named one.
    pub(crate) fn recognise(&self, registry: &Registry) -> Option<Recognition> {
        let automatic = self.format == OutputFormat::AUTO.name();
        automatic.then(|| recognise(registry, &self.captures_for_sniffing()))
    }

    /// The bytes that `extraction` came from, stream by stream.
    pub(crate) fn read_by(&self, extraction: &Extraction) -> Vec<(Stream, &[u8])> {
        let known = self.streams.iter().map(|(stream, bytes)| (stream.clone(), &bytes[..]));
        let bare = self.bare.as_ref().map(|(bytes, like)| (extraction.stream.as_ref().unwrap_or(like).clone(), &bytes[..]));
        known.chain(bare).collect()
    }

    fn extract_as(&self, format: &dyn Extractor) -> Extraction {
        match &self.bare {
            Some((bare, like)) => self.extract_bare(format, bare, like),
            None => run(format, &self.captures(), &[]),
        }
    }

    /// An output without a stream is that of the stream that the format reads. Where it may read either, the output is taken
    /// for the one that it looks like, and for the other when that gives nothing.
    fn extract_bare(&self, format: &dyn Extractor, bare: &[u8], like: &Stream) -> Extraction {
        let from = |stream| run(format, &self.captures().with(stream, bare), &[]);
        match format.streams() {
            Streams::Stdout => from(Stream::Stdout),
            Streams::Stderr => from(Stream::Stderr),
            Streams::StdoutThenStderr | Streams::Each => {
                let other = if *like == Stream::Stderr { Stream::Stdout } else { Stream::Stderr };
                let first = from(like.clone());
                if !first.metrics.is_empty() {
                    return first;
                }
                let second = from(other);
                if second.metrics.is_empty() { first } else { second }
            }
        }
    }

    /// An output without a stream may be from either.
    fn captures_for_sniffing(&self) -> Captures<'_> {
        match &self.bare {
            Some((bare, _)) => self.captures().with(Stream::Stdout, &bare[..]).with(Stream::Stderr, &bare[..]),
            None => self.captures(),
        }
    }

    fn captures(&self) -> Captures<'_> {
        let captures = self.streams.iter().fold(Captures::new(), |c, (stream, bytes)| c.with(stream.clone(), &bytes[..]));
        match &self.argv {
            Some(argv) => captures.with_argv(&argv[..]),
            None => captures,
        }
    }
}

/// `stderr`, `run1.stderr` and `run1.err` are files for what was printed to stderr; any other is taken for stdout.
pub(crate) fn by_name(path: &Path) -> Stream {
    let is_stderr = path.file_name().is_some_and(|name| name == "stderr")
        || path.extension().is_some_and(|extension| extension == "stderr" || extension == "err");
    if is_stderr { Stream::Stderr } else { Stream::Stdout }
}

fn read_argv(path: &Path, io: &mut Io<'_>) -> Result<Vec<String>, Failure> {
    let bytes = read_file(path, io)?;
    let hint =
        || format!("read the command in {}: write a JSON array of strings, such as [\"fio\", \"job.fio\"]", path.display());
    serde_json::from_slice(&bytes).with_context(hint).map_err(Failure::usage)
}

pub(crate) fn read_file(path: &Path, io: &mut Io<'_>) -> Result<Vec<u8>, Failure> {
    if path != Path::new("-") {
        return fs::read(path).with_context(|| format!("read {}", path.display())).map_err(Failure::usage);
    }
    if io.input_is_terminal {
        return Err(Failure::usage(anyhow!("read an output: name a file, or pipe the output in")));
    }
    let mut bytes = Vec::new();
    io.input
        .read_to_end(&mut bytes)
        .context("read the standard input")
        .map_err(|error| Failure { status: Status::Usage, error })?;
    Ok(bytes)
}
