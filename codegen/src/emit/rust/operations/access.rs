//! Who may call an operation, as the route checks it again behind the gateway.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::rust::types::Scope;
use crate::model::{Operation, SchemeMeans, Service};

/// The constants that tell who may call; nothing where everybody may.
pub(super) fn emit_access(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    if operation.is_open() {
        return None;
    }
    let access = scope.runtime("Access");
    let names = (scope.runtime("Requirement"), scope.runtime("Means"));
    let alternatives = alternatives(scope.service, operation, &names);
    let challenge = match challenge(scope.service, operation) {
        text if text.is_empty() => None,
        text => Some(quote!(const CHALLENGE: &'static str = #text;)),
    };
    Some(quote!(const ACCESS: &'static #access = #alternatives; #challenge))
}

/// `&[&[Requirement { … }]]`, with the names of the two types.
pub(crate) fn alternatives(
    service: &Service,
    operation: &Operation,
    (requirement, means): &(TokenStream, TokenStream),
) -> TokenStream {
    let alternatives = operation.security.iter().map(|alternative| {
        let requirements = alternative.iter().map(|(name, scopes)| {
            let scheme = service.scheme(name).map(|scheme| &scheme.means);
            let kind = match scheme {
                Some(SchemeMeans::Token(_) | SchemeMeans::Http(_)) => quote!(Token),
                Some(SchemeMeans::ApiKey(_)) => quote!(ApiKey),
                Some(SchemeMeans::Signature) => quote!(Signature),
                Some(SchemeMeans::Authorizer(_) | SchemeMeans::Nothing) | None => {
                    quote!(Authorizer)
                }
            };
            quote!(#requirement { scheme: #name, means: #means::#kind, scopes: &[#(#scopes),*] })
        });
        quote!(&[#(#requirements),*])
    });
    quote!(&[#(#alternatives),*])
}

/// The challenge of the scheme that a caller is most likely to have missed (RFC 9110, section 11.6.1).
fn challenge(service: &Service, operation: &Operation) -> String {
    let takes_tokens = operation
        .asked_schemes(service)
        .any(|scheme| matches!(scheme.means, SchemeMeans::Token(_)) || scheme.carrier == "bearer");
    if takes_tokens {
        return "Bearer".to_owned();
    }
    let own = operation.asked_schemes(service).find_map(|scheme| match &scheme.means {
        SchemeMeans::Http(http) => Some(http.as_str()),
        _ => None,
    });
    match own {
        // A client sends user and password to whoever asks for them in a realm.
        Some("basic") => format!("Basic realm=\"{}\", charset=\"UTF-8\"", service.name.kebab),
        Some(other) => other.to_owned(),
        None => String::new(),
    }
}
