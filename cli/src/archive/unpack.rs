//! What is compressed, by its first bytes: gzip (RFC 1952) and Zstandard (RFC 8878).

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;

/// The most that one file may unpack to: a hostile one is said to be too large before it fills the memory.
const LARGEST: u64 = 1 << 30;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// Whether a file is called as archives are.
pub(super) fn is_tar(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    [".tar", ".tar.gz", ".tgz", ".tar.zst", ".tzst"].iter().any(|end| name.ends_with(end)) && path.is_file()
}

/// The unpacked bytes of a file.
pub(super) fn file(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    // A plain file is read at once; its length is a hint and no promise.
    let length = file.metadata()?.len();
    if length > LARGEST {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.read_to_end(&mut bytes)?;
    self::bytes(bytes)
}

/// The same of what was read already.
pub(super) fn bytes(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    if bytes.starts_with(GZIP) || bytes.starts_with(ZSTD) { all(&mut reader(Cursor::new(bytes))?) } else { Ok(bytes) }
}

/// All that a reader has, unless that is too much.
pub(super) fn all(reader: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(bytes) }
}

/// What is behind the compression of `packed`, if there is any.
pub(super) fn reader(packed: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    let mut packed = BufReader::with_capacity(256 << 10, packed);
    let first = io::BufRead::fill_buf(&mut packed)?;
    if first.starts_with(GZIP) {
        return Ok(Box::new(MultiGzDecoder::new(packed)));
    }
    if first.starts_with(ZSTD) {
        return Ok(Box::new(StreamingDecoder::new(packed).map_err(io::Error::other)?));
    }
    Ok(Box::new(packed))
}

fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {} GiB", LARGEST >> 30))
}
