//! Who may call an operation, as the route checks it again behind the gateway.

use proc_macro2::TokenStream;
use quote::quote;

use super::content::{content_name, variants};
use crate::emit::rust::types::{Scope, ident};
use crate::model::{Codec, Content, Evidence, Operation, Owner, OwnerSource, SchemeMeans, Service};

/// The constants that tell who may call; nothing where everybody may.
pub(super) fn emit_access(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    if operation.is_open() {
        return None;
    }
    let access = scope.runtime("Access");
    let alternatives = alternatives(scope.service, operation, &scope.runtime("Requirement"));
    let challenge = scope.service.challenge(operation);
    let challenge = challenge.map(|text| quote!(const CHALLENGE: &'static str = #text;));
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
    let owner = owner_text(scope.service, operation, owner, source).unwrap_or_else(|| quote!(None));
    let (owned, option) = (scope.runtime("Owned"), scope.prelude("std::option", "Option"));
    Some(quote! {
        fn owner(&self) -> #option<#owned> {
            Some(#owned { claim: #claim, unless: #unless, owner: #owner })
        }
    })
}

/// The owner in the fields of an input; `None` where the operation works on everybody's items.
fn owner_text(
    service: &Service,
    operation: &Operation,
    owner: &Owner,
    source: OwnerSource,
) -> Option<TokenStream> {
    match source {
        OwnerSource::Parameter(index) => {
            let parameter = &operation.parameters[index];
            let field = ident(&parameter.name.snake);
            let is_there = parameter.required || parameter.default.is_some();
            Some(match (service.is_list(&parameter.ty), is_there) {
                (false, true) => quote!(Some(runtime::to_text(&self.#field))),
                (false, false) => quote!(self.#field.as_ref().map(runtime::to_text)),
                (true, true) => quote!(runtime::only_text(&self.#field)),
                (true, false) => quote!(self.#field.as_ref().and_then(runtime::only_text)),
            })
        }
        OwnerSource::Body => {
            let contents = &operation.body.as_ref()?.contents;
            let kinds = variants(contents);
            if let [only] = kinds.as_slice() {
                return text_of_field(service, owner, only.first(), &quote!(self.body));
            }
            let name = content_name(operation);
            let arms = kinds.iter().map(|kind| {
                let text = text_of_field(service, owner, kind.first(), &quote!(body))?;
                let variant = kind.name();
                Some(quote!(#name::#variant(body) => #text,))
            });
            let arms: Vec<_> = arms.collect::<Option<_>>()?;
            Some(quote!(match &self.body { #(#arms)* }))
        }
        OwnerSource::Nowhere => None,
    }
}

/// The owner in the property of a body.
fn text_of_field(
    service: &Service,
    owner: &Owner,
    content: &Content,
    body: &TokenStream,
) -> Option<TokenStream> {
    let sent = service.sent_field(content, &owner.attribute.wire)?;
    let name = match &content.codec {
        // The struct of a form with parts names its fields by itself.
        Codec::Multipart(form) => {
            &form.parts.iter().find(|part| part.name.wire == sent.name.wire)?.name
        }
        _ => &sent.name,
    };
    let field = ident(&name.snake);
    Some(match service.is_list(&sent.ty) {
        false => quote!(Some(runtime::to_text(&#body.#field))),
        true => quote!(runtime::only_text(&#body.#field)),
    })
}

/// `fn owner(&self)` of a client's call.
pub(crate) fn emit_call_owner(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let (owner, source) = scope.service.owner_source(operation)?;
    let owner = owner_text(scope.service, operation, owner, source)?;
    let option = scope.prelude("std::option", "Option");
    Some(quote!(fn owner(&self) -> #option<String> { #owner }))
}

/// `&[&[Requirement::token(…)]]`, with the name of the type.
pub(crate) fn alternatives(
    service: &Service,
    operation: &Operation,
    requirement: &TokenStream,
) -> TokenStream {
    let alternatives = operation.security.iter().map(|alternative| {
        let requirements = alternative.iter().map(|(name, scopes)| {
            let scheme = service.scheme(name).map(|scheme| &scheme.means);
            let kind = match scheme {
                Some(SchemeMeans::Token(_) | SchemeMeans::Own(Evidence::Http(_))) => quote!(token),
                Some(SchemeMeans::Own(Evidence::Key(_) | Evidence::Certificate)) => quote!(own),
                Some(SchemeMeans::ApiKey(_)) => quote!(api_key),
                Some(SchemeMeans::Signature) => quote!(signature),
                Some(SchemeMeans::Authorizer(_)) | None => quote!(authorizer),
            };
            quote!(#requirement::#kind(#name, &[#(#scopes),*]))
        });
        quote!(&[#(#requirements),*])
    });
    quote!(&[#(#alternatives),*])
}
