//! How items are stored where that differs from the contract's own words.
//!
//! Owns the way between an object with the contract's properties and the attributes of a table that was there first:
//! other names, sets, keys composed of a text and a property, and attributes that the contract does not know.

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;

use super::{Attributes, KeyNames, TableError};

/// How the items of a type are stored. Generated; [`Layout::PLAIN`] where each property is an attribute of its name.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Properties that are stored under another name (`x-attribute`), each with the attribute's name.
    pub renamed: &'static [(&'static str, &'static str)],
    /// Lists that are stored as sets (`x-dynamodb-set`).
    pub sets: &'static [SetOf],
    /// Key attributes that are made of a text and a property.
    pub composed: &'static [Composed],
    /// The attributes that are read, where the contract closes its object; all of them otherwise.
    pub known: Option<&'static [&'static str]>,
    /// Names that no open object has as further properties: what properties, keys of any type in the table, ends and
    /// receipts are stored under.
    pub reserved: &'static [&'static str],
}

/// A list that is stored as a set.
#[derive(Debug, Clone, Copy)]
pub struct SetOf {
    /// The attribute.
    pub attribute: &'static str,
    /// Whether every item has it: DynamoDB has no empty sets, so an attribute that is not there is an empty list.
    pub required: bool,
}

/// A key attribute that is made of a text and a property: `CUSTOMER#{id}`.
#[derive(Debug, Clone, Copy)]
pub struct Composed {
    /// The key attribute: `PK`.
    pub attribute: &'static str,
    /// The text before the property: `CUSTOMER#`.
    pub before: &'static str,
    /// The attribute that holds the property; none where the text is all.
    pub of: Option<&'static str>,
    /// The text behind the property.
    pub after: &'static str,
    /// Whether the property is a number.
    pub is_number: bool,
}

impl Composed {
    /// The key attribute for a value of the property.
    pub(super) fn compose(&self, value: &AttributeValue) -> AttributeValue {
        let (AttributeValue::S(text) | AttributeValue::N(text)) = value else {
            return value.clone();
        };
        AttributeValue::S(format!("{}{text}{}", self.before, self.after))
    }

    /// Whether a key attribute is composed in this way.
    fn fits(&self, key: &AttributeValue) -> bool {
        match (self.of, key) {
            (Some(_), key) => self.take_apart(key).is_some(),
            (None, AttributeValue::S(text)) => text == self.before,
            (None, _) => false,
        }
    }

    /// The property that a key attribute is made of.
    fn take_apart(&self, key: &AttributeValue) -> Option<AttributeValue> {
        let AttributeValue::S(text) = key else { return None };
        let text = text.strip_prefix(self.before)?.strip_suffix(self.after)?.to_owned();
        Some(if self.is_number { AttributeValue::N(text) } else { AttributeValue::S(text) })
    }
}

impl Layout {
    /// Each property is an attribute of its name.
    pub const PLAIN: Self =
        Self { renamed: &[], sets: &[], composed: &[], known: None, reserved: &[] };

    /// Whether a key is composed as those of the type.
    pub(super) fn has_key(&self, names: KeyNames, key: &Attributes) -> bool {
        names
            .iter()
            .filter_map(|name| self.composed(name))
            .all(|composed| key.get(composed.attribute).is_some_and(|value| composed.fits(value)))
    }

    /// The attribute of a property.
    pub(super) fn attribute<'n>(&self, property: &'n str) -> &'n str {
        let renamed = self.renamed.iter().find(|(name, _)| *name == property);
        renamed.map_or(property, |(_, attribute)| attribute)
    }

    /// The property that an attribute holds.
    pub(super) fn property<'n>(&self, attribute: &'n str) -> &'n str {
        let renamed = self.renamed.iter().find(|(_, stored)| *stored == attribute);
        renamed.map_or(attribute, |(property, _)| property)
    }

    /// How a key attribute is composed; none where it is a property itself.
    pub(super) fn composed(&self, attribute: &str) -> Option<&'static Composed> {
        self.composed.iter().find(|one| one.attribute == attribute)
    }

    /// The key attributes that are made of the property in this attribute.
    pub(super) fn made_of(&self, attribute: &str) -> impl Iterator<Item = &'static Composed> {
        self.composed.iter().filter(move |one| one.of == Some(attribute))
    }

    /// Whether an attribute is a set.
    pub(super) fn is_set(&self, attribute: &str) -> bool {
        self.sets.iter().any(|set| set.attribute == attribute)
    }

    /// A value as this attribute holds it; none for an empty set, which DynamoDB does not store.
    pub(super) fn value(&self, attribute: &str, value: AttributeValue) -> Option<AttributeValue> {
        match value {
            AttributeValue::L(items) if self.is_set(attribute) => to_set(items),
            value => Some(value),
        }
    }

    /// Whether something else is stored under this name, which is none of a property.
    pub(super) fn reserves(&self, name: &str) -> bool {
        self.reserved.contains(&name)
    }

    /// Refuses an object with a property that would be stored in place of something else.
    pub(super) fn check<'n>(
        &self,
        table: &'static str,
        names: impl IntoIterator<Item = &'n String>,
    ) -> Result<(), TableError> {
        match names.into_iter().filter(|name| self.reserves(name)).min() {
            Some(name) => Err(TableError::Reserved { table, attribute: name.clone() }),
            None => Ok(()),
        }
    }

    /// The attributes of an object that is given by its properties; none of them is reserved.
    pub(super) fn store(&self, mut object: Attributes) -> Attributes {
        let named: Vec<_> = self
            .renamed
            .iter()
            .filter_map(|(property, attribute)| Some((*attribute, object.remove(*property)?)))
            .collect();
        object.extend(named.into_iter().map(|(attribute, value)| (attribute.to_owned(), value)));
        for set in self.sets {
            let Some(value) = object.remove(set.attribute) else { continue };
            let value = self.value(set.attribute, value);
            object.extend(value.map(|value| (set.attribute.to_owned(), value)));
        }
        for composed in self.composed {
            let value = match composed.of {
                Some(of) => object.get(of).map(|value| composed.compose(value)),
                None => Some(AttributeValue::S(composed.before.to_owned())),
            };
            match value {
                Some(value) => object.insert(composed.attribute.to_owned(), value),
                None => object.remove(composed.attribute),
            };
        }
        object
    }

    /// The properties of an item that is given by its attributes.
    pub(super) fn load(&self, mut item: Attributes) -> Attributes {
        for composed in self.composed {
            let Some(key) = item.remove(composed.attribute) else { continue };
            // An existing table may keep the property in its key alone.
            if let Some(of) = composed.of.filter(|of| !item.contains_key(*of)) {
                item.extend(composed.take_apart(&key).map(|value| (of.to_owned(), value)));
            }
        }
        for set in self.sets {
            let list = match item.remove(set.attribute) {
                Some(value) => Some(to_list(value)),
                None => set.required.then(|| AttributeValue::L(Vec::new())),
            };
            item.extend(list.map(|list| (set.attribute.to_owned(), list)));
        }
        if let Some(known) = self.known {
            item.retain(|attribute, _| known.contains(&attribute.as_str()));
        }
        let named: Vec<_> = self
            .renamed
            .iter()
            .filter_map(|(property, attribute)| Some((*property, item.remove(*attribute)?)))
            .collect();
        // An attribute that is called like a property which is stored elsewhere is not that property.
        item.retain(|attribute, _| {
            !self.reserves(attribute) && !self.renamed.iter().any(|(name, _)| name == attribute)
        });
        item.extend(named.into_iter().map(|(property, value)| (property.to_owned(), value)));
        item
    }
}

/// A list as a set of texts, numbers or bytes; an empty list is no set. Items that are no scalars stay a list, which DynamoDB
/// stores as it is.
fn to_set(items: Vec<AttributeValue>) -> Option<AttributeValue> {
    let (mut texts, mut numbers, mut blobs) = (Vec::new(), Vec::new(), Vec::new());
    for item in &items {
        match item {
            AttributeValue::S(text) => texts.push(text.clone()),
            AttributeValue::N(number) => numbers.push(number.clone()),
            AttributeValue::B(bytes) => blobs.push(bytes.clone()),
            _ => return Some(AttributeValue::L(items)),
        }
    }
    match (texts.is_empty(), numbers.is_empty(), blobs.is_empty()) {
        (true, true, true) => None,
        (false, true, true) => Some(AttributeValue::Ss(texts)),
        (true, false, true) => Some(AttributeValue::Ns(numbers)),
        (true, true, false) => Some(AttributeValue::Bs(blobs)),
        _ => Some(AttributeValue::L(items)),
    }
}

/// A set as a list, in an order that does not depend on chance.
pub(super) fn to_list(value: AttributeValue) -> AttributeValue {
    match value {
        AttributeValue::Ss(mut texts) => {
            texts.sort_unstable();
            AttributeValue::L(texts.into_iter().map(AttributeValue::S).collect())
        }
        AttributeValue::Ns(mut numbers) => {
            numbers.sort_by_cached_key(|number| crate::Decimal::parse(number));
            AttributeValue::L(numbers.into_iter().map(AttributeValue::N).collect())
        }
        AttributeValue::Bs(mut blobs) => {
            blobs.sort_by(|one, other| one.as_ref().cmp(other.as_ref()));
            AttributeValue::L(blobs.into_iter().map(blob).collect())
        }
        other => other,
    }
}

fn blob(bytes: Blob) -> AttributeValue {
    AttributeValue::B(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: Layout = Layout {
        renamed: &[("userName", "user_name")],
        sets: &[
            SetOf { attribute: "tags", required: true },
            SetOf { attribute: "sizes", required: false },
        ],
        composed: &[
            Composed {
                attribute: "PK",
                before: "CUSTOMER#",
                of: Some("user_name"),
                after: "",
                is_number: false,
            },
            Composed { attribute: "SK", before: "PROFILE", of: None, after: "", is_number: false },
        ],
        known: Some(&["user_name", "tags", "sizes"]),
        reserved: &[],
    };

    fn text(text: &str) -> AttributeValue {
        AttributeValue::S(text.to_owned())
    }

    fn attributes<const N: usize>(all: [(&str, AttributeValue); N]) -> Attributes {
        all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    #[test]
    fn an_object_goes_and_comes_back() {
        let numbers =
            || ["10", "9"].iter().map(|one| AttributeValue::N((*one).to_owned())).collect();
        let object = attributes([
            ("userName", text("anna")),
            ("tags", AttributeValue::L(vec![text("b"), text("a")])),
            ("sizes", AttributeValue::L(numbers())),
        ]);
        let stored = ORDER.store(object);
        let expected = attributes([
            ("user_name", text("anna")),
            ("tags", AttributeValue::Ss(vec!["b".into(), "a".into()])),
            ("sizes", AttributeValue::Ns(vec!["10".into(), "9".into()])),
            ("PK", text("CUSTOMER#anna")),
            ("SK", text("PROFILE")),
        ]);
        assert_eq!(stored, expected);
        let loaded = ORDER.load(stored);
        let mut in_order: Vec<AttributeValue> = numbers();
        in_order.reverse();
        let expected = attributes([
            ("userName", text("anna")),
            ("tags", AttributeValue::L(vec![text("a"), text("b")])),
            ("sizes", AttributeValue::L(in_order)),
        ]);
        assert_eq!(loaded, expected);
    }

    #[test]
    fn keys_of_other_types_are_told() {
        let names = KeyNames { partition: "PK", sort: Some("SK") };
        let has = |pk: &str, sk: &str| {
            ORDER.has_key(names, &attributes([("PK", text(pk)), ("SK", text(sk))]))
        };
        assert!(has("CUSTOMER#anna", "PROFILE"));
        assert!(!has("CUSTOMER#anna", "PROFILE#2") && !has("ORDER#1", "PROFILE"));
        assert!(!ORDER.has_key(names, &attributes([("PK", text("CUSTOMER#anna"))])));
        assert!(Layout::PLAIN.has_key(names, &attributes([])));
    }

    #[test]
    fn an_empty_set_is_no_attribute() {
        let empty = AttributeValue::L(Vec::new());
        let object = attributes([("tags", empty.clone()), ("sizes", empty.clone())]);
        let stored = ORDER.store(object);
        assert!(!stored.contains_key("tags"));
        let loaded = ORDER.load(stored);
        assert_eq!(loaded.get("tags"), Some(&empty), "a required list is there");
        assert_eq!(loaded.get("sizes"), None);
    }

    #[test]
    fn a_property_that_only_its_key_holds_is_read_from_it() {
        let item = attributes([("PK", text("CUSTOMER#anna")), ("SK", text("PROFILE"))]);
        let item = ORDER.load(item);
        assert_eq!(item.get("userName"), Some(&text("anna")));
        assert!(!item.contains_key("PK"));
    }

    #[test]
    fn what_the_contract_does_not_know_is_not_read() {
        let item = attributes([("user_name", text("anna")), ("passwordHash", text("x"))]);
        assert!(!ORDER.load(item.clone()).contains_key("passwordHash"));
        assert_eq!(Layout::PLAIN.load(item.clone()), item);
    }
}
