// @generated from the contracts in spec/; edits are overwritten.

//! `ParcelScanned`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{ParcelId, ParcelScannedVersion, Place, ScanId};

/// A parcel passed a scanner.
///
/// - **Source** `spec/schemas/events.yaml#/ParcelScanned`
#[derive(Debug, Clone, PartialEq)]
pub struct ParcelScanned {
    pub version: ParcelScannedVersion,
    /// Names a parcel.
    pub parcel_id: ParcelId,
    /// Names one pass of one parcel; the scanner says it again when it is not sure that it was heard.
    pub scan_id: ScanId,
    /// Where a parcel was seen.
    pub place: Place,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl ParcelScanned {
    /// Creates a value from its required fields.
    pub fn new(parcel_id: ParcelId, scan_id: ScanId, place: Place) -> Self {
        Self {
            version: ParcelScannedVersion::VALUE,
            parcel_id,
            scan_id,
            place,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["version", "parcelId", "scanId", "place"];

impl Decode for ParcelScanned {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let version = object.required("version");
        let parcel_id = object.required("parcelId");
        let scan_id = object.required("scanId");
        let place = object.required("place");
        let others = object.others(PROPERTIES);
        Some(Self {
            version: version?,
            parcel_id: parcel_id?,
            scan_id: scan_id?,
            place: place?,
            others: others?,
        })
    }
}

impl Encode for ParcelScanned {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("version", &self.version);
        out.field("parcelId", &self.parcel_id);
        out.field("scanId", &self.scan_id);
        out.field("place", &self.place);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
