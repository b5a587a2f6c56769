// @generated from the contracts in spec/; edits are overwritten.

//! `LookForLate`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::LookForLateAfterHours;

/// - **Source** `spec/depot/asyncapi.yaml#/components/messages/LookForLate/payload`
#[derive(Debug, Clone, PartialEq)]
pub struct LookForLate {
    pub after_hours: LookForLateAfterHours,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl LookForLate {
    /// Creates a value from its required fields.
    pub fn new(after_hours: LookForLateAfterHours) -> Self {
        Self {
            after_hours,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["afterHours"];

impl Decode for LookForLate {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let after_hours = object.required("afterHours");
        let others = object.others(PROPERTIES);
        Some(Self {
            after_hours: after_hours?,
            others: others?,
        })
    }
}

impl Encode for LookForLate {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("afterHours", &self.after_hours);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
