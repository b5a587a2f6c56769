//! Where types are used: the values that a service takes from others, place by place.
//!
//! Owns the walk over the model from everything that comes in. Judges nothing.

use std::collections::BTreeSet;

use crate::model::{
    Additional, Codec, Field, ListType, MapType, Origin, Part, PartKind, Scalar, ScalarKind,
    Service, StructType, TextRules, TypeId, TypeKind, TypeRef,
};
use crate::source::Span;
use std::borrow::Cow;

/// One place where a value may stand.
#[derive(Clone, Copy)]
pub(super) struct Use<'a> {
    /// What it is called.
    pub(super) name: &'a str,
    /// What it may hold.
    pub(super) ty: &'a TypeRef,
    /// Where it is declared.
    pub(super) span: Span,
}

/// What a use comes down to.
pub(super) enum Shape<'a> {
    Scalar(Cow<'a, Scalar>),
    List(&'a ListType),
    Map(&'a MapType),
    Struct(&'a StructType),
    /// An enum, a union, or any JSON value.
    Other,
}

/// Everything that comes from outside: parameters, request bodies, received events, and what is in them.
pub(super) fn incoming(service: &Service) -> Vec<Use<'_>> {
    let mut walk = Walk { service, found: vec![], seen: BTreeSet::new() };
    for operation in &service.operations {
        // A header that follows from elsewhere in the contract stands where its operation does.
        let declared = |origin: &Origin| origin.span != operation.origin.span;
        for parameter in operation.parameters.iter().filter(|one| declared(&one.origin)) {
            walk.add(&parameter.name.wire, &parameter.ty, parameter.origin.span);
        }
        if let Some(body) = &operation.body {
            // Bytes are as many as the gateway lets through.
            let read =
                body.contents.iter().filter(|content| !matches!(content.codec, Codec::Binary));
            for content in read {
                let first = walk.found.len();
                walk.add("the body", &content.ty, body.origin.span);
                // Files of a form are bytes, too.
                if let Codec::Multipart(form) = &content.codec {
                    let is_file = |part: &Part| matches!(part.kind, PartKind::File(_));
                    let files = form.parts.iter().filter(|part| is_file(part));
                    let files: Vec<&str> = files.map(|part| part.name.wire.as_str()).collect();
                    let of_form = walk.found.split_off(first);
                    walk.found.extend(of_form.into_iter().filter(|one| !files.contains(&one.name)));
                }
            }
        }
    }
    for message in service.receives.iter().flat_map(|receive| &receive.messages) {
        walk.add_type(message.payload);
    }
    walk.found
}

struct Walk<'a> {
    service: &'a Service,
    found: Vec<Use<'a>>,
    seen: BTreeSet<TypeId>,
}

impl<'a> Walk<'a> {
    fn add(&mut self, name: &'a str, ty: &'a TypeRef, span: Span) {
        self.found.push(Use { name, ty, span });
        self.add_below(name, ty, span);
    }

    fn add_below(&mut self, name: &'a str, ty: &'a TypeRef, span: Span) {
        match ty {
            TypeRef::Named(id) => self.add_type(*id),
            TypeRef::List(list) => self.add(name, &list.item, span),
            TypeRef::Map(map) => self.add(name, &map.value, span),
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.add_below(name, inner, span),
            TypeRef::Scalar(_) | TypeRef::Json => {}
        }
    }

    fn add_type(&mut self, id: TypeId) {
        if !self.seen.insert(id) {
            return;
        }
        let def = self.service.type_def(id);
        let (name, span) = (def.name.wire.as_str(), def.origin.span);
        match &def.kind {
            TypeKind::Struct(of) => {
                for field in &of.fields {
                    self.add(&field.name.wire, &field.ty, field.origin.span);
                }
                if let Additional::Typed(ty) = &of.additional {
                    self.add(name, ty, span);
                }
            }
            TypeKind::Union(of) => {
                for variant in &of.variants {
                    self.add(name, &variant.ty, span);
                }
            }
            TypeKind::Alias(ty) => self.add_below(name, ty, span),
            TypeKind::Enum(_) | TypeKind::Newtype(_) => {}
        }
    }
}

/// What a type comes down to, with the name and the place of that: of a named type, or else of the use.
pub(super) fn shape_of<'a>(service: &'a Service, used: Use<'a>) -> (Shape<'a>, Use<'a>) {
    let (mut ty, mut found) = (used.ty, used);
    // A chain of names is no longer than there are types.
    for _ in 0..=service.types.len().saturating_mul(2).saturating_add(4) {
        let shape = match ty {
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                ty = inner;
                continue;
            }
            TypeRef::Named(id) => {
                let def = service.type_def(*id);
                // A schema that is written in place has a name that was made up for it.
                if def.origin.span != found.span {
                    (found.name, found.span) = (&def.name.wire, def.origin.span);
                }
                match &def.kind {
                    TypeKind::Alias(inner) => {
                        ty = inner;
                        continue;
                    }
                    TypeKind::Newtype(scalar) => Shape::Scalar(Cow::Borrowed(scalar)),
                    TypeKind::Struct(of) => Shape::Struct(of),
                    TypeKind::Enum(_) | TypeKind::Union(_) => Shape::Other,
                }
            }
            TypeRef::Scalar(kind) => Shape::Scalar(Cow::Owned(bare(*kind))),
            TypeRef::List(list) => Shape::List(list),
            TypeRef::Map(map) => Shape::Map(map),
            TypeRef::Json => Shape::Other,
        };
        return (shape, found);
    }
    (Shape::Other, found)
}

/// The scalar that a type comes down to.
pub(super) fn scalar_of<'a>(service: &'a Service, ty: &'a TypeRef) -> Option<Cow<'a, Scalar>> {
    match shape_of(service, Use { name: "", ty, span: Span::default() }).0 {
        Shape::Scalar(scalar) => Some(scalar),
        _ => None,
    }
}

/// Every property of every object of a service.
pub(super) fn fields(service: &Service) -> impl Iterator<Item = &Field> {
    service.types.iter().flat_map(|def| match &def.kind {
        TypeKind::Struct(of) => of.fields.as_slice(),
        _ => &[],
    })
}

/// Whether text may be of any length.
pub(super) fn is_unbounded_text(scalar: &Scalar) -> bool {
    let TextRules { max_length, format, pattern, .. } = &scalar.text;
    let is_text = matches!(scalar.kind, ScalarKind::String | ScalarKind::Bytes);
    // A pattern may bound its text, and only a person can tell; formats of hosts and times do.
    is_text && max_length.is_none() && format.is_none() && pattern.is_none()
}

fn bare(kind: ScalarKind) -> Scalar {
    Scalar { kind, text: TextRules::default(), number: Default::default() }
}
