// @generated from the contracts in spec/; edits are overwritten.

//! `LookForLate`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::LookForLateAfterHours;

/// `LookForLate`
///
/// - **Source** `spec/depot/asyncapi.yaml#/components/messages/LookForLate/payload`
#[derive(Debug, Clone, PartialEq)]
pub struct LookForLate {
    /// `afterHours`
    pub after_hours: LookForLateAfterHours,
    /// Properties that the contract does not name.
    pub others: BTreeMap<String, Json>,
}

impl LookForLate {
    /// With what the contract requires, and nothing else.
    pub fn new(after_hours: LookForLateAfterHours) -> Self {
        Self {
            after_hours,
            others: Default::default(),
        }
    }
}

impl Decode for LookForLate {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const PROPERTIES: &[&str] = &["afterHours"];
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
        const PROPERTIES: &[&str] = &["afterHours"];
        out.begin_map();
        out.field("afterHours", &self.after_hours);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
