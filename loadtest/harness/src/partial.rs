//! What a run has measured so far, kept: the JSON report is written every few seconds, whole or not at all, and says
//! that it is not complete. So a run that is killed leaves its histograms and counts, and `merge` judges them. The
//! report at the end takes its place.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::destination::Destination;
use crate::exports::Source;
use crate::progress::Progress;
use crate::report::json;

/// How often it is written.
const EVERY: Duration = Duration::from_secs(2);

/// How much longer the wait is than what the writing took: it is processor time that the load does not have.
const TIMES: u32 = 400;

/// Writes until it is ended.
pub(crate) struct Partial {
    is_over: Arc<Notify>,
    tasks: JoinSet<()>,
}

impl Partial {
    /// Begins to write where the report is going to be; not at all where that is standard output.
    pub(crate) fn start(source: &Source, progress: &Progress) -> Self {
        let (mut tasks, is_over) = (JoinSet::new(), Arc::new(Notify::new()));
        if source.args().json == Destination::Stdout {
            return Self { is_over, tasks };
        }
        let (source, progress) = (source.clone(), progress.clone());
        let told = Arc::clone(&is_over);
        tasks.spawn(async move {
            let place = &source.args().json;
            let (mut wait, mut has_failed) = (EVERY, false);
            loop {
                tokio::select! {
                    () = told.notified() => return,
                    () = tokio::time::sleep(wait) => {}
                }
                let began = Instant::now();
                let Some(report) = source.report() else { continue };
                // A disk or a store may fail once: the next report is written all the same.
                let written = place.write(json::render_line(&report)).await;
                if let (Err(error), false) = (&written, has_failed) {
                    progress.done(
                        "note",
                        &format!("cannot write the partial report to {place}: {error:#}"),
                    );
                }
                has_failed = written.is_err();
                wait = EVERY.max(began.elapsed() * TIMES);
            }
        });
        Self { is_over, tasks }
    }

    /// Ends the writing, after what is being written, so that it cannot take the place of the report at the end.
    pub(crate) async fn end(self) {
        self.is_over.notify_one();
        self.tasks.join_all().await;
    }
}
