// @generated from the contracts in spec/; edits are overwritten.

//! `Inner`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::InnerOther;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Inner`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inner {
    /// A string.
    pub made: Option<String>,
    /// `Inner`.
    pub alone: Option<Box<Inner>>,
    /// An array; each item is `Inner`.
    pub several: Option<Vec<Inner>>,
    /// `InnerOther`.
    pub other: Option<Box<InnerOther>>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["made", "alone", "several", "other"];

impl Decode for Inner {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let made = object.optional("made");
        let alone = object.optional("alone");
        let several = object.optional("several");
        let other = object.optional("other");
        let others = object.others(PROPERTIES);
        Some(Self {
            made: made?,
            alone: alone?,
            several: several?,
            other: other?,
            others: others?,
        })
    }
}

impl Encode for Inner {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("made", &self.made);
        out.optional("alone", &self.alone);
        out.optional("several", &self.several);
        out.optional("other", &self.other);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
