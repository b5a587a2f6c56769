// @generated from the contracts in spec/; edits are overwritten.

//! `PartRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sensitive, Sink, Violations};

use super::{InnerRequest, PartId, PartMixed, PartOneRequest, SizeRequest};

/// A part of parts.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Part`
#[derive(Debug, Clone, PartialEq)]
pub struct PartRequest {
    pub id: PartId,
    pub inner: Option<InnerRequest>,
    pub one: Option<PartOneRequest>,
    pub secret: Option<Sensitive<SizeRequest>>,
    pub mixed: Option<PartMixed>,
    /// An array; each item is an array; each item is a string.
    pub lists: Option<Sensitive<Vec<Vec<String>>>>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl PartRequest {
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

impl Decode for PartRequest {
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

impl Encode for PartRequest {
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
