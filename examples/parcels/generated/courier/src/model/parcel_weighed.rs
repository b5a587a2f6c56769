// @generated from the contracts in spec/; edits are overwritten.

//! `ParcelWeighed`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{ParcelId, ParcelWeighedVersion, Place, ScanId, WeightGrams};

/// A parcel passed a scanner that weighs as well.
///
/// - **Source** `spec/schemas/events.yaml#/ParcelWeighed`
#[derive(Debug, Clone, PartialEq)]
pub struct ParcelWeighed {
    pub version: ParcelWeighedVersion,
    /// Names a parcel.
    pub parcel_id: ParcelId,
    /// Names one pass of one parcel; the scanner says it again when it is not sure that it was heard.
    pub scan_id: ScanId,
    /// Where a parcel was seen.
    pub place: Place,
    /// What a parcel weighs.
    pub weight_grams: WeightGrams,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl ParcelWeighed {
    /// Creates a value from its required fields.
    pub fn new(
        parcel_id: ParcelId,
        scan_id: ScanId,
        place: Place,
        weight_grams: WeightGrams,
    ) -> Self {
        Self {
            version: ParcelWeighedVersion::VALUE,
            parcel_id,
            scan_id,
            place,
            weight_grams,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["version", "parcelId", "scanId", "place", "weightGrams"];

impl Decode for ParcelWeighed {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let version = object.required("version");
        let parcel_id = object.required("parcelId");
        let scan_id = object.required("scanId");
        let place = object.required("place");
        let weight_grams = object.required("weightGrams");
        let others = object.others(PROPERTIES);
        Some(Self {
            version: version?,
            parcel_id: parcel_id?,
            scan_id: scan_id?,
            place: place?,
            weight_grams: weight_grams?,
            others: others?,
        })
    }
}

impl Encode for ParcelWeighed {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("version", &self.version);
        out.field("parcelId", &self.parcel_id);
        out.field("scanId", &self.scan_id);
        out.field("place", &self.place);
        out.field("weightGrams", &self.weight_grams);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
