//! The virtual machine of functions in Java: the client is compiled once, and the classes of a function are where Lambda
//! looks for them.

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::log::Log;

/// The share of a function's memory that its heap may have, in percent; Lambda gives it as much.
const HEAP_PERCENT: u32 = 85;

/// The first version that the client runs on.
pub(super) const OLDEST: u32 = 9;

/// How long the compiler may take.
const COMPILE_LIMIT: Duration = Duration::from_secs(120);

/// How often it is looked whether the compiler has ended.
const LOOK: Duration = Duration::from_millis(20);

/// Compiles the client and returns the folder of its classes.
///
/// # Errors
/// What to do where there is no compiler, or what it says.
pub(super) fn compile(java: &Path, sources: &[PathBuf], log: &Log) -> Result<PathBuf, String> {
    let [main, ..] = sources else { return Err("has no runtime client".to_owned()) };
    let classes = main.with_file_name("classes");
    if classes.is_dir() {
        return Ok(classes);
    }
    let compiler = java.with_file_name("javac");
    let mut command = Command::new(&compiler);
    command.args(["-nowarn", "-encoding", "UTF-8", "-d"]).arg(&classes).args(sources);
    log.problem(
        "java",
        "the stage's runtime client is compiled, once for this stage; it takes some seconds",
    );
    // To a file, as nobody reads what the compiler writes while it is waited for.
    let told = classes.with_extension("log");
    let output = File::create(&told).map_err(|error| {
        format!("has no runtime client: {} cannot be written: {error}", told.display())
    })?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(output);
    let mut child = command.spawn().map_err(|error| {
        format!(
            "needs the compiler of a JDK for the stage's runtime client, and {} cannot be started: {error}; install a \
             JDK, or give the command of another client with --runtime 'java=COMMAND'",
            compiler.display()
        )
    })?;
    let ended = ended(&mut child);
    if ended.is_some_and(|status| status.success()) {
        return Ok(classes);
    }
    // What it wrote before it failed would pass for all of it.
    let _ = std::fs::remove_dir_all(&classes);
    let compiler = compiler.display();
    if ended.is_none() {
        let seconds = COMPILE_LIMIT.as_secs();
        return Err(format!("has no runtime client: {compiler} took more than {seconds} s"));
    }
    let told = std::fs::read(&told).unwrap_or_default();
    let told = String::from_utf8_lossy(&told);
    Err(format!("has no runtime client: {compiler} fails: {}", told.trim()))
}

/// How the compiler ended; `None` when it was stopped as it took too long.
fn ended(child: &mut Child) -> Option<ExitStatus> {
    let began = Instant::now();
    while began.elapsed() < COMPILE_LIMIT {
        match child.try_wait() {
            Ok(None) => std::thread::sleep(LOOK),
            Ok(Some(status)) => return Some(status),
            Err(_) => break,
        }
    }
    // It may have ended in this moment.
    let _ = child.kill();
    let _ = child.wait();
    None
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
        // As in Lambda, also where this machine has not the locale that `LANG` names.
        "-Dfile.encoding=UTF-8".to_owned(),
        "-Dstdout.encoding=UTF-8".to_owned(),
        "-Dstderr.encoding=UTF-8".to_owned(),
        "-cp".to_owned(),
    ]
    .map(OsString::from)
    .into();
    arguments.extend([path, OsString::from("StageRuntime")]);
    arguments
}
