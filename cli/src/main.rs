//! The `prill` command, with the formats and payloads that come with prill.

use std::process::ExitCode;

fn main() -> ExitCode {
    prill_cli::main()
}
