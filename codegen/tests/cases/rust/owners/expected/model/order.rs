// @generated from the contracts in spec/; edits are overwritten.

//! `Order`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Customer, OrderId};

/// `Order`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order`
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// `customer`
    pub customer: Customer,
    /// `id`
    pub id: OrderId,
}

impl Order {
    /// With what the contract requires, and nothing else.
    pub fn new(customer: Customer, id: OrderId) -> Self {
        Self { customer, id }
    }
}

impl Decode for Order {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let customer = object.required("customer");
        let id = object.required("id");
        Some(Self {
            customer: customer?,
            id: id?,
        })
    }
}

impl Encode for Order {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("customer", &self.customer);
        out.field("id", &self.id);
        out.end_map();
    }
}
