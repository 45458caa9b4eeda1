use std::collections::BTreeSet;
use std::sync::Mutex;

/// `text` for the life of the process. Units, format names and checks come in small numbers, from declarations and never from a
/// tool's output, so what is kept is bounded by what people wrote.
#[must_use]
pub fn intern(text: &str) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kept = KEPT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(found) = kept.get(text) {
        return found;
    }
    let text: &'static str = Box::leak(text.into());
    kept.insert(text);
    text
}
