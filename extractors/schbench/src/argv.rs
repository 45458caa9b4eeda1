//! What the command line says of the output.

/// True when schbench was asked for a rate (`-R`, `-A`): then the one table of the versions before 2023 holds latencies of
/// requests. `None` when the command is not known.
pub(crate) fn has_rate(argv: Option<&[String]>) -> Option<bool> {
    let args = argv?.get(1..)?;
    Some(args.iter().enumerate().any(|(i, arg)| rate(arg, args.get(i + 1)).is_some_and(|rate| rate.trim() != "0")))
}

/// The value of a rate option: `-R 100`, `-R100`, `-aR 100`, `--rps=100`, `--rps 100`.
fn rate<'a>(arg: &'a str, next: Option<&'a String>) -> Option<&'a str> {
    if let Some(long) = arg.strip_prefix("--") {
        let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
        // getopt takes any prefix that only one option has.
        let known = (name.len() > 1 && "rps".starts_with(name)) || (name.len() > 4 && "auto-rps".starts_with(name));
        return if known { value.or(next.map(String::as_str)) } else { None };
    }
    // The options that may stand before it in a cluster take no value.
    let cluster = arg.strip_prefix('-')?.trim_start_matches(['a', 'j', 'L']);
    let value = cluster.strip_prefix(['R', 'A'])?;
    if value.is_empty() { next.map(String::as_str) } else { Some(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_found_however_it_is_written() {
        let rate = |args: &[&str]| has_rate(Some(&args.iter().map(ToString::to_string).collect::<Vec<_>>()));
        for yes in
            [&["schbench", "-R", "100"][..], &["s", "-R100"], &["s", "-aR", "1"], &["s", "--rps=5"], &["s", "--auto-rps", "80"]]
        {
            assert_eq!(rate(yes), Some(true), "{yes:?}");
        }
        for no in
            [&["schbench", "-R", "0"][..], &["s", "-r", "5"], &["-R"], &["s", "--runtime", "3"], &["s", "-a"], &["s", "--auto"]]
        {
            assert_eq!(rate(no), Some(false), "{no:?}");
        }
        assert_eq!(has_rate(None), None);
        assert_eq!(rate(&[]), None);
    }
}
