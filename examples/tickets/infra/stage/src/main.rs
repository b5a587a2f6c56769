//! The local stage: `cargo run` stands the system up on this machine.

use std::process::ExitCode;

fn main() -> ExitCode {
    stage::cli::main()
}
