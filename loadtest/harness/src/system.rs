//! What a system is to a load test: plain data, written by the generator from the contracts or by hand. Knows no
//! run and no network.

use std::future::Future;
use std::pin::Pin;

use jiff::Timestamp;
use serde_json::Value;
use stage::credential::Carrier;

use crate::cause::Cause;
use crate::ledger::Entry;
use crate::visit::Visit;

/// What an asynchronous function of a scenario returns.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A system under test.
#[derive(Debug, Clone, Copy)]
pub struct System {
    /// What reports call it.
    pub name: &'static str,
    /// The operations that workflows may call, in the order of reports.
    pub operations: &'static [&'static Operation],
    /// The messages that it publishes.
    pub channels: &'static [&'static Channel],
    /// Where a run leaves items.
    pub tables: &'static [Table],
    /// What virtual users do, in the order of reports.
    pub workflows: &'static [&'static Workflow],
    /// Absent where people wrote the workflows. Otherwise they were derived from the contracts, and these sentences say
    /// what could not be.
    pub derived: Option<&'static [&'static str]>,
    /// Removes by the API what the run made, on a stage that is not its own; items of [`System::tables`] are removed
    /// past it.
    pub clean: Option<Clean>,
}

/// Removes what a run made, and says what it removed and what stays.
pub type Clean = for<'a, 'u> fn(&'a mut Visit<'u>) -> BoxFuture<'a, Cleaned>;

/// What became of everything that a run made, a sentence or a count with its noun each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// What was removed.
    pub removed: Vec<String>,
    /// What stays.
    pub stays: Vec<String>,
}

impl System {
    /// A system with nothing in it.
    pub const NEW: Self = Self {
        name: "system",
        operations: &[],
        channels: &[],
        tables: &[],
        workflows: &[],
        derived: None,
        clean: None,
    };

    /// The workflows that run during the load.
    pub fn loads(&self) -> impl Iterator<Item = &'static Workflow> + use<> {
        self.workflows.iter().copied().filter(|workflow| workflow.before == 0)
    }

    /// The workflow by which `--rate` counts: the first of weight 1, or the first.
    #[must_use]
    pub fn main(&self) -> Option<&'static Workflow> {
        self.loads().find(|workflow| workflow.weight == 1.0).or_else(|| self.loads().next())
    }

    /// Every promise, each once, in the order of the workflows.
    #[must_use]
    pub fn promises(&self) -> Vec<&'static Promise> {
        let mut promises: Vec<&'static Promise> = Vec::new();
        for promise in self.workflows.iter().flat_map(|workflow| workflow.promises) {
            if promises.iter().all(|known| known.id != promise.id) {
                promises.push(promise);
            }
        }
        promises
    }

    /// Whether runs came of none of the workflows that promise this, so that there is nothing to judge; `came` says of
    /// which they did.
    pub(crate) fn is_idle(&self, promise: &str, came: impl Fn(&str) -> bool) -> bool {
        let owns = |one: &&&Workflow| one.promises.iter().any(|known| known.id == promise);
        let mut owners = self.workflows.iter().filter(owns).peekable();
        owners.peek().is_some() && !owners.any(|owner| came(owner.id))
    }
}

/// An operation of a contract.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// `operationId`, with the service before it where two services share one.
    pub id: &'static str,
    /// The service.
    pub service: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// The statuses that the contract declares; empty where it declares a range or `default`.
    pub statuses: &'static [u16],
    /// What callers must show: one of these, all of it. Empty: nothing.
    pub security: &'static [&'static [Need]],
    /// Whether every request that workflows make of it carries a credential of their own.
    pub has_own_credential: bool,
    /// Whose items it works on (`x-owner`).
    pub owner: Option<Owner>,
}

impl Operation {
    /// An operation without a name.
    pub const NEW: Self = Self {
        id: "",
        service: "",
        method: "GET",
        path: "/",
        statuses: &[],
        security: &[],
        has_own_credential: false,
        owner: None,
    };
}

/// How a caller proves that an item is its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    /// The claim that must equal the owner.
    pub claim: &'static str,
    /// The scope with which a caller may use the items of every owner.
    pub unless: Option<&'static str>,
}

/// A credential that an operation asks for.
#[derive(Debug, Clone, Copy)]
pub struct Need {
    /// Of which kind.
    pub scheme: &'static Scheme,
    /// What it must allow.
    pub scopes: &'static [&'static str],
}

impl Need {
    /// Creates the need of a credential with these scopes.
    #[must_use]
    pub const fn new(scheme: &'static Scheme, scopes: &'static [&'static str]) -> Self {
        Self { scheme, scopes }
    }
}

/// A kind of credentials.
#[derive(Debug, Clone, Copy)]
pub enum Scheme {
    /// A bearer token.
    Token {
        /// Who signs it: `iss`.
        issuer: &'static str,
        /// Whom it is for: `aud`.
        audience: &'static str,
        /// The claim that lists scopes.
        scopes_claim: &'static str,
    },
    /// An API key.
    ApiKey {
        /// What carries it.
        carrier: Carrier,
        /// The name of the header, query parameter or cookie.
        name: &'static str,
        /// The key's logical id in the template; `None` for one that code of the system's own compares.
        resource: Option<&'static str>,
    },
    /// HTTP authentication that code of the system's own verifies.
    Http {
        /// The scheme's name in the contract.
        name: &'static str,
        /// What the header `Authorization` begins with, such as `Basic`.
        scheme: &'static str,
    },
    /// Anything else, which `--header` has to give.
    Other {
        /// The scheme's name.
        name: &'static str,
    },
}

/// A message that the system publishes.
#[derive(Debug, Clone, Copy)]
pub struct Channel {
    /// The message's name.
    pub id: &'static str,
    /// The logical id of its bus.
    pub bus: &'static str,
    /// Its `source`; absent where anybody may send it.
    pub source: Option<&'static str>,
    /// Its `detail-type`.
    pub detail_type: &'static str,
    /// The `version` in its `detail`, where that tells it from another message.
    pub version: Option<i64>,
    /// JSON pointer to the correlation id in its `detail`; empty where the contract declares none.
    pub correlation: &'static str,
}

#[cfg(test)]
impl Channel {
    /// A message for tests.
    pub(crate) const PLACED: Self = Self {
        id: "OrderPlaced",
        bus: "Bus",
        source: Some("orders"),
        detail_type: "OrderPlaced",
        correlation: "/checkoutId",
        ..Self::NEW
    };
}

impl Channel {
    /// A message without a name.
    pub const NEW: Self =
        Self { id: "", bus: "", source: None, detail_type: "", version: None, correlation: "" };

    /// Whether an event, in the envelope that receivers get, is this message, as far as its source and detail-type say.
    #[must_use]
    pub fn is_named_by(&self, envelope: &Value) -> bool {
        self.source.is_none_or(|source| envelope["source"] == source)
            && envelope["detail-type"] == self.detail_type
    }

    /// Whether the version of an event is that of this message.
    #[must_use]
    pub fn has_version_of(&self, envelope: &Value) -> bool {
        self.version.is_some_and(|version| equal_numbers(&envelope["detail"]["version"], version))
    }
}

/// Whether a JSON number is this one, however it is spelled (`2.0`).
fn equal_numbers(value: &Value, number: i64) -> bool {
    value.as_i64().map_or_else(|| value.as_f64() == Some(number as f64), |value| value == number)
}

/// Where a run leaves items, and how its own are told from others'.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The stack's output that holds the physical name.
    pub output: &'static str,
    /// The attribute of the partition key.
    pub partition: &'static str,
    /// Whose items are the run's.
    pub of: Of,
}

/// How a key tells that an item is the run's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// It begins with the name of one of the run's visits ([`Visit::unique`]).
    Unique,
    /// It is a value noted as this kind ([`Visit::made`]).
    Made(&'static str),
    /// It does not.
    Unknown,
}

/// What a virtual user does in one slot.
#[derive(Debug, Clone, Copy)]
pub struct Workflow {
    /// `workflowId`.
    pub id: &'static str,
    /// What it is about.
    pub summary: &'static str,
    /// Visits for each visit of a workflow of weight 1.
    pub weight: f64,
    /// How often it runs before the load, which it then is no part of; zero for one that is the load.
    pub before: u32,
    /// What it may call.
    pub operations: &'static [&'static Operation],
    /// What it is promised.
    pub promises: &'static [&'static Promise],
    /// What it draws.
    pub inputs: &'static [Input],
    /// What it does.
    pub run: Run,
}

/// What a workflow does.
pub type Run = for<'a, 'u> fn(&'a mut Visit<'u>) -> BoxFuture<'a, Result<(), Cause>>;

fn nothing<'a>(_: &'a mut Visit<'_>) -> BoxFuture<'a, Result<(), Cause>> {
    Box::pin(std::future::ready(Ok(())))
}

impl Workflow {
    /// A workflow that does nothing.
    pub const NEW: Self = Self {
        id: "",
        summary: "",
        weight: 1.0,
        before: 0,
        operations: &[],
        promises: &[],
        inputs: &[],
        run: nothing,
    };
}

/// A value that each visit draws once.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// Its name.
    pub name: &'static str,
    /// From what.
    pub draw: Draw,
    /// How many different values a schema gives; 0 for as many as there are.
    pub values: u64,
    /// How hot the first of them are: the exponent of a Zipf distribution. `--skew` overrides it.
    pub skew: f64,
}

impl Input {
    /// An input without a name.
    pub const NEW: Self = Self { name: "", draw: Draw::Unique, values: 0, skew: 0.0 };

    /// Creates an input with text that no other visit of any run has.
    #[must_use]
    pub const fn unique(name: &'static str) -> Self {
        Self { name, ..Self::NEW }
    }

    /// Creates an input with any value that a JSON Schema without references allows.
    #[must_use]
    pub const fn schema(name: &'static str, schema: &'static str) -> Self {
        Self { name, draw: Draw::Schema(schema), ..Self::NEW }
    }

    /// Creates an input with a value of a file's column; see [`Draw::File`].
    #[must_use]
    pub const fn file(name: &'static str, path: &'static str, column: &'static str) -> Self {
        Self { name, draw: Draw::File { path, column }, ..Self::NEW }
    }

    /// Creates an input with an output of a workflow that runs before the load.
    #[must_use]
    pub const fn output(name: &'static str, workflow: &'static str, output: &'static str) -> Self {
        Self { name, draw: Draw::Output { workflow, name: output }, ..Self::NEW }
    }
}

/// From what a value is drawn.
#[derive(Debug, Clone, Copy)]
pub enum Draw {
    /// Text that no other visit of any run has.
    Unique,
    /// One of these JSON texts.
    OneOf(&'static [&'static str]),
    /// Any value that a JSON Schema allows, which holds no reference.
    Schema(&'static str),
    /// A value of a file below the workspace: CSV with a header line, a JSON list, or lines.
    File {
        /// Its path.
        path: &'static str,
        /// The column, or the member of each element; the input's name unless it is another one.
        column: &'static str,
    },
    /// What a workflow before the load passed to [`Visit::output`].
    Output {
        /// Its id.
        workflow: &'static str,
        /// The output's name.
        name: &'static str,
    },
}

/// What is owed once a step was accepted.
#[derive(Debug, Clone, Copy)]
pub struct Promise {
    /// Its name in objectives and reports.
    pub id: &'static str,
    /// What is owed, in a few words.
    pub summary: &'static str,
    /// How anybody tells that it was kept.
    pub kept_by: KeptBy,
    /// Which of these messages keep it, by their payload; all where it is absent.
    pub keeps: Option<fn(&Value) -> bool>,
    /// Which of several messages under a key keeps it, and how many there are: other promises are kept by the others.
    pub share: Share,
    /// What must be true besides, once everything has settled.
    pub check: Option<Invariant>,
}

impl Promise {
    /// A promise that nothing can keep.
    pub const NEW: Self = Self {
        id: "",
        summary: "",
        kept_by: KeptBy::Message(&Channel::NEW),
        keeps: None,
        share: Share::ALL,
        check: None,
    };

    /// The messages that keep it; none where a state does.
    #[must_use]
    pub fn channels(&self) -> &[&'static Channel] {
        match &self.kept_by {
            KeptBy::Message(channel) => std::slice::from_ref(channel),
            KeptBy::OneOf(channels) => channels,
            KeptBy::State { .. } => &[],
        }
    }

    /// Whether a message keeps it.
    #[must_use]
    pub fn is_kept_by_message(&self) -> bool {
        !self.channels().is_empty()
    }
}

/// A promise's share of the messages under a key, in the order in which they come: several promises may be kept by one
/// message each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many messages come before its own.
    pub after: usize,
    /// Whether every message from there on is its own, and not only the next.
    pub is_last: bool,
}

impl Share {
    /// All of them.
    pub const ALL: Self = Self { after: 0, is_last: true };

    /// Its part of everything under a key, where as many steps wait for their messages.
    #[must_use]
    pub(crate) fn of<T>(self, all: &[T], n_steps: usize) -> &[T] {
        let n_steps = n_steps.max(1);
        let rest = all.get(self.after * n_steps..).unwrap_or_default();
        if self.is_last { rest } else { &rest[..rest.len().min(n_steps)] }
    }
}

/// What keeps a promise.
#[derive(Debug, Clone, Copy)]
pub enum KeptBy {
    /// A message whose correlation id is the promise's key.
    Message(&'static Channel),
    /// One of several messages whose correlation id is the promise's key.
    OneOf(&'static [&'static Channel]),
    /// A state that can be read.
    State {
        /// Reads what there is for one key.
        look: Look,
        /// Reads what there is for every key, where the contract has a request for it.
        list: Option<List>,
    },
}

/// Reads what there is under the key of an entry.
pub type Look =
    for<'a, 'u> fn(&'a mut Visit<'u>, &'a Entry) -> BoxFuture<'a, Result<Vec<Sighting>, Cause>>;

/// Reads what there is under every key.
pub type List =
    for<'a, 'u> fn(&'a mut Visit<'u>) -> BoxFuture<'a, Result<Vec<(String, Sighting)>, Cause>>;

/// Something that keeps a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// Tells it from another one under the same key.
    pub id: String,
    /// When the server says that it came to be.
    pub at: Option<Timestamp>,
}

/// Something that must be true of each entry once everything has settled.
#[derive(Debug, Clone, Copy)]
pub struct Invariant {
    /// What a report calls those of which it is not: `baskets wrong`.
    pub wrong: &'static str,
    /// Looks.
    pub check: Check,
}

/// Looks whether an [`Invariant`] holds. `n_kept` is how many things the ledger has under the entry's key, `settled`
/// says whether nothing is under way any more.
pub type Check = for<'a, 'u> fn(
    &'a mut Visit<'u>,
    &'a Entry,
    Situation,
) -> BoxFuture<'a, Result<Checked, Cause>>;

/// What the ledger knows of an entry that is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    /// How many things there are under its key.
    pub n_kept: usize,
    /// Whether nothing is under way any more.
    pub is_settled: bool,
}

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// All is as it should be.
    Right,
    /// It is not.
    Wrong,
    /// Nobody can tell yet.
    Open,
    /// The step was refused, and is under way all the same: its outcome is unknown, and all is as it should be.
    UnderWay,
}
