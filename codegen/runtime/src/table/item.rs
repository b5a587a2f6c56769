//! What a type needs to be stored in a table of its own. Implemented by generated code.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use super::{Layout, StateOf};
use crate::{Attribute, Decode, Encode, to_text};

/// An item or a key as DynamoDB has it: attributes by name.
pub type Attributes = HashMap<String, AttributeValue>;

/// A type whose values are the items of a table.
pub trait Item: Encode + Decode + Send + Sync + 'static {
    /// The primary key.
    type Key: ItemKey;

    /// The variable of the environment that holds the table's name: `PRODUCT_TABLE`.
    const TABLE: &'static str;

    /// The attributes of the primary key.
    const KEY: KeyNames;

    /// How items are stored, where that differs from the contract's words.
    const LAYOUT: Layout = Layout::PLAIN;

    /// The property that counts an item's changes (`x-version`): every update adds one to it.
    const VERSION: Option<&'static str> = None;

    /// The properties with states (`x-transitions`). Updates check them only if asked to ([`Update::follow_states`]).
    ///
    /// [`Update::follow_states`]: super::Update::follow_states
    const STATES: &'static [StateOf] = &[];

    /// The item's own key.
    fn key(&self) -> Self::Key;
}

/// A primary key.
pub trait ItemKey: Send + Sync {
    /// The key as attributes.
    fn to_key(&self) -> Attributes;
}

/// The attributes of a key of one part.
#[must_use]
pub fn partition_key(name: &str, value: &impl Attribute) -> Attributes {
    HashMap::from([(name.to_owned(), value.to_attribute())])
}

/// The attributes of a key of two parts.
#[must_use]
pub fn sorted_key(
    (partition, value): (&str, &impl Attribute),
    (sort, sort_value): (&str, &impl Attribute),
) -> Attributes {
    HashMap::from([
        (partition.to_owned(), value.to_attribute()),
        (sort.to_owned(), sort_value.to_attribute()),
    ])
}

/// A key that is made of a text and a property: `CUSTOMER#` and `anna`.
#[must_use]
pub fn composed_key(before: &str, value: &impl Encode, after: &str) -> String {
    format!("{before}{}{after}", to_text(value))
}

/// The attributes of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyNames {
    /// The partition key.
    pub partition: &'static str,
    /// The sort key.
    pub sort: Option<&'static str>,
}

impl KeyNames {
    /// Whether an attribute is part of the key.
    pub(super) fn has(self, name: &str) -> bool {
        self.iter().any(|one| one == name)
    }

    /// The names, partition key first.
    pub(super) fn iter(self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.partition).chain(self.sort)
    }
}
