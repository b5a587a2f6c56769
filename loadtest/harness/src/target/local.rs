//! A stage of the run's own: generated code that is up to date, built functions, and the stage that runs them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use jiff::Timestamp;
use serde_json::Value;
use stage::bus::event::Event;
use stage::{Log, Stage, StageOptions, Tap, build_functions_of, built_folder, root_of};

use super::Around;
use crate::faults::Faults;
use crate::freshness;
use crate::messages::Messages;
use crate::options::RunArgs;
use crate::progress::Progress;

/// Tells the run of the messages on a stage of its own.
struct OnBus(Arc<Messages>);

impl Tap for OnBus {
    fn published(&self, event: &Event) {
        self.0.published(&event.value, Timestamp::now());
    }

    fn received(&self, queue: &str, body: &str) {
        // A message that holds a part of an event names no event.
        if let Ok(envelope) = serde_json::from_str::<Value>(body) {
            self.0.received(queue, &envelope);
        }
    }
}

/// From the contracts to a stage that serves them.
pub(super) async fn start(
    args: &RunArgs,
    around: &Around<'_>,
    faults: Option<&Faults>,
    progress: &Progress,
) -> anyhow::Result<Stage> {
    let (workspace, messages) = (around.workspace, around.messages);
    let began = Instant::now();
    let n_contracts = freshness::check(workspace)?;
    progress.done(
        "fresh",
        &format!(
            "generated from the current {n_contracts} contracts, checked in {} ms",
            began.elapsed().as_millis()
        ),
    );

    let template = workspace.join("generated/infra/template.yaml");
    let bin_dir = programs(args, workspace, &template, progress)?;
    let began = Instant::now();
    messages.begin();
    let tap = Arc::new(OnBus(Arc::clone(messages)));
    let mut options = StageOptions {
        bin_dir,
        tap,
        secrets: args.secrets.clone(),
        parameters: args.parameter.iter().cloned().collect(),
        ..StageOptions::new(template)
    };
    if let Some(faults) = faults {
        // Batches that come again are what was asked for, and no problems to tell a line each.
        options = StageOptions { log: Log::silent(), ..options }.with_faults(faults.seeded());
    }
    let lines = Arc::clone(around.lines);
    options.log = options.log.and(move |entry| lines.take(entry));
    let failed = if args.no_build && args.bin_dir.is_none() {
        "the stage did not start; remove --no-build to build the functions first"
    } else {
        "the stage did not start"
    };
    let stage = Stage::start(options).await.context(failed)?;
    let url = stage.api_url();
    progress.done("stage", &format!("{url} in {} ms", began.elapsed().as_millis()));
    if let Some(faults) = faults {
        progress.done("faults", &faults.to_string());
    }
    Ok(stage)
}

/// The folder of the functions' programs, which are built unless the arguments say otherwise.
fn programs(
    args: &RunArgs,
    workspace: &Path,
    template: &PathBuf,
    progress: &Progress,
) -> anyhow::Result<Option<PathBuf>> {
    if args.bin_dir.is_some() {
        return Ok(args.bin_dir.clone());
    }
    if args.no_build {
        return Ok(built_folder(&root_of(workspace)));
    }
    progress.doing("build", "the functions");
    let began = Instant::now();
    let folder = build_functions_of(&root_of(workspace), std::slice::from_ref(template))?;
    progress.done("build", &format!("the functions in {:.1} s", began.elapsed().as_secs_f64()));
    Ok(folder)
}
