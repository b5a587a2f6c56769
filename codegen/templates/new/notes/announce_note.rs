//! `announceNote`: Announces an added note.

use notes_contract::{Note, NoteAdded};
use runtime::{EventContext, EventError};

use crate::Service;

/// `NoteAdded`
///
/// An event may be delivered more than once. The same event stores the same note, so that has no further effect.
pub(crate) async fn note_added(
    service: &Service,
    _cx: &EventContext,
    event: NoteAdded,
) -> Result<(), EventError> {
    let note = Note::new(event.note_id, event.text, event.added_at, true);
    Ok(service.tables.note.put(&note).await?)
}
