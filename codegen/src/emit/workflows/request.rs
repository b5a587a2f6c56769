//! The typed call of a step: its parameters and its body.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use scalars::media::one_of;

use super::names;
use super::value::Scope;
use crate::emit::rust::{accepted, body_variants, call_name, content_name, form_name, ident};
use crate::model::{
    ArgumentLocation, Codec, Content, Multipart, Operation, Part, PartKind, Service, Step,
};

/// The statements that make `call`, which `changes` later or not, and `body` where the step has one.
pub(super) fn emit_call(
    scope: Scope<'_>,
    step: &Step,
    service: &Service,
    operation: &Operation,
    changes: bool,
) -> TokenStream {
    let module = ident(&names::service(service));
    let call = call_name(service, operation);
    let place = |what: &str| format!("{}.{}: {what}", scope.workflow.id.wire, step.id.wire);
    let body = emit_body(scope, step);
    let mut required = vec![];
    let mut further = vec![];
    for parameter in &operation.parameters {
        let argument = step.arguments.iter().find(|argument| argument.is_for(parameter));
        let place = place(&parameter.name.wire);
        let is_needed = parameter.required && parameter.default.is_none();
        match argument {
            Some(argument) => {
                let value = scope.reference_to(&argument.value);
                // A single value is a list of one, as in a form.
                let is_query = argument.location == Some(ArgumentLocation::Querystring);
                let value = match parameter.ty.item().is_some() || is_query {
                    true => quote!(typed_form(#value, #place)?),
                    false => quote!(typed(#value, #place)?),
                };
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
        is_sent && !operation.parameters.iter().any(|parameter| argument.is_for(parameter))
    });
    let added = others.filter_map(|argument| {
        let (add, carrier) = match argument.location? {
            ArgumentLocation::Header => ("header", "Header"),
            ArgumentLocation::Query => ("query", "Query"),
            ArgumentLocation::Cookie => ("cookie", "Cookie"),
            // Checked before: only a header, or the place of an API key.
            ArgumentLocation::Path | ArgumentLocation::Querystring => return None,
        };
        let (add, carrier) = (ident(add), ident(carrier));
        // Names of headers have no case, and are written in small letters.
        let name = match argument.location {
            Some(ArgumentLocation::Header) => argument.name.to_ascii_lowercase(),
            _ => argument.name.clone(),
        };
        let value = scope.reference_to(&argument.value);
        // What the document does not spell out comes from a response or an input.
        let is_found =
            argument.is_credential(service, operation) && !argument.value.kind.is_fixed();
        Some(match is_found {
            true => quote!(.credential(Carrier::#carrier, #name, #value)),
            false => quote!(.#add(#name, #value)),
        })
    });
    added.chain(sent_as(step, operation)).collect()
}

/// The media type that a step names of a range, which the client writes as it does any of them.
fn sent_as(step: &Step, operation: &Operation) -> Option<TokenStream> {
    let named = sent(step).filter(|name| !name.contains('*'))?;
    let content = content(operation, step)?;
    let is_written = matches!(content.codec, Codec::Json | Codec::Text);
    let is_other = is_written && content.is_range() && named != content.sent;
    is_other.then(|| quote!(.sent_as(#named)))
}

/// `let body = …;`, with what replaces a part of it.
fn emit_body(scope: Scope<'_>, step: &Step) -> TokenStream {
    let Some(body) = &step.body else { return TokenStream::new() };
    let Some(payload) = &body.payload else { return TokenStream::new() };
    let value = scope.owned(payload);
    let replaced = body.replacements.iter().map(|replacement| {
        let pointer = super::value::pointer(&replacement.pointer);
        let value = scope.owned(&replacement.value);
        quote!(replace(&mut body, #pointer, #value)?;)
    });
    let mutable = (!body.replacements.is_empty()).then(|| quote!(mut));
    quote!(let #mutable body = #value; #(#replaced)*)
}

/// The content that a step names by its media type.
fn content<'o>(operation: &'o Operation, step: &Step) -> Option<&'o Content> {
    operation.body.as_ref()?.taking(&sent(step)?)
}

/// The media type that a step names, without parameters.
fn sent(step: &Step) -> Option<String> {
    let (name, _) = step.body.as_ref()?.content_type.as_ref()?;
    Some(scalars::media::essence(name))
}

/// A form of parts, each from the member of the body that has its name.
fn form_value(operation: &Operation, form: &Multipart, module: &Ident, place: &str) -> TokenStream {
    let name = form_name(operation);
    let parts = form.parts.iter().map(|part| {
        let (field, value) = (ident(&part.name.snake), part_value(part, place));
        quote!(#field: #value)
    });
    quote!(#module::#name { #(#parts),* })
}

fn part_value(part: &Part, place: &str) -> TokenStream {
    let wire = &part.name.wire;
    let (pointer, place) =
        (super::value::pointer(std::slice::from_ref(wire)), format!("{place}: {wire}"));
    let value = quote!(at(&body, #pointer));
    match &part.kind {
        PartKind::File(rules) => {
            let known = rules.media_types.first().map_or("*/*", String::as_str);
            let media_type = one_of(known);
            match (rules.many.is_some(), part.required) {
                (false, true) => {
                    quote!(file_of(#value, #media_type, #place)?.named(#wire))
                }
                (false, false) => quote!(files_of(#value, #media_type, #wire).into_iter().next()),
                (true, true) => quote!(files_of(#value, #media_type, #wire)),
                (true, false) => {
                    quote!(Some(files_of(#value, #media_type, #wire)).filter(|all| !all.is_empty()))
                }
            }
        }
        PartKind::Value { .. } => match part.fallback() {
            Some(default) => {
                let default = default.to_string();
                quote!(typed_form(&or_default(#value, #default), #place)?)
            }
            None => quote!(typed_form(#value, #place)?),
        },
    }
}

/// The typed body, in the variant of its media type where there are several.
fn body_value(operation: &Operation, step: &Step, module: &Ident, place: &str) -> TokenStream {
    let Some(taken) = &operation.body else { return TokenStream::new() };
    let content = content(operation, step).or(taken.contents.first());
    let value = match content.map(|content| (&content.codec, content)) {
        Some((Codec::Binary, content)) if content.is_range() => {
            let named = sent(step).filter(|name| !name.contains('*'));
            let media_type = named.unwrap_or_else(|| one_of(&content.media_type));
            quote!(file_of(&body, #media_type, #place)?)
        }
        Some((Codec::Binary, _)) => quote!(text(&body).into_bytes().into()),
        Some((Codec::Form(_), _)) => quote!(typed_form(&body, #place)?),
        Some((Codec::Multipart(form), _)) => form_value(operation, form, module, place),
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
