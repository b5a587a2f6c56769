//! The `stage` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    stage::cli::main()
}
