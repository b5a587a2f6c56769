//! A step as a function: what it sends or waits for, what must hold, what comes of it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::failure::has_word;
use super::names;
use super::request::{beside, emit_call};
use super::system::channel_name;
use super::value::{Scope, carried_field, output_field};
use crate::emit::rust::{doc_of, ident};
use crate::model::{
    Action, ActionKind, Argument, ExpressionKind, Goto, MessageReference, Step, System, Target,
    Workflow,
};

/// How long a step waits for a message where it does not say.
const USUAL_TIMEOUT_MS: u64 = 30_000;

/// Everything about one step.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) system: &'a System,
    pub(super) workflow: &'a Workflow,
    pub(super) step: &'a Step,
    /// Whether steps say what comes next.
    pub(super) jumps: bool,
}

/// Whether a step succeeded or failed, what the workflow does next may be told by it.
pub(super) fn jumps(workflow: &Workflow) -> bool {
    workflow.steps.iter().any(|step| {
        !step.on_success.is_empty()
            || step.on_failure.iter().any(|one| !matches!(one.kind, ActionKind::Retry { .. }))
    })
}

impl<'a> Part<'a> {
    pub(super) fn scope(self) -> Scope<'a> {
        Scope { system: self.system, workflow: self.workflow, step: Some(self.step) }
    }

    /// The function of the step.
    pub(super) fn emit(self) -> TokenStream {
        let (name, usual) =
            (names::function(self.step), format!("The step `{}`.", self.step.id.wire));
        let docs = doc_of(
            &self.step.docs,
            &usual,
            &[("Source", format!("`{}`", self.step.origin.pointer))],
        );
        let body = match &self.step.target {
            Target::Operation(_) => self.emit_request(),
            Target::Send(messages) => self.emit_send(messages),
            Target::Receive(messages) => self.emit_receive(messages),
            Target::Workflow(called) => self.emit_run(*called),
        };
        let next = self.next();
        let result = if self.jumps { quote!(Next) } else { quote!(()) };
        let state = if has_word(&body, "state") || has_word(&next, "state") {
            quote!(state)
        } else {
            quote!(_state)
        };
        quote! {
            #docs
            pub async fn #name(visit: &mut Visit<'_>, #state: &mut State) -> Result<#result, Cause> {
                #body
                #next
            }
        }
    }

    fn emit_request(self) -> TokenStream {
        let Target::Operation(reference) = &self.step.target else { return TokenStream::new() };
        let (service, operation) = reference.of(&self.system.services);
        let scope = self.scope();
        let call = emit_call(scope, self.step, service, operation, false);
        let name = names::operation(self.system, service, operation);
        let criteria = scope.criteria(&self.step.success);
        let (send, again) = match self.again() {
            Some(again) => (quote!(persist), Some(quote!(#again,))),
            None => (quote!(send), None),
        };
        let limit = self.limit();
        let beside = beside(scope, self.step, service, operation);
        let sent =
            quote!(visit #limit.#send(&#name, &request(&call) #beside, #again #criteria).await);
        let noted = [self.noted(*reference), self.sees()];
        let (outputs, noted) = (self.outputs(), quote!(#(#noted)*));
        let owed = self.owed();
        let (asks, accepts) = (self.asks(&owed), self.accepts(&owed));
        let after = quote!(#noted #outputs #accepts);
        let reads = has_word(&after, "answer") || self.reads_answer();
        let leads = self.step.on_failure.iter().any(|one| self.lead(one).is_some());
        let declines = self.declines(&owed, &quote!(&failed.cause));
        let given_up = {
            let failures = self.failures();
            quote!(#declines #failures)
        };
        let arms = self.before_again();
        if !arms.is_empty() {
            let limit = self.limit();
            let attempt = quote!(visit #limit.attempt(&#name, &request(&call) #beside, &mut tries, #again #criteria).await);
            let looped = self.repeated(&call, &attempt, &arms, &given_up, reads);
            return quote!(#asks #looped #after);
        }
        let binding = if reads { quote!(let answer =) } else { TokenStream::new() };
        if owed.is_empty() && !leads {
            return quote!(#call #binding #sent?; #after);
        }
        let failed = if has_word(&given_up, "failed") { quote!(failed) } else { quote!(_) };
        quote! {
            #call
            #asks
            #binding match #sent {
                Ok(answer) => answer,
                Err(#failed) => { #given_up }
            };
            #after
        }
    }

    /// A request that is made anew for each attempt, because something else runs in between.
    fn repeated(
        self,
        call: &TokenStream,
        attempt: &TokenStream,
        arms: &[TokenStream],
        given_up: &TokenStream,
        reads: bool,
    ) -> TokenStream {
        let outside = [self.outputs(), self.next()];
        let keeps_body = outside.iter().any(|code| has_word(code, "body"));
        let (binding, done, kept) = match (reads, keeps_body) {
            (true, true) => (quote!(let (answer, body) =), quote!(answer), quote!((answer, body))),
            (true, false) => (quote!(let answer =), quote!(answer), quote!(answer)),
            (false, true) => (quote!(let body =), quote!(_), quote!(body)),
            (false, false) => (TokenStream::new(), quote!(_), TokenStream::new()),
        };
        let failed = if has_word(given_up, "failed") { quote!(failed) } else { quote!(_) };
        quote! {
            let mut tries = Tries::default();
            #binding loop {
                #call
                let attempt = #attempt;
                match attempt {
                    Ok(#done) => break #kept,
                    Err(#failed) => match tries.action() {
                        #(#arms)*
                        Some(_) => {}
                        None => { #given_up }
                    },
                }
            };
        }
    }

    /// The time that the step may take.
    fn limit(self) -> Option<TokenStream> {
        let limit = proc_macro2::Literal::u64_unsuffixed(self.step.timeout_ms?);
        Some(quote!(.at_most(Duration::from_millis(#limit))))
    }

    /// Whether actions of success read the answer.
    fn reads_answer(self) -> bool {
        self.step.on_success.iter().any(|action| !action.criteria.is_empty())
    }

    fn emit_send(self, messages: &[MessageReference]) -> TokenStream {
        let Some(message) = messages.first() else { return TokenStream::new() };
        let channel = channel_name(self.system, *message);
        let payload = self.step.body.as_ref().and_then(|body| body.payload.as_ref());
        let payload = payload.map_or(quote!(Value::Null), |payload| self.scope().owned(payload));
        let replaced =
            self.step.body.iter().flat_map(|body| &body.replacements).map(|replacement| {
                let pointer = super::value::pointer(&replacement.pointer);
                let value = self.scope().owned(&replacement.value);
                quote!(replace(&mut payload, #pointer, #value);)
            });
        let replaced: Vec<_> = replaced.collect();
        let mutable = (!replaced.is_empty()).then(|| quote!(mut));
        let outputs = self.outputs();
        let owed = self.owed();
        let payload = quote!(let #mutable payload = #payload; #(#replaced)*);
        if owed.is_empty() && self.step.on_failure.is_empty() {
            return quote!(#payload visit.publish(&#channel, &payload).await?; #outputs);
        }
        let (asks, accepts) = (self.asks(&owed), self.accepts(&owed));
        let declines = self.declines(&owed, &quote!(&failed.cause));
        let sent = self.tried(&quote!(visit.publish(&#channel, &payload).await), &declines);
        quote! {
            #payload
            #asks
            #sent;
            #outputs
            #accepts
        }
    }

    fn emit_receive(self, messages: &[MessageReference]) -> TokenStream {
        let (Some(message), Some(key)) = (messages.first(), &self.step.correlation) else {
            // Any message would do, so there is nothing to wait for.
            return quote!(let _ = (visit, state););
        };
        let channel = channel_name(self.system, *message);
        let key = self.scope().reference_to(key);
        let timeout =
            proc_macro2::Literal::u64_unsuffixed(self.step.timeout_ms.unwrap_or(USUAL_TIMEOUT_MS));
        let given = quote!(&text(#key), Duration::from_millis(#timeout));
        let wait = match messages {
            [_] => quote!(visit.receive(&#channel, #given).await),
            several => {
                let channels = several.iter().map(|one| channel_name(self.system, *one));
                quote!(visit.receive_any(&[#(&#channels),*], #given).await)
            }
        };
        let reads =
            !self.step.outputs.is_empty() || !self.step.success.is_empty() || self.reads_answer();
        let may_fail = self.step.on_failure.is_empty();
        if !reads {
            let wait = if may_fail { quote!(#wait?) } else { self.tried(&wait, &quote!()) };
            return quote!(#wait;);
        }
        let (outputs, checks) = (self.outputs(), self.holds());
        // A target that shows no messages has nothing to be held against the criteria.
        let following = if self.jumps { self.following() } else { quote!(()) };
        let payload = quote!(let payload = message.payload().clone(););
        if may_fail {
            return quote! {
                let Some(message) = #wait? else { return Ok(#following) };
                #payload
                #checks
                #outputs
            };
        }
        let attempt = match checks.is_empty() {
            true => wait,
            false => quote! {
                async {
                    let Some(message) = #wait? else { return Ok(None) };
                    #payload
                    #checks
                    Ok::<_, Cause>(Some(message))
                }.await
            },
        };
        let tried = self.tried(&attempt, &quote!());
        quote! {
            let received = #tried;
            let Some(message) = received else { return Ok(#following) };
            #payload
            #outputs
        }
    }

    /// Statements that end with the first criterion that does not hold, of a step that is no request.
    fn holds(self) -> TokenStream {
        if self.step.success.is_empty() {
            return TokenStream::new();
        }
        let checks = self.scope().checks(&self.step.success);
        quote! {
            let criteria = || -> Result<(), String> { #checks };
            criteria().map_err(Cause::Ends)?;
        }
    }

    /// A call of a workflow, with its inputs.
    pub(super) fn call(self, called: usize, arguments: &[Argument]) -> Option<TokenStream> {
        let name = names::constant(self.system.workflow_list().get(called)?);
        let inputs = arguments.iter().filter(|one| one.location.is_none()).map(|argument| {
            let (name, value) = (&argument.name, self.scope().owned(&argument.value));
            quote!((#name, #value))
        });
        let limit = self.limit();
        Some(quote!(visit #limit.run(&crate::#name, vec![#(#inputs),*])))
    }

    fn emit_run(self, called: usize) -> TokenStream {
        let (Some(workflow), Some(call)) =
            (self.system.workflow_list().get(called), self.call(called, &self.step.arguments))
        else {
            return TokenStream::new();
        };
        let outputs = self.outputs();
        let read = carried(self.workflow);
        let is_same = workflow.document == self.workflow.document;
        let carried = workflow.outputs.iter().filter(|output| {
            is_same && read.contains(&(workflow.id.wire.as_str(), output.name.wire.as_str()))
        });
        let carried: Vec<_> = carried
            .filter_map(|output| {
                let (field, wire) =
                    (carried_field(workflow, &output.name.wire)?, &output.name.wire);
                Some(quote!(state.#field = outputs[#wire].clone();))
            })
            .collect();
        let checks = self.holds();
        let reads = !self.step.outputs.is_empty() || !carried.is_empty() || self.reads_answer();
        let run = quote!(Box::pin(#call).await);
        let run = match (self.step.on_failure.is_empty(), checks.is_empty()) {
            (true, true) => quote!(#run?),
            (true, false) => {
                return quote!(let outputs = #run?; #(#carried)* #checks #outputs);
            }
            (false, true) => self.tried(&run, &quote!()),
            (false, false) => {
                let attempt =
                    quote!(async { let outputs = #run?; #checks Ok::<_, Cause>(outputs) }.await);
                self.tried(&attempt, &quote!())
            }
        };
        match reads {
            true => quote!(let outputs = #run; #(#carried)* #outputs),
            false => quote!(#run;),
        }
    }

    fn outputs(self) -> TokenStream {
        let outputs = self.step.outputs.iter().filter_map(|output| {
            let field = output_field(self.step, &output.name.wire)?;
            let value = self.scope().owned(&output.value);
            Some(quote!(state.#field = #value;))
        });
        quote!(#(#outputs)*)
    }

    /// Where an action leads: statements that return.
    pub(super) fn lead(self, action: &Action) -> Option<TokenStream> {
        match &action.kind {
            ActionKind::Retry { .. } => None,
            ActionKind::End => Some(quote!(return Ok(Next::End);)),
            ActionKind::Goto(Goto::Step(step, _)) => {
                let step = ident(&self.workflow.step(step)?.id.pascal);
                Some(quote!(return Ok(Next::#step);))
            }
            ActionKind::Goto(Goto::Workflow(called, arguments)) => {
                let call = self.call(*called, arguments)?;
                Some(quote! {
                    Box::pin(#call).await?;
                    return Ok(Next::End);
                })
            }
        }
    }

    /// What comes after a success.
    fn next(self) -> TokenStream {
        if !self.jumps {
            return quote!(Ok(()));
        }
        let actions = self.step.on_success.iter().filter_map(|action| {
            let lead = self.lead(action)?;
            Some(match action.criteria.is_empty() {
                true => lead,
                false => {
                    let holds = self.scope().all(&action.criteria);
                    quote!(if #holds { #lead })
                }
            })
        });
        let actions: Vec<_> = actions.collect();
        let is_certain =
            self.step.on_success.last().is_some_and(|action| action.criteria.is_empty());
        let mut after =
            self.workflow.steps.iter().skip_while(|step| step.id != self.step.id).skip(1);
        let next = after.next().map_or(quote!(Next::End), |step| {
            let step = ident(&step.id.pascal);
            quote!(Next::#step)
        });
        match is_certain {
            true => quote!(#(#actions)*),
            false => quote!(#(#actions)* Ok(#next)),
        }
    }
}

impl Part<'_> {
    /// The step behind this one.
    fn following(self) -> TokenStream {
        let mut after =
            self.workflow.steps.iter().skip_while(|step| step.id != self.step.id).skip(1);
        after.next().map_or(quote!(Next::End), |step| {
            let step = ident(&step.id.pascal);
            quote!(Next::#step)
        })
    }
}

/// The outputs of other workflows that a workflow reads, each as the id of that workflow and the name of the output.
pub(super) fn carried(reader: &Workflow) -> BTreeSet<(&str, &str)> {
    let in_steps = reader.steps.iter().flat_map(|step| {
        let criteria = step.criteria().flat_map(|criterion| criterion.expressions());
        let outputs = step.outputs.iter().flat_map(|output| output.value.expressions());
        step.needs().into_iter().chain(criteria).chain(outputs)
    });
    let own = reader.outputs.iter().flat_map(|output| output.value.expressions());
    let read = in_steps.chain(own).filter_map(|expression| match &expression.kind {
        ExpressionKind::Workflow { workflow, name, is_output: true } => {
            Some((workflow.as_str(), name.as_str()))
        }
        _ => None,
    });
    read.collect()
}
