//! The programs that tests start: the generator and git, each as if nothing were around its folder.

use std::path::Path;
use std::process::{Command, Output};

/// The generator.
pub(crate) const CODEGEN: &str = env!("CARGO_BIN_EXE_codegen");

/// Runs a program in a folder. Git reads no settings of this machine, and finds no repository further up.
pub(crate) fn run(folder: impl AsRef<Path>, program: &str, arguments: &[&str]) -> Output {
    let folder = folder.as_ref();
    Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap())
        .output()
        .unwrap()
}

/// Runs the generator: its exit code, what it printed, and what it said on standard error.
pub(crate) fn codegen(folder: impl AsRef<Path>, arguments: &[&str]) -> (i32, String, String) {
    let output = run(folder, CODEGEN, arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Runs git, which has to succeed: what it printed.
pub(crate) fn git(folder: impl AsRef<Path>, arguments: &[&str]) -> String {
    let me = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    let output = run(folder, "git", &[&me, arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
