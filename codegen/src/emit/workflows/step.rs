//! A step as a function: what it sends or waits for, what must hold, what comes of it.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::failure::has_word;
use super::lead::Phase;
use super::names;
use super::request::{beside, emit_call};
use super::statics::Statics;
use super::value::{Scope, carried_field, output_field};
use crate::emit::rust::{doc_of, ident};
use crate::model::{
    Action, Argument, ExpressionKind, MessageReference, Step, System, Target, Workflow,
};

/// How long a step waits for a message where it does not say.
const USUAL_TIMEOUT_MS: u64 = 30_000;

/// Everything about one step.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) system: &'a System,
    /// What operations and channels are called.
    pub(super) statics: &'a Statics,
    pub(super) workflow: &'a Workflow,
    pub(super) step: &'a Step,
    /// Whether steps say what comes next.
    pub(super) jumps: bool,
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
        let name = self.statics.operation(*reference);
        let (expected, criteria) = scope.criteria(&self.step.success);
        let retries = self.again().map(|again| quote!(let again = #again;));
        let (send, again) = match retries.is_some() {
            true => (quote!(persist), Some(quote!(again,))),
            false => (quote!(send), None),
        };
        let limit = self.limit();
        let beside = beside(scope, self.step, service, operation);
        let call = match self.reads_url() {
            true => quote!(#call let url = visit.url(&request(&call) #beside);),
            false => call,
        };
        let call = quote!(#call #expected #retries);
        let sent =
            quote!(visit #limit.#send(&#name, &request(&call) #beside, #again #criteria).await);
        let noted = [self.noted(*reference), self.sees()];
        let (outputs, noted) = (self.outputs(), quote!(#(#noted)*));
        let owed = self.owed();
        let [always, _] = self.by_way(&owed);
        let (asks, accepts) = (self.asks(&owed), self.accepts(&always));
        let after = quote!(#noted #outputs #accepts);
        let reads = has_word(&after, "answer") || self.reads_answer();
        let leads = Action::possible(&self.step.on_failure)
            .iter()
            .any(|one| self.lead(one, Phase::Failed).is_some());
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
        let is_kept = |name: &&str| outside.iter().any(|code| has_word(code, name));
        let mut kept: Vec<_> = ["body", "url"].into_iter().filter(is_kept).map(ident).collect();
        if reads {
            kept.insert(0, ident("answer"));
        }
        let done = if reads { quote!(answer) } else { quote!(_) };
        let (binding, kept) = match kept.as_slice() {
            [] => (TokenStream::new(), TokenStream::new()),
            [one] => (quote!(let #one =), quote!(#one)),
            all => (quote!(let (#(#all),*) =), quote!((#(#all),*))),
        };
        let reads_failure = arms.iter().chain([given_up]).any(|code| has_word(code, "failed"));
        let failed = if reads_failure { quote!(failed) } else { quote!(_) };
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

    /// Whether something of the step reads the URL of its request.
    fn reads_url(self) -> bool {
        let outputs = self.step.outputs.iter().flat_map(|output| output.value.expressions());
        let actions = [&self.step.on_success, &self.step.on_failure];
        let actions: Vec<&Action> =
            actions.into_iter().flat_map(|all| Action::possible(all)).collect();
        let criteria = actions.iter().flat_map(|action| &action.criteria);
        let criteria = self.step.success.iter().chain(criteria).flat_map(|one| one.expressions());
        let arguments = actions.iter().flat_map(|action| action.arguments());
        let arguments = arguments.flat_map(|argument| argument.value.expressions());
        let mut all = criteria.chain(outputs).chain(arguments);
        all.any(|one| one.kind == crate::model::ExpressionKind::Url)
    }

    /// The time that the step may take.
    fn limit(self) -> Option<TokenStream> {
        let limit = proc_macro2::Literal::u64_unsuffixed(self.step.timeout_ms?);
        Some(quote!(.at_most(Duration::from_millis(#limit))))
    }

    /// Whether actions of success read the answer.
    fn reads_answer(self) -> bool {
        has_word(&self.next(), "answer")
    }

    fn emit_send(self, messages: &[MessageReference]) -> TokenStream {
        let Some(message) = messages.first() else { return TokenStream::new() };
        let channel = self.statics.channel(*message);
        let payload = self.step.body.as_ref().and_then(|body| body.payload.as_ref());
        let payload = payload.map_or(quote!(Value::Null), |payload| self.scope().owned(payload));
        let replaced =
            self.step.body.iter().flat_map(|body| &body.replacements).map(|replacement| {
                let pointer = super::value::pointer(&replacement.pointer);
                let value = self.scope().owned(&replacement.value);
                quote!(replace(&mut payload, #pointer, #value)?;)
            });
        let replaced: Vec<_> = replaced.collect();
        let mutable = (!replaced.is_empty()).then(|| quote!(mut));
        let (outputs, checks) = (self.outputs(), self.holds());
        let owed = self.owed();
        let payload = quote!(let #mutable payload = #payload; #(#replaced)*);
        let limit = self.limit();
        let publish = quote!(visit #limit.publish(&#channel, &payload).await);
        if owed.is_empty() && self.step.on_failure.is_empty() {
            return quote!(#payload #publish?; #checks #outputs);
        }
        let [always, _] = self.by_way(&owed);
        let (asks, accepts) = (self.asks(&owed), self.accepts(&always));
        let declines = self.declines(&owed, &quote!(&failed.cause));
        let attempt = match checks.is_empty() {
            true => publish,
            false => quote!(async { #publish?; #checks Ok::<_, Cause>(()) }.await),
        };
        let sent = self.tried(&attempt, &declines);
        quote! {
            #payload
            #asks
            #sent;
            #outputs
            #accepts
        }
    }

    fn emit_receive(self, messages: &[MessageReference]) -> TokenStream {
        let Some(wait) = self.wait(messages) else {
            // Any message would do, so there is nothing to wait for.
            return quote!(let _ = (visit, state););
        };
        let (outputs, checks) = (self.outputs(), self.holds());
        // A target that shows no messages has nothing to be held against the criteria.
        let following = if self.jumps { self.following() } else { quote!(()) };
        let reads = |code: &TokenStream| has_word(code, "payload");
        let payload = quote!(message.payload().clone());
        let is_read_after = reads(&outputs) || reads(&self.next());
        if self.step.on_failure.is_empty() {
            if !is_read_after && !reads(&checks) {
                return quote!(#wait?; #checks #outputs);
            }
            return quote! {
                let Some(message) = #wait? else { return Ok(#following) };
                let payload = #payload;
                #checks
                #outputs
            };
        }
        // Criteria of failure may read the message that did not pass.
        let is_kept = reads(&self.failures()) || self.retries().is_some_and(|code| reads(&code));
        let attempt = match (checks.is_empty() && !is_kept, is_kept, reads(&checks)) {
            (true, ..) => wait,
            (_, false, false) => quote! {
                async { let message = #wait?; #checks Ok::<_, Cause>(message) }.await
            },
            (_, is_kept, _) => {
                let binding = if is_kept { quote!() } else { quote!(let) };
                // What an attempt before received says nothing of this one.
                let reset =
                    (is_kept && self.retries().is_some()).then(|| quote!(payload = Value::Null;));
                quote! {
                    async {
                        #reset
                        let Some(message) = #wait? else { return Ok(None) };
                        #binding payload = #payload;
                        #checks
                        Ok::<_, Cause>(Some(message))
                    }.await
                }
            }
        };
        let tried = self.tried(&attempt, &quote!());
        let kept = is_kept.then(|| quote!(let mut payload = Value::Null;));
        let after = match (is_read_after, is_kept) {
            (false, _) => quote!(#tried;),
            (true, true) => quote! {
                let received = #tried;
                if received.is_none() {
                    return Ok(#following);
                }
            },
            (true, false) => quote! {
                let received = #tried;
                let Some(message) = received else { return Ok(#following) };
                let payload = #payload;
            },
        };
        quote!(#kept #after #outputs)
    }

    /// The wait for a message: nothing where any one would do.
    fn wait(self, messages: &[MessageReference]) -> Option<TokenStream> {
        let (message, key) = (messages.first()?, self.step.correlation.as_ref()?);
        let channel = self.statics.channel(*message);
        let key = self.scope().reference_to(key);
        let timeout =
            proc_macro2::Literal::u64_unsuffixed(self.step.timeout_ms.unwrap_or(USUAL_TIMEOUT_MS));
        let given = quote!(&text(#key), Duration::from_millis(#timeout));
        Some(match messages {
            [_] => quote!(visit.receive(&#channel, #given).await),
            several => {
                let channels = several.iter().map(|one| self.statics.channel(*one));
                quote!(visit.receive_any(&[#(&#channels),*], #given).await)
            }
        })
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

    /// A workflow that is run or led to, and its inputs: arguments in parentheses.
    pub(super) fn call(
        self,
        called: usize,
        arguments: &[Argument],
        place: Phase,
    ) -> Option<TokenStream> {
        let name = names::constant(self.system.workflow_list().get(called)?);
        let inputs = arguments.iter().filter(|one| one.location.is_none()).map(|argument| {
            let (name, value) = (&argument.name, self.scope().owned(&argument.value));
            match place {
                // After a failure there may be no answer.
                Phase::Failed if has_word(&value, "answer") => {
                    quote!((#name, failed.answer.as_deref().map_or(Value::Null, |answer| #value)))
                }
                _ => quote!((#name, #value)),
            }
        });
        Some(quote!((&crate::#name, vec![#(#inputs),*])))
    }

    /// A run of another workflow before the step is tried again, which the time of the step says nothing of.
    pub(super) fn run(
        self,
        called: usize,
        arguments: &[Argument],
        place: Phase,
    ) -> Option<TokenStream> {
        let call = self.call(called, arguments, place)?;
        Some(quote!(Box::pin(visit.run #call).await))
    }

    fn emit_run(self, called: usize) -> TokenStream {
        let (Some(workflow), Some(call)) = (
            self.system.workflow_list().get(called),
            self.call(called, &self.step.arguments, Phase::Step),
        ) else {
            return TokenStream::new();
        };
        let limit = self.limit();
        let run = quote!(Box::pin(visit #limit.run #call).await);
        let outputs = self.outputs();
        let carried = Carried::by(self.workflow).from(workflow).into_iter();
        let carried =
            carried.map(|(wire, field)| quote!(state.#field = named(&outputs, #wire).clone();));
        let carried: TokenStream = carried.collect();
        let checks = self.holds();
        let reads = |code: &TokenStream| has_word(code, "outputs");
        let is_read_after = reads(&outputs) || reads(&carried) || reads(&self.next());
        let binding = |is_read| if is_read { quote!(let outputs =) } else { quote!() };
        if self.step.on_failure.is_empty() {
            let binding = binding(is_read_after || reads(&checks));
            return quote!(#binding #run?; #carried #checks #outputs);
        }
        // Criteria of failure may read what a workflow put out that did not pass.
        if reads(&self.failures()) || self.retries().is_some_and(|code| reads(&code)) {
            // What an attempt before put out says nothing of this one.
            let reset = self.retries().map(|_| quote!(outputs.clear();));
            let attempt =
                quote!(async { #reset outputs = #run?; #checks Ok::<_, Cause>(()) }.await);
            let tried = self.tried(&attempt, &quote!());
            return quote!(let mut outputs = Outputs::new(); #tried; #carried #outputs);
        }
        let attempt = match checks.is_empty() {
            true => run,
            false => quote!(async { let outputs = #run?; #checks Ok::<_, Cause>(outputs) }.await),
        };
        let (binding, tried) = (binding(is_read_after), self.tried(&attempt, &quote!()));
        quote!(#binding #tried; #carried #outputs)
    }

    fn outputs(self) -> TokenStream {
        let outputs = self.step.outputs.iter().filter_map(|output| {
            let field = output_field(self.step, &output.name.wire)?;
            let value = self.scope().owned(&output.value);
            Some(quote!(state.#field = #value;))
        });
        quote!(#(#outputs)*)
    }
}

/// The outputs of other workflows that a workflow reads.
pub(super) struct Carried<'w> {
    reader: &'w Workflow,
    /// Each as the id of that workflow and the name of the output.
    read: BTreeSet<(&'w str, &'w str)>,
}

impl<'w> Carried<'w> {
    pub(super) fn by(reader: &'w Workflow) -> Self {
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
        Self { reader, read: read.collect() }
    }

    /// Those of one workflow, each with its field.
    pub(super) fn from<'o>(&self, other: &'o Workflow) -> Vec<(&'o str, Ident)> {
        if self.read.is_empty() || other.document != self.reader.document {
            return vec![];
        }
        let names = other.outputs.iter().map(|output| output.name.wire.as_str());
        names
            .filter(|wire| self.read.contains(&(other.id.wire.as_str(), *wire)))
            .filter_map(|wire| Some((wire, carried_field(other, wire)?)))
            .collect()
    }
}
