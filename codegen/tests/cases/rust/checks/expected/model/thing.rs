// @generated from the contracts in spec/; edits are overwritten.

//! `Thing`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, ListRules, Maybe, Sink, Uuid, Violations};

use super::{
    Both, Card, Nest, Parcel, Pet, SCHEMAS, ThingAmount, ThingApart, ThingCode, ThingDue,
    ThingExact, ThingFixed, ThingLabels, ThingLoose, ThingMixed, ThingName, ThingNever,
    ThingNothing, ThingPair, ThingSecret, ThingShort, ThingSome, ThingSomething,
    ThingStamp, ThingUnlike, Tree, Untyped,
};

/// One of each kind of check.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Thing {
    /// A name.
    pub name: Option<ThingName>,
    pub code: Option<ThingCode>,
    pub labels: Option<ThingLabels>,
    pub short: Option<ThingShort>,
    pub pair: Option<ThingPair>,
    pub some: Option<ThingSome>,
    pub nothing: Maybe<ThingNothing>,
    pub something: Option<ThingSomething>,
    pub apart: Option<ThingApart>,
    pub fixed: Option<ThingFixed>,
    pub mixed: Maybe<ThingMixed>,
    pub exact: Option<ThingExact>,
    pub unlike: Option<ThingUnlike>,
    pub amount: Option<ThingAmount>,
    pub loose: Maybe<ThingLoose>,
    /// Nothing but itself.
    pub nest: Option<Nest>,
    pub stamp: Option<ThingStamp>,
    /// Rules between properties.
    pub card: Option<Card>,
    /// A base that tells its children apart.
    pub pet: Option<Pet>,
    /// All parts are known.
    pub parcel: Option<Parcel>,
    /// No type.
    pub open: Maybe<Untyped>,
    pub due: Maybe<ThingDue>,
    pub secret: Option<ThingSecret>,
    /// Alternatives within alternatives.
    pub tree: Option<Tree>,
    /// Each part judges for itself.
    pub both: Option<Both>,
    pub never: Option<ThingNever>,
    /// An array; each item is a UUID (RFC 9562), without duplicates.
    pub numbers: Option<Vec<Uuid>>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &[
    "name",
    "code",
    "labels",
    "short",
    "pair",
    "some",
    "nothing",
    "something",
    "apart",
    "fixed",
    "mixed",
    "exact",
    "unlike",
    "amount",
    "loose",
    "nest",
    "stamp",
    "card",
    "pet",
    "parcel",
    "open",
    "due",
    "secret",
    "tree",
    "both",
    "never",
    "numbers",
];

impl Decode for Thing {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const NUMBERS: ListRules = ListRules::new().unique_items();
        let mut object = at.object(out)?;
        let name = object
            .optional_as(
                "name",
                runtime::checked(&SCHEMAS, "ThingName", Decode::decode),
            );
        let code = object.optional("code");
        let labels = object
            .optional_as(
                "labels",
                runtime::checked(&SCHEMAS, "ThingLabels", Decode::decode),
            );
        let short = object
            .optional_as(
                "short",
                runtime::checked(&SCHEMAS, "ThingShort", Decode::decode),
            );
        let pair = object
            .optional_as(
                "pair",
                runtime::checked(
                    &SCHEMAS,
                    "ThingPair",
                    runtime::list(ListRules::new().max_items(2)),
                ),
            );
        let some = object
            .optional_as(
                "some",
                runtime::checked(&SCHEMAS, "ThingSome", Decode::decode),
            );
        let nothing = object
            .maybe_as(
                "nothing",
                runtime::checked(&SCHEMAS, "ThingNothing", Decode::decode),
            );
        let something = object
            .optional_as(
                "something",
                runtime::checked(&SCHEMAS, "ThingSomething", Decode::decode),
            );
        let apart = object.optional("apart");
        let fixed = object
            .optional_as(
                "fixed",
                runtime::checked(&SCHEMAS, "ThingFixed", Decode::decode),
            );
        let mixed = object
            .maybe_as("mixed", runtime::checked(&SCHEMAS, "ThingMixed", Decode::decode));
        let exact = object
            .optional_as(
                "exact",
                runtime::checked(&SCHEMAS, "ThingExact", Decode::decode),
            );
        let unlike = object
            .optional_as(
                "unlike",
                runtime::checked(&SCHEMAS, "ThingUnlike", Decode::decode),
            );
        let amount = object
            .optional_as(
                "amount",
                runtime::checked(&SCHEMAS, "ThingAmount", Decode::decode),
            );
        let loose = object
            .maybe_as("loose", runtime::checked(&SCHEMAS, "ThingLoose", Decode::decode));
        let nest = object
            .optional_as("nest", runtime::checked(&SCHEMAS, "Nest", Decode::decode));
        let stamp = object
            .optional_as(
                "stamp",
                runtime::checked(&SCHEMAS, "ThingStamp", Decode::decode),
            );
        let card = object.optional("card");
        let pet = object.optional("pet");
        let parcel = object.optional("parcel");
        let open = object.maybe("open");
        let due = object.maybe("due");
        let secret = object
            .optional_as(
                "secret",
                runtime::secret(
                    runtime::checked(&SCHEMAS, "ThingSecret", Decode::decode),
                ),
            );
        let tree = object.optional("tree");
        let both = object.optional("both");
        let never = object
            .optional_as(
                "never",
                runtime::checked(&SCHEMAS, "ThingNever", Decode::decode),
            );
        let numbers = object.optional_as("numbers", runtime::list(NUMBERS));
        let others = object.others(PROPERTIES);
        Some(Self {
            name: name?,
            code: code?,
            labels: labels?,
            short: short?,
            pair: pair?,
            some: some?,
            nothing: nothing?,
            something: something?,
            apart: apart?,
            fixed: fixed?,
            mixed: mixed?,
            exact: exact?,
            unlike: unlike?,
            amount: amount?,
            loose: loose?,
            nest: nest?,
            stamp: stamp?,
            card: card?,
            pet: pet?,
            parcel: parcel?,
            open: open?,
            due: due?,
            secret: secret?,
            tree: tree?,
            both: both?,
            never: never?,
            numbers: numbers?,
            others: others?,
        })
    }
}

impl Encode for Thing {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("name", &self.name);
        out.optional("code", &self.code);
        out.optional("labels", &self.labels);
        out.optional("short", &self.short);
        out.optional("pair", &self.pair);
        out.optional("some", &self.some);
        out.maybe("nothing", &self.nothing);
        out.optional("something", &self.something);
        out.optional("apart", &self.apart);
        out.optional("fixed", &self.fixed);
        out.maybe("mixed", &self.mixed);
        out.optional("exact", &self.exact);
        out.optional("unlike", &self.unlike);
        out.optional("amount", &self.amount);
        out.maybe("loose", &self.loose);
        out.optional("nest", &self.nest);
        out.optional("stamp", &self.stamp);
        out.optional("card", &self.card);
        out.optional("pet", &self.pet);
        out.optional("parcel", &self.parcel);
        out.maybe("open", &self.open);
        out.maybe("due", &self.due);
        out.optional("secret", &self.secret);
        out.optional("tree", &self.tree);
        out.optional("both", &self.both);
        out.optional("never", &self.never);
        out.optional("numbers", &self.numbers);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
