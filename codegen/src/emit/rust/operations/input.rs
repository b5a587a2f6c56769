//! What an operation takes: a struct of its parameters and body, and the function that reads it from a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::answers::{answering, input_name};
use crate::emit::rust::docs::{doc, lines_doc};
use crate::emit::rust::record::{Given, Member, record};
use crate::emit::rust::types::{Scope, ident};
use crate::model::{Operation, Parameter, ParameterLocation, TypeKind, TypeRef};

/// The input struct, and its constructor.
pub(super) fn emit_input(scope: &Scope<'_>, operation: &Operation) -> [TokenStream; 2] {
    let parameters = operation.parameters.iter().map(|parameter| member(scope, parameter));
    let body = operation.body.as_ref().map(|body| {
        let shape = [("Shape", format!("body, `{}`", body.media_type))];
        Member {
            docs: doc(&crate::model::Docs::default(), "The body.", &shape, &body.origin),
            name: ident("body"),
            ty: scope.field_type(&body.ty, body.required, false, false),
            given: Given::of(body.required),
        }
    });
    let members: Vec<Member> = parameters.chain(body).collect();
    let docs = lines_doc(&[
        format!("What `{}` takes.", operation.id.wire),
        String::new(),
        format!("- **Source** `{}`", operation.origin.pointer),
    ]);
    record(&docs, Some(quote!(Debug,)), &input_name(operation), &members)
}

fn member(scope: &Scope<'_>, parameter: &Parameter) -> Member {
    let (required, default) = (parameter.required, parameter.default.as_ref());
    let shape = format!("{} parameter `{}`", location(parameter), parameter.name.wire);
    let mut facts = vec![("Shape", shape)];
    facts.extend(default.map(|value| ("Default", format!("`{value}`"))));
    Member {
        docs: doc(&parameter.docs, "A parameter.", &facts, &parameter.origin),
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

fn location(parameter: &Parameter) -> &'static str {
    match parameter.location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
    }
}

/// The function that reads the input from a request.
pub(super) fn emit_read(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (request, problem, input) =
        (scope.runtime("Request"), scope.runtime("Problem"), input_name(operation));
    let result = scope.prelude("std::result", "Result");
    let reads = operation.parameters.iter().map(|parameter| {
        let (field, read) = (ident(&parameter.name.snake), read_parameter(scope, parameter));
        quote!(let #field = parts.#read;)
    });
    let body = operation.body.as_ref().map(|body| {
        let media_type = &body.media_type;
        let read = match (body.required, scope.reader(&body.ty)) {
            (true, None) => quote!(body(#media_type)),
            (true, Some(read)) => quote!(body_as(#media_type, #read)),
            (false, None) => quote!(optional_body(#media_type)),
            (false, Some(read)) => quote!(optional_body_as(#media_type, #read)),
        };
        quote!(let body = parts.#read;)
    });
    let fields = operation.parameters.iter().map(|parameter| ident(&parameter.name.snake));
    let fields: Vec<_> = fields.chain(operation.body.as_ref().map(|_| ident("body"))).collect();
    if fields.is_empty() {
        return quote! {
            fn read(_: &#request) -> #result<#input, #problem> {
                Ok(#input {})
            }
        };
    }
    let parts = scope.runtime("Parts");
    let declared = [400, 415].into_iter().filter(|status| answering(operation, *status).is_some());
    let declared = declared.map(proc_macro2::Literal::u16_unsuffixed);
    quote! {
        fn read(request: &#request) -> #result<#input, #problem> {
            let mut parts = #parts::of(request);
            #(#reads)*
            #body
            parts.finish(&[#(#declared),*], || Some(#input { #(#fields: #fields?),* }))
        }
    }
}

/// The call that reads a parameter: `query("limit").or("25")`.
fn read_parameter(scope: &Scope<'_>, parameter: &Parameter) -> TokenStream {
    let wire = &parameter.name.wire;
    let part = match parameter.location {
        ParameterLocation::Path => quote!(path(#wire)),
        ParameterLocation::Query => quote!(query(#wire)),
        ParameterLocation::Header => quote!(header(#wire)),
    };
    let is_query = parameter.location == ParameterLocation::Query;
    let list = is_list(scope, &parameter.ty).then(|| match is_query && parameter.explode {
        true => quote!(.repeated()),
        false => quote!(.separated()),
    });
    let value = match (&parameter.default, parameter.required, reader(scope, parameter)) {
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
    };
    quote!(#part #list.#value)
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
