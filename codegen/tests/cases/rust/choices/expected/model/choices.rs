// @generated from the contracts in spec/; edits are overwritten.

//! `Choices`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

use super::{
    ChoicesEither, ChoicesMaybe, ChoicesNumbers, ChoicesOpen, ChoicesWhole, Named, Pet,
};

/// Values of which the schema says which of several kinds they are.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Choices`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choices {
    /// An animal; what no other alternative names is some other one.
    pub pet: Option<Pet>,
    /// Told apart by a property that one of them may be without.
    pub named: Option<Named>,
    pub whole: Option<ChoicesWhole>,
    pub either: Option<ChoicesEither>,
    pub numbers: Option<ChoicesNumbers>,
    pub maybe: Maybe<ChoicesMaybe>,
    pub open: Option<ChoicesOpen>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &[
    "pet",
    "named",
    "whole",
    "either",
    "numbers",
    "maybe",
    "open",
];

impl Decode for Choices {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let pet = object.optional("pet");
        let named = object.optional("named");
        let whole = object.optional("whole");
        let either = object.optional("either");
        let numbers = object.optional("numbers");
        let maybe = object.maybe("maybe");
        let open = object.optional("open");
        let others = object.others(PROPERTIES);
        Some(Self {
            pet: pet?,
            named: named?,
            whole: whole?,
            either: either?,
            numbers: numbers?,
            maybe: maybe?,
            open: open?,
            others: others?,
        })
    }
}

impl Encode for Choices {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("pet", &self.pet);
        out.optional("named", &self.named);
        out.optional("whole", &self.whole);
        out.optional("either", &self.either);
        out.optional("numbers", &self.numbers);
        out.maybe("maybe", &self.maybe);
        out.optional("open", &self.open);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
