//! The generated bodies: what `x-dynamodb` binds an operation to.
//!
//! Each is a function `run` of the tables and the input, short enough to read and to copy where a rule needs more.

mod change;
mod condition;
mod item;
mod numbers;
mod read;
mod write;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::answers::{Payload, error_name, input_name, output_name, successes};
use crate::emit::rust::docs::{doc_of, lines_doc};
use crate::emit::rust::record::{Given, Member, record};
use crate::emit::rust::tables::key_name;
use crate::emit::rust::types::{Scope, field_words, ident};
use crate::model::{
    Binding, BoundAction, Docs, KeySource, Location, Operation, Response, Status, Table, TypeKind,
    TypeRef,
};

/// The body of a bound operation; none when the operation is not bound.
pub(super) fn emit_run(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let binding = operation.binding.as_ref()?;
    let body = Body { scope, operation, binding, table: scope.service.table(binding.table) };
    let statements = body.statements();
    let (tables, result) =
        (scope.from("crate::tables", "Tables"), scope.prelude("std::result", "Result"));
    let (input, output, error) =
        (input_name(operation), output_name(operation), error_name(operation));
    let docs = lines_doc(&["Runs the table action that the contract binds the operation to."]);
    let (if_match, must_be_new) = (body.if_match(), body.must_be_new());
    let unstorable = body.unstorable();
    let fill = (!binding.asks.is_empty()).then(|| {
        let name = fill_name(operation);
        quote!(, fill: #name)
    });
    Some(quote! {
        #docs
        pub(super) async fn run(tables: &#tables, input: #input #fill) -> #result<#output, #error> {
            #unstorable
            #if_match
            #must_be_new
            #statements
        }
    })
}

/// `const PRECONDITIONS: …`, for a write.
pub(super) fn emit_preconditions(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let binding = operation.binding.as_ref()?;
    let versioned = binding.if_match.is_some();
    let kind = match &binding.action {
        BoundAction::Create { .. } => quote!(Create),
        _ if binding.if_none_match.is_some() => quote!(Store { versioned: #versioned }),
        BoundAction::Put { .. }
        | BoundAction::Upsert { .. }
        | BoundAction::Replace { .. }
        | BoundAction::Patch { .. }
        | BoundAction::Update { .. }
        | BoundAction::Delete { .. } => quote!(Change { versioned: #versioned }),
        _ => return None,
    };
    let preconditions = scope.runtime("Preconditions");
    let option = scope.option(&quote!(#preconditions));
    Some(quote!(const PRECONDITIONS: #option = Some(#preconditions::#kind);))
}

/// `CreateTicketFill`
pub(crate) fn fill_name(operation: &Operation) -> Ident {
    format_ident!("{}Fill", operation.id.pascal)
}

/// The struct of what a method of the trait gives for a new item; none where nothing is asked for.
pub(super) fn emit_fill(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let Some(binding) = operation.binding.as_ref().filter(|binding| !binding.asks.is_empty())
    else {
        return vec![];
    };
    let item = scope.service.table(binding.table).item;
    let TypeKind::Struct(object) = &scope.service.type_def(item).kind else { return vec![] };
    let asked = object.fields.iter().filter(|field| binding.asks.contains(&field.name));
    let members: Vec<Member> = asked
        .map(|field| Member {
            docs: doc_of(&Docs::default(), &field_words(scope, field), &[]),
            name: ident(&field.name.snake),
            ty: scope.field_type(&field.ty, field.required, false, field.sensitive),
            given: Given::Required,
        })
        .collect();
    let says = format!(
        "The properties of a new item of `{}` that only the service sets.",
        operation.id.wire
    );
    let docs = lines_doc(&[says]);
    record(&docs, Some(quote!(Debug,)), &fill_name(operation), &members).to_vec()
}

/// What a body is made from.
struct Body<'a> {
    scope: &'a Scope<'a>,
    operation: &'a Operation,
    binding: &'a Binding,
    table: &'a Table,
}

impl Body<'_> {
    fn statements(&self) -> TokenStream {
        match &self.binding.action {
            BoundAction::Get { key, consistent } => self.get(key, *consistent),
            BoundAction::BatchGet { partition, keys, items_field, consistent } => {
                self.batch_get(*partition, *keys, items_field.as_ref(), *consistent)
            }
            BoundAction::Create { on_exists, generated_key, key, location } => {
                let generated = generated_key.as_ref().map(|name| name.wire.as_str());
                self.create(*on_exists, generated, key.as_ref(), location.as_ref())
            }
            BoundAction::Put { key } => self.put(key.as_ref()),
            BoundAction::Upsert { key } => self.upsert(key),
            BoundAction::Replace { key, keeps: false } => self.replace(key),
            BoundAction::Replace { key, keeps: true } => self.replace_kept(key),
            BoundAction::Patch { key, fixed } => self.patch(key, fixed),
            BoundAction::Update { key, changes } => self.update(key, changes),
            BoundAction::Delete { key, must_exist } => self.delete(key, *must_exist),
            BoundAction::Query { by, page, filter, consistent } => {
                let query = self.query(by, *consistent && by.index.is_none());
                self.page(query, page, filter)
            }
            BoundAction::List { by, page, filter, consistent } => {
                self.list(by.as_ref(), page, filter, *consistent)
            }
            BoundAction::Count { by, field, filter, consistent } => {
                self.count(by.as_ref(), field.as_ref(), filter, *consistent)
            }
        }
    }

    /// `tables.product`
    pub(super) fn handle(&self) -> TokenStream {
        let name = ident(&self.table.handle.snake);
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
        match successes(self.operation).first() {
            Some(response) => self.success_as(response, value, location),
            None => quote!(Ok(())),
        }
    }

    /// `Ok(…)` with the value as this success has it.
    pub(super) fn success_as(
        &self,
        response: &Response,
        value: &TokenStream,
        location: Option<&Location>,
    ) -> TokenStream {
        let all = successes(self.operation);
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
                    let is_etag = header.name.wire.eq_ignore_ascii_case("etag");
                    let version = self.table.version.as_ref().filter(|_| is_etag);
                    let text = match (location.filter(|_| is_location), version) {
                        (Some(location), _) => Some(self.location(location)),
                        (None, Some(version)) => {
                            let version = ident(&version.snake);
                            Some(quote!(runtime::etag(&item.#version)))
                        }
                        (None, None) => None,
                    };
                    match text {
                        Some(text) => {
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
        let detail = self.detail(status, otherwise);
        self.refusal_with(status, || self.problem(status, detail), detail)
    }

    /// The same as the value of an arm: where it is longer than a line, a block that makes the problem first.
    pub(super) fn refusal_arm(&self, status: u16, otherwise: &str) -> TokenStream {
        /// What remains of a line in an arm, and the spaces that tokens have between them.
        const LONGEST: usize = 85;
        let refused = self.refusal(status, otherwise);
        if refused.to_string().len() <= LONGEST {
            return refused;
        }
        let detail = self.detail(status, otherwise);
        let mut problem = None;
        let named = || {
            problem = Some(self.problem(status, detail));
            quote!(problem)
        };
        let refused = self.refusal_with(status, named, detail);
        match problem {
            Some(problem) => quote!({ let problem = #problem; #refused }),
            None => refused,
        }
    }

    /// What the contract says of the response with a status.
    fn detail<'d>(&'d self, status: u16, otherwise: &'d str) -> &'d str {
        // What stands for several statuses says nothing of this one.
        let own = self.operation.answering(status);
        let own = own.filter(|response| response.status == Status::Code(status));
        own.and_then(|response| says(&response.docs)).unwrap_or(otherwise)
    }

    /// `Problem::new(404, "…")`
    fn problem(&self, status: u16, detail: &str) -> TokenStream {
        let (problem, status) = (self.scope.runtime("Problem"), Literal::u16_unsuffixed(status));
        quote!(#problem::new(#status, #detail))
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
        let response = self.operation.answering(status);
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
                return quote!(Err(#failure::message(#otherwise).into()));
            }
            _ => {}
        }
        let (failure, problem) = (self.scope.runtime("Failure"), problem());
        quote!(Err(#failure::refused(#problem).into()))
    }

    /// The arms for what the contract does not speak of.
    pub(super) fn other_errors(&self) -> TokenStream {
        let busy = self.operation.answering(503).map(|_| {
            let refused = self.refusal_arm(503, "the table throttled the request");
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
