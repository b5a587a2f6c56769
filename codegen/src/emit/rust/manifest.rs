//! The frame of a contract crate: its manifest and its `lib.rs`.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::docs::words;
use super::settings::has_settings;
use super::types::ident;
use crate::emit::crates::{Crates, contract_name};
use crate::model::{Docs, Service};
use crate::text::{FileSet, rendered, rust_file};

/// `Cargo.toml` of a contract crate.
#[derive(Template)]
#[template(path = "contract/Cargo.toml", escape = "none")]
struct Manifest<'a> {
    package: &'a str,
    crates: &'a Crates,
}

/// `Cargo.toml` and `src/lib.rs`.
pub(super) fn emit_frame(service: &Service, crates: &Crates, files: &mut FileSet) {
    let folder = &service.name.kebab;
    let package = crates.name(&contract_name(folder));
    let manifest = rendered(&Manifest { package: &package, crates });
    files.insert(format!("{folder}/Cargo.toml"), manifest);
    files.insert(format!("{folder}/src/lib.rs"), emit_lib(service));
}

fn emit_lib(service: &Service) -> String {
    let modules = [
        ("events", !service.sends.is_empty() || !service.receives.is_empty()),
        ("model", !service.used.ids().is_empty()),
        ("operations", !service.operations.is_empty()),
        ("routes", !service.operations.is_empty()),
        ("settings", has_settings(service)),
        ("tables", !service.tables.is_empty()),
    ];
    let modules: Vec<_> =
        modules.into_iter().filter(|(_, there)| *there).map(|(name, _)| ident(name)).collect();
    let declared = modules.iter().map(|module| {
        let undescribed = (*module == "model" || *module == "tables")
            .then(|| quote!(#[allow(missing_docs, reason = "not everything in the contract has a description")]));
        quote!(#[rustfmt::skip] #undescribed mod #module;)
    });
    let declared: TokenStream = declared.collect();
    let exported: TokenStream = modules.iter().map(|module| quote!(pub use #module::*;)).collect();
    let mut head =
        vec![format!("Contract of the {} service, version {}.", service.title, service.version)];
    let Docs { summary, description, .. } = &service.docs;
    if summary.is_some() || description.is_some() {
        head.push(String::new());
        head.extend(words(&service.docs, ""));
    }
    head.extend([String::new(), format!("- **Source** `{}`", service.origin.pointer)]);
    rust_file(&head, [declared, exported])
}
