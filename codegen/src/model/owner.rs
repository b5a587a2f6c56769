//! Whose items an operation works on (`x-owner`), and where a request says so.

use std::collections::BTreeSet;

use super::used::parts;
use super::{
    Body, BoundAction, Codec, Content, Field, KeySchema, Name, Operation, Origin, PartKind,
    ScalarKind, Service, SortBy, SortComparison, TypeId, TypeKind, TypeRef,
};

/// Who owns an item: a key attribute, or a part of a request, holds what a claim of the caller says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The key attribute, the parameter, or the property of the body.
    pub attribute: Name,
    /// The claim: `sub`.
    pub claim: String,
    /// The scope with which a caller may use everybody's items.
    pub unless: Option<String>,
    /// Where it is declared.
    pub origin: Origin,
}

/// Where an operation learns whose items it works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerSource {
    /// A parameter, as its index in `Operation::parameters`.
    Parameter(usize),
    /// The property of the body that has the attribute's name.
    Body,
    /// From nothing: it works on everybody's.
    Nowhere,
}

impl Service {
    /// Whose items an operation works on, and where it learns that: from the key of the table that it is bound to, or
    /// from the part of the request that declares an owner. `None` where nobody owns anything.
    #[must_use]
    pub fn owner_source<'a>(
        &'a self,
        operation: &'a Operation,
    ) -> Option<(&'a Owner, OwnerSource)> {
        let declared = || {
            let mut parameters = operation.parameters.iter().enumerate();
            let of_parameter = parameters.find_map(|(at, parameter)| {
                let is_text = self.is_text(&parameter.ty, true);
                let source =
                    if is_text { OwnerSource::Parameter(at) } else { OwnerSource::Nowhere };
                Some((parameter.owner.as_ref()?, source))
            });
            of_parameter.or_else(|| {
                let owner = self.body_owners(operation.body.as_ref()?).next()?;
                Some((owner, self.owner_in_body(operation, &owner.attribute)))
            })
        };
        self.owner_of_key(operation).or_else(declared)
    }

    fn owner_of_key(&self, operation: &Operation) -> Option<(&Owner, OwnerSource)> {
        let binding = operation.binding.as_ref()?;
        let table = self.table(binding.table);
        let owner = table.owner.as_ref()?;
        let at = |key: &KeySchema, partition: usize, sort: Option<usize>| {
            if key.partition.name == owner.attribute {
                return OwnerSource::Parameter(partition);
            }
            let is_sort = key.sort.as_ref().is_some_and(|sort| sort.name == owner.attribute);
            match sort.filter(|_| is_sort) {
                Some(sort) => OwnerSource::Parameter(sort),
                None => OwnerSource::Nowhere,
            }
        };
        let source = match &binding.action {
            BoundAction::Create { key, .. } | BoundAction::Put { key } => {
                let in_path = key.as_ref().map(|key| at(&table.key, key.partition, key.sort));
                match in_path {
                    Some(source @ OwnerSource::Parameter(_)) => source,
                    _ => self.owner_in_body(operation, &owner.attribute),
                }
            }
            BoundAction::BatchGet { partition, keys, .. } => {
                let (partition, sort) = match partition {
                    Some(partition) => (*partition, Some(*keys)),
                    None => (*keys, None),
                };
                at(&table.key, partition, sort)
            }
            action => match (action.key(), action.by()) {
                (Some(key), _) => at(&table.key, key.partition, key.sort),
                (None, Some(by)) => {
                    let key = by.index.map_or(&table.key, |index| &table.indexes[index].key);
                    let sort = match by.sort {
                        Some(SortBy::Compare(SortComparison::Equal, sort)) => Some(sort),
                        _ => None,
                    };
                    let given = std::iter::once(&by.partition).chain(&by.further).chain(&sort);
                    let mut given = key.parts().zip(given);
                    let found = given.find(|(part, _)| part.name == owner.attribute);
                    found.map_or(OwnerSource::Nowhere, |(_, at)| OwnerSource::Parameter(*at))
                }
                (None, None) => OwnerSource::Nowhere,
            },
        };
        Some((owner, source))
    }

    fn owner_in_body(&self, operation: &Operation, attribute: &Name) -> OwnerSource {
        let is_named = |content: &Content| {
            let field = self.sent_field(content, &attribute.wire);
            field.is_some_and(|field| field.required && self.is_text(&field.ty, true))
        };
        match &operation.body {
            Some(body) if body.required && body.contents.iter().all(is_named) => OwnerSource::Body,
            _ => OwnerSource::Nowhere,
        }
    }

    /// The owners that a body names in properties of its own, media type by media type.
    pub fn body_owners<'a>(&'a self, body: &'a Body) -> impl Iterator<Item = &'a Owner> {
        let fields = body.contents.iter().flat_map(|content| self.sent_fields(content));
        fields.filter_map(|field| field.owner.as_ref())
    }

    /// The owners further down in a body, where an element, an alternative or an object inside of it has one.
    #[must_use]
    pub fn owners_below<'a>(&'a self, body: &'a Body) -> Vec<&'a Owner> {
        let mut open: Vec<&TypeRef> = vec![];
        for content in &body.contents {
            match self.sent_object(content) {
                None => open.push(&content.ty),
                Some(own) => open.extend(parts(own)),
            }
        }
        let mut seen: BTreeSet<TypeId> = BTreeSet::new();
        let mut owners: Vec<&Owner> = vec![];
        while let Some(ty) = open.pop() {
            match ty {
                TypeRef::Named(id) if seen.insert(*id) => {
                    let kind = &self.type_def(*id).kind;
                    open.extend(parts(kind));
                    if let TypeKind::Struct(object) = kind {
                        owners
                            .extend(object.fields.iter().filter_map(|field| field.owner.as_ref()));
                    }
                }
                TypeRef::List(list) => open.push(&list.item),
                TypeRef::Map(map) => open.push(&map.value),
                TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => open.push(inner),
                TypeRef::Named(_) | TypeRef::Scalar(_) | TypeRef::Json => {}
            }
        }
        owners.sort_by_key(|owner| (owner.origin.span, &owner.origin.pointer));
        owners.dedup_by_key(|owner| &owner.origin);
        owners
    }

    /// The property of a media type's object by its name.
    #[must_use]
    pub fn sent_field<'a>(&'a self, content: &'a Content, wire: &str) -> Option<&'a Field> {
        let is_value = |form: &super::Multipart| {
            let part = form.parts.iter().find(|part| part.name.wire == wire);
            part.is_some_and(|part| part.required && matches!(part.kind, PartKind::Value { .. }))
        };
        let is_read = match &content.codec {
            Codec::Multipart(form) => is_value(form),
            _ => true,
        };
        let mut fields = self.sent_fields(content).iter();
        fields.find(|field| is_read && field.name.wire == wire)
    }

    fn sent_fields<'a>(&'a self, content: &'a Content) -> &'a [Field] {
        match self.sent_object(content) {
            Some(TypeKind::Struct(object)) => &object.fields,
            _ => &[],
        }
    }

    /// The object that a media type holds; `None` where it holds something else.
    fn sent_object<'a>(&'a self, content: &'a Content) -> Option<&'a TypeKind> {
        match content.codec {
            Codec::Json | Codec::Form(_) | Codec::Multipart(_) => self.object_of(&content.ty),
            Codec::Text | Codec::Binary => None,
        }
    }

    fn object_of(&self, ty: &TypeRef) -> Option<&TypeKind> {
        let TypeRef::Named(id) = ty else { return None };
        match &self.type_def(*id).kind {
            object @ TypeKind::Struct(_) => Some(object),
            TypeKind::Alias(target) => self.object_of(target),
            _ => None,
        }
    }

    /// Whether a type is a list.
    #[must_use]
    pub fn is_list(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::List(_) => true,
            TypeRef::Named(id) => match &self.type_def(*id).kind {
                TypeKind::Alias(target) => self.is_list(target),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether each value is one text, or a list of texts where there may be several.
    fn is_text(&self, ty: &TypeRef, many: bool) -> bool {
        match ty {
            TypeRef::Scalar(kind) => *kind != ScalarKind::Bytes,
            TypeRef::List(list) => many && self.is_text(&list.item, false),
            TypeRef::Named(id) => match &self.type_def(*id).kind {
                TypeKind::Newtype(scalar) => scalar.kind != ScalarKind::Bytes,
                TypeKind::Enum(_) => true,
                TypeKind::Alias(target) => self.is_text(target, many),
                TypeKind::Struct(_) | TypeKind::Union(_) => false,
            },
            TypeRef::Map(_) | TypeRef::Json | TypeRef::Nullable(_) | TypeRef::Boxed(_) => false,
        }
    }
}
