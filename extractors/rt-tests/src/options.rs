/// True when the command has the flag `short` (in a cluster such as `-qmN` too) or `--long`, in full or cut as `getopt_long`
/// allows. `valued` are the short options whose value may follow in the same word.
pub(crate) fn has(argv: &[String], short: char, long: &str, valued: &str) -> bool {
    argv.iter().skip(1).take_while(|word| *word != "--").any(|word| match word.strip_prefix("--") {
        Some(name) => name.len() > 1 && long.starts_with(name.split('=').next().unwrap_or(name)),
        None => word.strip_prefix('-').is_some_and(|cluster| in_cluster(cluster, short, valued)),
    })
}

fn in_cluster(cluster: &str, short: char, valued: &str) -> bool {
    let flags = cluster.find(|c| valued.contains(c)).map_or(cluster.len(), |at| at + 1);
    cluster.chars().take(flags).any(|flag| flag == short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_is_found_in_a_cluster_but_not_in_a_value() {
        let has = |line: &str| {
            let argv: Vec<String> = line.split(' ').map(str::to_owned).collect();
            has(&argv, 'N', "nsecs", "iph")
        };
        for with in ["x -N", "x -qN -i 5", "x --nsecs", "x --nse", "x -q -i5 -mN"] {
            assert!(has(with), "{with}");
        }
        for without in ["x", "N", "x -i5N", "x -n", "x --n", "x --numa", "x -- -N", "x -i N"] {
            assert!(!has(without), "{without}");
        }
    }
}
