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
    convert_field(&Way { scope, above: None }, value, sent, stored)
}

/// A way into types, which may lead back to where it was.
struct Way<'w> {
    scope: &'w Scope<'w>,
    /// The pair of types above, and the way to it.
    above: Option<((TypeId, TypeId), &'w Way<'w>)>,
}

impl Way<'_> {
    fn has(&self, pair: (TypeId, TypeId)) -> bool {
        self.above.is_some_and(|(above, before)| above == pair || before.has(pair))
    }
}

fn convert_field(way: &Way<'_>, value: &TokenStream, sent: &Field, stored: &Field) -> TokenStream {
    let scope = way.scope;
    if !differs(scope.service, &sent.ty, &stored.ty) {
        return value.clone();
    }
    let (from, to) = (scope.not_null(&sent.ty), scope.not_null(&stored.ty));
    let of = |value: &TokenStream| match sent.sensitive && !scope.hides_itself(from) {
        true => {
            let inner = converted(way, &quote!(value), from, to);
            quote!(runtime::Sensitive::new({ let value = #value.into_exposed(); #inner }))
        }
        false => converted(way, value, from, to),
    };
    let is_always = sent.required || sent.default.is_some();
    if is_always && !scope.is_nullable(&sent.ty) {
        return of(value);
    }
    let with = closure("value", &of(&quote!(value)));
    quote!(#value.map(#with))
}

/// `others: form.others`: the properties that the contract does not name, where the stored form keeps any.
pub(super) fn converted_others(
    scope: &Scope<'_>,
    form: &TokenStream,
    sent: &StructType,
    stored: &StructType,
) -> Option<TokenStream> {
    others_of(&Way { scope, above: None }, form, sent, stored)
}

fn others_of(
    way: &Way<'_>,
    form: &TokenStream,
    sent: &StructType,
    stored: &StructType,
) -> Option<TokenStream> {
    let (kept, stored) = others(stored)?;
    let value = match others(sent) {
        Some((name, sent)) if differs(way.scope.service, sent, stored) => {
            let value = converted(way, &quote!(value), sent, stored);
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

fn converted(way: &Way<'_>, value: &TokenStream, sent: &TypeRef, stored: &TypeRef) -> TokenStream {
    let service = way.scope.service;
    match (resolved(service, sent), resolved(service, stored)) {
        (sent, stored) if sent == stored => value.clone(),
        (TypeRef::List(sent), TypeRef::List(stored)) => {
            let item = converted(way, &quote!(item), &sent.item, &stored.item);
            let each = closure("item", &item);
            quote!(#value.into_iter().map(#each).collect())
        }
        (TypeRef::Map(sent), TypeRef::Map(stored)) => {
            let item = converted(way, &quote!(value), &sent.value, &stored.value);
            quote!(#value.into_iter().map(|(key, value)| (key, #item)).collect())
        }
        (TypeRef::Nullable(sent), TypeRef::Nullable(stored)) => {
            let with = closure("value", &converted(way, &quote!(value), sent, stored));
            quote!(#value.map(#with))
        }
        (TypeRef::Boxed(sent), TypeRef::Boxed(stored)) => {
            let inner = converted(way, &quote!(value), sent, stored);
            quote!({ let value = *#value; Box::new(#inner) })
        }
        (TypeRef::Named(sent), TypeRef::Named(stored)) => named(way, value, *sent, *stored),
        _ => value.clone(),
    }
}

/// A named type. One that leads back to itself is converted by a function, which calls itself.
fn named(way: &Way<'_>, value: &TokenStream, sent: TypeId, stored: TypeId) -> TokenStream {
    let service = way.scope.service;
    let function = quote::format_ident!("to_{}", service.type_def(stored).name.bare());
    if way.has((sent, stored)) {
        return quote!(#function(#value));
    }
    let below = Way { scope: way.scope, above: Some(((sent, stored), way)) };
    let (inside, is_union) = match (&service.type_def(sent).kind, &service.type_def(stored).kind) {
        (TypeKind::Struct(one), TypeKind::Struct(other)) => {
            (converted_struct(&below, one, (stored, other)), false)
        }
        (TypeKind::Union(one), TypeKind::Union(other)) => {
            (converted_union(&below, (sent, one), (stored, other)), true)
        }
        _ => return value.clone(),
    };
    let whole = |value: &TokenStream| match is_union {
        true => quote!(match #value { #inside }),
        false => quote!({ let form = #value; #inside }),
    };
    if !calls(&inside, &function) {
        return whole(value);
    }
    let body = whole(&quote!(value));
    let (from, to) = (way.scope.model(sent), way.scope.model(stored));
    quote!({ fn #function(value: #from) -> #to { #body } #function(#value) })
}

/// `|value| code`, or the function that the code calls with nothing but the value.
fn closure(value: &str, code: &TokenStream) -> TokenStream {
    let value = ident(value);
    let call: Vec<_> = code.clone().into_iter().collect();
    if let [proc_macro2::TokenTree::Ident(function), proc_macro2::TokenTree::Group(all)] = &*call
        && value == all.stream().to_string()
    {
        return quote!(#function);
    }
    quote!(|#value| #code)
}

/// Whether code names a function.
fn calls(code: &TokenStream, function: &proc_macro2::Ident) -> bool {
    code.clone().into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(name) => name == *function,
        proc_macro2::TokenTree::Group(group) => calls(&group.stream(), function),
        _ => false,
    })
}

/// `Reading { name: form.name, … }`
fn converted_struct(
    way: &Way<'_>,
    sent: &StructType,
    (stored, stored_type): (TypeId, &StructType),
) -> TokenStream {
    let name = way.scope.model(stored);
    let fields = stored_type.fields.iter().map(|field| {
        let name = ident(&field.name.snake);
        let same = sent.fields.iter().find(|sent| sent.name.wire == field.name.wire);
        let value = match same {
            Some(sent) => convert_field(way, &quote!(form.#name), sent, field),
            None => preset(way.scope, field),
        };
        quote!(#name: #value)
    });
    let others = others_of(way, &quote!(form), sent, stored_type);
    let fields = fields.chain(others);
    quote!(#name { #(#fields),* })
}

/// `ReadingRequest::Named(value) => Reading::Named(…), …`
fn converted_union(
    way: &Way<'_>,
    (sent, sent_type): (TypeId, &UnionType),
    (stored, stored_type): (TypeId, &UnionType),
) -> TokenStream {
    let (sent, stored) = (way.scope.model(sent), way.scope.model(stored));
    let variants = sent_type.variants.iter().zip(&stored_type.variants).map(|(one, other)| {
        let (from, to) = (ident(&one.name.pascal), ident(&other.name.pascal));
        let inner = converted(way, &quote!(value), &one.ty, &other.ty);
        quote!(#sent::#from(value) => #stored::#to(#inner))
    });
    quote!(#(#variants),*)
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
