//! A new crate for a service's business logic: everything but the logic itself.
//!
//! Unlike all else that is emitted, these files belong to people once they are written. A rule that nobody wrote yet
//! fails and says in which file it belongs, so that the workspace builds and serves from the first moment.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::lines_doc;
use super::events::{self, Method};
use super::mock::{Mock, error_methods, mock};
use super::operations::answers::{error_name, input_name, output_name};
use super::operations::bound::fill_name;
use super::operations::{fill_method, has_bindings};
use super::settings::has_settings;
use super::types::{Scope, ident};
use crate::emit::crates::{Crates, contract_name};
use crate::model::{Function, Message, Operation, Receive, Service, Trigger};
use crate::text::{FileSet, rust_file, widened};

/// `Cargo.toml` of a crate of business logic.
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
pub struct Place {
    /// The folder of services, as messages name it: `services`.
    pub services: String,
    /// The way from the folder of a service to the generated crates: `../../generated`.
    pub generated: String,
}

/// The crate of a service as it is begun.
#[must_use]
pub fn skeleton(service: &Service, crates: &Crates, place: &Place, rules: Rules) -> Skeleton {
    Begun { service, crates, place, rules, contract: contract_module(service) }.emit()
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
    // A template over texts cannot fail to render.
    Manifest { crates, package, contract, program }.render().unwrap_or_default() + "\n"
}

/// The name by which code calls the contract crate.
fn contract_module(service: &Service) -> String {
    contract_name(&service.name.kebab).replace('-', "_")
}

struct Begun<'a> {
    service: &'a Service,
    crates: &'a Crates,
    place: &'a Place,
    rules: Rules,
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

    /// A module for each implementation, with a unique name that is not one of cargo's files.
    fn parts(&self) -> Vec<Part<'_>> {
        let mut taken: BTreeSet<String> = ["lib", "main", "bin"].map(str::to_owned).into();
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

    fn lib(&self, parts: &[Part<'_>]) -> String {
        let scope = self.scope();
        let (aws, clone) = (scope.runtime("Aws"), scope.prelude("std::clone", "Clone"));
        let mut fields = Vec::new();
        let mut values = Vec::new();
        if !self.service.tables.is_empty() {
            let tables = scope.from(&self.contract, "Tables");
            let docs = lines_doc(&["The service's tables."]);
            fields.push(quote!(#docs pub tables: #tables));
            values.push(quote!(tables: #tables::new(aws)));
        }
        if !self.service.sends.is_empty() {
            let publisher = scope.from(&self.contract, "Publisher");
            let docs = lines_doc(&["Publishes the events of the service."]);
            fields.push(quote!(#docs pub publisher: #publisher));
            values.push(quote!(publisher: #publisher::new(aws)));
        }
        let settings = has_settings(self.service).then(|| {
            let settings = scope.from(&self.contract, "Settings");
            let docs = lines_doc(&["What the function is given: variables, secrets, parameters."]);
            fields.push(quote!(#docs pub settings: #settings));
            values.push(quote!(settings));
            quote!(, settings: #settings)
        });
        let name = &self.service.name.wire;
        let docs = lines_doc(&[format!("The {name} service.")]);
        let new = lines_doc(&[
            "Creates the service with the tables and buses in the function's environment variables.",
        ]);
        let unused =
            (fields.len() == usize::from(settings.is_some())).then(|| quote!(let _ = aws;));
        let definition = quote! {
            #docs
            #[derive(Debug, #clone)]
            pub struct Service { #(#fields,)* }
        };
        let construction = quote! {
            impl Service {
                #new
                #[must_use]
                pub fn new(aws: &#aws #settings) -> Self {
                    #unused
                    Self { #(#values,)* }
                }
            }
        };
        let mut items = vec![definition, construction];
        items.extend(self.implementations(&scope, parts));
        let mut modules: Vec<&str> = parts.iter().map(|part| part.module.as_str()).collect();
        modules.sort_unstable_by_key(|module| module.trim_start_matches("r#"));
        let modules = modules.into_iter().map(ident);
        items.insert(0, scope.imports());
        items.insert(0, quote!(#(mod #modules;)*));
        laid_out(
            &[format!("Business logic of the {name} service, one file for each operation.")],
            &items,
        )
    }

    /// The traits of the contract crate, each method calling its implementation.
    fn implementations(&self, scope: &Scope<'_>, parts: &[Part<'_>]) -> Vec<TokenStream> {
        let mut items = Vec::new();
        if !self.service.operations.is_empty() {
            let operations = scope.from(&self.contract, "Operations");
            let tables = has_bindings(self.service).then(|| {
                let tables = scope.from(&self.contract, "Tables");
                quote!(fn tables(&self) -> &#tables { &self.tables })
            });
            let methods = parts.iter().filter_map(|part| match part.of {
                Of::Operation(one) => Some(self.operation_method(scope, part, one)),
                Of::Fill(one) => self.fill_method(scope, part, one),
                Of::Receive(_) => None,
            });
            let errors = error_methods(scope, &self.contract);
            items.push(quote! {
                impl #operations for Service {
                    #tables
                    #(#methods)*
                    #(#errors)*
                }
            });
        }
        for part in parts {
            let Of::Receive(receive) = part.of else { continue };
            let name = scope.from(&self.contract, &receive.id.pascal);
            let methods = events::methods(scope, receive);
            let methods = methods.iter().map(|one| receiving_method(scope, part, one));
            items.push(quote!(impl #name for Service { #(#methods)* }));
        }
        items
    }

    fn operation_method(&self, scope: &Scope<'_>, part: &Part<'_>, one: &Operation) -> TokenStream {
        let (module, name) = (ident(&part.module), ident(&one.id.snake));
        let (signature, result) = self.operation_signature(scope, one);
        quote! {
            async fn #name(&self, #signature) -> #result {
                #module::#name(self, cx, input).await
            }
        }
    }

    fn fill_method(
        &self,
        scope: &Scope<'_>,
        part: &Part<'_>,
        one: &Operation,
    ) -> Option<TokenStream> {
        let (module, name) = (ident(&part.module), fill_method(self.service, one)?);
        let (signature, result) = self.fill_signature(scope, one);
        Some(quote! {
            async fn #name(&self, #signature) -> #result {
                #module::#module(self, cx, input).await
            }
        })
    }

    fn fill_signature(
        &self,
        scope: &Scope<'_>,
        operation: &Operation,
    ) -> (TokenStream, TokenStream) {
        let of = |name: Ident| scope.from(&self.contract, &name.to_string());
        let (input, fill, error) =
            (of(input_name(operation)), of(fill_name(operation)), of(error_name(operation)));
        let context = scope.runtime("Context");
        let result = scope.prelude("std::result", "Result");
        (quote!(cx: &#context, input: &#input), quote!(#result<#fill, #error>))
    }

    fn operation_signature(
        &self,
        scope: &Scope<'_>,
        operation: &Operation,
    ) -> (TokenStream, TokenStream) {
        let of = |name: Ident| scope.from(&self.contract, &name.to_string());
        let (input, output, error) =
            (of(input_name(operation)), of(output_name(operation)), of(error_name(operation)));
        let context = scope.runtime("Context");
        let result = scope.prelude("std::result", "Result");
        (quote!(cx: &#context, input: #input), quote!(#result<#output, #error>))
    }

    /// What an operation returns until it is implemented, where it does not fail.
    fn mock(&self, part: &Part<'_>) -> Option<Mock> {
        self.mock_in(&Scope::new(self.service, &self.contract), part)
    }

    fn mock_in(&self, scope: &Scope<'_>, part: &Part<'_>) -> Option<Mock> {
        match part.of {
            Of::Operation(one) if self.rules == Rules::Mocked => mock(scope, &self.contract, one),
            _ => None,
        }
    }

    /// The file of an implementation that is not written yet.
    fn rule(&self, part: &Part<'_>) -> String {
        let scope = Scope::new(self.service, &self.contract);
        let service = scope.from("crate", "Service");
        let (constant, body, reads_input) = match self.mock_in(&scope, part) {
            Some(Mock { constant, result, reads_input }) => (constant, result, reads_input),
            None => {
                let failure = scope.runtime("Failure");
                let path = format!("{}/{}", self.place.services, self.file(part));
                let body = quote! {
                    let file = #path;
                    Err(#failure::message(format!("not implemented yet: implement it in {file}")).into())
                };
                (None, body, false)
            }
        };
        let (id, docs, functions) = match part.of {
            Of::Operation(one) => {
                let name = ident(&one.id.snake);
                let (signature, result) = self.operation_signature(&scope, one);
                let signature = unused(&signature, if reads_input { &["input"] } else { &[] });
                let docs = lines_doc(&[format!("`{} {}`", one.method.as_str(), one.path.text)]);
                let function = quote! {
                    #docs
                    pub(crate) async fn #name(_service: &#service, #signature) -> #result {
                        #body
                    }
                };
                (&one.id.wire, &one.docs, vec![function])
            }
            Of::Fill(one) => {
                let name = ident(&part.module);
                let (signature, result) = self.fill_signature(&scope, one);
                let signature = unused(&signature, &[]);
                let docs = lines_doc(&["The properties of a new item that only the service sets."]);
                let function = quote! {
                    #docs
                    pub(crate) async fn #name(_service: &#service, #signature) -> #result {
                        #body
                    }
                };
                (&one.id.wire, &one.docs, vec![function])
            }
            Of::Receive(one) => {
                let methods = events::methods(&scope, one);
                let functions = methods.iter().map(|method| {
                    let name = &method.name;
                    let (signature, result) = receiving_signature(&scope, method);
                    let signature = unused(&signature, &[]);
                    let docs = lines_doc(&[format!("Processes {}.", method.what)]);
                    quote! {
                        #docs
                        pub(crate) async fn #name(_service: &#service, #signature) -> #result {
                            #body
                        }
                    }
                });
                (&one.id.wire, &one.docs, functions.collect())
            }
        };
        let head = match &docs.summary {
            Some(summary) => format!("`{id}`: {}", summary.replace(['\n', '\r'], " ")),
            None => format!("`{id}`"),
        };
        let imports = std::iter::once(scope.imports());
        let items: Vec<TokenStream> = imports.chain(constant).chain(functions).collect();
        laid_out(&[head], &items)
    }

    /// The program of a function.
    fn main(&self, function: &Function) -> String {
        let scope = Scope::new(self.service, &self.contract);
        let library = self.crates.name(&self.service.name.kebab).replace('-', "_");
        let service = scope.from(&library, "Service");
        let (aws, error) = (scope.runtime("Aws"), scope.runtime("Error"));
        let settings = has_settings(self.service).then(|| {
            let settings = scope.from(&self.contract, "Settings");
            quote!(let settings = #settings::load(&aws).await?;)
        });
        let made = match &settings {
            None => quote!(#service::new(&aws)),
            Some(_) => quote!(#service::new(&aws, settings)),
        };
        let (what, serving) = match function.trigger {
            Trigger::Api => {
                let (serve, routes) =
                    (scope.runtime("serve_api"), scope.from(&self.contract, "Routes"));
                ("handles requests".to_owned(), quote!(#serve(#routes::new(#made))))
            }
            Trigger::Receive(index) => {
                let receive = &self.service.receives[index];
                let serve = scope.runtime(events::serve(&receive.delivery));
                let consumer =
                    scope.from(&self.contract, &format!("{}Consumer", receive.id.pascal));
                let events = if receive.delivery.stream().is_some() { "changes" } else { "events" };
                let what = format!("receives {events}: `{}`", receive.id.wire);
                (what, quote!(#serve(#consumer::new(#made))))
            }
        };
        let result = scope.prelude("std::result", "Result");
        let function = quote! {
            #[tokio::main(flavor = "current_thread")]
            async fn main() -> #result<(), #error> {
                let aws = #aws::load().await;
                #settings
                #serving.await
            }
        };
        let imports = scope.imports();
        let head = format!("The function of the {} service that {what}.", self.service.name.wire);
        laid_out(&[head], &[imports, function])
    }

    /// The method that bound operations need, which needs no implementation.
    fn tables(&self) -> Option<Implementation> {
        has_bindings(self.service).then(|| Implementation {
            module: String::new(),
            file: String::new(),
            of_trait: "Operations".to_owned(),
            contract_imports: vec!["Tables".to_owned()],
            runtime_imports: Vec::new(),
            methods: vec![(
                "tables".to_owned(),
                "fn tables(&self) -> &Tables { &self.tables }".to_owned(),
            )],
        })
    }

    fn described(&self, part: &Part<'_>) -> Implementation {
        let scope = self.scope();
        let text = |tokens: TokenStream| tokens.to_string();
        let of = |name: &Ident| name.to_string();
        let (of_trait, contract_imports, runtime_imports, methods) = match part.of {
            Of::Operation(one) => (
                "Operations".to_owned(),
                [input_name(one), output_name(one), error_name(one)].iter().map(of).collect(),
                vec!["Context".to_owned()],
                vec![(one.id.snake.clone(), text(self.operation_method(&scope, part, one)))],
            ),
            Of::Fill(one) => {
                let method = self.fill_method(&scope, part, one).unwrap_or_default();
                let name = fill_method(self.service, one).map(|name| name.to_string());
                (
                    "Operations".to_owned(),
                    [input_name(one), fill_name(one), error_name(one)].iter().map(of).collect(),
                    vec!["Context".to_owned()],
                    vec![(name.unwrap_or_default(), text(method))],
                )
            }
            Of::Receive(one) => {
                let payload =
                    |message: &Message| self.service.type_def(message.payload).name.pascal.clone();
                let methods = events::methods(&scope, one);
                let methods = methods.iter().map(|method| {
                    let text = text(receiving_method(&scope, part, method));
                    (method.name.to_string(), text)
                });
                let stream = one.delivery.stream();
                let seen = stream.into_iter().flat_map(|one| events::seen(self.service, one));
                let imports = one.messages.iter().map(payload).chain(seen);
                let imports = imports.chain([one.id.pascal.clone()]);
                let change = stream.map(|_| "Change".to_owned());
                (
                    one.id.pascal.clone(),
                    imports.collect(),
                    change
                        .into_iter()
                        .chain(["EventContext", "EventError"].map(str::to_owned))
                        .collect(),
                    methods.collect(),
                )
            }
        };
        Implementation {
            module: part.module.clone(),
            file: self.file(part),
            of_trait,
            contract_imports,
            runtime_imports,
            methods,
        }
    }
}

/// A method of a receiver that calls its implementation.
fn receiving_method(scope: &Scope<'_>, part: &Part<'_>, method: &Method) -> TokenStream {
    let (module, Method { name, argument, .. }) = (ident(&part.module), method);
    let (signature, result) = receiving_signature(scope, method);
    quote! {
        async fn #name(&self, #signature) -> #result {
            #module::#name(self, cx, #argument).await
        }
    }
}

fn receiving_signature(scope: &Scope<'_>, method: &Method) -> (TokenStream, TokenStream) {
    let (context, error) = (scope.runtime("EventContext"), scope.runtime("EventError"));
    let result = scope.prelude("std::result", "Result");
    let Method { argument, ty, .. } = method;
    (quote!(cx: &#context, #argument: #ty), quote!(#result<(), #error>))
}

/// Parameters that an implementation does not use yet.
fn unused(signature: &TokenStream, used: &[&str]) -> TokenStream {
    let (mut at_name, mut depth) = (true, 0_usize);
    let renamed = signature.clone().into_iter().map(|token| match token {
        proc_macro2::TokenTree::Ident(name) if at_name => {
            at_name = false;
            match used.iter().any(|used| name == used) {
                true => name.into(),
                false => ident(&format!("_{name}")).into(),
            }
        }
        proc_macro2::TokenTree::Punct(ref punct) => {
            match punct.as_char() {
                '<' => depth += 1,
                '>' => depth = depth.saturating_sub(1),
                _ => {}
            }
            // Not the comma between the arguments of a type.
            at_name = punct.as_char() == ',' && depth == 0;
            token
        }
        token => token,
    });
    renamed.collect()
}

/// A file as people format it.
fn laid_out(head: &[String], items: &[TokenStream]) -> String {
    widened(&rust_file(head, items.iter().cloned()))
}
