//! The generated bodies: what `x-dynamodb` binds an operation to.
//!
//! Each is a function `run` of the tables and the input, short enough to read and to copy where a rule needs more.

mod read;
mod write;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::answers::{Payload, answering, error_name, input_name, output_name, successes};
use crate::emit::rust::docs::lines_doc;
use crate::emit::rust::tables::key_name;
use crate::emit::rust::types::{Scope, ident};
use crate::model::{
    Binding, BoundAction, Docs, KeySource, Location, Operation, OwnerSource, Table, TypeRef,
};

/// The body of a bound operation; none when the operation is not bound.
pub(super) fn emit_run(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let binding = operation.binding.as_ref()?;
    let body = Body { scope, operation, table: scope.service.table(binding.table) };
    let statements = body.statements(binding);
    let (tables, result) =
        (scope.from("crate::tables", "Tables"), scope.prelude("std::result", "Result"));
    let (input, output, error) =
        (input_name(operation), output_name(operation), error_name(operation));
    let docs = lines_doc(&["What the contract binds the operation to."]);
    let owned = body.owner_check();
    let caller = owned.as_ref().map(|_| {
        let caller = scope.runtime("Caller");
        quote!(caller: &#caller,)
    });
    Some(quote! {
        #docs
        pub(super) async fn run(#caller tables: &#tables, input: #input) -> #result<#output, #error> {
            #owned
            #statements
        }
    })
}

/// What a body is made from.
struct Body<'a> {
    scope: &'a Scope<'a>,
    operation: &'a Operation,
    table: &'a Table,
}

impl Body<'_> {
    fn statements(&self, binding: &Binding) -> TokenStream {
        match &binding.action {
            BoundAction::Get { key, consistent } => self.get(key, *consistent),
            BoundAction::Create { on_exists, generated_key, key, location } => {
                let generated = generated_key.as_ref().map(|name| name.wire.as_str());
                self.create(*on_exists, generated, key.as_ref(), location.as_ref())
            }
            BoundAction::Put { key, guard } => self.put(key.as_ref(), guard.as_ref()),
            BoundAction::Replace { key, guard } => self.replace(key, guard.as_ref()),
            BoundAction::Delete { key, must_exist, guard } => {
                self.delete(key, *must_exist, guard.as_ref())
            }
            BoundAction::Query { by, page, consistent } => {
                let query = self.query(by, *consistent && by.index.is_none());
                self.page(query, page)
            }
            BoundAction::List { by, page, consistent } => self.list(by.as_ref(), page, *consistent),
        }
    }

    /// Keeps callers to their own items, where the table's items have an owner.
    fn owner_check(&self) -> Option<TokenStream> {
        let (owner, source) = self.scope.service.owner_source(self.operation)?;
        let claim = &owner.claim;
        let unless = match &owner.unless {
            Some(scope) => quote!(Some(#scope)),
            None => quote!(None),
        };
        let asked = match source {
            OwnerSource::Parameter(index) => {
                let parameter = &self.operation.parameters[index];
                let field = ident(&parameter.name.snake);
                match parameter.required || parameter.default.is_some() {
                    true => quote!(Some(runtime::to_text(&input.#field))),
                    false => quote!(input.#field.as_ref().map(runtime::to_text)),
                }
            }
            OwnerSource::Body => {
                let field = ident(&owner.attribute.snake);
                quote!(Some(runtime::to_text(&input.body.#field)))
            }
            OwnerSource::Nowhere => quote!(None),
        };
        let refused = self.refusal(403, "it belongs to somebody else");
        Some(quote! {
            if !caller.owns(#claim, #unless, #asked) {
                return #refused;
            }
        })
    }

    /// `tables.product`
    pub(super) fn handle(&self) -> TokenStream {
        let name = ident(&self.table.name.snake);
        quote!(tables.#name)
    }

    /// The key from the parameters: `ProductKey { id: input.id }`.
    pub(super) fn key(&self, source: &KeySource, keep: bool) -> TokenStream {
        let name = key_name(self.scope.service, self.table);
        let name = self.scope.from("crate::tables", &name);
        let mut fields = vec![(&self.table.key.partition, source.partition)];
        fields.extend(self.table.key.sort.as_ref().zip(source.sort));
        let fields = fields.into_iter().map(|(attribute, parameter)| {
            let field = ident(&attribute.name.snake);
            let value = self.converted(parameter, &attribute.ty, keep);
            quote!(#field: #value)
        });
        quote!(#name { #(#fields),* })
    }

    /// A parameter's value as a type that holds the same, mostly the very same type.
    pub(super) fn converted(&self, parameter: usize, to: &TypeRef, keep: bool) -> TokenStream {
        let parameter = &self.operation.parameters[parameter];
        let field = ident(&parameter.name.snake);
        if parameter.ty == *to && !keep {
            return quote!(input.#field);
        }
        if parameter.ty == *to {
            return quote!(Clone::clone(&input.#field));
        }
        let wire = &parameter.name.wire;
        self.read_text(wire, &quote!(&runtime::to_text(&input.#field)))
    }

    /// A value of a type that is yet to be inferred, from a text that is right by construction.
    pub(super) fn read_text(&self, what: &str, text: &TokenStream) -> TokenStream {
        quote!(runtime::rules::decode_value(#what, #text)?)
    }

    /// `Ok(…)` with the value as the first success has it.
    pub(super) fn success(&self, value: &TokenStream, location: Option<&Location>) -> TokenStream {
        let all = successes(self.operation);
        let Some(response) = all.first() else { return quote!(Ok(())) };
        let (variant, output) = (ident(&response.name.pascal), output_name(self.operation));
        let is_enum = all.len() > 1;
        let held = match Payload::of(response) {
            Payload::Nothing if is_enum => return quote!(Ok(#output::#variant)),
            Payload::Nothing => return quote!(Ok(())),
            Payload::Body | Payload::Problem => value.clone(),
            Payload::Struct => {
                let name = super::answers::struct_name(self.operation, response);
                let headers = response.headers.iter().map(|header| {
                    let field = ident(&header.name.snake);
                    let is_location = header.name.wire.eq_ignore_ascii_case("location");
                    match location.filter(|_| is_location) {
                        Some(location) => {
                            let text = self.location(location);
                            let text = self.read_text(&header.name.wire, &quote!(&#text));
                            match header.required {
                                true => quote!(#field: #text),
                                false => quote!(#field: Some(#text)),
                            }
                        }
                        None => quote!(#field: Default::default()),
                    }
                });
                let body = (!response.contents.is_empty()).then(|| quote!(body: #value));
                quote!(#name { #(#headers,)* #body })
            }
        };
        if is_enum { quote!(Ok(#output::#variant(#held))) } else { quote!(Ok(#held)) }
    }

    /// `Err(…)` with the declared response that answers with a status, in the contract's words.
    pub(super) fn refusal(&self, status: u16, otherwise: &str) -> TokenStream {
        let says = answering(self.operation, status).and_then(|response| says(&response.docs));
        let detail = says.unwrap_or(otherwise);
        let problem = || {
            let (problem, status) =
                (self.scope.runtime("Problem"), Literal::u16_unsuffixed(status));
            quote!(#problem::new(#status, #detail))
        };
        self.refusal_with(status, problem, detail)
    }

    /// `Err(…)` with a problem: in a variant of its own, or told in the contract's words; a failure where the contract
    /// declares nothing of that status.
    pub(super) fn refusal_with(
        &self,
        status: u16,
        problem: impl FnOnce() -> TokenStream,
        otherwise: &str,
    ) -> TokenStream {
        let error = error_name(self.operation);
        let response = answering(self.operation, status);
        match response.map(|response| (response, Payload::of(response))) {
            Some((response, payload)) if !response.is_success() && status != 500 => {
                let variant = ident(&response.name.pascal);
                match payload {
                    Payload::Problem => {
                        let problem = problem();
                        return quote!(Err(#error::#variant(#problem)));
                    }
                    Payload::Nothing => return quote!(Err(#error::#variant)),
                    Payload::Body | Payload::Struct => {}
                }
            }
            // A request that violates the contract is refused as the runtime refuses one.
            None if status != 400 => {
                let failure = self.scope.runtime("Failure");
                return quote!(Err(#error::Unexpected(#failure::message(#otherwise))));
            }
            _ => {}
        }
        let (failure, problem) = (self.scope.runtime("Failure"), problem());
        quote!(Err(#error::Unexpected(#failure::refused(#problem))))
    }

    /// The arms for what the contract does not speak of.
    pub(super) fn other_errors(&self) -> TokenStream {
        let busy = answering(self.operation, 503).map(|_| {
            let refused = self.refusal(503, "the table is asked for too much");
            quote!(Err(error) if error.is_throttled() => #refused,)
        });
        quote! {
            #busy
            Err(error) => Err(error.into()),
        }
    }
}

/// What a response says of itself, in a line.
fn says(docs: &Docs) -> Option<&str> {
    let text = docs.summary.as_deref().or(docs.description.as_deref())?;
    text.lines().map(str::trim).find(|line| !line.is_empty())
}
