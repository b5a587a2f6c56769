// @generated from the contracts in spec/; edits are overwritten.

//! `LookForLate`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::LookForLateAfterHours;

/// `LookForLate`
///
/// - **Source** `spec/depot/asyncapi.yaml#/components/messages/LookForLate/payload`
#[derive(Debug, Clone, PartialEq)]
pub struct LookForLate {
    /// `afterHours`
    pub after_hours: LookForLateAfterHours,
}

impl LookForLate {
    /// With what the contract requires, and nothing else.
    pub fn new(after_hours: LookForLateAfterHours) -> Self {
        Self { after_hours }
    }
}

impl Decode for LookForLate {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let after_hours = object.required("afterHours");
        Some(Self { after_hours: after_hours? })
    }
}

impl Encode for LookForLate {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("afterHours", &self.after_hours);
        out.end_map();
    }
}
