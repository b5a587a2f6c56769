// @generated from the contracts in spec/; edits are overwritten.

//! `OrderPlaced`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, ListRules, Sink, Uuid, Violations};

use super::{LineItem, OrderDate, OrderPlacedVersion, Total};

/// A checkout became an order.
///
/// However often the event is sent, it says the same of the same `checkoutId`, so a receiver can
/// tell a repetition from a second order. It says nothing of who and where the customer is.
///
/// - **Source** `spec/schemas/order.yaml#/OrderPlaced`
#[derive(Debug, Clone, PartialEq)]
pub struct OrderPlaced {
    /// The version of this event's contract.
    pub version: OrderPlacedVersion,
    /// The checkout that became the order.
    ///
    /// - **Shape** a UUID (RFC 9562)
    pub checkout_id: Uuid,
    /// When the checkout happened that became the order; two orders of one customer never have the
    /// same.
    pub order_date: OrderDate,
    /// A sum of money in the shop's currency, exact to the cent.
    pub total_price: Total,
    /// An array of 1 to 100 items; each item is `LineItem`.
    pub items: Vec<LineItem>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl OrderPlaced {
    /// Creates a value from its required fields.
    pub fn new(
        checkout_id: Uuid,
        order_date: OrderDate,
        total_price: Total,
        items: Vec<LineItem>,
    ) -> Self {
        Self {
            version: OrderPlacedVersion::VALUE,
            checkout_id,
            order_date,
            total_price,
            items,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "version",
    "checkoutId",
    "orderDate",
    "totalPrice",
    "items",
];

impl Decode for OrderPlaced {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const ITEMS: ListRules = ListRules::new().min_items(1).max_items(100);
        let mut object = at.object(out)?;
        let version = object.required("version");
        let checkout_id = object.required("checkoutId");
        let order_date = object.required("orderDate");
        let total_price = object.required("totalPrice");
        let items = object.required_as("items", runtime::list(ITEMS));
        let others = object.others(PROPERTIES);
        Some(Self {
            version: version?,
            checkout_id: checkout_id?,
            order_date: order_date?,
            total_price: total_price?,
            items: items?,
            others: others?,
        })
    }
}

impl Encode for OrderPlaced {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("version", &self.version);
        out.field("checkoutId", &self.checkout_id);
        out.field("orderDate", &self.order_date);
        out.field("totalPrice", &self.total_price);
        out.field("items", &self.items);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
