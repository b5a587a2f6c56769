//! The bodies that write: what is stored, under which condition, and what a refusal means.

use proc_macro2::TokenStream;
use quote::quote;

use super::Body as Bound;
use crate::emit::rust::forms::{self, resolved};
use crate::emit::rust::operations::answers::answering;
use crate::emit::rust::types::ident;
use crate::model::{
    Body, Field, Generated, Guard, KeySource, Location, ScalarKind, StructType, TypeKind, TypeRef,
};

impl Bound<'_> {
    pub(super) fn create(
        &self,
        on_exists: Option<u16>,
        generated_key: Option<&str>,
        key: Option<&KeySource>,
        location: Option<&Location>,
    ) -> TokenStream {
        let (handle, item) = (self.handle(), self.item(generated_key, key));
        let (done, written) =
            (self.success(&quote!(item), location), self.scope.runtime("Written"));
        let exists = self.refusal(on_exists.unwrap_or(409), "something has this key already");
        let (large, fallback) = (self.too_large(), self.other_errors());
        let write = match generated_key {
            Some(_) => quote!(#handle.create(&item)),
            None => {
                let (condition, stored) = (self.scope.runtime("Condition"), self.stored_type());
                quote!(#handle.put_if(&item, #condition::item_absent::<#stored>()))
            }
        };
        quote! {
            #item
            match #write.await {
                Ok(#written::Done) => #done,
                Ok(#written::Refused(_)) => #exists,
                #large
                #fallback
            }
        }
    }

    pub(super) fn put(&self, key: Option<&KeySource>, guard: Option<&Guard>) -> TokenStream {
        let (handle, item) = (self.handle(), self.item(None, key));
        let done = self.success(&quote!(item), None);
        let (large, fallback) = (self.too_large(), self.other_errors());
        let Some(guard) = guard else {
            return quote! {
                #item
                match #handle.put(&item).await {
                    Ok(()) => #done,
                    #large
                    #fallback
                }
            };
        };
        let (written, condition) = (self.scope.runtime("Written"), self.guard(guard));
        let refused = self.refusal(guard.status, "the condition of the contract does not hold");
        quote! {
            #item
            let condition = #condition;
            match #handle.put_if(&item, condition).await {
                Ok(#written::Done) => #done,
                Ok(#written::Refused(_)) => #refused,
                #large
                #fallback
            }
        }
    }

    pub(super) fn replace(&self, key: &KeySource, guard: Option<&Guard>) -> TokenStream {
        let (handle, item) = (self.handle(), self.item(None, Some(key)));
        let stored = self.stored_type();
        let done = self.success(&quote!(item), None);
        let missing = self.refusal(404, "nothing has this key");
        let (large, fallback) = (self.too_large(), self.other_errors());
        let (condition, written) = (self.scope.runtime("Condition"), self.scope.runtime("Written"));
        let further = guard.map(|guard| {
            let guard = self.guard(guard);
            quote!(.and(#guard))
        });
        let refused = guard.map(|guard| {
            let refused = self.refusal(guard.status, "the condition of the contract does not hold");
            quote!(Ok(#written::Refused(Some(_))) => #refused,)
        });
        quote! {
            #item
            let condition = #condition::item_exists::<#stored>()#further;
            match #handle.put_if(&item, condition).await {
                Ok(#written::Done) => #done,
                #refused
                Ok(#written::Refused(_)) => #missing,
                #large
                #fallback
            }
        }
    }

    pub(super) fn delete(
        &self,
        key: &KeySource,
        must_exist: bool,
        guard: Option<&Guard>,
    ) -> TokenStream {
        let (handle, key) = (self.handle(), self.key(key, false));
        let (done, fallback) = (self.success(&quote!(()), None), self.other_errors());
        let exists = || {
            let (condition, stored) = (self.scope.runtime("Condition"), self.stored_type());
            quote!(#condition::item_exists::<#stored>())
        };
        let condition = match (must_exist, guard) {
            (false, None) => {
                return quote! {
                    let key = #key;
                    match #handle.delete(&key).await {
                        Ok(()) => #done,
                        #fallback
                    }
                };
            }
            (true, None) => exists(),
            (false, Some(guard)) => self.guard(guard),
            (true, Some(guard)) => {
                let (exists, guard) = (exists(), self.guard(guard));
                quote!(#exists.and(#guard))
            }
        };
        let written = self.scope.runtime("Written");
        let refused = guard.map(|guard| {
            let refused = self.refusal(guard.status, "the condition of the contract does not hold");
            quote!(Ok(#written::Refused(Some(_))) => #refused,)
        });
        // What is not there is gone already, unless the contract tells the two apart.
        let gone = match must_exist {
            true => self.refusal(404, "nothing has this key"),
            false => done.clone(),
        };
        quote! {
            let key = #key;
            let condition = #condition;
            match #handle.delete_if(&key, condition).await {
                Ok(#written::Done) => #done,
                #refused
                Ok(#written::Refused(_)) => #gone,
                #fallback
            }
        }
    }

    /// `let item = …;`: what is to be stored, of the body and of the key in the path.
    fn item(&self, generated_key: Option<&str>, key: Option<&KeySource>) -> TokenStream {
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
        let made = field.generated.filter(|_| is_required).map(|generated| match generated {
            Generated::Uuid => self.random_key(wire, &field.ty),
            Generated::Now => {
                let now = self.scope.runtime("Timestamp");
                self.read_text(wire, &quote!(&#now::now().to_string()))
            }
            Generated::Version => self.read_text(wire, &quote!("1")),
        });
        match (made, &field.default) {
            (Some(made), _) => made,
            (None, Some(default)) => {
                let default = default.to_string();
                match self.scope.reader(&field.ty) {
                    Some(read) => quote!(runtime::preset_as(#default, #read)),
                    None => quote!(runtime::preset(#default)),
                }
            }
            (None, None) => quote!(Default::default()),
        }
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
    fn same_keys(&self, key: &KeySource, sent: &StructType) -> TokenStream {
        let has_own = |wire: &str| sent.fields.iter().find(|field| field.name.wire == wire);
        let attributes = std::iter::once(&self.table.key.partition).chain(&self.table.key.sort);
        let checks = attributes.filter_map(|attribute| {
            let own = has_own(&attribute.name.wire)?;
            let parameter = self.key_parameter(key, &own.name.wire)?;
            let (field, parameter) =
                (ident(&own.name.snake), ident(&self.operation.parameters[parameter].name.snake));
            let pointer = format!("/body/{}", own.name.wire);
            let problem = self.scope.runtime("Problem");
            let problem =
                quote!(#problem::violation(#pointer, "found another key than in the path"));
            let refused =
                self.refusal_with(400, || problem, "a body with another key than its path");
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
    fn stored_type(&self) -> TokenStream {
        self.scope.model(self.table.item)
    }

    /// `Condition::written("attribute_not_exists(#checkout)", &[("#checkout", "checkout")])`
    fn guard(&self, guard: &Guard) -> TokenStream {
        let condition = self.scope.runtime("Condition");
        let (expression, names) = placeholders(&guard.expression, &guard.attributes);
        let names = names.iter().map(|(mark, name)| quote!((#mark, #name)));
        quote!(#condition::written(#expression, &[#(#names),*]))
    }

    /// `runtime::fill_path("/product/{id}", &[&item.id])`
    pub(super) fn location(&self, location: &Location) -> TokenStream {
        let path = &location.path;
        let values = location.parameters.iter().map(|(_, property)| ident(&property.snake));
        quote!(runtime::fill_path(#path, &[#(&item.#values),*]))
    }

    /// The arm for an item that the table does not take, where the contract has an answer to it.
    fn too_large(&self) -> Option<TokenStream> {
        answering(self.operation, 413)?;
        let error = self.scope.runtime("TableError");
        let refused = self.refusal(413, "the item is too large to be stored");
        Some(quote!(Err(#error::TooLarge { .. }) => #refused,))
    }
}

/// An expression with a placeholder for each attribute name, and what the placeholders stand for.
fn placeholders(expression: &str, attributes: &[String]) -> (String, Vec<(String, String)>) {
    let is_part = |character: char| character.is_alphanumeric() || "_-".contains(character);
    let mark = |name: &str| -> String {
        let plain = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
        std::iter::once('#').chain(plain).collect()
    };
    let mut out = String::new();
    let mut rest = expression;
    while let Some(start) = rest.find(is_part) {
        let end = rest[start..].find(|c| !is_part(c)).map_or(rest.len(), |length| start + length);
        let word = &rest[start..end];
        out.push_str(&rest[..start]);
        match attributes.iter().any(|name| name == word) && !out.ends_with('#') {
            true => out.push_str(&mark(word)),
            false => out.push_str(word),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    (out, attributes.iter().map(|name| (mark(name), name.clone())).collect())
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    fn check(expression: &str, attributes: &[&str], expected: &str) {
        let attributes: Vec<String> = attributes.iter().map(ToString::to_string).collect();
        let (text, names) = placeholders(expression, &attributes);
        assert_eq!(text, expected);
        assert_eq!(names.len(), attributes.len());
    }

    #[test]
    fn names_become_placeholders_and_functions_stay() {
        check("attribute_not_exists(checkout)", &["checkout"], "attribute_not_exists(#checkout)");
        check(
            "attribute_exists(a.b) AND size < a-b",
            &["a", "b", "size", "a-b"],
            "attribute_exists(#a.#b) AND #size < #a_b",
        );
    }
}
