//! Tables: their keys, indexes and layout, and what a function may do with them.

use super::owner::Owner;
use super::{Docs, Name, Origin, ScalarKind, TypeId, TypeRef};

/// The index of a table in [`Service::tables`](super::Service::tables).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TableId(pub usize);

/// A DynamoDB table (`x-dynamodb-table` on a schema). The stage's prefix is not part of its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name: `product`. Tables of several types of items have it in common.
    pub name: Name,
    /// What functions call it: its name, or that of its items where others have the same name.
    pub handle: Name,
    /// Where the table is, if others made it.
    pub existing: Option<Existing>,
    /// The type of its items; a struct.
    pub item: TypeId,
    /// Its primary key.
    pub key: KeySchema,
    /// Its secondary indexes.
    pub indexes: Vec<Index>,
    /// How items are stored, where that differs from the contract's words.
    pub layout: Layout,
    /// The attribute that says when an item may be removed: an integer, in seconds since 1970.
    pub ttl: Option<Name>,
    /// The property that counts an item's changes (`x-version`).
    pub version: Option<Name>,
    /// Whose items they are (`x-owner` on a key), where callers may use only their own.
    pub owner: Option<Owner>,
    /// The properties with states (`x-transitions`) that a condition can name.
    pub states: Vec<StatePath>,
    /// What the schema says of the item.
    pub docs: Docs,
    /// Where `x-dynamodb-table` stands.
    pub origin: Origin,
}

/// A property with states, in an item or an object within it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatePath {
    /// The names that lead to it.
    pub path: Vec<String>,
    /// Its enumeration.
    pub states: TypeId,
    /// Whether it may be `null`.
    pub nullable: bool,
}

impl StatePath {
    /// Whether it is this property of the item, or within it.
    #[must_use]
    pub fn is_in(&self, property: &str) -> bool {
        self.path.first().is_some_and(|first| first == property)
    }
}

/// A table that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Existing {
    /// In this account and region, under the table's very name.
    Named,
    /// The table with this ARN.
    Arn(String),
    /// The table whose name another stack exports under this name.
    Import(String),
}

/// How the items of a table are stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// Properties that are stored under another name (`x-attribute`).
    pub renamed: Vec<(Name, String)>,
    /// Lists that are stored as sets (`x-dynamodb-set`), each with whether every item has it.
    pub sets: Vec<(Name, bool)>,
    /// Whether attributes that the contract does not name may be there, and are neither read nor lost.
    pub hides_others: bool,
}

impl Table {
    /// The attribute that holds a property.
    #[must_use]
    pub fn attribute<'a>(&'a self, property: &'a str) -> &'a str {
        let renamed = self.layout.renamed.iter().find(|(name, _)| name.wire == property);
        renamed.map_or(property, |(_, attribute)| attribute)
    }

    /// The key of the table and of its indexes.
    pub fn keys(&self) -> impl Iterator<Item = &KeySchema> {
        std::iter::once(&self.key).chain(self.indexes.iter().map(|index| &index.key))
    }

    /// Key attributes that are composed, each once, the table's own first.
    #[must_use]
    pub fn composed(&self) -> Vec<&KeyAttribute> {
        let mut all: Vec<&KeyAttribute> = vec![];
        for part in self.keys().flat_map(KeySchema::parts) {
            if part.around.is_some() && !all.iter().any(|one| one.stored == part.stored) {
                all.push(part);
            }
        }
        all
    }

    /// Whether the key is made of properties only.
    #[must_use]
    pub fn has_plain_key(&self) -> bool {
        self.key.fixed_sort.is_none() && self.key.parts().all(|part| part.around.is_none())
    }

    /// Whether items are stored in the contract's words.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let is_composed = |key: &KeySchema| {
            key.fixed_sort.is_some() || key.parts().any(|part| part.around.is_some())
        };
        self.layout == Layout::default() && !self.keys().any(is_composed)
    }
}

/// A primary key or the key of an index.
#[derive(Debug, Clone, PartialEq)]
pub struct KeySchema {
    /// The partition (hash) key.
    pub partition: KeyAttribute,
    /// Further attributes of the partition key, which only the key of a global index has.
    pub further_partition: Vec<KeyAttribute>,
    /// The sort (range) key.
    pub sort: Option<KeyAttribute>,
    /// Further attributes of the sort key, in their order, which only the key of a global index has.
    pub further_sort: Vec<KeyAttribute>,
    /// A sort key that is the same text in all items of the type.
    pub fixed_sort: Option<FixedKey>,
}

impl KeySchema {
    /// A key of a partition key alone.
    #[must_use]
    pub const fn of(partition: KeyAttribute) -> Self {
        Self {
            partition,
            further_partition: vec![],
            sort: None,
            further_sort: vec![],
            fixed_sort: None,
        }
    }

    /// The attributes that hold a property, in the order of the key.
    pub fn parts(&self) -> impl Iterator<Item = &KeyAttribute> {
        self.partition_parts().chain(&self.sort).chain(&self.further_sort)
    }

    /// Those of the partition key.
    pub fn partition_parts(&self) -> impl Iterator<Item = &KeyAttribute> {
        std::iter::once(&self.partition).chain(&self.further_partition)
    }

    /// Whether partition or sort key is made of several attributes.
    #[must_use]
    pub fn has_several(&self) -> bool {
        !self.further_partition.is_empty() || !self.further_sort.is_empty()
    }

    /// The attributes as the table has them, in the order of the key.
    #[must_use]
    pub fn attributes(&self) -> Vec<(&str, AttributeKind)> {
        let parts = self.parts().map(|part| (part.stored.as_str(), part.attribute));
        let fixed = self.fixed_sort.iter();
        parts.chain(fixed.map(|key| (key.attribute.as_str(), AttributeKind::String))).collect()
    }

    /// The attributes with their roles in DynamoDB: `HASH` and `RANGE`.
    pub fn roles(&self) -> impl Iterator<Item = (&str, &'static str)> {
        let n_partition = 1 + self.further_partition.len();
        let role = move |at| if at < n_partition { "HASH" } else { "RANGE" };
        let attributes = self.attributes().into_iter().enumerate();
        attributes.map(move |(at, (name, _))| (name, role(at)))
    }
}

/// A key attribute that is the same text in all items of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedKey {
    /// The attribute: `SK`.
    pub attribute: String,
    /// The text: `PROFILE`.
    pub text: String,
}

/// One attribute of a key: always a property of the table's item type.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyAttribute {
    /// The property.
    pub name: Name,
    /// Its type.
    pub ty: TypeRef,
    /// The scalar that it comes down to.
    pub scalar: ScalarKind,
    /// How DynamoDB stores it.
    pub attribute: AttributeKind,
    /// The attribute that holds it: the property's name unless the contract says otherwise.
    pub stored: String,
    /// The texts before and behind the property in the attribute: `CUSTOMER#` of `CUSTOMER#{id}`.
    pub around: Option<(String, String)>,
}

/// The types that a key attribute may have (DynamoDB `AttributeDefinition.AttributeType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributeKind {
    /// `S`
    String,
    /// `N`
    Number,
}

/// A secondary index.
#[derive(Debug, Clone, PartialEq)]
pub struct Index {
    /// Its name: `byCategory`.
    pub name: Name,
    /// Its key.
    pub key: KeySchema,
    /// Whether it is local: it has the table's partition key.
    pub local: bool,
    /// What it holds of an item.
    pub projection: Projection,
    /// Where it is declared.
    pub origin: Origin,
}

/// What an index holds of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Projection {
    /// All of it.
    All,
    /// The keys of table and index.
    Keys,
    /// The keys, and these properties.
    Include(Vec<Name>),
}

impl Projection {
    /// The properties that it names besides the keys; none where it holds everything.
    #[must_use]
    pub fn named(&self) -> Option<&[Name]> {
        match self {
            Self::All => None,
            Self::Keys => Some(&[]),
            Self::Include(named) => Some(named),
        }
    }
}

/// What a function or operation may do with a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableAccess {
    /// The table.
    pub table: TableId,
    /// What it may do with the table itself, sorted and without repetition.
    pub actions: Vec<TableAction>,
    /// The indexes it may query, by position in [`Table::indexes`], sorted.
    pub indexes: Vec<usize>,
}

/// The DynamoDB actions that a contract can grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableAction {
    /// `dynamodb:GetItem`: `get`
    Get,
    /// `dynamodb:PutItem`: `put`
    Put,
    /// `dynamodb:UpdateItem`: `update`
    Update,
    /// `dynamodb:DeleteItem`: `delete`
    Delete,
    /// `dynamodb:Query` of the table itself: `query`; of an index, [`TableAccess::indexes`] says.
    Query,
    /// `dynamodb:Scan`: `scan`
    Scan,
    /// `dynamodb:BatchGetItem`: `batchGet`
    BatchGet,
    /// `dynamodb:BatchWriteItem`: `batchWrite`
    BatchWrite,
    /// `dynamodb:ConditionCheckItem`, a part of a transaction that writes nothing: `check`
    Check,
}

impl TableAction {
    /// What a contract calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Query => "query",
            Self::Scan => "scan",
            Self::BatchGet => "batchGet",
            Self::BatchWrite => "batchWrite",
            Self::Check => "check",
        }
    }
}
