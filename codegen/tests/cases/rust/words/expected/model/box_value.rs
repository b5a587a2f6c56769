// @generated from the contracts in spec/; edits are overwritten.

//! `BoxValue`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{Mark, SelfValue2, VecValue};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Box`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BoxValue {
    /// `VecValue`.
    pub vec: Option<Box<VecValue>>,
    pub r#box: Option<SelfValue2>,
    pub r_type: Option<Mark>,
    /// An integer of at most 38 digits.
    pub at: Option<i128>,
    /// An integer of at most 38 digits.
    pub out: Option<i128>,
    /// An integer of at most 38 digits.
    pub object: Option<i128>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["vec", "box", "r#type", "at", "out", "object"];

impl Decode for BoxValue {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object_ = at.object(out)?;
        let vec = object_.optional("vec");
        let r#box = object_.optional("box");
        let r_type = object_.optional("r#type");
        let at = object_.optional("at");
        let out = object_.optional("out");
        let object = object_.optional("object");
        let others = object_.others(PROPERTIES);
        Some(Self {
            vec: vec?,
            r#box: r#box?,
            r_type: r_type?,
            at: at?,
            out: out?,
            object: object?,
            others: others?,
        })
    }
}

impl Encode for BoxValue {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("vec", &self.vec);
        out.optional("box", &self.r#box);
        out.optional("r#type", &self.r_type);
        out.optional("at", &self.at);
        out.optional("out", &self.out);
        out.optional("object", &self.object);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
