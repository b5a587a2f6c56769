// @generated from the contracts in spec/; edits are overwritten.

//! `BasketRequest`, an object in the contracts.

use runtime::{At, Decode, Encode, ListRules, Sink, Violations};

use super::{LineItem, UserName};

/// What a customer means to buy.
///
/// - **Read-only** `checkout`: set by the service, and ignored in requests
/// - **Source** `spec/basket/openapi.yaml#/components/schemas/Basket`
#[derive(Debug, Clone, PartialEq)]
pub struct BasketRequest {
    /// The name under which a customer is known.
    pub user_name: UserName,
    /// An array of at most 100 items; each item is `LineItem`.
    pub items: Vec<LineItem>,
}

impl BasketRequest {
    /// Creates a value from its required fields.
    pub fn new(user_name: UserName, items: Vec<LineItem>) -> Self {
        Self { user_name, items }
    }
}

const PROPERTIES: &[&str] = &["userName", "items", "checkout"];

impl Decode for BasketRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const ITEMS: ListRules = ListRules::new().max_items(100);
        let mut object = at.object(out)?;
        let user_name = object.required("userName");
        let items = object.required_as("items", runtime::list(ITEMS));
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            user_name: user_name?,
            items: items?,
        })
    }
}

impl Encode for BasketRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("userName", &self.user_name);
        out.field("items", &self.items);
        out.end_map();
    }
}
