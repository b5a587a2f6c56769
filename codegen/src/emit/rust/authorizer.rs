//! The authorizer of the system: a crate with one program, which knows who may call which operation.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::docs::lines_doc;
use super::operations::access;
use super::skeleton::{CrateFolders, Rules, manifest};
use super::types::ident;
use crate::emit::crates::Crates;
use crate::model::{
    ApiKey, ApiKeyPlace, Authorization, Evidence, Method, Operation, SchemeMeans, SecurityScheme,
    Service, System,
};
use crate::text::{FileSet, rendered, rust_file, widened};

/// `Cargo.toml` of a crate whose program has the name of its function.
#[derive(Template)]
#[template(path = "authorizer/Cargo.toml", escape = "none")]
struct Manifest<'a> {
    package: &'a str,
    crates: &'a Crates,
    /// Whether the program is the system's own.
    is_library: bool,
}

/// `authorizer/`; nothing where no operation needs it.
pub(crate) fn emit_authorizer(system: &System, crates: &Crates, files: &mut FileSet) {
    if !system.has_authorizer() {
        return;
    }
    let package = crates.name("authorizer");
    let is_library = !system.own_schemes().is_empty();
    let manifest = rendered(&Manifest { package: &package, crates, is_library });
    files.insert("authorizer/Cargo.toml", manifest);
    files.insert("authorizer/src/lib.rs", lib_file(is_library));
    match is_library {
        true => files.insert("authorizer/src/callers.rs", callers_file(system)),
        false => files.insert("authorizer/src/main.rs", main_file()),
    }
    let items = [emit_imports(system), emit_guards(system)];
    let head = vec!["The authorization rules of each operation.".to_owned()];
    files.insert("authorizer/src/guards.rs", rust_file(&head, items));
}

fn emit_imports(system: &System) -> TokenStream {
    let takes_keys = system.asked_schemes().iter().any(|scheme| scheme.means.key().is_some());
    let place = takes_keys.then(|| quote!(KeyPlace,));
    quote!(use runtime::{Guarded, Guards, #place Requirement, Scheme};)
}

/// A package beside the services whose program asks what only people can verify: code to be written, or, in a system of
/// mocks, one that takes any credentials; nothing where there is no such scheme.
#[must_use]
pub fn own_authorizer(
    system: &System,
    crates: &Crates,
    place: &CrateFolders,
    rules: Rules,
) -> FileSet {
    let mut files = FileSet::default();
    let own = system.own_schemes();
    if own.is_empty() || !system.has_authorizer() {
        return files;
    }
    // The generated library has the name `authorizer` among packages.
    let (folder, package) = match rules {
        Rules::Open => ("authorizer", "own-authorizer"),
        Rules::Mocked => ("mock-authorizer", "mock-authorizer"),
    };
    let contract = format!(
        "authorizer = {{ package = \"{}\", path = \"{}/authorizer\" }}",
        crates.name("authorizer"),
        place.generated
    );
    let manifest = manifest(crates, &crates.name(package), &contract, Some("authorizer"));
    files.insert(format!("{folder}/Cargo.toml"), manifest);
    let program = format!("{folder}/src/main.rs");
    let text = match rules {
        Rules::Open => own_main(&own, &format!("{}/{program}", place.services)),
        Rules::Mocked => mock_main(&own),
    };
    files.insert(program, widened(&text));
    files
}

/// A scheme that only people can verify, with what its callers show.
type Own<'a> = (&'a SecurityScheme, &'a Evidence);

/// A program whose checks are to be written.
fn own_main(own: &[Own<'_>], file: &str) -> String {
    let methods = own.iter().map(|(scheme, evidence)| {
        let name = ident(&scheme.spelled.snake);
        let docs = lines_doc(&[format!("Identifies the caller by {}.", shown(evidence))]);
        quote! {
            #docs
            async fn #name(&self, _credentials: &Credentials) -> Result<Option<Identity>, Failure> {
                let file = #file;
                Err(Failure::message(format!("not implemented yet: implement it in {file}")))
            }
        }
    });
    let methods = quote!(#(#methods)*);
    let docs = "Until a check is implemented, its callers get `500`.";
    authorizer_main("The authorizer: verifies what only this system can.", docs, "Own", &methods)
}

/// A program that takes any credentials.
fn mock_main(own: &[Own<'_>]) -> String {
    let methods = own.iter().map(|(scheme, _)| {
        let name = ident(&scheme.spelled.snake);
        quote! {
            async fn #name(&self, _credentials: &Credentials) -> Result<Option<Identity>, Failure> {
                Ok(Some(Identity::new("anyone")))
            }
        }
    });
    let methods = quote!(#(#methods)*);
    let docs = "Takes any credentials: to be replaced before anybody else can reach the API.";
    let head = "The authorizer of a system of mocks: it verifies nothing.";
    authorizer_main(head, docs, "Anyone", &methods)
}

fn authorizer_main(head: &str, docs: &str, name: &str, methods: &TokenStream) -> String {
    let (docs, name) = (lines_doc(&[docs]), ident(name));
    let items = [
        quote!(
            use authorizer::Callers;
            use runtime::{Credentials, Error, Failure, Identity};
        ),
        quote!(#docs struct #name;),
        quote!(impl Callers for #name { #methods }),
        quote!(
            fn main() -> Result<(), Error> {
                authorizer::run(#name)
            }
        ),
    ];
    rust_file(&[head.to_owned()], items)
}

/// The library, for users who run the authorizer in a program of their own.
fn lib_file(is_library: bool) -> String {
    let head = [
        "The Lambda authorizer of the API, with the authorization rules of each operation."
            .to_owned(),
        String::new(),
        "Generated from the contracts. To change it, edit their `security` and generate again."
            .to_owned(),
    ];
    let guards = ident("guards");
    let declared = quote!(#[rustfmt::skip] mod #guards;);
    let mut items = vec![declared];
    if is_library {
        let callers = ident("callers");
        items.push(quote!(#[rustfmt::skip] mod #callers;));
        items.push(quote!(pub use #callers::{Callers, run};));
    }
    items.push(quote!(pub use #guards::GUARDS;));
    rust_file(&head, items)
}

/// The trait that asks for what only the system itself can verify, and what runs the authorizer with it.
fn callers_file(system: &System) -> String {
    let head = [
        "For credentials that your own code verifies: implement [`Callers`], and call [`run`] in a binary"
            .to_owned(),
        "named `authorizer`.".to_owned(),
    ];
    let own = system.own_schemes();
    let methods = own.iter().map(|(scheme, evidence)| {
        let name = ident(&scheme.spelled.snake);
        let docs = lines_doc(&[
            &format!(
                "Identifies the caller by {}; `None` when the credentials are wrong.",
                shown(evidence)
            ),
            "",
            &format!("Contract: `{}`", scheme.origin.pointer),
            "",
            "# Errors",
            "The credentials cannot be checked: the caller gets `500`.",
        ]);
        quote! {
            #docs
            fn #name(
                &self,
                credentials: &Credentials,
            ) -> impl Future<Output = Result<Option<Identity>, Failure>> + Send;
        }
    });
    let arms = own.iter().map(|(scheme, _)| {
        let (wire, name) = (&scheme.name, ident(&scheme.spelled.snake));
        quote!(#wire => self.0.#name(credentials).await,)
    });
    let about = lines_doc(&["Verifies credentials that the generated authorizer cannot verify."]);
    let callers = quote! {
        #about
        pub trait Callers: Send + Sync + 'static { #(#methods)* }
    };
    let asked = quote! {
        impl<C: Callers> Verify for Asked<C> {
            fn verify<'a>(&'a self, scheme: &'static str, credentials: &'a Credentials) -> Verdict<'a> {
                Box::pin(async move {
                    match scheme {
                        #(#arms)*
                        _ => Ok(None),
                    }
                })
            }
        }
    };
    let docs = lines_doc(&[
        "Runs the authorizer. Call it in `main`.",
        "",
        "# Errors",
        "The process is not a Lambda function, an environment variable is missing, or the Runtime API fails.",
    ]);
    let run = quote! {
        #docs
        pub fn run(callers: impl Callers) -> Result<(), Error> {
            run_authorizer_with(&GUARDS, Some(Box::new(Asked(callers))))
        }
    };
    let items = [
        quote!(
            use std::future::Future;
        ),
        quote!(
            use runtime::{Credentials, Error, Failure, Identity, Verdict, Verify, run_authorizer_with};
        ),
        quote!(
            use super::GUARDS;
        ),
        callers,
        quote!(
            struct Asked<C>(C);
        ),
        asked,
        run,
    ];
    rust_file(&head, items)
}

/// What a caller shows, in words.
fn shown(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Http(http) => format!("HTTP authentication `{http}`"),
        Evidence::Key(key) => format!("the API key `{}`", key.name),
        Evidence::Certificate => "the certificate of the client".to_owned(),
    }
}

/// The program.
fn main_file() -> String {
    let head = ["The Lambda authorizer of the API.".to_owned()];
    let main = quote!(
        fn main() -> Result<(), runtime::Error> {
            runtime::run_authorizer(&authorizer::GUARDS)
        }
    );
    rust_file(&head, [main])
}

fn emit_guards(system: &System) -> TokenStream {
    let schemes = schemes(system);
    let routes: Vec<_> = system
        .secured()
        .filter(|(service, operation)| {
            let gate = system.gate(service, operation);
            matches!(gate.authorization, Authorization::Token | Authorization::AnyOf)
        })
        .map(|(service, operation)| route(system, service, operation))
        .collect();
    let by_token = system.decides_by_token();
    let docs = lines_doc(&["The security requirements of the contracts."]);
    quote! {
        #docs
        pub static GUARDS: Guards = Guards {
            schemes: &[#(#schemes),*],
            routes: &[#(#routes),*],
            by_token: #by_token,
        };
    }
}

fn schemes(system: &System) -> Vec<TokenStream> {
    let one = |asked: &SecurityScheme| {
        let name = &asked.name;
        match &asked.means {
            SchemeMeans::Token(rules) => {
                let (variable, leeway) = (&asked.spelled.screaming, rules.leeway_seconds);
                let leeway = proc_macro2::Literal::u32_unsuffixed(leeway);
                let claim = match &rules.scopes_claim {
                    Some(claim) => quote!(Some(#claim)),
                    None => quote!(None),
                };
                Some(quote! {
                    Scheme::Token {
                        name: #name,
                        variable: #variable,
                        scopes_claim: #claim,
                        leeway_seconds: #leeway,
                    }
                })
            }
            SchemeMeans::Own(Evidence::Http(http)) => {
                Some(quote!(Scheme::Http { name: #name, scheme: #http }))
            }
            SchemeMeans::Own(Evidence::Certificate) => {
                Some(quote!(Scheme::Certificate { name: #name }))
            }
            SchemeMeans::Own(Evidence::Key(key)) => {
                let (place, key) = (key_place(key), &key.name);
                Some(quote!(Scheme::OwnKey { name: #name, place: KeyPlace::#place, key: #key }))
            }
            SchemeMeans::ApiKey(key) => {
                let (place, key) = (key_place(key), &key.name);
                Some(quote!(Scheme::ApiKey { name: #name, place: KeyPlace::#place, key: #key }))
            }
            _ => None,
        }
    };
    system.asked_schemes().into_iter().filter_map(one).collect()
}

fn key_place(key: &ApiKey) -> TokenStream {
    match key.place {
        ApiKeyPlace::Header => quote!(Header),
        ApiKeyPlace::Query => quote!(Query),
        ApiKeyPlace::Cookie => quote!(Cookie),
    }
}

/// The route of an operation, which may serve `HEAD` too.
fn route(system: &System, service: &Service, operation: &Operation) -> TokenStream {
    let access = access::alternatives(service, operation, &quote!(Requirement));
    let with_key = system.gate(service, operation).needs_key.then(|| quote!(.with_key()));
    let resource = &operation.path.text;
    let has_head = service
        .operations
        .iter()
        .any(|one| one.method == Method::Head && one.path.text == operation.path.text);
    let mut methods = vec![operation.method.as_str()];
    if operation.method == Method::Get && !has_head {
        methods.push("HEAD");
    }
    quote!(Guarded::new(&[#(#methods),*], #resource, #access) #with_key)
}
