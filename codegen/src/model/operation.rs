//! REST operations.

use super::{
    Binding, Content, Docs, Name, Origin, Owner, PathTemplate, Status, Style, TableAccess, TableId,
    TypeRef, Unread, Unserved, Written,
};

/// The modules of a contract crate, and the crates that it names.
pub(crate) const MODULES: [&str; 9] =
    ["events", "mod", "model", "operations", "routes", "runtime", "settings", "std", "tables"];

/// One method of one path.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// `operationId`, or a name made of method and path where the contract has none; unique in the service.
    pub id: Name,
    /// Whether the contract says the name.
    pub is_named: bool,
    /// The HTTP method.
    pub method: Method,
    /// The path.
    pub path: PathTemplate,
    /// What it does.
    pub docs: Docs,
    /// `tags`
    pub tags: Vec<String>,
    /// Where it is declared.
    pub origin: Origin,
    /// Parameters of the operation and of its path, in contract order.
    pub parameters: Vec<Parameter>,
    /// `requestBody`
    pub body: Option<Body>,
    /// What the contract says of a body to which the method gives no meaning: there was a warning.
    pub ignored_body: Option<serde_json::Value>,
    /// The responses, in contract order; at least one is a success.
    pub responses: Vec<Response>,
    /// `x-dynamodb`: the generated body. Without it the method of the trait has none.
    pub binding: Option<Binding>,
    /// `x-idempotency`: how its repetitions are recognised.
    pub idempotency: Option<Idempotency>,
    /// `x-objective`: what an alarm watches.
    pub objective: Option<Objective>,
    /// What the operation does with tables: from the binding, or `x-dynamodb-access`.
    pub access: Vec<TableAccess>,
    /// `x-publishes`, as indexes into `Service::sends`.
    pub publishes: Vec<usize>,
    /// The security requirements in force, each a list of scheme names with their scopes: alternatives of
    /// conjunctions, as in OpenAPI. Empty when anyone may call; an empty alternative makes credentials optional.
    pub security: Vec<Vec<(String, Vec<String>)>>,
}

impl Operation {
    /// The module of the operation in the contract crate.
    #[must_use]
    pub fn module(&self) -> String {
        let name = self.id.bare();
        if MODULES.contains(&name) { renamed_module(name) } else { self.id.snake.clone() }
    }

    /// The response that answers with a status: that of its code, of its range, or the default.
    #[must_use]
    pub fn answering(&self, status: u16) -> Option<&Response> {
        let find = |wanted| self.responses.iter().find(|response| response.status == wanted);
        Status::fallbacks(status).into_iter().find_map(find)
    }
}

/// The module of an operation whose name a module or crate has already.
pub(crate) fn renamed_module(module: &str) -> String {
    format!("{module}_operation")
}

/// What an operation is to achieve (`x-objective`); an alarm reports what it does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// The share of requests that may fail with a 5xx status, as the contract writes it: `0.01`.
    pub errors: Option<String>,
    /// The greatest p99 latency, in milliseconds.
    pub latency_ms: Option<u64>,
}

/// How the repetitions of an operation are recognised (`x-idempotency`).
#[derive(Debug, Clone, PartialEq)]
pub struct Idempotency {
    /// The table of receipts.
    pub table: TableId,
    /// The header that has the key.
    pub header: String,
    /// The attribute that says when a receipt may be forgotten.
    pub ttl: String,
    /// How long an answer is kept, in seconds.
    pub keep_seconds: u32,
    /// Where it is declared.
    pub origin: Origin,
}

impl Idempotency {
    /// What the runtime keeps in a receipt, besides its key and its end.
    pub const KEPT: &[&str] =
        &["fingerprint", "attempt", "busyUntil", "status", "headers", "isBase64", "body"];
}

/// The methods that OpenAPI 3.0 knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of RFC 9110")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// The method as HTTP spells it: `GET`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

/// One parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name; header names keep their spelling and are compared without regard to case.
    pub name: Name,
    /// Where it travels.
    pub location: ParameterLocation,
    /// What it holds: a scalar, a named scalar or enum, or a list of them.
    pub ty: TypeRef,
    /// Whether it must be there; always true in a path.
    pub required: bool,
    /// What the contract gives as its usual value; see [`Self::fallback`].
    pub default: Option<serde_json::Value>,
    /// How it is written as text.
    pub style: Style,
    /// Whether its text travels as it is, without percent-encoding: `style: cookie` (OpenAPI 3.2).
    pub raw: bool,
    /// How its text is read; none for scalars and lists of them in the usual styles.
    pub written: Option<Written>,
    /// What it means.
    pub docs: Docs,
    /// Where it is declared.
    pub origin: Origin,
    /// `example`
    pub example: Option<serde_json::Value>,
    /// `x-sensitive: true` here or on its type.
    pub sensitive: bool,
    /// `x-owner`: whose item the request is about.
    pub owner: Option<Owner>,
    /// What the contract says beyond that: `allowReserved`, `allowEmptyValue`.
    pub unread: Unread,
}

impl Parameter {
    /// What the parameter holds where it is left out. A required one is never left out: its default only fills values that
    /// are made here.
    #[must_use]
    pub fn fallback(&self) -> Option<&serde_json::Value> {
        self.default.as_ref().filter(|_| !self.required)
    }

    /// Whether it is an object whose properties are parameters of the query.
    #[must_use]
    pub fn spreads_over_query(&self) -> bool {
        let is_object = |written: &Written| matches!(written.shape, super::TextShape::Object(..));
        self.location == ParameterLocation::Query
            && matches!(self.style, Style::Repeated | Style::Rest(_) | Style::Form(_))
            && self.written.as_ref().is_some_and(is_object)
    }
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of OpenAPI")]
pub enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
}

impl ParameterLocation {
    /// The location as OpenAPI spells it: `query`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// What it means.
    pub docs: Docs,
    /// The media types that are taken, in contract order; at least one.
    pub contents: Vec<Content>,
    /// The media types that the contract names besides, and nothing takes.
    pub unserved: Vec<Unserved>,
    /// Whether it must be there.
    pub required: bool,
    /// Where it is declared.
    pub origin: Origin,
}

impl Body {
    /// What takes bodies of a media type, given without parameters and in lower case; of a range, what is first in it.
    #[must_use]
    pub fn taking(&self, media_type: &str) -> Option<&Content> {
        let range =
            media_type.strip_suffix('*').map(|start| if start == "*/" { "" } else { start });
        let is_it = |content: &&Content| content.media_type == media_type;
        let takes = |content: &&Content| content.takes(media_type);
        let is_within =
            |content: &&Content| range.is_some_and(|start| content.media_type.starts_with(start));
        let all = || self.contents.iter();
        all().find(is_it).or_else(|| all().find(takes)).or_else(|| all().find(is_within))
    }

    /// The media type that is JSON, where there is one.
    #[must_use]
    pub fn json(&self) -> Option<&Content> {
        json(&self.contents)
    }

    /// The media type whose values have a schema to be drawn from: JSON, or else a form.
    #[must_use]
    pub fn described(&self) -> Option<&Content> {
        let is_form = |one: &&Content| {
            matches!(one.codec, super::Codec::Form(_) | super::Codec::Multipart(_))
        };
        self.json().or_else(|| self.contents.iter().find(is_form))
    }
}

fn json(contents: &[Content]) -> Option<&Content> {
    contents.iter().find(|content| content.codec == super::Codec::Json)
}

/// One response.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Its status.
    pub status: Status,
    /// The name of its variant, from the status' reason phrase: `NotFound`; unique in the operation.
    pub name: Name,
    /// When it is given.
    pub docs: Docs,
    /// Where it is declared.
    pub origin: Origin,
    /// The headers it carries.
    pub headers: Vec<Header>,
    /// The media types of its body, in contract order; none when it has no body.
    pub contents: Vec<Content>,
    /// The media types that the contract names besides, and nothing answers with.
    pub unserved: Vec<Unserved>,
    /// `links`, kept for documents and for checks of a running stage.
    pub links: Vec<Link>,
}

impl Response {
    /// Whether the contract does not declare the response, which follows from what the operation asks of its callers.
    #[must_use]
    pub fn is_implied(&self, operation: &Operation) -> bool {
        self.origin == operation.origin
    }

    /// The media type that is JSON, where there is one.
    #[must_use]
    pub fn json(&self) -> Option<&Content> {
        json(&self.contents)
    }

    /// Whether its body is the problem document of RFC 9457 and nothing else.
    #[must_use]
    pub fn is_problem(&self) -> bool {
        matches!(self.contents.as_slice(), [only] if only.problem)
    }

    /// Whether the response tells of success (2xx).
    #[must_use]
    pub fn is_success(&self) -> bool {
        matches!(self.status, Status::Code(200..=299) | Status::Range(2))
    }
}

/// A response header.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its name.
    pub name: Name,
    /// What it holds.
    pub ty: TypeRef,
    /// How its text is read and written; none for a scalar.
    pub written: Option<Written>,
    /// Whether it is always there.
    pub required: bool,
    /// An example of it that stands beside its schema.
    pub example: Option<serde_json::Value>,
    /// What it means.
    pub docs: Docs,
}

/// A link from a response to another operation (OpenAPI, Link Object).
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub docs: Docs,
    /// The `operationId` that it leads to.
    pub operation_id: String,
    /// The parameters: name and runtime expression (`$response.body#/id`).
    pub parameters: Vec<(String, String)>,
    /// `requestBody`: a runtime expression, or a value with runtime expressions for some of its texts. It stands in
    /// for the parts of the body that it names.
    pub body: Option<serde_json::Value>,
    /// Where it is declared.
    pub origin: Origin,
}
