//! IAM: what functions do with AWS, and whether their roles let them.
//!
//! Off, nothing is looked at and nothing is paid. Recording, every call of a function is noted by function, action and
//! resource, so that a role can be compared with what its function does. Enforcing, a call that the role does not allow
//! is answered as AWS answers it, and a function whose role lacks what Lambda itself needs of it is not stood up.
//!
//! Who calls is told by the access key that the stage gave the function; a client with any other key is nobody's
//! function and may do everything. What Lambda does with the role of a function (it polls queues, sends records of
//! failed events, writes logs and traces) counts as the function's.
//!
//! Rules and topics are admitted to queues and topics by the resource policies of these, and functions to queues, topics and
//! buses by role and resource policy together (`resource_policies`, `resource`).
//!
//! Known deviations: conditions of roles are `StringEquals` and
//! `StringLike` over the source and detail-type of events; a role with others, managed policies or boundaries cannot be
//! judged and is refused, unless access control is off. Conditions of resource policies are those of `resource`; a policy
//! with others is refused where permissions are enforced, and reported elsewhere.

mod audit;
mod calls;
mod policy;
mod resource;
mod resource_policies;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Mutex, PoisonError};

use crate::account::ACCOUNT;
use crate::log::Log;
use crate::template::{Function, Mapping, Plan, Role};

pub use audit::{Audit, audit};
pub(crate) use calls::{Need, Request, of_request};
pub(crate) use policy::denies;
pub use policy::{Keys, allows, matches, permits};
pub(crate) use resource_policies::{
    ResourcePolicies, api_arn, authorizer_arn, function_arn, route_arn,
};

/// What the stage does about the permissions of functions.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nothing: everybody may do everything.
    #[default]
    Off,
    /// It notes every call.
    Record,
    /// It notes every call, and refuses what the function's role does not allow.
    Enforce,
}

/// One thing that a function did, however often.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// The function's name.
    pub function: String,
    /// `dynamodb:PutItem`
    pub action: String,
    /// The ARN of what it was done to; `*` for actions that know no resources.
    pub resource: String,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} on {}", self.function, self.action, self.resource)
    }
}

/// A call that the function's role does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "User: arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{} is not authorized to perform: {} on resource: {} because no \
     identity-based policy allows the {} action",
    .call.function, .call.action, .call.resource, .call.action
)]
pub struct Denied {
    /// The name of the role.
    role: String,
    /// The call.
    call: Call,
}

/// Why access cannot be controlled.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// A function has no role that the template describes.
    #[error(
        "the permissions of `{function}` are unknown: its `Role` is not an `AWS::IAM::Role` of the template"
    )]
    NoRole {
        /// The function's logical id.
        function: String,
    },
    /// A role holds something that cannot be judged.
    #[error("the permissions of the role `{role}` are unknown: it has {what}")]
    NotUnderstood {
        /// The role's logical id.
        role: String,
        /// What it is.
        what: String,
    },
    /// The policy of a queue, topic or bus holds something that cannot be judged.
    #[error("the policies that `{id}` depends on cannot be judged: {what}")]
    Policy {
        /// The logical id of the policy, or of the rule or subscription that it is about.
        id: String,
        /// What it is.
        what: String,
    },
    /// Lambda would refuse the mapping.
    #[error("the event source mapping `{mapping}` cannot work: {denied}")]
    Mapping {
        /// The mapping's logical id.
        mapping: String,
        /// What is missing.
        denied: Denied,
    },
}

/// What Lambda does to a queue with the role of the function that it polls the queue for (Lambda developer guide,
/// "Creating and configuring an Amazon SQS event source mapping", execution role permissions).
pub(crate) const POLLING: [&str; 3] =
    ["sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:DeleteMessage"];

/// The roles of all functions, and what was done under them.
pub(crate) struct Guard {
    enforces: bool,
    /// By the function's name.
    roles: BTreeMap<String, Role>,
    /// The function's name by its access key.
    callers: BTreeMap<String, String>,
    calls: Mutex<BTreeSet<Call>>,
    log: Log,
}

impl Guard {
    /// The guard over a plan; none when access control is off.
    pub(crate) fn of(access: Access, plan: &Plan, log: &Log) -> Result<Option<Self>, AccessError> {
        if access == Access::Off {
            return Ok(None);
        }
        let mut roles = BTreeMap::new();
        let mut callers = BTreeMap::new();
        for function in &plan.functions {
            roles.insert(function.name.clone(), role_of(function, plan)?.clone());
            callers.insert(access_key(&function.name), function.name.clone());
        }
        let calls = Mutex::default();
        let enforces = access == Access::Enforce;
        let guard = Self { enforces, roles, callers, calls, log: log.clone() };
        // The role of a pipe is not that of its function.
        let of_functions = |mapping: &&Mapping| mapping.enabled && mapping.pipe.is_none();
        for mapping in plan.mappings.iter().filter(of_functions).filter(|_| enforces) {
            guard.check_mapping(mapping)?;
        }
        Ok(Some(guard))
    }

    /// Lambda refuses to make a mapping that could not poll.
    fn check_mapping(&self, mapping: &Mapping) -> Result<(), AccessError> {
        for action in POLLING {
            self.judge(call(&mapping.function, action, &mapping.queue), &[]).map_err(|denied| {
                AccessError::Mapping { mapping: mapping.id.clone(), denied: *denied }
            })?;
        }
        Ok(())
    }

    /// The function that an access key belongs to.
    pub(crate) fn caller(&self, access_key: &str) -> Option<&str> {
        self.callers.get(access_key).map(String::as_str)
    }

    /// Notes what a function does, and says whether it may.
    pub(crate) fn admit(
        &self,
        function: &str,
        action: &str,
        resource: &str,
    ) -> Result<(), Box<Denied>> {
        self.admit_with(function, action, resource, &[])
    }

    /// As [`Guard::admit`], for a request with keys that conditions may ask for.
    pub(crate) fn admit_with(
        &self,
        function: &str,
        action: &str,
        resource: &str,
        keys: &Keys,
    ) -> Result<(), Box<Denied>> {
        let call = call(function, action, resource);
        let judged = if self.enforces { self.judge(call.clone(), keys) } else { Ok(()) };
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).insert(call);
        judged
    }

    /// The role of a function.
    pub(crate) fn role_of(&self, function: &str) -> Option<&Role> {
        self.roles.get(function)
    }

    /// Whether what a role does not allow is refused.
    pub(crate) fn enforces(&self) -> bool {
        self.enforces
    }

    /// As [`Guard::admit`], for what Lambda does with the function's role: there is nobody to answer, so a refusal is
    /// a problem that the stage tells. Whether it may be done.
    pub(crate) fn lets(&self, function: &str, action: &str, resource: &str) -> bool {
        let judged = self.admit(function, action, resource);
        if let Err(denied) = &judged {
            self.log.problem(function, &denied.to_string());
        }
        judged.is_ok()
    }

    fn judge(&self, call: Call, keys: &Keys) -> Result<(), Box<Denied>> {
        match self.roles.get(&call.function) {
            Some(role) if !permits(role, &call.action, &call.resource, keys) => {
                Err(Box::new(Denied { role: role.name.clone(), call }))
            }
            _ => Ok(()),
        }
    }

    /// Lambda opens a stream in the function's log group for an environment.
    pub(crate) fn environment_starts(&self, function: &Function) {
        self.lets(&function.name, "logs:CreateLogStream", &function.log_stream_arn);
    }

    /// Lambda puts what a function writes into the stream.
    pub(crate) fn environment_writes(&self, function: &Function) {
        self.lets(&function.name, "logs:PutLogEvents", &function.log_stream_arn);
    }

    /// Lambda tells X-Ray of an invocation whose trace is sampled, where the function traces.
    pub(crate) fn invocation_begins(&self, function: &Function, trace: &str) {
        if function.traces && trace.contains("Sampled=1") {
            self.lets(&function.name, "xray:PutTraceSegments", "*");
            self.lets(&function.name, "xray:PutTelemetryRecords", "*");
        }
    }

    /// What was done so far, each call once.
    pub(crate) fn calls(&self) -> BTreeSet<Call> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("enforces", &self.enforces).finish_non_exhaustive()
    }
}

fn call(function: &str, action: &str, resource: &str) -> Call {
    Call { function: function.to_owned(), action: action.to_owned(), resource: resource.to_owned() }
}

fn role_of<'p>(function: &Function, plan: &'p Plan) -> Result<&'p Role, AccessError> {
    let arn = function.role.as_deref();
    let role = plan.roles.iter().find(|role| Some(role.arn.as_str()) == arn);
    let role = role.ok_or_else(|| AccessError::NoRole { function: function.id.clone() })?;
    match role.not_understood.first() {
        Some(what) => Err(AccessError::NotUnderstood { role: role.id.clone(), what: what.clone() }),
        None => Ok(role),
    }
}

/// The access key that a function gets: its name, as far as a key may hold it. It tells who calls; nothing checks it.
pub(crate) fn access_key(function: &str) -> String {
    function.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

/// The access key of a signed request: `Credential=key/date/region/service/aws4_request`.
pub(crate) fn access_key_of(authorization: &str) -> Option<&str> {
    let (_, scope) = authorization.split_once("Credential=")?;
    scope.split('/').next()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::template::Statement;

    fn role(actions: &[&str]) -> Role {
        let actions = actions.iter().map(|action| (*action).to_owned()).collect();
        Role {
            id: "Role".to_owned(),
            name: "local-Role".to_owned(),
            arn: "arn:aws:iam::000000000000:role/local-Role".to_owned(),
            statements: vec![Statement {
                allows: true,
                actions,
                resources: vec!["arn:q".into()],
                conditions: Vec::new(),
            }],
            not_understood: Vec::new(),
            managed: Vec::new(),
        }
    }

    fn guard(enforces: bool) -> Guard {
        Guard {
            enforces,
            roles: [("local-f".to_owned(), role(&["sqs:SendMessage"]))].into(),
            callers: [(access_key("local-f"), "local-f".to_owned())].into(),
            calls: Mutex::default(),
            log: Log::silent(),
        }
    }

    #[test]
    fn enforcing_refuses_as_aws_does_and_notes_both() {
        let guard = guard(true);
        assert_eq!(guard.admit("local-f", "sqs:SendMessage", "arn:q"), Ok(()));
        let denied = guard.admit("local-f", "sqs:PurgeQueue", "arn:q").unwrap_err();
        assert_eq!(
            denied.to_string(),
            "User: arn:aws:sts::000000000000:assumed-role/local-Role/local-f is not authorized to perform: \
             sqs:PurgeQueue on resource: arn:q because no identity-based policy allows the sqs:PurgeQueue action"
        );
        assert_eq!(guard.calls().len(), 2);
    }

    #[test]
    fn recording_refuses_nothing_and_notes_each_call_once() {
        let guard = guard(false);
        for _ in 0..3 {
            assert_eq!(guard.admit("local-f", "sqs:PurgeQueue", "arn:q"), Ok(()));
        }
        let calls: Vec<_> = guard.calls().iter().map(ToString::to_string).collect();
        assert_eq!(calls, ["local-f: sqs:PurgeQueue on arn:q"]);
    }

    #[test]
    fn the_key_of_a_signature_names_the_function() {
        let header = "AWS4-HMAC-SHA256 Credential=local_f/20261123/us-east-1/sqs/aws4_request, SignedHeaders=host";
        assert_eq!(access_key_of(header), Some("local_f"));
        assert_eq!(guard(true).caller("local_f"), Some("local-f"));
        assert_eq!(guard(true).caller("test"), None);
        assert_eq!(access_key_of("Bearer x"), None);
    }
}
