// @generated from the contracts in spec/; edits are overwritten.

//! `BuiltRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{BuiltOwn, Letter, Other, Word4};

/// - **Read-only** `placed`, `named`, `wrapped`: set by the service, and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Built`
#[derive(Debug, Clone, PartialEq)]
pub struct BuiltRequest {
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

impl Default for BuiltRequest {
    fn default() -> Self {
        Self {
            word: runtime::preset("\"a\""),
            letter: runtime::preset("\"a\""),
            other: runtime::preset("\"b\""),
            own: runtime::preset("\"c\""),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "word",
    "letter",
    "other",
    "own",
    "placed",
    "named",
    "wrapped",
];

impl Decode for BuiltRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let word = object.or("word", "\"a\"");
        let letter = object.or("letter", "\"a\"");
        let other = object.or("other", "\"b\"");
        let own = object.or("own", "\"c\"");
        let others = object.others(PROPERTIES);
        Some(Self {
            word: word?,
            letter: letter?,
            other: other?,
            own: own?,
            others: others?,
        })
    }
}

impl Encode for BuiltRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("word", &self.word);
        out.field("letter", &self.letter);
        out.field("other", &self.other);
        out.field("own", &self.own);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
