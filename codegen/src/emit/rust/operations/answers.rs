//! What an operation may answer, and the Rust that each answer becomes.
//!
//! Owns the names and shapes that handler and client share: the output of an operation is its success, its error enum
//! has a variant for each other response that the contract declares.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::rust::docs::{doc, lines_doc};
use crate::emit::rust::record::{Given, Member, record};
use crate::emit::rust::types::{Scope, ident};
use crate::model::{Operation, Response, Status};

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
        match &response.body {
            _ if !response.headers.is_empty() => Self::Struct,
            Some(body) if body.is_problem => Self::Problem,
            Some(_) if is_fixed => Self::Body,
            None if is_fixed => Self::Nothing,
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
    let own = [input_name(operation), output_name(operation), error_name(operation)];
    own.into_iter().chain(structs).map(|name| name.to_string()).collect()
}

/// The Rust type that holds a response; `None` where there is nothing to hold.
pub(crate) fn payload_type(
    scope: &Scope<'_>,
    operation: &Operation,
    response: &Response,
) -> Option<TokenStream> {
    match (Payload::of(response), &response.body) {
        (Payload::Body, Some(body)) => Some(scope.rust_type(&body.ty)),
        (Payload::Problem, _) => Some(scope.runtime("Problem")),
        (Payload::Struct, _) => {
            let name = struct_name(operation, response);
            Some(quote!(#name))
        }
        (Payload::Nothing | Payload::Body, _) => None,
    }
}

/// The response that answers with a status: by its code, its range, or `default`.
pub(crate) fn answering(operation: &Operation, status: u16) -> Option<&Response> {
    let wanted =
        [Some(Status::Code(status)), range(status).map(Status::Range), Some(Status::Default)];
    let mut found = wanted
        .into_iter()
        .flatten()
        .filter_map(|wanted| operation.responses.iter().find(|response| response.status == wanted));
    found.next()
}

fn range(status: u16) -> Option<u8> {
    u8::try_from(status / 100).ok()
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
    let docs = doc(&response.docs, "An answer.", &[], &response.origin);
    let has_status = !matches!(response.status, Status::Code(_)) && !has_problem(response);
    let status = has_status.then(|| Member {
        docs: lines_doc(&["The status code, within what the contract says of it."]),
        name: ident("status"),
        ty: quote!(u16),
        given: Given::Required,
    });
    let headers = response.headers.iter().map(|header| {
        let fact = [("Shape", format!("header `{}`", header.name.wire))];
        Member {
            docs: doc(&header.docs, "A header.", &fact, &response.origin),
            name: ident(&header.name.snake),
            ty: scope.field_type(&header.ty, header.required, false, false),
            given: Given::of(header.required),
        }
    });
    let body = response.body.as_ref().map(|body| Member {
        docs: lines_doc(&["The body."]),
        name: ident("body"),
        ty: match body.is_problem {
            true => scope.runtime("Problem"),
            false => scope.rust_type(&body.ty),
        },
        given: Given::Required,
    });
    let members: Vec<Member> = status.into_iter().chain(headers).chain(body).collect();
    record(&docs, Some(quote!(Debug,)), &name, &members)
}

/// Whether a response carries a problem document.
pub(super) fn has_problem(response: &Response) -> bool {
    response.body.as_ref().is_some_and(|body| body.is_problem)
}

/// The output: the one success, or an enum of several. A struct that is the output by name is there already.
fn emit_output(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let name = output_name(operation);
    let successes = successes(operation);
    if let [only] = successes.as_slice() {
        let text =
            format!("What `{}` answers with success, `{}`.", operation.id.wire, key(only.status));
        let docs =
            doc(&only.docs, &text, &[("Status", format!("`{}`", key(only.status)))], &only.origin);
        return match payload_type(scope, operation, only) {
            _ if Payload::of(only) == Payload::Struct => None,
            Some(ty) => Some(quote!(#docs pub type #name = #ty;)),
            None => Some(quote!(#docs pub type #name = ();)),
        };
    }
    let variants = successes.iter().map(|response| variant(scope, operation, response));
    let head = lines_doc(&[format!("What `{}` answers with success.", operation.id.wire)]);
    Some(quote! {
        #head
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name { #(#variants)* }
    })
}

fn emit_error(scope: &Scope<'_>, operation: &Operation) -> [TokenStream; 2] {
    let name = error_name(operation);
    let (failure, into) = (scope.runtime("Failure"), scope.prelude("std::convert", "Into"));
    let variants =
        errors(operation).into_iter().map(|response| variant(scope, operation, response));
    let head = lines_doc(&[
        format!(
            "How `{}` fails: the responses that its contract declares, and anything else.",
            operation.id.wire
        ),
        String::new(),
        "Every error converts into the last variant by `?`.".to_owned(),
    ]);
    let other = lines_doc(&[
        "Anything else: an opaque `500` for the client, the failure itself for the log.",
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
    let conversion = quote! {
        impl<E: #into<#failure>> From<E> for #name {
            fn from(error: E) -> Self {
                Self::Unexpected(error.into())
            }
        }
    };
    [definition, conversion]
}

fn variant(scope: &Scope<'_>, operation: &Operation, response: &Response) -> TokenStream {
    let name = ident(&response.name.pascal);
    let status = [("Status", format!("`{}`", key(response.status)))];
    let docs = doc(&response.docs, &response.name.wire, &status, &response.origin);
    match payload_type(scope, operation, response) {
        Some(ty) => quote!(#docs #name(#ty),),
        None => quote!(#docs #name,),
    }
}

/// A response's key as the contract writes it.
fn key(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(first) => format!("{first}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// The function that turns the output into a reply, and the conversion that does so for errors.
pub(super) fn emit_replies(scope: &Scope<'_>, operation: &Operation) -> [TokenStream; 2] {
    let (reply, output, error) =
        (scope.runtime("Reply"), output_name(operation), error_name(operation));
    let arms = |name: &Ident, responses: &[&Response]| -> TokenStream {
        let arm = |response: &&Response| {
            let variant = ident(&response.name.pascal);
            let pattern = (Payload::of(response) != Payload::Nothing).then(|| quote!((answer)));
            let value = respond(scope, response);
            quote!(#name::#variant #pattern => #value,)
        };
        responses.iter().map(arm).collect()
    };
    let (argument, body) = match successes(operation).as_slice() {
        [only] if Payload::of(only) == Payload::Nothing => (quote!(()), respond(scope, only)),
        [only] => (quote!(answer), respond(scope, only)),
        several => {
            let arms = arms(&output, several);
            (quote!(output), quote!(match output { #arms }))
        }
    };
    let arms = arms(&error, &errors(operation));
    [
        quote! {
            fn reply(#argument: #output) -> #reply {
                #body
            }
        },
        quote! {
            impl From<#error> for #reply {
                fn from(error: #error) -> Self {
                    match error {
                        #arms
                        #error::Unexpected(failure) => #reply::failed(failure),
                    }
                }
            }
        },
    ]
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
    let base = match &response.body {
        Some(content) if content.is_problem => match response.status {
            Status::Code(_) => quote!(#reply::problem(#body.with_status(#status))),
            Status::Range(_) | Status::Default => quote!(#reply::problem(#body)),
        },
        Some(content) => {
            let media_type = &content.media_type;
            quote!(#reply::json(#status, #media_type, &#body))
        }
        None => quote!(#reply::empty(#status)),
    };
    let headers = response.headers.iter().map(|header| {
        let (name, field) = (&header.name.wire, ident(&header.name.snake));

        if header.required {
            quote!(.header(#name, runtime::to_text(&answer.#field)))
        } else {
            quote!(.header_some(#name, answer.#field.as_ref().map(runtime::to_text)))
        }
    });
    quote!(#base #(#headers)*)
}
