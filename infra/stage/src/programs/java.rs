//! The virtual machine of functions in Java: the client is compiled once, and the classes of a function are where Lambda
//! looks for them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The share of a function's memory that its heap may have, in percent; Lambda gives it as much.
const HEAP_PERCENT: u32 = 85;

/// Compiles the client and returns the folder of its classes.
///
/// # Errors
/// What to do where there is no compiler, or what it says.
pub(super) fn compile(java: &Path, sources: &[PathBuf]) -> Result<PathBuf, String> {
    let [main, ..] = sources else { return Err("has no runtime client".to_owned()) };
    let classes = main.with_file_name("classes");
    if classes.is_dir() {
        return Ok(classes);
    }
    let compiler = java.with_file_name("javac");
    let mut command = Command::new(&compiler);
    command.args(["-nowarn", "-encoding", "UTF-8", "-d"]).arg(&classes).args(sources);
    let output = command.stdin(Stdio::null()).output().map_err(|error| {
        format!(
            "needs the compiler of a JDK for the stage's runtime client, and {} cannot be started: {error}; install a \
             JDK, or give the command of another client with --runtime 'java=COMMAND'",
            compiler.display()
        )
    })?;
    if output.status.success() {
        return Ok(classes);
    }
    // What it wrote before it failed would pass for all of it.
    let _ = std::fs::remove_dir_all(&classes);
    let told = String::from_utf8_lossy(&output.stderr);
    Err(format!("has no runtime client: {} fails: {}", compiler.display(), told.trim()))
}

/// The arguments of the virtual machine.
pub(super) fn arguments(
    memory_mib: u32,
    root: &Path,
    layers: &[PathBuf],
    classes: &Path,
) -> Vec<OsString> {
    let heap_kib = u64::from(memory_mib) * 1024 * u64::from(HEAP_PERCENT) / 100;
    let mut path = root.join("").into_os_string();
    let libraries = std::iter::once(root.join("lib/*"));
    let libraries =
        libraries.chain(super::folders(layers, "java/lib").into_iter().map(|one| one.join("*")));
    // The function's own library comes before the names that the client declares.
    for place in libraries.chain([classes.to_owned()]) {
        path.push(":");
        path.push(place);
    }
    let mut arguments: Vec<OsString> = [
        format!("-XX:MaxHeapSize={heap_kib}k"),
        "-XX:+UseSerialGC".to_owned(),
        "-XX:TieredStopAtLevel=1".to_owned(),
        "-Xshare:auto".to_owned(),
        "-cp".to_owned(),
    ]
    .map(OsString::from)
    .into();
    arguments.extend([path, OsString::from("StageRuntime")]);
    arguments
}
