//! Names in one generated file: which types it uses, and how it may call them.
//!
//! Owns imports. A name of the runtime or of Rust's prelude that a contract uses for a type of its own is written
//! with its path instead.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Service, TypeId};

/// What one file of a service names.
///
/// Made once for each file; the methods that answer with a name note what must be imported for it.
pub(crate) struct Scope<'a> {
    /// The service.
    pub(crate) service: &'a Service,
    /// Where the model's types are seen from here: `super`, `crate::model`.
    model: &'a str,
    /// The types that the file itself defines.
    defined: BTreeSet<TypeId>,
    /// The names that the file gives to things of its own; no more than the model's types may others have them.
    taken: BTreeSet<String>,
    /// Path of a module to the names that are imported from it.
    imports: RefCell<BTreeMap<String, BTreeSet<String>>>,
}

impl<'a> Scope<'a> {
    /// A file that defines none of the model's types.
    pub(crate) fn new(service: &'a Service, model: &'a str) -> Self {
        Self::defining(service, model, [])
    }

    /// A file that defines some of the model's types.
    pub(super) fn defining(
        service: &'a Service,
        model: &'a str,
        defined: impl IntoIterator<Item = TypeId>,
    ) -> Self {
        let defined = defined.into_iter().collect();
        Self { service, model, defined, taken: BTreeSet::new(), imports: RefCell::default() }
    }

    /// The same for a file that gives these names to things of its own.
    pub(crate) fn reserving(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.taken.extend(names);
        self
    }

    /// A type or trait of the runtime: `Decimal`.
    pub(crate) fn runtime(&self, name: &str) -> TokenStream {
        self.from("runtime", name)
    }

    /// A name of another module: `std::collections`, `BTreeMap`.
    pub(crate) fn from(&self, module: &str, name: &str) -> TokenStream {
        if self.is_taken(name) {
            return path(module, name);
        }
        self.note(module, name);
        let name = ident(name);
        quote!(#name)
    }

    /// A name of the prelude: `Option`, which is in the module `std::option`.
    pub(crate) fn prelude(&self, module: &str, name: &str) -> TokenStream {
        if self.is_taken(name) {
            return path(module, name);
        }
        let name = ident(name);
        quote!(#name)
    }

    /// A type of the model.
    pub(crate) fn model(&self, id: TypeId) -> TokenStream {
        let name = &self.service.type_def(id).name.pascal;
        if !self.defined.contains(&id) {
            self.note(self.model, name);
        }
        let name = ident(name);
        quote!(#name)
    }

    /// A name beside the tables: `PositionKey`.
    pub(crate) fn beside_tables(&self, name: &str) -> TokenStream {
        let module = if self.model == "crate::model" { "crate::tables" } else { self.model };
        self.note(module, name);
        let name = ident(name);
        quote!(#name)
    }

    /// The schemas that types do not express: `SCHEMAS`.
    pub(super) fn schemas(&self) -> TokenStream {
        self.note(self.model, "SCHEMAS");
        quote!(SCHEMAS)
    }

    /// `use` items for all that was named so far, as one token stream: the standard library, other crates, this crate.
    pub(crate) fn imports(&self) -> TokenStream {
        let imports = self.imports.borrow();
        let mut groups: Vec<_> = imports.iter().collect();
        groups.sort_by_key(|(module, _)| match module.split("::").next() {
            Some("std") => 0,
            Some("crate" | "self" | "super") => 2,
            _ => 1,
        });
        let items = groups.into_iter().map(|(module, names)| {
            let module = module_path(module);
            let names: Vec<Ident> = names.iter().map(|name| ident(name)).collect();
            match names.as_slice() {
                [name] => quote!(use #module::#name;),
                names => quote!(use #module::{#(#names),*};),
            }
        });
        quote!(#(#items)*)
    }

    fn note(&self, module: &str, name: &str) {
        let mut imports = self.imports.borrow_mut();
        imports.entry(module.to_owned()).or_default().insert(name.to_owned());
    }

    fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name) || self.service.used.has_name(name)
    }
}

/// An identifier from a name of the model, which may be a raw one.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, proc_macro2::Span::call_site()),
        None => Ident::new(name, proc_macro2::Span::call_site()),
    }
}

fn path(module: &str, name: &str) -> TokenStream {
    let (module, name) = (module_path(module), ident(name));
    quote!(#module::#name)
}

/// `std::collections` as a path.
fn module_path(module: &str) -> TokenStream {
    let parts = module.split("::").map(ident);
    quote!(#(#parts)::*)
}
