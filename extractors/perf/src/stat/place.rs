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
    let part = |part: &str| part.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    match parts.map(part).collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => Some(("socket", word)),
        ["D"] => Some(("die", word)),
        ["D", "C"] => Some(("core", word)),
        ["D", "CLS"] => Some(("cluster", word)),
        ["D", "L", "ID"] => Some(("cache", word)),
        _ => None,
    }
}

/// Whether `word` is a thread: a name, a hyphen, a number.
pub(crate) fn is_thread(word: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    word.rsplit_once('-').is_some_and(|(name, pid)| !name.is_empty() && digits(pid)) && !number::is_token(word)
}
