//! Tables, and what operations do with them.

use super::{Docs, Name, Origin, ScalarKind, TypeId, TypeRef};

/// The index of a table in [`Service::tables`](super::Service::tables).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TableId(pub usize);

/// A DynamoDB table (`x-dynamodb-table` on a schema). The stage's prefix is not part of its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name: `product`.
    pub name: Name,
    /// The type of its items; a struct.
    pub item: TypeId,
    /// Its primary key.
    pub key: KeySchema,
    /// Its global secondary indexes.
    pub indexes: Vec<Index>,
    /// The attribute that says when an item may be removed: an integer, in seconds since 1970.
    pub ttl: Option<Name>,
    /// Whose items they are (`x-owner` on a key), where callers may use only their own.
    pub owner: Option<Owner>,
    /// What the schema says of the item.
    pub docs: Docs,
    /// Where `x-dynamodb-table` stands.
    pub origin: Origin,
}

/// Who owns an item: a key attribute holds what a claim of the caller says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The key attribute.
    pub attribute: Name,
    /// The claim: `sub`.
    pub claim: String,
    /// The scope with which a caller may use everybody's items.
    pub unless: Option<String>,
    /// Where it is declared.
    pub origin: Origin,
}

/// Where a bound operation learns whose items it works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerSource {
    /// A parameter, as its index in `Operation::parameters`.
    Parameter(usize),
    /// The property of the body that has the attribute's name.
    Body,
    /// From nothing: it works on everybody's.
    Nowhere,
}

/// A primary key or the key of an index.
#[derive(Debug, Clone, PartialEq)]
pub struct KeySchema {
    /// The partition (hash) key.
    pub partition: KeyAttribute,
    /// The sort (range) key.
    pub sort: Option<KeyAttribute>,
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
}

/// The types that a key attribute may have (DynamoDB `AttributeDefinition.AttributeType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributeKind {
    /// `S`
    String,
    /// `N`
    Number,
}

/// A global secondary index; it projects all attributes.
#[derive(Debug, Clone, PartialEq)]
pub struct Index {
    /// Its name: `byCategory`.
    pub name: Name,
    /// Its key.
    pub key: KeySchema,
    /// Where it is declared.
    pub origin: Origin,
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
}

/// `x-dynamodb` on an operation: its body is generated.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// The table.
    pub table: TableId,
    /// What it does.
    pub action: BoundAction,
    /// Where it is declared.
    pub origin: Origin,
}

/// The generated bodies.
#[derive(Debug, Clone, PartialEq)]
pub enum BoundAction {
    /// Read one item by its key; the `404` response when there is none.
    Get {
        /// Where the key comes from.
        key: KeySource,
        /// A strongly consistent read.
        consistent: bool,
    },
    /// Store a new item from the body; its UUID key is made here when it is read-only. Refused with
    /// `on_exists` when an item has the key already (only possible when the key comes from the client).
    Create {
        /// The response's status.
        on_exists: Option<u16>,
        /// A key property that is generated: a random UUID.
        generated_key: Option<Name>,
        /// The key in the path, which must be the body's.
        key: Option<KeySource>,
        /// `Location` header of the success response: the path template of the operation that reads the item,
        /// with the key property for its parameter.
        location: Option<Location>,
    },
    /// Store the item from the body, in place of the one with its key, if any.
    Put {
        /// The key in the path, which must be the body's.
        key: Option<KeySource>,
        /// A condition on the item that is there.
        guard: Option<Guard>,
    },
    /// Store the item from the body (the key comes from the path) in place of one that must exist; else `404`.
    Replace {
        /// Where the key comes from.
        key: KeySource,
        /// A further condition on the item that is there.
        guard: Option<Guard>,
    },
    /// Remove an item by its key. With `must_exist`, `404` when there is none.
    Delete {
        /// Where the key comes from.
        key: KeySource,
        /// Whether the operation declares `404`.
        must_exist: bool,
        /// A further condition on the item that is there.
        guard: Option<Guard>,
    },
    /// The items of one partition, a page at a time.
    Query {
        /// The partition and perhaps the sort key.
        by: QueryBy,
        /// How pages are asked for and answered.
        page: Page,
        /// A strongly consistent read (never with an index).
        consistent: bool,
    },
    /// All items, or with `by` and its parameter present those of one partition, a page at a time.
    List {
        /// The index or table key to query when the optional parameter is present.
        by: Option<QueryBy>,
        /// How pages are asked for and answered.
        page: Page,
        /// A strongly consistent read of the scan (and of the query, when not through an index).
        consistent: bool,
    },
}

/// Where each key attribute comes from: the path parameter of the same name.
#[derive(Debug, Clone, PartialEq)]
pub struct KeySource {
    /// The path parameter that is the partition key, as its index in `Operation::parameters`.
    pub partition: usize,
    /// The parameter that is the sort key (path, or a required query parameter).
    pub sort: Option<usize>,
}

/// A condition from the contract (`condition`, a DynamoDB condition expression) and the answer when it fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    /// The expression, for example `attribute_not_exists(checkout)`; attribute names are written `#name` by
    /// emission where DynamoDB reserves the word, values never occur.
    pub expression: String,
    /// The attribute names in it, in order of first use.
    pub attributes: Vec<String>,
    /// `onConditionFailed`: the status of a declared response.
    pub status: u16,
}

/// A query's key condition: equality on both attributes.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryBy {
    /// The index, by position in [`Table::indexes`]; the table itself when absent.
    pub index: Option<usize>,
    /// The parameter that is the partition key, as its index in `Operation::parameters`.
    pub partition: usize,
    /// The parameter that is the sort key; when it is optional and absent, the whole partition.
    pub sort: Option<usize>,
}

/// Paging of a list: the response is an object with an array of the items and, when there is more, a token.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The query parameter that bounds the page, as its index in `Operation::parameters`.
    pub limit: Option<usize>,
    /// The query parameter that carries the token of the page before.
    pub next: Option<usize>,
    /// The property of the response that holds the items; `None` when the response is the array itself.
    pub items_field: Option<Name>,
    /// The property of the response that holds the token.
    pub next_field: Option<Name>,
}

/// The `Location` header of a created item.
#[derive(Debug, Clone, PartialEq)]
pub struct Location {
    /// The path template of the reading operation: `/product/{id}`.
    pub path: String,
    /// For each parameter of the template, in its order: its name there, and the item's property.
    pub parameters: Vec<(String, Name)>,
}
