//! The typed call of a step: its parameters and its body.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::value::Scope;
use crate::emit::rust::{accepted, body_variants, content_name, ident};
use crate::model::{
    Argument, ArgumentLocation, Codec, Content, Operation, Parameter, Service, Step,
};

/// The statements that make `call`, which `changes` later or not, and `body` where the step has one.
pub(super) fn emit_call(
    scope: Scope<'_>,
    step: &Step,
    service: &Service,
    operation: &Operation,
    changes: bool,
) -> TokenStream {
    let module = ident(&service.name.snake);
    let call = ident(&operation.id.pascal);
    let place = |what: &str| format!("{}.{}: {what}", scope.workflow.id.wire, step.id.wire);
    let body = emit_body(scope, step);
    let mut required = vec![];
    let mut further = vec![];
    for parameter in &operation.parameters {
        let argument = step.arguments.iter().find(|argument| is_for(parameter, argument));
        let place = place(&parameter.name.wire);
        let is_needed = parameter.required && parameter.default.is_none();
        match argument {
            Some(argument) => {
                let value = scope.reference_to(&argument.value);
                let value = quote!(typed(#value, #place)?);
                match is_needed {
                    true => required.push(value),
                    false => {
                        let field = ident(&parameter.name.snake);
                        further.push((field, value));
                    }
                }
            }
            // Checked before: what is needed is given.
            None if is_needed => required.push(quote!(typed(&Value::Null, #place)?)),
            None => {}
        }
    }
    if let Some(taken) = &operation.body {
        let given = step.body.as_ref().is_some_and(|body| body.payload.is_some());
        let value = body_value(operation, step, &module, &place("the body"));
        match (taken.required, given) {
            (true, _) => required.push(value),
            (false, true) => further.push((ident("body"), quote!(Some(#value)))),
            (false, false) => {}
        }
    }
    if required.is_empty() {
        let n_fields = operation.parameters.len()
            + usize::from(operation.body.is_some())
            + usize::from(accepted(operation).is_some());
        let rest = (further.len() < n_fields).then(|| quote!(..Default::default()));
        let given = further.iter().map(|(field, value)| quote!(#field: #value,));
        let made = match further.is_empty() {
            true => quote!(#module::#call::default()),
            false => quote!(#module::#call { #(#given)* #rest }),
        };
        let mutable = changes.then(|| quote!(mut));
        return quote!(#body let #mutable call = #made;);
    }
    let mutable = (changes || !further.is_empty()).then(|| quote!(mut));
    let further = further.iter().map(|(field, value)| quote!(call.#field = #value;));
    quote! {
        #body
        let #mutable call = #module::#call::new(#(#required),*);
        #(#further)*
    }
}

/// Whether an argument is the value of a parameter.
fn is_for(parameter: &Parameter, argument: &Argument) -> bool {
    let location = parameter.location.as_str();
    argument.location.is_some_and(|own| own.as_str() == location)
        && match location {
            "header" => argument.name.eq_ignore_ascii_case(&parameter.name.wire),
            _ => argument.name == parameter.name.wire,
        }
}

/// What a step adds to the request of its call: credentials, and headers that the operation does not declare.
pub(super) fn beside(
    scope: Scope<'_>,
    step: &Step,
    service: &Service,
    operation: &Operation,
) -> TokenStream {
    let others = step.arguments.iter().filter(|argument| {
        // What a workflow sets for all of its steps need not be meant for this one.
        let is_sent = argument.location == Some(ArgumentLocation::Header)
            || argument.is_credential(service, operation);
        is_sent && !operation.parameters.iter().any(|parameter| is_for(parameter, argument))
    });
    let added = others.filter_map(|argument| {
        let add = ident(match argument.location? {
            ArgumentLocation::Header => "header",
            ArgumentLocation::Query => "query",
            ArgumentLocation::Cookie => "cookie",
            // Checked before: only a header, or the place of an API key.
            ArgumentLocation::Path | ArgumentLocation::Querystring => return None,
        });
        // Names of headers have no case, and are written in small letters.
        let name = match argument.location {
            Some(ArgumentLocation::Header) => argument.name.to_ascii_lowercase(),
            _ => argument.name.clone(),
        };
        let value = scope.reference_to(&argument.value);
        Some(quote!(.#add(#name, #value)))
    });
    added.collect()
}

/// `let body = …;`, with what replaces a part of it.
fn emit_body(scope: Scope<'_>, step: &Step) -> TokenStream {
    let Some(body) = &step.body else { return TokenStream::new() };
    let Some(payload) = &body.payload else { return TokenStream::new() };
    let value = scope.owned(payload);
    let replaced = body.replacements.iter().map(|replacement| {
        let pointer = super::value::pointer(&replacement.pointer);
        let value = scope.owned(&replacement.value);
        quote!(replace(&mut body, #pointer, #value);)
    });
    let mutable = (!body.replacements.is_empty()).then(|| quote!(mut));
    quote!(let #mutable body = #value; #(#replaced)*)
}

/// The media type that a step sends.
pub(super) fn content<'o>(operation: &'o Operation, step: &Step) -> Option<&'o Content> {
    let taken = operation.body.as_ref()?;
    let wanted = step.body.as_ref().and_then(|body| body.content_type.as_ref());
    let is_it = |content: &&Content| {
        wanted.is_some_and(|(name, _)| {
            name.split(';')
                .next()
                .is_some_and(|plain| plain.trim().eq_ignore_ascii_case(&content.media_type))
        })
    };
    taken.contents.iter().find(is_it).or(taken.contents.first())
}

/// The typed body, in the variant of its media type where there are several.
fn body_value(operation: &Operation, step: &Step, module: &Ident, place: &str) -> TokenStream {
    let Some(taken) = &operation.body else { return TokenStream::new() };
    let content = content(operation, step);
    let value = match content.map(|content| &content.codec) {
        Some(Codec::Binary) => quote!(text(&body).into_bytes().into()),
        _ => quote!(typed(&body, #place)?),
    };
    match (content, body_variants(&taken.contents)) {
        (Some(content), variants) if variants.len() > 1 => {
            let name = content_name(operation);
            let variant = variants
                .into_iter()
                .find(|(_, media_types)| media_types.contains(&&content.media_type))
                .map(|(name, _)| name);
            match variant {
                Some(variant) => quote!(#module::#name::#variant(#value)),
                None => value,
            }
        }
        _ => value,
    }
}

impl Scope<'_> {
    /// A value as a `&Value`.
    pub(super) fn reference_to(self, value: &crate::model::StepValue) -> TokenStream {
        match &value.kind {
            crate::model::ValueKind::Expression(expression) => self.reference(expression),
            _ => {
                let owned = self.owned(value);
                quote!(&#owned)
            }
        }
    }
}
