//! The API of a stack: its routes, and who may call each.
//!
//! Owns the comparison of the gateway's own words with the definition that the template has of the API. Validators and
//! integrations are not compared.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::{Map, Value as Json, json};

use super::kinds::list;
use super::{Drift, plain, same};
use crate::model::Operation;
use crate::source::Span;

/// The methods of the gateway by their routes: `GET /order/{}`.
type Methods = BTreeMap<String, Json>;

/// How a method is protected.
struct Guard<'a> {
    /// `NONE`, `CUSTOM`, `AWS_IAM` or `COGNITO_USER_POOLS`.
    authorization: &'static str,
    authorizer: Option<&'a str>,
    needs_key: bool,
}

impl Drift<'_> {
    /// The API, whose definition in the template is `body`.
    pub(super) fn api(&mut self, operations: &[&Operation], body: &Json) -> Result<()> {
        let Some(first) = operations.first() else { return Ok(()) };
        let Some(id) = self.stack.made_of("AWS::ApiGateway::RestApi") else {
            self.add("the API does not exist in the stack".to_owned(), first.origin.span);
            return Ok(());
        };
        let ask = ["apigateway", "get-resources", "--rest-api-id", id, "--embed", "methods"];
        let resources = self.stack.ask(&ask)?.unwrap_or_default();
        let mut live = Methods::new();
        for resource in list(&resources["items"]) {
            let path = shape(resource["path"].as_str().unwrap_or_default());
            let methods = resource["resourceMethods"].as_object().into_iter().flatten();
            live.extend(methods.map(|(method, of)| (format!("{method} {path}"), of.clone())));
        }
        self.n_compared += 1;
        self.routes(operations, &live);
        let authorizers = self.authorizers(id, body, first.origin.span)?;
        self.guards(operations, body, &live, &authorizers);
        Ok(())
    }

    /// The routes both ways, as far as paths have a resource of the same form.
    fn routes(&mut self, operations: &[&Operation], live: &Methods) {
        let Some(first) = operations.first() else { return };
        let plain = operations.iter().filter(|one| is_plain(&one.path.text));
        for operation in plain.clone() {
            if !live.contains_key(&route(operation)) {
                let message = format!("the API has no route for `{}`", operation.id.wire);
                self.add(message, operation.origin.span);
            }
        }
        if plain.count() < operations.len() {
            // Paths that the gateway has no name for lie under resources of another form.
            return;
        }
        let expected: Vec<_> = operations.iter().map(|one| route(one)).collect();
        for route in live.keys().filter(|route| !expected.contains(route)) {
            // Callers who may read may use `HEAD`, which the template has beside `GET` where callers are checked.
            let is_head = route
                .strip_prefix("HEAD ")
                .is_some_and(|path| expected.contains(&format!("GET {path}")));
            if !is_head && !route.starts_with("ANY ") && !route.starts_with("OPTIONS ") {
                let message =
                    format!("the API has the route `{route}`, which is not in the contracts");
                self.add(message, first.origin.span);
            }
        }
    }

    /// Compares the authorizers, and tells the names of those of the stack by their IDs.
    fn authorizers(
        &mut self,
        id: &str,
        body: &Json,
        span: Span,
    ) -> Result<BTreeMap<String, String>> {
        let ask = ["apigateway", "get-authorizers", "--rest-api-id", id];
        let Some(live) = self.stack.ask(&ask)? else { return Ok(BTreeMap::new()) };
        let name = |one: &Json| one["name"].as_str().unwrap_or_default().to_owned();
        let expected = schemes(body).filter_map(|(name, scheme)| {
            Some((name.as_str(), scheme.get("x-amazon-apigateway-authorizer")?))
        });
        let expected: BTreeMap<&str, &Json> = expected.collect();
        for (name, expected) in &expected {
            let what = format!("the authorizer `{name}` of the API");
            let Some(live) = list(&live["items"]).find(|one| one["name"] == **name) else {
                self.add(format!("{what} does not exist"), span);
                continue;
            };
            for (at, live, expected) in same::differences(&spelled(live), &spelled(expected)) {
                let (at, live) = (at.trim_start_matches('.'), plain(&live));
                let expected = plain(&expected);
                self.add(format!("{what} has {at} {live}, but the contract says {expected}"), span);
            }
        }
        for name in list(&live["items"]).map(name).filter(|one| !expected.contains_key(&**one)) {
            let message =
                format!("the API has the authorizer `{name}`, which is not in the contracts");
            self.add(message, span);
        }
        let id = |one: &Json| one["id"].as_str().unwrap_or_default().to_owned();
        Ok(list(&live["items"]).map(|one| (id(one), name(one))).collect())
    }

    /// Compares who may call each method that both have.
    fn guards(
        &mut self,
        operations: &[&Operation],
        body: &Json,
        live: &Methods,
        authorizers: &BTreeMap<String, String>,
    ) {
        for (path, item) in body["paths"].as_object().into_iter().flatten() {
            for (method, definition) in item.as_object().into_iter().flatten() {
                let method = match method.as_str() {
                    "x-amazon-apigateway-any-method" => "ANY".to_owned(),
                    method => method.to_ascii_uppercase(),
                };
                let key = format!("{method} {}", shape(path));
                // What stands in for AWS may not say how a method is protected.
                let has = live.get(&key).filter(|has| has["authorizationType"].is_string());
                let Some(has) = has else { continue };
                let expected = guard(body, definition);
                let own = |one: &&&Operation| shape(&one.path.text) == shape(path);
                let of_path = || operations.iter().filter(own);
                let same = of_path().find(|one| route(one) == key);
                let place = same.or_else(|| of_path().next()).or(operations.first());
                let span = place.map(|one| one.origin.span).unwrap_or_default();
                let name = has["authorizerId"]
                    .as_str()
                    .map(|id| authorizers.get(id).map_or(id, String::as_str));
                let has_key = has["apiKeyRequired"] == true;
                let differences = [
                    (
                        "authorization",
                        plain(&has["authorizationType"]),
                        expected.authorization.to_owned(),
                    ),
                    ("the authorizer", named(name), named(expected.authorizer)),
                    ("apiKeyRequired", has_key.to_string(), expected.needs_key.to_string()),
                ];
                for (what, has, expected) in differences.iter().filter(|(_, has, is)| has != is) {
                    self.add(
                        format!(
                            "the route `{method} {path}` has {what} {has}, but the contract says {expected}"
                        ),
                        span,
                    );
                }
            }
        }
    }
}

fn named(authorizer: Option<&str>) -> String {
    authorizer.unwrap_or("nothing").to_owned()
}

fn schemes(body: &Json) -> impl Iterator<Item = (&String, &Json)> {
    body["components"]["securitySchemes"].as_object().into_iter().flatten()
}

/// How the definition of a method says that it is protected.
fn guard<'a>(body: &'a Json, method: &'a Json) -> Guard<'a> {
    let mut guard = Guard { authorization: "NONE", authorizer: None, needs_key: false };
    let asked = method["security"][0].as_object().into_iter().flat_map(Map::keys);
    for name in asked {
        let scheme = &body["components"]["securitySchemes"][name];
        let kind = scheme["x-amazon-apigateway-authtype"].as_str().unwrap_or_default();
        match kind.to_ascii_lowercase().as_str() {
            "awssigv4" => guard.authorization = "AWS_IAM",
            _ if scheme.get("x-amazon-apigateway-authorizer").is_some() => {
                let kind = &scheme["x-amazon-apigateway-authorizer"]["type"];
                let is_pool = kind
                    .as_str()
                    .is_some_and(|kind| kind.eq_ignore_ascii_case("cognito_user_pools"));
                guard.authorization = if is_pool { "COGNITO_USER_POOLS" } else { "CUSTOM" };
                guard.authorizer = Some(name);
            }
            _ => guard.needs_key = true,
        }
    }
    guard
}

/// What is compared of an authorizer, in one spelling: a definition has `request` where AWS has `REQUEST`.
fn spelled(authorizer: &Json) -> Json {
    let kind = authorizer["type"].as_str().unwrap_or_default().to_ascii_uppercase();
    // What a definition does not say, AWS fills in.
    let source = authorizer["identitySource"].as_str().map(|source| source.replace(' ', ""));
    json!({
        "type": kind,
        "identitySource": source,
        "authorizerResultTtlInSeconds": authorizer["authorizerResultTtlInSeconds"],
        "providerARNs": authorizer["providerARNs"],
    })
}

fn route(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), shape(&operation.path.text))
}

/// A path without the names of its parameters, which API Gateway may have from another path.
fn shape(path: &str) -> String {
    let step = |step: &str| if step.starts_with('{') { "{}".to_owned() } else { step.to_owned() };
    path.split('/').map(step).collect::<Vec<_>>().join("/")
}

/// Whether each segment is text or a parameter as a whole.
fn is_plain(path: &str) -> bool {
    let whole = |step: &str| {
        !step.contains(['{', '}'])
            || (step.starts_with('{') && step.find('}') == Some(step.len() - 1))
    };
    path.split('/').skip(1).all(|step| !step.is_empty() && whole(step))
}
