//! The client crate: a module for each service that has operations.
//!
//! Uses the contract crates' own types for what goes in and out, so client and service cannot disagree; owns the way
//! from an input to a request, and from a response back.

mod response;

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::{doc_of, lines_doc};
use super::operations::access;
use super::operations::answers::{
    Payload, error_name, input_name, output_name, struct_name, successes,
};
use super::operations::content::{content_name, form_name, response_content_name, variants};
use super::operations::input::{accept_name, accepted, is_list};
use super::types::{Scope, ident};
use super::written;
use crate::emit::crates::{Crates, contract_name};
use crate::model::{
    Codec, Content, Operation, Parameter, ParameterLocation, Service, Status, Style, System,
};
use crate::text::{FileSet, checked_rust, pretty, rendered, rust_text};

/// `Cargo.toml` of the client crate.
#[derive(Template)]
#[template(path = "client/Cargo.toml", escape = "none")]
struct Manifest<'a> {
    package: &'a str,
    contracts: Vec<String>,
    crates: &'a Crates,
}

/// `lib.rs` of the client crate.
#[derive(Template)]
#[template(path = "client/lib.rs", escape = "none")]
struct Lib<'a> {
    modules: Vec<&'a str>,
}

/// The client crate, below `client/`.
pub(in crate::emit) fn emit_client(system: &System, crates: &Crates, files: &mut FileSet) {
    let services: Vec<&Service> =
        system.services.iter().filter(|service| !service.operations.is_empty()).collect();
    let contracts = services.iter().map(|service| crates.contract(&service.name.kebab)).collect();
    let package = crates.name("client");
    let manifest = Manifest { package: &package, contracts, crates };
    let lib = Lib { modules: services.iter().map(|service| service.name.snake.as_str()).collect() };
    files.insert("client/Cargo.toml", rendered(&manifest));
    files.insert("client/src/lib.rs", checked_rust(rendered(&lib) + "\n"));
    for service in services {
        let module = service.name.bare();
        files.insert(format!("client/src/{module}.rs"), emit_module(service));
    }
}

fn emit_module(service: &Service) -> String {
    let names = exported(service).into_iter();
    let names = names.chain(service.operations.iter().map(|one| one.id.pascal.clone()));
    let scope = Scope::new(service, "self").reserving(names.chain(["Client".to_owned()]));
    let names = call_names(service);
    let calls = service.operations.iter().map(|operation| emit_call(&scope, &names, operation));
    let items = emit_struct(&scope, &names).into_iter().chain(calls);
    let items: Vec<String> = items.map(pretty).collect();
    let items = [scope.imports(), exports(service, &names)].map(pretty).into_iter().chain(items);
    let head = [
        format!("Client of the {} service.", service.name.wire),
        String::new(),
        "The types are those of the service's contract. The input of an operation has the name of the operation."
            .to_owned(),
        String::new(),
        format!("- **Source** `{}`", service.origin.pointer),
    ];
    rust_text(&head, items)
}

/// What the inputs are called here, by the operations' names in Pascal case: `GetProduct`, as the operation. Where
/// something else has that name, as `submitError` beside the errors of `submit`, `Input` follows until nothing has it.
type CallNames<'a> = BTreeMap<&'a str, Ident>;

fn call_names(service: &Service) -> CallNames<'_> {
    let brought: BTreeSet<String> = service.operations.iter().flat_map(names_of).collect();
    let own = || service.operations.iter().map(|operation| operation.id.pascal.as_str());
    let mut taken = exported(service);
    taken.extend(own().chain(["Client"]).map(str::to_owned));
    let mut names = CallNames::new();
    for own in own() {
        let mut name = own.to_owned();
        if own == "Client" || brought.contains(own) {
            while !taken.insert(name.clone()) {
                name.push_str("Input");
            }
        }
        names.insert(own, ident(&name));
    }
    names
}

/// What the input of one operation is called in the client.
pub(in crate::emit) fn call_name(service: &Service, operation: &Operation) -> Ident {
    let name = operation.id.pascal.as_str();
    // Whatever an operation brings begins with its own name.
    let brings = |other: &Operation| {
        let rest = name.strip_prefix(&other.id.pascal);
        rest.is_some_and(|rest| !rest.is_empty()) && names_of(other).contains(name)
    };
    let is_taken = name == "Client" || service.operations.iter().any(brings);
    let renamed = is_taken.then(|| call_names(service).remove(name)).flatten();
    renamed.unwrap_or_else(|| ident(name))
}

/// The contract's types. A type that has the name of an operation is not among them: here the name is the operation's.
fn exports(service: &Service, calls: &CallNames<'_>) -> TokenStream {
    let contract = contract(service);
    let names = exported(service);
    let names = names.iter().map(|name| ident(name));
    let inputs = service.operations.iter().map(|operation| {
        let (input, call) = (input_name(operation), &calls[operation.id.pascal.as_str()]);
        if input == *call { quote!(#input) } else { quote!(#input as #call) }
    });
    quote!(pub use #contract::{#(#names,)* #(#inputs),*};)
}

/// The names of the contract's types that are the same here.
fn exported(service: &Service) -> BTreeSet<String> {
    let calls: BTreeSet<String> =
        service.operations.iter().map(|operation| operation.id.pascal.clone()).collect();
    let mut names: BTreeSet<String> = service
        .used
        .ids()
        .iter()
        .map(|id| service.type_def(*id).name.pascal.clone())
        .filter(|name| name != "Client" && !calls.contains(name))
        .collect();
    names.extend(service.operations.iter().flat_map(names_of));
    names
}

/// What an operation brings beside its input.
fn names_of(operation: &Operation) -> BTreeSet<String> {
    let answers = operation.responses.iter().filter(|response| {
        Payload::of(response) == Payload::Struct && response.status != Status::Code(500)
    });
    let mut names: BTreeSet<String> =
        answers.map(|response| struct_name(operation, response).to_string()).collect();
    names.extend([output_name(operation).to_string(), error_name(operation).to_string()]);
    let several = operation.responses.iter().filter(|one| variants(&one.contents).len() > 1);
    names.extend(several.map(|one| response_content_name(operation, one).to_string()));
    names.extend(accepted(operation).map(|_| accept_name(operation).to_string()));
    if let Some(body) = &operation.body {
        let is_form = |content: &Content| matches!(content.codec, Codec::Multipart(_));
        let several = variants(&body.contents).len() > 1;
        names.extend(several.then(|| content_name(operation).to_string()));
        let form = body.contents.iter().any(is_form);
        names.extend(form.then(|| form_name(operation).to_string()));
    }
    names
}

/// The client with a method for each operation.
fn emit_struct(scope: &Scope<'_>, calls: &CallNames<'_>) -> Vec<TokenStream> {
    let name = &scope.service.name.wire;
    let (http, transport) = (scope.from("crate", "Http"), scope.from("crate", "Transport"));
    let (error, failure) = (scope.from("crate", "Error"), scope.from("crate", "TransportError"));
    let (result, send) = (scope.prelude("std::result", "Result"), scope.from("crate", "send"));
    let methods = scope.service.operations.iter().map(|operation| {
        let (method, call) =
            (method_name(scope.service, operation), &calls[operation.id.pascal.as_str()]);
        let (output, declared) = (output_name(operation), error_name(operation));
        let route = format!("`{} {}`", operation.method.as_str(), operation.path.text);
        let docs = doc_of(&operation.docs, &route, &[("Route", route.clone())]);
        quote! {
            #docs
            pub async fn #method(&self, input: #call) -> #result<#output, #error<#declared>> {
                #send(&self.transport, &input).await
            }
        }
    });
    let head = lines_doc(&[format!("Calls the {name} service over a transport.")]);
    let new = lines_doc(&[
        "Creates a client over HTTP. `base_url` is the part of URLs before the paths in the contract.",
        "",
        "# Errors",
        "The URL is invalid, or `https` has no root certificates.",
    ]);
    let over = lines_doc(&["Creates a client over a transport."]);
    vec![
        quote! {
            #head
            #[derive(Debug, Clone)]
            pub struct Client<T = #http> { transport: T }
        },
        quote! {
            impl Client {
                #new
                pub fn new(base_url: &str) -> #result<Self, #failure> {
                    Ok(Self::over(#http::new(base_url)?))
                }
            }
        },
        quote! {
            impl<T: #transport> Client<T> {
                #over
                pub const fn over(transport: T) -> Self { Self { transport } }
                #(#methods)*
            }
        },
    ]
}

/// The method of an operation; not one of the names that every client has.
fn method_name(service: &Service, operation: &Operation) -> Ident {
    let mut name = operation.id.snake.clone();
    if ["clone", "new", "over"].contains(&name.as_str()) {
        while service.operations.iter().any(|other| other.id.snake == name) {
            name = format!("call_{name}");
        }
    }
    ident(&name)
}

/// Both directions of one operation.
fn emit_call(scope: &Scope<'_>, calls: &CallNames<'_>, operation: &Operation) -> TokenStream {
    let (trait_, error) = (scope.from("crate", "Call"), scope.from("crate", "Error"));
    let (request, response) =
        (scope.from("crate", "HttpRequest"), scope.from("crate", "HttpResponse"));
    let result = scope.prelude("std::result", "Result");
    let (call, output, declared) =
        (&calls[operation.id.pascal.as_str()], output_name(operation), error_name(operation));
    let to_http = to_http(scope, operation);
    let arms = response::arms(scope, operation);
    let owner = access::emit_call_owner(scope, operation);
    quote! {
        impl #trait_ for #call {
            type Output = #output;
            type Error = #declared;

            fn to_http(&self) -> #request { #to_http }

            #owner

            fn from_http(response: &#response) -> #result<Self::Output, #error<Self::Error>> {
                match response.status { #arms }
            }
        }
    }
}

fn to_http(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let request = scope.from("crate", "HttpRequest");
    let method = operation.method.as_str();
    let path = &operation.path.text;
    let parameters = operation.parameters.iter().map(|one| parameter(scope, one));
    let accept = accept(operation);
    let base = quote!(#request::new(#method, #path) #(#parameters)* #accept);
    let Some(body) = &operation.body else { return base };
    match variants(&body.contents).as_slice() {
        [only] => {
            let nullable = matches!(only.first().codec, Codec::Json | Codec::Form(_))
                && scope.is_nullable(&only.first().ty);
            let value = optional(quote!(self.body), body.required && !nullable);
            let send = send(scope, only.first(), &value);
            quote!(#base #send)
        }
        kinds => {
            let name = content_name(operation);
            let some = |pattern: TokenStream| match body.required {
                true => pattern,
                false => quote!(Some(#pattern)),
            };
            let arms = kinds.iter().map(|kind| {
                let variant = kind.name();
                let pattern = some(quote!(#name::#variant(body)));
                let send = send(scope, kind.first(), &quote!(Some(body)));
                quote!(#pattern => request #send,)
            });
            let none = (!body.required).then(|| quote!(None => request,));
            quote! {
                let request = #base;
                match &self.body { #(#arms)* #none }
            }
        }
    }
}

/// `.query("limit", Some(&self.limit))`
fn parameter(scope: &Scope<'_>, parameter: &Parameter) -> TokenStream {
    let (wire, field) = (&parameter.name.wire, ident(&parameter.name.snake));
    let value = value(scope, parameter);
    let is_list = is_list(scope, &parameter.ty);
    let style = || written::style(scope, &parameter.style);
    let is_styled = parameter.written.is_some();
    match parameter.location {
        ParameterLocation::Path if is_styled || is_list => {
            let style = style();
            quote!(.path_styled(#wire, #style, &self.#field))
        }
        ParameterLocation::Path => quote!(.path(#wire, &self.#field)),
        ParameterLocation::Header if is_styled => {
            let style = style();
            quote!(.header_styled(#wire, #style, #value))
        }
        ParameterLocation::Header => quote!(.header(#wire, #value)),
        ParameterLocation::Cookie => {
            let (style, cookie) = (style(), if parameter.raw { "raw_cookie" } else { "cookie" });
            let cookie = ident(cookie);
            quote!(.#cookie(#wire, #style, #value))
        }
        ParameterLocation::Query if is_styled => {
            let style = style();
            quote!(.query_styled(#wire, #style, #value))
        }
        ParameterLocation::Query if parameter.style == Style::Repeated && is_list => {
            quote!(.query_each(#wire, #value))
        }
        ParameterLocation::Query => quote!(.query(#wire, #value)),
    }
}

/// `.json("application/json", Some(&self.body))`
fn send(scope: &Scope<'_>, content: &Content, value: &TokenStream) -> TokenStream {
    let media_type = &content.sent;
    match &content.codec {
        Codec::Json => quote!(.json(#media_type, #value)),
        Codec::Text => quote!(.text(#media_type, #value)),
        Codec::Multipart(_) => quote!(.multipart(#value)),
        Codec::Binary if content.is_range() => quote!(.file(#value)),
        Codec::Binary => quote!(.bytes(#media_type, #value)),
        Codec::Form(form) => {
            let form = written::form(scope, form);
            quote!(.form(#form, #value))
        }
    }
}

/// The media types that are wanted, where there is a choice or where the gateway must know that bytes are.
fn accept(operation: &Operation) -> Option<TokenStream> {
    if let Some(contents) = accepted(operation) {
        let name = accept_name(operation);
        let arms = variants(contents).into_iter().map(|kind| {
            let (variant, media_type) = (kind.name(), &kind.first().sent);
            quote!(#name::#variant => #media_type,)
        });
        return Some(quote!(.accept(match self.accept { #(#arms)* })));
    }
    let mut contents = successes(operation).into_iter().flat_map(|response| &response.contents);
    let first = contents.next().filter(|first| first.is_binary())?;
    let media_type = &first.media_type;
    Some(quote!(.accept(#media_type)))
}

/// A parameter's value, where it has one.
fn value(scope: &Scope<'_>, parameter: &Parameter) -> TokenStream {
    let field = ident(&parameter.name.snake);
    let there = parameter.required || parameter.default.is_some();
    match (there, scope.is_nullable(&parameter.ty)) {
        (false, true) => quote!(self.#field.as_ref().value()),
        (there, nullable) => optional(quote!(self.#field), there && !nullable),
    }
}

fn optional(value: TokenStream, there: bool) -> TokenStream {
    if there { quote!(Some(&#value)) } else { quote!(#value.as_ref()) }
}

/// The contract crate.
fn contract(service: &Service) -> Ident {
    ident(&contract_name(&service.name.kebab).replace('-', "_"))
}
