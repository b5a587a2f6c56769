//! The item that a body stores: of what was sent, of the key in the path, and of what only the service sets.

use proc_macro2::TokenStream;
use quote::quote;

use super::Body as Bound;
use crate::emit::rust::forms::{self, resolved};
use crate::emit::rust::types::ident;
use crate::model::{
    Body, Field, Generated, KeySource, Location, ScalarKind, StructType, TypeKind, TypeRef,
};

impl Bound<'_> {
    /// `let item = …;`: what is to be stored, of the body and of the key in the path.
    pub(super) fn item(&self, generated_key: Option<&str>, key: Option<&KeySource>) -> TokenStream {
        let service = self.scope.service;
        let body = self.operation.body.as_ref().and_then(Body::json);
        let Some(TypeRef::Named(sent)) = body.map(|body| &body.ty) else {
            return quote!(let item = input.body;);
        };
        let sent_def = service.type_def(*sent);
        let stored_def = service.type_def(self.table.item);
        let (TypeKind::Struct(sent_type), TypeKind::Struct(stored_type)) =
            (&sent_def.kind, &stored_def.kind)
        else {
            return quote!(let item = input.body;);
        };
        let same = key.map(|key| self.same_keys(key, sent_type));
        if *sent == self.table.item {
            return quote!(#same let item = input.body;);
        }
        let stored = self.stored_type();
        let fields = stored_type.fields.iter().map(|field| {
            let name = ident(&field.name.snake);
            let wire = field.name.wire.as_str();
            let sent = sent_type.fields.iter().find(|sent| sent.name.wire == wire);
            if let Some(sent) = sent {
                let value = forms::converted_field(self.scope, &quote!(body.#name), sent, field);
                return quote!(#name: #value);
            }
            if generated_key == Some(wire) {
                let value = self.random_key(wire, &field.ty);
                return quote!(#name: #value);
            }
            match key.and_then(|key| self.key_parameter(key, wire)) {
                Some(parameter) => {
                    let value = self.converted(parameter, &field.ty, false);
                    quote!(#name: #value)
                }
                None => {
                    let value = self.filled(field);
                    quote!(#name: #value)
                }
            }
        });
        let others = forms::converted_others(self.scope, &quote!(body), sent_type, stored_type);
        let fields = fields.chain(others);
        quote! {
            #same
            let body = input.body;
            let item = #stored { #(#fields),* };
        }
    }

    /// What no client may set: what the service makes, the contract's default, or nothing.
    fn filled(&self, field: &Field) -> TokenStream {
        let wire = field.name.wire.as_str();
        let is_required = field.required && !self.scope.is_nullable(&field.ty);
        if self.binding.asks.contains(&field.name) {
            let name = ident(&field.name.snake);
            return quote!(fill.#name);
        }
        let generated = if field.version { Some(Generated::Version) } else { field.generated };
        let made = generated.filter(|_| is_required).map(|generated| match generated {
            Generated::Uuid => self.random_key(wire, &field.ty),
            Generated::Now | Generated::Updated => {
                let now = self.scope.runtime("Timestamp");
                self.read_text(wire, &quote!(&#now::now().to_string()))
            }
            Generated::Version => self.read_text(wire, &quote!("1")),
        });
        made.unwrap_or_else(|| forms::preset(self.scope, field))
    }

    /// The parameter that a key attribute comes from.
    fn key_parameter(&self, key: &KeySource, attribute: &str) -> Option<usize> {
        if self.table.key.partition.name.wire == attribute {
            return Some(key.partition);
        }
        let sort = self.table.key.sort.as_ref().filter(|sort| sort.name.wire == attribute);
        sort.and(key.sort)
    }

    /// A body that has a key of its own must have the one that the path has.
    pub(super) fn same_keys(&self, key: &KeySource, sent: &StructType) -> TokenStream {
        let has_own = |wire: &str| sent.fields.iter().find(|field| field.name.wire == wire);
        let attributes = std::iter::once(&self.table.key.partition).chain(&self.table.key.sort);
        let checks = attributes.filter_map(|attribute| {
            let own = has_own(&attribute.name.wire)?;
            let parameter = self.key_parameter(key, &own.name.wire)?;
            let (field, parameter) =
                (ident(&own.name.snake), ident(&self.operation.parameters[parameter].name.snake));
            let pointer = format!("/body/{}", scalars::pointer::escape(&own.name.wire));
            let problem = self.scope.runtime("Problem");
            let problem =
                quote!(#problem::violation(#pointer, "found another key than in the path"));
            let refused = self.refusal_with(
                400,
                || problem,
                "the key in the body differs from the key in the path",
            );
            Some(quote! {
                if runtime::to_text(&input.body.#field) != runtime::to_text(&input.#parameter) {
                    return #refused;
                }
            })
        });
        quote!(#(#checks)*)
    }

    /// A random UUID as the type of a key.
    fn random_key(&self, wire: &str, ty: &TypeRef) -> TokenStream {
        let uuid = self.scope.runtime("Uuid");
        match resolved(self.scope.service, ty) {
            TypeRef::Scalar(ScalarKind::Uuid) => quote!(#uuid::new_v4()),
            _ => self.read_text(wire, &quote!(&runtime::to_text(&#uuid::new_v4()))),
        }
    }

    /// The type of the table's items.
    pub(super) fn stored_type(&self) -> TokenStream {
        self.scope.model(self.table.item)
    }

    /// `runtime::fill_path("/product/{id}", &[&item.id])`
    pub(super) fn location(&self, location: &Location) -> TokenStream {
        let path = &location.path;
        let values = location.parameters.iter().map(|(_, property)| ident(&property.snake));
        quote!(runtime::fill_path(#path, &[#(&item.#values),*]))
    }
}
