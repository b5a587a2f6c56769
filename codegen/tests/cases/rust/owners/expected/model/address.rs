// @generated from the contracts in spec/; edits are overwritten.

//! `Address`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Uuid, Violations};

use super::{AddressStreet, Customer};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Address`
#[derive(Debug, Clone, PartialEq)]
pub struct Address {
    pub customer: Customer,
    /// A UUID (RFC 9562).
    pub address_id: Uuid,
    pub street: AddressStreet,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Address {
    /// Creates a value from its required fields.
    pub fn new(customer: Customer, address_id: Uuid, street: AddressStreet) -> Self {
        Self {
            customer,
            address_id,
            street,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["customer", "addressId", "street"];

impl Decode for Address {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let customer = object.required("customer");
        let address_id = object.required("addressId");
        let street = object.required("street");
        let others = object.others(PROPERTIES);
        Some(Self {
            customer: customer?,
            address_id: address_id?,
            street: street?,
            others: others?,
        })
    }
}

impl Encode for Address {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("customer", &self.customer);
        out.field("addressId", &self.address_id);
        out.field("street", &self.street);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
