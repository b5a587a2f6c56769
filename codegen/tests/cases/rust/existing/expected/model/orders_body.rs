// @generated from the contracts in spec/; edits are overwritten.

//! `OrdersBody`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::Order;

/// - **Source**
///   `spec/shop/openapi.yaml#/components/responses/Orders/content/application~1json/schema`
#[derive(Debug, Clone, PartialEq)]
pub struct OrdersBody {
    /// An array; each item is `Order`.
    pub orders: Vec<Order>,
    /// A string.
    pub next: Option<String>,
}

impl OrdersBody {
    /// Creates a value from its required fields.
    pub fn new(orders: Vec<Order>) -> Self {
        Self {
            orders,
            next: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["orders", "next"];

impl Decode for OrdersBody {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let orders = object.required("orders");
        let next = object.optional("next");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            orders: orders?,
            next: next?,
        })
    }
}

impl Encode for OrdersBody {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("orders", &self.orders);
        out.optional("next", &self.next);
        out.end_map();
    }
}
