//! A step that failed: its cause and what was answered, for whoever decides whether it is sent again.

use std::time::Duration;

use crate::cause::Cause;
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
    /// What may pass is sent again, four times at most.
    pub(crate) fn if_it_may_pass<T>(failed: &Failed<T>) -> Option<Self> {
        let again = Self { action: 0, after: Duration::from_millis(200), limit: 4 };
        failed.cause.may_pass().then_some(again)
    }
}

/// How often a step was sent again, by action.
#[derive(Debug, Default)]
pub(crate) struct Counts(Vec<u32>);

impl Counts {
    /// Counts one more, unless the action has reached its limit.
    pub(crate) fn allow(&mut self, again: &Again) -> bool {
        if self.0.len() <= again.action {
            self.0.resize(again.action + 1, 0);
        }
        let count = &mut self.0[again.action];
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
        let mut counts = Counts::default();
        assert!(counts.allow(&again(1, 2)) && counts.allow(&again(0, 1)));
        assert!(counts.allow(&again(1, 2)) && !counts.allow(&again(1, 2)));
        assert!(!counts.allow(&again(0, 1)) && !counts.allow(&again(2, 0)));
    }
}
