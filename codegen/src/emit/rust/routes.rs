//! Which operation answers which method of which path.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::lines_doc;
use super::operations::answers::version_of;
use super::types::{Scope, ident};
use crate::model::{Idempotency, Method, Operation, ParameterLocation, Service};
use crate::text::{FileSet, rust_file};

/// `src/routes.rs`; nothing for a service without operations.
pub(super) fn emit_routes(service: &Service, files: &mut FileSet) {
    if service.operations.is_empty() {
        return;
    }
    let scope = Scope::new(service, "crate::model").reserving(["Routes".to_owned()]);
    let items = [emit_struct(&scope), emit_handler(&scope)];
    let items: Vec<TokenStream> = std::iter::once(scope.imports()).chain(items).collect();
    let head = vec![format!("The REST API of the {} service.", service.name.wire)];
    files.insert(format!("{}/src/routes.rs", service.name.kebab), rust_file(&head, items));
}

fn emit_struct(scope: &Scope<'_>) -> TokenStream {
    let operations = scope.from("crate::operations", "Operations");
    let docs = lines_doc(&["The REST API of the service. Pass it to [`runtime::serve_api`]."]);
    let new = lines_doc(&["Creates the routes of these operations."]);
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct Routes<O> {
            operations: O,
        }

        impl<O: #operations> Routes<O> {
            #new
            #[must_use]
            pub const fn new(operations: O) -> Self {
                Self { operations }
            }
        }
    }
}

fn emit_handler(scope: &Scope<'_>) -> TokenStream {
    let mut paths: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for operation in &scope.service.operations {
        paths.entry(&operation.path.text).or_default().push(operation);
    }
    let resources = paths.keys();
    let reply = scope.runtime("Reply");
    let arms = paths.iter().map(|(path, operations)| {
        let arms = operations.iter().map(|operation| {
            let (methods, name) = (methods(operation, operations), ident(&operation.id.snake));
            let call = quote!(|input| api.#name(cx, input));
            match &operation.idempotency {
                None => {
                    let handle = scope.runtime("handle");
                    quote!((#path, #methods) => #handle(cx, request, #call).await,)
                }
                Some(once) => {
                    let rules = once_rules(scope, operation, once);
                    let table = ident(&scope.service.table(once.table).handle.snake);
                    let handle = scope.runtime("handle_once");
                    quote! {
                        (#path, #methods) => {
                            let (once, table) = (#rules, &api.tables().#table);
                            #handle(cx, request, &once, table, #call).await
                        }
                    }
                }
            }
        });
        let allow = allow(operations);
        quote! {
            #(#arms)*
            (#path, method) => #reply::other_method(method, #allow),
        }
    });
    let arms: TokenStream = arms.collect();
    let named = paths.iter().flat_map(|(path, operations)| {
        operations.iter().map(move |operation| {
            let (methods, id) = (methods(operation, operations), operation.id.plain());
            quote!((#path, #methods) => Some(#id),)
        })
    });
    let refuse = super::refuse::emit_refuse(scope);
    let service = &scope.service.name.wire;
    let option = scope.prelude("std::option", "Option");
    let cors = cors(scope);
    let (handler, context, request) =
        (scope.runtime("ApiHandler"), scope.runtime("Context"), scope.runtime("Request"));
    let operations = scope.from("crate::operations", "Operations");
    quote! {
        impl<O: #operations> #handler for Routes<O> {
            const SERVICE: &'static str = #service;
            const RESOURCES: &'static [&'static str] = &[#(#resources),*];
            #cors

            fn operation(resource: &str, method: &str) -> #option<&'static str> {
                match (resource, method) {
                    #(#named)*
                    _ => None,
                }
            }

            #refuse

            async fn handle(&self, cx: &#context, resource: &str, request: &#request) -> #reply {
                let api = &self.operations;
                match (resource, request.method()) {
                    #arms
                    _ => #reply::unknown_path(),
                }
            }
        }
    }
}

/// `Idempotency { … }`
fn once_rules(scope: &Scope<'_>, operation: &Operation, once: &Idempotency) -> TokenStream {
    let name = scope.runtime("Idempotency");
    let (operation, header, ttl) = (operation.id.plain(), &once.header, &once.ttl);
    let keep = proc_macro2::Literal::u32_unsuffixed(once.keep_seconds);
    quote!(#name { operation: #operation, header: #header, ttl: #ttl, keep_seconds: #keep })
}

/// The methods that an operation answers: its own, and `HEAD` for a `GET` where the contract has none (RFC 9110,
/// section 9.1).
fn methods(operation: &Operation, all: &[&Operation]) -> TokenStream {
    let method = operation.method.as_str();
    match operation.method == Method::Get && !has(all, Method::Head) {
        true => quote!("GET" | "HEAD"),
        false => quote!(#method),
    }
}

/// The methods of a path, as `Allow` lists them.
fn allow(operations: &[&Operation]) -> String {
    let mut methods: Vec<&str> =
        operations.iter().map(|operation| operation.method.as_str()).collect();
    if has(operations, Method::Get) && !has(operations, Method::Head) {
        methods.push("HEAD");
    }
    if !has(operations, Method::Options) {
        methods.push("OPTIONS");
    }
    methods.sort_unstable();
    methods.join(", ")
}

fn has(operations: &[&Operation], method: Method) -> bool {
    operations.iter().any(|operation| operation.method == method)
}

/// `const CORS`: which pages of other origins may call, and what they may send and read.
fn cors(scope: &Scope<'_>) -> Option<TokenStream> {
    let cors = scope.service.cors.as_ref()?;
    let (name, option) = (scope.runtime("Cors"), scope.prelude("std::option", "Option"));
    let (origins, credentials) = (&cors.origins, cors.credentials);
    let max_age = proc_macro2::Literal::u32_unsuffixed(cors.max_age_seconds);
    let (sent, read) = (sent_headers(scope), read_headers(scope));
    Some(quote! {
        const CORS: #option<#name> = Some(#name {
            origins: &[#(#origins),*],
            credentials: #credentials,
            max_age_seconds: #max_age,
            sent: #sent,
            read: #read,
        });
    })
}

/// The headers that requests may have, as a preflight is answered.
fn sent_headers(scope: &Scope<'_>) -> String {
    let service = scope.service;
    let mut names = vec!["Authorization".to_owned(), "Content-Type".to_owned()];
    for operation in &service.operations {
        let headers = operation.parameters.iter();
        let headers = headers.filter(|one| one.location == ParameterLocation::Header);
        names.extend(headers.map(|one| one.name.wire.clone()));
        for scheme in operation.asked_schemes(service) {
            if let Some(key) = scheme.means.key() {
                names.push(key.name.clone());
            }
        }
    }
    if read_names(scope).iter().any(|name| name.eq_ignore_ascii_case("etag")) {
        names.push("If-None-Match".to_owned());
    }
    listed(names)
}

/// The headers of answers that a page may read, besides those that it always may.
fn read_headers(scope: &Scope<'_>) -> String {
    listed(read_names(scope))
}

/// The headers that responses declare, and those that they have besides.
fn read_names(scope: &Scope<'_>) -> Vec<String> {
    let operations = || scope.service.operations.iter();
    let responses = || operations().flat_map(|operation| &operation.responses);
    let headers = responses().flat_map(|response| &response.headers);
    let mut names: Vec<String> = headers.map(|header| header.name.wire.clone()).collect();
    if responses().any(|response| version_of(scope, response).is_some()) {
        names.push("ETag".to_owned());
    }
    if operations().any(|operation| operation.idempotency.is_some()) {
        names.extend(["Idempotent-Replayed", "Retry-After"].map(str::to_owned));
    }
    names
}

fn listed(names: Vec<String>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for name in names {
        if !seen.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            seen.push(name);
        }
    }
    seen.join(", ")
}
