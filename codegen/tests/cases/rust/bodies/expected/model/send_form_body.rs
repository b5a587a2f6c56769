// @generated from the contracts in spec/; edits are overwritten.

//! `SendFormBody`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{Place, SendFormBodyAge};

/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1forms/post/requestBody/content/application~1x-www-form-urlencoded/schema`
#[derive(Debug, Clone, PartialEq)]
pub struct SendFormBody {
    pub age: SendFormBodyAge,
    /// A string.
    pub name: Option<String>,
    /// An array; each item is a string.
    pub tags: Option<Vec<String>>,
    pub place: Option<Place>,
    pub deep: Option<Place>,
    /// An array; each item is `Place`.
    pub all: Option<Vec<Place>>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl SendFormBody {
    /// Creates a value from its required fields.
    pub fn new(age: SendFormBodyAge) -> Self {
        Self {
            age,
            name: Default::default(),
            tags: Default::default(),
            place: Default::default(),
            deep: Default::default(),
            all: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["age", "name", "tags", "place", "deep", "all"];

impl Decode for SendFormBody {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let age = object.required("age");
        let name = object.optional("name");
        let tags = object.optional("tags");
        let place = object.optional("place");
        let deep = object.optional("deep");
        let all = object.optional("all");
        let others = object.others(PROPERTIES);
        Some(Self {
            age: age?,
            name: name?,
            tags: tags?,
            place: place?,
            deep: deep?,
            all: all?,
            others: others?,
        })
    }
}

impl Encode for SendFormBody {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("age", &self.age);
        out.optional("name", &self.name);
        out.optional("tags", &self.tags);
        out.optional("place", &self.place);
        out.optional("deep", &self.deep);
        out.optional("all", &self.all);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
