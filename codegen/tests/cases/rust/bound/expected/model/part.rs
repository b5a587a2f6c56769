// @generated from the contracts in spec/; edits are overwritten.

//! `Part`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sensitive, Sink, Violations};

use super::{Inner, PartId, PartMixed, PartOne, Size};

/// A part of parts.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Part`
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub id: PartId,
    pub inner: Option<Inner>,
    pub one: Option<PartOne>,
    pub secret: Option<Sensitive<Size>>,
    pub mixed: Option<PartMixed>,
    /// An array; each item is an array; each item is a string.
    pub lists: Option<Sensitive<Vec<Vec<String>>>>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Part {
    /// Creates a value from its required fields.
    pub fn new(id: PartId) -> Self {
        Self {
            id,
            inner: Default::default(),
            one: Default::default(),
            secret: Default::default(),
            mixed: Default::default(),
            lists: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["id", "inner", "one", "secret", "mixed", "lists"];

impl Decode for Part {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let inner = object.optional("inner");
        let one = object.optional("one");
        let secret = object.optional("secret");
        let mixed = object.optional("mixed");
        let lists = object.optional("lists");
        let others = object.others(PROPERTIES);
        Some(Self {
            id: id?,
            inner: inner?,
            one: one?,
            secret: secret?,
            mixed: mixed?,
            lists: lists?,
            others: others?,
        })
    }
}

impl Encode for Part {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.optional("inner", &self.inner);
        out.optional("one", &self.one);
        out.optional("secret", &self.secret);
        out.optional("mixed", &self.mixed);
        out.optional("lists", &self.lists);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
