// @generated from the contracts in spec/; edits are overwritten.

//! `ParcelAssigned`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{ParcelAssignedCourier, ParcelAssignedVersion, ParcelId, Recipient};

/// A courier took a parcel over.
///
/// - **Source** `spec/schemas/events.yaml#/ParcelAssigned`
#[derive(Debug, Clone, PartialEq)]
pub struct ParcelAssigned {
    pub version: ParcelAssignedVersion,
    /// Names a parcel.
    pub parcel_id: ParcelId,
    /// Who gets the parcel.
    pub recipient: Recipient,
    pub courier: ParcelAssignedCourier,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl ParcelAssigned {
    /// Creates a value from its required fields.
    pub fn new(
        parcel_id: ParcelId,
        recipient: Recipient,
        courier: ParcelAssignedCourier,
    ) -> Self {
        Self {
            version: ParcelAssignedVersion::VALUE,
            parcel_id,
            recipient,
            courier,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["version", "parcelId", "recipient", "courier"];

impl Decode for ParcelAssigned {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let version = object.required("version");
        let parcel_id = object.required("parcelId");
        let recipient = object.required("recipient");
        let courier = object.required("courier");
        let others = object.others(PROPERTIES);
        Some(Self {
            version: version?,
            parcel_id: parcel_id?,
            recipient: recipient?,
            courier: courier?,
            others: others?,
        })
    }
}

impl Encode for ParcelAssigned {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("version", &self.version);
        out.field("parcelId", &self.parcel_id);
        out.field("recipient", &self.recipient);
        out.field("courier", &self.courier);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
