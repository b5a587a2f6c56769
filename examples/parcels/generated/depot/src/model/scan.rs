// @generated from the contracts in spec/; edits are overwritten.

//! `Scan`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Place, ScanId, WeightGrams};

/// - **Source** `spec/depot/openapi.yaml#/components/schemas/Scan`
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// Names one pass of one parcel; the scanner says it again when it is not sure that it was heard.
    pub scan_id: ScanId,
    /// Where a parcel was seen.
    pub place: Place,
    /// What a parcel weighs.
    pub weight_grams: Option<WeightGrams>,
}

impl Scan {
    /// Creates a value from its required fields.
    pub fn new(scan_id: ScanId, place: Place) -> Self {
        Self {
            scan_id,
            place,
            weight_grams: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["scanId", "place", "weightGrams"];

impl Decode for Scan {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let scan_id = object.required("scanId");
        let place = object.required("place");
        let weight_grams = object.optional("weightGrams");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            scan_id: scan_id?,
            place: place?,
            weight_grams: weight_grams?,
        })
    }
}

impl Encode for Scan {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("scanId", &self.scan_id);
        out.field("place", &self.place);
        out.optional("weightGrams", &self.weight_grams);
        out.end_map();
    }
}
