// @generated from the contracts in spec/; edits are overwritten.

//! `Reminder`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Timestamp, Violations};

use super::{ReminderAfterHours, ReminderReminderId};

/// A schedule's firing that somebody has to look at.
///
/// - **Source** `spec/depot/openapi.yaml#/components/schemas/Reminder`
#[derive(Debug, Clone, PartialEq)]
pub struct Reminder {
    pub reminder_id: ReminderReminderId,
    pub after_hours: ReminderAfterHours,
    /// A date and time (RFC 3339).
    pub fired_at: Timestamp,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Reminder {
    /// Creates a value from its required fields.
    pub fn new(
        reminder_id: ReminderReminderId,
        after_hours: ReminderAfterHours,
        fired_at: Timestamp,
    ) -> Self {
        Self {
            reminder_id,
            after_hours,
            fired_at,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["reminderId", "afterHours", "firedAt"];

impl Decode for Reminder {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let reminder_id = object.required("reminderId");
        let after_hours = object.required("afterHours");
        let fired_at = object.required("firedAt");
        let others = object.others(PROPERTIES);
        Some(Self {
            reminder_id: reminder_id?,
            after_hours: after_hours?,
            fired_at: fired_at?,
            others: others?,
        })
    }
}

impl Encode for Reminder {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("reminderId", &self.reminder_id);
        out.field("afterHours", &self.after_hours);
        out.field("firedAt", &self.fired_at);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
