// @generated from the contracts in spec/; edits are overwritten.

//! `WholeRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, ListRules, Sink, Violations};

use super::{Asked, Closed, Counted, Few, Known, Limit, Pair, Password, Unmarked};

/// - **Read-only** `identity`, `shown`: set by the service, and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Whole`
#[derive(Debug, Clone, PartialEq)]
pub struct WholeRequest {
    pub asked: Option<Asked>,
    pub closed: Option<Closed>,
    pub counted: Option<Counted>,
    pub unmarked: Option<Unmarked>,
    pub password: Password,
    /// - **Default** `20`
    pub limit: Limit,
    pub few: Option<Few>,
    pub pair: Option<Pair>,
    /// An open object that is known.
    pub known: Option<Known>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl WholeRequest {
    /// Creates a value from its required fields.
    pub fn new(password: Password) -> Self {
        Self {
            asked: Default::default(),
            closed: Default::default(),
            counted: Default::default(),
            unmarked: Default::default(),
            password,
            limit: runtime::preset("20"),
            few: Default::default(),
            pair: Default::default(),
            known: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "asked",
    "closed",
    "counted",
    "unmarked",
    "password",
    "limit",
    "few",
    "pair",
    "known",
    "identity",
    "shown",
];

impl Decode for WholeRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let asked = object.optional("asked");
        let closed = object.optional("closed");
        let counted = object.optional("counted");
        let unmarked = object.optional("unmarked");
        let password = object.required("password");
        let limit = object.or("limit", "20");
        let few = object.optional("few");
        let pair = object
            .optional_as("pair", runtime::list(ListRules::new().min_items(2)));
        let known = object.optional("known");
        let others = object.others(PROPERTIES);
        Some(Self {
            asked: asked?,
            closed: closed?,
            counted: counted?,
            unmarked: unmarked?,
            password: password?,
            limit: limit?,
            few: few?,
            pair: pair?,
            known: known?,
            others: others?,
        })
    }
}

impl Encode for WholeRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("asked", &self.asked);
        out.optional("closed", &self.closed);
        out.optional("counted", &self.counted);
        out.optional("unmarked", &self.unmarked);
        out.field("password", &self.password);
        out.field("limit", &self.limit);
        out.optional("few", &self.few);
        out.optional("pair", &self.pair);
        out.optional("known", &self.known);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
