//! How items are stored, where that differs from the contract's words: `x-attribute`, `x-dynamodb-set`, and what else
//! a table holds that others made.

use super::super::Scope;
use super::super::schema::Types;
use super::{Stored, keys::Keys};
use crate::diag::catalog::tables as fault;
use crate::model::{Additional, Field, Layout, ScalarKind, TypeId, TypeKind, TypeRef};
use crate::parse::{Entry, Node};

impl<'a> Keys<'a, '_> {
    /// The properties of the items as they are written, those of `allOf` too.
    fn written(&self) -> Vec<&'a Entry> {
        let parts = self.scope.docs.builds_on(self.schema).into_iter();
        parts.filter_map(|node| node.get("properties")).flat_map(Node::entries).collect()
    }

    /// A key of ours on a property, or on the schema that it refers to.
    pub(super) fn said(&self, field: &Field, key: &str) -> Option<&'a Entry> {
        let properties = self.written().into_iter().filter(|one| one.key == field.name.wire);
        properties.into_iter().find_map(|property| {
            let links = self.scope.docs.links(&property.value);
            property.value.entry(key).or_else(|| links.into_iter().find_map(|one| one.entry(key)))
        })
    }

    /// The attribute that holds a property.
    pub(super) fn stored_as(&self, field: &Field) -> String {
        let said = self.said(field, "x-attribute").and_then(|entry| entry.value.text());
        said.unwrap_or(&field.name.wire).to_owned()
    }

    /// How the items are stored.
    pub(super) fn layout(&self, is_existing: bool) -> Option<Layout> {
        let mut layout = Layout::default();
        let mut sound = true;
        let fields = self.types.fields(self.item).unwrap_or_default();
        for (field, _) in &fields {
            let renamed = self.said(field, "x-attribute");
            if let Some((entry, text)) =
                renamed.and_then(|entry| Some((entry, entry.value.text()?)))
            {
                let taken = fields
                    .iter()
                    .any(|(other, _)| other.name != field.name && self.stored_as(other) == text);
                if text.is_empty() || taken {
                    self.scope.sink.report(fault::bad_attribute(entry.value.span, text));
                    sound = false;
                }
                layout.renamed.push((field.name.clone(), text.to_owned()));
            }
            if let Some(entry) = self.said(field, "x-dynamodb-set").filter(|entry| is_set(entry)) {
                match self.unfit_for_set(field) {
                    None => layout.sets.push((field.name.clone(), field.required)),
                    Some(why) => {
                        let (name, place) = (&field.name.wire, field.origin.span);
                        self.scope.sink.report(fault::bad_set(entry.key_span, name, why, place));
                        sound = false;
                    }
                }
            }
        }
        layout.hides_others = is_existing && self.hides_others()?;
        sound.then_some(layout)
    }

    /// Why a property cannot be stored as a set.
    fn unfit_for_set(&self, field: &Field) -> Option<&'static str> {
        let list = match &field.ty {
            TypeRef::List(list) => Some(list),
            TypeRef::Named(id) => match self.types.alias(*id) {
                Some(TypeRef::List(list)) => Some(list),
                _ => None,
            },
            _ => None,
        };
        let Some(list) = list else { return Some("it is not an array") };
        if !list.unique {
            return Some("the elements of a set are unique: add `uniqueItems: true`");
        }
        match (&list.item, self.types.scalar_of(&list.item)) {
            (TypeRef::Nullable(_), _) => Some("its elements may be null"),
            (_, Some(ScalarKind::Boolean)) | (_, None) => {
                Some("its elements are neither strings nor numbers nor binary")
            }
            _ => None,
        }
    }

    /// Whether attributes that the contract does not name stay out of answers; the contract has to say.
    fn hides_others(&self) -> Option<bool> {
        let additional = match self.types.kind(self.item) {
            Some(TypeKind::Struct(object)) => &object.additional,
            _ => return Some(false),
        };
        let says = ["additionalProperties", "unevaluatedProperties"]
            .iter()
            .any(|key| self.schema.get(key).is_some());
        match (additional, says) {
            (Additional::Refused, _) => Some(true),
            (_, true) => Some(false),
            (_, false) => {
                self.scope.sink.report(fault::others_unsaid(self.schema.span));
                None
            }
        }
    }
}

fn is_set(entry: &Entry) -> bool {
    matches!(entry.value.value, crate::parse::Value::Flag(true))
}

/// Items that are stored in other words than the contract's are no part of other items, which are stored as they are.
pub(super) fn check_nested(scope: Scope<'_>, types: &Types<'_>, tables: &[Stored]) -> bool {
    let mut sound = true;
    for stored in tables.iter().filter(|stored| !stored.table.is_plain()) {
        let holder = tables.iter().find(|other| holds(types, other.table.item, stored.table.item));
        if let Some(holder) = holder {
            let (at, place) = (stored.table.origin.span, holder.table.origin.span);
            scope.sink.report(fault::item_within_item(at, &stored.schema, place));
            sound = false;
        }
    }
    sound
}

/// Whether objects of one type hold objects of another one.
fn holds(types: &Types<'_>, outer: TypeId, inner: TypeId) -> bool {
    let (mut seen, mut open) = (vec![outer], vec![outer]);
    while let Some(id) = open.pop() {
        let fields = types.fields(id).unwrap_or_default();
        for (field, _) in fields {
            let Some(id) = object_in(types, &field.ty) else { continue };
            if id == inner {
                return true;
            }
            if !seen.contains(&id) {
                seen.push(id);
                open.push(id);
            }
        }
    }
    false
}

/// The object that a use of a type holds, itself or as an element.
fn object_in(types: &Types<'_>, ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => object_in(types, inner),
        TypeRef::List(list) => object_in(types, &list.item),
        TypeRef::Map(map) => object_in(types, &map.value),
        TypeRef::Named(id) => match types.alias(*id) {
            Some(inner) => object_in(types, inner),
            None => types.id_of(ty),
        },
        TypeRef::Scalar(_) | TypeRef::Json => None,
    }
}
