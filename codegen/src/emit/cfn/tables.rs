//! DynamoDB tables: those that the stack makes, and what names the ones that are there already.

use serde_json::json;

use super::names;
use super::template::{Resource, Retention};
use super::value::{Map, Value, attribute, import, reference, substitute, substitute_with};
use crate::model::{
    AttributeKind, Existing, Index, KeySchema, Projection, Service, StreamView, System, Table,
};

/// A table with all types of items that are in it.
pub(super) struct Whole<'a> {
    /// The table as its first type of items has it.
    pub(super) table: &'a Table,
    /// Its indexes, each once.
    pub(super) indexes: Vec<&'a Index>,
    /// The attribute that says when an item may be removed.
    pub(super) ttl: Option<&'a str>,
    /// The view of its stream, if somebody reads it.
    pub(super) stream: Option<StreamView>,
}

/// All tables, each once.
pub(super) fn whole(system: &System) -> Vec<Whole<'_>> {
    let mut all: Vec<Whole<'_>> = vec![];
    for table in system.services.iter().flat_map(|service: &Service| &service.tables) {
        let at = all.iter().position(|whole| whole.table.name == table.name);
        let at = at.unwrap_or_else(|| {
            let stream = system.stream_view(&table.name);
            all.push(Whole { table, indexes: vec![], ttl: None, stream });
            all.len() - 1
        });
        let whole = &mut all[at];
        let ttl = table.ttl.as_ref().map(|ttl| table.attribute(&ttl.wire));
        whole.ttl = whole.ttl.or(ttl);
        for index in &table.indexes {
            if !whole.indexes.iter().any(|known| known.name == index.name) {
                whole.indexes.push(index);
            }
        }
    }
    all
}

/// The tables that the stack makes.
pub(super) fn made(system: &System) -> impl Iterator<Item = Whole<'_>> {
    whole(system).into_iter().filter(|whole| whole.table.existing.is_none())
}

/// The tables that are there already.
pub(super) fn existing(system: &System) -> impl Iterator<Item = (Whole<'_>, &Existing)> {
    whole(system).into_iter().filter_map(|whole| {
        let existing = whole.table.existing.as_ref()?;
        Some((whole, existing))
    })
}

/// The tables of all services, as resources.
pub(super) fn tables(system: &System) -> Vec<Resource> {
    made(system).map(|whole| table(&whole)).collect()
}

/// What names a table to the SDK: its name, or the ARN of one that is elsewhere.
pub(super) fn name_of(table: &Table) -> Value {
    match &table.existing {
        None => reference(&names::table_id(table)),
        Some(Existing::Named) => reference(&name_parameter(table)),
        Some(Existing::Arn(arn)) => arn.as_str().into(),
        Some(Existing::Import(export)) => import(export),
    }
}

/// The parameter that holds the name of a table that is there already.
pub(in crate::emit) fn name_parameter(table: &Table) -> String {
    format!("{}Name", names::table_id(table))
}

/// The ARN of a table, or of what is below it: `/index/byCategory`.
pub(super) fn arn_of(table: &Table, below: &str) -> Value {
    let id = names::table_id(table);
    let arn = |name: &str| {
        format!(
            "arn:${{AWS::Partition}}:dynamodb:${{AWS::Region}}:${{AWS::AccountId}}:table/{name}{below}"
        )
    };
    match &table.existing {
        None if below.is_empty() => attribute(&id, "Arn"),
        None => substitute(format!("${{{id}.Arn}}{below}")),
        Some(Existing::Named) => substitute(arn(&format!("${{{}}}", name_parameter(table)))),
        Some(Existing::Arn(own)) => format!("{own}{below}").into(),
        Some(Existing::Import(export)) => {
            substitute_with(arn("${TableName}"), Map::new().with("TableName", import(export)))
        }
    }
}

/// The ARN of a table's stream, which nobody can tell from the table's own if others made it.
pub(super) fn stream_of(table: &Table) -> Value {
    match &table.existing {
        None => attribute(&names::table_id(table), "StreamArn"),
        Some(_) => reference(&stream_parameter(table)),
    }
}

/// What the keys of a type's items look like in the records of a stream, where the table holds other types too: a function
/// is not invoked for their changes.
pub(super) fn stream_filter(table: &Table) -> Option<String> {
    let mut keys = serde_json::Map::new();
    let composed = table.key.parts().filter_map(|part| Some((part, part.around.as_ref()?)));
    keys.extend(
        composed.map(|(part, (before, _))| {
            (part.stored.clone(), json!({ "S": [{ "prefix": before }] }))
        }),
    );
    let fixed = table.key.fixed_sort.iter();
    keys.extend(fixed.map(|key| (key.attribute.clone(), json!({ "S": [key.text] }))));
    (!keys.is_empty()).then(|| json!({ "dynamodb": { "Keys": keys } }).to_string())
}

/// The parameter that holds the ARN of the stream of a table that is there already.
pub(super) fn stream_parameter(table: &Table) -> String {
    format!("{}StreamArn", names::table_id(table))
}

/// What a table that is there already is called by default.
pub(super) fn local_name(table: &Table) -> &str {
    match &table.existing {
        Some(Existing::Arn(arn)) => arn.rsplit('/').next().unwrap_or_default(),
        _ => &table.name.wire,
    }
}

/// The tables that are there already, as a stage on this machine makes them.
pub(super) fn local_tables(system: &System) -> Map {
    existing(system)
        .map(|(whole, existing)| {
            let table = whole.table;
            let name = match existing {
                Existing::Arn(arn) => arn.rsplit('/').next().unwrap_or_default().into(),
                Existing::Named | Existing::Import(_) => name_of(table),
            };
            (names::table_id(table), Map::new().with("TableName", name).with_all(shape(&whole)))
        })
        .collect()
}

/// What a stage on this machine takes for what other stacks export.
pub(super) fn local_exports(system: &System) -> Map {
    let imports = existing(system).filter_map(|(whole, existing)| match existing {
        Existing::Import(export) => Some((export.clone(), whole.table.name.wire.clone())),
        Existing::Named | Existing::Arn(_) => None,
    });
    let mut exports = Map::new();
    imports.for_each(|(export, name)| exports.set(&export, name));
    exports
}

fn table(whole: &Whole<'_>) -> Resource {
    let table = whole.table;
    let properties = Map::new()
        .with("TableName", substitute(names::physical(&table.name.wire)))
        .with("BillingMode", "PAY_PER_REQUEST")
        .with_all(shape(whole))
        .with(
            "PointInTimeRecoverySpecification",
            Map::new().with("PointInTimeRecoveryEnabled", reference("PointInTimeRecovery")),
        )
        .with("SSESpecification", Map::new().with("SSEEnabled", true))
        .with("DeletionProtectionEnabled", reference("DeletionProtection"));
    let mut resource = Resource::new(names::table_id(table), "AWS::DynamoDB::Table", properties)
        .declared_at(&table.origin.pointer);
    resource.retention = Some(Retention::KeepOnceCreated);
    resource
}

/// Keys, indexes and time to live.
fn shape(whole: &Whole<'_>) -> Map {
    let ttl = whole
        .ttl
        .map(|attribute| Map::new().with("AttributeName", attribute).with("Enabled", true));
    Map::new()
        .with("AttributeDefinitions", attribute_definitions(whole))
        .with("KeySchema", key_schema(&whole.table.key))
        .with_some("GlobalSecondaryIndexes", indexes(whole, false))
        .with_some("LocalSecondaryIndexes", indexes(whole, true))
        .with_some("TimeToLiveSpecification", ttl)
        .with_some("StreamSpecification", whole.stream.map(stream))
}

fn stream(view: StreamView) -> Map {
    Map::new().with("StreamViewType", view.name())
}

/// Every attribute that is part of a key, once.
fn attribute_definitions(whole: &Whole<'_>) -> Value {
    let keys =
        std::iter::once(&whole.table.key).chain(whole.indexes.iter().map(|index| &index.key));
    let mut seen = Vec::new();
    let mut definitions = Vec::new();
    for (name, kind) in keys.flat_map(KeySchema::attributes) {
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let kind = match kind {
            AttributeKind::String => "S",
            AttributeKind::Number => "N",
        };
        definitions.push(Map::new().with("AttributeName", name).with("AttributeType", kind));
    }
    definitions.into()
}

fn key_schema(key: &KeySchema) -> Value {
    let entry = |(name, role)| Map::new().with("AttributeName", name).with("KeyType", role);
    key.roles().map(entry).collect::<Vec<_>>().into()
}

fn indexes(whole: &Whole<'_>, local: bool) -> Option<Value> {
    let index = |index: &&Index| {
        Map::new()
            .with("IndexName", &index.name.wire)
            .with("KeySchema", key_schema(&index.key))
            .with("Projection", projection(whole.table, index))
    };
    let indexes = whole.indexes.iter().filter(|index| index.local == local);
    let indexes: Vec<_> = indexes.map(index).collect();
    (!indexes.is_empty()).then(|| indexes.into())
}

fn projection(table: &Table, index: &Index) -> Map {
    let kind = |kind: &str| Map::new().with("ProjectionType", kind);
    match (&index.projection, projected(table, index)) {
        (Projection::All, _) => kind("ALL"),
        (_, attributes) if attributes.is_empty() => kind("KEYS_ONLY"),
        (_, attributes) => kind("INCLUDE").with("NonKeyAttributes", attributes),
    }
}

/// The attributes that an index holds besides keys, where it does not hold all.
pub(super) fn projected<'a>(table: &'a Table, index: &'a Index) -> Vec<&'a str> {
    let Projection::Include(names) = &index.projection else { return vec![] };
    let keys = || table.key.attributes().into_iter().chain(index.key.attributes());
    let named = names.iter().map(|name| table.attribute(&name.wire));
    named.filter(|name| !keys().any(|(key, _)| key == *name)).collect()
}
