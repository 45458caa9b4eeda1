use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use prill_core::{Extraction, Registry};

use super::sink::{Done, Kind, Sink};
use super::source::{Item, Source};
use crate::args::Extract;
use crate::extract::{bare, status};
use crate::io::Io;
use crate::status::{Failure, Status};

/// Files of one batch: enough that handing it over costs nothing, few enough that all cores have some.
const BATCH: usize = 32;
/// Batches between the first that is not written and the last that is read, for each core.
const WINDOW: usize = 8;
/// Of a batch that took more memory than this it is given back.
const KEPT: usize = 4 << 20;
/// How often progress is shown.
const TICK: Duration = Duration::from_millis(100);

/// What came of all files.
#[derive(Debug, Default)]
pub(super) struct Tally {
    files: usize,
    metrics: usize,
    /// Files without a metric, and files that could not be read.
    empty: usize,
    broken: usize,
}

/// Files that are to be extracted, and where to put what is written for them: the memory of a batch that was written.
struct Batch {
    number: usize,
    items: Vec<Item>,
    text: Vec<u8>,
}

/// Files that were extracted.
struct Extracted {
    number: usize,
    files: Vec<Done>,
    text: Vec<u8>,
}

/// Extracts all files of `source` into `sink`.
pub(super) fn all(
    source: &mut Source,
    sink: &mut Sink,
    args: &Extract,
    registry: &Registry,
    io: &mut Io<'_>,
) -> Result<Tally, Failure> {
    let cores = args.jobs.map_or_else(|| thread::available_parallelism().map_or(1, NonZero::get), NonZero::get);
    let count = source.count();
    let (batches, taken) = sync_channel::<Batch>(cores * 2);
    let (extracted, written) = channel::<Extracted>();
    let (permits, permitted) = channel::<Vec<u8>>();
    (0..cores * WINDOW).for_each(|_| _ = permits.send(Vec::new()));
    let (taken, kind) = (Mutex::new(taken), sink.kind());
    sink.begin(io)?;
    thread::scope(|scope| {
        scope.spawn(move || read(source, &batches, &permitted));
        for _ in 0..cores {
            let (taken, extracted, kind) = (&taken, extracted.clone(), kind.clone());
            scope.spawn(move || extract(taken, &extracted, args, registry, kind));
        }
        drop(extracted);
        write(&written, &permits, sink, count, io)
    })
}

/// Makes batches of the files, as long as somebody may take them.
fn read(source: &mut Source, batches: &SyncSender<Batch>, permitted: &Receiver<Vec<u8>>) {
    let (mut number, mut items) = (0, Vec::with_capacity(BATCH));
    let hand_over = |number, items| {
        // Nobody takes it when writing has failed.
        permitted.recv().is_ok_and(|text| batches.send(Batch { number, items, text }).is_ok())
    };
    source.each(|item| {
        item.announce();
        items.push(item);
        if items.len() < BATCH {
            return true;
        }
        number += 1;
        hand_over(number - 1, std::mem::replace(&mut items, Vec::with_capacity(BATCH)))
    });
    if !items.is_empty() {
        hand_over(number, items);
    }
}

fn extract(taken: &Mutex<Receiver<Batch>>, extracted: &Sender<Extracted>, args: &Extract, registry: &Registry, mut kind: Kind) {
    loop {
        let batch = taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv();
        let Ok(Batch { number, items, mut text }) = batch else { return };
        text.clear();
        let files = items.into_iter().map(|item| one(item, args, registry, &mut kind, &mut text)).collect();
        if extracted.send(Extracted { number, files, text }).is_err() {
            return;
        }
    }
}

fn one(item: Item, args: &Extract, registry: &Registry, kind: &mut Kind, text: &mut Vec<u8>) -> Done {
    let name = item.name();
    let bytes = match item.bytes() {
        Ok(bytes) => bytes,
        Err(error) => return Done::broken(name, &error),
    };
    let captured = bare(&args.sources.format, bytes, name.as_ref());
    match captured.extract(registry) {
        Ok(extraction) => Done::of(name, &extraction, kind, text),
        Err(failure) => Done::broken(name, &failure.error),
    }
}

/// Writes batches in the order of the files, and says what has to be said.
fn write(
    written: &Receiver<Extracted>,
    permits: &Sender<Vec<u8>>,
    sink: &mut Sink,
    count: Option<usize>,
    io: &mut Io<'_>,
) -> Result<Tally, Failure> {
    let (mut tally, mut waiting, mut next) = (Tally::default(), BTreeMap::new(), 0);
    let mut shown = Instant::now();
    for batch in written {
        waiting.insert(batch.number, batch);
        while let Some(Extracted { mut files, text, .. }) = waiting.remove(&next) {
            next += 1;
            for done in &files {
                tally.add(done);
                if let Some(said) = &done.said {
                    let _ = writeln!(io.err, "{}{}: {said}", clear(io), done.name);
                }
            }
            sink.write(&text, &mut files, io)?;
            let text = if text.capacity() > KEPT { Vec::new() } else { text };
            // The reader is gone once all is read.
            let _ = permits.send(text);
        }
        if io.err_look.terminal && shown.elapsed() >= TICK {
            shown = Instant::now();
            let of = count.map_or_else(String::new, |count| format!(" of {count}"));
            let _ = write!(io.err, "\r\x1b[K{}{of} files", tally.files);
            let _ = io.err.flush();
        }
    }
    let _ = write!(io.err, "{}", clear(io));
    Ok(tally)
}

/// Takes the progress line away, where there may be one.
fn clear(io: &Io<'_>) -> &'static str {
    if io.err_look.terminal { "\r\x1b[K" } else { "" }
}

impl Tally {
    fn add(&mut self, done: &Done) {
        self.files += 1;
        self.metrics += done.metrics;
        self.broken += usize::from(done.broken);
        self.empty += usize::from(!done.broken && done.empty);
    }

    /// A file that gives nothing does not end the others, and is not forgotten.
    pub(super) fn status(&self) -> Status {
        if self.broken + self.empty > 0 || self.files == 0 { Status::NoMetrics } else { Status::Fine }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { files, metrics, empty, broken } = self;
        write!(f, "{metrics} metrics in {files} files; {empty} gave none, {broken} could not be read")
    }
}

/// Why an extraction gave nothing, if it did.
pub(super) fn reason(extraction: &Extraction) -> Option<String> {
    if status(extraction) == Status::Fine {
        return None;
    }
    let worst = extraction.diagnostics.iter().max_by_key(|diagnostic| diagnostic.severity);
    Some(worst.map_or_else(|| "no metrics".to_owned(), ToString::to_string))
}
