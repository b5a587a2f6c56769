//! One virtual user in one slot: what a scenario may do. Sends, waits for messages, draws inputs, and enters into the
//! ledger what it is promised. Everything measured of it goes to the recorder.

use std::collections::BTreeMap;
use std::time::Duration;

use goose::goose::{GooseRequest, GooseUser};
use jiff::Timestamp;
use serde_json::Value;
use tokio::time::Instant;

use crate::base::read;
use crate::cause::{Cause, Retry};
use crate::clock::SlotClock;
use crate::dice::Dice;
use crate::ledger::{Accepted, Debt, Tally};
use crate::messages::Message;
use crate::request::{Answer, Request};
use crate::shared::Shared;
use crate::system::{Channel, Operation, Promise, Sight, Workflow};

/// The longest wait that `Retry-After` is obeyed for.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// A virtual user in a slot.
pub struct Visit<'u> {
    way: Way<'u>,
    shared: &'u Shared,
    workflow: &'static Workflow,
    slot: u64,
    unique: String,
    dice: Dice,
    inputs: BTreeMap<&'static str, Value>,
    outputs: BTreeMap<&'static str, Value>,
    /// When the next call was due: at first the slot's time, then the end of the call before.
    due: Instant,
    /// How often the last call was sent.
    n_attempts: u32,
}

/// How requests are sent.
enum Way<'u> {
    /// As a goose user, and measured.
    Measured(&'u mut GooseUser),
    /// Beside the load: nothing is recorded, and what may pass is tried again.
    Beside,
}

impl<'u> Visit<'u> {
    /// A visit of the load, whose first call is due at `due`.
    pub(crate) fn measured(
        user: &'u mut GooseUser,
        shared: &'u Shared,
        workflow: &'static Workflow,
        slot: u64,
        due: Instant,
    ) -> Self {
        Self::new(Way::Measured(user), shared, workflow, slot, due)
    }

    /// A visit beside the load: before it, or for a look.
    pub(crate) fn beside(shared: &'u Shared, workflow: &'static Workflow, slot: u64) -> Self {
        Self::new(Way::Beside, shared, workflow, slot, Instant::now())
    }

    fn new(
        way: Way<'u>,
        shared: &'u Shared,
        workflow: &'static Workflow,
        slot: u64,
        due: Instant,
    ) -> Self {
        Self {
            way,
            shared,
            workflow,
            slot,
            unique: shared.unique(workflow, slot),
            dice: Dice::of(shared.seed, workflow.id, slot),
            inputs: BTreeMap::new(),
            outputs: BTreeMap::new(),
            due,
            n_attempts: 0,
        }
    }

    /// Its number in the workflow's schedule.
    #[must_use]
    pub fn slot(&self) -> u64 {
        self.slot
    }

    /// Text that no other visit of any run has: `lt-1a2b3c4d-checkout-42`.
    #[must_use]
    pub fn unique(&self) -> &str {
        &self.unique
    }

    /// What [`Visit::unique`] is of another visit of this run.
    #[must_use]
    pub fn unique_of(&self, workflow: &Workflow, slot: u64) -> String {
        self.shared.unique(workflow, slot)
    }

    /// The run's own name: letters and digits.
    #[must_use]
    pub fn run_id(&self) -> &str {
        &self.shared.id
    }

    /// Dice that the seed, the workflow and the slot load.
    pub fn dice(&mut self) -> &mut Dice {
        &mut self.dice
    }

    /// The dice as they were at the start of any visit of this run.
    #[must_use]
    pub fn dice_of(&self, workflow: &Workflow, slot: u64) -> Dice {
        Dice::of(self.shared.seed, workflow.id, slot)
    }

    /// An input, drawn at the first call and the same from then on; `null` for one that the workflow does not list.
    pub fn input(&mut self, name: &str) -> Value {
        if let Some(value) = self.inputs.get(name) {
            return value.clone();
        }
        let Some(input) = self.workflow.inputs.iter().find(|input| input.name == name) else {
            return Value::Null;
        };
        // Dice of its own, so that a value does not depend on which input was asked for first.
        let key = format!("{}.{}", self.workflow.id, input.name);
        let mut dice = Dice::of(self.shared.seed, &key, self.slot);
        let value = self.shared.feeds.draw(
            self.workflow,
            input,
            self.slot,
            &self.unique,
            &mut dice,
            &self.shared.outputs(),
        );
        self.inputs.insert(input.name, value.clone());
        value
    }

    /// Every value that a workflow before the load passed to [`Visit::output`] under a name.
    #[must_use]
    pub fn carried(&self, workflow: &str, name: &str) -> Vec<Value> {
        self.shared.outputs().get(workflow, name).to_vec()
    }

    /// Lets the user wait of its own accord: the time does not count as the system's.
    pub async fn pause(&mut self, time: Duration) {
        tokio::time::sleep(time).await;
        self.due = Instant::now();
    }

    /// Sends a request, holds the answer against the contract, and then asks `criteria` what is wrong with it.
    ///
    /// # Errors
    /// The cause, when there is no answer, the contract does not allow it, or a criterion does not apply.
    pub async fn send<T: 'static>(
        &mut self,
        operation: &'static Operation,
        request: &Request<T>,
        criteria: impl Fn(&Answer<T>) -> Result<(), String>,
    ) -> Result<Answer<T>, Cause> {
        let retry = match self.way {
            Way::Measured(_) => Retry::NEVER,
            Way::Beside => Retry { after: Duration::from_millis(200), limit: 4, ..Retry::NEW },
        };
        self.persist(operation, request, &retry, criteria).await
    }

    /// Sends a request until its answer passes, or `retry` gives up.
    ///
    /// # Errors
    /// The last cause.
    pub async fn persist<T: 'static>(
        &mut self,
        operation: &'static Operation,
        request: &Request<T>,
        retry: &Retry,
        criteria: impl Fn(&Answer<T>) -> Result<(), String>,
    ) -> Result<Answer<T>, Cause> {
        self.n_attempts = 0;
        loop {
            self.n_attempts += 1;
            let (answer, after) = self.attempt(operation, request, &criteria).await;
            match answer {
                Err(cause) if self.n_attempts <= retry.limit && (retry.when)(&cause) => {
                    let wait = retry.wait(self.n_attempts).max(after.unwrap_or_default());
                    self.pause(wait).await;
                }
                answer => return answer,
            }
        }
    }

    /// One attempt, and how long the system asks to wait before another.
    async fn attempt<T: 'static>(
        &mut self,
        operation: &'static Operation,
        request: &Request<T>,
        criteria: &impl Fn(&Answer<T>) -> Result<(), String>,
    ) -> (Result<Answer<T>, Cause>, Option<Duration>) {
        let mut after = None;
        let answer = self.exchange(operation, request).await.and_then(|answer| {
            after = answer.header("retry-after").and_then(|text| text.parse().ok());
            match criteria(&answer) {
                Ok(()) => Ok(answer),
                Err(criterion) => Err(answer.failed(&criterion)),
            }
        });
        let now = Instant::now();
        if let Way::Measured(_) = self.way {
            self.shared.recorder.request(operation, now - self.due, answer.as_ref().err());
        }
        self.due = now;
        (answer, after.map(|seconds| Duration::from_secs(seconds).min(LONGEST_WAIT)))
    }

    /// Makes the request, in the load through goose, so that its own metrics see it too.
    async fn exchange<T: 'static>(
        &mut self,
        operation: &'static Operation,
        request: &Request<T>,
    ) -> Result<Answer<T>, Cause> {
        let credentials = self.shared.callers.headers(operation);
        let built = self.shared.base.request(&request.http, &credentials);
        let user = match &mut self.way {
            Way::Beside => {
                return request.read(operation, read(built.send().await?).await?);
            }
            Way::Measured(user) => user,
        };
        let goose_request =
            GooseRequest::builder().name(operation.id).set_request_builder(built).build();
        // Goose itself fails only over its own channels, which close when the load is over.
        let sent = user.request(goose_request).await.map_err(|_| Cause::Connection)?;
        let mut metric = sent.request;
        let answer = match sent.response {
            Ok(response) => request.read(operation, read(response).await?),
            Err(error) => Err(error.into()),
        };
        if let Err(cause @ Cause::OffContract(_)) = &answer {
            // What goose took for a success was none; it takes note, and its complaint is our answer anyway.
            let _ = user.set_failure(&cause.to_string(), &mut metric, None, None);
        }
        answer
    }

    /// Waits for the message with this correlation id, which may have come already. `None` at once on a target that
    /// shows no messages.
    ///
    /// # Errors
    /// [`Cause::NoMessage`] after `timeout`.
    pub async fn receive(
        &mut self,
        channel: &'static Channel,
        key: &str,
        timeout: Duration,
    ) -> Result<Option<Message>, Cause> {
        if !self.shared.messages.are_seen() {
            return Ok(None);
        }
        let message = self.shared.messages.wait(channel.id, key, timeout).await;
        self.due = Instant::now();
        match message {
            Some(message) => Ok(Some(message)),
            None => Err(Cause::NoMessage(channel.id)),
        }
    }

    /// Publishes a message on the channel's bus; complete when the bus has taken it.
    ///
    /// # Errors
    /// When the bus does not take it, or the target has none that the run reaches.
    pub async fn publish(
        &mut self,
        channel: &'static Channel,
        detail: &Value,
    ) -> Result<(), Cause> {
        let client = self.shared.base.client();
        let published = self.shared.target.publish(client, channel, detail).await;
        self.due = Instant::now();
        published.map_err(|error| Cause::wrong(&format!("{error:#}")))
    }

    /// Enters a step that is about to be sent and may owe something. Until it is settled, nobody knows its outcome.
    /// `key` is the correlation id, where it is known.
    pub fn ask(&mut self, promise: &'static Promise, key: Option<&str>) -> Debt {
        let (workflow, slot) = (self.workflow.id, self.slot);
        self.shared.ledger().ask(promise, workflow, slot, key, Timestamp::now())
    }

    /// The step was accepted: one thing is owed.
    pub fn accept(&mut self, debt: Debt, accepted: Accepted) {
        self.shared.ledger().accept(debt, accepted, self.n_attempts, Timestamp::now());
    }

    /// The step was not accepted: for certain, or nobody knows.
    pub fn decline(&mut self, debt: Debt, cause: &Cause) {
        self.shared.ledger().decline(debt, cause, self.n_attempts, Timestamp::now());
    }

    /// A step read everything that there is under a key now.
    pub fn seen(&mut self, promise: &'static Promise, key: &str, sights: Vec<Sight>) {
        self.shared.ledger().see(promise, key, sights, Timestamp::now());
    }

    /// An output of the workflow. Those of workflows before the load are there for others to draw.
    pub fn output(&mut self, name: &'static str, value: Value) {
        if self.workflow.before > 0 {
            self.shared.outputs().add(self.workflow.id, name, value.clone());
        }
        self.outputs.insert(name, value);
    }

    /// Notes something that the run made, so that it can be removed again.
    pub fn made(&mut self, kind: &'static str, value: &str) {
        self.shared.made(kind, value);
    }

    /// Everything of a kind that the run made so far.
    #[must_use]
    pub fn all_made(&self, kind: &str) -> Vec<String> {
        self.shared.all_made(kind)
    }

    /// How often a workflow was begun in this run.
    #[must_use]
    pub fn n_visits(&self, workflow: &Workflow) -> u64 {
        self.shared.clock(workflow).map_or(0, SlotClock::n_started)
    }

    /// What became of the promises of this run.
    #[must_use]
    pub fn tallies(&self) -> Vec<Tally> {
        self.shared.ledger().tally(self.shared.target.is_ours())
    }

    /// Whether the stack says how its tables are called, so that the run removes items past the API.
    #[must_use]
    pub fn sees_tables(&self) -> bool {
        self.shared.target.deployed().is_some()
    }

    /// Runs another workflow as a part of this one, with these inputs; returns its outputs.
    ///
    /// # Errors
    /// Its own.
    pub async fn run(
        &mut self,
        workflow: &'static Workflow,
        inputs: Vec<(&'static str, Value)>,
    ) -> Result<BTreeMap<&'static str, Value>, Cause> {
        let inputs = inputs.into_iter().collect();
        let outer = (
            std::mem::replace(&mut self.workflow, workflow),
            std::mem::replace(&mut self.inputs, inputs),
            std::mem::take(&mut self.outputs),
        );
        let ended = (workflow.run)(self).await;
        let outputs = std::mem::replace(&mut self.outputs, outer.2);
        (self.workflow, self.inputs) = (outer.0, outer.1);
        ended.map(|()| outputs)
    }
}
