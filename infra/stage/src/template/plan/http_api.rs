//! What HTTP APIs (version 2) and function URLs have that REST APIs have not.

use super::{Authorizer, Integration};
use std::collections::BTreeMap;

/// What makes an API an HTTP API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HttpApi {
    /// Its own answers to other sites' pages.
    pub cors: Option<Cors>,
    /// Whether it is the URL of a function, with the one route.
    pub is_function_url: bool,
}

/// Which pages may ask what (`CorsConfiguration`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cors {
    /// Origins; `*` for any, `https://*` and `http://*` for any of the scheme.
    pub origins: Vec<String>,
    /// Methods; `*` for any.
    pub methods: Vec<String>,
    /// Headers of requests; `*` for any.
    pub headers: Vec<String>,
    /// Headers of answers that a page may read.
    pub exposed: Vec<String>,
    /// Whether cookies and credentials go along.
    pub credentials: bool,
    /// Seconds that a browser keeps a preflight's answer.
    pub max_age: Option<u32>,
}

/// A call of a service that an HTTP API makes of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceCall {
    /// What is called.
    pub action: ServiceAction,
    /// Its parameters: texts with parts of the request in them (`$request.body.name`).
    pub parameters: BTreeMap<String, String>,
}

/// What an HTTP API can call besides functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceAction {
    /// `SQS-SendMessage`
    SendMessage,
    /// `EventBridge-PutEvents`
    PutEvents,
}

/// The form of the event that a function is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PayloadFormat {
    /// As from a REST API.
    #[default]
    V1,
    /// That of HTTP APIs and function URLs.
    V2,
}

/// Parts of HTTP APIs by physical ids: they come in any order and are put together when all are read.
#[derive(Debug, Clone, Default)]
pub(in crate::template) struct HttpParts {
    pub(in crate::template) integrations: Vec<HttpIntegration>,
    pub(in crate::template) routes: Vec<HttpRoute>,
    /// The physical ids of integrations that the stage does not serve.
    pub(in crate::template) left_out: Vec<String>,
    /// The API of each authorizer, and what it is.
    pub(in crate::template) authorizers: Vec<(String, Authorizer)>,
    /// The API of each stage, its name and variables.
    pub(in crate::template) stages: Vec<(String, String, BTreeMap<String, String>)>,
}

/// An integration.
#[derive(Debug, Clone)]
pub(in crate::template) struct HttpIntegration {
    /// Its physical id.
    pub(in crate::template) integration_id: String,
    pub(in crate::template) integration: Integration,
    pub(in crate::template) format: PayloadFormat,
}

/// A route.
#[derive(Debug, Clone)]
pub(in crate::template) struct HttpRoute {
    /// Its logical id.
    pub(in crate::template) id: String,
    pub(in crate::template) api: String,
    /// `GET /items/{id}`, `$default`
    pub(in crate::template) key: String,
    /// The physical id of its integration.
    pub(in crate::template) integration: String,
    /// `NONE`, `JWT`, `CUSTOM`, `AWS_IAM`
    pub(in crate::template) authorization: String,
    pub(in crate::template) authorizer: Option<String>,
    pub(in crate::template) scopes: Vec<String>,
}
