//! REST APIs whose routes are resources of their own (`Resource`, `Method`, `Authorizer`, `RequestValidator`), as the CDK
//! writes them.
//!
//! Each is turned into the form that it has in an OpenAPI document, so that one reader decides what an integration or
//! authorizer means.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use super::models::Asked;
use super::{api, authorizers, integrations, paths};
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{
    Checks, IdentitySource, PayloadFormat, Plan, RestMethod, RestResource, Route,
    RouteAuthorization, RouteGuard, Validator,
};
use crate::template::properties::{InertProperties, Properties};
use crate::template::syntax::{Node, Value};

type Map = IndexMap<String, Node>;

/// Reads a segment of a path.
pub(super) fn resource(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, &[], evaluator);
    let Ok(resource_id) = evaluator.name(id) else { return properties.finish() };
    let part = properties.required_text("PathPart");
    if let Some(message) = paths::wrong_part(&part) {
        properties.refuse("PathPart", message);
    }
    plan.rest.resources.push(RestResource {
        id: id.to_owned(),
        resource_id,
        api: properties.required_text("RestApiId"),
        parent: properties.required_text("ParentId"),
        part,
    });
    properties.finish()
}

const METHODS: [&str; 8] = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

const INERT_OF_METHOD: InertProperties =
    &[("MethodResponses", "responses are not validated"), ("OperationName", "no effect locally")];

/// Reads a method.
pub(super) fn method(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_METHOD, evaluator);
    let api = properties.required_text("RestApiId");
    let resource = properties.required_text("ResourceId");
    let method = properties.required_text("HttpMethod");
    if !method.is_empty() && !METHODS.contains(&method.as_str()) {
        properties.refuse("HttpMethod", &format!("must be one of {}", METHODS.join(", ")));
    }
    let authorization = properties.text("AuthorizationType").unwrap_or_else(|| "NONE".to_owned());
    let authorizer = properties.text("AuthorizerId");
    let scopes = properties.texts("AuthorizationScopes");
    let needs_key = properties.flag("ApiKeyRequired").unwrap_or(false);
    let validator = properties.text("RequestValidatorId");
    let required = required_parameters(properties.take("RequestParameters").as_ref());
    let models = properties.text_map("RequestModels");
    let integration = match properties.take("Integration") {
        None => Err("is missing".to_owned()),
        Some(node) => integrations::integration(&as_in_openapi(&node))
            .map_err(|error| format!("`{method}`: {error}")),
    };
    match integration {
        Err(message) => properties.lacks("Integration", &message),
        Ok(integration) => plan.rest.methods.push(RestMethod {
            id: id.to_owned(),
            api,
            resource,
            method,
            integration,
            authorization,
            authorizer,
            scopes,
            needs_key,
            validator,
            required,
            models,
        }),
    }
    properties.finish()
}

/// The headers and query parameters that are marked as required.
fn required_parameters(node: Option<&Node>) -> Vec<IdentitySource> {
    let required = api::entries(node).filter(|(_, node)| node.to_text().as_deref() == Some("true"));
    required
        .filter_map(|(name, _)| {
            let name = name.strip_prefix("method.request.")?;
            let (place, name) = name.split_once('.')?;
            match place {
                "header" => Some(IdentitySource::Header(name.to_owned())),
                "querystring" => Some(IdentitySource::Query(name.to_owned())),
                // A path without its parameter is another path.
                _ => None,
            }
        })
        .collect()
}

/// An integration as OpenAPI documents write it: keys begin with a small letter, responses have theirs as a key.
fn as_in_openapi(node: &Node) -> Node {
    let Some(map) = node.as_map() else { return node.clone() };
    let mut out: Map = map
        .iter()
        .filter(|(name, _)| *name != "IntegrationResponses")
        .map(|(name, node)| (small(name), node.clone()))
        .collect();
    let mut responses = Map::new();
    let written = map.get("IntegrationResponses").and_then(Node::as_list).unwrap_or_default();
    for response in written {
        let Some(parts) = response.as_map() else { continue };
        let pattern = parts.get("SelectionPattern").and_then(Node::to_text);
        let key = pattern.filter(|pattern| !pattern.is_empty()).unwrap_or("default".to_owned());
        let parts = parts.iter().map(|(name, node)| (small(name), node.clone())).collect();
        responses.entry(key).or_insert(Node { line: response.line, value: Value::Map(parts) });
    }
    out.insert("responses".to_owned(), Node { line: node.line, value: Value::Map(responses) });
    Node { line: node.line, value: Value::Map(out) }
}

fn small(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

const INERT_OF_AUTHORIZER: InertProperties = &[("AuthType", "no effect locally")];

/// Reads an authorizer.
pub(super) fn authorizer(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_AUTHORIZER, evaluator);
    let Ok(authorizer_id) = evaluator.name(id) else { return properties.finish() };
    if resource.properties.is_empty() {
        // Belongs to no API, so no method can name it.
        return Vec::new();
    }
    let api = properties.required_text("RestApiId");
    properties.skip(&["Name"]);
    let mut map = Map::new();
    for (written, name) in [
        ("Type", "type"),
        ("AuthorizerUri", "authorizerUri"),
        ("IdentitySource", "identitySource"),
        ("IdentityValidationExpression", "identityValidationExpression"),
        ("AuthorizerResultTtlInSeconds", "authorizerResultTtlInSeconds"),
        ("ProviderARNs", "providerARNs"),
        ("AuthorizerCredentials", "authorizerCredentials"),
    ] {
        map.extend(properties.take(written).map(|node| (name.to_owned(), node)));
    }
    match authorizers::authorizer(&authorizer_id, "", &map) {
        Ok(authorizer) => plan.rest.authorizers.push((api, authorizer)),
        Err(message) => properties.refuse("Type", &format!("and its dependencies: {message}")),
    }
    properties.finish()
}

/// Reads what is checked before an integration.
pub(super) fn validator(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, &[], evaluator);
    let Ok(validator_id) = evaluator.name(id) else { return properties.finish() };
    properties.skip(&["Name", "RestApiId"]);
    plan.rest.validators.push(Validator {
        validator_id,
        checks_parameters: properties.flag("ValidateRequestParameters").unwrap_or(false),
        checks_body: properties.flag("ValidateRequestBody").unwrap_or(false),
    });
    properties.finish()
}

/// Gives APIs their routes.
pub(super) fn join(plan: &mut Plan) -> Vec<Fault> {
    let mut parts = std::mem::take(&mut plan.rest);
    let mut faults = super::stages::join(std::mem::take(&mut parts.deployed), plan);
    faults.extend(paths::twice(&parts));
    for (api_id, authorizer) in &parts.authorizers {
        if let Some(api) = plan.apis.iter_mut().find(|api| api.api_id == *api_id) {
            api.authorizers.push(authorizer.clone());
        }
    }
    let mut asked: BTreeMap<&str, Asked> = BTreeMap::new();
    for method in &parts.methods {
        let mut refuse = |message: String| {
            faults.push(Fault::new(
                format!("resource `{}` (AWS::ApiGateway::Method)", method.id),
                message,
            ));
        };
        let Some(api) = plan.apis.iter_mut().find(|api| api.api_id == method.api) else {
            refuse("`RestApiId` does not refer to an API of the template".to_owned());
            continue;
        };
        let Some(path) = path_of(&parts.resources, &method.api, &method.resource) else {
            refuse("`ResourceId` does not refer to a path of its API".to_owned());
            continue;
        };
        let guard = guard_of(method, &parts.authorizers);
        let guard = guard.unwrap_or_else(|message| {
            refuse(message);
            RouteGuard::default()
        });
        let validator = method.validator.as_ref();
        let validator = validator
            .and_then(|id| parts.validators.iter().find(|known| known.validator_id == *id));
        let mut checks = Checks::default();
        if validator.is_some_and(|validator| validator.checks_parameters) {
            checks.required.clone_from(&method.required);
        }
        if validator.is_some_and(|validator| validator.checks_body) {
            checks.models = asked.entry(&method.api).or_default().numbers(&method.models);
        }
        api.routes.push(Route {
            path,
            method: method.method.clone(),
            integration: method.integration.clone(),
            guard,
            format: PayloadFormat::V1,
            checks,
        });
    }
    for (api_id, asked) in asked {
        match asked.compile(api_id, &parts.models) {
            Ok(models) => {
                if let Some(api) = plan.apis.iter_mut().find(|api| api.api_id == api_id) {
                    api.models = Arc::new(models);
                }
            }
            Err(found) => faults.extend(found),
        }
    }
    faults.extend(plan.apis.iter().filter(|api| api.http.is_none()).filter_map(paths::siblings));
    faults
}

/// The path that a resource stands for; `None` when its parents do not lead to the API's root.
fn path_of(resources: &[RestResource], api: &str, resource: &str) -> Option<String> {
    let root = format!("{api}root");
    let mut parts = Vec::new();
    let mut at = resource;
    while at != root {
        let found = resources.iter().find(|one| one.resource_id == at && one.api == api)?;
        parts.push(found.part.as_str());
        at = &found.parent;
        // More than there are: it leads in a circle.
        if parts.len() > resources.len() {
            return None;
        }
    }
    parts.reverse();
    Some(format!("/{}", parts.join("/")))
}

fn guard_of(
    method: &RestMethod,
    authorizers: &[(String, crate::template::plan::Authorizer)],
) -> Result<RouteGuard, String> {
    let authorization = match method.authorization.as_str() {
        "NONE" => RouteAuthorization::None,
        "AWS_IAM" => RouteAuthorization::Signature,
        "CUSTOM" | "COGNITO_USER_POOLS" => {
            let name = method.authorizer.clone().ok_or("`AuthorizerId` is missing")?;
            if !authorizers.iter().any(|(_, known)| known.name == name) {
                return Err(format!(
                    "`AuthorizerId`: `{name}` is not an authorizer of the template"
                ));
            }
            RouteAuthorization::Authorizer { name, scopes: method.scopes.clone() }
        }
        other => return Err(format!("`{other}` is not an authorization type")),
    };
    Ok(RouteGuard { authorization, needs_key: method.needs_key })
}
