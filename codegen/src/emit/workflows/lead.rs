//! Where a step leads: the actions of its success, and the step behind it.

use proc_macro2::TokenStream;
use quote::quote;

use super::condition::when;
use super::step::Part;
use crate::emit::rust::ident;
use crate::model::{Action, ActionKind, Goto, Owed, Reach, Workflow};

/// Where an action is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// In the step, or after its success.
    Step,
    /// After its failure.
    Failed,
}

/// Whether a step succeeded or failed, what the workflow does next may be told by it.
pub(super) fn jumps(workflow: &Workflow) -> bool {
    workflow.steps.iter().any(|step| {
        !step.on_success.is_empty()
            || step.on_failure.iter().any(|one| !matches!(one.kind, ActionKind::Retry { .. }))
    })
}

/// Where an action leads: a workflow that may run after this one, and the next step.
pub(super) struct Lead {
    run: TokenStream,
    next: TokenStream,
}

impl Lead {
    /// Statements that return.
    pub(super) fn returned(&self) -> TokenStream {
        let Self { run, next } = self;
        quote!(#run return Ok(#next);)
    }

    /// The same at the end of a function.
    fn at_end(&self) -> TokenStream {
        let Self { run, next } = self;
        quote!(#run Ok(#next))
    }
}

impl Part<'_> {
    /// Where an action leads; nothing for a retry.
    pub(super) fn lead(self, action: &Action, place: Phase) -> Option<Lead> {
        let end = quote!(Next::End);
        match &action.kind {
            ActionKind::Retry { .. } => None,
            ActionKind::End => Some(Lead { run: quote!(), next: end }),
            ActionKind::Goto(Goto::Step(step, _)) => {
                let step = ident(&self.workflow.step(step)?.id.pascal);
                Some(Lead { run: quote!(), next: quote!(Next::#step) })
            }
            ActionKind::Goto(Goto::Workflow(called, arguments)) => {
                let call = self.call(*called, arguments, place)?;
                Some(Lead { run: quote!(visit.goto #call;), next: end })
            }
        }
    }

    /// What comes after a success.
    pub(super) fn next(self) -> TokenStream {
        if !self.jumps {
            return quote!(Ok(()));
        }
        let owed = self.owed();
        let [_, by_action] = self.by_way(&owed);
        // What is owed on one of the ways is accepted there.
        let accepts = |way: &dyn Fn((Vec<Reach>, Option<Reach>)) -> Option<Reach>| {
            let leads_on =
                |one: &&Owed<'_>| way(self.workflow.ways(self.step, one.kept)) == Some(Reach::All);
            let its: Vec<Owed<'_>> = by_action.iter().filter(leads_on).copied().collect();
            self.accepts(&its)
        };
        let run = accepts(&|(_, after)| after);
        let following = Lead { run, next: self.following() };
        let (mut before, mut last) = (TokenStream::new(), following);
        for (index, action) in Action::possible(&self.step.on_success).iter().enumerate() {
            let Some(mut lead) = self.lead(action, Phase::Step) else { continue };
            let accepted = accepts(&|(actions, _)| actions.get(index).copied());
            let run = &lead.run;
            lead.run = quote!(#accepted #run);
            match action.criteria.is_empty() {
                true => last = lead,
                false => before.extend(when(self.scope().all(&action.criteria), &lead.returned())),
            }
        }
        let last = last.at_end();
        quote!(#before #last)
    }

    /// The step behind this one.
    pub(super) fn following(self) -> TokenStream {
        let mut after =
            self.workflow.steps.iter().skip_while(|step| step.id != self.step.id).skip(1);
        after.next().map_or(quote!(Next::End), |step| {
            let step = ident(&step.id.pascal);
            quote!(Next::#step)
        })
    }
}
