//! Functions with the roles that they have.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

use super::{Code, Runtime};
use crate::lambda::LATEST;

/// A function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// The name of its stack.
    pub stack: String,
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
    pub(in crate::template) layer_arns: Vec<String>,
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
    /// How its versions and aliases are invoked asynchronously, by name; others as by default.
    pub asynchronous: BTreeMap<String, Asynchronous>,
    /// The ARN of the queue or topic that takes events of asynchronous invocations that failed (`DeadLetterConfig`).
    pub dead_letter: Option<String>,
    /// The ARN of its role, where the template tells one.
    pub role: Option<String>,
    /// How it writes logs.
    pub logging: Logging,
    /// The ARN of the log streams of its environments, which share one name here.
    pub log_stream_arn: String,
    /// Whether it tells X-Ray of its invocations.
    pub traces: bool,
}

impl Function {
    /// How it is invoked asynchronously by a version or an alias.
    pub(crate) fn asynchronous(&self, qualifier: Option<&str>) -> &Asynchronous {
        static DEFAULT: LazyLock<Asynchronous> = LazyLock::new(Asynchronous::default);
        self.asynchronous.get(qualifier.unwrap_or(LATEST)).unwrap_or(&DEFAULT)
    }
}

/// How a function writes logs (`LoggingConfig`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logging {
    /// The name of its log group.
    pub group: String,
    /// The least level of lines that are kept, where its lines are JSON.
    pub json_level: Option<String>,
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
}

impl Default for Asynchronous {
    fn default() -> Self {
        Self {
            max_retries: 2,
            max_age: Duration::from_secs(limits::LAMBDA_ASYNC_AGE as u64),
            on_failure: None,
            on_success: None,
        }
    }
}
