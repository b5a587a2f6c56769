// @generated from the contracts in spec/; edits are overwritten.

//! `CheckoutBasket`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, ListRules, Sink, Timestamp, Uuid, Violations};

use super::{
    Address, CardInfo, CheckoutBasketVersion, Email, FirstName, LastName, LineItem,
    PaymentMethod, Total, UserName,
};

/// A customer checked a basket out.
///
/// `checkoutId` and `checkoutTime` are fixed at the first attempt and stay the same however often
/// the event is sent, so a receiver can tell a repetition from a second checkout.
///
/// - **Source** `spec/schemas/checkout.yaml#/CheckoutBasket`
#[derive(Debug, Clone, PartialEq)]
pub struct CheckoutBasket {
    /// The version of this event's contract.
    pub version: CheckoutBasketVersion,
    /// Names the checkout.
    ///
    /// - **Shape** a UUID (RFC 9562)
    pub checkout_id: Uuid,
    /// When the customer first asked for it.
    ///
    /// - **Shape** a date and time (RFC 3339)
    pub checkout_time: Timestamp,
    /// The name under which a customer is known.
    pub user_name: UserName,
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
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl CheckoutBasket {
    /// Creates a value from its required fields.
    #[allow(clippy::too_many_arguments, reason = "the contract requires them")]
    pub fn new(
        checkout_id: Uuid,
        checkout_time: Timestamp,
        user_name: UserName,
        total_price: Total,
        first_name: FirstName,
        last_name: LastName,
        email: Email,
        address: Address,
        payment_method: PaymentMethod,
        items: Vec<LineItem>,
    ) -> Self {
        Self {
            version: CheckoutBasketVersion::VALUE,
            checkout_id,
            checkout_time,
            user_name,
            total_price,
            first_name,
            last_name,
            email,
            address,
            payment_method,
            card_info: Default::default(),
            items,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "version",
    "checkoutId",
    "checkoutTime",
    "userName",
    "totalPrice",
    "firstName",
    "lastName",
    "email",
    "address",
    "paymentMethod",
    "cardInfo",
    "items",
];

impl Decode for CheckoutBasket {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const ITEMS: ListRules = ListRules::new().min_items(1).max_items(100);
        let mut object = at.object(out)?;
        let version = object.required("version");
        let checkout_id = object.required("checkoutId");
        let checkout_time = object.required("checkoutTime");
        let user_name = object.required("userName");
        let total_price = object.required("totalPrice");
        let first_name = object.required("firstName");
        let last_name = object.required("lastName");
        let email = object.required("email");
        let address = object.required("address");
        let payment_method = object.required("paymentMethod");
        let card_info = object.optional("cardInfo");
        let items = object.required_as("items", runtime::list(ITEMS));
        let others = object.others(PROPERTIES);
        Some(Self {
            version: version?,
            checkout_id: checkout_id?,
            checkout_time: checkout_time?,
            user_name: user_name?,
            total_price: total_price?,
            first_name: first_name?,
            last_name: last_name?,
            email: email?,
            address: address?,
            payment_method: payment_method?,
            card_info: card_info?,
            items: items?,
            others: others?,
        })
    }
}

impl Encode for CheckoutBasket {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("version", &self.version);
        out.field("checkoutId", &self.checkout_id);
        out.field("checkoutTime", &self.checkout_time);
        out.field("userName", &self.user_name);
        out.field("totalPrice", &self.total_price);
        out.field("firstName", &self.first_name);
        out.field("lastName", &self.last_name);
        out.field("email", &self.email);
        out.field("address", &self.address);
        out.field("paymentMethod", &self.payment_method);
        out.optional("cardInfo", &self.card_info);
        out.field("items", &self.items);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
