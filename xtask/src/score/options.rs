use anyhow::{Context as _, Result, bail};

/// What `score` was asked.
#[derive(Debug, Default)]
pub(super) struct Options {
    pub(super) dir: String,
    pub(super) verbose: bool,
    pub(super) report: bool,
    pub(super) peers: bool,
    only: Vec<String>,
}

impl Options {
    pub(super) fn read(words: &[&str]) -> Result<Self> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--verbose" => options.verbose = true,
                "--report" => options.report = true,
                "--peers" => options.peers = true,
                "--only" => {
                    let names = words.next().context("understand --only: it wants the names of tools")?;
                    options.only.extend(names.split(',').map(str::to_owned));
                }
                dir if options.dir.is_empty() && !dir.starts_with('-') => dir.clone_into(&mut options.dir),
                other => bail!("understand `{other}`: see cargo xtask help"),
            }
        }
        if options.dir.is_empty() {
            bail!("find the cases: name their folder, as in cargo xtask score extractors");
        }
        Ok(options)
    }

    pub(super) fn wants(&self, tool: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == tool)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_options() {
        let options = Options::read(&["--only", "fio,sockperf", "cases", "--report"]).unwrap();
        assert_eq!((options.dir.as_str(), options.report, options.verbose), ("cases", true, false));
        assert!(options.wants("fio") && !options.wants("wrk"));
        assert!(Options::read(&[]).is_err());
        assert!(Options::read(&["cases", "--loud"]).is_err());
    }
}
