// @generated from the contracts in spec/; edits are overwritten.

//! `Ticket`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Timestamp, Uuid, Violations};

use super::{TicketStatus, TicketVersion};

/// What only the service sets, it fills in.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Ticket`
#[derive(Debug, Clone, PartialEq)]
pub struct Ticket {
    /// A UUID (RFC 9562).
    pub id: Uuid,
    /// - **Default** `"open"`
    pub status: TicketStatus,
    /// A date and time (RFC 3339).
    pub created_at: Timestamp,
    pub version: TicketVersion,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Ticket {
    /// Creates a value from its required fields.
    pub fn new(id: Uuid, created_at: Timestamp, version: TicketVersion) -> Self {
        Self {
            id,
            status: runtime::preset("\"open\""),
            created_at,
            version,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["id", "status", "createdAt", "version"];

impl Decode for Ticket {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let status = object.required("status");
        let created_at = object.required("createdAt");
        let version = object.required("version");
        let others = object.others(PROPERTIES);
        Some(Self {
            id: id?,
            status: status?,
            created_at: created_at?,
            version: version?,
            others: others?,
        })
    }
}

impl Encode for Ticket {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.field("status", &self.status);
        out.field("createdAt", &self.created_at);
        out.field("version", &self.version);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
