//! Promises: what is owed by which step, how the step that sees it kept says so, and how it is looked for after the load.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::failure::has_word;
use super::names;
use super::request::{beside, emit_call};
use super::statics::Statics;
use super::step::Part;
use super::value::{Scope, input_field, output_field, pointer};
use crate::emit::rust::{call_name, ident, lines_doc};
use crate::model::{
    Counted, Criterion, ExpressionKind, Operation, OperationReference, Owed, Promise, StepValue,
    System, Target, ValueKind, Workflow,
};

/// The promises of a workflow, and the functions that look whether they are kept.
pub(super) fn emit_promises(
    system: &System,
    statics: &Statics,
    workflow: &Workflow,
) -> TokenStream {
    let after = looks_back(system, workflow);
    let states = |owed: &Owed<'_>| matches!(owed.kept.target, Target::Operation(_));
    let promises = workflow.promises();
    // What looks back does so once for each step that owes: by the state, where there is one.
    let checked = promises.iter().position(states).unwrap_or_default();
    let emit = |(index, owed): (usize, &Owed<'_>)| {
        let check = after.filter(|_| index == checked).map(|other| {
            let (name, id) =
                (names::constant(other), format!("{} failed", names::workflow_id(system, other)));
            quote! {
                check: Some(Invariant {
                    wrong: #id,
                    check: |visit, entry, situation| {
                        Box::pin(visit.look_back(&crate::#name, entry, situation))
                    },
                }),
            }
        });
        Promised { system, statics, workflow, owed: *owed }.emit(check)
    };
    promises.iter().enumerate().filter_map(emit).collect()
}

/// The workflow that looks back at what another one left.
fn looks_back<'s>(system: &'s System, workflow: &Workflow) -> Option<&'s Workflow> {
    let list = system.workflow_list();
    let index = list.iter().position(|one| one == workflow)?;
    list.iter().find(|other| other.load.after == Some(index))
}

#[derive(Clone, Copy)]
struct Promised<'a> {
    system: &'a System,
    statics: &'a Statics,
    workflow: &'a Workflow,
    owed: Owed<'a>,
}

impl<'a> Promised<'a> {
    fn emit(self, check: Option<TokenStream>) -> Option<TokenStream> {
        let kept = self.owed.kept;
        let name = names::promise(kept);
        let workflow = names::workflow_id(self.system, self.workflow);
        let id = format!("{workflow}.{}", kept.id.wire);
        let (summary, kept_by, functions) = match &kept.target {
            Target::Receive(messages) => {
                let told: Vec<&str> = messages
                    .iter()
                    .map(|one| one.of(&self.system.services).1.name.wire.as_str())
                    .collect();
                let summary = format!("{} for each {workflow}", told.join(" or "));
                let channels = messages.iter().map(|one| self.statics.channel(*one));
                let kept_by = match messages.len() {
                    1 => quote!(KeptBy::Message(#(&#channels)*)),
                    _ => quote!(KeptBy::OneOf(&[#(&#channels),*])),
                };
                (summary, kept_by, TokenStream::new())
            }
            Target::Operation(reference) => {
                let promise = kept.promise.as_ref()?;
                let usual = format!("what `{}` reads, for each {workflow}", kept.id.wire);
                let docs = kept.docs.summary.as_deref().unwrap_or(&usual);
                let summary = docs.trim_end_matches('.').to_owned();
                let (kept_by, functions) = self.emit_state(promise, *reference);
                (summary, kept_by, functions)
            }
            Target::Send(_) | Target::Workflow(_) => return None,
        };
        let keeps = self.emit_keeps();
        let share = self.emit_share(keeps.is_some());
        let is_whole = check.is_some() && keeps.is_some() && share.is_some();
        let rest = (!is_whole).then(|| quote!(..Promise::NEW));
        let docs = lines_doc(&[format!("{summary}.")]);
        Some(quote! {
            #docs
            pub static #name: Promise = Promise {
                id: #id,
                summary: #summary,
                kept_by: #kept_by,
                #keeps
                #share
                #check
                #rest
            };
            #functions
        })
    }

    /// Which messages keep the promise, as far as the step's criteria ask for nothing but the message.
    fn emit_keeps(self) -> Option<TokenStream> {
        let kept = self.owed.kept;
        let of_message = |one: &&Criterion| {
            let mut all = one.expressions().into_iter();
            all.all(|expression| matches!(expression.kind, ExpressionKind::Message(_)))
        };
        let criteria: Vec<Criterion> = kept.success.iter().filter(of_message).cloned().collect();
        if criteria.is_empty() || !matches!(kept.target, Target::Receive(_)) {
            return None;
        }
        let scope = Scope { system: self.system, workflow: self.workflow, step: Some(kept) };
        let holds = scope.all(&criteria);
        let payload = if has_word(&holds, "payload") { quote!(payload) } else { quote!(_) };
        Some(quote!(keeps: Some(|#payload| #holds),))
    }

    /// Its share of the messages under a key, where other steps wait for some of them and no criteria say which.
    fn emit_share(self, has_criteria: bool) -> Option<TokenStream> {
        let (after, is_last) = self.workflow.share(&self.owed);
        if has_criteria || (after, is_last) == (0, true) {
            return None;
        }
        let after = Literal::usize_unsuffixed(after);
        Some(quote!(share: Share { after: #after, is_last: #is_last },))
    }

    /// How a state is read again: for one key, and for all.
    fn emit_state(self, promise: &Promise, read: OperationReference) -> (TokenStream, TokenStream) {
        let look = ident(&format!("{}_promise_look", names::part(&self.owed.kept.id.snake)));
        let function = self.emit_look(&look, promise, read);
        let (list, listing) = match &promise.list {
            None => (quote!(None), TokenStream::new()),
            Some(listed) => {
                let name =
                    ident(&format!("{}_promise_list", names::part(&self.owed.kept.id.snake)));
                let function = self.emit_list(&name, promise, listed.operation, &listed.key.steps);
                (quote!(Some(|visit| Box::pin(#name(visit)))), function)
            }
        };
        let kept_by = quote!(KeptBy::State {
            look: |visit, entry| Box::pin(#look(visit, entry)),
            list: #list,
        });
        (kept_by, quote!(#function #listing))
    }

    fn emit_look(self, name: &Ident, promise: &Promise, read: OperationReference) -> TokenStream {
        let kept = self.owed.kept;
        let (service, operation) = read.of(&self.system.services);
        let scope = Scope { system: self.system, workflow: self.workflow, step: Some(kept) };
        let paging = paging(operation);
        let call = emit_call(scope, kept, service, operation, paging.is_some());
        let key = self.key_field().map(|(field, steps)| {
            // What an output holds besides is not known any more.
            let value =
                steps.iter().rev().fold(quote!(entry.key), |value, step| quote!({ #step: #value }));
            quote!(state.#field = json!(#value);)
        });
        let entry = if key.is_some() { quote!(entry) } else { quote!(_) };
        let place = format!("{}.{}", self.workflow.id.wire, kept.id.wire);
        let sight = sight(promise, &quote!(thing));
        let items = items(promise);
        let pages = self.pages(read, &paging, &place, &beside(scope, kept, service, operation));
        let docs = lines_doc(&[format!("Reads what keeps the promise `{place}` of one key.")]);
        quote! {
            #docs
            async fn #name(visit: &mut Visit<'_>, #entry: &Entry) -> Result<Vec<Sighting>, Cause> {
                let state = &mut State::draw(visit);
                #key
                #call
                let mut sights = Vec::new();
                visit.pages(#pages, |answer| {
                    sights.extend(things(#items).map(|thing| #sight));
                }).await?;
                Ok(sights)
            }
        }
    }

    fn emit_list(
        self,
        name: &Ident,
        promise: &Promise,
        read: OperationReference,
        key: &[String],
    ) -> TokenStream {
        let (service, operation) = read.of(&self.system.services);
        let module = ident(&names::service(service));
        let call = call_name(service, operation);
        let paging = paging(operation);
        let mutable = paging.is_some().then(|| quote!(mut));
        let place = format!("{}: {}", self.workflow.id.wire, operation.id.wire);
        let (key, sight, items) = (pointer(key), sight(promise, &quote!(thing)), items(promise));
        let pages = self.pages(read, &paging, &place, &TokenStream::new());
        let id = format!("{}.{}", self.workflow.id.wire, self.owed.kept.id.wire);
        let docs = lines_doc(&[format!("Reads what keeps the promise `{id}` of any key.")]);
        quote! {
            #docs
            async fn #name(visit: &mut Visit<'_>) -> Result<Vec<(String, Sighting)>, Cause> {
                let #mutable call = #module::#call::default();
                let mut sights = Vec::new();
                visit.pages(#pages, |answer| {
                    sights.extend(things(#items).map(|thing| (text(at(thing, #key)), #sight)));
                }).await?;
                Ok(sights)
            }
        }
    }

    /// What `Visit::pages` is given besides the function that takes answers.
    fn pages(
        self,
        read: OperationReference,
        paging: &Option<Paging<'_>>,
        place: &str,
        beside: &TokenStream,
    ) -> TokenStream {
        let operation = read.of(&self.system.services).1;
        let name = self.statics.operation(read);
        match paging {
            None => quote!(&#name, None, |_| Ok(request(&call) #beside)),
            Some(Paging { parameter, token }) => {
                let place = format!("{place}: {parameter}");
                let field = ident(
                    &operation
                        .parameters
                        .iter()
                        .find(|one| one.name.wire == *parameter)
                        .map_or_else(String::new, |one| one.name.snake.clone()),
                );
                quote!(&#name, Some(#token), |next| {
                    if !next.is_null() {
                        call.#field = typed(next, #place)?;
                    }
                    Ok(request(&call) #beside)
                })
            }
        }
    }

    /// The field that the key of an entry is put into, and the way to its place there.
    fn key_field(self) -> Option<(Ident, &'a [String])> {
        let ValueKind::Expression(expression) = &self.owed.key.kind else { return None };
        let field = match &expression.kind {
            // An input is drawn again, also what is beside the key in it.
            ExpressionKind::Input(name) if expression.pointer.is_empty() => {
                input_field(self.workflow, name)
            }
            ExpressionKind::Step { step, output } => {
                output_field(self.workflow.step(step)?, output)
            }
            _ => None,
        };
        Some((field?, &expression.pointer))
    }
}

/// How the pages of a list follow each other: the parameter that asks for the next, and where an answer has its token.
struct Paging<'a> {
    parameter: &'a str,
    token: String,
}

/// By the binding, or by a link of the operation to itself.
fn paging(operation: &Operation) -> Option<Paging<'_>> {
    let page = operation.binding.as_ref().and_then(|binding| binding.action.page());
    if let Some(page) = page
        && let (Some(next), Some(field)) = (page.next, &page.next_field)
    {
        let parameter = &operation.parameters.get(next)?.name.wire;
        return Some(Paging { parameter, token: pointer(std::slice::from_ref(&field.wire)) });
    }
    let links = operation.responses.iter().flat_map(|response| &response.links);
    let mut own = links.filter(|link| link.operation_id == operation.id.wire);
    own.find_map(|link| {
        let [(parameter, from)] = link.parameters.as_slice() else { return None };
        let token = from.strip_prefix("$response.body#")?;
        Some(Paging { parameter, token: token.to_owned() })
    })
}

/// Where an answer has what there is.
fn items(promise: &Promise) -> TokenStream {
    let pointer = pointer(&promise.items.pointer);
    if pointer.is_empty() { quote!(answer.json()) } else { quote!(answer.at(#pointer)) }
}

/// One thing as the ledger sees it.
fn sight(promise: &Promise, thing: &TokenStream) -> TokenStream {
    let id = pointer(&promise.id.steps);
    match &promise.created_at {
        None => quote!(sight(#thing, #id, None)),
        Some(at) => {
            let at = pointer(&at.steps);
            quote!(sight(#thing, #id, Some(#at)))
        }
    }
}

fn debt(kept: &crate::model::Step) -> Ident {
    ident(&format!("{}_debt", names::part(&kept.id.snake)))
}

impl<'a> Part<'a> {
    /// The promises that the step owes.
    pub(super) fn owed(self) -> Vec<Owed<'a>> {
        let mut all = self.workflow.promises();
        all.retain(|owed| owed.by.id == self.step.id);
        all
    }

    /// Those of them that are owed whatever comes after the step, and those that are where one of its actions leads on.
    pub(super) fn by_way(self, owed: &[Owed<'a>]) -> [Vec<Owed<'a>>; 2] {
        let is_always = |one: &Owed<'_>| self.workflow.counted(one) == Counted::Always;
        let (always, by_action) = owed.iter().copied().partition(is_always);
        [always, by_action]
    }

    /// Says that something may be owed; the key where it is known already.
    pub(super) fn asks(self, owed: &[Owed<'_>]) -> TokenStream {
        let asks = owed.iter().map(|owed| {
            let (debt, promise) = (debt(owed.kept), names::promise(owed.kept));
            let mut parts = owed.key.expressions().into_iter();
            let key = match parts.all(|one| matches!(one.kind, ExpressionKind::Input(_))) {
                true => {
                    let value = self.scope().reference_to(owed.key);
                    quote!(Some(&text(#value)))
                }
                false => quote!(None),
            };
            quote!(let #debt = visit.ask(&#promise, #key);)
        });
        asks.collect()
    }

    /// Says that the step was accepted.
    pub(super) fn accepts(self, owed: &[Owed<'_>]) -> TokenStream {
        let scope = self.scope();
        let accepts = owed.iter().map(|owed| {
            let (debt, key) = (debt(owed.kept), scope.reference_to(owed.key));
            let promise = owed.kept.promise.as_ref();
            let given = |value: Option<&StepValue>| value.map(|value| scope.reference_to(value));
            let id = given(promise.and_then(|promise| promise.equals.as_ref()))
                .map(|value| quote!(id: Some(text(#value)),));
            let asked = given(promise.and_then(|promise| promise.requested_at.as_ref()))
                .map(|value| quote!(asked_at: instant(#value),));
            let accepted = match id.is_none() && asked.is_none() {
                true => quote!(Accepted::of(text(#key))),
                false => quote!(Accepted { #id #asked ..Accepted::of(text(#key)) }),
            };
            let made = super::made::kept_in(self.system, owed)
                .filter(|_| !self.makes_itself())
                .map(|table| {
                    let kind = &table.name.wire;
                    quote!(visit.made(#kind, &text(#key));)
                });
            quote!(#made visit.accept(#debt, #accepted);)
        });
        accepts.collect()
    }

    /// Says that it was not.
    pub(super) fn declines(self, owed: &[Owed<'_>], cause: &TokenStream) -> TokenStream {
        let debts = owed.iter().map(|owed| debt(owed.kept));
        quote!(#(visit.decline(#debts, #cause);)*)
    }

    /// Says what the step has read of a promise.
    pub(super) fn sees(self) -> TokenStream {
        let (Some(promise), Some(owed)) = (&self.step.promise, self.workflow.owed(self.step))
        else {
            return TokenStream::new();
        };
        let Target::Operation(_) = self.step.target else { return TokenStream::new() };
        let (name, key) = (names::promise(self.step), self.scope().reference_to(owed.key));
        let (items, sight) = (items(promise), sight(promise, &quote!(thing)));
        quote! {
            let sights = things(#items).map(|thing| #sight).collect();
            visit.seen(&#name, &text(#key), sights);
        }
    }
}
