//! What an authorizer is asked, what its answer means, and how long that counts. Pure data that is told the time.
//!
//! A policy is kept, not a decision: it is judged anew for each request that the kept one counts for.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::error::{Challenge, Rejection};
use super::http_api;
use super::wire::{self, Context};
use crate::access::matches;
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
pub(super) fn method_arn(context: &Context<'_>, region: &str, account: &str) -> String {
    let path = context.path.trim_start_matches('/');
    format!(
        "arn:aws:execute-api:{region}:{account}:{}/{}/{}/{path}",
        context.api_id, context.stage, context.method
    )
}

/// The values by which a caller is told from others; `None` when one is missing, which is a `401` without asking.
pub(super) fn identity(kind: &AuthorizerKind, context: &Context<'_>) -> Option<Vec<String>> {
    let header = |name: &str| {
        let value = context.headers.get(name)?.to_str().ok()?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
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
            if let Some(event) = event.as_object_mut() {
                event.remove("body");
                event.remove("isBase64Encoded");
            }
            event
        }
    };
    value.to_string().into_bytes()
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
    pub(super) fn read(payload: &[u8]) -> Result<Self, String> {
        let answer: Value = serde_json::from_slice(payload).map_err(|error| error.to_string())?;
        if let Some(is_authorized) = answer["isAuthorized"].as_bool() {
            let statements = vec![(is_authorized, vec!["*".to_owned()])];
            let context = answer["context"].as_object().cloned().unwrap_or_default();
            return Ok(Self { principal: None, statements, context, usage_key: None });
        }
        let principal = answer["principalId"].as_str().ok_or("it has no `principalId`")?;
        let statements = match &answer["policyDocument"]["Statement"] {
            Value::Array(statements) => statements.as_slice(),
            one @ Value::Object(_) => std::slice::from_ref(one),
            _ => return Err("it has no policy with a `Statement`".to_owned()),
        };
        let statements: Result<Vec<_>, String> = statements.iter().map(statement).collect();
        let mut context = Map::new();
        for (name, value) in answer["context"].as_object().into_iter().flatten() {
            let text = match value {
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
            return Err(Rejection::Denied);
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

/// What a token of Amazon Cognito says, when it is one of these pools' and its time is not over.
pub(super) fn cognito(
    claims: Map<String, Value>,
    pools: &[String],
    scopes: &[String],
    now: Timestamp,
) -> Option<Caller> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let is_issuer = |pool: &String| {
        let Some((_, id)) = pool.split_once(":userpool/") else { return false };
        let region = pool.split(':').nth(3).unwrap_or_default();
        text("iss") == Some(&format!("https://cognito-idp.{region}.amazonaws.com/{id}"))
    };
    let expires = claims.get("exp").and_then(Value::as_i64)?;
    if !pools.iter().any(is_issuer) || expires <= now.as_second() {
        return None;
    }
    let granted: Vec<&str> = text("scope").unwrap_or_default().split(' ').collect();
    let fits = match scopes {
        // Without scopes an identity token is asked for, with them an access token.
        [] => text("token_use") == Some("id"),
        scopes => {
            text("token_use") == Some("access")
                && scopes.iter().any(|one| granted.contains(&one.as_str()))
        }
    };
    let told = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let claims: Map<String, Value> =
        claims.iter().map(|(name, value)| (name.clone(), told(value).into())).collect();
    let authorizer = [("claims".to_owned(), Value::Object(claims))].into_iter().collect();
    fits.then(|| Caller { authorizer: Some(authorizer), ..Caller::default() })
}

/// What a token of an issuer says, when it is for one of these audiences and its time is not over.
///
/// # Errors
/// Why the token does not count, or that it has none of the scopes.
pub(super) fn jwt(
    claims: Map<String, Value>,
    issuer: &str,
    audiences: &[String],
    scopes: &[String],
    now: Timestamp,
) -> Result<Caller, Rejection> {
    let texts = |name: &str| -> Vec<String> {
        match claims.get(name) {
            Some(Value::String(text)) => text.split(' ').map(str::to_owned).collect(),
            Some(Value::Array(all)) => {
                all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    };
    let is_time = |name: &str| claims.get(name).and_then(Value::as_f64);
    let now = now.as_second() as f64;
    // `client_id` counts only where there is no `aud`.
    let named = if claims.contains_key("aud") { "aud" } else { "client_id" };
    let is_for = audiences.is_empty() || texts(named).iter().any(|one| audiences.contains(one));
    let granted: Vec<String> = texts("scope").into_iter().chain(texts("scp")).collect();
    let lacks_scope = !scopes.is_empty() && !scopes.iter().any(|one| granted.contains(one));
    let why = match is_time("exp") {
        _ if claims.get("iss").and_then(Value::as_str) != Some(issuer) => {
            Some("the token does not have a valid issuer")
        }
        _ if !is_for => Some("the token does not have a valid audience"),
        None => Some("the token does not have a valid exp"),
        Some(end) if end <= now => Some("the token has expired"),
        _ if is_time("nbf").is_some_and(|begin| begin > now) => Some("the token is not valid yet"),
        _ => None,
    };
    if why.is_some() || lacks_scope {
        return Err(Rejection::BadToken(Challenge {
            scopes: scopes.to_vec(),
            lacks_scope: why.is_none(),
            why: why.or(Some("the token does not have a required scope")),
        }));
    }
    let told = |value: &Value| match value {
        Value::String(text) => text.clone(),
        // As API Gateway writes lists: `[a b]`.
        Value::Array(all) => {
            let all: Vec<String> =
                all.iter().map(|one| one.as_str().map_or(one.to_string(), str::to_owned)).collect();
            format!("[{}]", all.join(" "))
        }
        other => other.to_string(),
    };
    let told: Map<String, Value> =
        claims.iter().map(|(name, value)| (name.clone(), told(value).into())).collect();
    let scopes = if scopes.is_empty() { Value::Null } else { granted.into() };
    let authorizer = [("claims".to_owned(), told.into()), ("scopes".to_owned(), scopes)];
    Ok(Caller { authorizer: Some(authorizer.into_iter().collect()), ..Caller::default() })
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
        Decision::read(answer.to_string().as_bytes()).unwrap()
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
        assert_eq!(decision("Deny", "*").caller(ARN), Err(Rejection::Denied));
    }

    #[test]
    fn answers_that_are_none_are_refused() {
        for answer in [
            json!({}),
            json!({"principalId": "a"}),
            json!({"principalId": "a", "policyDocument": {"Statement": [{"Action": "*"}]}}),
            json!({"principalId": "a", "policyDocument": {"Statement": []}, "context": {"a": []}}),
        ] {
            assert!(Decision::read(answer.to_string().as_bytes()).is_err(), "{answer}");
        }
        assert!(Decision::read(b"nonsense").is_err());
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

    #[test]
    fn tokens_of_a_pool_need_its_issuer_and_a_scope() {
        let pools = ["arn:aws:cognito-idp:eu-central-1:0:userpool/eu-central-1_Ab".to_owned()];
        let iss = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab";
        let now = Timestamp::from_second(100).unwrap();
        let is_let_in = |claims: Value, scopes: &[String]| {
            cognito(claims.as_object().unwrap().clone(), &pools, scopes, now).is_some()
        };
        let scopes = ["read".to_owned()];
        assert!(is_let_in(json!({"iss": iss, "exp": 101, "token_use": "id"}), &[]));
        assert!(is_let_in(
            json!({"iss": iss, "exp": 101, "token_use": "access", "scope": "x read"}),
            &scopes
        ));
        assert!(!is_let_in(
            json!({"iss": iss, "exp": 101, "token_use": "access", "scope": "x"}),
            &scopes
        ));
        assert!(!is_let_in(json!({"iss": iss, "exp": 100, "token_use": "id"}), &[]));
        assert!(!is_let_in(json!({"iss": "https://other", "exp": 101, "token_use": "id"}), &[]));
    }

    #[test]
    fn a_token_that_does_not_count_says_why() {
        let now = Timestamp::from_second(100).unwrap();
        let scopes = ["read".to_owned(), "write".to_owned()];
        let challenge = |claims: Value| {
            let claims = claims.as_object().unwrap().clone();
            match jwt(claims, "https://me", &["shop".to_owned()], &scopes, now) {
                Err(Rejection::BadToken(challenge)) => challenge.header(),
                other => panic!("{other:?}"),
            }
        };
        let invalid = |why: &str| {
            format!(
                "Bearer scope=\"read write\" error=\"invalid_token\" error_description=\"{why}\""
            )
        };
        for (claims, why) in [
            (
                json!({"iss": "https://you", "aud": "shop", "exp": 101}),
                "the token does not have a valid issuer",
            ),
            (
                json!({"iss": "https://me", "aud": "x", "client_id": "shop", "exp": 101}),
                "the token does not have a valid audience",
            ),
            (json!({"iss": "https://me", "aud": ["shop"], "exp": 100}), "the token has expired"),
            (
                json!({"iss": "https://me", "client_id": "shop"}),
                "the token does not have a valid exp",
            ),
            (
                json!({"iss": "https://me", "aud": "shop", "exp": 101, "nbf": 101}),
                "the token is not valid yet",
            ),
        ] {
            assert_eq!(challenge(claims), invalid(why));
        }
        let told = challenge(json!({"iss": "https://me", "aud": "shop", "exp": 101, "scope": "a"}));
        assert!(told.contains("error=\"insufficient_scope\""), "{told}");
    }
}
