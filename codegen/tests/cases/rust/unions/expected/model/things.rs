// @generated from the contracts in spec/; edits are overwritten.

//! `Things`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{Any, Either, Payment, Tool};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things`
#[derive(Debug, Clone, PartialEq)]
pub struct Things {
    /// How it is paid.
    pub payment: Payment,
    pub either: Either,
    pub any: Any,
    /// Each alternative lists the values that select it, in one way or another.
    pub tool: Option<Tool>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Things {
    /// Creates a value from its required fields.
    pub fn new(payment: Payment, either: Either, any: Any) -> Self {
        Self {
            payment,
            either,
            any,
            tool: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["payment", "either", "any", "tool"];

impl Decode for Things {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let payment = object.required("payment");
        let either = object.required("either");
        let any = object.required("any");
        let tool = object.optional("tool");
        let others = object.others(PROPERTIES);
        Some(Self {
            payment: payment?,
            either: either?,
            any: any?,
            tool: tool?,
            others: others?,
        })
    }
}

impl Encode for Things {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("payment", &self.payment);
        out.field("either", &self.either);
        out.field("any", &self.any);
        out.optional("tool", &self.tool);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
