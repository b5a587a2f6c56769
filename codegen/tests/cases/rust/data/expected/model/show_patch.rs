// @generated from the contracts in spec/; edits are overwritten.

//! `ShowPatch`, an object in the contracts.

use runtime::{At, Decode, Encode, Maybe, Sink, Violations};

use super::{ShowPatchPrice, Status, Title};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/ShowPatch`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ShowPatch {
    pub title: Option<Title>,
    /// A string, or `null`.
    pub note: Maybe<String>,
    pub status: Option<Status>,
    pub price: Option<ShowPatchPrice>,
}

const PROPERTIES: &[&str] = &["title", "note", "status", "price"];

impl Decode for ShowPatch {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let title = object.optional("title");
        let note = object.maybe("note");
        let status = object.optional("status");
        let price = object.optional("price");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            title: title?,
            note: note?,
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
        out.optional("status", &self.status);
        out.optional("price", &self.price);
        out.end_map();
    }
}
