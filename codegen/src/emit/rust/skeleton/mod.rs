//! A new crate for the business rules of a service: everything but the rules themselves.
//!
//! Unlike all else that is emitted, these files belong to people once they are written. A rule that nobody wrote yet
//! fails and says in which file it belongs, so that the workspace builds and serves from the first moment.

mod library;
mod program;
mod rule;

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::TokenStream;

use super::operations::fill_method;
use super::settings::has_settings;
use super::types::Scope;
use crate::emit::crates::{Crates, contract_name};
use crate::model::{Docs, Function, Operation, Receive, Service, Trigger};
use crate::text::{FileSet, parameters_of_new, rendered, rust_file, widened};

/// `Cargo.toml` of a crate of business rules.
#[derive(Template)]
#[template(path = "skeleton/Cargo.toml", escape = "none")]
struct Manifest<'a> {
    crates: &'a Crates,
    package: &'a str,
    contract: &'a str,
    program: Option<&'a str>,
}

/// The crate of a service as it is begun.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Skeleton {
    /// Its files, below the folder of services: `notes/src/lib.rs`.
    pub files: FileSet,
    /// What `lib.rs` needs for each implementation, to be added to an existing one.
    pub implementations: Vec<Implementation>,
    /// The operations that fail until somebody implements them, by their ids.
    pub open: Vec<String>,
}

/// What the crate needs for the implementation of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Implementation {
    /// The module that holds it, `add_note`; empty for a method that none does.
    pub module: String,
    /// The file of the module, below the folder of services.
    pub file: String,
    /// The trait of the contract crate that asks for it: `Operations`.
    pub of_trait: String,
    /// The names that `lib.rs` imports from the contract crate for it.
    pub contract_imports: Vec<String>,
    /// The names that `lib.rs` imports from the runtime for it.
    pub runtime_imports: Vec<String>,
    /// The name and the text of each method of the trait.
    pub methods: Vec<(String, String)>,
}

/// Where the crates of services and the generated crates are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrateFolders {
    /// The folder of services, as messages name it: `services`.
    pub services: String,
    /// The way from the folder of a service to the generated crates: `../../generated`.
    pub generated: String,
}

/// The crate of a service as it is begun, or as it is completed where it has a library already.
#[must_use]
pub fn skeleton(
    service: &Service,
    crates: &Crates,
    place: &CrateFolders,
    rules: Rules,
    library: Option<&str>,
) -> Skeleton {
    let has_settings =
        has_settings(service) && !library.is_some_and(|library| lacks_settings(service, library));
    let contract = contract_module(service);
    Begun { service, crates, place, rules, has_settings, contract }.emit()
}

/// Whether a library was begun before its service had settings: its `Service::new` does not take them.
#[must_use]
pub fn lacks_settings(service: &Service, library: &str) -> bool {
    has_settings(service) && parameters_of_new(library) == Some(1)
}

/// What operations do until somebody implements them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// They fail, and say in which file they belong.
    Open,
    /// They return the example of their contract, if it has one for every required part.
    Mocked,
}

/// The manifest of a package of people's own: the crate it is about, and the program that it may have.
pub(super) fn manifest(
    crates: &Crates,
    package: &str,
    contract: &str,
    program: Option<&str>,
) -> String {
    rendered(&Manifest { crates, package, contract, program }) + "\n"
}

/// The name by which code calls the contract crate.
fn contract_module(service: &Service) -> String {
    contract_name(&service.name.kebab).replace('-', "_")
}

struct Begun<'a> {
    service: &'a Service,
    crates: &'a Crates,
    place: &'a CrateFolders,
    rules: Rules,
    has_settings: bool,
    contract: String,
}

/// An operation that needs an implementation.
struct Part<'a> {
    module: String,
    of: Of<'a>,
}

enum Of<'a> {
    Operation(&'a Operation),
    /// What only the service sets of what a bound operation creates.
    Fill(&'a Operation),
    Receive(&'a Receive),
}

impl Part<'_> {
    /// The id in the contract.
    fn id(&self) -> &str {
        match self.of {
            Of::Operation(one) | Of::Fill(one) => &one.id.wire,
            Of::Receive(one) => &one.id.wire,
        }
    }

    fn docs(&self) -> &Docs {
        match self.of {
            Of::Operation(one) | Of::Fill(one) => &one.docs,
            Of::Receive(one) => &one.docs,
        }
    }
}

impl Begun<'_> {
    fn emit(&self) -> Skeleton {
        let mut files = FileSet::default();
        let service = &self.service.name.kebab;
        let parts = self.parts();
        files.insert(format!("{service}/Cargo.toml"), self.manifest());
        files.insert(format!("{service}/src/lib.rs"), self.lib(&parts));
        for part in &parts {
            files.insert(self.file(part), self.rule(part));
        }
        for function in &self.service.functions {
            files.insert(self.program(function), self.main(function));
        }
        let mut implementations: Vec<Implementation> =
            parts.iter().map(|part| self.described(part)).collect();
        implementations.extend(self.tables());
        let open = parts.iter().filter(|part| self.mock(part).is_none());
        let open = open.map(|part| part.id().to_owned()).collect();
        Skeleton { files, implementations, open }
    }

    /// A module for each implementation, with a unique name that is neither one of cargo's files nor of a crate.
    fn parts(&self) -> Vec<Part<'_>> {
        let names = ["lib", "main", "bin", "runtime", "std", self.contract.as_str()];
        let mut taken: BTreeSet<String> = names.map(str::to_owned).into();
        let operations = self.service.operations.iter().filter(|one| one.binding.is_none());
        let operations = operations.map(|one| (one.id.snake.clone(), Of::Operation(one)));
        let fills =
            self.service.operations.iter().filter_map(|one| {
                Some((fill_method(self.service, one)?.to_string(), Of::Fill(one)))
            });
        let receives = self.service.receives.iter();
        let receives = receives.map(|one| (one.id.snake.clone(), Of::Receive(one)));
        let parts = operations.chain(fills).chain(receives).map(|(mut module, of)| {
            while !taken.insert(module.trim_start_matches("r#").to_owned()) {
                module = format!("{}_rule", module.trim_start_matches("r#"));
            }
            Part { module, of }
        });
        parts.collect()
    }

    fn manifest(&self) -> String {
        let service = &self.service.name.kebab;
        let package = self.crates.name(service);
        let dependency =
            self.crates.contract(service).replace("\"../", &format!("\"{}/", self.place.generated));
        let program = self.service.functions.iter().find(|one| one.trigger == Trigger::Api);
        let program = program.map(|function| function.name.wire.as_str());
        manifest(self.crates, &package, &dependency, program)
    }

    fn file(&self, part: &Part<'_>) -> String {
        let module = part.module.trim_start_matches("r#");
        format!("{}/src/{module}.rs", self.service.name.kebab)
    }

    fn program(&self, function: &Function) -> String {
        let service = &self.service.name.kebab;
        match function.trigger {
            Trigger::Api => format!("{service}/src/main.rs"),
            Trigger::Receive(_) => format!("{service}/src/bin/{}.rs", function.name.wire),
        }
    }

    fn scope(&self) -> Scope<'_> {
        Scope::new(self.service, &self.contract).reserving(["Service".to_owned()])
    }
}

/// A file as people format it.
fn laid_out(head: &[String], items: &[TokenStream]) -> String {
    widened(&rust_file(head, items.iter().cloned()))
}
