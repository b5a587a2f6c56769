//! The command line of the verification; all of it is in [`verify::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    verify::cli::main()
}
