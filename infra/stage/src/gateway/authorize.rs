//! What an authorizer is asked, what its answer means, and how long that counts. Pure data that is told the time.
//!
//! A policy is kept, not a decision: it is judged anew for each request that the kept one counts for.

use std::collections::BTreeMap;
use std::time::Duration;

use hyper::HeaderMap;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::error::Rejection;
use super::http_api;
use super::wire::{self, Context};
use crate::access::{api_arn, matches};
use crate::template::{Authorizer, AuthorizerKind, IdentitySource, PayloadFormat, RouteGuard};

/// What is known of a caller after the authorizer: it goes into the event for the function.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Caller {
    /// `requestContext.authorizer`
    pub(super) authorizer: Option<Map<String, Value>>,
    /// The API key that counts, where an authorizer names it.
    pub(super) usage_key: Option<String>,
    /// The API key's id and value.
    pub(super) api_key: Option<(String, String)>,
    /// The access key and the ARN of who signed.
    pub(super) signer: Option<(String, String)>,
}

/// The ARN of a request, which policies speak of.
pub(super) fn method_arn(context: &Context<'_>) -> String {
    let path = context.path.trim_start_matches('/');
    format!("{}/{}/{}/{path}", api_arn(context.api_id), context.stage, context.method)
}

/// The value of a header that a client is known by; none where it is sent more than once, so that what is decided on, what
/// is kept and what the function reads are one value (RFC 9110, section 11.6.2, of `Authorization`).
pub(super) fn single<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?.trim();
    (values.next().is_none() && !value.is_empty()).then_some(value)
}

/// The values by which a caller is told from others; `None` when one is missing, which is a `401` without asking.
pub(super) fn identity(kind: &AuthorizerKind, context: &Context<'_>) -> Option<Vec<String>> {
    let header = |name: &str| single(context.headers, name).map(str::to_owned);
    let sources_of = |sources: &[IdentitySource]| {
        let value = |source: &IdentitySource| match source {
            IdentitySource::Header(name) => header(name),
            IdentitySource::Query(name) => {
                wire::query_value(context.query, name).filter(|value| !value.is_empty())
            }
            IdentitySource::Variable(name) => context.variables.get(name).cloned(),
            IdentitySource::Context(name) => variable(context, name),
        };
        sources.iter().map(value).collect()
    };
    match kind {
        AuthorizerKind::Token { header: name, .. }
        | AuthorizerKind::Cognito { header: name, .. } => header(name).map(|value| vec![value]),
        AuthorizerKind::Jwt { source, .. } => sources_of(std::slice::from_ref(source)),
        AuthorizerKind::Request { sources, .. } => sources_of(sources),
    }
}

/// A variable of the request's context; none for one that the stage does not know.
fn variable(context: &Context<'_>, name: &str) -> Option<String> {
    let value = match name {
        "httpMethod" => context.method,
        "resourcePath" => context.resource,
        "path" => context.path,
        "stage" => context.stage,
        "apiId" => context.api_id,
        "identity.sourceIp" => context.source_ip,
        _ => return None,
    };
    Some(value.to_owned())
}

/// The event for the authorizer's function.
pub(super) fn event(
    kind: &AuthorizerKind,
    context: &Context<'_>,
    arn: &str,
    identity: &[String],
) -> Vec<u8> {
    let value = match kind {
        AuthorizerKind::Request { format: PayloadFormat::V2, .. } => {
            return http_api::authorizer_event(context, arn, identity);
        }
        AuthorizerKind::Token { .. } => json!({
            "type": "TOKEN", "methodArn": arn, "authorizationToken": identity.first(),
        }),
        _ => {
            let mut event = wire::event_value(context);
            event["type"] = "REQUEST".into();
            event["methodArn"] = arn.into();
            if context.is_http_api {
                let source = (!identity.is_empty()).then(|| identity.join(","));
                event["identitySource"] = source.clone().into();
                event["authorizationToken"] = source.into();
            }
            if let Some(event) = event.as_object_mut() {
                event.remove("body");
                event.remove("isBase64Encoded");
            }
            event
        }
    };
    value.to_string().into_bytes()
}

/// What an authorizer has to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A policy, with a context of single values: REST APIs.
    Policy,
    /// A policy, with any JSON as context: HTTP APIs.
    RichPolicy,
    /// `isAuthorized`: authorizers of HTTP APIs with `EnableSimpleResponses`.
    Simple,
}

impl Form {
    /// The form that an authorizer of an API has to answer in.
    pub(super) fn of(kind: &AuthorizerKind, is_http_api: bool) -> Self {
        match kind {
            AuthorizerKind::Request { is_simple: true, .. } => Self::Simple,
            _ if is_http_api => Self::RichPolicy,
            _ => Self::Policy,
        }
    }
}

/// An answer that is understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Decision {
    /// None in the simple answers that HTTP APIs take.
    principal: Option<String>,
    statements: Vec<(bool, Vec<String>)>,
    context: Map<String, Value>,
    usage_key: Option<String>,
}

impl Decision {
    /// Reads the answer of an authorizer; the error says what is wrong with it.
    pub(super) fn read(payload: &[u8], form: Form) -> Result<Self, String> {
        let answer: Value = serde_json::from_slice(payload).map_err(|error| error.to_string())?;
        let is_authorized = answer["isAuthorized"].as_bool();
        if form == Form::Simple {
            let is_authorized = is_authorized
                .ok_or("`isAuthorized` must be true or false, for simple responses are enabled")?;
            let statements = vec![(is_authorized, vec!["*".to_owned()])];
            let context = answer["context"].as_object().cloned().unwrap_or_default();
            return Ok(Self { principal: None, statements, context, usage_key: None });
        }
        let principal = answer["principalId"].as_str().ok_or(match (is_authorized, form) {
            (None, _) => "it has no `principalId`",
            (_, Form::Policy) => "a REST API takes no `isAuthorized`, but `principalId` and `policyDocument`",
            _ => "`isAuthorized` counts with `EnableSimpleResponses` only; without, a policy is expected",
        })?;
        let statements = match &answer["policyDocument"]["Statement"] {
            Value::Array(statements) => statements.as_slice(),
            one @ Value::Object(_) => std::slice::from_ref(one),
            _ => return Err("it has no policy with a `Statement`".to_owned()),
        };
        let statements: Result<Vec<_>, String> = statements.iter().map(statement).collect();
        let mut context = Map::new();
        for (name, value) in answer["context"].as_object().into_iter().flatten() {
            let text = match value {
                value if form == Form::RichPolicy => {
                    context.insert(name.clone(), value.clone());
                    continue;
                }
                Value::String(text) => text.clone(),
                Value::Number(_) | Value::Bool(_) => value.to_string(),
                Value::Null => continue,
                _ => return Err(format!("`context.{name}` is not a string, number or boolean")),
            };
            context.insert(name.clone(), text.into());
        }
        let usage_key = answer["usageIdentifierKey"].as_str().map(str::to_owned);
        let principal = Some(principal.to_owned());
        Ok(Self { principal, statements: statements?, context, usage_key })
    }

    /// Whether the policy lets a request pass, and what is known of the caller then.
    pub(super) fn caller(&self, arn: &str) -> Result<Caller, Rejection> {
        let fitting = self
            .statements
            .iter()
            .filter(|(_, resources)| resources.iter().any(|pattern| matches(pattern, arn)));
        let effects: Vec<bool> = fitting.map(|(allows, _)| *allows).collect();
        if effects.contains(&false) {
            return Err(Rejection::Denied(self.context.clone()));
        }
        if !effects.contains(&true) {
            return Err(Rejection::NotAllowed);
        }
        let mut authorizer = self.context.clone();
        if let Some(principal) = &self.principal {
            authorizer.insert("principalId".to_owned(), principal.as_str().into());
            authorizer.insert("integrationLatency".to_owned(), 0.into());
        }
        let usage_key = self.usage_key.clone();
        Ok(Caller { authorizer: Some(authorizer), usage_key, ..Caller::default() })
    }
}

/// Effect and resources of a statement over `execute-api:Invoke`.
fn statement(value: &Value) -> Result<(bool, Vec<String>), String> {
    for key in ["Condition", "NotAction", "NotResource"] {
        if value.get(key).is_some() {
            return Err(format!("the stage does not support `{key}` in a policy"));
        }
    }
    let texts = |key: &str| -> Vec<String> {
        match &value[key] {
            Value::String(text) => vec![text.clone()],
            Value::Array(values) => {
                values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    };
    let allows = match value["Effect"].as_str() {
        Some("Allow") => true,
        Some("Deny") => false,
        _ => return Err("a statement has no `Effect`".to_owned()),
    };
    let invokes =
        texts("Action").iter().any(|action| matches(&action.to_lowercase(), "execute-api:invoke"));
    Ok((allows, if invokes { texts("Resource") } else { Vec::new() }))
}

/// Decisions that count for a while.
#[derive(Debug, Default)]
pub(super) struct Kept {
    decisions: BTreeMap<(String, Vec<String>), (Timestamp, Decision)>,
    /// How many there may be before those that count no longer are removed.
    n_bearable: usize,
}

/// The least number of decisions that are looked through for old ones.
const FEW: usize = 1_000;

impl Kept {
    /// The decision that counts for a caller now.
    pub(super) fn get(
        &self,
        authorizer: &Authorizer,
        identity: &[String],
        now: Timestamp,
    ) -> Option<&Decision> {
        let (until, decision) =
            self.decisions.get(&(authorizer.name.clone(), identity.to_vec()))?;
        (*until > now).then_some(decision)
    }

    /// Keeps a decision for as long as its authorizer says.
    pub(super) fn keep(
        &mut self,
        authorizer: &Authorizer,
        identity: Vec<String>,
        decision: Decision,
        now: Timestamp,
    ) {
        if authorizer.ttl > Duration::ZERO
            && let Ok(until) = now.checked_add(authorizer.ttl)
        {
            if self.decisions.len() >= self.n_bearable {
                self.decisions.retain(|_, (until, _)| *until > now);
                self.n_bearable = (2 * self.decisions.len()).max(FEW);
            }
            self.decisions.insert((authorizer.name.clone(), identity), (until, decision));
        }
    }
}

/// Whether a route lets everybody in.
pub(super) fn is_open(guard: &RouteGuard) -> bool {
    *guard == RouteGuard::default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    const ARN: &str = "arn:aws:execute-api:us-east-1:0:abc/dev/GET/order/anna";

    fn decision(effect: &str, resource: &str) -> Decision {
        let statement = json!({"Effect": effect, "Action": "execute-api:*", "Resource": resource});
        let answer = json!({
            "principalId": "anna", "context": {"n": 1, "yes": true},
            "policyDocument": {"Statement": [statement]},
        });
        Decision::read(answer.to_string().as_bytes(), Form::Policy).unwrap()
    }

    #[test]
    fn a_policy_is_judged_for_the_request() {
        let caller =
            decision("Allow", "arn:aws:execute-api:*:*:abc/dev/GET/*").caller(ARN).unwrap();
        let authorizer = caller.authorizer.unwrap();
        assert_eq!((&authorizer["n"], &authorizer["yes"]), (&json!("1"), &json!("true")));
        assert_eq!(authorizer["principalId"], "anna");
        let elsewhere = decision("Allow", "arn:aws:execute-api:*:*:abc/dev/POST/*");
        assert_eq!(elsewhere.caller(ARN), Err(Rejection::NotAllowed));
        // What it has told is known to the gateway's response.
        let denied =
            Map::from_iter([("n".to_owned(), json!("1")), ("yes".to_owned(), json!("true"))]);
        assert_eq!(decision("Deny", "*").caller(ARN), Err(Rejection::Denied(denied)));
    }

    #[test]
    fn answers_that_are_none_are_refused() {
        for answer in [
            json!({}),
            json!({"principalId": "a"}),
            json!({"principalId": "a", "policyDocument": {"Statement": [{"Action": "*"}]}}),
            json!({"principalId": "a", "policyDocument": {"Statement": []}, "context": {"a": []}}),
        ] {
            let read = Decision::read(answer.to_string().as_bytes(), Form::Policy);
            assert!(read.is_err(), "{answer}");
        }
        assert!(Decision::read(b"nonsense", Form::Policy).is_err());
    }

    #[test]
    fn an_answer_counts_in_the_form_that_the_authorizer_has() {
        let simple = json!({ "isAuthorized": true });
        let policy = json!({ "principalId": "a", "policyDocument": {"Statement": []} });
        for (form, takes_simple, takes_policy) in [
            (Form::Policy, false, true),
            (Form::RichPolicy, false, true),
            (Form::Simple, true, false),
        ] {
            let is_taken =
                |answer: &Value| Decision::read(answer.to_string().as_bytes(), form).is_ok();
            assert_eq!((is_taken(&simple), is_taken(&policy)), (takes_simple, takes_policy));
        }
        let wrong = Decision::read(policy.to_string().as_bytes(), Form::Simple).unwrap_err();
        assert!(wrong.contains("`isAuthorized`"), "{wrong}");
    }

    #[test]
    fn http_apis_keep_the_values_of_a_context() {
        let context = json!({ "list": ["a", "b"], "map": { "a": "b" }, "n": 1, "none": null });
        let answer = json!({
            "principalId": "a", "context": context, "policyDocument": {"Statement": []},
        });
        let answer = answer.to_string();
        let read = Decision::read(answer.as_bytes(), Form::RichPolicy).unwrap();
        assert_eq!(Value::Object(read.context), context);
        assert!(Decision::read(answer.as_bytes(), Form::Policy).is_err());
    }

    #[test]
    fn a_decision_counts_until_its_time_is_over() {
        let authorizer = Authorizer {
            name: "a".to_owned(),
            kind: AuthorizerKind::Cognito { pools: Vec::new(), header: String::new() },
            ttl: Duration::from_secs(10),
            with_role: false,
        };
        let at = |second| Timestamp::from_second(second).unwrap();
        let mut kept = Kept::default();
        kept.keep(&authorizer, vec!["t".to_owned()], decision("Allow", "*"), at(0));
        assert!(kept.get(&authorizer, &["t".to_owned()], at(9)).is_some());
        assert!(kept.get(&authorizer, &["t".to_owned()], at(10)).is_none());
        assert!(kept.get(&authorizer, &["u".to_owned()], at(0)).is_none());
    }
}
