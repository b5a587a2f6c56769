//! Whether rules, topics and APIs get into queues, topics and functions, and callers into REST APIs, by the policies and
//! permissions of these.
//!
//! Where permissions are enforced, what a policy does not allow is refused as AWS refuses it, and a policy that cannot be
//! judged is not stood up. Elsewhere it is reported once, because on AWS the messages would be lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{PoisonError, RwLock};

use serde_json::Value;

use super::resource::{Asked, Principal, Verdict, judge};
use super::{Access, AccessError, Guard, Need, denies};
use crate::account::{ACCOUNT, REGION};
use crate::log::Log;
use crate::queue::QueueService;
use crate::template::{AuthorizerKind, Called, Integration, Mapped, Plan};

const EVENTS: &str = "events.amazonaws.com";
const SNS: &str = "sns.amazonaws.com";
const API: &str = "apigateway.amazonaws.com";

/// The policies of all resources of a stage.
pub(crate) struct ResourcePolicies {
    enforces: bool,
    queues: QueueService,
    stated: RwLock<Stated>,
    log: Log,
}

/// What the template says.
#[derive(Default)]
struct Stated {
    /// Statements by the ARN of their topic, bus, function or API; queues know their own.
    policies: BTreeMap<String, Vec<Value>>,
    /// Rules whose targets are reached with a role, as `rule ARN + target ARN`.
    with_role: BTreeSet<(String, String)>,
}

impl fmt::Debug for ResourcePolicies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResourcePolicies").field("enforces", &self.enforces).finish_non_exhaustive()
    }
}

impl ResourcePolicies {
    /// Reads the policies of a plan.
    ///
    /// # Errors
    /// Where permissions are enforced, a policy that cannot be read or judged.
    pub(crate) fn of(
        access: Access,
        plan: &Plan,
        queues: &QueueService,
        log: &Log,
    ) -> Result<Self, AccessError> {
        let enforces = access == Access::Enforce;
        let policies =
            Self { enforces, queues: queues.clone(), stated: RwLock::default(), log: log.clone() };
        policies.replace(plan)?;
        Ok(policies)
    }

    /// Puts the policies of another plan in the place of these.
    ///
    /// # Errors
    /// As for [`ResourcePolicies::of`].
    pub(crate) fn replace(&self, plan: &Plan) -> Result<(), AccessError> {
        let mut stated = Stated::default();
        for policy in &plan.resource_policies {
            match &policy.document {
                Ok(document) => {
                    let statements = stated.policies.entry(policy.resource.clone()).or_default();
                    statements.push(document.clone());
                }
                Err(what) if self.enforces => {
                    return Err(AccessError::Policy { id: policy.id.clone(), what: what.clone() });
                }
                Err(_) => {}
            }
        }
        for rule in &plan.rules {
            let is_schedule = rule.arn.starts_with("arn:aws:scheduler:");
            let targets = rule.targets.iter().filter(|target| is_schedule || target.has_role);
            let bus = if rule.bus == "default" { String::new() } else { format!("{}/", rule.bus) };
            let arn = format!("arn:aws:events:{REGION}:{ACCOUNT}:rule/{bus}{}", rule.name);
            stated.with_role.extend(targets.map(|target| (arn.clone(), target.arn.clone())));
        }
        *self.stated.write().unwrap_or_else(PoisonError::into_inner) = stated;
        self.report_apis(plan)?;
        self.report(plan)
    }

    /// Looks at the policies of APIs: one that cannot be judged for anybody who calls a route is refused. What speaks of
    /// certain callers or paths alone shows when they call, and keeps them out.
    fn report_apis(&self, plan: &Plan) -> Result<(), AccessError> {
        for api in &plan.apis {
            let resource = api_arn(&api.api_id);
            if !plan.resource_policies.iter().any(|policy| policy.resource == resource) {
                continue;
            }
            if !self.enforces {
                let text = "has a resource policy, which is checked with `--enforce-iam` alone: callers that it keeps \
                            out are served";
                self.log.problem(&api.id, text);
                continue;
            }
            for route in &api.routes {
                let resource = &route_arn(&api.api_id, &api.stage, &route.method, &route.path);
                let asked = Asked { resource, ..invoke(Principal::Public) };
                self.judge(asked).map_err(|what| AccessError::Policy {
                    id: api.id.clone(),
                    what: format!("{what} in its policy"),
                })?;
            }
        }
        Ok(())
    }

    /// Says which ways of a plan are closed.
    fn report(&self, plan: &Plan) -> Result<(), AccessError> {
        let routes = routes(plan);
        let mut ways: Vec<(&str, Principal<'_>, &str)> = Vec::new();
        let mut seen = BTreeSet::new();
        for (id, source, function) in &routes {
            // One route of an API tells as much as all of them, where none may invoke the function.
            let principal = Principal::Service(API, source);
            let is_open = self.verdict(principal, function) == Ok(true);
            if is_open || seen.insert((id, function)) {
                ways.push((id, principal, function));
            }
        }
        for rule in plan.rules.iter().filter(|rule| rule.arn.starts_with("arn:aws:events:")) {
            for target in &rule.targets {
                let letters = target.dead_letter.as_deref().into_iter();
                let reached = letters.chain([target.arn.as_str()]);
                ways.extend(
                    reached
                        .map(|arn| (rule.id.as_str(), Principal::Service(EVENTS, &rule.arn), arn)),
                );
            }
        }
        for one in &plan.subscriptions {
            let letters = one.dead_letter.as_deref().into_iter();
            let reached = letters.chain([one.endpoint.as_str()]);
            ways.extend(
                reached.map(|arn| (one.id.as_str(), Principal::Service(SNS, &one.topic), arn)),
            );
        }
        let stood_up = |arn: &str| {
            plan.queues.iter().any(|queue| queue.arn == arn)
                || plan.topics.iter().any(|topic| topic.arn == arn)
                || plan.functions.iter().any(|function| function.arn == unqualified(arn))
        };
        let mut told = BTreeSet::new();
        for (id, principal, arn) in ways.into_iter().filter(|(.., arn)| stood_up(arn)) {
            match self.verdict(principal, arn) {
                Ok(true) => {}
                Ok(false) => {
                    let text = closed(principal, arn);
                    // Several targets of a rule may be one queue.
                    if told.insert((id, text.clone())) {
                        self.log.problem(id, &text);
                    }
                }
                Err(what) if self.enforces => {
                    let id = id.to_owned();
                    return Err(AccessError::Policy {
                        id,
                        what: format!("{what} in the policy of {arn}"),
                    });
                }
                Err(what) => {
                    let text = format!(
                        "whether {arn} takes what it sends is not known: its policy has {what}"
                    );
                    self.log.problem(id, &text);
                }
            }
        }
        Ok(())
    }

    /// Whether a service may put something into a queue or topic, or invoke a function.
    fn verdict(&self, principal: Principal<'_>, arn: &str) -> Result<bool, String> {
        let arn = unqualified(arn);
        let Some(action) = action_on(arn) else { return Ok(true) };
        if let Principal::Service(_, source) = principal {
            let stated = self.stated.read().unwrap_or_else(PoisonError::into_inner);
            if stated.with_role.contains(&(source.to_owned(), arn.to_owned())) {
                return Ok(true);
            }
        }
        let asked = Asked { principal, action, resource: arn, keys: &[] };
        self.judge(asked).map(|verdict| verdict == Verdict::Allowed)
    }

    /// What the policies of a resource say of a request.
    ///
    /// # Errors
    /// What of them is not judged.
    pub(crate) fn judge(&self, asked: Asked<'_>) -> Result<Verdict, String> {
        if asked.resource.starts_with("arn:aws:sqs:") {
            let policy = self
                .queues
                .queue_by_arn(asked.resource)
                .ok()
                .and_then(|queue| queue.config().policy);
            let policy = policy.and_then(|text| serde_json::from_str(&text).ok());
            return judge(&policy.unwrap_or(Value::Null), asked);
        }
        let stated = self.stated.read().unwrap_or_else(PoisonError::into_inner);
        let mut verdict = Verdict::Silent;
        for policy in stated.policies.get(holder(asked.resource)).into_iter().flatten() {
            match judge(policy, asked)? {
                Verdict::Denied => return Ok(Verdict::Denied),
                Verdict::Allowed => verdict = Verdict::Allowed,
                Verdict::Silent => {}
            }
        }
        Ok(verdict)
    }

    /// Lets a rule put an event somewhere.
    ///
    /// # Errors
    /// Where permissions are enforced, why it may not.
    pub(crate) fn admit_rule(&self, rule: &str, arn: &str) -> Result<(), String> {
        self.admit(Principal::Service(EVENTS, rule), arn)
    }

    /// Lets a topic put a message somewhere.
    ///
    /// # Errors
    /// Where permissions are enforced, why it may not.
    pub(crate) fn admit_topic(&self, topic: &str, arn: &str) -> Result<(), String> {
        self.admit(Principal::Service(SNS, topic), arn)
    }

    /// Lets an API invoke a function, by its name, for a route or authorizer.
    ///
    /// # Errors
    /// Where permissions are enforced, why it may not.
    pub(crate) fn admit_api(&self, source: &str, function: &str) -> Result<(), String> {
        if !self.enforces {
            return Ok(());
        }
        self.admit(Principal::Service(API, source), &function_arn(function))
    }

    /// Lets a caller reach a route of a REST API that has a policy. Who is known by a signature or an authorizer's function
    /// only must not be denied; anybody else must be allowed.
    ///
    /// **Source**: API Gateway Developer Guide, "How API Gateway resource policies affect authorization workflow".
    ///
    /// # Errors
    /// Where permissions are enforced, why it may not, as API Gateway says it.
    pub(crate) fn admit_caller(
        &self,
        route: &str,
        signer: Option<&str>,
        must_be_allowed: bool,
    ) -> Result<(), String> {
        let has_policy = || {
            let stated = self.stated.read().unwrap_or_else(PoisonError::into_inner);
            stated.policies.contains_key(holder(route))
        };
        if !self.enforces || !has_policy() {
            return Ok(());
        }
        let principal = signer.map_or(Principal::Public, Principal::Role);
        let end = match self.judge(Asked { resource: route, ..invoke(principal) }) {
            Ok(Verdict::Allowed) => return Ok(()),
            Ok(Verdict::Silent) if !must_be_allowed => return Ok(()),
            Ok(Verdict::Denied) => " with an explicit deny",
            Ok(Verdict::Silent) => "",
            Err(what) => {
                let text = format!(
                    "the policy of its API has {what}, which the stage does not judge: callers are kept out"
                );
                self.log.problem(route, &text);
                ""
            }
        };
        // All but the last four digits of the account are hidden.
        let shown = route.replacen(ACCOUNT, &format!("********{}", &ACCOUNT[8..]), 1);
        let who = signer.unwrap_or("anonymous");
        Err(format!(
            "User: {who} is not authorized to perform: execute-api:Invoke on resource: {shown}{end}"
        ))
    }

    /// Lets anybody invoke a function by its URL.
    ///
    /// # Errors
    /// Where permissions are enforced, why it may not.
    pub(crate) fn admit_public(&self, function: &str) -> Result<(), String> {
        if !self.enforces {
            return Ok(());
        }
        let resource = &function_arn(function);
        for (action, key, value, property) in [
            (
                "lambda:InvokeFunctionUrl",
                "lambda:functionurlauthtype",
                "NONE",
                "FunctionUrlAuthType",
            ),
            (
                "lambda:InvokeFunction",
                "lambda:invokedviafunctionurl",
                "true",
                "InvokedViaFunctionUrl",
            ),
        ] {
            let keys = &[(key, value.to_owned())];
            let asked = Asked { principal: Principal::Public, action, resource, keys };
            if self.judge(asked)? != Verdict::Allowed {
                return Err(format!(
                    "no permission of {function} lets everybody invoke its URL: AWS answers 403; add an \
                     AWS::Lambda::Permission for {action} with `{property}: {value}`"
                ));
            }
        }
        Ok(())
    }

    /// Lets a function do something: within an account, its role or the policy of what is asked must allow it, and neither
    /// deny it.
    ///
    /// # Errors
    /// Where permissions are enforced, why it may not.
    pub(crate) fn admit_role(
        &self,
        guard: &Guard,
        caller: &str,
        need: &Need,
    ) -> Result<(), String> {
        let by_role = guard.admit_with(caller, &need.action, &need.resource, &need.keys);
        let Some(role) = guard.role_of(caller).filter(|_| guard.enforces()) else { return Ok(()) };
        let asked = Asked {
            principal: Principal::Role(&role.arn),
            action: &need.action,
            resource: &need.resource,
            keys: &need.keys,
        };
        match (self.judge(asked), by_role) {
            (Ok(Verdict::Allowed | Verdict::Silent), Ok(())) => Ok(()),
            (Ok(Verdict::Allowed), Err(_))
                if !denies(role, &need.action, &need.resource, &need.keys) =>
            {
                Ok(())
            }
            (Ok(Verdict::Allowed | Verdict::Silent), Err(denied)) => Err(denied.to_string()),
            (Ok(Verdict::Denied), _) => Err(format!(
                "User: {} is not authorized to perform: {} on resource: {} with an explicit deny in a \
                 resource-based policy",
                role.arn, need.action, need.resource
            )),
            (Err(what), _) => Err(format!(
                "the policy of {} has {what}, which the stage does not judge",
                need.resource
            )),
        }
    }

    fn admit(&self, principal: Principal<'_>, arn: &str) -> Result<(), String> {
        if !self.enforces {
            return Ok(());
        }
        match self.verdict(principal, arn) {
            Ok(true) => Ok(()),
            Ok(false) => Err(closed(principal, arn)),
            Err(what) => {
                Err(format!("the policy of {arn} has {what}, which the stage does not judge"))
            }
        }
    }
}

/// What is asked of a queue or topic that something is put into, or of a function; nothing else has a policy here.
fn action_on(arn: &str) -> Option<&'static str> {
    let kinds = [
        ("arn:aws:sqs:", "sqs:SendMessage"),
        ("arn:aws:sns:", "sns:Publish"),
        ("arn:aws:lambda:", "lambda:InvokeFunction"),
    ];
    kinds.into_iter().find_map(|(prefix, action)| arn.starts_with(prefix).then_some(action))
}

/// A call of an API by somebody.
fn invoke(principal: Principal<'_>) -> Asked<'_> {
    Asked { principal, action: "execute-api:Invoke", resource: "", keys: &[] }
}

/// The ARN of what holds the policy that speaks of a resource: of a route, its API.
fn holder(resource: &str) -> &str {
    match resource.starts_with("arn:aws:execute-api:") {
        true => resource.split('/').next().unwrap_or(resource),
        false => resource,
    }
}

/// The ARN of an API.
pub(crate) fn api_arn(api_id: &str) -> String {
    format!("arn:aws:execute-api:{REGION}:{ACCOUNT}:{api_id}")
}

/// The ARN of a function without its version or alias.
fn unqualified(arn: &str) -> &str {
    let Some((start, rest)) = arn.split_once(":function:") else { return arn };
    let name = rest.split(':').next().unwrap_or_default();
    &arn[..start.len() + ":function:".len() + name.len()]
}

pub(crate) fn function_arn(name: &str) -> String {
    format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}")
}

/// The ARN of a route, for which a gateway invokes a function: parameters of the path are `*`, and so is any method.
pub(crate) fn route_arn(api_id: &str, stage: &str, method: &str, path: &str) -> String {
    let method = if method == "ANY" { "*" } else { method };
    let segment = |part: &str| if part.starts_with('{') { "*".to_owned() } else { part.to_owned() };
    let path: Vec<String> = path.trim_start_matches('/').split('/').map(segment).collect();
    let path = path.join("/");
    let of_api = format!("{}/{stage}", api_arn(api_id));
    if path == "$default" {
        format!("{of_api}/{path}")
    } else {
        format!("{of_api}/{method}/{path}")
    }
}

/// The ARN of an authorizer, for which a gateway invokes its function.
pub(crate) fn authorizer_arn(api_id: &str, name: &str) -> String {
    format!("{}/authorizers/{name}", api_arn(api_id))
}

/// The functions that APIs invoke: the API's logical id, the ARN of the route or authorizer, the function's ARN.
fn routes(plan: &Plan) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for api in plan.apis.iter().filter(|api| !api.is_function_url()) {
        for route in &api.routes {
            let invoked = match &route.integration {
                Integration::Function { name, with_role: false, .. } => Some(name),
                Integration::Mapped(Mapped {
                    called: Called::Function(name),
                    with_role: false,
                    ..
                }) => Some(name),
                _ => None,
            };
            if let Some(name) = invoked {
                let source = route_arn(&api.api_id, &api.stage, &route.method, &route.path);
                all.push((api.id.clone(), source, function_arn(name)));
            }
        }
        for authorizer in &api.authorizers {
            if let AuthorizerKind::Token { function, .. } | AuthorizerKind::Request { function, .. } =
                &authorizer.kind
                && !authorizer.with_role
            {
                let source = authorizer_arn(&api.api_id, &authorizer.name);
                all.push((api.id.clone(), source, function_arn(function)));
            }
        }
    }
    all
}

fn closed(principal: Principal<'_>, arn: &str) -> String {
    let (service, source) = match principal {
        Principal::Service(service, source) => (service, source),
        Principal::Role(role) => (role, ""),
        Principal::Public => ("everybody", ""),
    };
    let (action, kind) = match action_on(arn) {
        Some(action @ "sns:Publish") => (action, "AWS::SNS::TopicPolicy"),
        Some(action @ "lambda:InvokeFunction") => (action, "AWS::Lambda::Permission"),
        _ => ("sqs:SendMessage", "AWS::SQS::QueuePolicy"),
    };
    format!(
        "no policy of {arn} allows {service} to {action} for {source}: AWS refuses it; add an \
         {kind}"
    )
}
