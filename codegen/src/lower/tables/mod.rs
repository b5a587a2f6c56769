//! Tables: `x-dynamodb-table` on the schema of the items.
//!
//! Owns which schemas have a table, and that keys and indexes are properties that DynamoDB can take as keys.

mod generated;
mod keys;
mod layout;
mod states;

use keys::Keys;
pub(crate) use keys::spelling;
pub(crate) use states::Loose;

use super::schema::Types;
use super::{Contracts, Scope, names};
use crate::diag::catalog::tables as fault;
use crate::lower::Reported;
use crate::model::{Docs, Existing, Name, Table, TypeId, TypeKind};
use crate::parse::{Node, Value};

/// A table, with what contracts call it: the name of its schema.
pub(crate) struct Stored {
    pub(crate) schema: String,
    pub(crate) table: Table,
    /// The states of its items that no condition reaches.
    pub(crate) loose: Vec<Loose>,
}

/// The tables of a service: those of its own documents first, then those of shared files that it uses. The flag
/// tells whether all could be lowered.
pub(crate) fn lower_tables<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    own: &Contracts,
    all: &[Contracts],
) -> (Vec<Stored>, bool) {
    let mut schemas: Vec<&Node> = vec![];
    let documents = [own.openapi, own.asyncapi].into_iter().flatten();
    for document in documents.filter_map(|file| scope.docs.tree(file)) {
        let named = document.at(&["components", "schemas"]).into_iter().flat_map(Node::entries);
        schemas.extend(named.map(|entry| &entry.value).filter(|node| has_table(node)));
    }
    let is_others = |node: &Node| {
        let of = |contracts: &Contracts| {
            [contracts.openapi, contracts.asyncapi].contains(&Some(node.span.file))
        };
        all.iter().any(of)
    };
    let shared: Vec<&Node> =
        types.nodes().filter(|node| has_table(node) && !is_others(node)).collect();
    schemas.extend(shared);
    let mut tables = vec![];
    let mut sound = true;
    for schema in schemas {
        match lower_table(scope, types, schema) {
            Some(table) => tables.push(table),
            None => sound = false,
        }
    }
    sound &= layout::check_nested(scope, types, &tables);
    name_handles(&mut tables);
    (tables, sound)
}

/// Tables that have their name in common are told apart by their items; each handle has a name of its own.
fn name_handles(tables: &mut [Stored]) {
    let names: Vec<Name> = tables.iter().map(|stored| stored.table.name.clone()).collect();
    let mut unique = names::Unique::default();
    for stored in tables {
        if names.iter().filter(|name| **name == stored.table.name).count() > 1 {
            stored.table.handle = names::name(&stored.schema);
        }
        stored.table.handle = unique.name(&stored.table.handle.wire);
    }
}

fn has_table(node: &Node) -> bool {
    node.get("x-dynamodb-table").is_some()
}

fn lower_table<'a>(scope: Scope<'a>, types: &mut Types<'a>, schema: &'a Node) -> Option<Stored> {
    let declared = schema.entry("x-dynamodb-table")?;
    let used = types.lower_named(schema)?;
    if scope.docs.failed(&declared.value) {
        return None;
    }
    let is_struct = |id: &TypeId| matches!(types.kind(*id), Some(TypeKind::Struct(_)));
    let Some(item) = types.id_of(&used.ty).filter(is_struct) else {
        scope.sink.report(fault::item_not_object(declared.key_span));
        return None;
    };
    let node = &declared.value;
    let name = node.get("name")?;
    let name_text = name.text()?;
    let legal = |char: char| char.is_ascii_alphanumeric() || "_.-".contains(char);
    if name_text.is_empty() || name_text.len() > 200 || !name_text.chars().all(legal) {
        scope.sink.report(fault::bad_table_name(name.span, name_text));
        return None;
    }
    let keys = Keys { scope, types, item, schema };
    let key = keys.schema(node, true);
    let indexes = keys.indexes(node, key.as_ref());
    let ttl = keys.ttl(node);
    let existing = existing(scope, node);
    let layout = keys.layout(matches!(existing, Ok(Some(_))));
    let owner = keys.owner(key.as_ref());
    let version = keys.version();
    let (states, loose) = states::states(types, item);
    if !keys.are_generated() {
        return None;
    }
    if let (Ok(Some(_)), Some(key), Some(indexes)) = (&existing, &key, &indexes) {
        let all = std::iter::once(key).chain(indexes.iter().map(|index| &index.key));
        keys.check_spelling(node, &all.collect::<Vec<_>>());
    }
    Some(Stored {
        loose,
        schema: types.wanted(item).to_owned(),
        table: Table {
            name: names::name(name_text),
            handle: names::name(name_text),
            existing: existing.ok()?,
            item,
            key: key?,
            indexes: indexes?,
            layout: layout?,
            ttl: ttl.ok()?,
            version: version.ok()?,
            owner: owner.ok()?,
            states,
            docs: Docs { deprecated: None, ..super::docs::docs(schema) },
            origin: scope.origin(node.span),
        },
    })
}

/// `existing`: `true`, an ARN, or what another stack exports.
fn existing(scope: Scope<'_>, node: &Node) -> Result<Option<Existing>, Reported> {
    let Some(said) = node.get("existing") else { return Ok(None) };
    match (&said.value, said.text()) {
        (Value::Flag(true), _) => return Ok(Some(Existing::Named)),
        (Value::Flag(false), _) => return Ok(None),
        (_, Some(arn)) if is_arn(arn) => return Ok(Some(Existing::Arn(arn.to_owned()))),
        (Value::Map(_), _) => {
            let import = said.get("import").filter(|node| is_export(node.text()));
            if let Some(name) = import.and_then(Node::text) {
                return Ok(Some(Existing::Import(name.to_owned())));
            }
        }
        _ => {}
    }
    scope.sink.report(fault::bad_existing(said.span));
    Err(Reported)
}

/// `arn:aws:dynamodb:eu-central-1:123456789012:table/orders`
fn is_arn(text: &str) -> bool {
    let mut parts = text.splitn(6, ':');
    let is = |part: Option<&str>, expected: fn(&str) -> bool| part.is_some_and(expected);
    is(parts.next(), |part| part == "arn")
        && is(parts.next(), |part| part.starts_with("aws"))
        && is(parts.next(), |part| part == "dynamodb")
        && is(parts.next(), |part| !part.is_empty())
        && is(parts.next(), |part| part.len() == 12 && part.bytes().all(|b| b.is_ascii_digit()))
        && is(parts.next(), |part| {
            part.strip_prefix("table/").is_some_and(|name| name.len() >= 3 && !name.contains('/'))
        })
}

/// The name of an export (CloudFormation, "Export").
fn is_export(text: Option<&str>) -> bool {
    let legal = |c: char| c.is_ascii_alphanumeric() || c == ':' || c == '-';
    text.is_some_and(|text| !text.is_empty() && text.len() <= 255 && text.chars().all(legal))
}
