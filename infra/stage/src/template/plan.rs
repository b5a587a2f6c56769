//! What is to be stood up, as plain owned data: what `resources` makes and the stage reads.
//!
//! Names and ARNs are physical; nothing here refers to a logical id except for messages and look-ups. Knows no node,
//! line or intrinsic.

use std::collections::BTreeMap;
use std::time::Duration;

use indexmap::IndexMap;

use crate::bus::Scheduler;

mod apis;
mod archives;
mod code;
mod functions;
mod http_api;
mod join;
mod mapped;
mod pipes;
mod policies;
mod rest;
mod stack;
mod stored;
mod streams;
mod topics;

pub use apis::{
    Api, ApiKey, Authorizer, AuthorizerKind, Checks, GatewayResponse, HeaderSource, IdentitySource,
    Integration, QuotaPeriod, Route, RouteAuthorization, RouteGuard, UsagePlan,
};
pub use archives::Archive;
pub(super) use code::Layer;
pub use code::{Code, Runtime};
pub use functions::{Asynchronous, Condition, Function, Logging, Role, Statement};
pub use http_api::{Cors, HttpApi, PayloadFormat, ServiceAction, ServiceCall};
pub(super) use http_api::{HttpIntegration, HttpParts, HttpRoute};
pub use mapped::{
    Called, ErrorPattern, Invoked, Mapped, MappedResponse, MappingTemplate, Mock, Unmapped,
};
pub use pipes::Pipe;
pub use policies::ResourcePolicy;
pub(super) use rest::{DeployedStage, RestMethod, RestModel, RestParts, RestResource, Validator};
pub use stack::{Stack, StackResource};
pub use stored::Stored;
pub use streams::StreamMapping;
pub use topics::{FifoTopic, Subscription, Topic};

/// Everything that a template asks for.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The stacks that it is made of, each before those that are nested in it.
    pub stacks: Vec<Stack>,
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
    /// What resources of the template put into Parameter Store and Secrets Manager.
    pub stored: Stored,
    /// Secrets and parameters that functions read (`Metadata.LocalSecrets`).
    pub needed_secrets: Vec<NeededSecret>,
    /// The template's outputs, by name.
    pub outputs: IndexMap<String, String>,
    /// What it exports to other stacks, by the names of the exports.
    pub exports: BTreeMap<String, String>,
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

/// A table.
#[derive(Debug, Clone, PartialEq)]
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
    /// What EventBridge Scheduler adds to the schedule, where it is one of its own.
    pub scheduler: Option<Scheduler>,
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
    /// The detail type and the source of the event that a schedule puts on a bus.
    pub event_of: Option<(String, String)>,
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
    /// Its version or alias.
    pub qualifier: Option<String>,
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
