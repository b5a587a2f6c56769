// @generated from the contracts in spec/; edits are overwritten.

//! `Order`, an object in the contracts.

use runtime::{At, Bytes, Decimal, Decode, Encode, Sink, Violations};

use super::{OrderCustomerId, OrderNumber, Status};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order`
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub customer_id: OrderCustomerId,
    pub number: OrderNumber,
    /// An exact decimal number.
    pub total: Decimal,
    pub status: Status,
    /// Bytes in base64 (RFC 4648).
    pub image: Option<Bytes>,
}

impl Order {
    /// Creates a value from its required fields.
    pub fn new(
        customer_id: OrderCustomerId,
        number: OrderNumber,
        total: Decimal,
        status: Status,
    ) -> Self {
        Self {
            customer_id,
            number,
            total,
            status,
            image: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["customerId", "number", "total", "status", "image"];

impl Decode for Order {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let customer_id = object.required("customerId");
        let number = object.required("number");
        let total = object.required("total");
        let status = object.required("status");
        let image = object.optional("image");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            customer_id: customer_id?,
            number: number?,
            total: total?,
            status: status?,
            image: image?,
        })
    }
}

impl Encode for Order {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("customerId", &self.customer_id);
        out.field("number", &self.number);
        out.field("total", &self.total);
        out.field("status", &self.status);
        out.optional("image", &self.image);
        out.end_map();
    }
}
