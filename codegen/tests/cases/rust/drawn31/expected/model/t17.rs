// @generated from the contracts in spec/; edits are overwritten.

//! `T17`, an object in the contracts.

use runtime::{At, Decode, Encode, ListRules, Maybe, Sink, Violations};

use super::{SCHEMAS, T17A, T17B};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T17`
#[derive(Debug, Clone, PartialEq)]
pub struct T17 {
    pub a: Option<T17A>,
    pub b: Maybe<T17B>,
    /// A string, or `null`.
    pub c: Maybe<String>,
}

impl T17 {
    /// Creates a value from its required fields.
    pub fn new(a: Option<T17A>) -> Self {
        Self {
            a,
            b: Default::default(),
            c: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["a", "b", "c"];

impl Decode for T17 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T17", at, out)?;
        let mut object = at.object(out)?;
        let a = object
            .required_as(
                "a",
                runtime::nullable(runtime::checked(&SCHEMAS, "T17A", Decode::decode)),
            );
        let b = object
            .maybe_as(
                "b",
                runtime::checked(
                    &SCHEMAS,
                    "T17B",
                    runtime::list(ListRules::new().max_items(1).unique_items()),
                ),
            );
        let c = object.maybe("c");
        object.refuse_others(PROPERTIES);
        object.bound(Some(2), None);
        object.end()?;
        Some(Self { a: a?, b: b?, c: c? })
    }
}

impl Encode for T17 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("a", &self.a);
        out.maybe("b", &self.b);
        out.maybe("c", &self.c);
        out.end_map();
    }
}
