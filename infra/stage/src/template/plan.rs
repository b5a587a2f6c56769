//! What is to be stood up, as plain owned data: what `resources` makes and the stage reads.
//!
//! Names and ARNs are physical; nothing here refers to a logical id except for messages and look-ups. Knows no node,
//! line or intrinsic.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use indexmap::IndexMap;

mod archives;
mod code;
mod http_api;
mod mapped;
mod pipes;
mod policies;
mod rest;
mod streams;
mod topics;

pub use archives::Archive;
pub(super) use code::Layer;
pub use code::{Code, Runtime};
pub use http_api::{Cors, HttpApi, PayloadFormat, ServiceAction, ServiceCall};
pub(super) use http_api::{HttpIntegration, HttpParts, HttpRoute};
pub use mapped::{Called, Mapped, MappedResponse, Unmapped};
pub use pipes::Pipe;
pub use policies::ResourcePolicy;
pub(super) use rest::{RestMethod, RestParts, RestResource, Validator};
pub use streams::StreamMapping;
pub use topics::{Subscription, Topic};

/// Everything that a template asks for.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// REST APIs, HTTP APIs and function URLs.
    pub apis: Vec<Api>,
    /// Lambda functions.
    pub functions: Vec<Function>,
    /// DynamoDB tables.
    pub tables: Vec<Table>,
    /// SQS queues, a dead-letter queue before those that name it.
    pub queues: Vec<Queue>,
    /// Event buses, without the default one.
    pub buses: Vec<Bus>,
    /// EventBridge rules.
    pub rules: Vec<Rule>,
    /// Archives of events.
    pub archives: Vec<Archive>,
    /// SNS topics.
    pub topics: Vec<Topic>,
    /// Subscriptions to topics.
    pub subscriptions: Vec<Subscription>,
    /// Event source mappings.
    pub mappings: Vec<Mapping>,
    /// Event source mappings from streams of tables.
    pub stream_mappings: Vec<StreamMapping>,
    /// IAM roles.
    pub roles: Vec<Role>,
    /// Policies of queues, topics and buses.
    pub resource_policies: Vec<ResourcePolicy>,
    /// API keys.
    pub api_keys: Vec<ApiKey>,
    /// Usage plans.
    pub usage_plans: Vec<UsagePlan>,
    /// Which key belongs to which plan, by physical ids, until the plans have them.
    pub(super) plan_keys: Vec<(String, String)>,
    /// Secrets and parameters that functions read (`Metadata.LocalSecrets`).
    pub needed_secrets: Vec<NeededSecret>,
    /// The template's outputs, by name.
    pub outputs: IndexMap<String, String>,
    /// What is knowingly not stood up, and nothing is lost by.
    pub inert: Vec<Inert>,
    /// What the stage does not have and was told to leave out, each with its place.
    pub left_out: Vec<String>,
    /// Layers, until functions have them.
    pub(super) layers: Vec<Layer>,
    /// Parts of HTTP APIs, until the APIs have them.
    pub(super) http: HttpParts,
    /// Parts of REST APIs that are resources of their own, until the APIs have them.
    pub(super) rest: RestParts,
}

/// A secret or parameter that a function reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeededSecret {
    /// The function and its setting: `shop.DB_PASSWORD`.
    pub variable: String,
    /// The name or ARN.
    pub id: String,
    /// The key of a JSON object.
    pub key: Option<String>,
    /// Whether it is in Parameter Store.
    pub is_parameter: bool,
    /// Where it is declared.
    pub declared_at: String,
}

/// A resource that is knowingly not stood up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inert {
    /// Its logical id.
    pub id: String,
    /// Its type.
    pub kind: String,
    /// Why nothing is lost by that.
    pub reason: &'static str,
}

/// An API with its one stage.
#[derive(Debug, Clone)]
pub struct Api {
    /// Its logical id.
    pub id: String,
    /// Its physical id.
    pub api_id: String,
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
    /// What an HTTP API has besides; a REST API without.
    pub http: Option<HttpApi>,
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
    /// Headers and query parameters that a request must have.
    pub required: Vec<IdentitySource>,
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
    /// The gateway itself, with fixed values: how templates answer preflight requests.
    Mock {
        /// The status.
        status: u16,
        /// The headers.
        headers: Vec<(String, String)>,
        /// Origins that are answered with themselves (`Access-Control-Allow-Origin`); any other with none.
        origins: Vec<String>,
        /// Media type and text of the body.
        body: Option<(String, String)>,
    },
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
    /// Headers with fixed values.
    pub headers: Vec<(String, String)>,
    /// Headers that repeat one of the request.
    pub echoed: Vec<(String, String)>,
    /// Content type and template of the body; only `$context` variables are replaced in it.
    pub template: Option<(String, String)>,
}

/// A function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its logical id.
    pub id: String,
    /// Its physical name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// `_HANDLER`
    pub handler: String,
    /// What runs its code.
    pub runtime: Runtime,
    /// The binary's name, from `Metadata.Binary`.
    pub binary: Option<String>,
    /// Where its code is.
    pub code: Option<Code>,
    /// The contents of its layers, the first one at the bottom.
    pub layers: Vec<PathBuf>,
    /// The ARNs of its layers, until the contents are known.
    pub(super) layer_arns: Vec<String>,
    /// Versions and aliases by which it may be invoked, beside `$LATEST`; all of them are the same code here.
    pub qualifiers: Vec<String>,
    /// Memory in MiB; told to the function, not enforced.
    pub memory_mib: u32,
    /// How long an invocation may take.
    pub timeout: Duration,
    /// Reserved concurrency: beyond it invocations are throttled.
    pub reserved_concurrency: Option<usize>,
    /// Its environment.
    pub environment: BTreeMap<String, String>,
    /// How it is invoked asynchronously.
    pub asynchronous: Asynchronous,
    /// The ARN of its role, where the template tells one.
    pub role: Option<String>,
    /// The ARN of the log streams of its environments, which share one name here.
    pub log_stream_arn: String,
    /// Whether it tells X-Ray of its invocations.
    pub traces: bool,
}

/// A role, as far as permissions depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Its logical id.
    pub id: String,
    /// Its physical name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// The statements of all its policies.
    pub statements: Vec<Statement>,
    /// What it holds beyond them, so that nobody can say what it allows.
    pub not_understood: Vec<String>,
    /// The ARNs of its managed policies, until their statements are known.
    pub managed: Vec<String>,
}

/// A statement of a policy: every action on every resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Whether it allows; else it denies.
    pub allows: bool,
    /// `dynamodb:PutItem`, `sqs:*`
    pub actions: Vec<String>,
    /// ARNs, with wildcards.
    pub resources: Vec<String>,
    /// What must hold of the request besides.
    pub conditions: Vec<Condition>,
}

/// A condition of a statement: a key of the request must have one of these values (`StringEquals`, `StringLike`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// `events:source`
    pub key: String,
    /// Values; patterns with wildcards for `StringLike`.
    pub values: Vec<String>,
    /// Whether the values are patterns.
    pub is_like: bool,
}

/// How a function is invoked asynchronously (`AWS::Lambda::EventInvokeConfig`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asynchronous {
    /// Attempts after the first.
    pub max_retries: u32,
    /// How old an event may get.
    pub max_age: Duration,
    /// The ARN of what takes records of failed events.
    pub on_failure: Option<String>,
    /// The ARN of what takes records of successful events.
    pub on_success: Option<String>,
    /// The ARN of the queue or topic that takes failed events themselves (`DeadLetterConfig`).
    pub dead_letter: Option<String>,
}

impl Default for Asynchronous {
    fn default() -> Self {
        Self {
            max_retries: 2,
            max_age: Duration::from_secs(limits::LAMBDA_ASYNC_AGE as u64),
            on_failure: None,
            on_success: None,
            dead_letter: None,
        }
    }
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its logical id.
    pub id: String,
    /// Its physical name.
    pub name: String,
    /// The request that creates it, as the DynamoDB API spells it.
    pub request: serde_json::Value,
    /// The attribute that says when an item expires.
    pub ttl_attribute: Option<String>,
}

/// A queue.
#[derive(Debug, Clone)]
pub struct Queue {
    /// Its logical id.
    pub id: String,
    /// Its physical name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// Its URL.
    pub url: String,
    /// Its attributes, as the `CreateQueue` API spells them.
    pub attributes: BTreeMap<String, String>,
    /// The ARN of its dead-letter queue.
    pub dead_letter: Option<String>,
    /// The key that it would be encrypted under, where the template names one.
    pub kms_key: Option<String>,
}

/// An event bus.
#[derive(Debug, Clone)]
pub struct Bus {
    /// Its logical id.
    pub id: String,
    /// Its physical name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
}

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its logical id.
    pub id: String,
    /// Its physical name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// The name of its bus.
    pub bus: String,
    /// Its event pattern.
    pub pattern: Option<serde_json::Value>,
    /// Its schedule: `rate(5 minutes)`, `cron(…)`.
    pub schedule: Option<String>,
    /// Whether it is in force.
    pub enabled: bool,
    /// What it delivers to.
    pub targets: Vec<RuleTarget>,
}

/// A target of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleTarget {
    /// Its id within the rule.
    pub id: String,
    /// The ARN of a queue, function, topic, bus or log group.
    pub arn: String,
    /// The ARN of the queue for what could not be delivered.
    pub dead_letter: Option<String>,
    /// Deliveries after the first.
    pub max_retries: u32,
    /// How long delivery is tried.
    pub max_age: Duration,
    /// A fixed text that replaces the event.
    pub input: Option<String>,
    /// The part of the event that is delivered.
    pub input_path: Option<String>,
    /// Paths and template that make what is delivered.
    pub input_transformer: Option<(BTreeMap<String, String>, String)>,
    /// The message group id of a FIFO queue.
    pub message_group_id: Option<String>,
    /// Whether it is reached with a role, and needs no policy of its own.
    pub has_role: bool,
}

/// An event source mapping from a queue to a function.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// Its logical id.
    pub id: String,
    /// The ARN of the queue.
    pub queue: String,
    /// The name of the function.
    pub function: String,
    /// Messages in a batch at most.
    pub batch_size: usize,
    /// How long a batch may be gathered.
    pub window: Duration,
    /// Invocations at a time at most.
    pub max_concurrency: Option<usize>,
    /// Whether the function reports which messages failed.
    pub reports_item_failures: bool,
    /// Patterns of which a message must match one; what matches none is deleted.
    pub filters: Vec<serde_json::Value>,
    /// Whether it polls.
    pub enabled: bool,
    /// What is done with messages instead, where it is a pipe that polls.
    pub pipe: Option<Pipe>,
}
