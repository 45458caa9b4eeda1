//! The unit that memory is printed in.
//!
//! Neither tool prints it. The command line says it; without one the numbers may: the kernel counts pages of 4 KiB, so that in KiB
//! all of them are multiples of 4, and in bytes of 4096.

use prill_core::Printed;
use prill_core::scan::unit;

/// The options of a command line: `-Sm`, `-S m`, `--unit=m` are all `("S", "m")`; a flag has an empty value.
pub(crate) fn options<'a>(argv: &'a [String], name: &str) -> Vec<(&'a str, &'a str)> {
    let tool = argv.iter().position(|word| word.rsplit('/').next() == Some(name));
    let words = &argv[tool.map_or(1, |at| at + 1).min(argv.len())..];
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).map_or("", String::as_str);
        if let Some(long) = word.strip_prefix("--") {
            found.push(long.split_once('=').unwrap_or((long, next)));
        } else if let Some(cluster) = word.strip_prefix('-') {
            for (i, _) in cluster.char_indices() {
                let (flag, value) = cluster[i..].split_at(cluster[i..].chars().next().map_or(0, char::len_utf8));
                // What follows in the word is the value of an option that takes one, and flags of one that takes none.
                found.push((flag, if value.is_empty() { next } else { value }));
            }
        }
    }
    found
}

/// What the numbers themselves say: KiB, bytes, or nothing for sure.
pub(crate) fn of_pages<'t>(numbers: impl Iterator<Item = &'t str>) -> Option<Printed> {
    let numbers: Vec<u64> = numbers.filter_map(|token| token.parse().ok()).filter(|number| *number > 0).collect();
    let all = |factor: u64| numbers.iter().all(|number| number % factor == 0);
    let largest = numbers.iter().copied().max()?;
    // 128 MiB: no smaller machine runs benchmarks, and no larger number is one of MiB.
    if numbers.len() < 3 || largest < 1 << 17 || !all(4) {
        return None;
    }
    Some(if all(4096) { unit::BYTE } else { unit::KIB })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[&str]) -> Vec<(String, String)> {
        let argv: Vec<String> = words.iter().map(ToString::to_string).collect();
        options(&argv, "vmstat").into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
    }

    #[test]
    fn an_option_is_found_however_it_is_written() {
        for words in [&["vmstat", "-S", "m"][..], &["/usr/bin/vmstat", "-Sm"], &["nice", "vmstat", "-wS", "m", "1"]] {
            assert!(found(words).contains(&("S".into(), "m".into())), "{words:?}");
        }
        assert!(found(&["vmstat", "--unit=m"]).contains(&("unit".into(), "m".into())));
    }

    #[test]
    fn pages_say_how_they_are_counted() {
        let said = |text: &'static str| of_pages(text.split(' '));
        assert_eq!(said("24683656 1397936 16759244 8956"), Some(unit::KIB));
        assert_eq!(said("25276063744 1435168768 17157427200"), Some(unit::BYTE));
        assert_eq!(said("25276063 1435869 17156595"), None, "kB");
        assert_eq!(said("24104 1368 16360 8"), None, "MiB");
        assert_eq!(said("0 0"), None);
    }
}
