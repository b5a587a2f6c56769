// @generated from the contracts in spec/; edits are overwritten.

//! `CountShowsOkBody`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::CountShowsOkBodyCount;

/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1shows~1count/get/responses/200/content/application~1json/schema`
#[derive(Debug, Clone, PartialEq)]
pub struct CountShowsOkBody {
    pub count: CountShowsOkBodyCount,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl CountShowsOkBody {
    /// Creates a value from its required fields.
    pub fn new(count: CountShowsOkBodyCount) -> Self {
        Self {
            count,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["count"];

impl Decode for CountShowsOkBody {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let count = object.required("count");
        let others = object.others(PROPERTIES);
        Some(Self {
            count: count?,
            others: others?,
        })
    }
}

impl Encode for CountShowsOkBody {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("count", &self.count);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
