// @generated from the contracts in spec/; edits are overwritten.

//! `TicketRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// What only the service sets, it fills in.
///
/// - **Read-only** `id`, `status`, `createdAt`, `version`: set by the service, and ignored in
///   requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Ticket`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TicketRequest {
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["id", "status", "createdAt", "version"];

impl Decode for TicketRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let others = object.others(PROPERTIES);
        Some(Self { others: others? })
    }
}

impl Encode for TicketRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
