//! Who may call: the security schemes of an API's document, and what each route asks of its callers.
//!
//! A route that asks for a scheme which nothing here enforces is refused: it would be open on the stage alone.

use std::collections::BTreeMap;
use std::time::Duration;

use indexmap::IndexMap;

use super::api::entries;
use super::integrations::invoked;
use crate::template::error::Fault;
use crate::template::plan::{
    Authorizer, AuthorizerKind, IdentitySource, PayloadFormat, Plan, RouteAuthorization, RouteGuard,
};
use crate::template::syntax::Node;

/// How long API Gateway keeps a decision unless the document says otherwise.
const DEFAULT_TTL_SECONDS: u32 = 300;

/// The security schemes of a document, by name.
pub(super) type Schemes = BTreeMap<String, Scheme>;

/// What a scheme is to API Gateway.
#[derive(Debug, Clone)]
pub(super) enum Scheme {
    /// An authorizer.
    Authorizer(Authorizer),
    /// Signatures.
    Signature,
    /// API keys.
    ApiKey,
    /// An authorizer that was refused already.
    Refused,
    /// Nothing that API Gateway acts on, so nothing that a route may ask for here.
    Unenforced,
}

impl Scheme {
    /// The authorizer that it is.
    pub(super) fn authorizer(&self) -> Option<&Authorizer> {
        match self {
            Self::Authorizer(authorizer) => Some(authorizer),
            _ => None,
        }
    }
}

type Map = IndexMap<String, Node>;

/// Reads a scheme.
pub(super) fn scheme(name: &str, node: &Node) -> Result<Scheme, String> {
    let map = node.as_map().ok_or("a security scheme must be a map")?;
    let text = |key: &str| map.get(key).and_then(Node::as_str).unwrap_or_default();
    if let Some(authorizer) = map.get("x-amazon-apigateway-authorizer") {
        let authorizer = authorizer.as_map().ok_or("an authorizer must be a map")?;
        return self::authorizer(name, text("name"), authorizer).map(Scheme::Authorizer);
    }
    if text("x-amazon-apigateway-authtype").eq_ignore_ascii_case("awsSigv4") {
        return Ok(Scheme::Signature);
    }
    if text("type") == "apiKey" && text("name").eq_ignore_ascii_case("x-api-key") {
        return Ok(Scheme::ApiKey);
    }
    Ok(Scheme::Unenforced)
}

pub(super) fn authorizer(name: &str, header: &str, map: &Map) -> Result<Authorizer, String> {
    let text = |key: &str| map.get(key).and_then(Node::to_text);
    let function = || {
        let uri = text("authorizerUri").ok_or("the authorizer has no `authorizerUri`")?;
        invoked(&uri)
    };
    let kind = text("type").unwrap_or_default().to_ascii_lowercase();
    let mut sources = Vec::new();
    for source in text("identitySource").unwrap_or_default().split(',').map(str::trim) {
        if !source.is_empty() {
            sources.push(identity_source(source)?);
        }
    }
    let header = match sources.first() {
        Some(IdentitySource::Header(header)) => header.clone(),
        _ => header.to_ascii_lowercase(),
    };
    let ttl = match text("authorizerResultTtlInSeconds") {
        None => DEFAULT_TTL_SECONDS,
        Some(text) => text
            .parse()
            .ok()
            .filter(|seconds| *seconds <= 3_600)
            .ok_or("`authorizerResultTtlInSeconds` must be from 0 to 3600")?,
    };
    let kind = match kind.as_str() {
        "token" => {
            if header.is_empty() {
                return Err("a token authorizer needs the `name` of its header".to_owned());
            }
            let expression = text("identityValidationExpression");
            AuthorizerKind::Token { function: function()?, header, expression }
        }
        "request" if sources.is_empty() && ttl > 0 => {
            return Err("a request authorizer without `identitySource` cannot cache decisions: \
         `authorizerResultTtlInSeconds` must be 0"
                .to_owned());
        }
        "request" => AuthorizerKind::Request {
            function: function()?,
            sources,
            format: PayloadFormat::V1,
            is_simple: false,
        },
        "cognito_user_pools" => {
            let pools = map.get("providerARNs").and_then(Node::as_list).unwrap_or_default();
            let pools: Vec<_> = pools.iter().filter_map(Node::to_text).collect();
            if pools.is_empty() {
                return Err("a Cognito authorizer needs `providerARNs`".to_owned());
            }
            AuthorizerKind::Cognito { pools, header }
        }
        other => {
            return Err(format!(
                "a REST API does not support authorizers of type `{other}`, only `token`, `request` and `cognito_user_pools`"
            ));
        }
    };
    let with_role = map.contains_key("authorizerCredentials");
    let ttl = Duration::from_secs(ttl.into());
    Ok(Authorizer { name: name.to_owned(), kind, ttl, with_role })
}

pub(super) fn identity_source(text: &str) -> Result<IdentitySource, String> {
    let text = text.strip_prefix('$').unwrap_or(text);
    // HTTP APIs leave the first word out.
    let text = text.strip_prefix("method.").unwrap_or(text);
    let of = |prefix: &str| text.strip_prefix(prefix).map(str::to_owned);
    None.or_else(|| of("request.header.").map(|it| IdentitySource::Header(it.to_lowercase())))
        .or_else(|| of("request.querystring.").map(IdentitySource::Query))
        .or_else(|| of("stageVariables.").map(IdentitySource::Variable))
        .or_else(|| of("context.").map(IdentitySource::Context))
        .ok_or_else(|| format!("`{text}` is not an identity source"))
}

/// What a route asks of its callers: `security`, of which API Gateway takes the first requirement, and
/// `x-amazon-apigateway-auth: {type: AWS_IAM}`.
pub(super) fn guard(
    schemes: &Schemes,
    security: Option<&Node>,
    auth: Option<&Node>,
) -> Result<RouteGuard, String> {
    let mut guard = RouteGuard::default();
    let auth = auth.and_then(Node::as_map).and_then(|map| map.get("type")).and_then(Node::as_str);
    match auth.map(str::to_ascii_uppercase).as_deref() {
        None | Some("NONE") => {}
        Some("AWS_IAM") => guard.authorization = RouteAuthorization::Signature,
        Some(other) => return Err(format!("`{other}` is not an authorization type")),
    }
    let requirements = security.and_then(Node::as_list).unwrap_or_default();
    for (name, scopes) in requirements.iter().flat_map(|one| entries(Some(one))) {
        let authorization = match schemes.get(name) {
            // SAM writes it where a route has no authorizer and its API has one.
            None if name == "NONE" => continue,
            None => return Err(format!("the security scheme `{name}` does not exist")),
            Some(Scheme::Unenforced) => {
                return Err(format!("`{name}` is not an authorizer, so the route would be public"));
            }
            Some(Scheme::Refused) => continue,
            Some(Scheme::ApiKey) => {
                guard.needs_key = true;
                continue;
            }
            Some(Scheme::Signature) => RouteAuthorization::Signature,
            Some(Scheme::Authorizer(authorizer)) => {
                let scopes = scopes.as_list().unwrap_or_default();
                let scopes = scopes.iter().filter_map(Node::to_text).collect();
                RouteAuthorization::Authorizer { name: authorizer.name.clone(), scopes }
            }
        };
        if guard.authorization != RouteAuthorization::None && guard.authorization != authorization {
            return Err("a method has one authorization, but this one has two".to_owned());
        }
        guard.authorization = authorization;
    }
    Ok(guard)
}

/// Functions behind authorizers exist.
pub(super) fn check(plan: &Plan) -> Vec<Fault> {
    let mut faults = Vec::new();
    for api in &plan.apis {
        for authorizer in &api.authorizers {
            let (AuthorizerKind::Token { function, .. } | AuthorizerKind::Request { function, .. }) =
                &authorizer.kind
            else {
                continue;
            };
            if !plan.functions.iter().any(|known| known.name == *function) {
                let subject = format!("resource `{}` (AWS::ApiGateway::RestApi)", api.id);
                let message = format!(
                    "the authorizer `{}` refers to `{function}`, which is not a function of the template",
                    authorizer.name
                );
                faults.push(Fault::new(subject, message));
            }
        }
    }
    faults
}
