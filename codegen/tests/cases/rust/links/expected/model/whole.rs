// @generated from the contracts in spec/; edits are overwritten.

//! `Whole`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, ListRules, Sink, Violations};

use super::{Asked, Closed, Counted, Few, Identity, Known, Limit, Pair, Shown, Unmarked};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Whole`
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    pub asked: Option<Asked>,
    pub closed: Option<Closed>,
    pub counted: Option<Counted>,
    pub unmarked: Option<Unmarked>,
    /// - **Default** `20`
    pub limit: Limit,
    pub identity: Identity,
    pub few: Option<Few>,
    pub pair: Option<Pair>,
    /// What is shown.
    pub shown: Shown,
    /// An open object that is known.
    pub known: Option<Known>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Whole {
    /// Creates a value from its required fields.
    pub fn new(identity: Identity, shown: Shown) -> Self {
        Self {
            asked: Default::default(),
            closed: Default::default(),
            counted: Default::default(),
            unmarked: Default::default(),
            limit: runtime::preset("20"),
            identity,
            few: Default::default(),
            pair: Default::default(),
            shown,
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
    "limit",
    "identity",
    "few",
    "pair",
    "shown",
    "known",
];

impl Decode for Whole {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let asked = object.optional("asked");
        let closed = object.optional("closed");
        let counted = object.optional("counted");
        let unmarked = object.optional("unmarked");
        let limit = object.or("limit", "20");
        let identity = object.required("identity");
        let few = object.optional("few");
        let pair = object
            .optional_as("pair", runtime::list(ListRules::new().min_items(2)));
        let shown = object.required("shown");
        let known = object.optional("known");
        let others = object.others(PROPERTIES);
        Some(Self {
            asked: asked?,
            closed: closed?,
            counted: counted?,
            unmarked: unmarked?,
            limit: limit?,
            identity: identity?,
            few: few?,
            pair: pair?,
            shown: shown?,
            known: known?,
            others: others?,
        })
    }
}

impl Encode for Whole {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("asked", &self.asked);
        out.optional("closed", &self.closed);
        out.optional("counted", &self.counted);
        out.optional("unmarked", &self.unmarked);
        out.field("limit", &self.limit);
        out.field("identity", &self.identity);
        out.optional("few", &self.few);
        out.optional("pair", &self.pair);
        out.field("shown", &self.shown);
        out.optional("known", &self.known);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
