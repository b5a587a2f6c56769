//! The operations of a service: a trait with a method for each, and a file for each with its input, its answers, the
//! way from the request to the one and from the other to the response, and its body where the contract binds one.

pub(crate) mod access;
pub(crate) mod answers;
pub(crate) mod bound;
pub(crate) mod content;
pub(crate) mod input;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs::{doc_of, lines_doc};
use super::types::{Scope, ident};
use crate::model::{Name, Operation, Service};
use crate::text::{FileSet, rust_file};
use answers::{error_name, input_name, output_name};

/// `src/operations/`: the trait and a file for each operation.
pub(super) fn emit_operations(service: &Service, files: &mut FileSet) {
    if service.operations.is_empty() {
        return;
    }
    let folder = format!("{}/src/operations", service.name.kebab);
    files.insert(format!("{folder}/mod.rs"), emit_trait(service));
    for operation in &service.operations {
        let path = format!("{folder}/{}.rs", operation.module().trim_start_matches("r#"));
        files.insert(path, emit_operation(service, operation));
    }
}

/// Whether anything that is generated for an operation needs the tables: its body, or the receipts of its requests.
pub(super) fn has_bindings(service: &Service) -> bool {
    let needs_tables =
        |operation: &Operation| operation.binding.is_some() || operation.idempotency.is_some();
    service.operations.iter().any(needs_tables)
}

/// The method that gives what only the service sets of a new item; none where nothing is asked for.
pub(super) fn fill_method(service: &Service, operation: &Operation) -> Option<Ident> {
    operation.binding.as_ref().filter(|binding| !binding.asks.is_empty())?;
    let mut name = format!("fill_{}", operation.id.bare());
    while service.operations.iter().any(|other| other.id.snake == name) {
        name.push_str("_item");
    }
    Some(ident(&name))
}

/// The variable that holds what was read for a field, unlike the one that it is read from.
fn local(field: &Name, from: &str) -> Ident {
    if field.snake == from { format_ident!("{from}_") } else { ident(&field.snake) }
}

/// A field with what was read for it: `limit: limit?`.
fn filled(field: &Name, from: &str) -> TokenStream {
    let (name, local) = (ident(&field.snake), local(field, from));
    quote!(#name: #local?)
}

fn emit_trait(service: &Service) -> String {
    let names = service.operations.iter().flat_map(answers::names);
    let names = names.chain(["Operations".to_owned()]);
    let scope = Scope::new(service, "crate::model").reserving(names);
    let context = scope.runtime("Context");
    let tables = has_bindings(service).then(|| {
        let tables = scope.from("crate::tables", "Tables");
        let docs = lines_doc(&["The tables that generated operations use."]);
        quote!(#docs fn tables(&self) -> &#tables;)
    });
    let methods = service.operations.iter().map(|operation| {
        let (name, module) = (ident(&operation.id.snake), ident(&operation.module()));
        let (input, output, error) =
            (input_name(operation), output_name(operation), error_name(operation));
        let call = format!("`{} {}`", operation.method.as_str(), operation.path.text);
        let docs = doc_of(&operation.docs, &call, &[("Route", call.clone())]);
        let (future, result) =
            (scope.prelude("std::future", "Future"), scope.prelude("std::result", "Result"));
        let signature = |cx: TokenStream| {
            quote! {
                fn #name(&self, #cx: &#context, input: #input)
                    -> impl #future<Output = #result<#output, #error>> + Send
            }
        };
        match &operation.binding {
            Some(_) => {
                let Some(fill) = fill_method(service, operation) else {
                    let signature = signature(quote!(_cx));
                    return quote!(#docs #signature { #module::run(self.tables(), input) });
                };
                let (signature, fill_name) = (signature(quote!(cx)), bound::fill_name(operation));
                let says = lines_doc(&[format!(
                    "The properties of a new item of `{}` that only the service sets.",
                    operation.id.wire
                )]);
                quote! {
                    #docs
                    #signature {
                        async move {
                            let fill = self.#fill(cx, &input).await?;
                            #module::run(self.tables(), input, fill).await
                        }
                    }

                    #says
                    fn #fill(&self, cx: &#context, input: &#input)
                        -> impl #future<Output = #result<#fill_name, #error>> + Send;
                }
            }
            None => {
                let signature = signature(quote!(cx));
                quote!(#docs #signature;)
            }
        }
    });
    let head = lines_doc(&[
        format!("The operations of the {} service.", service.name.wire),
        String::new(),
        "Implement the methods without a default body. A method with one runs the table action that the"
            .to_owned(),
        "contract binds it to, and can be overridden.".to_owned(),
    ]);
    let errors = super::refuse::emit_methods(&scope);
    // Clippy expects names like these of methods without `&self`.
    let is_odd =
        |name: &str| name == "new" || name.starts_with("from_") || name.starts_with("into_");
    let odd = service.operations.iter().any(|operation| is_odd(&operation.id.snake)).then(
        || quote!(#[allow(clippy::wrong_self_convention, reason = "the contract names operations")]),
    );
    let definition = quote! {
        #head
        #odd
        pub trait Operations: Send + Sync {
            #tables
            #(#methods)*
            #(#errors)*
        }
    };
    let modules = service.operations.iter().map(|operation| ident(&operation.module()));
    let modules = quote!(#(pub(crate) mod #modules;)*);
    let exports = service.operations.iter().map(|operation| {
        let module = ident(&operation.module());
        quote!(pub use #module::*;)
    });
    let exports = quote!(#(#exports)*);
    let head = vec![format!("The operations of the {} service.", service.name.wire)];
    rust_file(&head, [modules, scope.imports(), exports, definition])
}

fn emit_operation(service: &Service, operation: &Operation) -> String {
    let scope = Scope::new(service, "crate::model").reserving(answers::names(operation));
    let mut items = input::emit_input(&scope, operation);
    items.extend(content::emit_contents(&scope, operation));
    items.extend(answers::emit_answers(&scope, operation));
    items.push(input::emit_operation(&scope, operation));
    items.extend(bound::emit_fill(&scope, operation));
    items.extend(bound::emit_run(&scope, operation));
    items.insert(0, scope.imports());
    let route = format!("`{} {}`", operation.method.as_str(), operation.path.text);
    let head = [
        format!("`{}`: {route}.", operation.id.wire),
        String::new(),
        format!("- **Source** `{}`", operation.origin.pointer),
    ];
    rust_file(&head, items)
}
