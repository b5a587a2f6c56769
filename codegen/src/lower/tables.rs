//! Tables: `x-dynamodb-table` on the schema of the items.
//!
//! Owns which schemas have a table, and that keys and indexes are properties that DynamoDB can take as keys.

use super::schema::{Access, Types};
use super::{Contracts, Scope, names};
use crate::diag::catalog::{bindings as binding_fault, shape::nearest, tables as fault};
use crate::model::{
    AttributeKind, Docs, Index, KeyAttribute, KeySchema, Name, Owner, ScalarKind, Table, TypeId,
    TypeKind, TypeRef,
};
use crate::parse::Node;

/// A table, with what contracts call it: the name of its schema.
pub(crate) struct Stored {
    pub(crate) schema: String,
    pub(crate) table: Table,
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
    for node in types.nodes().filter(|node| !has_table(node)) {
        let properties = node.get("properties").into_iter().flat_map(Node::entries);
        for owner in properties.filter_map(|property| property.value.get("x-owner")) {
            scope.sink.report(fault::owner_without_table(owner.span));
            sound = false;
        }
    }
    (tables, sound)
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
    let indexes = keys.indexes(node);
    let ttl = keys.ttl(node);
    let owner = keys.owner(key.as_ref());
    let version = keys.version();
    Some(Stored {
        schema: types.wanted(item).to_owned(),
        table: Table {
            name: names::name(name_text),
            item,
            key: key?,
            indexes: indexes?,
            ttl: ttl?,
            version: version?,
            owner: owner?,
            docs: Docs { deprecated: None, ..super::docs::docs(schema) },
            origin: scope.origin(node.span),
        },
    })
}

/// Looks keys up among the properties of an item.
struct Keys<'a, 't> {
    scope: Scope<'a>,
    types: &'t Types<'a>,
    item: TypeId,
    schema: &'a Node,
}

impl Keys<'_, '_> {
    /// `x-owner` on a property, which must be a key of the table.
    fn owner(&self, key: Option<&KeySchema>) -> Option<Option<Owner>> {
        let properties = self.schema.get("properties").into_iter().flat_map(Node::entries);
        let mut owners = properties.filter_map(|one| Some((one, one.value.get("x-owner")?)));
        let Some((property, declared)) = owners.next() else { return Some(None) };
        if let Some((second, _)) = owners.next() {
            self.scope.sink.report(fault::owner_twice(second.key_span, property.key_span));
            return None;
        }
        let key = key?;
        let mut attributes = std::iter::once(&key.partition).chain(&key.sort);
        let Some(attribute) = attributes.find(|one| one.name.wire == property.key) else {
            self.scope.sink.report(fault::owner_no_key(declared.span, &property.key));
            return None;
        };
        let text = |key: &str| declared.text_at(key).map(str::to_owned);
        let claim = match declared.text() {
            Some(text) => text.strip_prefix("$claims.").map(str::to_owned),
            None => text("claim"),
        };
        let Some(claim) = claim.filter(|claim| !claim.is_empty()) else {
            self.scope.sink.report(fault::bad_owner(declared.span));
            return None;
        };
        let origin = self.scope.origin(declared.span);
        let (attribute, unless) = (attribute.name.clone(), text("unless"));
        Some(Some(Owner { attribute, claim, unless, origin }))
    }

    /// `x-version` on a property, which counts the changes of an item.
    #[allow(clippy::option_option, reason = "the outer one tells failure")]
    fn version(&self) -> Option<Option<Name>> {
        let fields = self.types.fields(self.item)?;
        let mut versions = fields.iter().filter(|(field, _)| field.version);
        let Some((field, access)) = versions.next() else { return Some(None) };
        let at = field.origin.span;
        if let Some((second, _)) = versions.next() {
            self.scope.sink.report(binding_fault::version_twice(second.origin.span, at));
            return None;
        }
        let is_integer = self.types.scalar_of(&field.ty).is_some_and(ScalarKind::is_integer);
        let is_nullable = matches!(field.ty, TypeRef::Nullable(_));
        if !is_integer || is_nullable || !field.required || *access != Access::Read {
            self.scope.sink.report(binding_fault::bad_version(at, &field.name.wire));
            return None;
        }
        Some(Some(field.name.clone()))
    }

    /// The key of a table, or of an index, whose attributes an item may lack.
    fn schema(&self, node: &Node, is_table: bool) -> Option<KeySchema> {
        let partition = self.attribute(node.get("partitionKey")?, is_table);
        let sort = node.get("sortKey").map(|node| self.attribute(node, is_table));
        let (partition, sort) = (partition?, sort.map_or(Some(None), |sort| sort.map(Some))?);
        if let (Some(second), true) =
            (node.get("sortKey"), sort.as_ref().is_some_and(|s| s.name == partition.name))
        {
            self.scope.sink.report(fault::key_twice(second.span, &partition.name.wire));
            return None;
        }
        Some(KeySchema { partition, sort })
    }

    fn attribute(&self, named: &Node, is_table: bool) -> Option<KeyAttribute> {
        let name = named.text()?;
        let fields = self.types.fields(self.item)?;
        let Some((field, _)) = fields.iter().find(|(field, _)| field.name.wire == name) else {
            let near = nearest(name, fields.iter().map(|(field, _)| field.name.wire.as_str()));
            self.scope.sink.report(fault::key_unknown(named.span, name, near, self.schema.span));
            return None;
        };
        let refuse = |why: &str| {
            self.scope.sink.report(fault::key_unfit(named.span, name, why, field.origin.span));
            None
        };
        if is_table && !field.required {
            return refuse("it must be in every item: add it to `required`");
        }
        if matches!(field.ty, TypeRef::Nullable(_)) {
            return refuse("it may be null");
        }
        let Some(scalar) = self.types.scalar_of(&field.ty) else {
            return refuse("it is neither a string nor a number");
        };
        let attribute = match scalar {
            ScalarKind::Boolean => return refuse("it is a boolean"),
            ScalarKind::Bytes => return refuse("it is binary"),
            ScalarKind::String
            | ScalarKind::DecimalString
            | ScalarKind::Uuid
            | ScalarKind::DateTime
            | ScalarKind::Date => AttributeKind::String,
            ScalarKind::Int32
            | ScalarKind::Int64
            | ScalarKind::Integer
            | ScalarKind::Double
            | ScalarKind::Decimal => AttributeKind::Number,
        };
        if self.may_be_empty(&field.ty, scalar) {
            self.scope.sink.report(fault::key_may_be_empty(named.span, name, field.origin.span));
        }
        Some(KeyAttribute { name: field.name.clone(), ty: field.ty.clone(), scalar, attribute })
    }

    /// Whether the empty string, which DynamoDB refuses as a key, is a value of the type.
    fn may_be_empty(&self, ty: &TypeRef, scalar: ScalarKind) -> bool {
        let kind = match ty {
            TypeRef::Named(id) => self.types.kind(*id),
            _ => None,
        };
        match kind {
            Some(TypeKind::Newtype(scalar)) if scalar.kind == ScalarKind::String => {
                let text = &scalar.text;
                let matches_empty = text.pattern.as_ref().is_none_or(|pattern| {
                    scalars::Pattern::new(pattern)
                        .is_ok_and(|pattern| pattern.is_match("") != Ok(false))
                });
                text.min_length.is_none() && text.format.is_none() && matches_empty
            }
            Some(TypeKind::Newtype(_) | TypeKind::Enum(_)) => false,
            _ => scalar == ScalarKind::String,
        }
    }

    fn indexes(&self, node: &Node) -> Option<Vec<Index>> {
        let mut indexes: Vec<Index> = vec![];
        let mut sound = true;
        for node in node.get("indexes").into_iter().flat_map(Node::items) {
            if self.scope.docs.failed(node) {
                sound = false;
                continue;
            }
            let name = node.get("name")?;
            let text = name.text()?;
            if let Some(first) = indexes.iter().find(|index| index.name.wire == text) {
                self.scope.sink.report(fault::index_twice(name.span, text, first.origin.span));
                sound = false;
            }
            match self.schema(node, false) {
                Some(key) => {
                    let origin = self.scope.origin(node.span);
                    indexes.push(Index { name: names::name(text), key, origin });
                }
                None => sound = false,
            }
        }
        sound.then_some(indexes)
    }

    #[allow(clippy::option_option, reason = "the outer one tells failure")]
    fn ttl(&self, node: &Node) -> Option<Option<Name>> {
        let Some(named) = node.get("ttl") else { return Some(None) };
        let name = named.text()?;
        let fields = self.types.fields(self.item)?;
        let Some((field, _)) = fields.iter().find(|(field, _)| field.name.wire == name) else {
            let near = nearest(name, fields.iter().map(|(field, _)| field.name.wire.as_str()));
            self.scope.sink.report(fault::key_unknown(named.span, name, near, self.schema.span));
            return None;
        };
        let scalar = self.types.scalar_of(&field.ty);
        if !scalar.is_some_and(ScalarKind::is_integer) {
            self.scope.sink.report(fault::ttl_not_integer(named.span, name, field.origin.span));
            return None;
        }
        Some(Some(field.name.clone()))
    }
}
