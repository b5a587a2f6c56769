// @generated from the contracts in spec/; edits are overwritten.

//! `Customer`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{CustomerFullName, CustomerId};

/// A customer, in a table that others made, with other things in it.
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Customer`
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    pub id: CustomerId,
    pub full_name: Option<CustomerFullName>,
}

impl Customer {
    /// Creates a value from its required fields.
    pub fn new(id: CustomerId) -> Self {
        Self {
            id,
            full_name: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["id", "fullName"];

impl Decode for Customer {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let full_name = object.optional("fullName");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            id: id?,
            full_name: full_name?,
        })
    }
}

impl Encode for Customer {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.optional("fullName", &self.full_name);
        out.end_map();
    }
}
