//! Which steps run after another, as far as that is certain: a promise is owed only where the way leads to the step that
//! sees it kept.

use super::{Action, ActionKind, Goto, Owed, Step, Target, Workflow};

/// Whether the ways that go on from some point lead to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// All of them.
    All,
    /// Some of them.
    Some,
    /// None.
    None,
}

impl Reach {
    fn and(self, other: Self) -> Self {
        if self == other { self } else { Self::Some }
    }
}

/// What becomes of the promise of a step that receives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// It is owed by each success of the step that owes.
    Always,
    /// It is owed where that step's own actions lead to the step that sees it kept; each of them always or never does.
    ByAction,
    /// It is not counted, because a way between both steps may lead elsewhere.
    NotOnWay,
    /// It is not counted, because the workflow says what it does where no message comes.
    NotIfFailed,
}

impl Workflow {
    /// Whether a promise is counted. One that the contract names (`x-promise`) always is.
    #[must_use]
    pub fn counted(&self, owed: &Owed<'_>) -> Counted {
        let is_named = owed.kept.promise.as_ref().is_some_and(|promise| promise.step.is_some());
        if is_named || !matches!(owed.kept.target, Target::Receive(_)) {
            return Counted::Always;
        }
        let leads_on = |action: &Action| !matches!(action.kind, ActionKind::Retry { .. });
        if owed.kept.on_failure.iter().any(|action| !action.shared && leads_on(action)) {
            return Counted::NotIfFailed;
        }
        let (actions, after) = self.ways(owed.by, owed.kept);
        let mut all = actions.into_iter().chain(after);
        match all.clone().reduce(Reach::and) {
            Some(Reach::All) => Counted::Always,
            Some(Reach::Some) if all.all(|one| one != Reach::Some) => Counted::ByAction,
            _ => Counted::NotOnWay,
        }
    }

    /// Whether the ways after the success of a step lead to another: those of each action that may be taken, and that of
    /// none.
    #[must_use]
    pub fn ways(&self, from: &Step, to: &Step) -> (Vec<Reach>, Option<Reach>) {
        let Some(at) = self.steps.iter().position(|step| step.id == from.id) else {
            return (vec![], None);
        };
        let walk = &mut Walk { workflow: self, to, known: vec![None; self.steps.len()] };
        walk.ways(at)
    }
}

struct Walk<'w> {
    workflow: &'w Workflow,
    to: &'w Step,
    /// What is known of each step; of one that is being looked at, that it does not lead anywhere else.
    known: Vec<Option<Reach>>,
}

impl Walk<'_> {
    fn ways(&mut self, at: usize) -> (Vec<Reach>, Option<Reach>) {
        let workflow = self.workflow;
        let possible = Action::possible(&workflow.steps[at].on_success);
        let goes_on = !possible.last().is_some_and(Action::is_certain);
        let leads = possible.iter().filter_map(|action| match &action.kind {
            ActionKind::Retry { .. } => None,
            ActionKind::Goto(Goto::Step(id, _)) => {
                let next = workflow.position(id);
                Some(next.map_or(Reach::None, |next| self.from(next)))
            }
            ActionKind::End | ActionKind::Goto(Goto::Workflow(..)) => Some(Reach::None),
        });
        let leads = leads.collect();
        (leads, goes_on.then(|| self.from(at + 1)))
    }

    fn from(&mut self, at: usize) -> Reach {
        let Some(step) = self.workflow.steps.get(at) else { return Reach::None };
        if step.id == self.to.id {
            return Reach::All;
        }
        if let Some(known) = self.known[at] {
            return known;
        }
        // A way that comes back goes on from here once more.
        self.known[at] = Some(Reach::All);
        let (actions, after) = self.ways(at);
        let found = actions.into_iter().chain(after).reduce(Reach::and).unwrap_or(Reach::None);
        self.known[at] = Some(found);
        found
    }
}
