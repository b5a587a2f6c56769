// @generated from the contracts in spec/; edits are overwritten.

//! `Built`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{BuiltOwn, BuiltPlaced, Fixed4, Letter, Other, Word4};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Built`
#[derive(Debug, Clone, PartialEq)]
pub struct Built {
    /// Set by the service.
    pub placed: BuiltPlaced,
    pub named: Fixed4,
    pub wrapped: Fixed4,
    /// - **Default** `"a"`
    pub word: Word4,
    /// - **Default** `"a"`
    pub letter: Letter,
    /// - **Default** `"b"`
    pub other: Other,
    /// Its own default.
    ///
    /// - **Default** `"c"`
    pub own: BuiltOwn,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Built {
    /// Creates a value from its required fields.
    pub fn new(placed: BuiltPlaced, named: Fixed4, wrapped: Fixed4) -> Self {
        Self {
            placed,
            named,
            wrapped,
            word: runtime::preset("\"a\""),
            letter: runtime::preset("\"a\""),
            other: runtime::preset("\"b\""),
            own: runtime::preset("\"c\""),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "placed",
    "named",
    "wrapped",
    "word",
    "letter",
    "other",
    "own",
];

impl Decode for Built {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let placed = object.required("placed");
        let named = object.required("named");
        let wrapped = object.required("wrapped");
        let word = object.or("word", "\"a\"");
        let letter = object.or("letter", "\"a\"");
        let other = object.or("other", "\"b\"");
        let own = object.or("own", "\"c\"");
        let others = object.others(PROPERTIES);
        Some(Self {
            placed: placed?,
            named: named?,
            wrapped: wrapped?,
            word: word?,
            letter: letter?,
            other: other?,
            own: own?,
            others: others?,
        })
    }
}

impl Encode for Built {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("placed", &self.placed);
        out.field("named", &self.named);
        out.field("wrapped", &self.wrapped);
        out.field("word", &self.word);
        out.field("letter", &self.letter);
        out.field("other", &self.other);
        out.field("own", &self.own);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
