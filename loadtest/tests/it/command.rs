//! Runs the binary as a person would, and reads what it leaves behind.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use harness::Tally;
use harness::report::{Report, json};

/// A folder for the files of one run; it goes away with this value.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path =
            std::env::temp_dir().join(format!("loadtest-it-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.file(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Starts the binary with these arguments and waits for its end.
pub(crate) fn loadtest(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_loadtest")).args(args).output().unwrap()
}

/// The workspace that this was built from.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// What became of the promise that each checkout becomes an order.
pub(crate) fn orders(report: &Report) -> &Tally {
    report.ledger.iter().find(|tally| tally.promise == "checkout.order").unwrap()
}

/// A run that was made.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) report: Report,
    pub(crate) html: String,
}

/// Loads `url` and reads the reports.
pub(crate) fn run(url: &str, objectives: &str, more: &[&str]) -> Run {
    let folder = Folder::new();
    let slo = folder.write("slo.toml", objectives);
    let (html, json_path) = (folder.file("report.html"), folder.file("report.json"));
    let mut args = vec!["--stage", url, "--slo", text(&slo), "--report", text(&html)];
    args.extend(["--arrivals", "even"]);
    args.extend(["--json", text(&json_path)]);
    args.extend(more);
    let output = loadtest(&args);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let report = json::read(&json_path).unwrap_or_else(|error| panic!("{error}\n{stderr}"));
    Run {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr,
        report,
        html: std::fs::read_to_string(html).unwrap(),
    }
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
