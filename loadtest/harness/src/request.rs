//! Requests as data, the validation of responses against the contract, and what failed: its cause and answer, by which it
//! is decided whether to send it again. Sends nothing.

use std::sync::OnceLock;
use std::time::Duration;

use jiff::Timestamp;
use runtime::client::{Error, HttpRequest, HttpResponse, OffContract};
use serde_json::Value;
use stage::Credential;
use stage::credential::Carrier;

use crate::cause::Cause;
use crate::record::ErrorSample;
use crate::system::Operation;

/// A request, and how its answer is read.
pub struct Request<T> {
    /// The request.
    pub http: HttpRequest,
    /// Whose item it is about, where the contract declares an owner.
    pub owner: Option<String>,
    /// A credential that the workflow found in a response or an input; not in the request yet.
    pub found: Option<Credential>,
    read: Read<T>,
}

type Read<T> = Box<dyn Fn(&HttpResponse) -> Reading<T> + Send + Sync>;

/// An answer, read by the contract.
enum Reading<T> {
    Success(T),
    Declared,
    OffContract(String),
}

impl<T: 'static> Request<T> {
    /// A typed call of a client: its request, and the function that reads the answer.
    #[must_use]
    pub fn of<E: 'static>(
        http: HttpRequest,
        read: fn(&HttpResponse) -> Result<T, Error<E>>,
    ) -> Self {
        let read = move |response: &HttpResponse| match read(response) {
            Ok(output) => Reading::Success(output),
            Err(Error::Declared(_) | Error::Failed(_)) => Reading::Declared,
            Err(Error::OffContract(off)) => Reading::OffContract(detail(&off)),
            Err(Error::Transport(error)) => Reading::OffContract(error.to_string()),
        };
        Self { http, owner: None, found: None, read: Box::new(read) }
    }

    /// The same, about an item of this owner.
    #[must_use]
    pub fn owned_by(self, owner: Option<String>) -> Self {
        Self { owner, ..self }
    }

    /// The same with a header, which takes the place of a credential of that name; `null` adds none. The name is in
    /// small letters.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &Value) -> Self {
        if !value.is_null() {
            self.http.headers.push((name, text(value)));
        }
        self
    }

    /// The same with a body of another media type: one of a range, all of which the client writes alike.
    #[must_use]
    pub fn sent_as(mut self, media_type: &str) -> Self {
        let headers = self.http.headers.iter_mut();
        for (_, value) in headers.filter(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            media_type.clone_into(value);
        }
        self
    }

    /// The same with a credential that a response or an input contained. A local stage, which takes no others than its
    /// own, is sent one of its own instead where this one is invalid.
    #[must_use]
    pub fn credential(self, carrier: Carrier, name: &str, value: &Value) -> Self {
        let found = (!value.is_null()).then(|| Credential::new(carrier, name, text(value)));
        Self { found: found.or(self.found), ..self }
    }

    /// The same with a query parameter; `null` adds none.
    #[must_use]
    pub fn query(mut self, name: &str, value: &Value) -> Self {
        let value = (!value.is_null()).then(|| text(value));
        self.http = self.http.query(name, value.as_ref());
        self
    }

    /// The same with a cookie; `null` adds none.
    #[must_use]
    pub fn cookie(mut self, name: &str, value: &Value) -> Self {
        let value = (!value.is_null()).then(|| text(value));
        self.http = self.http.cookie(name, runtime::Style::Repeated, value.as_ref());
        self
    }

    /// Holds an answer to `operation` against the contract.
    ///
    /// # Errors
    /// [`Cause::OffContract`] when the contract does not allow it.
    pub fn read(
        &self,
        operation: &Operation,
        response: HttpResponse,
    ) -> Result<Answer<T>, Failed<T>> {
        let declared = operation.statuses;
        let off_contract = |detail: &str, response| {
            let answer = Some(Box::new(Answer::new(response, None)));
            Err(Failed { cause: Cause::off_contract(detail), answer })
        };
        if !declared.is_empty() && !declared.contains(&response.status) {
            return off_contract(&format!("status {} is not declared", response.status), response);
        }
        match (self.read)(&response) {
            Reading::Success(output) => Ok(Answer::new(response, Some(output))),
            Reading::Declared => Ok(Answer::new(response, None)),
            Reading::OffContract(detail) => off_contract(&detail, response),
        }
    }
}

impl Request<()> {
    /// A request that no typed call makes; of its answer only the status is held against the contract.
    #[must_use]
    pub fn raw(http: HttpRequest) -> Self {
        let read = |response: &HttpResponse| match response.status {
            200..=299 => Reading::Success(()),
            _ => Reading::Declared,
        };
        Self { http, owner: None, found: None, read: Box::new(read) }
    }
}

/// In what way an answer violates the contract, without what differs from one answer to the next, so that like
/// errors count together.
fn detail(off: &OffContract) -> String {
    match off.violations.iter().next() {
        Some(first) if first.pointer != "/status" => {
            format!("status {}, {}: {}", off.status, first.pointer, first.detail)
        }
        _ => format!("status {} is not declared", off.status),
    }
}

/// An answer that the contract allows.
#[derive(Debug)]
pub struct Answer<T> {
    response: HttpResponse,
    output: Option<T>,
    json: OnceLock<Value>,
}

impl<T> Answer<T> {
    fn new(response: HttpResponse, output: Option<T>) -> Self {
        Self { response, output, json: OnceLock::new() }
    }

    /// Its status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.response.status
    }

    /// A header; its name in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.header(name)
    }

    /// Its body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.response.body
    }

    /// Its body as JSON; `null` where it is not JSON.
    #[must_use]
    pub fn json(&self) -> &Value {
        self.json.get_or_init(|| serde_json::from_slice(&self.response.body).unwrap_or_default())
    }

    /// What stands at a JSON pointer of the body; `null` where nothing does.
    #[must_use]
    pub fn at(&self, pointer: &str) -> &Value {
        at(self.json(), pointer)
    }

    /// The same as text: a string without quotes, anything else as JSON.
    #[must_use]
    pub fn text(&self, pointer: &str) -> String {
        text(self.at(pointer))
    }

    /// The same as an instant, where it is one.
    #[must_use]
    pub fn time(&self, pointer: &str) -> Option<Timestamp> {
        self.at(pointer).as_str()?.parse().ok()
    }

    /// The typed output, of a success.
    #[must_use]
    pub fn output(&self) -> Option<&T> {
        self.output.as_ref()
    }

    /// The typed output.
    ///
    /// # Errors
    /// [`Cause::Status`] when it is a failure.
    pub fn into_output(self) -> Result<T, Cause> {
        self.output.ok_or(Cause::Status(self.response.status))
    }

    /// What a criterion that does not apply makes of it: a failure keeps its status.
    pub(crate) fn failed(self, criterion: &str) -> Failed<T> {
        let cause = match self.output {
            Some(_) => Cause::wrong(criterion),
            None => Cause::Status(self.response.status),
        };
        Failed { cause, answer: Some(Box::new(self)) }
    }
}

static NULL: Value = Value::Null;

/// What stands at a JSON pointer; `null` where nothing does.
#[must_use]
pub fn at<'v>(value: &'v Value, pointer: &str) -> &'v Value {
    value.pointer(pointer).unwrap_or(&NULL)
}

/// A value as text: a string without quotes, anything else as JSON, nothing for `null`.
#[must_use]
pub fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

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
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    fn answer(status: u16, body: &str) -> HttpResponse {
        HttpResponse { status, headers: Vec::new(), body: body.as_bytes().to_vec().into() }
    }

    const OPERATION: Operation = Operation { statuses: &[200, 404], ..Operation::NEW };

    #[test]
    fn a_body_is_sent_as_a_media_type_of_its_range() {
        let http = HttpRequest::new("PATCH", "/").json("application/json", Some(&7_i32));
        let sent = Request::<()>::raw(http).sent_as("application/merge-patch+json");
        assert_eq!(
            sent.http.headers,
            [("Content-Type", "application/merge-patch+json".to_owned())]
        );
    }

    #[test]
    fn a_declared_failure_is_an_answer_without_output() {
        let request = Request::raw(HttpRequest::new("GET", "/"));
        let found = request.read(&OPERATION, answer(200, r#"{"a":{"b":7,"c":"x"}}"#)).unwrap();
        assert_eq!(
            (found.text("/a/b"), found.text("/a/c"), found.text("/z")),
            ("7".into(), "x".into(), String::new())
        );
        assert!(found.output().is_some() && found.failed("no").cause == Cause::wrong("no"));
        let missing = request.read(&OPERATION, answer(404, "not JSON")).unwrap();
        assert!(missing.json().is_null() && missing.output().is_none());
        assert_eq!(missing.into_output().unwrap_err(), Cause::Status(404));
    }

    #[test]
    fn a_status_that_is_not_declared_is_off_the_contract() {
        let request = Request::raw(HttpRequest::new("GET", "/"));
        let failed = request.read(&OPERATION, answer(201, "")).unwrap_err();
        assert!(failed.answered(|answer| answer.status() == 201));
        assert_eq!(failed.cause, Cause::off_contract("status 201 is not declared"));
        let any = Operation { statuses: &[], ..OPERATION };
        assert!(request.read(&any, answer(599, "")).is_ok());
    }

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
