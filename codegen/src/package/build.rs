//! One run of cargo for all functions of an architecture.
//!
//! Cargo says itself where the binaries are, so it does not matter how its folders are configured. What it has to tell
//! people it writes to standard error as always.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::toolchain::{Builder, Environment};

/// The profile that functions are deployed with.
const PROFILE: &str = "size";

/// What the profile is where the workspace has none of its name: size decides, for it is what a cold start loads.
const PROFILE_SETTINGS: [&str; 5] =
    ["inherits=\"release\"", "opt-level=\"z\"", "lto=\"fat\"", "codegen-units=1", "strip=true"];

/// Builds the binaries of these names, and says where each is.
pub(super) fn build(
    workspace: &Path,
    functions: &[&str],
    builder: &Builder,
    environment: &Environment,
) -> Result<BTreeMap<String, PathBuf>> {
    let mut command = Command::new(&environment.cargo);
    command.current_dir(workspace).args(arguments(functions, builder, has_profile(workspace)?));
    command.envs(builder.variables.iter().map(|(name, value)| (name, value)));
    let told = format!("cargo {} --profile {PROFILE}", builder.command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot run `{told}`"))?;
    if !output.status.success() {
        bail!("`{told}` failed; see its output above");
    }
    let binaries = executables(&String::from_utf8_lossy(&output.stdout));
    match functions.iter().find(|function| !binaries.contains_key(**function)) {
        None => Ok(binaries),
        Some(function) => bail!("`{told}` did not build a binary `{function}`"),
    }
}

/// Whether the workspace defines the profile.
fn has_profile(workspace: &Path) -> Result<bool> {
    let path = workspace.join("Cargo.toml");
    let about = || format!("cannot read {}", path.display());
    let manifest: toml::Table =
        std::fs::read_to_string(&path).with_context(about)?.parse().with_context(about)?;
    Ok(manifest.get("profile").and_then(|profiles| profiles.get(PROFILE)).is_some())
}

fn arguments(functions: &[&str], builder: &Builder, has_profile: bool) -> Vec<String> {
    let mut arguments = vec![builder.command.to_owned(), "--profile".into(), PROFILE.into()];
    if !has_profile {
        let settings = PROFILE_SETTINGS.iter();
        arguments.extend(
            settings.flat_map(|one| ["--config".to_owned(), format!("profile.{PROFILE}.{one}")]),
        );
    }
    if let Some(target) = &builder.target {
        arguments.extend(["--target".into(), target.clone()]);
    }
    // The authorizer is generated, and so in no package that is built by default.
    arguments.push("--workspace".into());
    for function in functions {
        arguments.extend(["--bin".into(), (*function).to_owned()]);
    }
    arguments.push("--message-format=json-render-diagnostics".into());
    arguments
}

/// The executables among cargo's messages, by name.
#[must_use]
pub(crate) fn executables(messages: &str) -> BTreeMap<String, PathBuf> {
    let message = |line: &str| {
        let message: Value = serde_json::from_str(line).ok()?;
        let executable = message["executable"].as_str()?;
        let is_binary = message["target"]["kind"].as_array()?.iter().any(|kind| kind == "bin");
        let name = message["target"]["name"].as_str()?;
        is_binary.then(|| (name.to_owned(), PathBuf::from(executable)))
    };
    messages.lines().filter_map(message).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_is_asked_for_the_functions_and_nothing_else() {
        let builder = Builder {
            command: "build",
            target: Some("aarch64-unknown-linux-gnu".into()),
            variables: Vec::new(),
        };
        assert_eq!(
            arguments(&["basket", "product"], &builder, true).join(" "),
            "build --profile size --target aarch64-unknown-linux-gnu --workspace --bin basket --bin product \
             --message-format=json-render-diagnostics"
        );
        let without = arguments(&[], &builder, false).join(" ");
        assert!(without.contains("--config profile.size.inherits=\"release\""), "{without}");
    }

    #[test]
    fn binaries_are_where_cargo_says() {
        let messages = r#"{"reason":"compiler-artifact","target":{"kind":["lib"],"name":"basket"},"executable":null}
{"reason":"compiler-artifact","target":{"kind":["bin"],"name":"basket"},"executable":"/t/size/basket"}
{"reason":"compiler-artifact","target":{"kind":["test"],"name":"it"},"executable":"/t/size/deps/it"}
not json
{"reason":"build-finished","success":true}"#;
        let expected = BTreeMap::from([("basket".to_owned(), PathBuf::from("/t/size/basket"))]);
        assert_eq!(executables(messages), expected);
    }
}
