// @generated from the contracts in spec/; edits are overwritten.

//! `ParcelRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{ParcelCheckRequest, ParcelId, ParcelLast, Payment, Stage};

/// Has states everywhere that a condition reaches.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Parcel`
#[derive(Debug, Clone, PartialEq)]
pub struct ParcelRequest {
    pub id: ParcelId,
    pub stage: Option<Stage>,
    pub last: Option<ParcelLast>,
    pub payment: Option<Payment>,
    /// A string.
    pub note: Option<String>,
    /// A double-precision number.
    pub weight: Option<f64>,
    pub check: Option<ParcelCheckRequest>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl ParcelRequest {
    /// Creates a value from its required fields.
    pub fn new(id: ParcelId, last: Option<ParcelLast>) -> Self {
        Self {
            id,
            stage: Default::default(),
            last,
            payment: Default::default(),
            note: Default::default(),
            weight: Default::default(),
            check: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "id",
    "stage",
    "last",
    "payment",
    "note",
    "weight",
    "check",
];

impl Decode for ParcelRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let stage = object.optional("stage");
        let last = object.required("last");
        let payment = object.optional("payment");
        let note = object.optional("note");
        let weight = object.optional("weight");
        let check = object.optional("check");
        let others = object.others(PROPERTIES);
        Some(Self {
            id: id?,
            stage: stage?,
            last: last?,
            payment: payment?,
            note: note?,
            weight: weight?,
            check: check?,
            others: others?,
        })
    }
}

impl Encode for ParcelRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.optional("stage", &self.stage);
        out.field("last", &self.last);
        out.optional("payment", &self.payment);
        out.optional("note", &self.note);
        out.optional("weight", &self.weight);
        out.optional("check", &self.check);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
