// @generated from the contracts in spec/; edits are overwritten.

//! `VecValue`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Sink, Violations};

use super::OptionValue;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Vec`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VecValue {
    pub option: Option<OptionValue>,
    /// A string.
    pub str: Option<String>,
    /// `true` or `false`.
    pub r#dyn: Option<bool>,
    /// Additional properties.
    pub others: BTreeMap<String, String>,
}

const PROPERTIES: &[&str] = &["option", "str", "dyn"];

impl Decode for VecValue {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let option = object.optional("option");
        let str = object.optional("str");
        let r#dyn = object.optional("dyn");
        let others = object.others(PROPERTIES);
        Some(Self {
            option: option?,
            str: str?,
            r#dyn: r#dyn?,
            others: others?,
        })
    }
}

impl Encode for VecValue {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("option", &self.option);
        out.optional("str", &self.str);
        out.optional("dyn", &self.r#dyn);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
