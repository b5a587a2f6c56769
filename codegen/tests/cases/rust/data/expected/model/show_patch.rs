// @generated from the contracts in spec/; edits are overwritten.

//! `ShowPatch`, an object in the contracts.

use runtime::{At, Decode, Encode, Maybe, Sink, Violations};

use super::{Mood, SetupPatch, ShowPatchPrice, Status, Title};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/ShowPatch`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ShowPatch {
    pub title: Option<Title>,
    /// A string, or `null`.
    pub note: Maybe<String>,
    /// How a show is.
    pub mood: Option<Mood>,
    /// What a show is played with; a patch that leaves something out leaves it as it is.
    pub setup: Option<SetupPatch>,
    pub status: Option<Status>,
    pub price: Option<ShowPatchPrice>,
}

const PROPERTIES: &[&str] = &["title", "note", "mood", "setup", "status", "price"];

impl Decode for ShowPatch {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let title = object.optional("title");
        let note = object.maybe("note");
        let mood = object.optional("mood");
        let setup = object.optional("setup");
        let status = object.optional("status");
        let price = object.optional("price");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            title: title?,
            note: note?,
            mood: mood?,
            setup: setup?,
            status: status?,
            price: price?,
        })
    }
}

impl Encode for ShowPatch {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("title", &self.title);
        out.maybe("note", &self.note);
        out.optional("mood", &self.mood);
        out.optional("setup", &self.setup);
        out.optional("status", &self.status);
        out.optional("price", &self.price);
        out.end_map();
    }
}
