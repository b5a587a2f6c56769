//! Building the binaries of functions.
//!
//! Builds with cargo and only where there is a workspace. What each function runs is found by [`crate::programs`].

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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
