//! APIs: their routes, who may call them, what is checked of requests, and what answers.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::{HttpApi, Mapped, Mock, PayloadFormat, ServiceCall};
use crate::model::Models;

/// An API with its one stage.
#[derive(Debug, Clone)]
pub struct Api {
    /// Its logical id.
    pub id: String,
    /// Its physical id.
    pub api_id: String,
    /// Where it is served, once it is.
    pub url: String,
    /// The stage's name, which is the first segment of its paths.
    pub stage: String,
    /// The stage's variables.
    pub variables: BTreeMap<String, String>,
    /// Its routes, in the order in which they are written.
    pub routes: Vec<Route>,
    /// Its own answers to what it does not route.
    pub responses: Vec<GatewayResponse>,
    /// Its authorizers.
    pub authorizers: Vec<Authorizer>,
    /// Whether an authorizer says which API key counts (`AUTHORIZER`), instead of the header `X-Api-Key`.
    pub authorizer_names_keys: bool,
    /// The media types whose bodies are bytes.
    pub binary_types: Vec<String>,
    /// What bodies must be, where routes check them.
    pub models: Arc<Models>,
    /// The OpenAPI document that its routes come from.
    pub document: Option<Arc<serde_json::Value>>,
    /// What an HTTP API has besides; a REST API without.
    pub http: Option<HttpApi>,
}

impl Api {
    /// What people call it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.http {
            None => "REST API",
            Some(http) if http.is_function_url => "function URL",
            Some(_) => "HTTP API",
        }
    }

    /// Whether it is a function's own URL, which comes after all other APIs.
    #[must_use]
    pub fn is_function_url(&self) -> bool {
        self.http.as_ref().is_some_and(|http| http.is_function_url)
    }
}

/// An authorizer of an API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorizer {
    /// Its name in the API's document.
    pub name: String,
    /// What it asks.
    pub kind: AuthorizerKind,
    /// How long a decision is kept; not at all for zero.
    pub ttl: Duration,
    /// Whether its function is invoked with a role, and needs no permission for the API.
    pub with_role: bool,
}

/// What an authorizer asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorizerKind {
    /// A function, about a token in a header.
    Token {
        /// The function's name.
        function: String,
        /// The header.
        header: String,
        /// What the token must match before the function is asked.
        expression: Option<String>,
    },
    /// A function, about the whole request.
    Request {
        /// The function's name.
        function: String,
        /// What must be there before the function is asked, and what a kept decision is kept for.
        sources: Vec<IdentitySource>,
        /// The form of the request that it is given.
        format: PayloadFormat,
        /// Whether it answers `isAuthorized` (`EnableSimpleResponses`) instead of a policy.
        is_simple: bool,
    },
    /// Nobody: the token says it, in the name of an issuer. Tokens are those of the stage's own issuer.
    Jwt {
        /// Where the token is.
        source: IdentitySource,
        /// `iss`
        issuer: String,
        /// Values of which `aud` or `client_id` must be one.
        audiences: Vec<String>,
    },
    /// Amazon Cognito, which here is the stage's own issuer.
    Cognito {
        /// The ARNs of the user pools.
        pools: Vec<String>,
        /// The header.
        header: String,
    },
}

/// A part of a request that says who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentitySource {
    /// A header.
    Header(String),
    /// A parameter of the query.
    Query(String),
    /// A variable of the stage.
    Variable(String),
    /// A variable of the request's context: `httpMethod`.
    Context(String),
}

/// What stands before a route.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RouteGuard {
    /// The authorization.
    pub authorization: RouteAuthorization,
    /// Whether an API key is asked for.
    pub needs_key: bool,
}

/// The authorization of a route.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum RouteAuthorization {
    /// Everybody may call.
    #[default]
    None,
    /// A signature (SigV4).
    Signature,
    /// An authorizer.
    Authorizer {
        /// Its name.
        name: String,
        /// The scopes of which a token of Amazon Cognito must have one.
        scopes: Vec<String>,
    },
}

/// An API key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its logical id.
    pub id: String,
    /// Its physical id.
    pub key_id: String,
    /// What callers send.
    pub value: String,
    /// Whether it counts.
    pub enabled: bool,
}

/// A usage plan.
#[derive(Debug, Clone, PartialEq)]
pub struct UsagePlan {
    /// Its logical id.
    pub id: String,
    /// Its physical id.
    pub plan_id: String,
    /// The physical ids of the APIs that it is about.
    pub apis: Vec<String>,
    /// The physical ids of its keys.
    pub keys: Vec<String>,
    /// Requests a second on average, and at once.
    pub throttle: Option<(f64, u32)>,
    /// Requests in a period.
    pub quota: Option<(u64, QuotaPeriod)>,
}

/// The period of a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotaPeriod {
    /// A day, in UTC.
    Day,
    /// Seven days.
    Week,
    /// A month, in UTC.
    Month,
}

/// One method of one path of an API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// `/order/{userName}`, `/files/{proxy+}`
    pub path: String,
    /// `GET`; `ANY` for every method.
    pub method: String,
    /// What answers it.
    pub integration: Integration,
    /// What stands before it.
    pub guard: RouteGuard,
    /// The form of the event that its function is given.
    pub format: PayloadFormat,
    /// What the gateway checks of a request before its integration sees it.
    pub checks: Checks,
}

/// What the gateway checks of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checks {
    /// Headers and query parameters that it must have.
    pub required: Vec<IdentitySource>,
    /// What its body must be, by media type: numbers of the API's models. `$default` is for any other type; a type that
    /// has no model is not checked.
    pub models: BTreeMap<String, usize>,
}

/// What answers a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Integration {
    /// A function, by its name, within a time.
    Function {
        /// Its name.
        name: String,
        /// `timeoutInMillis`; 29 s unless the template says less.
        timeout: Duration,
        /// Whether it is invoked with a role, and needs no permission for the API.
        with_role: bool,
    },
    /// The gateway itself: how templates answer preflight requests.
    Mock(Mock),
    /// A service, of an HTTP API.
    Service(ServiceCall),
    /// A function or a service that is given what mapping templates make of the request.
    Mapped(Mapped),
}

/// What an API answers when it does not route (`AWS::ApiGateway::GatewayResponse`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayResponse {
    /// `MISSING_AUTHENTICATION_TOKEN`, `DEFAULT_4XX` …
    pub kind: String,
    /// The status, where it differs.
    pub status: Option<u16>,
    /// Its headers.
    pub headers: Vec<(String, HeaderSource)>,
    /// Content type and template of the body; only `$context` and `$stageVariables` are replaced in it.
    pub template: Option<(String, String)>,
}

/// Where a header of a gateway response has its value from; it is not sent where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderSource {
    /// The value itself.
    Fixed(String),
    /// A header of the request.
    Header(String),
    /// A parameter of the request's query, the last of its name.
    Query(String),
    /// A variable of `$context`.
    Context(String),
    /// A variable of the stage.
    Variable(String),
}

impl HeaderSource {
    /// Reads a mapping expression: `'text'`, `method.request.header.Origin`, `context.requestId`, `stageVariables.name`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Some(literal) = text.strip_prefix('\'') {
            return Some(Self::Fixed(literal.strip_suffix('\'')?.to_owned()));
        }
        let of = |prefix: &str, source: fn(String) -> Self| {
            let name = text.strip_prefix(prefix)?;
            (!name.is_empty()).then(|| source(name.to_owned()))
        };
        of("method.request.header.", Self::Header)
            .or_else(|| of("method.request.querystring.", Self::Query))
            .or_else(|| of("context.", Self::Context))
            .or_else(|| of("stageVariables.", Self::Variable))
    }
}
