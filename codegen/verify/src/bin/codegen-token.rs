//! The command line of the local issuer; all of it is in [`verify::token`].

use std::process::ExitCode;

fn main() -> ExitCode {
    verify::token::main()
}
