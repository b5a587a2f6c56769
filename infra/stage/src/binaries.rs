//! Building the binaries of functions.
//!
//! Builds with cargo and only where there is a workspace. What each function runs is found by [`crate::programs`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::template::Stacks;

/// Why functions cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum BinaryError {
    /// Cargo cannot be run.
    #[error("cannot run `{command}`")]
    Cargo {
        /// The command.
        command: String,
        /// Why.
        source: std::io::Error,
    },
    /// The build failed; what was wrong is on standard error.
    #[error("`{command}` failed")]
    Build {
        /// The command.
        command: String,
    },
    /// Functions have no program: which, where, and what to do.
    #[error("{}", .0.join("\n"))]
    Missing(Vec<String>),
}

/// Builds every binary of a cargo workspace and returns the folder that holds them; `None` where there is none to
/// build. Progress goes to standard error.
///
/// # Errors
/// When cargo cannot be run or the build fails.
pub fn build_functions(workspace: &Path) -> Result<Option<PathBuf>, BinaryError> {
    if !workspace.join("Cargo.toml").is_file() {
        return Ok(None);
    }
    build(workspace, &["--bins".to_owned()])?;
    target_folder(workspace).map(|folder| Some(folder.join("debug")))
}

/// As [`build_functions`], but builds no more than the functions of these templates need. What the workspace has no binary
/// for is left to the stage to report, and so is a template that cannot be read.
///
/// # Errors
/// As [`build_functions`].
pub fn build_functions_of(
    workspace: &Path,
    templates: &[PathBuf],
) -> Result<Option<PathBuf>, BinaryError> {
    let named = match Stacks::read(templates, "local") {
        Ok(stacks) => stacks.binaries(),
        Err(_) => Some(BTreeSet::new()),
    };
    let Some(named) = named else { return build_functions(workspace) };
    if !workspace.join("Cargo.toml").is_file() {
        return Ok(None);
    }
    let metadata = metadata(workspace)?;
    let there = binaries_in(&metadata);
    let wanted = named.iter().filter(|name| there.contains(name.as_str()));
    let wanted: Vec<String> = wanted.flat_map(|name| ["--bin".to_owned(), name.clone()]).collect();
    if !wanted.is_empty() {
        build(workspace, &wanted)?;
    }
    let folder = folder_in(&metadata)?;
    remember(std::path::absolute(workspace).unwrap_or_else(|_| workspace.to_owned()), &folder);
    Ok(Some(folder.join("debug")))
}

/// The folder that holds the binaries of a workspace that was built before: the one of the running program if cargo built
/// it there, too, or else that of debug builds; `None` where there is no workspace. Where cargo does not tell the target
/// folder, such as in an image without it, the usual one counts.
#[must_use]
pub fn built_folder(workspace: &Path) -> Option<PathBuf> {
    if !workspace.join("Cargo.toml").is_file() {
        return None;
    }
    let folder = target_folder(workspace).unwrap_or_else(|_| workspace.join("target"));
    Some(profile_in(&folder, std::env::current_exe().ok().as_deref()))
}

/// The folder of the profile with which a program was built into a target folder. A program from elsewhere, such as an
/// installed one, has other programs beside it.
fn profile_in(target: &Path, program: Option<&Path>) -> PathBuf {
    let real = target.canonicalize().unwrap_or_else(|_| target.to_owned());
    let beside = program.and_then(Path::parent).filter(|folder| folder.starts_with(&real));
    let Some(beside) = beside else { return target.join("debug") };
    // Tests and examples are a folder below the binaries.
    let is_below = beside.ends_with("deps") || beside.ends_with("examples");
    beside.parent().filter(|_| is_below).unwrap_or(beside).to_owned()
}

/// Builds targets of the workspace.
fn build(workspace: &Path, targets: &[String]) -> Result<(), BinaryError> {
    // A selection of packages instead of the workspace would unite features differently and compile dependencies a
    // second time.
    let command = format!("cargo build --workspace {}", targets.join(" "));
    let status = cargo(workspace)
        .args(["build", "--workspace"])
        .args(targets)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .map_err(|source| BinaryError::Cargo { command: command.clone(), source })?;
    if status.success() { Ok(()) } else { Err(BinaryError::Build { command }) }
}

/// The folder that cargo builds a workspace's binaries into, whatever configures it.
///
/// # Errors
/// When cargo cannot be run or does not know the workspace.
pub(crate) fn target_folder(workspace: &Path) -> Result<PathBuf, BinaryError> {
    let place = std::path::absolute(workspace).unwrap_or_else(|_| workspace.to_owned());
    if let Some(folder) = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner).get(&place) {
        return Ok(folder.clone());
    }
    if !place.ancestors().any(|folder| folder.join("Cargo.toml").is_file()) {
        return folder_in(&Value::Null);
    }
    let folder = folder_in(&metadata(workspace)?)?;
    remember(place, &folder);
    Ok(folder)
}

/// The root of the workspace around a folder, as cargo finds it: the nearest manifest with `[workspace]`, or the nearest
/// one; the folder itself where there is none.
#[must_use]
pub fn root_of(folder: &Path) -> PathBuf {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let manifest = |folder: &&Path| folder.join("Cargo.toml").is_file();
    let is_root = |folder: &&Path| {
        let text = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        text.lines().any(|line| {
            let line = line.trim();
            line.starts_with("[workspace]") || line.starts_with("[workspace.")
        })
    };
    let found = whole.ancestors().find(is_root).or_else(|| whole.ancestors().find(manifest));
    found.map_or_else(|| whole.clone(), Path::to_owned)
}

/// The folders that cargo has named, by workspace: asking takes longer than all else that a stage does to start.
static FOLDERS: Mutex<BTreeMap<PathBuf, PathBuf>> = Mutex::new(BTreeMap::new());

fn remember(workspace: PathBuf, folder: &Path) {
    let mut folders = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
    folders.insert(workspace, folder.to_owned());
}

/// What cargo says of a workspace.
const METADATA: [&str; 5] = ["metadata", "--no-deps", "--offline", "--format-version", "1"];

fn metadata(workspace: &Path) -> Result<Value, BinaryError> {
    let command = format!("cargo {}", METADATA.join(" "));
    let output = cargo(workspace)
        .args(METADATA)
        .stdin(Stdio::null())
        .output()
        .map_err(|source| BinaryError::Cargo { command, source })?;
    Ok(serde_json::from_slice(&output.stdout).unwrap_or_default())
}

fn folder_in(metadata: &Value) -> Result<PathBuf, BinaryError> {
    let folder = metadata["target_directory"].as_str().map(PathBuf::from);
    folder.ok_or_else(|| BinaryError::Build { command: format!("cargo {}", METADATA.join(" ")) })
}

/// The names of all binaries of a workspace.
fn binaries_in(metadata: &Value) -> BTreeSet<&str> {
    fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
        value[name].as_array().into_iter().flatten()
    }
    list(metadata, "packages")
        .flat_map(|package| list(package, "targets"))
        .filter(|target| list(target, "kind").any(|kind| kind == "bin"))
        .filter_map(|target| target["name"].as_str())
        .collect()
}

/// The cargo that runs this program, or the one on the path.
fn cargo(workspace: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace);
    command
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    #[track_caller]
    fn check(resources: &str, expected: Option<&[&str]>) {
        let text = format!("Resources:\n{resources}");
        let found =
            crate::template::Template::parse(Path::new("template.yaml"), &text).unwrap().binaries();
        let expected = expected.map(|all| all.iter().map(ToString::to_string).collect());
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_template_says_which_binaries_it_needs() {
        let named = "  A: { Type: AWS::Lambda::Function, Metadata: { Binary: a } }\n";
        let other = "  B: { Type: AWS::Lambda::Function, Metadata: { Binary: b } }\n";
        let unnamed = "  C: { Type: AWS::Lambda::Function }\n";
        let queue = "  Q: { Type: AWS::SQS::Queue }\n";
        check(&format!("{named}{other}{queue}"), Some(&["a", "b"]));
        check(queue, Some(&[]));
        check(&format!("{named}{unnamed}"), None);
    }

    #[test]
    fn the_root_of_a_workspace_is_the_one_that_cargo_finds() {
        let folder = crate::scratch::Scratch::new().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let inner = root.join("services/notes");
        std::fs::create_dir_all(&inner).unwrap();
        assert_eq!(root_of(&inner), inner, "no manifest");
        std::fs::write(inner.join("Cargo.toml"), "[package]").unwrap();
        assert_eq!(root_of(&inner), inner, "a package alone");
        std::fs::write(root.join("Cargo.toml"), "[workspace]\nmembers = []").unwrap();
        assert_eq!(root_of(&inner), root);
        assert_eq!(root_of(&root), root);
    }

    #[test]
    fn programs_beside_one_from_elsewhere_are_not_taken() {
        let (debug, release) = (Path::new("/w/target/debug"), Path::new("/w/target/release"));
        for (program, expected) in [
            (Some("/w/target/release/loadtest"), release),
            (Some("/w/target/release/deps/it-1a2b"), release),
            (Some("/w/target/debug/examples/fixture"), debug),
            (Some("/home/.cargo/bin/loadtest"), debug),
            (None, debug),
        ] {
            assert_eq!(profile_in(Path::new("/w/target"), program.map(Path::new)), expected);
        }
        assert!(built_folder(Path::new("/")).is_none());
    }

    #[test]
    fn the_usual_folder_counts_where_cargo_does_not_tell_one() {
        let folder = crate::scratch::Scratch::new().unwrap();
        std::fs::write(folder.path().join("Cargo.toml"), "not a manifest").unwrap();
        assert_eq!(built_folder(folder.path()), Some(folder.path().join("target/debug")));
    }

    #[test]
    fn cargo_is_not_asked_where_there_is_no_workspace() {
        assert!(matches!(target_folder(Path::new("/")), Err(BinaryError::Build { .. })));
    }

    #[test]
    fn cargo_says_which_binaries_there_are() {
        let metadata = serde_json::json!({ "target_directory": "/t", "packages": [
            { "targets": [{ "name": "one", "kind": ["lib"] }, { "name": "two", "kind": ["bin"] }] },
            { "targets": [{ "name": "three", "kind": ["bin"] }] },
        ] });
        assert_eq!(binaries_in(&metadata), BTreeSet::from(["two", "three"]));
        assert_eq!(folder_in(&metadata).unwrap(), Path::new("/t"));
        assert!(folder_in(&serde_json::Value::Null).is_err());
    }
}
