//! Promises: what a step owes once it was accepted, and the step that sees it kept.

use super::{
    Counted, Expression, ExpressionKind, OperationReference, Step, StepValue, Target, Workflow,
};
use crate::source::Span;

/// What a step says of the promise that it sees kept (`x-promise`).
#[derive(Debug, Clone, PartialEq)]
pub struct Promise {
    /// The step that owes, where the contract says so.
    pub step: Option<String>,
    /// The key under which something is owed; none where a message is, whose correlation id it is.
    pub key: Option<StepValue>,
    /// Where an answer has what there is under the key.
    pub items: Expression,
    /// Where each of these has what tells it from others: a JSON pointer.
    pub id: Pointer,
    /// What that must be.
    pub equals: Option<StepValue>,
    /// When the server says that it was asked.
    pub requested_at: Option<StepValue>,
    /// Where each says when it came to be.
    pub created_at: Option<Pointer>,
    /// How everything can be read that there is under any key.
    pub list: Option<PromiseList>,
    /// Where it stands.
    pub span: Span,
}

impl Promise {
    /// The values that it reads where the step is.
    pub fn values(&self) -> impl Iterator<Item = &StepValue> {
        [&self.key, &self.equals, &self.requested_at].into_iter().flatten()
    }
}

/// A JSON pointer below a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Pointer {
    /// Its steps; none is the value itself.
    pub steps: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// An operation that reads what there is under every key.
#[derive(Debug, Clone, PartialEq)]
pub struct PromiseList {
    /// The operation.
    pub operation: OperationReference,
    /// Where each thing has its key.
    pub key: Pointer,
    /// Where the operation is named.
    pub span: Span,
}

/// A promise of a workflow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Owed<'a> {
    /// The step that owes.
    pub by: &'a Step,
    /// The step that sees it kept: one that receives a message, or one that reads a state.
    pub kept: &'a Step,
    /// The key that ties both together.
    pub key: &'a StepValue,
}

/// The expressions that a value is made of.
fn texts(value: &StepValue) -> Vec<&str> {
    value.expressions().into_iter().map(|expression| expression.text.as_str()).collect()
}

impl Workflow {
    /// Every promise that is counted, in the order of the steps that see them kept.
    #[must_use]
    pub fn promises(&self) -> Vec<Owed<'_>> {
        let all = self.steps.iter().filter_map(|kept| self.owed(kept));
        let is_counted =
            |owed: &Owed<'_>| matches!(self.counted(owed), Counted::Always | Counted::ByAction);
        all.filter(is_counted).collect()
    }

    /// Which of the messages under a key keep a promise, where several steps wait for one each: how many come before its
    /// own, and whether none comes after.
    #[must_use]
    pub fn share(&self, owed: &Owed<'_>) -> (usize, bool) {
        let Target::Receive(messages) = &owed.kept.target else { return (0, true) };
        let is_alike = |step: &&Step| {
            let Target::Receive(others) = &step.target else { return false };
            let key = step.correlation.as_ref().map(texts);
            let is_on_way = || {
                let other = self.owed(step);
                other.is_some_and(|one| self.counted(&one) != Counted::NotOnWay)
            };
            others.iter().any(|one| messages.contains(one))
                && key == Some(texts(owed.key))
                && is_on_way()
        };
        let alike: Vec<&Step> = self.steps.iter().filter(is_alike).collect();
        let at = alike.iter().position(|step| step.id == owed.kept.id).unwrap_or_default();
        (at, at + 1 >= alike.len())
    }

    /// The promise that a step sees kept.
    #[must_use]
    pub fn owed<'a>(&'a self, kept: &'a Step) -> Option<Owed<'a>> {
        let promise = kept.promise.as_ref();
        let key = match &kept.target {
            Target::Receive(_) => kept.correlation.as_ref()?,
            Target::Operation(_) => promise?.key.as_ref()?,
            Target::Send(_) | Target::Workflow(_) => return None,
        };
        let by = match promise.and_then(|promise| promise.step.as_ref()) {
            Some(step) => self.step(step)?,
            None => self.asker(kept, key)?,
        };
        Some(Owed { by, kept, key })
    }

    /// The step of which something comes: the one whose output it is known by, or the last one before that changes
    /// something.
    fn asker(&self, kept: &Step, key: &StepValue) -> Option<&Step> {
        let named = key.expressions().into_iter().find_map(|expression| match &expression.kind {
            ExpressionKind::Step { step, .. } => self.step(step),
            _ => None,
        });
        let sends = |step: &&Step| {
            matches!(step.target, Target::Operation(_) | Target::Send(_)) && step.promise.is_none()
        };
        let before =
            || self.steps.iter().take_while(|step| step.id != kept.id).filter(sends).last();
        named.filter(sends).or_else(before)
    }
}
