//! The `minimal` load test as a process of its own, and the files that it leaves.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use harness::report::{Report, json};

/// A folder that goes away with this value.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("harness-it-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Sends a signal, as `kill -SIGNAL` does.
pub(crate) fn signal(child: &Child, signal: &str) {
    let killed = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
}

/// What a finished process said.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The command, not yet started.
pub(crate) fn minimal(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minimal"));
    command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts a run whose reports are `NAME.json` and `NAME.html`.
pub(crate) fn start(folder: &Folder, name: &str, args: &[&str]) -> Child {
    let (json, html) = (folder.file(&format!("{name}.json")), folder.file(&format!("{name}.html")));
    minimal(args).args(["--json", text(&json), "--report", text(&html)]).spawn().unwrap()
}

pub(crate) fn end(child: Child) -> Said {
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    Said { code: output.status.code(), out: String::from_utf8(said).unwrap() }
}

pub(crate) fn report(folder: &Folder, name: &str) -> Report {
    json::read(&folder.file(&format!("{name}.json"))).unwrap()
}
