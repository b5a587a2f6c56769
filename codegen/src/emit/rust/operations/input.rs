//! What an operation takes: a struct of its parameters and body, and how it is read from a request.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::answers::{self, error_name, input_name, output_name, successes};
use super::content::{self, Variant, any_of, variants};
use super::{bound, filled, local};
use crate::emit::rust::docs::{doc_of, lines_doc};
use crate::emit::rust::record::{Given, Member, record};
use crate::emit::rust::types::{Scope, ident};
use crate::emit::rust::written;
use crate::model::{
    Content, Operation, Parameter, ParameterLocation, Status, Style, TypeKind, TypeRef,
};

/// The input struct, and its constructor.
pub(super) fn emit_input(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let parameters = operation.parameters.iter().map(|parameter| member(scope, parameter));
    let body = operation.body.as_ref().zip(content::request_type(scope, operation));
    let body = body.map(|(body, ty)| {
        let types: Vec<_> =
            body.contents.iter().map(|content| format!("`{}`", content.media_type)).collect();
        Member {
            docs: lines_doc(&[format!("The body, {}.", types.join(" or "))]),
            name: ident("body"),
            ty: if body.required { ty } else { scope.option(&ty) },
            given: Given::of(body.required),
        }
    });
    let accept = accepted(operation).map(|_| {
        let name = accept_name(operation);
        Member {
            docs: lines_doc(&["The media type that the client prefers."]),
            name: ident("accept"),
            ty: quote!(#name),
            given: Given::Absent,
        }
    });
    let members: Vec<Member> = parameters.chain(body).chain(accept).collect();
    let docs = lines_doc(&[format!("The input of `{}`.", operation.id.wire)]);
    let mut items = record(&docs, Some(quote!(Debug,)), &input_name(operation), &members).to_vec();
    items.extend(emit_accept(operation));
    items
}

fn member(scope: &Scope<'_>, parameter: &Parameter) -> Member {
    let (required, default) = (parameter.required, parameter.default.as_ref());
    let (location, wire) = (parameter.location.as_str(), &parameter.name.wire);
    let facts: Vec<_> =
        default.map(|value| ("Default", format!("`{value}`"))).into_iter().collect();
    Member {
        docs: doc_of(&parameter.docs, &format!("The {location} parameter `{wire}`."), &facts),
        name: ident(&parameter.name.snake),
        ty: scope.field_type(&parameter.ty, required, default.is_some(), parameter.sensitive),
        given: match default {
            Some(default) => Given::preset(default, reader(scope, parameter)),
            None => Given::of(required),
        },
    }
}

/// The function that reads a parameter, where its type does not know all rules.
fn reader(scope: &Scope<'_>, parameter: &Parameter) -> Option<TokenStream> {
    let read = scope.reader(&parameter.ty)?;
    Some(scope.guarded(&parameter.ty, parameter.sensitive, read))
}

/// `GetReportAccept`
pub(crate) fn accept_name(operation: &Operation) -> Ident {
    format_ident!("{}Accept", operation.id.pascal)
}

/// The bodies of a success between which the client chooses; none where there is one kind at most.
pub(crate) fn accepted(operation: &Operation) -> Option<&[Content]> {
    let mut answers = successes(operation).into_iter().map(|response| response.contents.as_slice());
    answers.find(|contents| variants(contents).len() > 1)
}

fn emit_accept(operation: &Operation) -> Option<TokenStream> {
    let (name, kinds) = (accept_name(operation), variants(accepted(operation)?));
    let docs = lines_doc(&[format!("The response media types of `{}`.", operation.id.wire)]);
    let kinds = kinds.iter().enumerate().map(|(at, kind)| {
        let (name, docs) = (kind.name(), lines_doc(&[format!("`{}`", kind.first().media_type)]));
        let default = (at == 0).then(|| quote!(#[default]));
        quote!(#docs #default #name,)
    });
    Some(quote! {
        #docs
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub enum #name { #(#kinds)* }
    })
}

/// The implementation of the runtime's `Operation`: how the input is read, and what the output becomes.
pub(super) fn emit_operation(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (trait_, input) = (scope.runtime("Operation"), input_name(operation));
    let (output, error) = (output_name(operation), error_name(operation));
    let (parts, reply) = (scope.runtime("Parts"), scope.runtime("Reply"));
    let statuses = emit_statuses(operation);
    let access = super::access::emit_access(scope, operation);
    let owner = super::access::emit_owner(scope, operation);
    let reads = operation.parameters.iter().map(|parameter| {
        let (local, read) = (local(&parameter.name, "parts"), read_parameter(scope, parameter));
        quote!(let #local = parts.#read;)
    });
    let body = content::emit_read(scope, operation).map(|read| quote!(let body = #read;));
    let accept = emit_read_accept(operation);
    let mut fields: Vec<_> =
        operation.parameters.iter().map(|one| filled(&one.name, "parts")).collect();
    fields.extend(operation.body.as_ref().map(|_| quote!(body: body?)));
    fields.extend(accepted(operation).map(|_| quote!(accept: accept?)));
    // Whether the client takes the one answer there is leaves nothing behind.
    let taken = (accept.is_some() && accepted(operation).is_none()).then(|| quote!(accept?;));
    let is_empty = fields.is_empty() && accept.is_none();
    let parts_name = if is_empty { quote!(_) } else { quote!(parts) };
    let option = scope.option(&quote!(Self));
    let (argument, answer) = answers::emit_reply(scope, operation);
    let preconditions = bound::emit_preconditions(scope, operation);
    quote! {
        impl #trait_ for #input {
            type Output = #output;
            type Error = #error;
            #access
            #statuses
            #preconditions

            fn read(#parts_name: &mut #parts<'_>) -> #option {
                #(#reads)*
                #body
                #accept
                #taken
                Some(Self { #(#fields),* })
            }

            #owner

            fn reply(#argument) -> #reply { #answer }
        }
    }
}

/// The statuses of refusals, where the contract has others than the usual ones.
fn emit_statuses(operation: &Operation) -> TokenStream {
    let constant = |name: &str, usual: u16, status: u16| {
        let (name, literal) = (ident(name), proc_macro2::Literal::u16_unsuffixed(status));
        (status != usual).then(|| quote!(const #name: u16 = #literal;))
    };
    let (invalid, unsupported) = refusals(operation);
    let invalid = constant("INVALID", 400, invalid);
    let unsupported =
        constant("UNSUPPORTED", 415, unsupported).filter(|_| operation.body.is_some());
    quote!(#invalid #unsupported)
}

/// The status for a request that violates the contract, and that for a body of another media type.
pub(crate) fn refusals(operation: &Operation) -> (u16, u16) {
    let has = |status: u16| operation.answering(status).is_some();
    let named =
        |status: u16| operation.responses.iter().any(|one| one.status == Status::Code(status));
    let invalid = match () {
        () if named(400) => 400,
        () if named(422) => 422,
        () if !has(400) && has(415) => 415,
        () => 400,
    };
    (invalid, if has(415) || !has(invalid) { 415 } else { invalid })
}

/// The statement that reads what the client likes best, where there is a choice or an answer to none.
fn emit_read_accept(operation: &Operation) -> Option<TokenStream> {
    let is_strict = operation.responses.iter().any(|one| one.status == Status::Code(406));
    let first = || {
        let mut answers = successes(operation).into_iter().map(|response| &response.contents);
        answers.find(|contents| !contents.is_empty()).filter(|_| is_strict)
    };
    let Some(contents) = accepted(operation) else {
        let types = first()?.iter().map(|content| &content.sent);
        return Some(quote!(let accept = parts.acceptable(&[#(#types),*]);));
    };
    let types = contents.iter().map(|content| &content.sent);
    let name = accept_name(operation);
    let kinds = variants(contents);
    let arms = kinds.iter().enumerate().skip(1).map(|(_, kind)| {
        let variant = kind.name();
        let places = any_of(kind.contents.iter().map(|(at, _)| *at));
        quote!(#places => #name::#variant,)
    });
    let usual = kinds.first().map(Variant::name)?;
    let choose = quote!(#(#arms)* _ => #name::#usual,);
    Some(match is_strict {
        true => quote! {
            let accept = parts.acceptable(&[#(#types),*]).map(|best| match best { #choose });
        },
        false => quote!(let accept = Some(match parts.accept(&[#(#types),*]) { #choose });),
    })
}

/// The call that reads a parameter: `query("limit").or("25")`.
fn read_parameter(scope: &Scope<'_>, parameter: &Parameter) -> TokenStream {
    let wire = &parameter.name.wire;
    let part = match parameter.location {
        ParameterLocation::Path => quote!(path(#wire)),
        ParameterLocation::Query => quote!(query(#wire)),
        ParameterLocation::Header => quote!(header(#wire)),
        ParameterLocation::Cookie if parameter.raw => quote!(raw_cookie(#wire)),
        ParameterLocation::Cookie => quote!(cookie(#wire)),
    };
    let way = match &parameter.written {
        Some(way) => {
            let way = written::written(scope, way);
            Some(quote!(.styled(#way)))
        }
        None => is_list(scope, &parameter.ty).then(|| match parameter.style {
            Style::Repeated => quote!(.repeated()),
            _ => quote!(.separated()),
        }),
    };
    let read = reader(scope, parameter);
    let value = value_read(parameter.fallback(), parameter.required, read);
    quote!(#part #way.#value)
}

/// `required()`, `optional()` or `or("25")`, by a function where the type does not know all rules.
pub(super) fn value_read(
    default: Option<&Value>,
    required: bool,
    read: Option<TokenStream>,
) -> TokenStream {
    match (default, required, read) {
        (Some(default), _, read) => {
            let default = default.to_string();
            match read {
                Some(read) => quote!(or_as(#default, #read)),
                None => quote!(or(#default)),
            }
        }
        (None, true, Some(read)) => quote!(required_as(#read)),
        (None, true, None) => quote!(required()),
        (None, false, Some(read)) => quote!(optional_as(#read)),
        (None, false, None) => quote!(optional()),
    }
}

/// Whether a use is a list, aliases seen through.
pub(crate) fn is_list(scope: &Scope<'_>, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::List(_) => true,
        TypeRef::Named(id) => match &scope.service.type_def(*id).kind {
            TypeKind::Alias(target) => is_list(scope, target),
            _ => false,
        },
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => is_list(scope, inner),
        TypeRef::Scalar(_) | TypeRef::Map(_) | TypeRef::Json => false,
    }
}
