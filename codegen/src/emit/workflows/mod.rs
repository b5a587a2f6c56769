//! The crate of workflows: what a load test of the system does, as data and functions over the `harness`.
//!
//! A module for each workflow, with a function for each of its steps, so that people replace one step and keep the
//! others; `system` holds what they have in common. What is emitted compiles against the typed client.

mod condition;
mod drawable;
mod failure;
mod lead;
mod made;
mod module;
mod names;
mod promise;
mod request;
mod statics;
mod step;
mod system;
mod value;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::crates::Crates;
use super::rust::ident;
use crate::model::{System, Workflow};
use crate::text::{FileSet, rendered, rust_file};

/// `Cargo.toml` of the crate.
#[derive(Template)]
#[template(path = "workflows/Cargo.toml", escape = "none")]
struct Manifest<'a> {
    package: &'a str,
    client: String,
    harness: &'a str,
    crates: &'a Crates,
}

/// The crate, below `workflows/`; nothing where there are no workflows, or no harness to run them.
pub(super) fn emit_workflows(system: &System, crates: &Crates, files: &mut FileSet) {
    let (Some(workflows), Some(harness)) = (&system.workflows, &crates.harness) else { return };
    let package = crates.name("workflows");
    let manifest = Manifest { package: &package, client: crates.client(), harness, crates };
    files.insert("workflows/Cargo.toml", rendered(&manifest));
    files.insert("workflows/src/lib.rs", emit_lib(system, &workflows.list));
    if let Some(derived) = &workflows.derived {
        files.insert("workflows/derived.arazzo.json", derived.document.clone());
    }
    let statics = statics::Statics::of(system);
    files.insert("workflows/src/system.rs", system::emit_system(system, &statics));
    for (index, workflow) in workflows.list.iter().enumerate() {
        let path = format!("workflows/src/{}.rs", names::file(workflow));
        files.insert(path, module::emit_module(system, index, workflow, &statics));
    }
}

fn emit_lib(system: &System, list: &[Workflow]) -> String {
    let modules = list.iter().map(|workflow| {
        let module = ident(&names::module(workflow));
        let docs = super::rust::lines_doc(&[names::summary(workflow)]);
        quote!(#docs #[rustfmt::skip] pub mod #module;)
    });
    let exported = list.iter().map(|one| (names::module(one), names::constant(one)));
    let mut exported: Vec<_> = exported.chain([("system".to_owned(), ident("SYSTEM"))]).collect();
    // As rustfmt sorts them.
    exported.sort();
    let exports: TokenStream = exported
        .into_iter()
        .map(|(module, name)| {
            let module = ident(&module);
            quote!(pub use #module::#name;)
        })
        .collect();
    let name = names::system(system);
    let head = [
        format!("Workflows of {name}, for a load test."),
        String::new(),
        "Each is a module with a function for each step. To replace one, write a function that calls the others, and a"
            .to_owned(),
        "`Workflow { run: …, ..workflows::NAME }` in a `System` of your own.".to_owned(),
        String::new(),
        "Generated from the contracts. To change it, edit the contracts and generate again.".to_owned(),
    ];
    let modules: TokenStream = modules.collect();
    let imports = quote!(
        use client::Call;
        use harness::Request;
    );
    let request = quote! {
        /// A typed call as a request of the load test.
        fn request<C: Call<Output: 'static, Error: 'static>>(call: &C) -> Request<C::Output> {
            Request::of(call.to_http(), C::from_http).owned_by(call.owner())
        }
    };
    // Formatters take a module of this form apart.
    let shared: TokenStream = "#[rustfmt::skip] pub mod system;".parse().unwrap_or_default();
    match list.is_empty() {
        true => rust_file(&head, [shared, exports]),
        false => rust_file(&head, [imports, modules, shared, exports, request]),
    }
}
