//! A struct with public fields, and how a value of it is made by hand: `new`, which takes what a contract requires, or
//! `Default` where it requires nothing.
//!
//! Who writes a struct out names every field, and is stopped by a property more in a contract. By its constructor a
//! value stays what it was when the contract gains something that may be left out; what is required, the compiler asks
//! for.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

use super::docs::lines_doc;

/// How many arguments a function takes before clippy asks for fewer.
const MAX_ARGUMENTS: usize = 7;

/// A field.
pub(super) struct Member {
    pub(super) docs: TokenStream,
    pub(super) name: Ident,
    pub(super) ty: TokenStream,
    pub(super) given: Given,
}

/// Where a field has its value from.
pub(super) enum Given {
    /// From the caller that creates it.
    Required,
    /// From nobody: it is what its type holds when there is nothing.
    Absent,
    /// From the contract's default, or from the only value that it allows; the expression.
    Preset(TokenStream),
}

impl Given {
    /// Where something has its value from that is required or may be left out.
    pub(super) fn of(required: bool) -> Self {
        if required { Self::Required } else { Self::Absent }
    }

    /// From a default, by the function that reads it where its type does not know all rules.
    pub(super) fn preset(default: &Value, read: Option<TokenStream>) -> Self {
        let default = default.to_string();
        Self::Preset(match read {
            Some(read) => quote!(runtime::preset_as(#default, #read)),
            None => quote!(runtime::preset(#default)),
        })
    }
}

/// The struct and its constructor; `debug` is `Debug,` unless that is written elsewhere.
pub(super) fn record(
    docs: &TokenStream,
    debug: Option<TokenStream>,
    name: &Ident,
    members: &[Member],
) -> [TokenStream; 2] {
    let any = |wanted: fn(&Given) -> bool| members.iter().any(|member| wanted(&member.given));
    let is_required = any(|given| matches!(given, Given::Required));
    let is_preset = any(|given| matches!(given, Given::Preset(_)));
    let (default, constructor) = match (is_required, is_preset) {
        (true, _) => (None, new(name, members)),
        (false, true) => (None, preset(name, members)),
        (false, false) => (Some(quote!(Default,)), TokenStream::new()),
    };
    let fields = members.iter().map(|Member { docs, name, ty, .. }| quote!(#docs pub #name: #ty,));
    let definition = quote! {
        #docs
        #[derive(#debug Clone, #default PartialEq)]
        pub struct #name { #(#fields)* }
    };
    [definition, constructor]
}

fn new(name: &Ident, members: &[Member]) -> TokenStream {
    let required = members.iter().filter(|member| matches!(member.given, Given::Required));
    let arguments: Vec<_> = required.map(|Member { name, ty, .. }| quote!(#name: #ty)).collect();
    let many = (arguments.len() > MAX_ARGUMENTS).then(
        || quote!(#[allow(clippy::too_many_arguments, reason = "the contract requires them")]),
    );
    let docs = lines_doc(&["Creates a value from its required fields."]);
    let value = value(members);
    quote!(impl #name { #docs #many pub fn new(#(#arguments),*) -> Self { #value } })
}

fn preset(name: &Ident, members: &[Member]) -> TokenStream {
    let value = value(members);
    quote!(impl Default for #name { fn default() -> Self { #value } })
}

fn value(members: &[Member]) -> TokenStream {
    let fields = members.iter().map(|Member { name, given, .. }| match given {
        Given::Required => quote!(#name),
        Given::Absent => quote!(#name: Default::default()),
        Given::Preset(value) => quote!(#name: #value),
    });
    quote!(Self { #(#fields),* })
}
