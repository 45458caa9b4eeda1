use std::process::ExitCode;

use zstd_format as _;

fn main() -> ExitCode {
    prill_cli::main()
}
