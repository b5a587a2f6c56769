//! From the form of a type that clients send to the form that is stored: what a client may not set is left empty.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::{Scope, ident, others};
use crate::model::{Field, Service, StructType, TypeId, TypeKind, TypeRef, UnionType};

/// The type that a use comes down to, aliases seen through.
pub(super) fn resolved<'a>(service: &'a Service, ty: &'a TypeRef) -> &'a TypeRef {
    match ty {
        TypeRef::Named(id) => match &service.type_def(*id).kind {
            TypeKind::Alias(target) => resolved(service, target),
            _ => ty,
        },
        _ => ty,
    }
}

/// A property of the sent form as the stored form has it.
pub(super) fn converted_field(
    scope: &Scope<'_>,
    value: &TokenStream,
    sent: &Field,
    stored: &Field,
) -> TokenStream {
    if !differs(scope.service, &sent.ty, &stored.ty) {
        return value.clone();
    }
    if sent.required || sent.default.is_some() {
        return converted(scope, value, &sent.ty, &stored.ty);
    }
    let inner = converted(scope, &quote!(value), &sent.ty, &stored.ty);
    quote!(#value.map(|value| #inner))
}

/// `others: form.others`: the properties that the contract does not name, where the stored form keeps any.
pub(super) fn converted_others(
    scope: &Scope<'_>,
    form: &TokenStream,
    sent: &StructType,
    stored: &StructType,
) -> Option<TokenStream> {
    let (kept, stored) = others(stored)?;
    let value = match others(sent) {
        Some((name, sent)) if differs(scope.service, sent, stored) => {
            let value = converted(scope, &quote!(value), sent, stored);
            quote!(#form.#name.into_iter().map(|(key, value)| (key, #value)).collect())
        }
        Some((name, _)) => quote!(#form.#name),
        None => quote!(Default::default()),
    };
    Some(quote!(#kept: #value))
}

/// Whether two uses are different types: the one has a form for requests in it.
fn differs(service: &Service, sent: &TypeRef, stored: &TypeRef) -> bool {
    resolved(service, sent) != resolved(service, stored)
}

fn converted(
    scope: &Scope<'_>,
    value: &TokenStream,
    sent: &TypeRef,
    stored: &TypeRef,
) -> TokenStream {
    let service = scope.service;
    match (resolved(service, sent), resolved(service, stored)) {
        (sent, stored) if sent == stored => value.clone(),
        (TypeRef::List(sent), TypeRef::List(stored)) => {
            let item = converted(scope, &quote!(item), &sent.item, &stored.item);
            quote!(#value.into_iter().map(|item| #item).collect())
        }
        (TypeRef::Map(sent), TypeRef::Map(stored)) => {
            let item = converted(scope, &quote!(value), &sent.value, &stored.value);
            quote!(#value.into_iter().map(|(key, value)| (key, #item)).collect())
        }
        (TypeRef::Nullable(sent), TypeRef::Nullable(stored)) => {
            let inner = converted(scope, &quote!(value), sent, stored);
            quote!(#value.map(|value| #inner))
        }
        (TypeRef::Boxed(sent), TypeRef::Boxed(stored)) => {
            let inner = converted(scope, &quote!((*#value)), sent, stored);
            quote!(Box::new(#inner))
        }
        (TypeRef::Named(sent), TypeRef::Named(stored)) => {
            let (sent_def, stored_def) = (service.type_def(*sent), service.type_def(*stored));
            let (sent_type, stored_type) = match (&sent_def.kind, &stored_def.kind) {
                (TypeKind::Struct(sent), TypeKind::Struct(stored)) => (sent, stored),
                (TypeKind::Union(one), TypeKind::Union(other)) => {
                    return converted_union(scope, value, (*sent, one), (*stored, other));
                }
                _ => return value.clone(),
            };
            let (name, sent) = (scope.model(*stored), sent_type);
            let fields = stored_type.fields.iter().map(|field| {
                let name = ident(&field.name.snake);
                let same = sent.fields.iter().find(|sent| sent.name.wire == field.name.wire);
                let value = match same {
                    Some(sent) => converted_field(scope, &quote!(form.#name), sent, field),
                    None => preset(scope, field),
                };
                quote!(#name: #value)
            });
            let others = converted_others(scope, &quote!(form), sent, stored_type);
            let fields = fields.chain(others);
            quote!({ let form = #value; #name { #(#fields),* } })
        }
        _ => value.clone(),
    }
}

/// `match value { ReadingRequest::Named(value) => Reading::Named(…), … }`
fn converted_union(
    scope: &Scope<'_>,
    value: &TokenStream,
    (sent, sent_type): (TypeId, &UnionType),
    (stored, stored_type): (TypeId, &UnionType),
) -> TokenStream {
    let (sent, stored) = (scope.model(sent), scope.model(stored));
    let variants = sent_type.variants.iter().zip(&stored_type.variants).map(|(one, other)| {
        let (from, to) = (ident(&one.name.pascal), ident(&other.name.pascal));
        let inner = converted(scope, &quote!(value), &one.ty, &other.ty);
        quote!(#sent::#from(value) => #stored::#to(#inner))
    });
    quote!(match #value { #(#variants),* })
}

/// What a property that no request has is: the contract's default, or nothing.
pub(super) fn preset(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let Some(default) = &field.default else { return quote!(Default::default()) };
    let default = default.to_string();
    match scope.reader(&field.ty) {
        Some(read) => quote!(runtime::preset_as(#default, #read)),
        None => quote!(runtime::preset(#default)),
    }
}
