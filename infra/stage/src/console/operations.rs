//! The operations of the APIs, as forms need them: from the OpenAPI document of an API where it has one, else from its
//! routes.

use serde_json::{Value, json};

use super::example::{example, resolved};
use crate::aws::Endpoint;
use crate::template::{
    Api, Authorizer, AuthorizerKind, IdentitySource, Plan, Route, RouteAuthorization,
};

/// How long the tokens are valid that forms begin with, in seconds.
const TOKEN_S: i64 = 3_600;

impl Endpoint {
    /// The operations of all APIs.
    pub(super) fn operations(&self) -> Value {
        let plan = self.plan.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let apis = plan.apis.iter().map(|api| {
            let operations: Vec<Value> = api
                .routes
                .iter()
                .filter(|route| is_shown(route, api))
                .map(|route| self.operation(route, api, &plan))
                .collect();
            json!({ "id": api.id, "url": api.url, "operations": operations })
        });
        json!({ "apis": apis.collect::<Vec<_>>() })
    }

    fn operation(&self, route: &Route, api: &Api, plan: &Plan) -> Value {
        let nothing = Value::Null;
        let document = api.document.as_deref().unwrap_or(&nothing);
        let item = &document["paths"][&route.path];
        let method = match route.method.as_str() {
            "ANY" => "x-amazon-apigateway-any-method".to_owned(),
            method => method.to_ascii_lowercase(),
        };
        let written = &item[&method];
        let mut parameters = in_path(&route.path);
        let declared = [&item["parameters"], &written["parameters"]];
        for one in declared.into_iter().filter_map(Value::as_array).flatten() {
            let one = resolved(one, document);
            let schema = if one["schema"].is_null() { one } else { &one["schema"] };
            let shown = match &one["example"] {
                Value::Null => example(schema, document),
                shown => shown.clone(),
            };
            // What may be left out is, until somebody fills it in.
            let is_needed = one["required"] == true;
            let value = if is_needed { plain(&shown) } else { String::new() };
            let (name, place) = (&one["name"], &one["in"]);
            match parameters.iter_mut().find(|known| known["name"] == *name && place == "path") {
                Some(known) => known["value"] = plain(&shown).into(),
                None if place == "body" => {}
                None => parameters.push(json!({
                    "name": name, "in": place, "required": is_needed, "value": value, "hint": plain(&shown),
                })),
            }
        }
        json!({
            "method": route.method,
            "path": route.path,
            "summary": written["summary"].as_str().or(written["operationId"].as_str()).unwrap_or_default(),
            "parameters": parameters,
            "headers": self.credentials(route, api, plan),
            "body": body(written, document),
        })
    }

    /// Headers that let a caller in, as far as the stage can say: a key, and a token of its own issuer.
    fn credentials(&self, route: &Route, api: &Api, plan: &Plan) -> Value {
        let mut headers = serde_json::Map::new();
        if let Some(key) = plan.api_keys.iter().find(|key| key.enabled && route.guard.needs_key) {
            headers.insert("X-Api-Key".to_owned(), key.value.clone().into());
        }
        if let RouteAuthorization::Authorizer { name, scopes } = &route.guard.authorization {
            let authorizer = api.authorizers.iter().find(|authorizer| authorizer.name == *name);
            headers.extend(authorizer.and_then(|one| self.token(one, scopes)));
        }
        headers.into()
    }

    fn token(&self, authorizer: &Authorizer, scopes: &[String]) -> Option<(String, Value)> {
        let expires = jiff::Timestamp::now().as_second() + TOKEN_S;
        let mut claims = json!({ "sub": "console", "exp": expires, "scope": scopes.join(" ") });
        let header = match &authorizer.kind {
            AuthorizerKind::Jwt { source: IdentitySource::Header(header), issuer, audiences } => {
                claims["iss"] = issuer.as_str().into();
                claims["aud"] = audiences.first().map(String::as_str).into();
                header
            }
            AuthorizerKind::Cognito { pools, header } => {
                let pool = pools.first()?.rsplit('/').next().unwrap_or_default();
                let region = crate::stage::REGION;
                claims["iss"] = format!("https://cognito-idp.{region}.amazonaws.com/{pool}").into();
                claims["token_use"] = if scopes.is_empty() { "id" } else { "access" }.into();
                header
            }
            // A function decides; what it wants, nobody else knows.
            AuthorizerKind::Token { header, .. } => return Some((header.clone(), "".into())),
            AuthorizerKind::Request { sources, .. } => {
                let header = sources.iter().find_map(|source| match source {
                    IdentitySource::Header(header) => Some(header.clone()),
                    _ => None,
                });
                return header.map(|header| (header, "".into()));
            }
            AuthorizerKind::Jwt { .. } => return None,
        };
        let token = self.issuer.mint(&claims).ok()?;
        Some((header.clone(), format!("Bearer {token}").into()))
    }
}

/// Whether a route is one that somebody calls: not the answer to preflight requests, nor to every other method.
fn is_shown(route: &Route, api: &Api) -> bool {
    let is_only = || api.routes.iter().filter(|other| other.path == route.path).count() == 1;
    match route.method.as_str() {
        "OPTIONS" => false,
        "ANY" => is_only(),
        _ => true,
    }
}

/// The parameters of a path.
fn in_path(path: &str) -> Vec<Value> {
    let parts = path.split('{').skip(1).filter_map(|part| part.split('}').next());
    parts
        .map(|name| json!({ "name": name.trim_end_matches('+'), "in": "path", "required": true, "value": "" }))
        .collect()
}

/// The body of an operation: its media type and an example. Null where it has none.
fn body(operation: &Value, document: &Value) -> Value {
    let declared = resolved(&operation["requestBody"], document)["content"].as_object();
    if let Some((media_type, content)) = declared.and_then(|content| content.iter().next()) {
        let shown = [&content["example"], &resolved_example(content, document)["value"]];
        let shown = shown.into_iter().find(|value| !value.is_null()).cloned();
        let value = shown.unwrap_or_else(|| example(&content["schema"], document));
        return json!({ "type": media_type, "value": pretty(&value) });
    }
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let parameters = parameters.map(|one| resolved(one, document));
    let schema = parameters.filter(|one| one["in"] == "body").map(|one| &one["schema"]).next();
    schema.map_or(
        Value::Null,
        |schema| json!({ "type": "application/json", "value": pretty(&example(schema, document)) }),
    )
}

/// The first of the named examples.
fn resolved_example<'d>(content: &'d Value, document: &'d Value) -> &'d Value {
    let first = content["examples"].as_object().and_then(|named| named.values().next());
    first.map_or(&Value::Null, |one| resolved(one, document))
}

fn pretty(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => serde_json::to_string_pretty(value).unwrap_or_default(),
    }
}

/// A value as it stands in a path, query or header.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        value => value.to_string(),
    }
}
