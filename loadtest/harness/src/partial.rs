//! What a run has measured so far, kept: the JSON report is written every few seconds, whole or not at all, and says
//! that it is not complete. So a run that is killed leaves its histograms and counts, and `merge` judges them. The
//! report at the end takes its place.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::lag::Lag;
use crate::place::Place;
use crate::report::json;
use crate::run::Runner;
use crate::shared::Shared;
use crate::summary;

/// How often it is written.
const EVERY: Duration = Duration::from_secs(2);

/// How much longer the wait is than what the writing took, so that it never takes more than a hundredth of the time.
const TIMES: u32 = 100;

/// Writes until it is ended.
pub(crate) struct Partial {
    is_over: Arc<Notify>,
    tasks: JoinSet<()>,
}

impl Partial {
    /// Begins to write where the report is going to be; not at all where that is no file.
    pub(crate) fn start(runner: &Runner<'_>, shared: &Arc<Shared>, lag: &Lag) -> Self {
        let (mut tasks, is_over) = (JoinSet::new(), Arc::new(Notify::new()));
        let args = runner.args.clone();
        if args.json == Place::Stdout {
            return Self { is_over, tasks };
        }
        let (shared, late, progress) = (Arc::clone(shared), lag.late(), runner.progress.clone());
        let told = Arc::clone(&is_over);
        tasks.spawn(async move {
            let mut wait = EVERY;
            loop {
                tokio::select! {
                    () = told.notified() => return,
                    () = tokio::time::sleep(wait) => {}
                }
                let began = Instant::now();
                let Some(report) = summary::partial(&args, &shared, &late) else { continue };
                if let Err(error) = args.json.write(json::render(&report)).await {
                    progress.done("note", &format!("no report so far in {}: {error:#}", args.json));
                    return;
                }
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
