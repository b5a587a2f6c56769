//! The `dead-letters` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    dead_letters::cli::main()
}
