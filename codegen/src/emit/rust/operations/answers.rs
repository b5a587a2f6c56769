//! What an operation may answer, and the Rust that each answer becomes.
//!
//! Owns the names and shapes that handler and client share: the output of an operation is its success, its error enum
//! has a variant for each other response that the contract declares.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::content;
use crate::emit::rust::docs::{doc_of, lines_doc};
use crate::emit::rust::forms::resolved;
use crate::emit::rust::record::{Given, Member, record};
use crate::emit::rust::types::{Scope, ident};
use crate::emit::rust::written;
use crate::model::{Codec, Docs, Operation, Response, Status, TypeKind, TypeRef};

/// What the Rust value of a response holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payload {
    /// Nothing: no headers, no body.
    Nothing,
    /// Its body alone.
    Body,
    /// The problem document alone, which knows its status.
    Problem,
    /// A struct of its own: `status` where the contract leaves it open, then the headers, then `body`.
    Struct,
}

impl Payload {
    /// What this response holds.
    pub(crate) fn of(response: &Response) -> Self {
        let is_fixed = matches!(response.status, Status::Code(_));
        match response.contents.is_empty() {
            _ if !response.headers.is_empty() => Self::Struct,
            false if response.is_problem() => Self::Problem,
            false if is_fixed => Self::Body,
            true if is_fixed => Self::Nothing,
            _ => Self::Struct,
        }
    }
}

/// The successes of an operation, in contract order.
pub(crate) fn successes(operation: &Operation) -> Vec<&Response> {
    operation.responses.iter().filter(|response| response.is_success()).collect()
}

/// The other responses that the error enum has a variant for: all but `500`, which is what an undeclared failure
/// becomes.
pub(crate) fn errors(operation: &Operation) -> Vec<&Response> {
    let is_error =
        |response: &&Response| !response.is_success() && response.status != Status::Code(500);
    operation.responses.iter().filter(is_error).collect()
}

/// `GetProductInput`
pub(crate) fn input_name(operation: &Operation) -> Ident {
    format_ident!("{}Input", operation.id.pascal)
}

/// `GetProductOutput`
pub(crate) fn output_name(operation: &Operation) -> Ident {
    format_ident!("{}Output", operation.id.pascal)
}

/// `GetProductError`
pub(crate) fn error_name(operation: &Operation) -> Ident {
    format_ident!("{}Error", operation.id.pascal)
}

/// The struct of a response that has one: the output itself when there is one success, else the operation's name with
/// that of the response.
pub(crate) fn struct_name(operation: &Operation, response: &Response) -> Ident {
    match successes(operation).as_slice() {
        [only] if only.status == response.status => output_name(operation),
        _ => format_ident!("{}{}", operation.id.pascal, response.name.pascal),
    }
}

/// The names that the file of an operation gives to things.
pub(super) fn names(operation: &Operation) -> Vec<String> {
    let structs = operation.responses.iter().filter(|r| Payload::of(r) == Payload::Struct);
    let structs = structs.map(|response| struct_name(operation, response));
    let contents = operation.responses.iter().filter(|r| content::variants(&r.contents).len() > 1);
    let contents = contents.map(|response| content::response_content_name(operation, response));
    let own = [
        input_name(operation),
        output_name(operation),
        error_name(operation),
        content::content_name(operation),
        content::form_name(operation),
        super::input::accept_name(operation),
        super::bound::fill_name(operation),
    ];
    own.into_iter().chain(structs).chain(contents).map(|name| name.to_string()).collect()
}

/// The Rust type that holds a response; `None` where there is nothing to hold.
pub(crate) fn payload_type(
    scope: &Scope<'_>,
    operation: &Operation,
    response: &Response,
) -> Option<TokenStream> {
    match Payload::of(response) {
        Payload::Body | Payload::Problem => content::response_type(scope, operation, response),
        Payload::Struct => {
            let name = struct_name(operation, response);
            Some(quote!(#name))
        }
        Payload::Nothing => None,
    }
}

/// The types of an operation's answers: structs, the output, the error enum.
pub(super) fn emit_answers(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let structs = operation.responses.iter().filter(|response| {
        Payload::of(response) == Payload::Struct && response.status != Status::Code(500)
    });
    let structs = structs.flat_map(|response| emit_struct(scope, operation, response));
    let mut items: Vec<TokenStream> = structs.collect();
    items.extend(emit_output(scope, operation));
    items.extend(emit_error(scope, operation));
    items
}

fn emit_struct(scope: &Scope<'_>, operation: &Operation, response: &Response) -> [TokenStream; 2] {
    let name = struct_name(operation, response);
    let docs = doc_of(&response.docs, "A response.", &[]);
    let has_status = !matches!(response.status, Status::Code(_)) && !response.is_problem();
    let status = has_status.then(|| Member {
        docs: lines_doc(&["The status code, in the range that the contract declares."]),
        name: ident("status"),
        ty: quote!(u16),
        given: Given::Required,
    });
    let headers = response.headers.iter().map(|header| Member {
        docs: doc_of(&header.docs, &format!("The header `{}`.", header.name.wire), &[]),
        name: ident(&header.name.snake),
        ty: scope.field_type(&header.ty, header.required, false, false),
        given: Given::of(header.required),
    });
    let body = content::response_type(scope, operation, response).map(|ty| Member {
        docs: lines_doc(&["The body."]),
        name: ident("body"),
        ty,
        given: Given::Required,
    });
    let members: Vec<Member> = status.into_iter().chain(headers).chain(body).collect();
    record(&docs, Some(quote!(Debug,)), &name, &members)
}

/// The output: the one success, or an enum of several. A struct that is the output by name is there already.
fn emit_output(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let name = output_name(operation);
    let successes = successes(operation);
    if let [only] = successes.as_slice() {
        let text = format!("The success responses of `{}`, `{}`.", operation.id.wire, only.status);
        let docs = doc_of(&only.docs, &text, &[]);
        return match payload_type(scope, operation, only) {
            _ if Payload::of(only) == Payload::Struct => None,
            Some(ty) => Some(quote!(#docs pub type #name = #ty;)),
            None => Some(quote!(#docs pub type #name = ();)),
        };
    }
    let variants = successes.iter().map(|response| variant(scope, operation, response));
    let head = lines_doc(&[format!("The success responses of `{}`.", operation.id.wire)]);
    Some(quote! {
        #head
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name { #(#variants)* }
    })
}

fn emit_error(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let name = error_name(operation);
    let failure = scope.runtime("Failure");
    let errors = errors(operation);
    let variants = errors.iter().map(|response| variant(scope, operation, response));
    let head = lines_doc(&[format!("The error responses of `{}`.", operation.id.wire)]);
    let other = lines_doc(&[
        "Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.",
    ]);
    let definition = quote! {
        #head
        #[derive(Debug)]
        pub enum #name {
            #(#variants)*
            #other
            Unexpected(#failure),
        }
    };
    let arms = errors.iter().map(|response| error_arm(response));
    let structs = errors.iter().filter(|response| Payload::of(response) == Payload::Struct);
    let mut items = vec![definition, quote!(runtime::error_type!(#name #(, #arms)*);)];
    items.extend(structs.map(|response| {
        let (reply, name) = (scope.runtime("Reply"), struct_name(operation, response));
        let (from, value) = (scope.prelude("std::convert", "From"), respond(scope, response));
        quote! {
            impl #from<#name> for #reply {
                fn from(answer: #name) -> Self { #value }
            }
        }
    }));
    items
}

/// `NotFound = problem(404)`: a variant with what it holds.
fn error_arm(response: &Response) -> TokenStream {
    let variant = ident(&response.name.pascal);
    let Status::Code(code) = response.status else { return open_arm(response, &variant) };
    let code = proc_macro2::Literal::u16_unsuffixed(code);
    let kinds = content::variants(&response.contents);
    let held = match (Payload::of(response), kinds.as_slice()) {
        (Payload::Nothing, _) => quote!(empty(#code)),
        (Payload::Problem, _) => quote!(problem(#code)),
        (Payload::Body, [only]) if only.contents.len() == 1 => {
            let media_type = &only.first().sent;
            match only.first().codec {
                Codec::Text => quote!(text(#code, #media_type)),
                Codec::Binary if only.first().is_range() => quote!(file(#code)),
                Codec::Binary => quote!(bytes(#code, #media_type)),
                _ => quote!(json(#code, #media_type)),
            }
        }
        (Payload::Body, [only]) => {
            let types = only.sent();
            quote!(any_json(#code, &[#(#types),*]))
        }
        (Payload::Body, _) => quote!(body(#code)),
        (Payload::Struct, _) => quote!(answer),
    };
    quote!(#variant = #held)
}

/// A variant whose status the contract leaves open.
fn open_arm(response: &Response, variant: &Ident) -> TokenStream {
    match Payload::of(response) {
        Payload::Problem => quote!(#variant = open_problem),
        _ => quote!(#variant = answer),
    }
}

fn variant(scope: &Scope<'_>, operation: &Operation, response: &Response) -> TokenStream {
    let name = ident(&response.name.pascal);
    let status = response.status;
    let says = |text: &String| format!("`{status}`: {text}");
    let Docs { summary, description, .. } = &response.docs;
    let description = match (summary, description) {
        (Some(summary), Some(text)) if text.starts_with(summary) => Some(says(text)),
        _ => description.clone(),
    };
    let summary = Some(summary.as_ref().map_or_else(|| format!("`{status}`"), says));
    let docs = Docs { summary, description, ..response.docs.clone() };
    let docs = doc_of(&docs, "", &[]);
    match payload_type(scope, operation, response) {
        Some(ty) => quote!(#docs #name(#ty),),
        None => quote!(#docs #name,),
    }
}

/// `(output: Self::Output)` and the block that makes a reply of it, as one expression in parts.
pub(super) fn emit_reply(scope: &Scope<'_>, operation: &Operation) -> (TokenStream, TokenStream) {
    let output = output_name(operation);
    match successes(operation).as_slice() {
        [only] if Payload::of(only) == Payload::Nothing => (quote!((): ()), respond(scope, only)),
        [only] => (quote!(answer: Self::Output), respond(scope, only)),
        several => {
            let arms = several.iter().map(|response| {
                let variant = ident(&response.name.pascal);
                let pattern = (Payload::of(response) != Payload::Nothing).then(|| quote!((answer)));
                let value = respond(scope, response);
                quote!(#output::#variant #pattern => #value,)
            });
            (quote!(output: Self::Output), quote!(match output { #(#arms)* }))
        }
    }
}

/// The reply that a response becomes, of the value `answer`.
fn respond(scope: &Scope<'_>, response: &Response) -> TokenStream {
    let reply = scope.runtime("Reply");
    let is_struct = Payload::of(response) == Payload::Struct;
    let body = if is_struct { quote!(answer.body) } else { quote!(answer) };
    let status = match response.status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(_) | Status::Default => quote!(answer.status),
    };
    let base = match response.status {
        Status::Code(_) if response.is_problem() => quote!(#body.reply(#status)),
        _ if response.is_problem() => quote!(#reply::problem(#body)),
        _ => content::reply(scope, response, &status, &body),
    };
    let headers = response.headers.iter().map(|header| {
        let (name, field) = (&header.name.wire, ident(&header.name.snake));
        let style = header.written.as_ref().map(|way| written::style(scope, &way.style));
        match (header.required, style) {
            (true, None) => quote!(.header(#name, runtime::to_text(&answer.#field))),
            (false, None) => {
                quote!(.header_some(#name, answer.#field.as_ref().map(runtime::to_text)))
            }
            (true, Some(style)) => quote!(.header_styled(#name, #style, Some(&answer.#field))),
            (false, Some(style)) => quote!(.header_styled(#name, #style, answer.#field.as_ref())),
        }
    });
    let etag = version_of(scope, response).map(|version| quote!(.etag(&#body.#version)));
    quote!(#base #(#headers)* #etag)
}

/// The property of a success' body that is its version, where the contract does not speak of `ETag` itself.
pub(crate) fn version_of(scope: &Scope<'_>, response: &Response) -> Option<Ident> {
    let says = response.headers.iter().any(|header| header.name.wire.eq_ignore_ascii_case("etag"));
    let [content] = response.contents.as_slice() else { return None };
    let fits = response.is_success() && content.codec == Codec::Json && !says;
    let TypeRef::Named(id) = resolved(scope.service, &content.ty) else { return None };
    let TypeKind::Struct(object) = &scope.service.type_def(*id).kind else { return None };
    let version = object.fields.iter().find(|field| field.version && field.required)?;
    fits.then(|| ident(&version.name.snake))
}
