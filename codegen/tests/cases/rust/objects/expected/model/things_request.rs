// @generated from the contracts in spec/; edits are overwritten.

//! `ThingsRequest`, an object in the contracts.

use runtime::{At, Decode, Encode, ListRules, Maybe, Sink, Violations};

use super::{Nothing, Open, Place};

/// Every way in which a property may be there.
///
/// - **Read-only** `made`: set by the service, and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things`
#[derive(Debug, Clone, PartialEq)]
pub struct ThingsRequest {
    /// A string.
    pub always: String,
    /// A string, or `null`.
    pub always_or_null: Option<String>,
    /// A string.
    pub sometimes: Option<String>,
    /// An integer of at most 38 digits, or `null`.
    pub sometimes_or_null: Maybe<i128>,
    /// A 32-bit integer.
    ///
    /// - **Default** `25`
    pub otherwise: i32,
    /// A string, or `null`.
    ///
    /// - **Default** `null`
    pub otherwise_null: Option<String>,
    /// An array of at most 3 items; each item is a string.
    ///
    /// - **Default** `["a"]`
    pub tags: Vec<String>,
    pub place: Option<Place>,
    /// Keeps properties that the contract does not name.
    pub open: Option<Open>,
    pub nothing: Option<Nothing>,
}

impl ThingsRequest {
    /// Creates a value from its required fields.
    pub fn new(always: String, always_or_null: Option<String>) -> Self {
        Self {
            always,
            always_or_null,
            sometimes: Default::default(),
            sometimes_or_null: Default::default(),
            otherwise: runtime::preset("25"),
            otherwise_null: runtime::preset("null"),
            tags: runtime::preset_as(
                "[\"a\"]",
                runtime::list(ListRules::new().max_items(3)),
            ),
            place: Default::default(),
            open: Default::default(),
            nothing: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "always",
    "alwaysOrNull",
    "sometimes",
    "sometimesOrNull",
    "otherwise",
    "otherwiseNull",
    "tags",
    "place",
    "open",
    "nothing",
    "made",
];

impl Decode for ThingsRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const TAGS: ListRules = ListRules::new().max_items(3);
        let mut object = at.object(out)?;
        let always = object.required("always");
        let always_or_null = object.required("alwaysOrNull");
        let sometimes = object.optional("sometimes");
        let sometimes_or_null = object.maybe("sometimesOrNull");
        let otherwise = object.or("otherwise", "25");
        let otherwise_null = object.or("otherwiseNull", "null");
        let tags = object.or_as("tags", "[\"a\"]", runtime::list(TAGS));
        let place = object.optional("place");
        let open = object.optional("open");
        let nothing = object.optional("nothing");
        object.refuse_others(PROPERTIES);
        object.bound_but(&["made"], Some(1), None);
        object.end()?;
        Some(Self {
            always: always?,
            always_or_null: always_or_null?,
            sometimes: sometimes?,
            sometimes_or_null: sometimes_or_null?,
            otherwise: otherwise?,
            otherwise_null: otherwise_null?,
            tags: tags?,
            place: place?,
            open: open?,
            nothing: nothing?,
        })
    }
}

impl Encode for ThingsRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("always", &self.always);
        out.field("alwaysOrNull", &self.always_or_null);
        out.optional("sometimes", &self.sometimes);
        out.maybe("sometimesOrNull", &self.sometimes_or_null);
        out.field("otherwise", &self.otherwise);
        out.field("otherwiseNull", &self.otherwise_null);
        out.field("tags", &self.tags);
        out.optional("place", &self.place);
        out.optional("open", &self.open);
        out.optional("nothing", &self.nothing);
        out.end_map();
    }
}
