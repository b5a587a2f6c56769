// @generated from the contracts in spec/; edits are overwritten.

//! `Things`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Date, Decode, Encode, Json, ListRules, Sensitive, Sink, Violations};

use super::{
    Animal, Cat, Contact, Either, Mood, Person, SCHEMAS, ThingsAnswers, ThingsEmail,
    ThingsPair, ThingsPin,
};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things`
#[derive(Debug, Clone, PartialEq)]
pub struct Things {
    pub email: ThingsEmail,
    pub pin: ThingsPin,
    /// A string.
    pub note: Sensitive<String>,
    /// An array of at most 2 items; each item is a string.
    pub secrets: Sensitive<Vec<String>>,
    pub mood: Option<Mood>,
    /// A date (RFC 3339).
    pub born: Option<Sensitive<Date>>,
    pub person: Person,
    pub contact: Option<Contact>,
    pub answers: Option<ThingsAnswers>,
    pub pair: Option<ThingsPair>,
    pub animal: Option<Animal>,
    pub either: Option<Either>,
    /// Shown, though the base has what other animals add.
    pub cat: Option<Cat>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Things {
    /// Creates a value from its required fields.
    pub fn new(
        email: ThingsEmail,
        pin: ThingsPin,
        note: Sensitive<String>,
        secrets: Sensitive<Vec<String>>,
        person: Person,
    ) -> Self {
        Self {
            email,
            pin,
            note,
            secrets,
            mood: Default::default(),
            born: Default::default(),
            person,
            contact: Default::default(),
            answers: Default::default(),
            pair: Default::default(),
            animal: Default::default(),
            either: Default::default(),
            cat: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "email",
    "pin",
    "note",
    "secrets",
    "mood",
    "born",
    "person",
    "contact",
    "answers",
    "pair",
    "animal",
    "either",
    "cat",
];

impl Decode for Things {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const SECRETS: ListRules = ListRules::new().max_items(2);
        let mut object = at.object(out)?;
        let email = object.required("email");
        let pin = object.required("pin");
        let note = object.required("note");
        let secrets = object
            .required_as("secrets", runtime::secret(runtime::list(SECRETS)));
        let mood = object.optional("mood");
        let born = object.optional("born");
        let person = object.required("person");
        let contact = object.optional("contact");
        let answers = object
            .optional_as(
                "answers",
                runtime::secret(
                    runtime::checked(&SCHEMAS, "ThingsAnswers", Decode::decode),
                ),
            );
        let pair = object
            .optional_as(
                "pair",
                runtime::secret(runtime::checked(&SCHEMAS, "ThingsPair", Decode::decode)),
            );
        let animal = object.optional("animal");
        let either = object.optional("either");
        let cat = object.optional("cat");
        let others = object.others(PROPERTIES);
        Some(Self {
            email: email?,
            pin: pin?,
            note: note?,
            secrets: secrets?,
            mood: mood?,
            born: born?,
            person: person?,
            contact: contact?,
            answers: answers?,
            pair: pair?,
            animal: animal?,
            either: either?,
            cat: cat?,
            others: others?,
        })
    }
}

impl Encode for Things {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("email", &self.email);
        out.field("pin", &self.pin);
        out.field("note", &self.note);
        out.field("secrets", &self.secrets);
        out.optional("mood", &self.mood);
        out.optional("born", &self.born);
        out.field("person", &self.person);
        out.optional("contact", &self.contact);
        out.optional("answers", &self.answers);
        out.optional("pair", &self.pair);
        out.optional("animal", &self.animal);
        out.optional("either", &self.either);
        out.optional("cat", &self.cat);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
