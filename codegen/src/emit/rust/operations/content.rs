//! Bodies in Rust: the type that holds one, an enum where a body may be of several kinds, and the struct of a form with
//! parts. Handler and client share them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{filled, local};
use crate::emit::rust::docs::{doc, lines_doc};
use crate::emit::rust::record::{Given, Member, record};
use crate::emit::rust::types::{Scope, ident};
use crate::emit::rust::written;
use crate::model::{
    Codec, Content, FileRules, Multipart, Operation, Part, PartKind, Response, Style,
};

/// Media types that hold the same, so that one Rust value stands for any of them.
pub(crate) struct Variant<'a> {
    pub(crate) contents: Vec<(usize, &'a Content)>,
}

impl<'a> Variant<'a> {
    /// The first of the media types, after which the variant is named.
    pub(crate) fn first(&self) -> &'a Content {
        self.contents[0].1
    }

    /// The media types that it is sent with, each once.
    pub(crate) fn sent(&self) -> Vec<&'a String> {
        let mut types = vec![];
        for sent in self.contents.iter().map(|(_, content)| &content.sent) {
            if !types.contains(&sent) {
                types.push(sent);
            }
        }
        types
    }

    pub(crate) fn name(&self) -> Ident {
        ident(&self.first().name.pascal)
    }
}

/// The kinds of body, each with the media types that hold it, told by their place.
pub(crate) fn variants(contents: &[Content]) -> Vec<Variant<'_>> {
    let mut variants: Vec<Variant<'_>> = vec![];
    for (at, content) in contents.iter().enumerate() {
        match variants.iter_mut().find(|variant| variant.first().is_same_kind(content)) {
            Some(variant) => variant.contents.push((at, content)),
            None => variants.push(Variant { contents: vec![(at, content)] }),
        }
    }
    variants
}

/// `ImportContent`, the enum of a request's bodies.
pub(crate) fn content_name(operation: &Operation) -> Ident {
    format_ident!("{}Content", operation.id.pascal)
}

/// `UploadForm`, the struct of a form with parts.
pub(crate) fn form_name(operation: &Operation) -> Ident {
    format_ident!("{}Form", operation.id.pascal)
}

/// `GetReportOkContent`, the enum of a response's bodies.
pub(crate) fn response_content_name(operation: &Operation, response: &Response) -> Ident {
    format_ident!("{}{}Content", operation.id.pascal, response.name.pascal)
}

/// The variants of a body of these media types, each with its types.
pub(crate) fn body_variants(contents: &[Content]) -> Vec<(Ident, Vec<&String>)> {
    let types = |variant: &Variant<'_>| -> Vec<usize> {
        variant.contents.iter().map(|(at, _)| *at).collect()
    };
    variants(contents)
        .iter()
        .map(|variant| {
            let types = types(variant).into_iter().map(|at| &contents[at].media_type).collect();
            (variant.name(), types)
        })
        .collect()
}

/// The Rust type of one kind of body.
fn held(scope: &Scope<'_>, operation: &Operation, content: &Content) -> TokenStream {
    match &content.codec {
        Codec::Json | Codec::Form(_) | Codec::Text => scope.rust_type(&content.ty),
        Codec::Multipart(_) => {
            let name = form_name(operation);
            quote!(#name)
        }
        // The media type that was sent is told where the contract leaves it open.
        Codec::Binary if content.is_range() => scope.runtime("File"),
        Codec::Binary => scope.runtime("Bytes"),
    }
}

/// The Rust type of a request's body.
pub(crate) fn request_type(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    Some(match variants(&body.contents).as_slice() {
        [only] => held(scope, operation, only.first()),
        _ => {
            let name = content_name(operation);
            quote!(#name)
        }
    })
}

/// The Rust type of a response's body; none where it has none.
pub(crate) fn response_type(
    scope: &Scope<'_>,
    operation: &Operation,
    response: &Response,
) -> Option<TokenStream> {
    match variants(&response.contents).as_slice() {
        [] => None,
        [only] if only.first().problem => Some(scope.runtime("Problem")),
        [only] => Some(held(scope, operation, only.first())),
        _ => {
            let name = response_content_name(operation, response);
            Some(quote!(#name))
        }
    }
}

/// The enums and structs that the bodies of an operation need.
pub(super) fn emit_contents(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let mut items = vec![];
    if let Some(body) = &operation.body {
        let kinds = variants(&body.contents);
        for content in &body.contents {
            if let Codec::Multipart(form) = &content.codec {
                items.extend(emit_form(scope, operation, form));
            }
        }
        if kinds.len() > 1 {
            let docs = format!("The request body of `{}`, by media type.", operation.id.wire);
            items.push(emit_enum(scope, operation, &content_name(operation), &docs, &kinds));
        }
    }
    for response in &operation.responses {
        let kinds = variants(&response.contents);
        if kinds.len() > 1 {
            let name = response_content_name(operation, response);
            let docs = format!("The response bodies of `{}`.", response.name.wire);
            items.push(emit_enum(scope, operation, &name, &docs, &kinds));
            items.push(emit_reply(scope, &name, &kinds));
        }
    }
    items
}

fn emit_enum(
    scope: &Scope<'_>,
    operation: &Operation,
    name: &Ident,
    docs: &str,
    kinds: &[Variant<'_>],
) -> TokenStream {
    let docs = lines_doc(&[docs]);
    let variants = kinds.iter().map(|kind| {
        let (name, ty) = (kind.name(), held(scope, operation, kind.first()));
        let types: Vec<String> =
            kind.contents.iter().map(|(_, content)| format!("`{}`", content.media_type)).collect();
        let docs = lines_doc(&[types.join(", ")]);
        quote!(#docs #name(#ty),)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name { #(#variants)* }
    }
}

/// The function that makes a reply of one of several bodies.
fn emit_reply(scope: &Scope<'_>, name: &Ident, kinds: &[Variant<'_>]) -> TokenStream {
    let reply = scope.runtime("Reply");
    let arms = kinds.iter().map(|kind| {
        let variant = kind.name();
        let answer = reply_of(scope, kind, &quote!(status), &quote!(body));
        quote!(Self::#variant(body) => #answer,)
    });
    quote! {
        impl #name {
            fn reply(&self, status: u16) -> #reply {
                match self { #(#arms)* }
            }
        }
    }
}

/// `Reply::json(200, "application/json", &answer)`; the body is a reference already where `is_reference`.
fn reply_of(
    scope: &Scope<'_>,
    kind: &Variant<'_>,
    status: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let (reply, content) = (scope.runtime("Reply"), kind.first());
    let media_type = &content.sent;
    match &content.codec {
        Codec::Text => quote!(#reply::text(#status, #media_type, #body)),
        Codec::Binary if content.is_range() => quote!(#reply::file(#status, #body)),
        Codec::Binary => quote!(#reply::bytes(#status, #media_type, #body)),
        Codec::Json | Codec::Form(_) | Codec::Multipart(_) => {
            let also = kind.sent().split_off(1);
            let also = (!also.is_empty()).then(|| quote!(.also(&[#(#also),*])));
            quote!(#reply::json(#status, #media_type, #body) #also)
        }
    }
}

/// The reply that a response's body becomes.
pub(super) fn reply(
    scope: &Scope<'_>,
    response: &Response,
    status: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let reply = scope.runtime("Reply");
    match variants(&response.contents).as_slice() {
        [] => quote!(#reply::empty(#status)),
        [only] => reply_of(scope, only, status, &quote!(&#body)),
        _ => quote!(#body.reply(#status)),
    }
}

/// The expression that reads the body of a request: an `Option`, or one of an `Option` where it may be absent.
pub(super) fn emit_read(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let kinds = variants(&body.contents);
    if let ([only], [content]) = (kinds.as_slice(), body.contents.as_slice()) {
        debug_assert_eq!(only.contents.len(), 1, "one media type is one kind");
        return Some(read_of(scope, content, &content.media_type, body.required));
    }
    let media_types = body.contents.iter().map(|content| &content.media_type);
    let mut arms: Vec<(Vec<usize>, TokenStream)> = vec![];
    for kind in &kinds {
        for (at, content) in &kind.contents {
            let mut read = read_of(scope, content, "*/*", body.required);
            if kinds.len() > 1 {
                let (name, variant) = (content_name(operation), kind.name());
                read = match body.required {
                    true => quote!(#read.map(#name::#variant)),
                    false => quote!(#read.map(|body| body.map(#name::#variant))),
                };
            }
            match arms.iter_mut().find(|(_, other)| other.to_string() == read.to_string()) {
                Some((places, _)) => places.push(*at),
                None => arms.push((vec![*at], read)),
            }
        }
    }
    let arms = arms.iter().map(|(places, read)| {
        let places = any_of(places.iter().copied());
        quote!(Some(#places) => #read,)
    });
    Some(quote! {
        match parts.media_type(&[#(#media_types),*]) {
            #(#arms)*
            _ => None,
        }
    })
}

/// A pattern of any of these numbers, which rise: `0 | 2`, or `0..=2` for three and more without a gap.
pub(crate) fn any_of(numbers: impl Iterator<Item = usize>) -> TokenStream {
    let mut runs: Vec<(usize, usize)> = vec![];
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let literal = proc_macro2::Literal::usize_unsuffixed;
    let patterns = runs.into_iter().map(|(first, last)| {
        let (start, end) = (literal(first), literal(last));
        match last - first {
            0 => quote!(#start),
            1 => quote!(#start | #end),
            _ => quote!(#start..=#end),
        }
    });
    quote!(#(#patterns)|*)
}

/// `parts.json("application/json").required()`
fn read_of(scope: &Scope<'_>, content: &Content, media_type: &str, required: bool) -> TokenStream {
    let part = match &content.codec {
        Codec::Json => quote!(json(#media_type)),
        Codec::Text => quote!(text(#media_type)),
        Codec::Form(form) => {
            let form = written::form(scope, form);
            quote!(form(#form))
        }
        Codec::Multipart(_) if required => return quote!(parts.multipart()),
        Codec::Multipart(_) => return quote!(parts.optional_multipart()),
        Codec::Binary => {
            let read = match (content.is_range(), required) {
                (true, true) => quote!(file()),
                (true, false) => quote!(optional_file()),
                (false, true) => quote!(content()),
                (false, false) => quote!(optional_content()),
            };
            return quote!(parts.bytes(#media_type).#read);
        }
    };
    let read = match (required, scope.reader(&content.ty)) {
        (true, None) => quote!(required()),
        (true, Some(read)) => quote!(required_as(#read)),
        (false, None) => quote!(optional()),
        (false, Some(read)) => quote!(optional_as(#read)),
    };
    quote!(parts.#part.#read)
}

/// The struct of a form with parts, and both ways between it and a body.
fn emit_form(scope: &Scope<'_>, operation: &Operation, form: &Multipart) -> Vec<TokenStream> {
    let name = form_name(operation);
    let members: Vec<Member> = form.parts.iter().map(|part| member(scope, part)).collect();
    let docs = lines_doc(&[format!("The request form of `{}`.", operation.id.wire)]);
    let mut items = record(&docs, Some(quote!(Debug,)), &name, &members).to_vec();
    let (trait_, reader, writer) =
        (scope.runtime("FormData"), scope.runtime("Form"), scope.runtime("FormWriter"));
    let reads = form.parts.iter().map(|part| {
        let (local, read) = (local(&part.name, "form"), read_part(scope, part));
        quote!(let #local = form.#read;)
    });
    let closed = form.closed.then(|| {
        let names = form.parts.iter().map(|part| &part.name.wire);
        quote!(form.refuse_others(&[#(#names),*]);)
    });
    let fields = form.parts.iter().map(|part| filled(&part.name, "form"));
    let writes = form.parts.iter().map(|part| write_part(scope, part));
    items.push(quote! {
        impl #trait_ for #name {
            fn read(form: &mut #reader<'_>) -> Option<Self> {
                #(#reads)*
                #closed
                Some(Self { #(#fields),* })
            }

            fn write(&self, form: &mut #writer) {
                #(#writes)*
            }
        }
    });
    items
}

fn member(scope: &Scope<'_>, part: &Part) -> Member {
    let (ty, given) = match &part.kind {
        PartKind::File(rules) => {
            let file = scope.runtime("File");
            let ty = if rules.many.is_some() { quote!(Vec<#file>) } else { quote!(#file) };
            let ty = if part.required { ty } else { scope.option(&ty) };
            (ty, Given::of(part.required))
        }
        PartKind::Value { ty, .. } => {
            let default = part.default.as_ref();
            let read = scope.reader(ty).map(|read| scope.guarded(ty, part.sensitive, read));
            let given = match default {
                Some(default) => Given::preset(default, read),
                None => Given::of(part.required),
            };
            (scope.field_type(ty, part.required, default.is_some(), part.sensitive), given)
        }
    };
    let docs = doc(&part.docs, &format!("The part `{}`.", part.name.wire), &[], &part.origin);
    Member { docs, name: ident(&part.name.snake), ty, given }
}

fn read_part(scope: &Scope<'_>, part: &Part) -> TokenStream {
    let wire = &part.name.wire;
    match &part.kind {
        PartKind::File(rules) => {
            let read = read_file(rules, part.required);
            quote!(file(#wire) #read)
        }
        PartKind::Value { ty, written: way } => {
            let way = match way {
                Some(way) => {
                    let way = written::written(scope, way);
                    Some(quote!(.styled(#way)))
                }
                None => super::input::is_list(scope, ty).then(|| quote!(.repeated())),
            };
            let read = scope.reader(ty).map(|read| scope.guarded(ty, part.sensitive, read));
            let value = super::input::value_read(part.fallback(), part.required, read);
            quote!(field(#wire) #way.#value)
        }
    }
}

/// `.of(&["image/png"]).bytes(0, 1000).required()`
fn read_file(rules: &FileRules, required: bool) -> TokenStream {
    let types = &rules.media_types;
    let of = (!types.is_empty()).then(|| quote!(.of(&[#(#types),*])));
    let literal = proc_macro2::Literal::u64_unsuffixed;
    let most = |most: Option<u64>| match most {
        Some(most) => {
            let most = literal(most);
            quote!(#most)
        }
        None => quote!(usize::MAX),
    };
    let bytes = (rules.bytes != (None, None)).then(|| {
        let (least, most) = (literal(rules.bytes.0.unwrap_or(0)), most(rules.bytes.1));
        quote!(.bytes(#least, #most))
    });
    let read = match (rules.many, required) {
        (None, true) => quote!(required()),
        (None, false) => quote!(optional()),
        (Some((least, greatest)), required) => {
            let name = if required { quote!(list) } else { quote!(optional_list) };
            let (least, most) = (literal(least), most(greatest));
            quote!(#name(#least, #most))
        }
    };
    quote!(#of #bytes.#read)
}

fn write_part(scope: &Scope<'_>, part: &Part) -> TokenStream {
    let (wire, field) = (&part.name.wire, ident(&part.name.snake));
    let is_there = part.required || part.default.is_some();
    let value = if is_there { quote!(Some(&self.#field)) } else { quote!(self.#field.as_ref()) };
    match &part.kind {
        PartKind::File(rules) if rules.many.is_some() => quote!(form.files(#wire, #value);),
        PartKind::File(_) => quote!(form.file(#wire, #value);),
        PartKind::Value { ty, written: way } => {
            let way = match way {
                Some(way) => Some(written::style(scope, &way.style)),
                None if super::input::is_list(scope, ty) => {
                    Some(written::style(scope, &Style::Repeated))
                }
                None => None,
            };
            match way {
                Some(style) => quote!(form.styled(#wire, #style, #value);),
                None => quote!(form.field(#wire, #value);),
            }
        }
    }
}
