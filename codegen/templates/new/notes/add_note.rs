//! `addNote`: Add a note

use notes_contract::{
    AddNoteError, AddNoteInput, AddNoteOutput, Note, NoteAdded, NoteAddedVersion,
};
use runtime::{Context, Timestamp, Uuid};

use crate::Service;

/// `POST /notes`
///
/// The note is stored before the event is published: who hears of a note can read it.
pub(crate) async fn add_note(
    service: &Service,
    cx: &Context,
    input: AddNoteInput,
) -> Result<AddNoteOutput, AddNoteError> {
    let note = Note {
        note_id: Uuid::now_v7(),
        text: input.body.text,
        added_at: Timestamp::now(),
        announced: false,
    };
    service.tables.note.put(&note).await?;
    let event = NoteAdded {
        version: NoteAddedVersion::new(1)?,
        note_id: note.note_id,
        text: note.text.clone(),
        added_at: note.added_at,
    };
    service.publisher.note_added(cx, &event).await?;
    Ok(AddNoteOutput {
        location: format!("/notes/{}", note.note_id).parse()?,
        body: note,
    })
}
