//! What all users of a run share, and what a run hands from one workflow to another.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use crate::base::Base;
use crate::callers::Callers;
use crate::clock::{SlotClock, StartLine};
use crate::crew::Crew;
use crate::feeds::Feeds;
use crate::ledger::Ledger;
use crate::messages::Messages;
use crate::record::Recorder;
use crate::system::{System, Workflow};
use crate::target::Target;

/// What all users of a run share.
pub struct Shared {
    /// The run's own name: letters and digits.
    pub id: String,
    /// What everything drawn is drawn from.
    pub seed: u64,
    /// What is loaded.
    pub system: &'static System,
    /// Where it stands.
    pub target: Arc<Target>,
    /// Where requests go.
    pub base: Base,
    /// With which credentials.
    pub callers: Callers,
    /// Where inputs come from.
    pub feeds: Arc<Feeds>,
    /// What was measured.
    pub recorder: Recorder,
    /// What was seen on the bus, and what was promised.
    pub messages: Arc<Messages>,
    /// Holds the users together at the start and sends them home at the end.
    pub line: StartLine,
    /// One schedule for each workflow of the load.
    pub clocks: Vec<(&'static Workflow, SlotClock)>,
    /// Users beyond those of the beginning.
    pub crew: Crew,
    /// What workflows before the load passed on.
    pub outputs: Mutex<Outputs>,
    /// What the run made, by kind.
    pub made: Mutex<BTreeMap<&'static str, Vec<String>>>,
}

impl Shared {
    /// The schedule of a workflow, if anybody comes for it.
    #[must_use]
    pub fn clock(&self, workflow: &Workflow) -> Option<&SlotClock> {
        self.clocks.iter().find(|(of, _)| of.id == workflow.id).map(|(_, clock)| clock)
    }

    /// The ledger, to read or write for a moment.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.messages.ledger()
    }

    /// What the workflows before the load passed on.
    pub fn outputs(&self) -> MutexGuard<'_, Outputs> {
        self.outputs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Text that no other visit of any run has.
    #[must_use]
    pub fn unique(&self, workflow: &Workflow, slot: u64) -> String {
        format!("{}{}-{slot}", self.prefix(), workflow.id)
    }

    /// What everything that the run names begins with.
    #[must_use]
    pub fn prefix(&self) -> String {
        prefix(&self.id)
    }

    /// Notes something that the run made.
    pub fn made(&self, kind: &'static str, value: &str) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.entry(kind).or_default().push(value.to_owned());
    }

    /// Notes that something that the run made is there no longer.
    pub fn gone(&self, kind: &'static str, value: &str) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(values) = made.get_mut(kind)
            && let Some(at) = values.iter().rposition(|one| one == value)
        {
            values.swap_remove(at);
        }
    }

    /// Everything of a kind that the run made.
    #[must_use]
    pub fn all_made(&self, kind: &str) -> Vec<String> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.get(kind).cloned().unwrap_or_default()
    }
}

/// What everything begins with that any run names.
pub(crate) const NAMED: &str = "lt-";

/// What everything begins with that a run names.
pub(crate) fn prefix(run: &str) -> String {
    format!("{NAMED}{run}-")
}

/// What workflows before the load passed on: values by workflow and name.
#[derive(Debug, Default)]
pub struct Outputs(BTreeMap<(&'static str, &'static str), Vec<Value>>);

impl Outputs {
    /// Adds a value.
    pub fn add(&mut self, workflow: &'static str, name: &'static str, value: Value) {
        self.0.entry((workflow, name)).or_default().push(value);
    }

    /// Every value of a name, in the order in which they were passed on.
    #[must_use]
    pub fn get(&self, workflow: &str, name: &str) -> &[Value] {
        let found = self.0.iter().find(|((of, key), _)| *of == workflow && *key == name);
        found.map(|(_, values)| values.as_slice()).unwrap_or_default()
    }
}
