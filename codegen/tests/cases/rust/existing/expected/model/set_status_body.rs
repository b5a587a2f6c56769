// @generated from the contracts in spec/; edits are overwritten.

//! `SetStatusBody`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::Status;

/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1{number}~1status/put/requestBody/content/application~1json/schema`
#[derive(Debug, Clone, PartialEq)]
pub struct SetStatusBody {
    pub status: Status,
}

impl SetStatusBody {
    /// Creates a value from its required fields.
    pub fn new(status: Status) -> Self {
        Self { status }
    }
}

const PROPERTIES: &[&str] = &["status"];

impl Decode for SetStatusBody {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let status = object.required("status");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self { status: status? })
    }
}

impl Encode for SetStatusBody {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("status", &self.status);
        out.end_map();
    }
}
