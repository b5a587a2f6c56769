// @generated from the contracts in spec/; edits are overwritten.

//! `Checkout`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Address, CardInfo, Email, FirstName, LastName, PaymentMethod, UserName};

/// Who checks out, and how they pay.
///
/// - **Source** `spec/basket/openapi.yaml#/components/schemas/Checkout`
#[derive(Debug, Clone, PartialEq)]
pub struct Checkout {
    /// The name under which a customer is known.
    pub user_name: UserName,
    pub first_name: FirstName,
    pub last_name: LastName,
    pub email: Email,
    pub address: Address,
    /// How the customer pays.
    pub payment_method: PaymentMethod,
    /// A token of the card, never its number.
    pub card_info: Option<CardInfo>,
}

impl Checkout {
    /// Creates a value from its required fields.
    pub fn new(
        user_name: UserName,
        first_name: FirstName,
        last_name: LastName,
        email: Email,
        address: Address,
        payment_method: PaymentMethod,
    ) -> Self {
        Self {
            user_name,
            first_name,
            last_name,
            email,
            address,
            payment_method,
            card_info: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "userName",
    "firstName",
    "lastName",
    "email",
    "address",
    "paymentMethod",
    "cardInfo",
];

impl Decode for Checkout {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let user_name = object.required("userName");
        let first_name = object.required("firstName");
        let last_name = object.required("lastName");
        let email = object.required("email");
        let address = object.required("address");
        let payment_method = object.required("paymentMethod");
        let card_info = object.optional("cardInfo");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            user_name: user_name?,
            first_name: first_name?,
            last_name: last_name?,
            email: email?,
            address: address?,
            payment_method: payment_method?,
            card_info: card_info?,
        })
    }
}

impl Encode for Checkout {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("userName", &self.user_name);
        out.field("firstName", &self.first_name);
        out.field("lastName", &self.last_name);
        out.field("email", &self.email);
        out.field("address", &self.address);
        out.field("paymentMethod", &self.payment_method);
        out.optional("cardInfo", &self.card_info);
        out.end_map();
    }
}
