// @generated from the contracts in spec/; edits are overwritten.

//! `Order`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, ListRules, Sink, Timestamp, Uuid, Violations};

use super::{
    Address, CardInfo, Email, FirstName, LastName, LineItem, OrderDate, PaymentMethod,
    Total, UserName,
};

/// What a customer bought.
///
/// - **Source** `spec/ordering/openapi.yaml#/components/schemas/Order`
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The name under which a customer is known.
    pub user_name: UserName,
    /// When the checkout happened that became the order; two orders of one customer never have the
    /// same.
    pub order_date: OrderDate,
    /// The checkout that became this order.
    ///
    /// - **Shape** a UUID (RFC 9562)
    pub checkout_id: Uuid,
    /// A sum of money in the shop's currency, exact to the cent.
    pub total_price: Total,
    pub first_name: FirstName,
    pub last_name: LastName,
    pub email: Email,
    pub address: Address,
    /// How the customer pays.
    pub payment_method: PaymentMethod,
    /// A token of the card, never its number.
    pub card_info: Option<CardInfo>,
    /// An array of 1 to 100 items; each item is `LineItem`.
    pub items: Vec<LineItem>,
    /// When the order was stored.
    ///
    /// - **Shape** a date and time (RFC 3339)
    pub placed_at: Timestamp,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Order {
    /// Creates a value from its required fields.
    #[allow(clippy::too_many_arguments, reason = "the contract requires them")]
    pub fn new(
        user_name: UserName,
        order_date: OrderDate,
        checkout_id: Uuid,
        total_price: Total,
        first_name: FirstName,
        last_name: LastName,
        email: Email,
        address: Address,
        payment_method: PaymentMethod,
        items: Vec<LineItem>,
        placed_at: Timestamp,
    ) -> Self {
        Self {
            user_name,
            order_date,
            checkout_id,
            total_price,
            first_name,
            last_name,
            email,
            address,
            payment_method,
            card_info: Default::default(),
            items,
            placed_at,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "userName",
    "orderDate",
    "checkoutId",
    "totalPrice",
    "firstName",
    "lastName",
    "email",
    "address",
    "paymentMethod",
    "cardInfo",
    "items",
    "placedAt",
];

impl Decode for Order {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const ITEMS: ListRules = ListRules::new().min_items(1).max_items(100);
        let mut object = at.object(out)?;
        let user_name = object.required("userName");
        let order_date = object.required("orderDate");
        let checkout_id = object.required("checkoutId");
        let total_price = object.required("totalPrice");
        let first_name = object.required("firstName");
        let last_name = object.required("lastName");
        let email = object.required("email");
        let address = object.required("address");
        let payment_method = object.required("paymentMethod");
        let card_info = object.optional("cardInfo");
        let items = object.required_as("items", runtime::list(ITEMS));
        let placed_at = object.required("placedAt");
        let others = object.others(PROPERTIES);
        Some(Self {
            user_name: user_name?,
            order_date: order_date?,
            checkout_id: checkout_id?,
            total_price: total_price?,
            first_name: first_name?,
            last_name: last_name?,
            email: email?,
            address: address?,
            payment_method: payment_method?,
            card_info: card_info?,
            items: items?,
            placed_at: placed_at?,
            others: others?,
        })
    }
}

impl Encode for Order {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("userName", &self.user_name);
        out.field("orderDate", &self.order_date);
        out.field("checkoutId", &self.checkout_id);
        out.field("totalPrice", &self.total_price);
        out.field("firstName", &self.first_name);
        out.field("lastName", &self.last_name);
        out.field("email", &self.email);
        out.field("address", &self.address);
        out.field("paymentMethod", &self.payment_method);
        out.optional("cardInfo", &self.card_info);
        out.field("items", &self.items);
        out.field("placedAt", &self.placed_at);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
