//! The resolved system: the meaning of the contracts, as plain owned data.
//!
//! This module owns the types that `lower` creates and that `rules` and `emit` read. It knows no YAML, OpenAPI, Rust
//! tokens or CloudFormation, follows no references, and cannot fail. A model is complete and valid, so emission
//! cannot fail.
//!
//! Every list is in contract order (services by name), so the order of output is deterministic.

mod binding;
mod content;
mod date;
mod error;
mod event;
mod function;
mod gateway;
mod operation;
mod owner;
mod path;
mod security;
mod status;
mod table;
mod types;
mod used;
mod workflow;

pub use binding::*;
pub use content::*;
pub use date::parse_date;
pub use error::*;
pub use event::*;
pub use function::*;
pub use operation::*;
pub use owner::*;
pub use path::*;
pub use security::*;
pub use status::*;
pub use table::*;
pub use types::*;
pub use used::UsedTypes;
pub use workflow::*;

use std::collections::BTreeMap;

use crate::source::Span;

/// Everything that one run of the generator works on: all services and the buses between them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct System {
    /// The services, by name.
    pub services: Vec<Service>,
    /// The requests that services send (webhooks and callbacks), as operations of services of their own. Nothing is
    /// generated from them.
    pub outgoing: Vec<Service>,
    /// Operations that API Gateway cannot serve (`TRACE`), as operations of services of their own. Nothing is generated
    /// from them.
    pub unserved: Vec<Service>,
    /// The event buses that any service names, by name.
    pub buses: Vec<Bus>,
    /// The workflows over them, where there are any.
    pub workflows: Option<Workflows>,
    /// What has alarms of its own.
    pub alarms: AlarmsPer,
    /// Which stack has what is deployed.
    pub layout: StackLayout,
    /// A line for each contract file that the system was read from: a sum of its text, and its path.
    pub sums: String,
}

impl System {
    /// The view of the stream of a table that serves all of its receivers; `None` for a table that nobody reads so.
    #[must_use]
    pub fn stream_view(&self, table: &Name) -> Option<StreamView> {
        let of = |service: &Service| {
            let streams = service.receives.iter().filter_map(|one| one.delivery.stream());
            let views = streams.filter(|stream| service.table(stream.table).name == *table);
            views.map(|stream| stream.view).reduce(StreamView::with)
        };
        self.services.iter().filter_map(of).reduce(StreamView::with)
    }

    /// The environment variable with the name of a bus: `SHOP_BUS` for `shop`, and for `shop-bus` unless both exist.
    #[must_use]
    pub fn bus_variable(&self, bus: &Name) -> String {
        let is_taken = |short: &str| {
            short == "DEFAULT" || self.buses.iter().any(|other| other.name.screaming == short)
        };
        match bus.screaming.strip_suffix("_BUS") {
            Some(short) if !is_taken(short) => bus.screaming.clone(),
            _ => format!("{}_BUS", bus.screaming),
        }
    }
}

/// What has alarms on failing requests and rejected messages of its own (`alarms` in `spec/defaults.yaml`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AlarmsPer {
    /// Each service, and each operation that declares an objective.
    #[default]
    Service,
    /// Each operation.
    Operation,
}

/// Which stack has what is deployed (`layout` in `spec/defaults.yaml`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StackLayout {
    /// One stack has everything.
    #[default]
    Single,
    /// Each service has a stack, nested in the one that has what they share.
    PerService,
}

/// One service: a folder below `spec/` with its contracts.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// The folder's name.
    pub name: Name,
    /// `info.title` of the OpenAPI document, or of the AsyncAPI document where there is no other.
    pub title: String,
    /// `info.version` of the same document.
    pub version: String,
    /// What the service is for, and who is behind it.
    pub docs: Docs,
    /// What the OpenAPI document says of its tags and security schemes.
    pub notes: Vec<Note>,
    /// Where the service is declared.
    pub origin: Origin,
    /// The types that operations, tables and events use, in the order in which the contracts name them first.
    pub types: Vec<TypeDef>,
    /// Those of the types that are made.
    pub used: UsedTypes,
    /// JSON Schema 2020-12 of what no type expresses, by name; they refer to each other by `#/$defs/` and the name.
    pub schemas: BTreeMap<String, serde_json::Value>,
    /// The tables that the service owns.
    pub tables: Vec<Table>,
    /// How operations tell of what the runtime finds wrong.
    pub errors: Errors,
    /// The scheme and host of each server that the OpenAPI document names, with the place; those of stages differ.
    pub hosts: Vec<(String, Span)>,
    /// The REST operations, by path and then method as the contract lists them.
    pub operations: Vec<Operation>,
    /// Which pages of other origins may call the operations.
    pub cors: Option<Cors>,
    /// The ways to prove who calls (`components/securitySchemes`), as the contract lists them.
    pub schemes: Vec<SecurityScheme>,
    /// The messages that the service sends, one entry for each message of a `send` operation.
    pub sends: Vec<SentMessage>,
    /// The `receive` operations; each is served by a function of its own.
    pub receives: Vec<Receive>,
    /// The functions: the REST function first, then one for each receive operation.
    pub functions: Vec<Function>,
}

impl Service {
    /// The messages that the service sends, then those that it receives.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        let received = self.receives.iter().flat_map(|receive| &receive.messages);
        self.sends.iter().map(|sent| &sent.message).chain(received)
    }

    /// The type with this id. Panics when the id is of another service, which only a fault in `lower` can cause.
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    /// The table with this id. Panics as [`Service::type_def`] does.
    #[must_use]
    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[id.0]
    }
}

/// One name in every spelling that emission needs. Made only by `lower::names`, so that a thing is spelled alike
/// in contract, Rust, logical id and metric.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// As the contract spells it: `userName`, `Idempotency-Key`.
    pub wire: String,
    /// `user_name`; a raw identifier (`r#type`) where Rust reserves the word.
    pub snake: String,
    /// `UserName`
    pub pascal: String,
    /// `user-name`
    pub kebab: String,
    /// `USER_NAME`
    pub screaming: String,
}

impl Name {
    /// As the contract spells it where that is plain ASCII, as logs and metrics want it; else in kebab case.
    #[must_use]
    pub fn plain(&self) -> &str {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let wire = self.wire.as_str();
        if !wire.is_empty() && wire.len() <= 128 && wire.bytes().all(is_plain) {
            wire
        } else {
            &self.kebab
        }
    }

    /// In snake case, without the mark of a raw identifier.
    #[must_use]
    pub fn bare(&self) -> &str {
        self.snake.trim_start_matches("r#")
    }
}

/// What a contract says of a thing in words; Markdown (CommonMark), as OpenAPI and AsyncAPI allow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs {
    /// One line, without the final full stop's meaning changed: `summary`, or the first sentence of `description`.
    pub summary: Option<String>,
    /// `description`, where it says more than the summary.
    pub description: Option<String>,
    /// `deprecated: true`; with the sunset date of `x-sunset` (ISO 8601) where it has one.
    pub deprecated: Option<Deprecation>,
    /// Keywords that say what a value means and that nothing checks, each with its value: a `format` that is not known,
    /// `contentMediaType`.
    pub meaning: Vec<(String, String)>,
}

/// Words about a part of a document that nothing is generated for, but its line in the reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What the words are about.
    pub kind: NoteKind,
    /// Its name.
    pub name: String,
    /// The words.
    pub docs: Docs,
}

/// What a [`Note`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// A tag of operations.
    Tag,
    /// A way to prove who calls.
    SecurityScheme,
}

/// A thing that is on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deprecation {
    /// The day after which it may be gone, `2027-01-31`.
    pub sunset: Option<String>,
}

/// Where in the contracts a thing is declared: what generated items cite and diagnostics point at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// `spec/product/openapi.yaml#/paths/~1product/get`, the file relative to the folder that holds `spec`.
    pub pointer: String,
    /// The same place in the text.
    pub span: Span,
}
