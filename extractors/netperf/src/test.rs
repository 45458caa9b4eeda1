use prill_core::Printed;
use prill_core::scan::{Search, unit};

use crate::units;

/// What a test counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Requests and their responses, or connections.
    Transactions,
    /// Calls that send or receive.
    Calls,
}

impl Kind {
    /// The kind of the test `TCP REQUEST/RESPONSE`, `TCP_CRR`, `OMNI Send|Recv`.
    pub(crate) fn of(test: &str) -> Option<Self> {
        let has = |words: &[&str]| words.iter().any(|word| test.contains(word));
        if has(&["REQUEST/RESPONSE", "Connect/", "_RR", "_CRR", "_CC", "Send|Recv"]) {
            Some(Self::Transactions)
        } else if has(&["STREAM", "MAERTS", "SENDFILE", "OMNI Send", "OMNI Receive"]) {
            Some(Self::Calls)
        } else {
            None
        }
    }
}

/// The name of the test that a line begins: `MIGRATED TCP STREAM TEST from 0.0.0.0 (0.0.0.0) port 0 AF_INET to 10.0.0.2 () ..`
/// (`print_top_test_header` of `netlib.c`); `TCP STREAM TEST to 10.0.0.2` before 2.4.
pub(crate) fn banner(line: &str) -> Option<&str> {
    let (name, rest) = line.cut(" TEST ")?;
    let name = name.strip_prefix("MIGRATED ").unwrap_or(name);
    let is_rest = rest.starts_with("from ") || rest.starts_with("to ");
    (is_rest && (Kind::of(name).is_some() || name.starts_with("OMNI"))).then_some(name)
}

/// What the command asks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Command<'a> {
    /// The test of `-t`.
    pub(crate) test: &'a str,
    /// The unit of `-f`.
    unit: Option<char>,
    /// The verbosity of `-v`.
    verbosity: Option<&'a str>,
    /// A length of `-l` that is an amount of work.
    pub(crate) fixed: bool,
    /// `-c` or `-C`: with `-v 0` the service demand is printed in place of the figure.
    pub(crate) cpu: bool,
    /// The fields of `-o`, `-O` or `-k`, each block of them in a line of its own.
    pub(crate) fields: Vec<&'a str>,
}

impl<'a> Command<'a> {
    pub(crate) fn parse(argv: &'a [String]) -> Self {
        let mut command = Self { test: "TCP_STREAM", ..Self::default() };
        let at = argv.iter().position(|arg| arg == "--").unwrap_or(argv.len());
        let (global, own) = argv.split_at(at);
        for (index, arg) in global.iter().enumerate().skip(1) {
            let Some((flag, glued)) = arg.split_at_checked(2).filter(|(flag, _)| flag.starts_with('-')) else { continue };
            let value = if glued.is_empty() { global.get(index + 1).map_or("", String::as_str) } else { glued };
            match flag {
                "-t" => command.test = value,
                "-f" => command.unit = value.chars().next(),
                "-v" => command.verbosity = Some(value),
                "-l" => command.fixed = value.starts_with('-'),
                "-c" | "-C" => command.cpu = true,
                _ => {}
            }
        }
        for pair in own.windows(2) {
            match pair[0].as_str() {
                "-o" | "-O" | "-k" => command.fields = pair[1].split(';').collect(),
                "-d" if pair[1].eq_ignore_ascii_case("rr") => command.test = "OMNI Send|Recv",
                _ => {}
            }
        }
        command
    }

    /// Whether the figure of merit is printed and nothing else.
    pub(crate) fn is_terse(&self) -> bool {
        self.verbosity == Some("0")
    }

    /// The unit of the figure of merit of a test of this kind.
    pub(crate) fn figure(&self, kind: Option<Kind>) -> Option<Printed> {
        match (self.unit, kind?) {
            (Some(letter), _) => units::of_option(letter),
            (None, Kind::Transactions) => Some(units::TRANSACTIONS),
            (None, Kind::Calls) => Some(unit::MBIT_PER_S),
        }
    }
}
