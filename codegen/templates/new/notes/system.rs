//! The whole system on the local stage, with real processes.

use std::path::Path;
use std::time::Duration;

use client::notes::{AddNote, Client, GetNote, NewNote};
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
async fn a_note_is_stored_and_announced() {
    let stage = open().await;
    let notes = Client::new(stage.api_url()).expect("the URL of the stage");
    let body = NewNote {
        text: "Water the plants.".parse().expect("a text"),
    };
    let added = notes.add_note(AddNote { body }).await.expect("it is added");
    let note_id = added.body.note_id;
    let location = added.location.to_string();
    assert!(location.ends_with(&format!("/notes/{note_id}")));
    for _ in 0..1000 {
        let read = notes.get_note(GetNote { note_id }).await;
        let note = read.expect("it can be read");
        assert_eq!(note.text, added.body.text);
        if note.announced {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the note was not announced in time");
}
