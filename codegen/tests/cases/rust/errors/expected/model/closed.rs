// @generated from the contracts in spec/; edits are overwritten.

//! `Closed`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::ClosedInstance;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Closed`
#[derive(Debug, Clone, PartialEq)]
pub struct Closed {
    /// A string.
    pub title: String,
    /// A string.
    pub status: String,
    pub instance: Option<ClosedInstance>,
    /// A string.
    pub trace_id: Option<String>,
}

impl Closed {
    /// Creates a value from its required fields.
    pub fn new(title: String, status: String) -> Self {
        Self {
            title,
            status,
            instance: Default::default(),
            trace_id: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["title", "status", "instance", "traceId"];

impl Decode for Closed {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let title = object.required("title");
        let status = object.required("status");
        let instance = object.optional("instance");
        let trace_id = object.optional("traceId");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            title: title?,
            status: status?,
            instance: instance?,
            trace_id: trace_id?,
        })
    }
}

impl Encode for Closed {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("title", &self.title);
        out.field("status", &self.status);
        out.optional("instance", &self.instance);
        out.optional("traceId", &self.trace_id);
        out.end_map();
    }
}
