// @generated from the contracts in spec/; edits are overwritten.

//! `CheckoutReceipt`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Timestamp, Uuid, Violations};

use super::{Total, UserName};

/// What became of a checkout.
///
/// - **Source** `spec/basket/openapi.yaml#/components/schemas/CheckoutReceipt`
#[derive(Debug, Clone, PartialEq)]
pub struct CheckoutReceipt {
    /// Names the checkout, and the order that it becomes.
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
}

impl CheckoutReceipt {
    /// Creates a value from its required fields.
    pub fn new(
        checkout_id: Uuid,
        checkout_time: Timestamp,
        user_name: UserName,
        total_price: Total,
    ) -> Self {
        Self {
            checkout_id,
            checkout_time,
            user_name,
            total_price,
        }
    }
}

const PROPERTIES: &[&str] = &["checkoutId", "checkoutTime", "userName", "totalPrice"];

impl Decode for CheckoutReceipt {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let checkout_id = object.required("checkoutId");
        let checkout_time = object.required("checkoutTime");
        let user_name = object.required("userName");
        let total_price = object.required("totalPrice");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            checkout_id: checkout_id?,
            checkout_time: checkout_time?,
            user_name: user_name?,
            total_price: total_price?,
        })
    }
}

impl Encode for CheckoutReceipt {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("checkoutId", &self.checkout_id);
        out.field("checkoutTime", &self.checkout_time);
        out.field("userName", &self.user_name);
        out.field("totalPrice", &self.total_price);
        out.end_map();
    }
}
