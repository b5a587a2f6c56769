//! The whole system on the local stage, with real processes.

use std::path::Path;

use stage::{Log, Stage, StageOptions};

/// Starts a separate stage for each test; it stops when it is dropped.
async fn open() -> Stage {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let options = StageOptions {
        bin_dir: stage::build_functions(&workspace).expect("the functions build"),
        log: Log::stderr(false),
        ..StageOptions::new(workspace.join("generated/infra/template.yaml"))
    };
    Stage::start(options).await.expect("the stage starts")
}

#[tokio::test]
async fn the_system_stands_up_with_every_function() {
    let stage = open().await;
    assert!(!stage.plan().functions.is_empty());
    assert!(stage.apis().iter().all(|api| !api.routes.is_empty()));
}
