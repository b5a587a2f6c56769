//! `addNote`: Add a note

use notes_contract::{AddNoteError, AddNoteInput, AddNoteOutput, Note, NoteAdded};
use runtime::{Context, Timestamp, Uuid};

use crate::Service;

/// `POST /notes`
///
/// The note is stored before the event is published, so that receivers of the event can read it.
pub(crate) async fn add_note(
    service: &Service,
    cx: &Context,
    input: AddNoteInput,
) -> Result<AddNoteOutput, AddNoteError> {
    let note = Note::new(Uuid::now_v7(), input.body.text, Timestamp::now(), false);
    service.tables.note.put(&note).await?;
    let event = NoteAdded::new(note.note_id, note.text.clone(), note.added_at);
    service.publisher.note_added(cx, &event).await?;
    Ok(AddNoteOutput {
        location: format!("/notes/{}", note.note_id).parse()?,
        body: note,
    })
}
