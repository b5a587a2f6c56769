//! Which operation answers which method of which path.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::lines_doc;
use super::operations::module;
use super::types::Scope;
use crate::model::{Method, Operation, Service};
use crate::text::{FileSet, rust_file};

/// `src/routes.rs`; nothing for a service without operations.
pub(super) fn emit_routes(service: &Service, files: &mut FileSet) {
    if service.operations.is_empty() {
        return;
    }
    let scope = Scope::new(service, "crate::model").reserving(["Routes".to_owned()]);
    let items = [emit_struct(&scope), emit_handler(&scope)];
    let items: Vec<TokenStream> = std::iter::once(scope.imports()).chain(items).collect();
    let head = vec![format!("The REST interface of the {} service.", service.name.wire)];
    files.insert(format!("{}/src/routes.rs", service.name.kebab), rust_file(&head, &items));
}

fn emit_struct(scope: &Scope<'_>) -> TokenStream {
    let operations = scope.from("crate::operations", "Operations");
    let docs = lines_doc(&["The service's REST interface: hand it to [`runtime::serve_api`]."]);
    let new = lines_doc(&["The interface to these operations."]);
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
    let (reply, handle) = (scope.runtime("Reply"), quote!(runtime::handle));
    let arms = paths.iter().map(|(path, operations)| {
        let arms = operations.iter().map(|operation| {
            let (methods, name) = (methods(operation, operations), module(operation));
            quote! {
                (#path, #methods) => #handle(cx, request, |input| operations.#name(cx, input)).await,
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
    let (handler, context, request) =
        (scope.runtime("ApiHandler"), scope.runtime("Context"), scope.runtime("Request"));
    let operations = scope.from("crate::operations", "Operations");
    quote! {
        impl<O: #operations> #handler for Routes<O> {
            const SERVICE: &'static str = #service;
            const RESOURCES: &'static [&'static str] = &[#(#resources),*];

            fn operation(resource: &str, method: &str) -> #option<&'static str> {
                match (resource, method) {
                    #(#named)*
                    _ => None,
                }
            }

            #refuse

            async fn handle(&self, cx: &#context, resource: &str, request: &#request) -> #reply {
                let operations = &self.operations;
                match (resource, request.method()) {
                    #arms
                    _ => #reply::unknown_path(),
                }
            }
        }
    }
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
