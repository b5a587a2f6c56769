//! Subcommands that are separate programs because they need more than the contracts: an HTTP client, a stage.
//!
//! `codegen verify` runs `codegen-verify`, and `codegen token` runs `codegen-token`. Under Cargo the program is built first,
//! from the package `verify` beside this one. Otherwise it is searched beside this program, then on the PATH.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};

/// Runs a command's program with arguments, and ends as it does.
pub(super) fn run(name: &str, arguments: &[OsString]) -> Result<ExitCode> {
    let program = format!("codegen-{name}");
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("verify").join("Cargo.toml");
    let cargo = std::env::var_os("CARGO").filter(|_| manifest.is_file());
    let mut command = match cargo {
        Some(cargo) => {
            let mut command = Command::new(cargo);
            command.args(["run", "--quiet", "--bin", &program, "--manifest-path"]);
            command.arg(manifest).arg("--");
            command
        }
        None => {
            let here = std::env::current_exe().context("cannot find the path of this program")?;
            let beside = here.with_file_name(&program);
            if beside.is_file() { Command::new(beside) } else { Command::new(&program) }
        }
    };
    match command.args(arguments).status() {
        Ok(status) => {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            // A program that a signal ended has failed.
            Ok(ExitCode::from(code.unwrap_or(2)))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => bail!(
            "the program `{program}` is neither in the same folder nor on the PATH; install it with \
             `cargo install --locked --path codegen/verify` in a checkout of the generator"
        ),
        Err(error) => Err(error).with_context(|| format!("cannot run `{program}`")),
    }
}
