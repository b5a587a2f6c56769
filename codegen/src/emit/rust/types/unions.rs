//! Unions: an enum with a value in each variant.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::scalars::shaped_doc;
use super::structs::hidden;
use super::{Scope, ident};
use crate::model::{TypeDef, TypeRef, UnionTag, UnionType, UnionVariant};

/// The enum, both directions of its wire forms, and conversions from what its variants hold.
pub(super) fn emit_union(scope: &Scope<'_>, def: &TypeDef, ty: &UnionType) -> Vec<TokenStream> {
    let mut items = vec![
        definition(scope, def, ty),
        hidden(def),
        decode(scope, def, ty),
        encode(scope, def, ty),
    ];
    items.extend(conversions(scope, def, ty));
    items
}

fn definition(scope: &Scope<'_>, def: &TypeDef, ty: &UnionType) -> TokenStream {
    let name = ident(&def.name.pascal);
    let shape = match &ty.tag {
        UnionTag::Property(tag) => format!("an object; `{}` names the variant", tag.wire),
        UnionTag::ExactlyOne => "a value that matches exactly one variant".to_owned(),
        UnionTag::First => "a value that matches a variant; the first match is used".to_owned(),
    };
    let docs = shaped_doc(def, shape);
    let debug = (!def.sensitive).then(|| quote!(Debug,));
    let variants = ty.variants.iter().map(|variant| {
        let (name, ty) = (ident(&variant.name.pascal), scope.rust_type(&variant.ty));
        quote!(#name(#ty),)
    });
    let uneven = quote!(#[allow(clippy::large_enum_variant, reason = "as the contract has it")]);
    quote! {
        #docs
        #[derive(#debug Clone, PartialEq)]
        #uneven
        pub enum #name { #(#variants)* }
    }
}

fn decode(scope: &Scope<'_>, def: &TypeDef, ty: &UnionType) -> TokenStream {
    let name = ident(&def.name.pascal);
    let secret = def.sensitive.then(|| quote!(let at = &at.secret();));
    let (decode, at, violations) =
        (scope.runtime("Decode"), scope.runtime("At"), scope.runtime("Violations"));
    let check = scope.check(def);
    let alternatives = ty.variants.iter().flat_map(|variant| {
        let name = ident(&variant.name.pascal);
        let read = match scope.reader(&variant.ty) {
            Some(read) => quote!(#read(at, out)),
            None => quote!(#decode::decode(at, out)),
        };
        let tags = variant.tags();
        tags.map(move |wire| quote!((#wire, |at, out| #read.map(Self::#name)))).collect::<Vec<_>>()
    });
    let alternatives = quote!(&[#(#alternatives),*]);
    let read = match &ty.tag {
        UnionTag::Property(tag) => {
            let tag = &tag.wire;
            match ty.variants.iter().position(|variant| variant.is_default) {
                Some(at) => {
                    let default: usize =
                        ty.variants[..at].iter().map(|variant| variant.tags().count()).sum();
                    let default = proc_macro2::Literal::usize_unsuffixed(default);
                    quote!(runtime::tagged_or(at, out, #tag, #alternatives, #default))
                }
                None => quote!(runtime::tagged(at, out, #tag, #alternatives)),
            }
        }
        UnionTag::ExactlyOne => quote!(runtime::exactly_one(at, out, #alternatives)),
        UnionTag::First => quote!(runtime::first(at, out, #alternatives)),
    };
    let option = scope.option(&quote!(Self));
    quote! {
        impl #decode for #name {
            fn decode(at: &#at<'_>, out: &mut #violations) -> #option {
                #secret
                #check
                #read
            }
        }
    }
}

fn encode(scope: &Scope<'_>, def: &TypeDef, ty: &UnionType) -> TokenStream {
    let name = ident(&def.name.pascal);
    let arms = ty.variants.iter().map(|variant| {
        let (wire, name) = (&variant.name.wire, ident(&variant.name.pascal));
        match &ty.tag {
            UnionTag::Property(tag) if variant.also.is_empty() && !variant.is_default => {
                let tag = &tag.wire;
                quote!(Self::#name(value) => runtime::encode_tagged(out, #tag, #wire, value),)
            }
            UnionTag::Property(_) | UnionTag::ExactlyOne | UnionTag::First => {
                quote!(Self::#name(value) => value.encode(out),)
            }
        }
    });
    let (encode, sink) = (scope.runtime("Encode"), scope.runtime("Sink"));
    quote! {
        impl #encode for #name {
            fn encode(&self, out: &mut dyn #sink) {
                match self { #(#arms)* }
            }
        }
    }
}

/// `From` for each variant that holds a type of the model which no other variant holds.
fn conversions(scope: &Scope<'_>, def: &TypeDef, ty: &UnionType) -> Vec<TokenStream> {
    let named = |variant: &UnionVariant| match &variant.ty {
        TypeRef::Named(id) if super::has_own_file(scope.service.type_def(*id)) => Some(*id),
        _ => None,
    };
    let mut seen = BTreeSet::new();
    let mut repeated = BTreeSet::new();
    repeated.extend(ty.variants.iter().filter_map(named).filter(|id| !seen.insert(*id)));
    let name = ident(&def.name.pascal);
    let own = |variant: &&UnionVariant| named(variant).is_some_and(|id| !repeated.contains(&id));
    let conversion = |variant: &UnionVariant| {
        let (variant, value) = (ident(&variant.name.pascal), scope.rust_type(&variant.ty));
        let from = scope.prelude("std::convert", "From");
        quote! {
            impl #from<#value> for #name {
                fn from(value: #value) -> Self {
                    Self::#variant(value)
                }
            }
        }
    };
    ty.variants.iter().filter(own).map(conversion).collect()
}
