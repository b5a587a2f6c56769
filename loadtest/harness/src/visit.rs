//! One run of a workflow by a virtual user, as a scenario sees it. Sends requests, waits for messages, draws inputs,
//! and records expected outcomes in the ledger. All measurements go to the recorder.

use std::collections::BTreeMap;
use std::time::Duration;

use goose::goose::{GooseRequest, GooseUser};
use jiff::Timestamp;
use serde_json::Value;
use tokio::time::Instant;

use crate::base::read;
use crate::callers::Wallet;
use crate::cause::{Cause, REQUEST_TIMEOUT};
use crate::dice::Dice;
use crate::expect;
use crate::messages::{Message, Shown};
use crate::request::{Again, Answer, Failed, Request, Tries};
use crate::shared::Shared;
use crate::system::{Channel, Draw, Operation, Workflow};

mod lead;
mod made;
mod promise;

/// The longest wait that `Retry-After` is obeyed for: a visit that waits longer is of no use to the load.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// The most pages that are read of one list.
const MAX_PAGES: usize = 100_000;

/// What a workflow put out, by name.
pub type Outputs = BTreeMap<&'static str, Value>;

/// How long an answer asks to wait before another attempt, where it does.
fn asked_wait<T>(failed: &Failed<T>) -> Option<Duration> {
    let header = failed.answer.as_ref()?.header("retry-after")?;
    wait_until(header.trim(), Timestamp::now())
}

/// The wait that a `Retry-After` names, in seconds or as a date (RFC 9110, section 10.2.3); nothing for any other text.
fn wait_until(text: &str, now: Timestamp) -> Option<Duration> {
    let wait = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let date = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
            // A date that is over means now.
            Duration::try_from(date.duration_since(now)).unwrap_or_default()
        }
    };
    Some(wait.min(LONGEST_WAIT))
}

/// What an input is that a calling workflow does not pass: the `default` of its schema or `null`. Nothing where its
/// values come from elsewhere.
fn not_passed(draw: Draw) -> Option<Value> {
    let Draw::Schema(schema) = draw else { return None };
    let schema: Value = serde_json::from_str(schema).unwrap_or_default();
    Some(schema.get("default").cloned().unwrap_or_default())
}

/// A virtual user in a slot.
pub struct Visit<'u> {
    way: Way<'u>,
    shared: &'u Shared,
    workflow: &'static Workflow,
    slot: u64,
    unique: String,
    dice: Dice,
    inputs: BTreeMap<&'static str, Value>,
    outputs: Outputs,
    /// Whether another workflow called this one, with all the inputs that it has.
    is_called: bool,
    /// The workflow that an action leads to when this one is over, with its inputs.
    goes_to: Option<(&'static Workflow, Vec<(&'static str, Value)>)>,
    /// When the next call was due: at first the slot's time, then the end of the call before.
    due: Instant,
    /// The status of the last response.
    status: u16,
    /// How long the response of the last attempt took to begin, where there was one.
    first_byte: Option<Duration>,
    /// How often the last call was sent.
    n_attempts: u32,
    /// What the last attempt failed of, which is recorded with its operation.
    recorded: Option<Cause>,
    /// The time that what comes next may take.
    limit: Option<Duration>,
    /// The tokens of those whom the visit acts for.
    wallet: Wallet,
    /// The messages that it received.
    shown: Shown,
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

    /// A visit beside the load: before it, or to clean up.
    pub(crate) fn beside(shared: &'u Shared, workflow: &'static Workflow, slot: u64) -> Self {
        Self::new(Way::Beside, shared, workflow, slot, Instant::now())
    }

    /// A visit beside the load that looks at items of every owner.
    pub(crate) fn looking(shared: &'u Shared, workflow: &'static Workflow, slot: u64) -> Self {
        Self { wallet: Wallet::for_all(), ..Self::beside(shared, workflow, slot) }
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
            outputs: Outputs::new(),
            is_called: false,
            goes_to: None,
            due,
            status: 0,
            first_byte: None,
            n_attempts: 0,
            recorded: None,
            limit: None,
            wallet: Wallet::default(),
            shown: Shown::default(),
        }
    }

    /// Whether what the visit failed of is recorded with a request already.
    pub(crate) fn has_recorded(&self, cause: &Cause) -> bool {
        self.recorded.as_ref() == Some(cause)
    }

    /// The status of the last response; 0 where there was none yet.
    #[must_use]
    pub fn last_status(&self) -> u16 {
        self.status
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

    /// The run's own name: letters and digits.
    #[must_use]
    pub fn run_id(&self) -> &str {
        &self.shared.id
    }

    /// Dice that the seed, the workflow and the slot load.
    pub fn dice(&mut self) -> &mut Dice {
        &mut self.dice
    }

    /// An input, drawn at the first call and the same from then on; `null` for one that the workflow does not list. One
    /// that a calling workflow does not pass is its `default` or `null`, unless its values come from elsewhere than its
    /// schema.
    pub fn input(&mut self, name: &str) -> Value {
        if let Some(value) = self.inputs.get(name) {
            return value.clone();
        }
        let Some(input) = self.workflow.inputs.iter().find(|input| input.name == name) else {
            return Value::Null;
        };
        // Only a called workflow has the schema read.
        if self.is_called
            && let Some(value) = not_passed(input.draw)
        {
            return value;
        }
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

    /// Lets the user wait of its own accord: the time does not count as the system's.
    pub async fn pause(&mut self, time: Duration) {
        tokio::time::sleep(time).await;
        self.due = Instant::now();
    }

    /// The URL that a request goes to.
    #[must_use]
    pub fn url<T>(&self, request: &Request<T>) -> String {
        format!("{}{}", self.shared.base.url(), request.http.path_and_query)
    }

    /// Gives what comes next, a request, a message or a workflow, no more than this time; a request for each attempt.
    pub fn at_most(&mut self, time: Duration) -> &mut Self {
        self.limit = Some(time);
        self
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
    ) -> Result<Answer<T>, Failed<T>> {
        let again = match self.way {
            Way::Measured(_) => |_: &Failed<T>| None,
            Way::Beside => Again::if_it_may_pass,
        };
        self.persist(operation, request, again, criteria).await
    }

    /// Sends a request until its answer passes, or `again` has no action left that may be taken. An answer that the contract calls a success, that
    /// does not pass yet and is asked for again, is no error: the step waits for something.
    ///
    /// # Errors
    /// The last failure.
    pub async fn persist<T: 'static, A: IntoIterator<Item = Again>>(
        &mut self,
        operation: &'static Operation,
        request: &Request<T>,
        again: impl Fn(&Failed<T>) -> A,
        criteria: impl Fn(&Answer<T>) -> Result<(), String>,
    ) -> Result<Answer<T>, Failed<T>> {
        let (limit, mut tries) = (self.limit, Tries::default());
        loop {
            self.limit = limit;
            let answer = self.attempt(operation, request, &mut tries, &again, &criteria).await;
            if answer.is_ok() || tries.action().is_none() {
                return answer;
            }
        }
    }

    /// Sends a request once. Where it fails and an action of `again` may be taken, `tries` says which, and its wait is
    /// over: something may be done before the next attempt.
    ///
    /// # Errors
    /// The failure of this attempt.
    pub async fn attempt<T: 'static, A: IntoIterator<Item = Again>>(
        &mut self,
        operation: &'static Operation,
        request: &Request<T>,
        tries: &mut Tries,
        again: impl Fn(&Failed<T>) -> A,
        criteria: impl Fn(&Answer<T>) -> Result<(), String>,
    ) -> Result<Answer<T>, Failed<T>> {
        self.n_attempts = tries.n_again() + 1;
        // Without one, the client's own limit holds.
        let limit = self.limit.take().unwrap_or(REQUEST_TIMEOUT * 2);
        let exchange = tokio::time::timeout(limit, self.exchange(operation, request)).await;
        let read = exchange.unwrap_or_else(|_| Err(Cause::Timeout(limit).into()));
        let answer = read.and_then(|answer| match criteria(&answer) {
            Ok(()) => Ok(answer),
            Err(criterion) => Err(answer.failed(&criterion)),
        });
        let status = |failed: &Failed<T>| failed.answer.as_deref().map(Answer::status);
        self.status = match &answer {
            Ok(answer) => answer.status(),
            Err(failed) => status(failed).unwrap_or_default(),
        };
        let next = tries.choose(answer.as_ref().err().into_iter().flat_map(again));
        let waits = |failed: &&Failed<T>| next.is_some() && failed.is_success();
        let failed = answer.as_ref().err().filter(|failed| !waits(failed));
        self.note(operation, failed.map(|failed| &failed.cause));
        if let (Some(failed), Way::Measured(_)) = (failed, &self.way) {
            self.shared.recorder.sample(operation, &failed.cause, |at_ms| failed.sample(at_ms));
        }
        if let (Err(failed), Some(next)) = (&answer, next) {
            self.pause(asked_wait(failed).unwrap_or(next.after)).await;
        }
        answer
    }

    /// Whether a step that is no request is taken again after it failed, and by which action; its wait is over then.
    pub async fn again(
        &mut self,
        tries: &mut Tries,
        actions: impl IntoIterator<Item = Again>,
    ) -> Option<usize> {
        let next = tries.choose(actions)?;
        self.pause(next.after).await;
        Some(next.action)
    }

    /// Records how an attempt ended.
    fn note(&mut self, operation: &'static Operation, cause: Option<&Cause>) {
        let now = Instant::now();
        if let Way::Measured(_) = self.way {
            let first_byte = self.first_byte.take();
            self.shared.recorder.request(operation, now - self.due, first_byte, cause);
        }
        self.recorded = cause.cloned();
        self.due = now;
    }

    /// Makes the request, in the load through goose, so that its own metrics see it too.
    async fn exchange<T: 'static>(
        &mut self,
        operation: &'static Operation,
        request: &Request<T>,
    ) -> Result<Answer<T>, Failed<T>> {
        let owner = request.owner.as_deref();
        let callers = &self.shared.callers;
        let ours = callers.credentials(operation, owner, &mut self.wallet);
        let found = request
            .found
            .as_ref()
            .filter(|found| !callers.replaces(operation, found, &ours, &mut self.wallet));
        let built = self.shared.base.request(&request.http, &ours, found);
        let user = match &mut self.way {
            Way::Beside => {
                let response = built.send().await.map_err(Cause::from)?;
                return request.read(operation, read(response).await?);
            }
            Way::Measured(user) => user,
        };
        let goose_request =
            GooseRequest::builder().name(operation.id).set_request_builder(built).build();
        // Goose itself fails only over its own channels, which close when the load is over.
        let began = Instant::now();
        let sent = user.request(goose_request).await.map_err(|_| Cause::Connection)?;
        self.first_byte = sent.response.is_ok().then(|| began.elapsed());
        let mut metric = sent.request;
        let answer = match sent.response {
            Ok(response) => request.read(operation, read(response).await?),
            Err(error) => Err(Cause::from(error).into()),
        };
        if let Err(Failed { cause: cause @ Cause::OffContract(_), .. }) = &answer {
            // What goose took for a success was none; it takes note, and its complaint is our answer anyway.
            let _ = user.set_failure(&cause.to_string(), &mut metric, None, None);
        }
        answer
    }

    /// Waits for the next message with this correlation id, which may have come already: each is received once, so a
    /// second call waits for another. `None` at once on a target that
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
        self.receive_any(&[channel], key, timeout).await
    }

    /// Waits for the first of several messages.
    ///
    /// # Errors
    /// Those of [`Visit::receive`].
    pub async fn receive_any(
        &mut self,
        channels: &[&'static Channel],
        key: &str,
        timeout: Duration,
    ) -> Result<Option<Message>, Cause> {
        if !self.shared.messages.are_seen() {
            return Ok(None);
        }
        let ids: Vec<_> = channels.iter().map(|channel| channel.id).collect();
        let message = self.shared.messages.wait(&ids, key, &mut self.shown, timeout).await;
        self.due = Instant::now();
        match message {
            Some(message) => Ok(Some(message)),
            None => Err(Cause::NoMessage(ids.join(" or "))),
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
        let limit = self.limit.take().unwrap_or(REQUEST_TIMEOUT * 2);
        let published = self.shared.target.publish(self.shared.base.client(), channel, detail);
        let published = tokio::time::timeout(limit, published).await;
        self.due = Instant::now();
        let published = published.map_err(|_| Cause::Timeout(limit))?;
        published.map_err(|error| Cause::unsent(&format!("{error:#}")))
    }

    /// Reads page after page: `request` makes the request of the page that a token names, `null` for the first;
    /// `next` is where an answer has the token, and `each` takes every answer. Nothing there (404) is no page.
    ///
    /// # Errors
    /// Those of [`Visit::send`].
    pub async fn pages<T: 'static>(
        &mut self,
        operation: &'static Operation,
        next: Option<&str>,
        mut request: impl FnMut(&Value) -> Result<Request<T>, Cause>,
        mut each: impl FnMut(&Answer<T>),
    ) -> Result<(), Cause> {
        let mut token = Value::Null;
        for _ in 0..MAX_PAGES {
            let answer = self.send(operation, &request(&token)?, expect::found).await?;
            if answer.output().is_none() {
                return Ok(());
            }
            each(&answer);
            token = next.map_or(Value::Null, |next| answer.at(next).clone());
            if token.is_null() {
                return Ok(());
            }
        }
        Err(Cause::Ends(format!("{} has more than {MAX_PAGES} pages", operation.id)))
    }

    /// An output of the workflow. Those of workflows before the load are there for others to draw.
    pub fn output(&mut self, name: &'static str, value: Value) {
        if self.workflow.before > 0 {
            self.shared.outputs().add(self.workflow.id, name, value.clone());
        }
        self.outputs.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_seconds_or_as_a_date() {
        let now = "2026-11-06T08:49:30Z".parse().unwrap_or_default();
        let wait = |text| wait_until(text, now).map(|wait| wait.as_secs());
        assert_eq!((wait("0"), wait("3"), wait("90")), (Some(0), Some(3), Some(30)));
        assert_eq!(wait("Fri, 06 Nov 2026 08:49:37 GMT"), Some(7));
        assert_eq!(wait("Thu, 05 Nov 2026 08:49:37 GMT"), Some(0));
        assert_eq!((wait("soon"), wait("-1"), wait("1.5")), (None, None, None));
    }

    #[test]
    fn an_input_that_is_not_passed_is_its_default_or_absent() {
        assert_eq!(not_passed(Draw::Schema(r#"{"type":"integer","default":4}"#)), Some(4.into()));
        assert_eq!(not_passed(Draw::Schema(r#"{"type":"string"}"#)), Some(Value::Null));
        assert_eq!(not_passed(Draw::Unique), None);
        assert_eq!(not_passed(Draw::Output { workflow: "stock", name: "product" }), None);
    }
}
