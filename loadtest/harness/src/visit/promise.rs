//! What steps of a visit owe, and how the system is looked at again once everything has settled.

use jiff::Timestamp;
use serde_json::Value;

use super::Visit;
use crate::cause::Cause;
use crate::ledger::{Accepted, Entry, PendingPromise, StepOutcome};
use crate::system::{Checked, Promise, Sighting, Situation, Workflow};

impl Visit<'_> {
    /// Enters a step that is about to be sent and may owe something. Until it is settled, nobody knows its outcome.
    /// `key` is the correlation id, where it is known.
    pub fn ask(&mut self, promise: &'static Promise, key: Option<&str>) -> PendingPromise {
        let (workflow, slot) = (self.workflow.id, self.slot);
        self.shared.ledger().ask(promise, workflow, slot, key, Timestamp::now())
    }

    /// The step was accepted: one thing is owed.
    pub fn accept(&mut self, debt: PendingPromise, accepted: Accepted) {
        self.shared.ledger().accept(debt, accepted, self.n_attempts, Timestamp::now());
    }

    /// The step was not accepted: for certain, or nobody knows.
    pub fn decline(&mut self, debt: PendingPromise, cause: &Cause) {
        self.shared.ledger().decline(debt, cause, self.n_attempts, Timestamp::now());
    }

    /// A step read everything that there is under a key now.
    pub fn seen(&mut self, promise: &'static Promise, key: &str, sights: Vec<Sighting>) {
        self.shared.ledger().see(promise, key, sights, Timestamp::now());
    }

    /// Runs a workflow that looks once more, after everything has settled, at what an accepted or refused step left.
    /// It is given the inputs of the visit, and `outcome` and `kept`.
    ///
    /// # Errors
    /// When the system does not let itself be looked at.
    pub async fn look_back(
        &mut self,
        workflow: &'static Workflow,
        entry: &Entry,
        situation: Situation,
    ) -> Result<Checked, Cause> {
        if entry.outcome == StepOutcome::Unknown && !situation.is_settled {
            return Ok(Checked::Open);
        }
        let given = |visit: &mut Self, name: &'static str| match name {
            "outcome" => Value::from(entry.outcome.in_words()),
            "kept" => Value::from(situation.n_kept),
            name => visit.input(name),
        };
        let names = workflow.inputs.iter().map(|input| input.name);
        let inputs = names.map(|name| (name, given(self, name))).collect();
        match self.run(workflow, inputs).await {
            Ok(outputs) => {
                let is_under_way = outputs.get("underWay").is_some_and(|value| !value.is_null());
                let is_refused = matches!(entry.outcome, StepOutcome::Refused(_));
                Ok(if is_under_way && is_refused { Checked::UnderWay } else { Checked::Right })
            }
            // The system was overloaded or failed: what it did before is not known.
            Err(cause @ Cause::Status(429 | 500..)) => Err(cause),
            Err(Cause::Wrong(_) | Cause::Unsent(_) | Cause::Status(_) | Cause::Ends(_)) => {
                Ok(Checked::Wrong)
            }
            Err(cause) => Err(cause),
        }
    }
}
