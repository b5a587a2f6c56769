// @generated from the contracts in spec/; edits are overwritten.

//! `SelfValue`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{SelfKey, SelfType, SelfValue2};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/self`
#[derive(Debug, Clone, PartialEq)]
pub struct SelfValue {
    pub r#type: SelfType,
    pub key: SelfKey,
    /// A string.
    pub self_: Option<String>,
    /// An integer of at most 38 digits.
    pub r#async: i128,
    pub crate_: Option<SelfValue2>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl SelfValue {
    /// Creates a value from its required fields.
    pub fn new(r#type: SelfType, key: SelfKey, r#async: i128) -> Self {
        Self {
            r#type,
            key,
            self_: Default::default(),
            r#async,
            crate_: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["type", "key", "self", "async", "crate"];

impl Decode for SelfValue {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let r#type = object.required("type");
        let key = object.required("key");
        let self_ = object.optional("self");
        let r#async = object.required("async");
        let crate_ = object.optional("crate");
        let others = object.others(PROPERTIES);
        Some(Self {
            r#type: r#type?,
            key: key?,
            self_: self_?,
            r#async: r#async?,
            crate_: crate_?,
            others: others?,
        })
    }
}

impl Encode for SelfValue {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("type", &self.r#type);
        out.field("key", &self.key);
        out.optional("self", &self.self_);
        out.field("async", &self.r#async);
        out.optional("crate", &self.crate_);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
