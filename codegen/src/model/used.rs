//! Which types of a service are made.

use std::collections::BTreeSet;

use super::{Additional, Codec, Content, PartKind, Service, TypeId, TypeKind, TypeRef};

/// The types that something other than a problem document needs: there is one for problems already, so a type that
/// only they lead to would be dead code.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UsedTypes {
    ids: Vec<TypeId>,
    names: BTreeSet<String>,
}

impl UsedTypes {
    /// Those of a service.
    #[must_use]
    pub fn of(service: &Service) -> Self {
        let mut used = BTreeSet::new();
        let payloads = service.messages().map(|message| message.payload);
        let items = service.tables.iter().map(|table| table.item);
        let stored: Vec<TypeRef> = payloads.chain(items).map(TypeRef::Named).collect();
        let mut open = uses(service);
        open.extend(&stored);
        while let Some(ty) = open.pop() {
            match ty {
                TypeRef::Named(id) => {
                    if used.insert(*id) {
                        open.extend(parts(&service.type_def(*id).kind));
                    }
                }
                TypeRef::Scalar(_) | TypeRef::Json => {}
                TypeRef::List(list) => open.push(&list.item),
                TypeRef::Map(map) => open.push(&map.value),
                TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => open.push(inner),
            }
        }
        let names = used.iter().map(|id| service.type_def(*id).name.pascal.clone()).collect();
        Self { ids: used.into_iter().collect(), names }
    }

    /// The types, in contract order.
    #[must_use]
    pub fn ids(&self) -> &[TypeId] {
        &self.ids
    }

    /// Whether one of them has this name in Rust.
    #[must_use]
    pub fn has_name(&self, pascal: &str) -> bool {
        self.names.contains(pascal)
    }
}

/// What requests and answers are made of.
fn uses(service: &Service) -> Vec<&TypeRef> {
    let mut uses = Vec::new();
    for operation in &service.operations {
        uses.extend(operation.parameters.iter().map(|parameter| &parameter.ty));
        let bodies = operation.body.iter().flat_map(|body| &body.contents);
        uses.extend(bodies.flat_map(held));
        for response in &operation.responses {
            uses.extend(response.headers.iter().map(|header| &header.ty));
            if !response.is_problem() {
                uses.extend(response.contents.iter().flat_map(held));
            }
        }
    }
    uses
}

/// The types that a body is made of: a form with parts has a struct of its own.
fn held(content: &Content) -> Vec<&TypeRef> {
    match &content.codec {
        Codec::Multipart(form) => {
            let values = form.parts.iter().filter_map(|part| match &part.kind {
                PartKind::Value { ty, .. } => Some(ty),
                PartKind::File(_) => None,
            });
            values.collect()
        }
        _ => vec![&content.ty],
    }
}

/// The types that a type consists of.
pub(super) fn parts(kind: &TypeKind) -> Vec<&TypeRef> {
    match kind {
        TypeKind::Struct(ty) => {
            let others = match &ty.additional {
                Additional::Typed(ty) => Some(ty),
                _ => None,
            };
            ty.fields.iter().map(|field| &field.ty).chain(others).collect()
        }
        TypeKind::Union(ty) => ty.variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::Alias(ty) => vec![ty],
        TypeKind::Enum(_) | TypeKind::Newtype(_) => Vec::new(),
    }
}
