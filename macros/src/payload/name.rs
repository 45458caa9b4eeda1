use syn::{Error, LitStr, Result};

/// `StreamTriad` as `STREAM_TRIAD`.
pub(super) fn screaming(ident: &str) -> String {
    words(ident).join("_").to_uppercase()
}

/// `StreamTriad` as `stream-triad`.
pub(super) fn kebab(ident: &str) -> String {
    words(ident).join("-").to_lowercase()
}

/// Refuses what picks no metric by its name. The names of the format `json` are paths with any characters, quoted or not.
pub(super) fn metric(name: &LitStr) -> Result<()> {
    let text = name.value();
    match text.find('{') {
        _ if text.trim().is_empty() => Err(Error::new_spanned(name, "expected the name of a metric, such as \"clat.p99\"")),
        Some(at) => {
            let bare = text[..at].trim_end();
            Err(Error::new_spanned(name, format!("what is declared holds for all labels: write \"{bare}\"")))
        }
        None => Ok(()),
    }
}

/// Refuses an empty name, and one that a command line would break.
pub(super) fn payload(name: &LitStr) -> Result<()> {
    let text = name.value();
    if !text.is_empty() && !text.starts_with('-') && !text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Ok(());
    }
    Err(Error::new_spanned(name, "a name is one word that does not start with `-`"))
}

/// The words of a name in camel case; capitals in a row are one word.
fn words(ident: &str) -> Vec<&str> {
    let ident = ident.trim_start_matches("r#");
    let mut starts = vec![0];
    let chars: Vec<(usize, char)> = ident.char_indices().collect();
    for (i, &(at, c)) in chars.iter().enumerate().skip(1) {
        let after_lower = !chars[i - 1].1.is_uppercase() && chars[i - 1].1 != '_';
        let before_lower = chars.get(i + 1).is_some_and(|(_, next)| next.is_lowercase()) && chars[i - 1].1 != '_';
        if c.is_uppercase() && (after_lower || before_lower) || chars[i - 1].1 == '_' {
            starts.push(at);
        }
    }
    starts.push(ident.len());
    starts.windows(2).map(|ends| ident[ends[0]..ends[1]].trim_matches('_')).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_words() {
        for (ident, constant, name) in [
            ("Stream", "STREAM", "stream"),
            ("StreamTriad", "STREAM_TRIAD", "stream-triad"),
            ("StressNG", "STRESS_NG", "stress-ng"),
            ("HTTPLoad", "HTTP_LOAD", "http-load"),
            ("Rt4Test", "RT4_TEST", "rt4-test"),
            ("Pi_Stress", "PI_STRESS", "pi-stress"),
            ("r#Loop", "LOOP", "loop"),
        ] {
            assert_eq!((screaming(ident).as_str(), kebab(ident).as_str()), (constant, name), "{ident}");
        }
    }
}
