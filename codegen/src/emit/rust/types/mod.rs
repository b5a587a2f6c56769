//! The types of a service: `<service>/src/model/`.
//!
//! An object or a union has a file of its own, named after it; scalars, enums and aliases share `scalars.rs`, and what
//! scalars must meet is in `rules.rs`. What all types have in common is in the runtime, so a generated type says only what
//! is particular to it.

mod refs;
mod scalars;
mod schemas;
mod scope;
mod shape;
mod structs;
mod unions;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use scalars::number_rules;
pub(crate) use scope::{Scope, ident};
pub(crate) use structs::{field_words, others};

use crate::model::{Service, TypeDef, TypeId, TypeKind};
use crate::text::{FileSet, rust_file};

/// The types of a service, below `<service>/src/model/`.
pub(crate) fn emit_model(service: &Service, files: &mut FileSet) {
    let used = service.used.ids();
    if used.is_empty() {
        return;
    }
    let folder = format!("{}/src/model", service.name.kebab);
    let (own, shared): (Vec<TypeId>, Vec<TypeId>) =
        used.iter().copied().partition(|id| has_own_file(service.type_def(*id)));
    for id in &own {
        let def = service.type_def(*id);
        let scope = Scope::defining(service, "super", [*id]);
        let items = match &def.kind {
            TypeKind::Struct(ty) => structs::emit_struct(&scope, def, ty),
            TypeKind::Union(ty) => unions::emit_union(&scope, def, ty),
            TypeKind::Enum(_) | TypeKind::Newtype(_) | TypeKind::Alias(_) => continue,
        };
        let what = if matches!(def.kind, TypeKind::Union(_)) { "a union" } else { "an object" };
        let head = vec![format!("`{}`, {what} in the contracts.", def.name.pascal)];
        files.insert(
            format!("{folder}/{}.rs", module_name(def).trim_start_matches("r#")),
            rust_file(&head, with_imports(&scope, items)),
        );
    }
    let mut has_rules = false;
    if !shared.is_empty() {
        let scope = Scope::defining(service, "super", shared.iter().copied());
        let items =
            shared.iter().flat_map(|id| scalars::emit_scalar(&scope, service.type_def(*id)));
        let items = items.collect();
        let head = vec!["Scalars, enumerations and aliases.".to_owned()];
        files.insert(format!("{folder}/scalars.rs"), rust_file(&head, with_imports(&scope, items)));
        let scope = Scope::defining(service, "super", shared.iter().copied());
        let rules = shared.iter().map(|id| scalars::emit_rules(&scope, service.type_def(*id)));
        let rules: Vec<TokenStream> = rules.flatten().collect();
        has_rules = !rules.is_empty();
        if has_rules {
            let head = vec!["What each scalar of `scalars.rs` must meet.".to_owned()];
            let items = with_imports(&scope, rules);
            files.insert(format!("{folder}/rules.rs"), rust_file(&head, items));
        }
    }
    let checked = own.iter().chain(&shared).any(|id| service.type_def(*id).schema.is_some());
    if checked {
        schemas::emit_schemas(service, &folder, files);
    }
    let head = vec![format!("The types in the contracts of the {} service.", service.name.wire)];
    let items = module_list(service, (&own, &shared), has_rules, checked);
    files.insert(format!("{folder}/mod.rs"), rust_file(&head, items));
}

fn with_imports(scope: &Scope<'_>, items: Vec<TokenStream>) -> Vec<TokenStream> {
    std::iter::once(scope.imports()).chain(items).collect()
}

/// `mod` and `pub use` items, each sorted by module.
fn module_list(
    service: &Service,
    (own, shared): (&[TypeId], &[TypeId]),
    has_rules: bool,
    checked: bool,
) -> Vec<TokenStream> {
    let mut modules: Vec<(String, Vec<&str>)> = own
        .iter()
        .map(|id| service.type_def(*id))
        .map(|def| (module_name(def), vec![def.name.pascal.as_str()]))
        .collect();
    if !shared.is_empty() {
        let names = shared.iter().map(|id| service.type_def(*id).name.pascal.as_str()).collect();
        modules.push(("scalars".to_owned(), names));
    }
    if has_rules {
        modules.push(("rules".to_owned(), vec![]));
    }
    if checked {
        modules.push(("schemas".to_owned(), vec!["SCHEMAS"]));
    }
    modules.sort();
    let declared =
        modules.iter().map(|(module, _)| ident(module)).map(|module| quote!(mod #module;));
    let exported = modules.iter().map(|(module, names)| {
        let module = ident(module);
        let names: BTreeSet<&str> = names.iter().copied().collect();
        let names: Vec<_> = names.into_iter().map(ident).collect();
        match names.as_slice() {
            [] => TokenStream::new(),
            [name] => quote!(pub use #module::#name;),
            names => quote!(pub use #module::{#(#names),*};),
        }
    });
    vec![quote!(#(#declared)*), quote!(#(#exported)*)]
}

fn has_own_file(def: &TypeDef) -> bool {
    matches!(def.kind, TypeKind::Struct(_) | TypeKind::Union(_))
}

/// The module of an object or union; never one of those that are there for all.
fn module_name(def: &TypeDef) -> String {
    match def.name.bare() {
        // The name of no other schema ends so.
        name @ ("mod" | "rules" | "scalars" | "schemas") => format!("{name}_"),
        _ => def.name.snake.clone(),
    }
}
