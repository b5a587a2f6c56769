//! The way from a response to what a call returns: an arm for each status that the contract declares.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens as _, quote};

use super::contract;
use crate::emit::rust::operations::answers::{
    Payload, error_name, errors, output_name, struct_name, successes,
};
use crate::emit::rust::operations::content::{Variant, any_of, response_content_name, variants};
use crate::emit::rust::types::{Scope, ident};
use crate::emit::rust::written;
use crate::model::{Codec, Operation, Response, Status, TypeRef};

/// An arm for each response: codes, then ranges, then whatever else.
pub(super) fn arms(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let mut responses: Vec<&Response> = operation.responses.iter().collect();
    responses.sort_by_key(|response| response.status);
    let has_default = responses.iter().any(|response| response.status == Status::Default);
    let arms = responses.iter().map(|response| {
        let (pattern, answer) = (pattern(response.status), answer(scope, operation, response));
        quote!(#pattern => #answer,)
    });
    let other = (!has_default).then(|| quote!(_ => Err(response.undeclared()),));
    quote!(#(#arms)* #other)
}

fn pattern(status: Status) -> TokenStream {
    let literal = Literal::u16_unsuffixed;
    match status {
        Status::Code(code) => literal(code).into_token_stream(),
        Status::Range(first) => {
            let start = u16::from(first) * 100;
            let (start, end) = (literal(start), literal(start + 99));
            quote!(#start..=#end)
        }
        Status::Default => quote!(_),
    }
}

/// What a response comes to.
fn answer(scope: &Scope<'_>, operation: &Operation, response: &Response) -> TokenStream {
    let variant = ident(&response.name.pascal);
    let read = read(scope, operation, response);
    if response.is_success() {
        let only = successes(operation).len() == 1;
        let output = output_name(operation);
        let read =
            if only { read } else { in_variant(response, &read, &quote!(#output::#variant)) };
        return quote!(response.read(|answer| #read));
    }
    if errors(operation).iter().any(|error| error.status == response.status) {
        let error = error_name(operation);
        if Payload::of(response) == Payload::Problem {
            return quote!(Err(response.problem(#error::#variant)));
        }
        let read = in_variant(response, &read, &quote!(#error::#variant));
        return quote!(Err(response.declared(|answer| #read)));
    }
    if Payload::of(response) == Payload::Problem {
        quote!(Err(response.failed()))
    } else {
        quote!(Err(response.failed_as(|answer| #read)))
    }
}

/// A variant around what is read.
fn in_variant(response: &Response, read: &TokenStream, variant: &TokenStream) -> TokenStream {
    match Payload::of(response) {
        Payload::Nothing => quote!(#read.map(|()| #variant)),
        Payload::Struct => quote!({ #read }.map(#variant)),
        Payload::Body | Payload::Problem => quote!(#read.map(#variant)),
    }
}

/// The expression that reads a response's parts.
fn read(scope: &Scope<'_>, operation: &Operation, response: &Response) -> TokenStream {
    let is_failure = response.status == Status::Code(500);
    let body = read_body(scope, operation, response);
    if Payload::of(response) != Payload::Struct && !is_failure {
        return body.unwrap_or_else(|| quote!(answer.nothing()));
    }
    if !is_failure {
        return struct_read(scope, operation, response, body);
    }
    // Nothing is made for it: only that the body is as declared counts.
    match (body, response.contents.as_slice()) {
        (Some(body), [only]) if only.problem || scope.reader(&only.ty).is_some() => body,
        (Some(body), [only]) => {
            let (ty, media_type) = (&only.ty, &only.media_type);
            match &only.codec {
                Codec::Json => {
                    let ty = failure_type(scope, ty, quote!(runtime::Json));
                    quote!(answer.json::<#ty>(&[#media_type]))
                }
                Codec::Text => {
                    let ty = failure_type(scope, ty, quote!(String));
                    quote!(answer.text::<#ty>(#media_type))
                }
                _ => body,
            }
        }
        (Some(body), _) => body,
        (None, _) => quote!(answer.nothing()),
    }
}

/// The type of a failure's body by its path: the names that are imported here are the client's. What has no name is `other`.
fn failure_type(scope: &Scope<'_>, ty: &TypeRef, other: TokenStream) -> TokenStream {
    match ty {
        TypeRef::Named(id) => {
            let contract = contract(scope.service);
            let name = ident(&scope.service.type_def(*id).name.pascal);
            quote!(#contract::#name)
        }
        _ => other,
    }
}

/// The expression that reads a response's body.
fn read_body(scope: &Scope<'_>, operation: &Operation, response: &Response) -> Option<TokenStream> {
    let kinds = variants(&response.contents);
    match kinds.as_slice() {
        [] => None,
        [only] if only.first().problem => Some(quote!(answer.problem())),
        [only] => Some(read_kind(scope, only)),
        kinds => {
            let media_types = response.contents.iter().map(|content| &content.media_type);
            let name = response_content_name(operation, response);
            let arms = kinds.iter().map(|kind| {
                let (variant, read) = (kind.name(), read_kind(scope, kind));
                let places = any_of(kind.contents.iter().map(|(at, _)| *at));
                quote!(Some(#places) => #read.map(#name::#variant),)
            });
            Some(quote! {
                match answer.media_type(&[#(#media_types),*]) { #(#arms)* _ => None }
            })
        }
    }
}

fn read_kind(scope: &Scope<'_>, kind: &Variant<'_>) -> TokenStream {
    let content = kind.first();
    let media_type = &content.media_type;
    match (&content.codec, scope.reader(&content.ty)) {
        (Codec::Binary, _) if content.is_range() => quote!(answer.file(#media_type)),
        (Codec::Binary, _) => quote!(answer.bytes(#media_type)),
        (Codec::Text, Some(read)) => quote!(answer.text_as(#media_type, #read)),
        (Codec::Text, None) => quote!(answer.text(#media_type)),
        (_, read) => {
            let types = kind.contents.iter().map(|(_, content)| &content.media_type);
            match read {
                Some(read) => quote!(answer.json_as(&[#(#types),*], #read)),
                None => quote!(answer.json(&[#(#types),*])),
            }
        }
    }
}

/// Reads headers and body, then makes the struct of them.
fn struct_read(
    scope: &Scope<'_>,
    operation: &Operation,
    response: &Response,
    body: Option<TokenStream>,
) -> TokenStream {
    let name = struct_name(operation, response);
    let is_open = !matches!(response.status, Status::Code(_)) && !response.is_problem();
    let status = is_open.then(|| quote!(status: answer.status(),));
    let headers: Vec<Ident> =
        response.headers.iter().map(|header| ident(&header.name.snake)).collect();
    let reads = response.headers.iter().zip(&headers).map(|(header, field)| {
        let wire = &header.name.wire;
        let way = header.written.as_ref().map(|way| written::written(scope, way));
        match (header.required, way) {
            (true, None) => quote!(let #field = answer.header(#wire);),
            (false, None) => quote!(let #field = answer.optional_header(#wire);),
            (true, Some(way)) => quote!(let #field = answer.header_styled(#wire, #way);),
            (false, Some(way)) => quote!(let #field = answer.optional_header_styled(#wire, #way);),
        }
    });
    let (body_read, body_field) = match body {
        Some(read) => (quote!(let body = #read;), quote!(body: body?,)),
        None => (quote!(answer.nothing();), TokenStream::new()),
    };
    quote! {{
        #(#reads)*
        #body_read
        Some(#name { #status #(#headers: #headers?,)* #body_field })
    }}
}
