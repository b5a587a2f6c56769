//! A step that failed: its cause and the answer, by which it is decided whether to send it again.

use std::time::Duration;

use crate::cause::Cause;
use crate::record::ErrorSample;
use crate::request::Answer;

/// A step that failed.
#[derive(Debug)]
pub struct Failed<T> {
    /// Why.
    pub cause: Cause,
    /// The answer, where there was one: also one that the contract does not allow.
    pub answer: Option<Box<Answer<T>>>,
}

impl<T> Failed<T> {
    /// Whether there was an answer of which this holds.
    pub fn answered(&self, holds: impl FnOnce(&Answer<T>) -> bool) -> bool {
        self.answer.as_deref().is_some_and(holds)
    }

    /// What finds it in logs and traces.
    pub(crate) fn sample(&self, at_ms: u64) -> ErrorSample {
        let header = |names: &[&str]| {
            let answer = self.answer.as_deref()?;
            names.iter().find_map(|name| answer.header(name)).map(str::to_owned)
        };
        // `Root=1-67891233-abcdef012345678912345678;Sampled=0`
        let trace = header(&["x-amzn-trace-id"]);
        let root = trace
            .as_deref()
            .and_then(|text| text.split(';').find_map(|part| part.trim().strip_prefix("Root=")));
        ErrorSample {
            at_ms,
            status: self.answer.as_deref().map(Answer::status),
            request_id: header(&["x-amzn-requestid", "apigw-requestid", "x-request-id"]),
            trace_id: root.map(str::to_owned),
            log: Vec::new(),
        }
    }

    /// Whether the answer is a success of the contract to which a criterion does not apply.
    pub(crate) fn is_success(&self) -> bool {
        self.answered(|answer| answer.output().is_some())
    }
}

impl<T> From<Cause> for Failed<T> {
    fn from(cause: Cause) -> Self {
        Self { cause, answer: None }
    }
}

impl<T> From<Failed<T>> for Cause {
    fn from(failed: Failed<T>) -> Self {
        failed.cause
    }
}

/// That a failed step is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Again {
    /// The number of the action that says so; each counts by itself.
    pub action: usize,
    /// The wait before.
    pub after: Duration,
    /// How often at most.
    pub limit: u32,
}

impl Again {
    /// What may pass is sent again, four times at most; once where no response came within the
    /// time limit, be it the half minute of every request or a shorter one of the step or of its workflow.
    pub(crate) fn if_it_may_pass<T>(failed: &Failed<T>) -> Option<Self> {
        let limit = if matches!(failed.cause, Cause::Timeout(_)) { 1 } else { 4 };
        let again = Self { action: 0, after: Duration::from_millis(200), limit };
        failed.cause.may_pass().then_some(again)
    }
}

/// The tries of a step: how often each action had it sent again, and which one does so now.
#[derive(Debug, Default)]
pub struct Tries {
    counts: Vec<u32>,
    next: Option<Again>,
}

impl Tries {
    /// The number of the action by which the step is sent again; none where it failed for good.
    #[must_use]
    pub fn action(&self) -> Option<usize> {
        self.next.map(|next| next.action)
    }

    /// How often the step was sent again.
    pub(crate) fn n_again(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// The first of these actions that has not reached its limit, counted once more.
    pub(crate) fn choose(&mut self, actions: impl IntoIterator<Item = Again>) -> Option<Again> {
        self.next = actions.into_iter().find(|again| self.allow(again));
        self.next
    }

    fn allow(&mut self, again: &Again) -> bool {
        if self.counts.len() <= again.action {
            self.counts.resize(again.action + 1, 0);
        }
        let count = &mut self.counts[again.action];
        let allowed = *count < again.limit;
        *count += u32::from(allowed);
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_action_counts_by_itself() {
        let again = |action, limit| Again { action, after: Duration::ZERO, limit };
        let mut tries = Tries::default();
        let mut chosen = |actions: &[Again]| {
            tries.choose(actions.iter().copied());
            tries.action()
        };
        assert_eq!(chosen(&[again(1, 2), again(0, 1)]), Some(1));
        assert_eq!(chosen(&[again(1, 2), again(0, 1)]), Some(1));
        assert_eq!(chosen(&[again(1, 2), again(0, 1)]), Some(0));
        assert_eq!(chosen(&[again(1, 2), again(0, 1), again(2, 0)]), None);
        assert_eq!(tries.n_again(), 3);
    }
}
