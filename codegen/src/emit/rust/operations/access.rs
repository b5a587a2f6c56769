//! Who may call an operation, as the route checks it again behind the gateway.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::rust::types::{Scope, ident};
use crate::model::{Evidence, Operation, Owner, OwnerSource, SchemeMeans, Service};

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

/// `fn owner(&self)`: whose item the request is about; nothing where nobody owns anything.
pub(super) fn emit_owner(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let (owner, source) = scope.service.owner_source(operation)?;
    let claim = &owner.claim;
    let unless = match &owner.unless {
        Some(scope) => quote!(Some(#scope)),
        None => quote!(None),
    };
    let owner = owner_text(operation, owner, source).unwrap_or_else(|| quote!(None));
    let (owned, option) = (scope.runtime("Owned"), scope.prelude("std::option", "Option"));
    Some(quote! {
        fn owner(&self) -> #option<#owned> {
            Some(#owned { claim: #claim, unless: #unless, owner: #owner })
        }
    })
}

/// The owner in the fields of an input; `None` where the operation works on everybody's items.
fn owner_text(operation: &Operation, owner: &Owner, source: OwnerSource) -> Option<TokenStream> {
    match source {
        OwnerSource::Parameter(index) => {
            let parameter = &operation.parameters[index];
            let field = ident(&parameter.name.snake);
            Some(match parameter.required || parameter.default.is_some() {
                true => quote!(Some(runtime::to_text(&self.#field))),
                false => quote!(self.#field.as_ref().map(runtime::to_text)),
            })
        }
        OwnerSource::Body => {
            let field = ident(&owner.attribute.snake);
            Some(quote!(Some(runtime::to_text(&self.body.#field))))
        }
        OwnerSource::Nowhere => None,
    }
}

/// `fn owner(&self)` of a client's call.
pub(crate) fn emit_call_owner(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let (owner, source) = scope.service.owner_source(operation)?;
    let owner = owner_text(operation, owner, source)?;
    let option = scope.prelude("std::option", "Option");
    Some(quote!(fn owner(&self) -> #option<String> { #owner }))
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
                Some(SchemeMeans::Token(_) | SchemeMeans::Own(Evidence::Http(_))) => quote!(Token),
                Some(SchemeMeans::Own(Evidence::Key(_) | Evidence::Certificate)) => quote!(Own),
                Some(SchemeMeans::ApiKey(_)) => quote!(ApiKey),
                Some(SchemeMeans::Signature) => quote!(Signature),
                Some(SchemeMeans::Authorizer(_)) | None => quote!(Authorizer),
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
        SchemeMeans::Own(Evidence::Http(http)) => Some(http.as_str()),
        _ => None,
    });
    match own {
        // A client sends user and password to whoever asks for them in a realm.
        Some("basic") => format!("Basic realm=\"{}\", charset=\"UTF-8\"", service.name.kebab),
        Some(other) => other.to_owned(),
        None => String::new(),
    }
}
