//! What the functions of a service are given (`x-lambda`), as a type: variables of the environment, secrets, parameters.
//!
//! A service has one type for all of its functions, because its rules are one crate. What not every function is
//! given is an `Option`.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::lines_doc;
use super::types::{Scope, ident};
use crate::model::{Service, Store, Variable, VariableValue};
use crate::text::{FileSet, rust_file};

/// Whether the service has settings.
pub(super) fn has_settings(service: &Service) -> bool {
    service.functions.iter().any(|function| !function.settings.environment.is_empty())
}

/// A variable of a service, with whether every function has it.
struct Setting<'a> {
    variable: &'a Variable,
    is_everywhere: bool,
}

/// `src/settings.rs`; nothing for a service whose functions are given nothing.
pub(super) fn emit_settings(service: &Service, files: &mut FileSet) {
    if !has_settings(service) {
        return;
    }
    let scope = Scope::new(service, "crate::model").reserving(["Settings".to_owned()]);
    let settings = settings(service);
    let fields = settings.iter().map(|one| field(&scope, one));
    let docs = lines_doc(&[
        "What the functions of the service are given by `x-lambda`.",
        "",
        "What not every function is given is an `Option`. Values of secrets are not in `Debug` output.",
    ]);
    let definition = quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct Settings { #(#fields,)* }
    };
    let mut items = vec![definition, load(&scope, &settings)];
    items.insert(0, scope.imports());
    let head = vec![format!("The settings of the {} service.", service.name.wire)];
    files.insert(format!("{}/src/settings.rs", service.name.kebab), rust_file(&head, items));
}

fn settings(service: &Service) -> Vec<Setting<'_>> {
    let mut all: Vec<&Variable> = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for variable in service.functions.iter().flat_map(|function| &function.settings.environment) {
        let count = counts.entry(&variable.field.snake).or_default();
        if *count == 0 {
            all.push(variable);
        }
        *count += 1;
    }
    let is_everywhere =
        |variable: &Variable| counts.get(&*variable.field.snake) == Some(&service.functions.len());
    all.into_iter()
        .map(|variable| Setting { variable, is_everywhere: is_everywhere(variable) })
        .collect()
}

fn field(scope: &Scope<'_>, setting: &Setting<'_>) -> TokenStream {
    let variable = setting.variable;
    let name = ident(&variable.field.snake);
    let about = match &variable.value {
        VariableValue::Text(_) => format!("The environment variable `{}`.", variable.name),
        VariableValue::Stage(_) => {
            format!("The environment variable `{}`, which each stage sets.", variable.name)
        }
        VariableValue::Secret(source) => {
            let kind = match source.store {
                Store::Secrets => "secret",
                Store::Parameters => "parameter",
            };
            let key =
                source.key.as_ref().map(|key| format!("the key `{key}` of ")).unwrap_or_default();
            format!("The value of {key}the {kind} `{}`.", source.id)
        }
    };
    let docs =
        lines_doc(&[about, String::new(), format!("- **Source** `{}`", variable.origin.pointer)]);
    let ty = match variable.secret() {
        Some(_) => scope.runtime("Secret"),
        None => scope.prelude("std::string", "String"),
    };
    let ty = match setting.is_everywhere {
        true => ty,
        false => {
            let option = scope.prelude("std::option", "Option");
            quote!(#option<#ty>)
        }
    };
    quote!(#docs pub #name: #ty)
}

fn load(scope: &Scope<'_>, settings: &[Setting<'_>]) -> TokenStream {
    let (aws, error) = (scope.runtime("Aws"), scope.runtime("Error"));
    let result = scope.prelude("std::result", "Result");
    let values = settings.iter().map(|one| value(scope, one));
    let secrets = settings.iter().filter(|one| one.variable.secret().is_some()).map(|one| {
        let name = ident(&one.variable.field.snake);
        match one.is_everywhere {
            true => quote!(Some(&settings.#name)),
            false => quote!(settings.#name.as_ref()),
        }
    });
    let secrets: Vec<TokenStream> = secrets.collect();
    let body = match secrets.is_empty() {
        true => quote!(Ok(Self { #(#values,)* })),
        false => {
            let secret = scope.runtime("Secret");
            quote! {
                let settings = Self { #(#values,)* };
                let secrets = [#(#secrets),*];
                #secret::read_all(secrets.into_iter().flatten()).await?;
                Ok(settings)
            }
        }
    };
    let docs = lines_doc(&[
        "Reads the environment of the function, and the secrets and parameters that it names.",
        "",
        "# Errors",
        "A variable is not set, or a secret cannot be read.",
    ]);
    quote! {
        impl Settings {
            #docs
            pub async fn load(aws: &#aws) -> #result<Self, #error> {
                #body
            }
        }
    }
}

fn value(scope: &Scope<'_>, setting: &Setting<'_>) -> TokenStream {
    let variable = setting.variable;
    let (name, key) = (ident(&variable.field.snake), variable.in_environment());
    let Some(source) = variable.secret() else {
        return match setting.is_everywhere {
            true => quote!(#name: aws.required_variable(#key)?),
            false => quote!(#name: aws.variable(#key)),
        };
    };
    let secret = scope.runtime("Secret");
    let made = match source.store {
        Store::Secrets => quote!(#secret::in_secrets_manager(aws, #key)),
        Store::Parameters => quote!(#secret::in_parameter_store(aws, #key)),
    };
    let with_key = source.key.as_ref().map(|key| quote!(.with_key(#key)));
    let refresh = (source.refresh_seconds != DEFAULT_REFRESH).then(|| {
        let seconds = Literal::u32_unsuffixed(source.refresh_seconds);
        quote!(.with_refresh_seconds(#seconds))
    });
    let made = quote!(#made #with_key #refresh);
    match setting.is_everywhere {
        true => quote!(#name: #made),
        false => quote!(#name: aws.variable(#key).map(|_| #made)),
    }
}

/// How long the runtime keeps values where it is not told, in seconds.
const DEFAULT_REFRESH: u32 = 300;
