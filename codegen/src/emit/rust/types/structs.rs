//! Objects with known properties: a struct with public fields, read and written property by property.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::refs::{Presence, bound, has_rules};
use super::scalars::only_value;
use super::{Scope, ident, shape};
use crate::emit::rust::docs::{doc, doc_of, lines_doc};
use crate::emit::rust::record::{Given, Member, record};
use crate::model::{Additional, Field, ListType, StructType, TypeDef, TypeRef};

/// The struct, and both directions of its wire forms.
pub(super) fn emit_struct(scope: &Scope<'_>, def: &TypeDef, ty: &StructType) -> Vec<TokenStream> {
    let [definition, constructor] = definition(scope, def, ty);
    let (decode, encode) = (decode(scope, def, ty), encode(scope, def, ty));
    vec![definition, hidden(def), constructor, properties(ty), decode, encode]
}

fn definition(scope: &Scope<'_>, def: &TypeDef, ty: &StructType) -> [TokenStream; 2] {
    let name = ident(&def.name.pascal);
    let ignored: Vec<_> = ty.ignored.iter().map(|wire| format!("`{wire}`")).collect();
    let ignored = format!("{}: set by the service, and ignored in requests", ignored.join(", "));
    let facts = [("Read-only", ignored)];
    let facts = if ty.ignored.is_empty() { &[][..] } else { &facts[..] };
    let docs = doc(&def.docs, "", facts, &def.origin);
    let debug = (!def.sensitive).then(|| quote!(Debug,));
    let fields = ty.fields.iter().map(|field| member(scope, field));
    let others = others(ty).map(|(name, value)| Member {
        docs: lines_doc(&["Additional properties."]),
        name,
        ty: scope.map_of(value),
        given: Given::Absent,
    });
    let members: Vec<Member> = fields.chain(others).collect();
    record(&docs, debug, &name, &members)
}

fn member(scope: &Scope<'_>, field: &Field) -> Member {
    let facts = shape::field_facts(scope, field);
    let given = match &field.default {
        Some(default) => {
            let inner = scope.not_null(&field.ty);
            let read = scope.reader(inner);
            let read = read.map(|read| scope.guarded(inner, field.sensitive, read));
            Given::preset(default, with_null(scope, field, read))
        }
        None => match only_value(scope, &field.ty).filter(|_| field.required && !field.sensitive) {
            Some(value) => Given::Preset(value),
            None => Given::of(field.required),
        },
    };
    Member {
        docs: field_doc(scope, field, &facts),
        name: ident(&field.name.snake),
        ty: scope.field_type(&field.ty, field.required, field.default.is_some(), field.sensitive),
        given,
    }
}

/// What a property says of itself, or else what its type does, or else its shape. Its place is not cited: it is the
/// type's place, and the property's name.
fn field_doc(scope: &Scope<'_>, field: &Field, facts: &[(&str, String)]) -> TokenStream {
    let is_said = field.docs.summary.is_some() || field.docs.description.is_some();
    match facts {
        [("Shape", shape), rest @ ..] if !is_said => doc_of(&field.docs, &sentence(shape), rest),
        _ => doc_of(&field.docs, &field_words(scope, field), facts),
    }
}

/// What a property says of itself in a line, or else what its type does; empty where neither says anything.
pub(crate) fn field_words(scope: &Scope<'_>, field: &Field) -> String {
    let of_type = match scope.not_null(&field.ty) {
        TypeRef::Named(id) => scope.service.type_def(*id).docs.summary.clone(),
        _ => None,
    };
    let own = field.docs.summary.clone().or(of_type);
    own.unwrap_or_default()
}

/// `An array of at most 3 items.` of `an array of at most 3 items`.
pub(super) fn sentence(words: &str) -> String {
    let (first, rest) = words.split_at(words.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}.", first.to_uppercase())
}

/// `Debug` of a type that keeps its value to itself.
pub(super) fn hidden(def: &TypeDef) -> TokenStream {
    let name = ident(&def.name.pascal);
    if def.sensitive { quote!(runtime::redacted_type!(#name);) } else { TokenStream::new() }
}

fn decode(scope: &Scope<'_>, def: &TypeDef, ty: &StructType) -> TokenStream {
    let name = ident(&def.name.pascal);
    let secret = def.sensitive.then(|| quote!(let at = &at.secret();));
    let check = scope.check(def);
    let consts = consts(scope, ty);
    let fields: Vec<Ident> = ty.fields.iter().map(|field| ident(&field.name.snake)).collect();
    // Every property is read into a variable of its own name, which must not hide what it is read from.
    let object = ident(&free_name(ty, "object"));
    let reads = ty.fields.iter().zip(&fields).map(|(field, name)| {
        let read = field_read(scope, field);
        quote!(let #name = #object.#read;)
    });
    let others_read = others(ty).map(|(name, value)| {
        let read = match scope.reader(value) {
            Some(read) => quote!(others_as(PROPERTIES, #read)),
            None => quote!(others(PROPERTIES)),
        };
        quote!(let #name = #object.#read;)
    });
    let refuses = matches!(ty.additional, Additional::Refused)
        .then(|| quote!(#object.refuse_others(PROPERTIES);));
    let bounds = (ty.min_properties.is_some() || ty.max_properties.is_some()).then(|| {
        let (min, max) = (bound(ty.min_properties), bound(ty.max_properties));
        match ty.ignored.as_slice() {
            [] => quote!(#object.bound(#min, #max);),
            ignored => quote!(#object.bound_but(&[#(#ignored),*], #min, #max);),
        }
    });
    let end = (refuses.is_some() || bounds.is_some()).then(|| quote!(#object.end()?;));
    let reads = quote!(#(#reads)* #others_read #refuses #bounds #end);
    // Nothing is asked of an object without properties but that it is one.
    let open = match reads.is_empty() {
        true => quote!(at.object(out)?;),
        false => quote!(let mut #object = at.object(out)?;),
    };
    let others = others(ty).map(|(name, _)| quote!(#name: #name?,));
    let (decode, at, violations) =
        (scope.runtime("Decode"), scope.runtime("At"), scope.runtime("Violations"));
    let option = scope.option(&quote!(Self));
    quote! {
        impl #decode for #name {
            fn decode(at: &#at<'_>, out: &mut #violations) -> #option {
                #consts
                #secret
                #check
                #open
                #reads
                Some(Self { #(#fields: #fields?,)* #others })
            }
        }
    }
}

/// The constants that reading needs: the rules of lists.
fn consts(scope: &Scope<'_>, ty: &StructType) -> TokenStream {
    let lists = ty.fields.iter().filter_map(|field| {
        let (name, list) = ruled_list(scope, field)?;
        let (rules_type, rules) = (scope.runtime("ListRules"), scope.list_rules(list));
        Some(quote!(const #name: #rules_type = #rules;))
    });
    quote!(#(#lists)*)
}

/// The names of the properties that the contract knows, as a constant where others are kept or refused.
fn properties(ty: &StructType) -> TokenStream {
    let names = known_names(ty);
    quote!(const PROPERTIES: &[&str] = &[#(#names),*];)
}

/// Constants that the code beside those of fields uses.
const TAKEN: [&str; 2] = ["PROPERTIES", "SCHEMAS"];

/// A property that is a list with rules of its own: the list, and the name of the constant for its rules.
fn ruled_list<'a>(scope: &'a Scope<'_>, field: &'a Field) -> Option<(Ident, &'a ListType)> {
    match scope.not_null(&field.ty) {
        TypeRef::List(list)
            if has_rules(list) && !TAKEN.contains(&field.name.screaming.as_str()) =>
        {
            Some((ident(&field.name.screaming), list))
        }
        _ => None,
    }
}

/// The function that reads a property, where its type does not know all rules.
fn field_reader(scope: &Scope<'_>, field: &Field) -> Option<TokenStream> {
    let inner = scope.not_null(&field.ty);
    let read = match ruled_list(scope, field) {
        Some((rules, list)) => scope.list_reader_by(list, &quote!(#rules)),
        None => scope.reader(inner)?,
    };
    Some(scope.guarded(inner, field.sensitive, read))
}

/// The call that reads a property: `required("id")`.
fn field_read(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let wire = &field.name.wire;
    let read = field_reader(scope, field);
    if let Some(default) = field.fallback() {
        let default = default.to_string();
        return match with_null(scope, field, read) {
            Some(read) => quote!(or_as(#wire, #default, #read)),
            None => quote!(or(#wire, #default)),
        };
    }
    let (method, read) = match Presence::of(scope, &field.ty, field.required, false) {
        Presence::Always { .. } => ("required", with_null(scope, field, read)),
        Presence::Optional => ("optional", read),
        Presence::Maybe => ("maybe", read),
    };
    let method = ident(&format!("{method}{}", if read.is_some() { "_as" } else { "" }));
    let read = read.map(|read| quote!(, #read));
    quote!(#method(#wire #read))
}

/// A reader of a property that always has a value, which may be `null`.
fn with_null(scope: &Scope<'_>, field: &Field, read: Option<TokenStream>) -> Option<TokenStream> {
    let read = read?;
    Some(if scope.is_nullable(&field.ty) { quote!(runtime::nullable(#read)) } else { read })
}

fn encode(scope: &Scope<'_>, def: &TypeDef, ty: &StructType) -> TokenStream {
    let name = ident(&def.name.pascal);
    let fields = ty.fields.iter().map(|field| {
        let (name, wire) = (ident(&field.name.snake), &field.name.wire);
        match Presence::of(scope, &field.ty, field.required, field.default.is_some()) {
            Presence::Always { .. } => quote!(out.field(#wire, &self.#name);),
            Presence::Optional => quote!(out.optional(#wire, &self.#name);),
            Presence::Maybe => quote!(out.maybe(#wire, &self.#name);),
        }
    });
    let others = others(ty).map(|(name, _)| quote!(out.others(&self.#name, PROPERTIES);));
    let (encode, sink) = (scope.runtime("Encode"), scope.runtime("Sink"));
    quote! {
        impl #encode for #name {
            fn encode(&self, out: &mut dyn #sink) {
                out.begin_map();
                #(#fields)*
                #others
                out.end_map();
            }
        }
    }
}

/// The properties that the contract names, those included that are ignored.
fn known_names(ty: &StructType) -> Vec<&str> {
    let fields = ty.fields.iter().map(|field| field.name.wire.as_str());
    fields.chain(ty.ignored.iter().map(String::as_str)).collect()
}

/// The field for properties that the contract does not name, and the type of their values.
pub(crate) fn others(ty: &StructType) -> Option<(Ident, &TypeRef)> {
    let value = match &ty.additional {
        Additional::Typed(value) => value,
        Additional::Open => &TypeRef::Json,
        Additional::Refused => return None,
    };
    Some((ident(&free_name(ty, "others")), value))
}

/// A name that no property has.
fn free_name(ty: &StructType, name: &str) -> String {
    let mut name = name.to_owned();
    while ty.fields.iter().any(|field| field.name.snake == name) {
        name.push('_');
    }
    name
}
