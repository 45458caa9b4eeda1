/// The place of `perf` before `command` in a command line: `taskset -c 1 perf stat ...`.
pub(crate) fn called(argv: &[String], command: &str) -> Option<usize> {
    let perf = |word: &str| word.rsplit('/').next() == Some("perf");
    argv.windows(2).position(|words| perf(&words[0]) && words[1] == command)
}

#[cfg(test)]
mod tests {
    use super::called;

    #[test]
    fn perf_is_called_with_its_command() {
        let argv = ["taskset", "-c", "1", "/usr/bin/perf", "stat", "perf", "bench"].map(str::to_owned);
        assert_eq!((called(&argv, "stat"), called(&argv, "bench"), called(&argv, "record")), (Some(3), Some(5), None));
    }
}
