//! What a step does after a failure: the actions of `onFailure`, in their order. A retry may run another step, or a
//! workflow, before the step is tried again.
//!
//! A condition about the answer does not hold where there was none; `$statusCode == null` says that there was none.

use proc_macro2::{Literal as Token, TokenStream, TokenTree};
use quote::quote;

use super::condition::{all_of, when};
use super::lead::Phase;
use super::names;
use super::step::Part;
use super::value::Scope;
use crate::model::{
    Action, ActionKind, Comparison, Condition, Criterion, CriterionKind, ExpressionKind, Goto,
    Literal,
};

impl Part<'_> {
    /// The function that says how a failed request is sent again; nothing where no action does.
    pub(super) fn again(self) -> Option<TokenStream> {
        let body = self.retries()?;
        let failed = if has_word(&body, "failed") { quote!(failed) } else { quote!(_) };
        Some(quote!(|#failed: &Failed<_>| #body))
    }

    /// The retries that may be taken after a failure, in their order; nothing where no action is one.
    pub(super) fn retries(self) -> Option<TokenStream> {
        let mut before: Vec<TokenStream> = vec![];
        let mut found = vec![];
        for (index, action) in Action::possible(&self.step.on_failure).iter().enumerate() {
            let when = self.scope().failed(&action.criteria);
            let ActionKind::Retry { after_ms, limit, .. } = &action.kind else {
                before.extend(when);
                continue;
            };
            let after = Token::u64_unsuffixed(*after_ms);
            let limit = Token::u32_unsuffixed(u32::try_from(*limit).unwrap_or(u32::MAX));
            let index = Token::usize_unsuffixed(index);
            let again = quote!(Again { action: #index, after: Duration::from_millis(#after), limit: #limit });
            let holds: Vec<TokenStream> =
                before.iter().map(|other| quote!(!(#other))).chain(when).collect();
            found.push(match holds.is_empty() {
                true => quote!(Some(#again)),
                false => {
                    let holds = all_of(holds);
                    let joins = |token| matches!(token, TokenTree::Punct(sign) if "|&!<=>".contains(sign.as_char()));
                    match holds.clone().into_iter().any(joins) {
                        true => quote!((#holds).then_some(#again)),
                        false => quote!(#holds.then_some(#again)),
                    }
                }
            });
        }
        match found.as_slice() {
            [] => None,
            [only] => Some(only.clone()),
            several => Some(quote!([#(#several),*].into_iter().flatten())),
        }
    }

    /// What is done after a failure that no retry is left for: statements that return.
    pub(super) fn failures(self) -> TokenStream {
        let leads = Action::possible(&self.step.on_failure).iter();
        let leads =
            leads.filter_map(|action: &Action| Some((action, self.lead(action, Phase::Failed)?)));
        let mut is_certain = false;
        let leads: Vec<TokenStream> = leads
            .map(|(action, lead)| match self.scope().failed(&action.criteria) {
                None => {
                    is_certain = true;
                    lead.returned()
                }
                Some(holds) => when(holds, &lead.returned()),
            })
            .collect();
        let fails = (!is_certain).then(|| quote!(return Err(failed.into());));
        quote!(#(#leads)* #fails)
    }

    /// What runs before the step is tried again, by the number of the action: arms of a `match`.
    pub(super) fn before_again(self) -> Vec<TokenStream> {
        let actions = Action::possible(&self.step.on_failure).iter().enumerate();
        let arms = actions.filter_map(|(index, action)| {
            let ActionKind::Retry { first: Some(first), .. } = &action.kind else { return None };
            let index = Token::usize_unsuffixed(index);
            let run = match first {
                // One that names its own step is a plain retry.
                Goto::Step(step, _) if *step == self.step.id.wire => return None,
                Goto::Step(step, _) => {
                    let step = self.workflow.step(step)?;
                    let function = names::function(step);
                    // It runs for the sake of this step, so nothing comes of where it leads.
                    let stay = step.leads_out().then(|| quote!(visit.stay();));
                    quote!(Box::pin(#function(visit, state)).await?; #stay)
                }
                Goto::Workflow(called, arguments) => {
                    let run = self.run(*called, arguments, Phase::Failed)?;
                    quote!(#run?;)
                }
            };
            Some(quote!(Some(#index) => { #run }))
        });
        arms.collect()
    }

    /// An attempt that is no request, repeated and given up as the actions say: an expression of what it comes to.
    /// `attempt` is a `Result` with a cause; `declines` is done before it is given up.
    pub(super) fn tried(self, attempt: &TokenStream, declines: &TokenStream) -> TokenStream {
        let failures = self.failures();
        let retries = self.retries();
        let reads = [Some(&failures), Some(declines), retries.as_ref()].into_iter().flatten();
        let reads = reads.into_iter().any(|code| has_word(code, "failed"));
        let (cause, failed) = match reads {
            true => (quote!(cause), quote!(let failed: Failed<()> = cause.into();)),
            false => (quote!(_), TokenStream::new()),
        };
        let Some(retries) = retries else {
            return quote! {
                match #attempt {
                    Ok(done) => done,
                    Err(#cause) => { #failed #declines #failures }
                }
            };
        };
        let arms = self.before_again();
        // Conditions are looked at before the visit waits, which they may read.
        quote! {
            {
                let mut tries = Tries::default();
                loop {
                    let attempt = #attempt;
                    match attempt {
                        Ok(done) => break done,
                        Err(#cause) => {
                            #failed
                            let again = #retries;
                            match visit.again(&mut tries, again).await {
                                #(#arms)*
                                Some(_) => {}
                                None => { #declines #failures }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether code has a word.
pub(super) fn has_word(code: &TokenStream, name: &str) -> bool {
    code.clone().into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == name,
        TokenTree::Group(group) => has_word(&group.stream(), name),
        _ => false,
    })
}

impl Scope<'_> {
    /// Whether a failure is one that criteria mean; nothing where they mean any.
    fn failed(self, criteria: &[Criterion]) -> Option<TokenStream> {
        let all = criteria.iter().map(|criterion| match &criterion.kind {
            CriterionKind::Simple(condition) => self.failed_condition(condition),
            _ => answered(self.all(std::slice::from_ref(criterion))),
        });
        let all: Vec<TokenStream> = all.collect();
        match all.as_slice() {
            [] => None,
            [only] => Some(only.clone()),
            several => Some(quote!(#((#several))&&*)),
        }
    }

    fn failed_condition(self, condition: &Condition) -> TokenStream {
        if !asks_for_none(condition) {
            return answered(self.condition(condition));
        }
        match condition {
            Condition::Not(inner) => {
                let inner = self.failed_condition(inner);
                quote!(!(#inner))
            }
            Condition::And(left, right) => {
                let (left, right) = (self.failed_condition(left), self.failed_condition(right));
                quote!((#left) && (#right))
            }
            Condition::Or(left, right) => {
                let (left, right) = (self.failed_condition(left), self.failed_condition(right));
                quote!(#left || #right)
            }
            // A workflow's last response is known to the visit.
            Condition::Compare(comparison, ..) if self.calls_workflow() => match comparison {
                Comparison::NotEqual => quote!(visit.last_status() != 0),
                _ => quote!(visit.last_status() == 0),
            },
            Condition::Compare(Comparison::NotEqual, ..) => quote!(failed.answer.is_some()),
            _ => quote!(failed.answer.is_none()),
        }
    }
}

/// A condition about the answer, where there was one.
fn answered(condition: TokenStream) -> TokenStream {
    match has_word(&condition, "answer") {
        true => quote!(failed.answered(|answer| #condition)),
        false => condition,
    }
}

/// Whether a condition asks somewhere whether there was an answer at all.
fn asks_for_none(condition: &Condition) -> bool {
    match condition {
        Condition::Literal(_) | Condition::Value(_) => false,
        Condition::Not(inner) => asks_for_none(inner),
        Condition::And(left, right) | Condition::Or(left, right) => {
            asks_for_none(left) || asks_for_none(right)
        }
        Condition::Compare(Comparison::Equal | Comparison::NotEqual, left, right) => matches!(
            (left.as_ref(), right.as_ref()),
            (Condition::Value(value), Condition::Literal(Literal::Null))
                if value.kind == ExpressionKind::StatusCode
        ),
        Condition::Compare(..) => false,
    }
}
