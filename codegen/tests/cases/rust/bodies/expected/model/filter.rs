// @generated from the contracts in spec/; edits are overwritten.

//! `Filter`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::FilterPrice;

/// `Filter`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Filter`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// `open`
    ///
    /// - **Shape** `true` or `false`
    pub open: Option<bool>,
    /// `price`
    pub price: Option<FilterPrice>,
    /// `tags`
    ///
    /// - **Shape** an array, each a string
    pub tags: Option<Vec<String>>,
}

impl Decode for Filter {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let open = object.optional("open");
        let price = object.optional("price");
        let tags = object.optional("tags");
        Some(Self {
            open: open?,
            price: price?,
            tags: tags?,
        })
    }
}

impl Encode for Filter {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("open", &self.open);
        out.optional("price", &self.price);
        out.optional("tags", &self.tags);
        out.end_map();
    }
}
