// @generated from the contracts in spec/; edits are overwritten.

//! `Thing`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

use super::{SCHEMAS, ThingKind, ThingNever, ThingNothing, ThingPart};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing`
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// A string.
    pub id: String,
    pub nothing: Maybe<ThingNothing>,
    pub never: Option<ThingNever>,
    /// `ThingPart`.
    pub part: Option<Box<ThingPart>>,
    pub kind: Option<ThingKind>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Thing {
    /// Creates a value from its required fields.
    pub fn new(id: String) -> Self {
        Self {
            id,
            nothing: Default::default(),
            never: Default::default(),
            part: Default::default(),
            kind: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["id", "nothing", "never", "part", "kind"];

impl Decode for Thing {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let nothing = object
            .maybe_as(
                "nothing",
                runtime::checked(&SCHEMAS, "ThingNothing", Decode::decode),
            );
        let never = object
            .optional_as(
                "never",
                runtime::checked(&SCHEMAS, "ThingNever", Decode::decode),
            );
        let part = object.optional("part");
        let kind = object.optional("kind");
        let others = object.others(PROPERTIES);
        Some(Self {
            id: id?,
            nothing: nothing?,
            never: never?,
            part: part?,
            kind: kind?,
            others: others?,
        })
    }
}

impl Encode for Thing {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.maybe("nothing", &self.nothing);
        out.optional("never", &self.never);
        out.optional("part", &self.part);
        out.optional("kind", &self.kind);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
