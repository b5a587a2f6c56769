//! The command line of the generator; all of it is in [`codegen::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    codegen::cli::main()
}
