use prill_core::scan::number;

/// `0.300371039`: the time since the start that stands before each row of `-I`.
pub(crate) fn is_time(word: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    word.split_once('.').is_some_and(|(seconds, rest)| digits(seconds) && digits(rest) && rest.len() == 9)
}

/// The label of a processor, a core, a socket and so on: `CPU0`, `S0-D0-C1`, `N0`.
pub(crate) fn label(word: &str) -> Option<(&'static str, &str)> {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if let Some(cpu) = word.strip_prefix("CPU").filter(|cpu| digits(cpu)) {
        return Some(("cpu", cpu));
    }
    if word.strip_prefix('N').is_some_and(digits) {
        return Some(("node", word));
    }
    let mut parts = word.split('-');
    let socket = parts.next().and_then(|p| p.strip_prefix('S')).is_some_and(digits);
    if !socket {
        return None;
    }
    // Before 5.3 a core has no die.
    const LABELS: [(&str, &[&str]); 6] = [
        ("socket", &[]),
        ("die", &["D"]),
        ("core", &["D", "C"]),
        ("core", &["C"]),
        ("cluster", &["D", "CLS"]),
        ("cache", &["D", "L", "ID"]),
    ];
    let is_part = |(part, letters): (&str, &&str)| part.strip_prefix(letters).is_some_and(digits);
    let is_label = |letters: &[&str]| parts.clone().count() == letters.len() && parts.clone().zip(letters).all(is_part);
    LABELS.iter().find(|(_, letters)| is_label(letters)).map(|(label, _)| (*label, word))
}

/// Whether `word` is a thread: a name, a hyphen, a number.
pub(crate) fn is_thread(word: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    word.rsplit_once('-').is_some_and(|(name, pid)| !name.is_empty() && digits(pid)) && !number::is_token(word)
}
