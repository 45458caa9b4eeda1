//! Which of some names a person may have meant.

/// `names`, the most similar to `wanted` first; equally similar ones by name.
pub(crate) fn sorted<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut scored: Vec<(usize, &str)> = names.map(|name| (distance(wanted, name), name)).collect();
    scored.sort_unstable();
    scored.into_iter().map(|(_, name)| name.to_owned()).collect()
}

/// Edit distance, in characters, of the first 64 of each.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let change = diagonal + usize::from(ca != cb);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_comes_first() {
        assert_eq!(sorted("schbnch", ["fio", "json", "schbench"].into_iter())[0], "schbench");
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
