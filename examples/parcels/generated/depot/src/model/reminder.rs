// @generated from the contracts in spec/; edits are overwritten.

//! `Reminder`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Timestamp, Violations};

use super::{ReminderAfterHours, ReminderReminderId};

/// A schedule's firing that somebody has to look at.
///
/// - **Source** `spec/depot/openapi.yaml#/components/schemas/Reminder`
#[derive(Debug, Clone, PartialEq)]
pub struct Reminder {
    /// `reminderId`
    pub reminder_id: ReminderReminderId,
    /// `afterHours`
    pub after_hours: ReminderAfterHours,
    /// `firedAt`
    ///
    /// - **Shape** a date and time (RFC 3339)
    pub fired_at: Timestamp,
}

impl Reminder {
    /// With what the contract requires, and nothing else.
    pub fn new(
        reminder_id: ReminderReminderId,
        after_hours: ReminderAfterHours,
        fired_at: Timestamp,
    ) -> Self {
        Self {
            reminder_id,
            after_hours,
            fired_at,
        }
    }
}

impl Decode for Reminder {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let reminder_id = object.required("reminderId");
        let after_hours = object.required("afterHours");
        let fired_at = object.required("firedAt");
        Some(Self {
            reminder_id: reminder_id?,
            after_hours: after_hours?,
            fired_at: fired_at?,
        })
    }
}

impl Encode for Reminder {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("reminderId", &self.reminder_id);
        out.field("afterHours", &self.after_hours);
        out.field("firedAt", &self.fired_at);
        out.end_map();
    }
}
