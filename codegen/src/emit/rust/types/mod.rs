//! The types of a service: `<service>/src/model/`.
//!
//! An object or a union has a file of its own, named after it; scalars, enums and aliases share `scalars.rs`. What all
//! types have in common is in the runtime, so a generated type says only what is particular to it.

mod refs;
mod scalars;
mod scope;
mod shape;
mod structs;
mod unions;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use scope::{Scope, ident};

use crate::model::{Codec, Content, PartKind, Service, TypeDef, TypeId, TypeKind, TypeRef};
use crate::text::{FileSet, rust_file};

/// The types of a service, below `<service>/src/model/`.
pub(crate) fn emit_model(service: &Service, files: &mut FileSet) {
    let used = used_types(service);
    if used.is_empty() {
        return;
    }
    let folder = format!("{}/src/model", service.name.kebab);
    let (own, shared): (Vec<TypeId>, Vec<TypeId>) =
        used.into_iter().partition(|id| has_own_file(service.type_def(*id)));
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
            rust_file(&head, &with_imports(&scope, items)),
        );
    }
    if !shared.is_empty() {
        let scope = Scope::defining(service, "super", shared.iter().copied());
        let items =
            shared.iter().flat_map(|id| scalars::emit_scalar(&scope, service.type_def(*id)));
        let items = items.collect();
        let head = vec!["Scalars, enums and other names.".to_owned()];
        files
            .insert(format!("{folder}/scalars.rs"), rust_file(&head, &with_imports(&scope, items)));
    }
    let head = vec![format!("The types in the contracts of the {} service.", service.name.wire)];
    let items = module_list(service, &own, &shared);
    files.insert(format!("{folder}/mod.rs"), rust_file(&head, &items));
}

fn with_imports(scope: &Scope<'_>, items: Vec<TokenStream>) -> Vec<TokenStream> {
    std::iter::once(scope.imports()).chain(items).collect()
}

/// `mod` and `pub use` items, each sorted by module.
fn module_list(service: &Service, own: &[TypeId], shared: &[TypeId]) -> Vec<TokenStream> {
    let mut modules: Vec<(String, Vec<&str>)> = own
        .iter()
        .map(|id| service.type_def(*id))
        .map(|def| (module_name(def), vec![def.name.pascal.as_str()]))
        .collect();
    if !shared.is_empty() {
        let names = shared.iter().map(|id| service.type_def(*id).name.pascal.as_str()).collect();
        modules.push(("scalars".to_owned(), names));
    }
    modules.sort();
    let declared =
        modules.iter().map(|(module, _)| ident(module)).map(|module| quote!(mod #module;));
    let exported = modules.iter().map(|(module, names)| {
        let module = ident(module);
        let names: BTreeSet<&str> = names.iter().copied().collect();
        let names: Vec<_> = names.into_iter().map(ident).collect();
        match names.as_slice() {
            [name] => quote!(pub use #module::#name;),
            names => quote!(pub use #module::{#(#names),*};),
        }
    });
    vec![quote!(#(#declared)*), quote!(#(#exported)*)]
}

fn has_own_file(def: &TypeDef) -> bool {
    matches!(def.kind, TypeKind::Struct(_) | TypeKind::Union(_))
}

/// The module of an object or union; never one of the two that are there for all.
fn module_name(def: &TypeDef) -> String {
    match def.name.snake.as_str() {
        "r#mod" | "mod" | "scalars" => format!("{}_type", def.name.snake.trim_start_matches("r#")),
        name => name.to_owned(),
    }
}

/// The types that something other than a problem document needs, in contract order: the runtime has a type of its own
/// for problems, so one that only they lead to would be dead code.
pub(crate) fn used_types(service: &Service) -> Vec<TypeId> {
    let parameters = service.operations.iter().flat_map(|operation| {
        let bodies = operation.body.iter().flat_map(|body| body.contents.iter().flat_map(held));
        operation.parameters.iter().map(|parameter| &parameter.ty).chain(bodies)
    });
    let responses = service.operations.iter().flat_map(|operation| &operation.responses);
    let answers = responses.flat_map(|response| {
        let bodies = response.contents.iter().filter(|_| !response.is_problem()).flat_map(held);
        response.headers.iter().map(|header| &header.ty).chain(bodies)
    });
    let sent = service.sends.iter().map(|sent| sent.message.payload);
    let received = service.receives.iter().flat_map(|receive| &receive.messages);
    let payloads = sent.chain(received.map(|message| message.payload));
    let mut used = BTreeSet::new();
    for ty in parameters.chain(answers) {
        reach(service, ty, &mut used);
    }
    for id in payloads.chain(service.tables.iter().map(|table| table.item)) {
        reach(service, &TypeRef::Named(id), &mut used);
    }
    used.into_iter().collect()
}

/// The types that a body is made of: a form with parts has a struct of its own.
fn held(content: &Content) -> Vec<&TypeRef> {
    match &content.codec {
        Codec::Multipart(form) => {
            let values = form.parts.iter().filter_map(|part| match &part.kind {
                PartKind::Value { ty, .. } => Some(ty),
                PartKind::File(_) => None,
            });
            values.collect()
        }
        _ => vec![&content.ty],
    }
}

/// Adds the types that a use needs.
fn reach(service: &Service, ty: &TypeRef, used: &mut BTreeSet<TypeId>) {
    match ty {
        TypeRef::Named(id) => {
            if used.insert(*id) {
                for ty in parts(&service.type_def(*id).kind) {
                    reach(service, ty, used);
                }
            }
        }
        TypeRef::Scalar(_) | TypeRef::Json => {}
        TypeRef::List(list) => reach(service, &list.item, used),
        TypeRef::Map(map) => reach(service, &map.value, used),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => reach(service, inner, used),
    }
}

/// The types that a type consists of.
fn parts(kind: &TypeKind) -> Vec<&TypeRef> {
    match kind {
        TypeKind::Struct(ty) => {
            let others = match &ty.additional {
                crate::model::Additional::Typed(ty) => Some(ty),
                _ => None,
            };
            ty.fields.iter().map(|field| &field.ty).chain(others).collect()
        }
        TypeKind::Union(ty) => ty.variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::Alias(ty) => vec![ty],
        TypeKind::Enum(_) | TypeKind::Newtype(_) => Vec::new(),
    }
}
