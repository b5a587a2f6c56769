// @generated from the contracts in spec/; edits are overwritten.

//! `Customer`, an object in the contracts.

use runtime::{At, Bytes, Decode, Encode, ListRules, Sink, Violations};

use super::{CustomerFullName, CustomerId, Tags};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Customer`
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    pub id: CustomerId,
    pub full_name: CustomerFullName,
    pub tags: Tags,
    /// An array; each item is a 32-bit integer, without duplicates.
    pub sizes: Option<Vec<i32>>,
    /// An array; each item is bytes in base64 (RFC 4648), without duplicates.
    pub keys: Option<Vec<Bytes>>,
    /// A 64-bit integer.
    pub forget_at: Option<i64>,
}

impl Customer {
    /// Creates a value from its required fields.
    pub fn new(id: CustomerId, full_name: CustomerFullName, tags: Tags) -> Self {
        Self {
            id,
            full_name,
            tags,
            sizes: Default::default(),
            keys: Default::default(),
            forget_at: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["id", "fullName", "tags", "sizes", "keys", "forgetAt"];

impl Decode for Customer {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const SIZES: ListRules = ListRules::new().unique_items();
        const KEYS: ListRules = ListRules::new().unique_items();
        let mut object = at.object(out)?;
        let id = object.required("id");
        let full_name = object.required("fullName");
        let tags = object
            .required_as(
                "tags",
                runtime::list(ListRules::new().max_items(10).unique_items()),
            );
        let sizes = object.optional_as("sizes", runtime::list(SIZES));
        let keys = object.optional_as("keys", runtime::list(KEYS));
        let forget_at = object.optional("forgetAt");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            id: id?,
            full_name: full_name?,
            tags: tags?,
            sizes: sizes?,
            keys: keys?,
            forget_at: forget_at?,
        })
    }
}

impl Encode for Customer {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.field("fullName", &self.full_name);
        out.field("tags", &self.tags);
        out.optional("sizes", &self.sizes);
        out.optional("keys", &self.keys);
        out.optional("forgetAt", &self.forget_at);
        out.end_map();
    }
}
