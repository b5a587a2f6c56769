//! What a run has measured so far, on disk: the JSON report is written every few seconds, whole or not at all, and says
//! that it is not complete. So a run that is killed leaves its histograms and counts, and `merge` judges them. The
//! report at the end takes its place.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::lag::Lag;
use crate::report::json;
use crate::run::Runner;
use crate::shared::Shared;
use crate::summary;

/// How often it is written.
const EVERY: Duration = Duration::from_secs(2);

/// How much longer the wait is than what the writing took, so that it never takes more than a hundredth of the time.
const TIMES: u32 = 100;

/// Writes until it is ended.
pub(crate) struct Partial(JoinSet<()>);

impl Partial {
    /// Begins to write where the report is going to be; not at all where that is no file.
    pub(crate) fn start(runner: &Runner<'_>, shared: &std::sync::Arc<Shared>, lag: &Lag) -> Self {
        let mut tasks = JoinSet::new();
        let args = runner.args.clone();
        if args.json == Path::new("-") {
            return Self(tasks);
        }
        let (shared, late, progress) =
            (std::sync::Arc::clone(shared), lag.late(), runner.progress.clone());
        tasks.spawn(async move {
            let mut wait = EVERY;
            loop {
                tokio::time::sleep(wait).await;
                let began = Instant::now();
                let Some(report) = summary::partial(&args, &shared, &late) else { continue };
                let path = args.json.clone();
                let written =
                    tokio::task::spawn_blocking(move || replace(&path, &json::render(&report)));
                match written.await {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => {
                        let path = args.json.display();
                        progress.done("note", &format!("no report so far in {path}: {error}"));
                        return;
                    }
                    Err(_) => return,
                }
                wait = EVERY.max(began.elapsed() * TIMES);
            }
        });
        Self(tasks)
    }

    /// Ends the writing. Whatever is half-written by then is not in place of anything.
    pub(crate) async fn end(mut self) {
        self.0.shutdown().await;
    }
}

/// Puts a file in the place of another in one step: whoever reads it finds the old text or the new one.
///
/// # Errors
/// When it cannot be written; the old one stays.
pub(crate) fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    // What is no plain file, such as `/dev/stdout`, has no place to be put in.
    if path.exists() && !path.is_file() {
        return std::fs::write(path, text);
    }
    let beside = beside(path);
    let written = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        // A half of it would only take up room on a disk that is full already.
        let _ = std::fs::remove_file(&beside);
    }
    written
}

/// A name beside the file that no other process uses.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = std::env::temp_dir().join(format!("partial-{}", std::process::id()));
        let path = folder.join("deep/report.json");
        replace(&path, "old").unwrap();
        replace(&path, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        // A folder cannot be replaced by a file.
        assert!(replace(&folder.join("deep"), "no").is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_and_leaves_nothing() {
        assert_eq!(
            replace(Path::new("/dev/full"), "text").unwrap_err().kind(),
            std::io::ErrorKind::StorageFull
        );
    }
}
