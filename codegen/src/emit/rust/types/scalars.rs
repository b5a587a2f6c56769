//! Constrained scalars, enums and aliases: short items whose impls are in the runtime.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::refs::unsuffixed;
use super::structs::sentence;
use super::{Scope, ident, shape};
use crate::emit::rust::docs::{doc, lines_doc};
use crate::model::{
    Bound, EnumType, NumberRules, Scalar, ScalarKind, TextRules, TypeDef, TypeKind, TypeRef,
};

/// The items of one type; none for a type that has a file of its own.
pub(super) fn emit_scalar(scope: &Scope<'_>, def: &TypeDef) -> Vec<TokenStream> {
    match &def.kind {
        TypeKind::Newtype(scalar) => vec![emit_newtype(scope, def, scalar)],
        TypeKind::Enum(ty) => emit_enum(scope, def, ty),
        TypeKind::Alias(target) => vec![emit_alias(scope, def, target)],
        TypeKind::Struct(_) | TypeKind::Union(_) => Vec::new(),
    }
}

/// What a type says of itself, and its shape; the shape alone where it says nothing.
pub(super) fn shaped_doc(def: &TypeDef, shape: String) -> TokenStream {
    if def.docs.summary.is_none() && def.docs.description.is_none() {
        return doc(&def.docs, &sentence(&shape), &[], &def.origin);
    }
    doc(&def.docs, "", &[("Shape", shape)], &def.origin)
}

fn emit_alias(scope: &Scope<'_>, def: &TypeDef, target: &TypeRef) -> TokenStream {
    let name = ident(&def.name.pascal);
    let docs = shaped_doc(def, shape::of_type(scope, target));
    let mut ty = scope.rust_type(target);
    if def.sensitive && !scope.hides_itself(target) {
        let sensitive = scope.runtime("Sensitive");
        ty = quote!(#sensitive<#ty>);
    }
    quote!(#docs pub type #name = #ty;)
}

fn emit_newtype(scope: &Scope<'_>, def: &TypeDef, scalar: &Scalar) -> TokenStream {
    let name = ident(&def.name.pascal);
    let docs = shaped_doc(def, shape::of_scalar(scalar));
    let generic = scope.runtime(if scalar.kind == ScalarKind::String { "Text" } else { "Scalar" });
    let rules = scope.from("super", "rules");
    let mut ty = quote!(#generic<#rules::#name>);
    if def.sensitive {
        let redacted = scope.runtime("Redacted");
        ty = quote!(#redacted<#ty>);
    }
    quote!(#docs pub type #name = #ty;)
}

/// The rules of a scalar that has some.
pub(super) fn emit_rules(scope: &Scope<'_>, def: &TypeDef) -> Option<TokenStream> {
    let TypeKind::Newtype(scalar) = &def.kind else { return None };
    let name = ident(&def.name.pascal);
    let pattern = scalar.text.pattern.as_ref().map(|pattern| {
        let pattern = raw_string(pattern);
        quote!(, pattern = #pattern)
    });
    let kind = || scope.scalar(scalar.kind);
    Some(match scalar.kind {
        ScalarKind::String => {
            let rules = text_rules(scope, &scalar.text);
            quote!(runtime::text_rules!(#name, #rules #pattern);)
        }
        number if number.is_number() || number == ScalarKind::DecimalString => {
            let (kind, rules) = (kind(), number_rules(scope, &scalar.number));
            let only = only_number(scalar).map(|value| quote!(, only = #value));
            quote!(runtime::number_rules!(#name(#kind), #rules #only);)
        }
        _ => {
            let (kind, rules) = (kind(), text_rules(scope, &scalar.text));
            quote!(runtime::scalar_rules!(#name(#kind), #rules #pattern);)
        }
    })
}

/// The one integer that the contract allows, if it allows just one.
fn only_number(scalar: &Scalar) -> Option<Literal> {
    match scalar.number.one_of.as_slice() {
        [value] if scalar.kind.is_integer() => Some(Literal::i64_unsuffixed(*value)),
        _ => None,
    }
}

/// The one value that the contract allows, as an expression, if it allows just one.
pub(super) fn only_value(scope: &Scope<'_>, ty: &TypeRef) -> Option<TokenStream> {
    let TypeRef::Named(id) = ty else { return None };
    let name = scope.rust_type(ty);
    match &scope.service.type_def(*id).kind {
        TypeKind::Newtype(scalar) => only_number(scalar).map(|_| quote!(#name::VALUE)),
        TypeKind::Enum(of) => match of.variants.as_slice() {
            [only] => {
                let variant = ident(&only.pascal);
                Some(quote!(#name::#variant))
            }
            _ => None,
        },
        _ => None,
    }
}

fn emit_enum(scope: &Scope<'_>, def: &TypeDef, ty: &EnumType) -> Vec<TokenStream> {
    let name = ident(&def.name.pascal);
    let docs = doc(&def.docs, "", &[], &def.origin);
    let debug = (!def.sensitive).then(|| quote!(Debug,));
    let variants = ty.variants.iter().map(|variant| {
        let docs = lines_doc(&[format!("`{}`", variant.wire)]);
        let name = ident(&variant.pascal);
        quote!(#docs #name,)
    });
    let definition = quote! {
        #docs
        #[derive(#debug Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum #name { #(#variants)* }
    };
    let pairs = ty.variants.iter().map(|variant| {
        let (name, wire) = (ident(&variant.pascal), &variant.wire);
        quote!(#name = #wire)
    });
    let sensitive = def.sensitive.then(|| quote!(sensitive));
    let transitions = ty.transitions.as_ref().map(|transitions| {
        let type_name = scope.runtime("Transitions");
        let pairs = transitions.iter().map(|(from, to)| quote!((#from, &[#(#to),*])));
        let docs = lines_doc(&["The allowed transitions of each value."]);
        quote! {
            impl #name {
                #docs
                pub const TRANSITIONS: #type_name = #type_name::new(&[#(#pairs),*]);
            }
        }
    });
    let implementation = quote!(runtime::enum_type!(#sensitive #name { #(#pairs),* }););
    [definition, implementation].into_iter().chain(transitions).collect()
}

fn text_rules(scope: &Scope<'_>, rules: &TextRules) -> TokenStream {
    let ty = scope.runtime("TextRules");
    let min = rules.min_length.map(unsuffixed).map(|min| quote!(.min_length(#min)));
    let max = rules.max_length.map(unsuffixed).map(|max| quote!(.max_length(#max)));
    let format = rules.format.map(|format| {
        let (ty, format) =
            (scope.runtime("TextFormat"), ident(&format.name().to_uppercase().replace('-', "_")));
        quote!(.format(#ty::#format))
    });
    quote!(#ty::new() #min #max #format)
}

/// `NumberRules::new().minimum("0")`
pub(crate) fn number_rules(scope: &Scope<'_>, rules: &NumberRules) -> TokenStream {
    let ty = scope.runtime("NumberRules");
    let end = |bound: &Option<Bound>, inclusive: &str, exclusive: &str| {
        bound.as_ref().map(|bound| {
            let method = ident(if bound.exclusive { exclusive } else { inclusive });
            let value = &bound.value;
            quote!(.#method(#value))
        })
    };
    let minimum = end(&rules.minimum, "minimum", "above");
    let maximum = end(&rules.maximum, "maximum", "below");
    let multiple = rules.multiple_of.as_ref().map(|step| quote!(.multiple_of(#step)));
    let one_of = (!rules.one_of.is_empty()).then(|| {
        let values = rules.one_of.iter().map(|value| Literal::i64_unsuffixed(*value));
        quote!(.one_of(&[#(#values),*]))
    });
    quote!(#ty::new() #minimum #maximum #multiple #one_of)
}

/// A pattern as a raw string where that reads better: `r"\d"`.
fn raw_string(text: &str) -> TokenStream {
    let plain = text.chars().all(|character| !character.is_control());
    if !plain || !text.contains('\\') {
        return quote!(#text);
    }
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}").parse().unwrap_or_else(|_| quote!(#text))
}
