//! Keys and indexes of tables: which properties they are, and how they are composed.

use super::super::names::Unique;
use super::super::schema::{Access, Types};
use super::super::{Reported, Scope};
use crate::diag::catalog::{bindings as binding_fault, shape::nearest, slips, tables as fault};
use crate::model::{
    AttributeKind, Field, FixedKey, Index, KeyAttribute, KeySchema, Name, Owner, Projection,
    ScalarKind, TypeId, TypeKind, TypeRef,
};
use crate::parse::{Node, Value};

/// Looks keys up among the properties of an item.
pub(super) struct Keys<'a, 't> {
    pub(super) scope: Scope<'a>,
    pub(super) types: &'t Types<'a>,
    pub(super) item: TypeId,
    pub(super) schema: &'a Node,
}

impl Keys<'_, '_> {
    /// `x-owner` on a property, which must be a key of the table.
    pub(super) fn owner(&self, key: Option<&KeySchema>) -> Result<Option<Owner>, Reported> {
        let fields = self.types.fields(self.item).ok_or(Reported)?;
        let mut owners =
            fields.iter().filter_map(|(field, _)| Some((field, field.owner.as_ref()?)));
        let Some((field, owner)) = owners.next() else { return Ok(None) };
        let at = owner.origin.span;
        if let Some((_, second)) = owners.next() {
            self.scope.sink.report(fault::owner_twice(second.origin.span, at));
            return Err(Reported);
        }
        let key = key.ok_or(Reported)?;
        let mut attributes = std::iter::once(&key.partition).chain(&key.sort);
        let Some(attribute) = attributes.find(|one| one.name.wire == field.name.wire) else {
            self.scope.sink.report(fault::owner_no_key(at, &field.name.wire));
            return Err(Reported);
        };
        Ok(Some(Owner { attribute: attribute.name.clone(), ..owner.clone() }))
    }

    /// `x-version` on a property, which counts the changes of an item.
    pub(super) fn version(&self) -> Result<Option<Name>, Reported> {
        let fields = self.types.fields(self.item).ok_or(Reported)?;
        let mut versions = fields.iter().filter(|(field, _)| field.version);
        let Some((field, access)) = versions.next() else { return Ok(None) };
        let at = field.origin.span;
        if let Some((second, _)) = versions.next() {
            self.scope.sink.report(binding_fault::version_twice(second.origin.span, at));
            return Err(Reported);
        }
        let is_integer = self.types.scalar_of(&field.ty).is_some_and(ScalarKind::is_integer);
        let is_nullable = matches!(field.ty, TypeRef::Nullable(_));
        if !is_integer || is_nullable || !field.required || *access != Access::Read {
            self.scope.sink.report(binding_fault::bad_version(at, &field.name.wire));
            return Err(Reported);
        }
        if let Some((value, why)) = self.types.uncounted(&field.ty, 1) {
            self.scope.sink.report(slips::version_refused(at, &field.name.wire, value, &why));
            return Err(Reported);
        }
        Ok(Some(field.name.clone()))
    }

    /// The key of a table, or of an index, whose attributes an item may lack.
    pub(super) fn schema(&self, node: &Node, is_table: bool) -> Option<KeySchema> {
        let Some(partition) = node.get("partitionKey") else {
            self.scope.sink.report(fault::no_partition_key(node.span));
            return None;
        };
        let lists = ["partitionKey", "sortKey"].map(|key| node.get(key).filter(|it| is_list(it)));
        if let ([Some(list), _] | [None, Some(list)], false) = (lists, is_table) {
            return self.several(node, list);
        }
        let partition = match self.part(partition, is_table)? {
            Part::Property(key) => *key,
            Part::Fixed(key) => {
                self.scope.sink.report(fault::fixed_partition(partition.span, &key.text));
                return None;
            }
        };
        self.with_sort(node, partition, is_table)
    }

    /// The key of a global index whose partition or sort key is a list of properties.
    fn several(&self, node: &Node, list: &Node) -> Option<KeySchema> {
        let mut partition = self.listed(node.get("partitionKey")?)?;
        let mut sort = match node.get("sortKey") {
            Some(sort) => self.listed(sort)?,
            None => vec![],
        };
        let mut seen: Vec<&KeyAttribute> = vec![];
        for part in partition.iter().chain(&sort) {
            if seen.iter().any(|one| one.name == part.name) {
                self.scope.sink.report(fault::key_attribute_twice(list.span, &part.name.wire));
                return None;
            }
            seen.push(part);
        }
        let further_partition = partition.split_off(1);
        let further_sort = sort.split_off(sort.len().min(1));
        let key = KeySchema::of(partition.pop()?);
        Some(KeySchema { further_partition, sort: sort.pop(), further_sort, ..key })
    }

    /// The properties of a partition or sort key, one or a list of them.
    fn listed(&self, node: &Node) -> Option<Vec<KeyAttribute>> {
        let one = std::slice::from_ref(node);
        let items = if is_list(node) { node.items() } else { one };
        let most = limits::DYNAMODB_KEY_ATTRIBUTES;
        if items.is_empty() || items.len() > most as usize {
            self.scope.sink.report(fault::key_attributes(node.span, most));
            return None;
        }
        let parts = items.iter().map(|item| match self.part(item, false)? {
            Part::Property(key) if key.around.is_none() => Some(*key),
            _ => {
                self.scope.sink.report(fault::composed_among_several(item.span));
                None
            }
        });
        parts.collect()
    }

    /// A key with this partition key and the sort key that the contract names.
    fn with_sort(&self, node: &Node, partition: KeyAttribute, is_table: bool) -> Option<KeySchema> {
        let Some(second) = node.get("sortKey") else {
            return Some(KeySchema::of(partition));
        };
        let (sort, fixed_sort) = match self.part(second, is_table)? {
            Part::Property(key) => (Some(*key), None),
            Part::Fixed(key) => (None, Some(key)),
        };
        let stored = sort.as_ref().map(|sort| &sort.stored);
        let stored = stored.or(fixed_sort.as_ref().map(|key| &key.attribute));
        let is_same = sort.as_ref().is_some_and(|sort| sort.name == partition.name);
        if is_same || stored == Some(&partition.stored) {
            self.scope.sink.report(fault::key_twice(second.span, &partition.name.wire));
            return None;
        }
        if let Some((_, behind)) = sort.as_ref().and_then(|sort| sort.around.as_ref())
            && !behind.is_empty()
        {
            self.scope.sink.report(fault::text_behind(second.span, behind));
            return None;
        }
        Some(KeySchema { sort, fixed_sort, ..KeySchema::of(partition) })
    }

    /// A key attribute: a property, or a text with one property in it or none.
    fn part(&self, node: &Node, is_table: bool) -> Option<Part> {
        if is_list(node) {
            self.scope.sink.report(fault::several_attributes(node.span));
            return None;
        }
        let Some(value) = node.get("value") else {
            let key = self.attribute(node, node.text()?, is_table)?;
            self.check_empty(node, &key);
            return Some(Part::Property(Box::new(key)));
        };
        let (text, stored) = (value.text()?, node.text_at("attribute")?);
        let template = match template(text) {
            Ok(template) => template,
            Err(why) => {
                self.scope.sink.report(fault::bad_composed(value.span, text, why));
                return None;
            }
        };
        if self.is_property(stored) {
            self.scope.sink.report(fault::composed_is_property(node.span, stored));
            return None;
        }
        let Some((before, property, behind)) = template else {
            self.check_fixed(value, text);
            let (attribute, text) = (stored.to_owned(), text.to_owned());
            return Some(Part::Fixed(FixedKey { attribute, text }));
        };
        let key = self.attribute(value, property, is_table)?;
        if before.is_empty() && behind.is_empty() {
            self.check_empty(value, &key);
        }
        if key.attribute == AttributeKind::Number && !is_table {
            self.scope.sink.report(fault::composed_of_number(value.span, property));
            return None;
        }
        if let Some(before) = before.strip_suffix('$') {
            let meant = format!("{before}{{{property}}}{behind}");
            self.scope.sink.report(slips::key_with_dollar(value.span, text, &meant));
        }
        Some(Part::Property(Box::new(KeyAttribute {
            attribute: AttributeKind::String,
            stored: stored.to_owned(),
            around: Some((before.to_owned(), behind.to_owned())),
            ..key
        })))
    }

    /// Reports a fixed text that was probably meant to hold a property: `ORDER#number` for `ORDER#{number}`.
    fn check_fixed(&self, at: &Node, text: &str) {
        let is_part = |char: char| char.is_alphanumeric() || char == '_';
        let fields = self.types.fields(self.item).unwrap_or_default();
        for (field, _) in fields {
            let name = field.name.wire.as_str();
            let is_whole = |at: &usize| {
                let (before, behind) = (&text[..*at], &text[at + name.len()..]);
                // A text alone is a kind of item: `profile`.
                !before.is_empty() && !before.ends_with(is_part) && !behind.starts_with(is_part)
            };
            let Some(start) = text.match_indices(name).map(|(at, _)| at).find(is_whole) else {
                continue;
            };
            let before = text[..start].trim_end_matches(['(', '$', '<', '[', '%', ':']);
            let behind = text[start + name.len()..].trim_start_matches([')', '>', ']', '%']);
            let meant = format!("{before}{{{name}}}{behind}");
            self.scope.sink.report(slips::key_without_braces(at.span, text, name, &meant));
            return;
        }
    }

    fn is_property(&self, attribute: &str) -> bool {
        let fields = self.types.fields(self.item).unwrap_or_default();
        fields.iter().any(|(field, _)| self.stored_as(field) == attribute)
    }

    /// The property that a text of the contract names.
    pub(super) fn property(&self, named: &Node, name: &str) -> Option<&Field> {
        let fields = self.types.fields(self.item)?;
        let found = fields.iter().find(|(field, _)| field.name.wire == name);
        if found.is_none() {
            let near = nearest(name, fields.iter().map(|(field, _)| field.name.wire.as_str()));
            self.scope.sink.report(fault::key_unknown(named.span, name, near, self.schema.span));
        }
        found.map(|(field, _)| *field)
    }

    fn attribute(&self, named: &Node, name: &str, is_table: bool) -> Option<KeyAttribute> {
        let field = self.property(named, name)?;
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
        Some(KeyAttribute {
            name: field.name.clone(),
            ty: field.ty.clone(),
            scalar,
            attribute,
            stored: self.stored_as(field),
            around: None,
        })
    }

    /// Reports a key that may be the empty string, which DynamoDB refuses.
    fn check_empty(&self, named: &Node, key: &KeyAttribute) {
        let fields = self.types.fields(self.item).unwrap_or_default();
        let field = fields.iter().find(|(field, _)| field.name == key.name);
        if let Some((field, _)) = field.filter(|_| self.may_be_empty(&key.ty, key.scalar)) {
            let (name, place) = (&key.name.wire, field.origin.span);
            self.scope.sink.report(fault::key_may_be_empty(named.span, name, place));
        }
    }

    /// Reports keys of an existing table that are compared in the spelling of this program, whatever others wrote.
    pub(super) fn check_spelling(&self, node: &Node, keys: &[&KeySchema]) {
        let mut told = vec![];
        for part in keys.iter().flat_map(|key| key.parts()) {
            let Some(spelling) = spelling(part.scalar).filter(|_| !told.contains(&&part.name))
            else {
                continue;
            };
            told.push(&part.name);
            let fields = self.types.fields(self.item).unwrap_or_default();
            let field = fields.iter().find(|(field, _)| field.name == part.name);
            let at = field.map_or(node.span, |(field, _)| field.origin.span);
            let report = fault::key_spelling(at, &part.name.wire, spelling, node.span);
            self.scope.sink.report(report);
        }
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
                let is_formatted = text.format.is_some_and(|format| !format.is_met_by(""));
                text.min_length.is_none_or(|least| least == 0) && !is_formatted && matches_empty
            }
            Some(TypeKind::Newtype(_) | TypeKind::Enum(_)) => false,
            _ => scalar == ScalarKind::String,
        }
    }

    pub(super) fn indexes(&self, node: &Node, own: Option<&KeySchema>) -> Option<Vec<Index>> {
        let mut indexes: Vec<Index> = vec![];
        let mut unique = Unique::default();
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
            if !is_index_name(text) {
                self.scope.sink.report(slips::bad_index_name(name.span, text));
                sound = false;
            }
            let local = node.is_set("local");
            let key = match (local, own) {
                (false, _) => self.schema(node, false),
                (true, Some(own)) => self.local_key(node, own),
                (true, None) => None,
            };
            match (key, self.projection(node)) {
                (Some(key), Some(projection)) => {
                    let origin = self.scope.origin(node.span);
                    indexes.push(Index { name: unique.name(text), key, local, projection, origin });
                }
                _ => sound = false,
            }
        }
        for (local, most) in
            [(true, limits::DYNAMODB_LOCAL_INDEXES), (false, limits::DYNAMODB_INDEXES)]
        {
            let all: Vec<&Index> = indexes.iter().filter(|index| index.local == local).collect();
            if let Some(index) = all.get(most as usize) {
                self.scope.sink.report(fault::too_many_indexes(index.origin.span, local, most));
                sound = false;
            }
        }
        sound.then_some(indexes)
    }

    /// The key of a local index: the table's partition key, and a sort key of its own.
    fn local_key(&self, node: &Node, own: &KeySchema) -> Option<KeySchema> {
        if own.attributes().len() < 2 {
            self.scope.sink.report(fault::local_without_sort(node.span, self.schema.span));
            return None;
        }
        let said = node.entry("partitionKey");
        if let Some(entry) =
            said.filter(|entry| entry.value.text() != Some(&own.partition.name.wire))
        {
            let name = &own.partition.name.wire;
            self.scope.sink.report(fault::local_partition(entry.key_span, name));
            return None;
        }
        if node.get("sortKey").is_none() {
            self.scope.sink.report(fault::local_unsorted(node.span));
            return None;
        }
        self.with_sort(node, own.partition.clone(), false)
    }

    /// What an index holds: all, `keys`, or the keys and the properties that are listed.
    fn projection(&self, node: &Node) -> Option<Projection> {
        let Some(node) = node.get("projection") else { return Some(Projection::All) };
        match node.text() {
            Some("all") => return Some(Projection::All),
            Some("keys") => return Some(Projection::Keys),
            Some(_) => {
                self.scope.sink.report(fault::bad_projection(node.span));
                return None;
            }
            None => {}
        }
        let named = node
            .items()
            .iter()
            .map(|named| Some(self.property(named, named.text()?)?.name.clone()));
        let named: Option<Vec<Name>> = named.collect();
        let named = named?;
        if named.is_empty() || named.len() > limits::DYNAMODB_PROJECTED as usize {
            self.scope.sink.report(fault::bad_projection(node.span));
            return None;
        }
        Some(Projection::Include(named))
    }

    pub(super) fn ttl(&self, node: &Node) -> Result<Option<Name>, Reported> {
        let Some(named) = node.get("ttl") else { return Ok(None) };
        let name = named.text().ok_or(Reported)?;
        let field = self.property(named, name).ok_or(Reported)?;
        let scalar = self.types.scalar_of(&field.ty);
        if !scalar.is_some_and(ScalarKind::is_integer) {
            self.scope.sink.report(fault::ttl_not_integer(named.span, name, field.origin.span));
            return Err(Reported);
        }
        if field.version {
            self.scope.sink.report(slips::ttl_is_version(named.span, name, field.origin.span));
            return Err(Reported);
        }
        if YEARS.iter().any(|seconds| self.types.refused(&field.ty, *seconds).is_some()) {
            self.scope.sink.report(slips::ttl_unlikely(named.span, name, field.origin.span));
        }
        Ok(Some(field.name.clone()))
    }
}

/// The one spelling in which values of a kind are stored, where they have several.
pub(crate) fn spelling(kind: ScalarKind) -> Option<&'static str> {
    match kind {
        ScalarKind::DateTime => Some("in UTC with six decimals, `2026-01-31T12:00:00.000000Z`"),
        ScalarKind::Uuid => Some("in lower case"),
        _ => None,
    }
}

/// The beginnings of 2026 and 2036, in seconds since 1970.
const YEARS: [i64; 2] = [1_767_225_600, 2_082_758_400];

/// The name of an index (DynamoDB, `GlobalSecondaryIndex`).
fn is_index_name(name: &str) -> bool {
    let legal = |char: char| char.is_ascii_alphanumeric() || "_.-".contains(char);
    (3..=255).contains(&name.len()) && name.chars().all(legal)
}

fn is_list(node: &Node) -> bool {
    matches!(node.value, Value::List(_))
}

/// A key attribute as the contract gives it.
enum Part {
    Property(Box<KeyAttribute>),
    Fixed(FixedKey),
}

/// The text before the property of `CUSTOMER#{id}`, the property, and the text behind it; nothing for a text alone.
#[allow(clippy::type_complexity, reason = "three texts in their order")]
fn template(text: &str) -> Result<Option<(&str, &str, &str)>, &'static str> {
    if text.is_empty() {
        return Err("it is empty");
    }
    let Some((before, rest)) = text.split_once('{') else {
        return if text.contains('}') { Err("`}` has no `{`") } else { Ok(None) };
    };
    let Some((property, behind)) = rest.split_once('}') else { return Err("`{` is not closed") };
    if behind.contains(['{', '}']) {
        return Err("only one property is supported");
    }
    if before.is_empty() && behind.is_empty() {
        return Err("use the property itself as the key, and `x-attribute` on the property");
    }
    Ok(Some((before, property, behind)))
}

#[cfg(test)]
mod tests {
    use super::template;

    #[test]
    fn a_key_is_a_text_with_a_property_in_it() {
        assert_eq!(template("CUSTOMER#{id}"), Ok(Some(("CUSTOMER#", "id", ""))));
        assert_eq!(template("T#{id}#ALL"), Ok(Some(("T#", "id", "#ALL"))));
        assert_eq!(template("PROFILE"), Ok(None));
        for wrong in ["", "a}", "{a", "{a}#{b}", "{a}"] {
            assert!(template(wrong).is_err(), "{wrong}");
        }
    }
}
