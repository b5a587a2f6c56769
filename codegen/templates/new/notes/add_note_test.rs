//! The rule of `addNote`, called without a process: the tables and buses of the template are on this machine.

use std::path::Path;
use std::time::Duration;

use {{ library }}::Service;

use notes_contract::{AddNoteInput, NewNote, NoteKey, Operations as _};
use runtime::{Aws, Context};
use stage::Doubles;

#[tokio::test]
async fn a_note_is_stored_and_an_event_is_published() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let template = workspace.join("generated/infra/template.yaml");
    let doubles = Doubles::start(template).await.expect("tables and buses");
    let variables = doubles.variables("notes").expect("the function");
    let service = Service::new(&Aws::local(doubles.endpoint(), &variables));

    let cx = Context::new("test", Duration::from_secs(5));
    let text = "Water the plants.".parse().expect("a text");
    let input = AddNoteInput {
        body: NewNote { text },
    };
    let added = service.add_note(&cx, input).await.expect("it is added");

    let key = NoteKey {
        note_id: added.body.note_id,
    };
    let stored = service.tables.note.get_consistent(&key).await;
    assert_eq!(stored.expect("the table answers"), Some(added.body));
    let events = doubles.published();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["detail-type"], "NoteAdded");
    assert_eq!(events[0]["detail"]["text"], "Water the plants.");
}
