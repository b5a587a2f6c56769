// @generated from the contracts in spec/; edits are overwritten.

//! `AddressRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::AddressStreet;

/// - **Read-only** `customer`, `addressId`: set by the service, and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Address`
#[derive(Debug, Clone, PartialEq)]
pub struct AddressRequest {
    pub street: AddressStreet,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl AddressRequest {
    /// Creates a value from its required fields.
    pub fn new(street: AddressStreet) -> Self {
        Self {
            street,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["street", "customer", "addressId"];

impl Decode for AddressRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let street = object.required("street");
        let others = object.others(PROPERTIES);
        Some(Self {
            street: street?,
            others: others?,
        })
    }
}

impl Encode for AddressRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("street", &self.street);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
