use std::process::ExitCode;

use ping_format as _;

fn main() -> ExitCode {
    prill_cli::main()
}
