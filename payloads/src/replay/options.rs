use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

pub(super) const USAGE: &str = "\
usage: replay [--delay MS] DIR
Prints DIR/stdout and DIR/stderr to the streams of these names, and ends as DIR/exit_code says: 128+N is the death by signal N.
A file that is missing is an empty stream, or exit code 0.
      --delay MS   wait so long before each line (default 0)
  -h, --help       print this
";

#[derive(Debug, PartialEq)]
pub(super) struct Options {
    pub(super) dir: PathBuf,
    pub(super) delay: Duration,
}

#[derive(Debug, PartialEq)]
pub(super) enum Request {
    Help,
    Play(Options),
}

impl Options {
    pub(super) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Request, String> {
        let (mut dir, mut delay) = (None, Duration::ZERO);
        let mut args = args.into_iter();
        while let Some(arg) = args.next() {
            match arg.to_str() {
                Some("-h" | "--help") => return Ok(Request::Help),
                Some("--delay") => delay = milliseconds(args.next().as_ref().and_then(|value| value.to_str()))?,
                Some(joined) if joined.starts_with("--delay=") => {
                    delay = milliseconds(joined.split_once('=').map(|(_, value)| value))?;
                }
                Some(option) if option.starts_with('-') => return Err(format!("no such option: {option}")),
                _ if dir.is_some() => return Err(format!("one folder at a time, not {} too", arg.display())),
                _ => dir = Some(PathBuf::from(arg)),
            }
        }
        let dir = dir.ok_or("the folder of a recorded case is needed")?;
        Ok(Request::Play(Self { dir, delay }))
    }
}

fn milliseconds(text: Option<&str>) -> Result<Duration, String> {
    let text = text.ok_or("--delay needs a value")?;
    text.parse().map(Duration::from_millis).map_err(|_| format!("--delay {text}: not a whole number of milliseconds"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Request, String> {
        Options::parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn the_folder_and_the_delay_are_read() {
        let wanted = |ms| Ok(Request::Play(Options { dir: "a/b".into(), delay: Duration::from_millis(ms) }));
        assert_eq!(parse("a/b"), wanted(0));
        assert_eq!(parse("--delay 20 a/b"), wanted(20));
        assert_eq!(parse("a/b --delay=5"), wanted(5));
        assert_eq!(parse("a/b -h"), Ok(Request::Help));
    }

    #[test]
    fn bad_arguments_are_refused_by_name() {
        for (line, part) in [
            ("", "folder"),
            ("a b", "not b too"),
            ("--delay", "needs a value"),
            ("--delay -5 a", "-5"),
            ("--delay=x a", "x"),
            ("--slow a", "--slow"),
        ] {
            let e = parse(line).unwrap_err();
            assert!(e.contains(part), "{line}: {e}");
        }
    }
}
