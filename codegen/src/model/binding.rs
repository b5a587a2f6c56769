//! Bound operations (`x-dynamodb`): what a generated body does with a table.

use super::{Name, Origin, TableId, TypeRef};

/// `x-dynamodb` on an operation: its body is generated.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// The table.
    pub table: TableId,
    /// What it does.
    pub action: BoundAction,
    /// A condition of the contract on the item that is there.
    pub guard: Option<Guard>,
    /// The header `If-Match`, as its index in `Operation::parameters`, where the items have a version.
    pub if_match: Option<usize>,
    /// The header `If-None-Match` of what stores an item whether there is one or not, in the same way.
    pub if_none_match: Option<usize>,
    /// Read-only properties of a new item that neither the contract nor the generated body knows; a method of the
    /// trait gives them.
    pub asks: Vec<Name>,
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
    /// Read several items by their keys; those that are not there are left out.
    BatchGet {
        /// The parameter that is the partition key, where the list holds sort keys.
        partition: Option<usize>,
        /// The parameter that is a list of keys, as its index in `Operation::parameters`.
        keys: usize,
        /// The property of the response that holds the items; `None` when the response is the array itself.
        items_field: Option<Name>,
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
        /// The key in the path, or its partition key; what the body has of it must be the same.
        key: Option<KeySource>,
        /// `Location` header of the success response: the path template of the operation that reads the item,
        /// with the key property for its parameter.
        location: Option<Location>,
    },
    /// Store the item from the body, in place of the one with its key, if any.
    Put {
        /// The key in the path, which must be the body's.
        key: Option<KeySource>,
    },
    /// Store the item from the body (the key comes from the path): replace the one that is there, else create it.
    Upsert {
        /// Where the key comes from.
        key: KeySource,
    },
    /// Store the item from the body (the key comes from the path) in place of one that must exist; else `404`.
    Replace {
        /// Where the key comes from.
        key: KeySource,
        /// Whether the item has properties that only the service sets, which stay as they are.
        keeps: bool,
    },
    /// Merge the body into an item that must exist (RFC 7396); else `404`.
    Patch {
        /// Where the key comes from.
        key: KeySource,
        /// What it may not name, as JSON pointers without their first slash: keys, and what only the service sets.
        fixed: Vec<String>,
    },
    /// Change an item that must exist by what the contract says; else `404`.
    Update {
        /// Where the key comes from.
        key: KeySource,
        /// The changes, in contract order.
        changes: Vec<Change>,
    },
    /// Remove an item by its key. With `must_exist`, `404` when there is none.
    Delete {
        /// Where the key comes from.
        key: KeySource,
        /// Whether the operation declares `404`.
        must_exist: bool,
    },
    /// The items of one partition or several, a page at a time.
    Query {
        /// The partition and perhaps the sort key.
        by: QueryBy,
        /// How pages are asked for and answered.
        page: Page,
        /// Which of the items.
        filter: Vec<Term>,
        /// A strongly consistent read (never with an index).
        consistent: bool,
    },
    /// All items, or with `by` and its parameter present those of one partition, a page at a time.
    List {
        /// The index or table key to query when the optional parameter is present.
        by: Option<QueryBy>,
        /// How pages are asked for and answered.
        page: Page,
        /// Which of the items.
        filter: Vec<Term>,
        /// A strongly consistent read of the scan (and of the query, when not through an index).
        consistent: bool,
    },
    /// How many items there are, of a partition or of all.
    Count {
        /// The partition and perhaps the sort key; all items when absent.
        by: Option<QueryBy>,
        /// The property of the response that holds the number; `None` when the response is the number itself.
        field: Option<Name>,
        /// Which of the items.
        filter: Vec<Term>,
        /// A strongly consistent read (never with an index).
        consistent: bool,
    },
}

impl BoundAction {
    /// Where the key of the one item comes from, for the actions that name it by parameters.
    #[must_use]
    pub fn key(&self) -> Option<&KeySource> {
        match self {
            Self::Get { key, .. }
            | Self::Upsert { key }
            | Self::Replace { key, .. }
            | Self::Patch { key, .. }
            | Self::Update { key, .. }
            | Self::Delete { key, .. } => Some(key),
            Self::Create { key, .. } | Self::Put { key } => key.as_ref(),
            Self::BatchGet { .. } | Self::Query { .. } | Self::List { .. } | Self::Count { .. } => {
                None
            }
        }
    }

    /// The partition and sort key of what reads many.
    #[must_use]
    pub fn by(&self) -> Option<&QueryBy> {
        match self {
            Self::Query { by, .. } => Some(by),
            Self::List { by, .. } | Self::Count { by, .. } => by.as_ref(),
            _ => None,
        }
    }

    /// How pages are asked for and answered.
    #[must_use]
    pub fn page(&self) -> Option<&Page> {
        match self {
            Self::Query { page, .. } | Self::List { page, .. } => Some(page),
            _ => None,
        }
    }

    /// Which of the items, of what reads many.
    #[must_use]
    pub fn filter(&self) -> &[Term] {
        match self {
            Self::Query { filter, .. } | Self::List { filter, .. } | Self::Count { filter, .. } => {
                filter
            }
            _ => &[],
        }
    }
}

/// Where each key attribute comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct KeySource {
    /// The parameter that is the partition key, as its index in `Operation::parameters`.
    pub partition: usize,
    /// The parameter that is the sort key.
    pub sort: Option<usize>,
}

/// A condition from the contract (`condition`) and the answer when it fails.
#[derive(Debug, Clone, PartialEq)]
pub struct Guard {
    /// What must hold; nothing where the bounds of a property are all that may fail.
    pub term: Option<Term>,
    /// `onConditionFailed`: the status of a declared response.
    pub status: u16,
}

/// A condition expression, or a part of a filter (DynamoDB Developer Guide, "Condition expressions").
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The expression, with a placeholder for each name and value: `#status = :status`.
    pub expression: String,
    /// Placeholders of names, each with the attribute that it stands for.
    pub names: Vec<(String, String)>,
    /// Placeholders of values, each with what it stands for.
    pub values: Vec<(String, Operand)>,
}

impl Term {
    /// The attributes of the item itself that the expression asks of.
    pub fn roots(&self) -> impl Iterator<Item = &str> {
        let is_root = |mark: &str| {
            let mut found = self.expression.match_indices(mark);
            found.any(|(at, _)| {
                let next = self.expression[at + mark.len()..].chars().next();
                !self.expression[..at].ends_with('.')
                    && !next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '_')
            })
        };
        let roots = self.names.iter().filter(move |(mark, _)| is_root(mark));
        roots.map(|(_, name)| name.as_str())
    }
}

/// A value that an expression or a change takes from somewhere.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A value that the contract gives, of this type.
    Literal(serde_json::Value, TypeRef),
    /// A parameter, as its index in `Operation::parameters`.
    Parameter(usize),
    /// A property of the body.
    Body(Name),
    /// The present instant.
    Now,
}

/// One change of an item.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// The property gets this value; it stays as it is where the value is absent.
    Set(Name, Operand),
    /// The amount is added to the property, which stays within its bounds.
    Add(Name, Operand),
    /// The property is removed.
    Remove(Name),
}

impl Change {
    /// The property that changes.
    #[must_use]
    pub fn name(&self) -> &Name {
        match self {
            Self::Set(name, _) | Self::Add(name, _) | Self::Remove(name) => name,
        }
    }

    /// The value that it takes.
    #[must_use]
    pub fn operand(&self) -> Option<&Operand> {
        match self {
            Self::Set(_, operand) | Self::Add(_, operand) => Some(operand),
            Self::Remove(_) => None,
        }
    }
}

/// A query's key condition: equality on the partition key, and a comparison of the sort key. Of a key of several
/// attributes, equality on the first, and a comparison of the next.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryBy {
    /// The index, by position in [`Table::indexes`](super::Table::indexes); the table itself when absent.
    pub index: Option<usize>,
    /// The parameter that is the partition key, as its index in `Operation::parameters`.
    pub partition: usize,
    /// Whether that parameter is a list of partition keys.
    pub several: bool,
    /// The parameters that further attributes of the key are equal to, in the order of the key.
    pub further: Vec<usize>,
    /// What is asked of the attribute behind them, the sort key where the key has no further attributes.
    pub sort: Option<SortBy>,
    /// The greatest sort key first.
    pub descending: bool,
}

/// What a query asks of the sort key, by parameters; where one is optional and absent, less is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SortBy {
    /// It equals the parameter, is less or greater.
    Compare(SortComparison, usize),
    /// It is at least the first parameter and at most the second.
    Between(usize, usize),
    /// It begins with the parameter.
    BeginsWith(usize),
}

impl SortBy {
    /// The parameters that it takes.
    #[must_use]
    pub fn parameters(&self) -> Vec<usize> {
        match self {
            Self::Compare(_, at) | Self::BeginsWith(at) => vec![*at],
            Self::Between(least, greatest) => vec![*least, *greatest],
        }
    }
}

/// A comparison of a sort key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum SortComparison {
    Equal,
    Less,
    AtMost,
    Greater,
    AtLeast,
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
