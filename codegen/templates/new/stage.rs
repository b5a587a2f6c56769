//! The local stage: `cargo run` runs the system on this machine.

use std::process::ExitCode;

fn main() -> ExitCode {
    stage::cli::main()
}
