// @generated from the contracts in spec/; edits are overwritten.

//! `SetupPatch`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

use super::Row;

/// What a show is played with; a patch that leaves something out leaves it as it is.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Setup`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SetupPatch {
    /// An integer of at most 38 digits.
    pub lights: Option<i128>,
    /// A string, or `null`.
    pub sound: Maybe<String>,
    /// An array; each item is `Row`.
    pub rows: Option<Vec<Row>>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["lights", "sound", "rows"];

impl Decode for SetupPatch {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let lights = object.optional("lights");
        let sound = object.maybe("sound");
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

impl Encode for SetupPatch {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("lights", &self.lights);
        out.maybe("sound", &self.sound);
        out.optional("rows", &self.rows);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
