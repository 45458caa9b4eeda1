//! Many C strings in one allocation.

use std::ffi::c_char;
use std::ptr;

/// Null-terminated strings behind one another, for `execve`.
#[derive(Default)]
pub(super) struct Strings {
    bytes: Vec<u8>,
    starts: Vec<usize>,
}

impl Strings {
    pub(super) fn with_capacity(strings: usize, bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes), starts: Vec::with_capacity(strings) }
    }

    /// Appends the string made of `parts`; gives it back where it contains a NUL.
    pub(super) fn push(&mut self, parts: &[&[u8]]) -> Result<(), String> {
        if parts.iter().any(|part| part.contains(&0)) {
            return Err(String::from_utf8_lossy(&parts.concat()).into_owned());
        }
        self.push_without_nul(parts);
        Ok(())
    }

    /// Appends the string made of `parts`, which come from one and so contain no NUL.
    pub(super) fn push_without_nul(&mut self, parts: &[&[u8]]) {
        self.starts.push(self.bytes.len());
        parts.iter().for_each(|part| self.bytes.extend_from_slice(part));
        self.bytes.push(0);
    }

    /// The null-terminated array of pointers that `execve` takes; valid as long as this value is, unchanged.
    pub(super) fn pointers(&self) -> Vec<*const c_char> {
        let strings = self.starts.iter().map(|start| self.bytes[*start..].as_ptr().cast());
        strings.chain([ptr::null()]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_terminated_and_nul_is_refused() {
        let mut strings = Strings::default();
        strings.push(&[b"A", b"=", b"1"]).unwrap();
        strings.push(&[b""]).unwrap();
        assert_eq!(strings.push(&[b"a\0b"]), Err("a\0b".to_owned()));
        assert_eq!(strings.bytes[..5], *b"A=1\0\0");
        assert_eq!(strings.pointers().len(), 3);
        assert!(strings.pointers()[2].is_null());
    }
}
