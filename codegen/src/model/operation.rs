//! REST operations.

use super::{Binding, Docs, Name, Origin, PathTemplate, TableAccess, TypeRef};

/// One method of one path.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// `operationId`, or a name made of method and path where the contract has none; unique in the service.
    pub id: Name,
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
    /// Parameters of the operation and of its path, in contract order; cookies are refused in `lower`.
    pub parameters: Vec<Parameter>,
    /// `requestBody`
    pub body: Option<Body>,
    /// The responses, in contract order; at least one is a success.
    pub responses: Vec<Response>,
    /// `x-dynamodb`: the generated body. Without it the method of the trait has none.
    pub binding: Option<Binding>,
    /// What the operation does with tables: from the binding, or `x-dynamodb-access`.
    pub access: Vec<TableAccess>,
    /// `x-publishes`, as indexes into `Service::sends`.
    pub publishes: Vec<usize>,
    /// The security requirements in force, each a list of scheme names with their scopes: alternatives of
    /// conjunctions, as in OpenAPI. Empty when anyone may call; an empty alternative makes credentials optional.
    pub security: Vec<Vec<(String, Vec<String>)>>,
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
    /// What it holds when it is absent.
    pub default: Option<serde_json::Value>,
    /// For lists: `explode` (`a=1&a=2`) or else values with commas between them (`a=1,2`).
    pub explode: bool,
    /// What it means.
    pub docs: Docs,
    /// Where it is declared.
    pub origin: Origin,
    /// `example`
    pub example: Option<serde_json::Value>,
    /// `x-sensitive: true` here or on its type.
    pub sensitive: bool,
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of OpenAPI")]
pub enum ParameterLocation {
    Path,
    Query,
    Header,
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The media type that is accepted, always a JSON one: `application/json` or `…+json`.
    pub media_type: String,
    /// What it holds.
    pub ty: TypeRef,
    /// Whether it must be there.
    pub required: bool,
    /// Named examples.
    pub examples: Vec<(String, serde_json::Value)>,
    /// Where it is declared.
    pub origin: Origin,
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
    /// What its body holds, and in which media type; none when it has no body.
    pub body: Option<ResponseBody>,
    /// `links`, kept for documents and for checks of a running stage.
    pub links: Vec<Link>,
}

impl Response {
    /// Whether the contract does not declare the response, which follows from what the operation asks of its callers.
    #[must_use]
    pub fn is_implied(&self, operation: &Operation) -> bool {
        self.origin == operation.origin
    }

    /// Whether the response tells of success (2xx).
    #[must_use]
    pub fn is_success(&self) -> bool {
        matches!(self.status, Status::Code(200..=299) | Status::Range(2))
    }
}

/// A response's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// `404`
    Code(u16),
    /// `4XX`: the first digit.
    Range(u8),
    /// `default`
    Default,
}

/// A response's body.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseBody {
    /// `application/json`, `application/problem+json` or another JSON media type.
    pub media_type: String,
    /// What it holds.
    pub ty: TypeRef,
    /// Whether it is the problem document of RFC 9457 (media type `application/problem+json`), which the
    /// runtime has a type for.
    pub is_problem: bool,
}

/// A response header.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its name.
    pub name: Name,
    /// What it holds: a scalar or a named scalar.
    pub ty: TypeRef,
    /// Whether it is always there.
    pub required: bool,
    /// What it means.
    pub docs: Docs,
}

/// A link from a response to another operation (OpenAPI, Link Object).
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Its name.
    pub name: String,
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
