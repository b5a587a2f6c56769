//! What stands before the routes of an API: it asks authorizers, verifies signatures and counts API keys.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use hyper::http::request::Parts;

use super::authorize::{self, Caller, Decision, Form, Kept};
use super::error::{Challenge, Rejection};
use super::signature::{self, Signed, Unsigned};
use super::usage::{Usage, Verdict};
use super::{Gateway, Services, token, wire};
use crate::access::{Guard, Need, ResourcePolicies, function_arn};
use crate::account::ACCOUNT;
use crate::issuer::Issuer;
use crate::lambda::{Invocation, InvocationOutcome};
use crate::template::{
    Api, Authorizer, AuthorizerKind, Integration, Plan, RouteAuthorization, RouteGuard,
};

/// Why a token of another issuer does not count: the stage has the keys of its own alone.
const FOREIGN: &str = "the token is not signed by the local issuer of the stage";

/// Why a token of the local issuer does not belong to a user pool.
const OF_NO_POOL: &str =
    "the token has expired, or iss, token_use or scope are not those of the user pool";

/// The authorizers, keys and credentials of an API, and whom it may call.
#[derive(Debug)]
pub(crate) struct Front {
    authorizers: Vec<Authorizer>,
    names_keys: bool,
    usage: Mutex<Usage>,
    kept: Mutex<Kept>,
    issuer: Arc<Issuer>,
    /// The ARN of the function whose URL the API is.
    url_of: Option<String>,
    /// The names of functions, whose access keys sign.
    functions: Vec<String>,
    guard: Option<Arc<Guard>>,
    pub(super) policies: Arc<ResourcePolicies>,
    pub(super) services: Services,
}

impl Front {
    /// What stands before an API.
    pub(crate) fn of(
        plan: &Plan,
        api: &Api,
        issuer: Arc<Issuer>,
        guard: Option<Arc<Guard>>,
        policies: Arc<ResourcePolicies>,
        services: Services,
    ) -> Self {
        Self {
            authorizers: api.authorizers.clone(),
            names_keys: api.authorizer_names_keys,
            usage: Mutex::new(Usage::of(plan, &api.api_id)),
            kept: Mutex::default(),
            issuer,
            url_of: url_of(api),
            functions: plan.functions.iter().map(|function| function.name.clone()).collect(),
            guard,
            policies,
            services,
        }
    }

    /// Counts a request for its API key.
    fn count(
        &self,
        sent: Option<&str>,
        now: jiff::Timestamp,
    ) -> Result<(String, String), Rejection> {
        let mut usage = self.usage.lock().unwrap_or_else(PoisonError::into_inner);
        match usage.admit(sent, now) {
            Verdict::Counts(key) => Ok((key.key_id.clone(), key.value.clone())),
            Verdict::Unknown => Err(Rejection::InvalidApiKey),
            Verdict::Throttled => Err(Rejection::Throttled),
            Verdict::Exceeded => Err(Rejection::QuotaExceeded),
        }
    }

    /// Whether an authorizer looks at tokens itself, without a function.
    fn takes_tokens(&self, name: &str) -> bool {
        let kind = self.authorizers.iter().find(|one| one.name == name).map(|one| &one.kind);
        matches!(kind, Some(AuthorizerKind::Cognito { .. } | AuthorizerKind::Jwt { .. }))
    }

    /// Who signed a request: a function, or the one who has the stage's own credentials.
    fn signer(&self, signed: &Signed<'_>, route: &str) -> Result<(String, String), Rejection> {
        let key = signature::verify(signed).map_err(|why| match why {
            Unsigned::Missing => Rejection::Unsigned,
            Unsigned::Wrong => Rejection::InvalidSignature,
            Unsigned::Expired => Rejection::ExpiredToken,
        })?;
        if key == signature::ACCESS_KEY {
            let user = format!("arn:aws:iam::{ACCOUNT}:user/{key}");
            let admitted = self.policies.admit_caller(route, Some(&user), false);
            return admitted.map(|()| (key, user)).map_err(Rejection::KeptOut);
        }
        let function = self.functions.iter().find(|name| crate::access::access_key(name) == key);
        let function = function.ok_or(Rejection::InvalidSignature)?;
        if let Some(guard) = &self.guard {
            for need in self.needs(route) {
                let admitted = self.policies.admit_role(guard, function, &need);
                admitted.map_err(|_| Rejection::NotAllowed)?;
            }
        }
        Ok((key, format!("arn:aws:sts::{ACCOUNT}:assumed-role/{function}/{function}")))
    }

    /// What a function needs to call a route with its signature.
    fn needs(&self, route: &str) -> Vec<Need> {
        let need = |action: &str, resource: &str, keys| Need {
            action: action.to_owned(),
            resource: resource.to_owned(),
            keys,
        };
        let Some(url_of) = &self.url_of else {
            return vec![need("execute-api:Invoke", route, Vec::new())];
        };
        let auth_type = vec![("lambda:functionurlauthtype", "AWS_IAM".to_owned())];
        let via_url = vec![("lambda:invokedviafunctionurl", "true".to_owned())];
        vec![
            need("lambda:InvokeFunctionUrl", url_of, auth_type),
            need("lambda:InvokeFunction", url_of, via_url),
        ]
    }
}

/// The ARN of the function whose URL an API is.
fn url_of(api: &Api) -> Option<String> {
    match &api.routes.first().filter(|_| api.is_function_url())?.integration {
        Integration::Function { name, .. } => Some(function_arn(name)),
        _ => None,
    }
}

impl Gateway {
    /// Who calls a route, or why nobody may.
    pub(super) async fn caller(
        &self,
        context: &wire::Context<'_>,
        guard: &RouteGuard,
        head: &Parts,
        body: &Bytes,
    ) -> Result<Caller, Rejection> {
        let arn = authorize::method_arn(context);
        // A route of a REST API is found with a slash at the end, too: a policy that names it speaks of this as well.
        let counts = context.is_http_api
            || context.resource.ends_with('/')
            || context.resource.ends_with("+}");
        let policed = if counts { arn.as_str() } else { arn.strip_suffix('/').unwrap_or(&arn) };
        let admit = |must_be_allowed| {
            let admitted = self.front.policies.admit_caller(policed, None, must_be_allowed);
            admitted.map_err(Rejection::KeptOut)
        };
        let mut caller = match &guard.authorization {
            RouteAuthorization::None => {
                admit(true)?;
                Caller::default()
            }
            RouteAuthorization::Signature => {
                let is_url = self.front.url_of.is_some();
                let signed = Signed {
                    service: if is_url { "lambda" } else { "execute-api" },
                    method: context.method,
                    path: head.uri.path(),
                    query: context.query,
                    headers: context.headers,
                    body,
                    now: context.now,
                };
                let signer = Some(self.front.signer(&signed, policed)?);
                Caller { signer, ..Caller::default() }
            }
            RouteAuthorization::Authorizer { name, scopes } => {
                // Where tokens are looked at, the policy comes after; a function is not asked about who is denied.
                let by_token = self.front.takes_tokens(name);
                if !by_token {
                    admit(false)?;
                }
                let caller = self.ask(context, name, scopes, &arn).await?;
                if by_token {
                    // A token says who calls, not what is allowed.
                    admit(true)?;
                }
                caller
            }
        };
        if guard.needs_key {
            let header = authorize::single(context.headers, "x-api-key");
            let sent = if self.front.names_keys { caller.usage_key.as_deref() } else { header };
            caller.api_key = Some(self.front.count(sent, context.now)?);
        }
        Ok(caller)
    }

    /// Asks an authorizer, unless a decision is kept.
    async fn ask(
        &self,
        context: &wire::Context<'_>,
        name: &str,
        scopes: &[String],
        arn: &str,
    ) -> Result<Caller, Rejection> {
        let front = &self.front;
        let authorizer = front.authorizers.iter().find(|one| one.name == name);
        let authorizer = authorizer.ok_or(Rejection::AuthorizerConfiguration)?;
        let identity = authorize::identity(&authorizer.kind, context);
        if let Some(caller) =
            self.by_token(&authorizer.kind, identity.as_deref(), scopes, context.now)
        {
            return caller;
        }
        let identity = identity.ok_or(Rejection::Unauthorized)?;
        let function = match &authorizer.kind {
            AuthorizerKind::Cognito { .. } | AuthorizerKind::Jwt { .. } => {
                return Err(Rejection::AuthorizerConfiguration);
            }
            AuthorizerKind::Token { function, expression, .. } => {
                let token = identity.first().map(String::as_str).unwrap_or_default();
                if expression.as_ref().is_some_and(|expression| !fits(expression, token)) {
                    return Err(Rejection::Unauthorized);
                }
                function
            }
            AuthorizerKind::Request { function, .. } => function,
        };
        let kept = {
            let kept = front.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.get(authorizer, &identity, context.now).map(|decision| decision.caller(arn))
        };
        if let Some(caller) = kept {
            return caller;
        }
        if !authorizer.with_role {
            let source = crate::access::authorizer_arn(&self.api_id, &authorizer.name);
            front.policies.admit_api(&source, function).map_err(|reason| {
                self.log.problem(function, &reason);
                Rejection::AuthorizerConfiguration
            })?;
        }
        let event = authorize::event(&authorizer.kind, context, arn, &identity);
        let form = Form::of(&authorizer.kind, context.is_http_api);
        let decision = self.decide(function, form, event, context.trace_id).await?;
        let caller = decision.caller(arn);
        let mut kept = front.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.keep(authorizer, identity, decision, context.now);
        caller
    }

    /// Who calls by a token of the local issuer; `None` where the authorizer is a function.
    fn by_token(
        &self,
        kind: &AuthorizerKind,
        identity: Option<&[String]>,
        scopes: &[String],
        now: jiff::Timestamp,
    ) -> Option<Result<Caller, Rejection>> {
        let bad = |why| {
            let scopes = scopes.to_vec();
            Err(Rejection::BadToken(Challenge { scopes, why, lacks_scope: false }))
        };
        if !matches!(kind, AuthorizerKind::Cognito { .. } | AuthorizerKind::Jwt { .. }) {
            return None;
        }
        let Some(sent) = identity.and_then(|identity| identity.first()) else {
            return Some(bad(None));
        };
        let bearer = sent.strip_prefix("Bearer ").or_else(|| sent.strip_prefix("bearer "));
        let Some(claims) = self.front.issuer.claims(bearer.unwrap_or(sent)) else {
            return Some(bad(Some(FOREIGN)));
        };
        match kind {
            AuthorizerKind::Cognito { pools, .. } => {
                let caller = token::cognito(claims, pools, scopes, now);
                Some(caller.map_or_else(|| bad(Some(OF_NO_POOL)), Ok))
            }
            AuthorizerKind::Jwt { issuer, audiences, .. } => {
                Some(token::jwt(claims, issuer, audiences, scopes, now))
            }
            AuthorizerKind::Token { .. } | AuthorizerKind::Request { .. } => None,
        }
    }

    /// Invokes the function of an authorizer. An error that says `Unauthorized` is its way to say so.
    async fn decide(
        &self,
        function: &str,
        form: Form,
        event: Vec<u8>,
        trace_id: &str,
    ) -> Result<Decision, Rejection> {
        let found = self.functions.get(function).ok_or(Rejection::AuthorizerConfiguration)?;
        let mut invocation = Invocation::new(event);
        invocation.trace_id = Some(trace_id.to_owned());
        match found.invoke(invocation).await {
            Ok(InvocationOutcome::Success(payload)) => {
                Decision::read(&payload, form).map_err(|what| {
                    self.log.problem(function, &format!("malformed authorizer response: {what}"));
                    Rejection::AuthorizerConfiguration
                })
            }
            Ok(InvocationOutcome::Failure(failure)) => {
                let told: serde_json::Value =
                    serde_json::from_slice(&failure.payload).unwrap_or_default();
                if told["errorMessage"] == "Unauthorized" {
                    return Err(Rejection::Unauthorized);
                }
                self.log
                    .problem(function, &format!("the authorizer failed: {}", told["errorMessage"]));
                Err(Rejection::AuthorizerFailure)
            }
            Err(_) => Err(Rejection::AuthorizerConfiguration),
        }
    }
}

/// Whether the whole token matches an expression. One that only Java's regular expressions know lets nobody in.
fn fits(expression: &str, token: &str) -> bool {
    regex::Regex::new(&format!("^(?:{expression})$")).is_ok_and(|regex| regex.is_match(token))
}
