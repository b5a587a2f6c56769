//! The programs behind functions: building them, and finding the one of each function.
//!
//! Builds with cargo and only where there is a workspace; any other toolchain's binaries are found, not built.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::template::Function;

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
    /// Functions have no program.
    #[error("{}", render_missing(.0))]
    Missing(Vec<Missing>),
}

/// A function without a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its name.
    pub function: String,
    /// Where a program was looked for.
    pub looked_at: Vec<PathBuf>,
}

fn render_missing(missing: &[Missing]) -> String {
    let line = |one: &Missing| {
        let places: Vec<String> =
            one.looked_at.iter().map(|path| path.display().to_string()).collect();
        format!("function `{}` has no program; looked at {}", one.function, places.join(", "))
    };
    let lines: Vec<String> = missing.iter().map(line).collect();
    format!("{}\nbuild the functions first, or say where they are with --bin-dir", lines.join("\n"))
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
    // All binaries rather than those of functions: a selection of packages would unite features differently and
    // compile dependencies a second time.
    let arguments = ["build", "--workspace", "--bins"];
    let command = format!("cargo {}", arguments.join(" "));
    let status = cargo(workspace)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .map_err(|source| BinaryError::Cargo { command: command.clone(), source })?;
    if !status.success() {
        return Err(BinaryError::Build { command });
    }
    target_folder(workspace).map(|folder| Some(folder.join("debug")))
}

/// The folder that cargo builds a workspace's binaries into, whatever configures it.
///
/// # Errors
/// When cargo cannot be run or does not know the workspace.
pub fn target_folder(workspace: &Path) -> Result<PathBuf, BinaryError> {
    let arguments = ["metadata", "--no-deps", "--offline", "--format-version", "1"];
    let command = format!("cargo {}", arguments.join(" "));
    let output = cargo(workspace)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|source| BinaryError::Cargo { command: command.clone(), source })?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let folder = metadata["target_directory"].as_str();
    folder.map(PathBuf::from).ok_or(BinaryError::Build { command })
}

/// The cargo that runs this program, or the one on the path.
fn cargo(workspace: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace);
    command
}

/// The program of every function: the binary that its metadata names, or `bootstrap` in the folder of its code.
///
/// # Errors
/// Every function that has neither.
pub(crate) fn locate(
    functions: &[Function],
    bin_dir: Option<&Path>,
    template_folder: &Path,
) -> Result<Vec<PathBuf>, BinaryError> {
    let mut found = Vec::with_capacity(functions.len());
    let mut missing = Vec::new();
    for function in functions {
        let candidates = candidates(function, bin_dir, template_folder);
        match candidates.iter().find(|path| is_program(path)) {
            Some(path) => found.push(std::path::absolute(path).unwrap_or_else(|_| path.clone())),
            None => {
                missing.push(Missing { function: function.name.clone(), looked_at: candidates })
            }
        }
    }
    if missing.is_empty() { Ok(found) } else { Err(BinaryError::Missing(missing)) }
}

fn candidates(function: &Function, bin_dir: Option<&Path>, template_folder: &Path) -> Vec<PathBuf> {
    let mut candidates = Vec::new();
    if let (Some(binary), Some(folder)) = (&function.binary, bin_dir) {
        candidates.push(folder.join(format!("{binary}{}", std::env::consts::EXE_SUFFIX)));
    }
    if let Some(code) = &function.code {
        let path = template_folder.join(code);
        candidates.push(path.join("bootstrap"));
        candidates.push(path);
    }
    candidates
}

fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}
