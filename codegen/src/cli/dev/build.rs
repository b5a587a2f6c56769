//! The functions, built and set aside.
//!
//! Only what the system's functions are made of is built, in one run of cargo. Programs are served from a folder of their
//! own, into which they come when all of them were built: so a build that fails half way changes nothing that is served.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::model::System;
use crate::package::executables;

/// The name of the program that serves.
const STAGE: &str = "stage";

/// Programs that can be served.
pub(super) struct Built {
    /// The folder of the functions' programs.
    pub(super) folder: PathBuf,
    /// The program that serves them; empty where it was not asked for.
    pub(super) stage: PathBuf,
}

/// Builds every function, and the stage if it is wanted; or what the compiler said.
pub(super) fn build(
    root: &Path,
    system: &System,
    with_stage: bool,
) -> Result<std::result::Result<Built, String>> {
    let functions = system.services.iter().flat_map(|service| &service.functions);
    let names: Vec<&str> = functions.map(|function| function.name.wire.as_str()).collect();
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root).args(["build", "--message-format=json-render-diagnostics"]);
    for name in names.iter().copied().chain(with_stage.then_some(STAGE)) {
        command.args(["--bin", name]);
    }
    // The first build takes long, and its progress is worth seeing.
    command.stdin(Stdio::null()).stderr(if with_stage { Stdio::inherit() } else { Stdio::piped() });
    let output = command.output().context("cannot run cargo")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Ok(Err(if said.contains("no bin target named") || with_stage {
            format!("{said}{}", missing(&names))
        } else {
            said
        }));
    }
    let programs = executables(&String::from_utf8_lossy(&output.stdout));
    let Some(first) = names.first().and_then(|name| programs.get(*name)) else {
        bail!("cargo built no function");
    };
    let folder = first.with_file_name("functions");
    for name in names {
        let program = programs.get(name).with_context(|| format!("cargo built no `{name}`"))?;
        crate::package::set_aside(program, &folder)?;
    }
    Ok(Ok(Built { folder, stage: programs.get(STAGE).cloned().unwrap_or_default() }))
}

/// What has to be there, for whoever lacks it.
fn missing(names: &[&str]) -> String {
    format!(
        "the workspace needs a binary for each function ({}) and a binary `{STAGE}` that calls `stage::cli::main()`\n",
        names.join(", ")
    )
}
