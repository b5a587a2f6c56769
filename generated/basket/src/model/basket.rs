// @generated from the contracts in spec/; edits are overwritten.

//! `Basket`, an object in the contracts.

use runtime::{At, Decode, Encode, ListRules, Sink, Violations};

use super::{LineItem, PendingCheckout, UserName};

/// What a customer means to buy.
///
/// - **Source** `spec/basket/openapi.yaml#/components/schemas/Basket`
#[derive(Debug, Clone, PartialEq)]
pub struct Basket {
    /// The name under which a customer is known.
    pub user_name: UserName,
    /// An array of at most 100 items; each item is `LineItem`.
    pub items: Vec<LineItem>,
    /// A checkout of the basket that began and was not finished.
    pub checkout: Option<PendingCheckout>,
}

impl Basket {
    /// Creates a value from its required fields.
    pub fn new(user_name: UserName, items: Vec<LineItem>) -> Self {
        Self {
            user_name,
            items,
            checkout: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["userName", "items", "checkout"];

impl Decode for Basket {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const ITEMS: ListRules = ListRules::new().max_items(100);
        let mut object = at.object(out)?;
        let user_name = object.required("userName");
        let items = object.required_as("items", runtime::list(ITEMS));
        let checkout = object.optional("checkout");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            user_name: user_name?,
            items: items?,
            checkout: checkout?,
        })
    }
}

impl Encode for Basket {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("userName", &self.user_name);
        out.field("items", &self.items);
        out.optional("checkout", &self.checkout);
        out.end_map();
    }
}
