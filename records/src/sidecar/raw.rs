//! Raw output, kept beside the record so that a better extractor can read it again.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use prill_core::process::Output;
use prill_core::{PayloadMetrics, Stream};

use super::RecordError;
use crate::model::Kept;

/// How much is kept of each stream unless it is said otherwise, before compression: half from its head, half from its tail.
pub const LIMIT: usize = 32 << 20;

/// What was kept of one stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Raw {
    pub(super) kept: Kept,
}

/// Keeps each stream of a run in a file of `folder`, whose name beside the record is `beside`.
pub(super) fn keep(
    folder: &Path,
    beside: &str,
    number: u32,
    metrics: &PayloadMetrics,
    limit: usize,
) -> Result<Vec<Raw>, RecordError> {
    let streams = [(Stream::Stdout, metrics.stdout()), (Stream::Stderr, metrics.stderr())];
    let files = metrics.files().iter().map(|(stream, output)| (stream.clone(), output));
    let mut all = Vec::new();
    for (index, (stream, output)) in streams.into_iter().chain(files).enumerate() {
        let mut kept = Kept { stream: stream.to_string(), bytes: output.written(), file: None, gap: None };
        if !output.is_empty() {
            let word = match &stream {
                Stream::Stdout => "stdout".to_owned(),
                Stream::Stderr => "stderr".to_owned(),
                Stream::File(_) => format!("file{}", index - 1),
            };
            let name = format!("{}.{word}.gz", number + 1);
            let path = folder.join(&name);
            let (head, gap, tail) = within(output, limit);
            write(&path, head, tail).map_err(|why| {
                // Half a file would be taken for damage later.
                let _ = fs::remove_file(&path);
                RecordError::Raw { path, why }
            })?;
            kept.file = Some(format!("{beside}/{name}"));
            kept.gap = gap;
        }
        all.push(Raw { kept });
    }
    Ok(all)
}

/// The parts of `output` that are kept, and what is missing between them.
fn within(output: &Output, limit: usize) -> (&[u8], Option<[u64; 2]>, &[u8]) {
    let (head, tail) = (output.head(), output.tail());
    let (head, tail) = match (output.is_cut(), head.len() + tail.len() > limit) {
        (false, false) => return (head, None, &[]),
        (true, false) => (head, tail),
        (false, true) => (&head[..limit / 2], &head[head.len() - limit / 2..]),
        (true, true) => (&head[..head.len().min(limit / 2)], &tail[tail.len() - tail.len().min(limit / 2)..]),
    };
    (head, Some([head.len() as u64, output.written() - tail.len() as u64]), tail)
}

fn write(path: &Path, head: &[u8], tail: &[u8]) -> io::Result<()> {
    // The fastest level: text shrinks to a fifth with it already, and a test waits for it.
    let mut encoder = GzEncoder::new(File::create_new(path)?, Compression::fast());
    encoder.write_all(head)?;
    encoder.write_all(tail)?;
    encoder.finish()?.flush()
}

/// Reads raw output back: the bytes before the gap and those after it; all are before it where there is none.
///
/// # Errors
/// When the file is not there, or is no whole gzip file of the length that the record says.
pub fn read(record: &Path, kept: &Kept) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let Some(file) = &kept.file else { return Ok((Vec::new(), Vec::new())) };
    let folder = record.parent().unwrap_or(Path::new("."));
    let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, format!("{file} {what}"));
    if Path::new(file).components().any(|part| !matches!(part, std::path::Component::Normal(_))) {
        return Err(wrong("is not a path below the record"));
    }
    let missing = kept.gap.map_or(0, |[start, end]| end.saturating_sub(start));
    let length = kept.bytes.saturating_sub(missing);
    let mut bytes = Vec::new();
    // One byte more than there should be tells a file that is too long without reading all of a hostile one.
    GzDecoder::new(File::open(folder.join(file))?).take(length + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length {
        return Err(wrong(&format!("has not the {length} bytes that the record says")));
    }
    let head = kept.gap.map_or(bytes.len(), |[start, _]| usize::try_from(start).unwrap_or(usize::MAX));
    if head > bytes.len() {
        return Err(wrong("ends before the gap that the record says"));
    }
    let tail = bytes.split_off(head);
    Ok((bytes, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(output: &Output, limit: usize) -> (Kept, Vec<u8>, Vec<u8>) {
        let dir = tempfile::tempdir().unwrap();
        let (head, gap, tail) = within(output, limit);
        write(&dir.path().join("a.gz"), head, tail).unwrap();
        let kept = Kept { stream: "stdout".to_owned(), bytes: output.written(), file: Some("a.gz".to_owned()), gap };
        let (head, tail) = read(&dir.path().join("t.prill.json"), &kept).unwrap();
        (kept, head, tail)
    }

    #[test]
    fn what_is_kept_is_what_was_written() {
        let (kept, head, tail) = round(&Output::whole("abcdefgh"), 8);
        assert_eq!((kept.gap, &head[..], &tail[..]), (None, &b"abcdefgh"[..], &b""[..]));
    }

    #[test]
    fn a_limit_keeps_both_ends_and_says_what_is_missing() {
        let (kept, head, tail) = round(&Output::whole("abcdefgh"), 4);
        assert_eq!((kept.bytes, kept.gap, &head[..], &tail[..]), (8, Some([2, 6]), &b"ab"[..], &b"gh"[..]));
        let cut = Output::cut_between("abcd", 100, "efgh");
        let (kept, head, tail) = round(&cut, 100);
        assert_eq!((kept.bytes, kept.gap, &head[..], &tail[..]), (108, Some([4, 104]), &b"abcd"[..], &b"efgh"[..]));
        let (kept, head, tail) = round(&cut, 4);
        assert_eq!((kept.gap, &head[..], &tail[..]), (Some([2, 106]), &b"ab"[..], &b"gh"[..]));
    }

    #[test]
    fn a_file_that_is_not_what_the_record_says_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let record = dir.path().join("t.prill.json");
        write(&dir.path().join("a.gz"), b"abc", b"").unwrap();
        let kept = |bytes, file: &str, gap| Kept { stream: "stdout".to_owned(), bytes, file: Some(file.to_owned()), gap };
        for kept in [kept(2, "a.gz", None), kept(9, "a.gz", None), kept(3, "../a.gz", None), kept(6, "a.gz", Some([5, 8]))] {
            assert_eq!(read(&record, &kept).unwrap_err().kind(), io::ErrorKind::InvalidData, "{kept:?}");
        }
        assert_eq!(read(&record, &kept(3, "b.gz", None)).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
