//! DynamoDB tables.

use super::names;
use super::template::{Resource, Retention};
use super::value::{Map, Value, reference, substitute};
use crate::model::{AttributeKind, KeySchema, Service, System, Table};

/// The tables of all services.
pub(super) fn tables(system: &System) -> Vec<Resource> {
    let of_service = |service: &Service| service.tables.iter().map(table).collect::<Vec<_>>();
    system.services.iter().flat_map(of_service).collect()
}

fn table(table: &Table) -> Resource {
    let properties = Map::new()
        .with("TableName", substitute(names::physical(&table.name.wire)))
        .with("BillingMode", "PAY_PER_REQUEST")
        .with("AttributeDefinitions", attribute_definitions(table))
        .with("KeySchema", key_schema(&table.key))
        .with_some("GlobalSecondaryIndexes", indexes(table))
        .with_some("TimeToLiveSpecification", time_to_live(table))
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

/// Every attribute that is part of a key, once.
fn attribute_definitions(table: &Table) -> Value {
    let keys = std::iter::once(&table.key).chain(table.indexes.iter().map(|index| &index.key));
    let mut seen = Vec::new();
    let mut definitions = Vec::new();
    for attribute in keys.flat_map(|key| std::iter::once(&key.partition).chain(&key.sort)) {
        let name = attribute.name.wire.as_str();
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let kind = match attribute.attribute {
            AttributeKind::String => "S",
            AttributeKind::Number => "N",
        };
        definitions.push(Map::new().with("AttributeName", name).with("AttributeType", kind));
    }
    definitions.into()
}

fn key_schema(key: &KeySchema) -> Value {
    let entry =
        |name: &str, kind: &str| Map::new().with("AttributeName", name).with("KeyType", kind);
    let partition = entry(&key.partition.name.wire, "HASH");
    let sort = key.sort.as_ref().map(|sort| entry(&sort.name.wire, "RANGE"));
    std::iter::once(partition).chain(sort).collect::<Vec<_>>().into()
}

fn indexes(table: &Table) -> Option<Value> {
    let index = |index: &crate::model::Index| {
        Map::new()
            .with("IndexName", &index.name.wire)
            .with("KeySchema", key_schema(&index.key))
            .with("Projection", Map::new().with("ProjectionType", "ALL"))
    };
    let indexes: Vec<_> = table.indexes.iter().map(index).collect();
    (!indexes.is_empty()).then(|| indexes.into())
}

fn time_to_live(table: &Table) -> Option<Map> {
    let attribute = table.ttl.as_ref()?;
    Some(Map::new().with("AttributeName", &attribute.wire).with("Enabled", true))
}
