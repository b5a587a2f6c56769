//! The functions, built and set aside.
//!
//! Only what the system's functions are made of is built, in one run of cargo. Programs are served from a folder of their
//! own, into which they come when all of them were built: so a build that fails half way changes nothing that is served.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

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
    let programs = programs(system);
    let names: Vec<&str> = programs.iter().map(String::as_str).collect();
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root).args(arguments(&names, with_stage));
    // The first build takes long, and its progress is worth seeing.
    command.stdin(Stdio::null()).stderr(if with_stage { Stdio::inherit() } else { Stdio::piped() });
    let output = command.output().context("cannot run cargo")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        // What cargo prints itself is not known here, so the workspace is asked.
        let wanted = names.iter().copied().chain(with_stage.then_some(STAGE));
        return Ok(Err(match has_all(root, wanted) {
            true => said,
            false => format!("{said}{}", missing(&names)),
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

/// What cargo is asked for. The authorizer is generated, and so in no package that is built by default.
fn arguments<'n>(names: &[&'n str], with_stage: bool) -> Vec<&'n str> {
    let mut arguments = vec!["build", "--workspace", "--message-format=json-render-diagnostics"];
    let all = names.iter().copied().chain(with_stage.then_some(STAGE));
    arguments.extend(all.flat_map(|name| ["--bin", name]));
    arguments
}

/// The programs that are served: those of the services, and the generated authorizer, which belongs to none.
fn programs(system: &System) -> Vec<String> {
    crate::package::items(system, None).into_iter().map(|item| item.function).collect()
}

/// Whether the workspace has binaries of these names; also where cargo cannot tell.
fn has_all<'n>(root: &Path, mut names: impl Iterator<Item = &'n str>) -> bool {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root).args(["metadata", "--no-deps", "--format-version", "1"]);
    let told = command.stdin(Stdio::null()).output().ok();
    let told = told.and_then(|output| serde_json::from_slice::<Value>(&output.stdout).ok());
    let Some(told) = told else { return true };
    let listed = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    let targets = listed(&told, "packages").into_iter().flat_map(|one| listed(&one, "targets"));
    let is_bin = |target: &Value| listed(target, "kind").iter().any(|kind| kind == "bin");
    let bins: Vec<Value> = targets.filter(is_bin).map(|target| target["name"].clone()).collect();
    names.all(|name| bins.iter().any(|bin| bin == name))
}

/// What has to be installed, for users who lack it.
fn missing(names: &[&str]) -> String {
    format!(
        "the workspace needs a binary for each function ({}) and a binary `{STAGE}` that calls `stage::cli::main()`\n",
        names.join(", ")
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    /// What is built for a system must be all that its template names: the stage starts nothing else.
    #[test]
    fn every_function_of_the_template_is_built() {
        let contract = r"
openapi: 3.0.3
info: {title: Notes, version: '1'}
security: [{login: []}]
paths:
  /note: {get: {operationId: getNote, responses: {'204': {description: None.}}}}
components:
  securitySchemes:
    login: {type: http, scheme: bearer, x-jwt: {issuer: 'https://login.example.com', audience: notes}}
";
        let mut sources = crate::source::SourceMap::default();
        sources.add("spec/notes/openapi.yaml", contract);
        let system = crate::resolve(&sources).system.unwrap();
        let programs = super::programs(&system);
        let names: Vec<&str> = programs.iter().map(String::as_str).collect();
        assert_eq!(
            super::arguments(&names, true).join(" "),
            "build --workspace --message-format=json-render-diagnostics --bin authorizer --bin notes --bin stage"
        );
    }
}
