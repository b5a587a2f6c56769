// @generated from the contracts in spec/; edits are overwritten.

//! `PatchCustomerBody`, an object in the contracts.

use runtime::{At, Decode, Encode, ListRules, Maybe, Sink, Violations};

use super::{PatchCustomerBodyFullName, PatchCustomerBodySizes, Tags};

/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{id}/patch/requestBody/content/application~1merge-patch+json/schema`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PatchCustomerBody {
    pub full_name: Option<PatchCustomerBodyFullName>,
    pub tags: Option<Tags>,
    pub sizes: Maybe<PatchCustomerBodySizes>,
}

const PROPERTIES: &[&str] = &["fullName", "tags", "sizes"];

impl Decode for PatchCustomerBody {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let full_name = object.optional("fullName");
        let tags = object
            .optional_as(
                "tags",
                runtime::list(ListRules::new().max_items(10).unique_items()),
            );
        let sizes = object
            .maybe_as("sizes", runtime::list(ListRules::new().unique_items()));
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            full_name: full_name?,
            tags: tags?,
            sizes: sizes?,
        })
    }
}

impl Encode for PatchCustomerBody {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("fullName", &self.full_name);
        out.optional("tags", &self.tags);
        out.maybe("sizes", &self.sizes);
        out.end_map();
    }
}
