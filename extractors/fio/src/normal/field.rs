//! `key=value` pairs in a line.

use prill_core::extract::Emit;
use prill_core::scan::Search;

use crate::unit::Printing;

/// What follows `key` (with its `=`) in `text`, where `key` is not the end of a longer word.
pub(super) fn after<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let mut from = 0;
    while let Some(at) = text[from..].place(key).map(|at| at + from) {
        let before = text[..at].bytes().next_back();
        if !before.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Some(text[at + key.len()..].trim_start_matches(' '));
        }
        from = at + key.len();
    }
    None
}

/// Puts a number in with its unit and the step it is printed in.
pub(super) fn put(emit: Emit<'_>, number: &Printing<'_>) {
    emit.unit(number.printed).resolution(number.step()).push(number.token);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_whole_word() {
        assert_eq!(after("aggrios=1/2, ios=3/4", "ios="), Some("3/4"));
        assert_eq!(after("bw=1, minb= 22", "minb="), Some("22"));
        assert_eq!(after("iops=5", "ops="), None);
    }
}
