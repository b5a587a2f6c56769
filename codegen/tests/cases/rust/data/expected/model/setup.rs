// @generated from the contracts in spec/; edits are overwritten.

//! `Setup`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::Row;

/// What a show is played with; a patch that leaves something out leaves it as it is.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Setup`
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// An integer of at most 38 digits.
    ///
    /// - **Default** `1`
    pub lights: i128,
    /// A string, or `null`.
    ///
    /// - **Default** `"quiet"`
    pub sound: Option<String>,
    /// An array; each item is `Row`.
    pub rows: Option<Vec<Row>>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            lights: runtime::preset("1"),
            sound: runtime::preset("\"quiet\""),
            rows: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["lights", "sound", "rows"];

impl Decode for Setup {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let lights = object.or("lights", "1");
        let sound = object.or("sound", "\"quiet\"");
        let rows = object.optional("rows");
        let others = object.others(PROPERTIES);
        Some(Self {
            lights: lights?,
            sound: sound?,
            rows: rows?,
            others: others?,
        })
    }
}

impl Encode for Setup {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("lights", &self.lights);
        out.field("sound", &self.sound);
        out.optional("rows", &self.rows);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
