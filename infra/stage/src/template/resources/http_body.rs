//! The OpenAPI document of an HTTP API (`Body`): its routes, authorizers and CORS settings.
//!
//! Integrations stand at operations or in `components`; an operation without one is refused.

use std::collections::BTreeMap;
use std::time::Duration;

use indexmap::IndexMap;

use super::api::entries;
use super::authorizers::identity_source;
use super::http_api::{
    DEFAULT, INTEGRATION_TIMEOUT_MS, SIMPLE_IS_SECOND, function_of, route, target,
};
use crate::template::error::Fault;
use crate::template::plan::{
    Api, Authorizer, AuthorizerKind, Cors, IdentitySource, Integration, PayloadFormat,
    RouteAuthorization, RouteGuard,
};
use crate::template::syntax::Node;

type Map = IndexMap<String, Node>;

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// Reads a document into its API.
pub(super) fn read(node: &Node, api: &mut Api) -> Vec<Fault> {
    let fault = |line: usize, message: String| Fault::new("template", message).at(line);
    let Some(document) = node.as_map() else {
        return vec![fault(node.line, "`Body` must be an OpenAPI document".to_owned())];
    };
    let mut faults = Vec::new();
    if let (Some(cors), Some(http)) = (document.get("x-amazon-apigateway-cors"), &mut api.http) {
        http.cors = cors.as_map().map(self::cors);
    }
    let components = document.get("components").and_then(Node::as_map);
    for (name, scheme) in entries(components.and_then(|map| map.get("securitySchemes"))) {
        match authorizer(name, scheme) {
            Ok(found) => api.authorizers.extend(found),
            Err(message) => faults.push(fault(scheme.line, format!("`{name}`: {message}"))),
        }
    }
    let everywhere = document.get("security");
    for (path, item) in entries(document.get("paths")) {
        for (method, operation) in entries(Some(item)) {
            let method = match method.as_str() {
                "x-amazon-apigateway-any-method" => "ANY".to_owned(),
                other if METHODS.contains(&other) => other.to_ascii_uppercase(),
                "summary" | "description" | "servers" | "parameters" => continue,
                other if other.starts_with("x-") => continue,
                other => {
                    let message = format!("`{path}`: `{other}` is not a method of an HTTP API");
                    faults.push(fault(operation.line, message).left_out_on_request());
                    continue;
                }
            };
            let key = match path.as_str() {
                "/$default" | DEFAULT => DEFAULT.to_owned(),
                path => format!("{method} {path}"),
            };
            if let Err(message) = add(api, &key, components, operation, everywhere) {
                let fault = fault(operation.line, format!("`{key}`: {message}"));
                faults.push(fault.left_out_on_request());
            }
        }
    }
    faults
}

fn add(
    api: &mut Api,
    key: &str,
    components: Option<&Map>,
    operation: &Node,
    everywhere: Option<&Node>,
) -> Result<(), String> {
    let map = operation.as_map().ok_or("an operation must be a map")?;
    let written = map.get("x-amazon-apigateway-integration");
    let written = written.and_then(Node::as_map).ok_or("it has no integration")?;
    let written = match written.get("$ref").and_then(Node::as_str) {
        None => written,
        Some(pointer) => referred(components, pointer)
            .ok_or_else(|| format!("`{pointer}` does not exist in the document"))?,
    };
    let (integration, format) = integration(written)?;
    let guard = guard(map.get("security").or(everywhere), &api.authorizers, components)?;
    let route = route(key, integration, format).ok_or("it is not a route")?;
    api.routes.push(crate::template::plan::Route { guard, ..route });
    Ok(())
}

fn referred<'d>(components: Option<&'d Map>, pointer: &str) -> Option<&'d Map> {
    let name = pointer.strip_prefix("#/components/x-amazon-apigateway-integrations/")?;
    let all = components?.get("x-amazon-apigateway-integrations")?.as_map()?;
    all.get(name)?.as_map()
}

fn text(map: &Map, name: &str) -> Option<String> {
    map.get(name).and_then(Node::to_text)
}

fn texts(node: Option<&Node>) -> Vec<String> {
    let items = node.and_then(Node::as_list).unwrap_or_default();
    items.iter().filter_map(Node::to_text).collect()
}

fn integration(written: &Map) -> Result<(Integration, PayloadFormat), String> {
    let kind = text(written, "type").unwrap_or_default();
    let format = match text(written, "payloadFormatVersion").as_deref() {
        Some("2.0") => PayloadFormat::V2,
        None | Some("1.0") => PayloadFormat::V1,
        Some(_) => return Err("`payloadFormatVersion` must be 1.0 or 2.0".to_owned()),
    };
    let timeout = text(written, "timeoutInMillis").map(|text| text.parse::<u32>());
    let timeout = timeout.transpose().map_err(|_| "`timeoutInMillis` must be a number")?;
    let timeout = Duration::from_millis(timeout.unwrap_or(INTEGRATION_TIMEOUT_MS).into());
    let parameters: BTreeMap<String, String> = entries(written.get("requestParameters"))
        .filter_map(|(name, node)| Some((name.clone(), node.to_text()?)))
        .collect();
    let subtype = text(written, "integrationSubtype");
    let uri = text(written, "uri").unwrap_or_default();
    let mut integration = target(&kind, subtype.as_deref(), &uri, timeout, parameters)
        .map_err(|message| format!("its integration {message}"))?;
    if let Integration::Function { with_role, .. } = &mut integration {
        *with_role = written.contains_key("credentials");
    }
    Ok((integration, format))
}

fn cors(written: &Map) -> Cors {
    Cors {
        origins: texts(written.get("allowOrigins")),
        methods: texts(written.get("allowMethods")),
        headers: texts(written.get("allowHeaders")),
        exposed: texts(written.get("exposeHeaders")),
        credentials: text(written, "allowCredentials").as_deref() == Some("true"),
        max_age: text(written, "maxAge").and_then(|text| text.parse().ok()),
    }
}

/// The authorizer that a security scheme is; none for a scheme that only documents.
fn authorizer(name: &str, scheme: &Node) -> Result<Option<Authorizer>, String> {
    let written = scheme.as_map().and_then(|map| map.get("x-amazon-apigateway-authorizer"));
    let Some(written) = written.and_then(Node::as_map) else { return Ok(None) };
    let mut sources = Vec::new();
    let listed = texts(written.get("identitySource"));
    let written_out = text(written, "identitySource").unwrap_or_default();
    for source in written_out.split(',').map(str::to_owned).chain(listed) {
        if !source.trim().is_empty() {
            sources.push(identity_source(source.trim())?);
        }
    }
    let kind = match text(written, "type").unwrap_or_default().to_ascii_lowercase().as_str() {
        "jwt" => {
            let configuration = written.get("jwtConfiguration").and_then(Node::as_map);
            let configuration = configuration.ok_or("the authorizer has no `jwtConfiguration`")?;
            let source = sources.first().cloned();
            let default = || IdentitySource::Header("authorization".to_owned());
            AuthorizerKind::Jwt {
                source: source.unwrap_or_else(default),
                issuer: text(configuration, "issuer").ok_or("the authorizer has no `issuer`")?,
                audiences: texts(configuration.get("audience")),
            }
        }
        "request" => {
            let uri = text(written, "authorizerUri").ok_or("the authorizer has no URI")?;
            let is_second =
                text(written, "authorizerPayloadFormatVersion").as_deref() == Some("2.0");
            let format = if is_second { PayloadFormat::V2 } else { PayloadFormat::V1 };
            let function = function_of(&uri)?;
            let is_simple = text(written, "enableSimpleResponses").as_deref() == Some("true");
            if is_simple && !is_second {
                return Err(format!("`enableSimpleResponses` {SIMPLE_IS_SECOND}"));
            }
            AuthorizerKind::Request { function, sources: sources.clone(), format, is_simple }
        }
        other => return Err(format!("an authorizer of an HTTP API is not of the type `{other}`")),
    };
    let default = if sources.is_empty() { 0 } else { 300 };
    let ttl = text(written, "authorizerResultTtlInSeconds").and_then(|text| text.parse().ok());
    let ttl = Duration::from_secs(ttl.unwrap_or(default));
    let with_role = written.contains_key("authorizerCredentialsArn");
    Ok(Some(Authorizer { name: name.to_owned(), kind, ttl, with_role }))
}

/// Whether a security scheme stands for signatures (SigV4).
fn is_signature(components: Option<&Map>, name: &str) -> bool {
    let schemes = components.and_then(|components| components.get("securitySchemes")?.as_map());
    let scheme = schemes.and_then(|schemes| schemes.get(name)?.as_map());
    let kind = scheme.and_then(|scheme| text(scheme, "x-amazon-apigateway-authtype"));
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case("awsSigv4"))
}

/// What the security requirements of an operation ask for: one authorizer, with its scopes.
fn guard(
    security: Option<&Node>,
    authorizers: &[Authorizer],
    components: Option<&Map>,
) -> Result<RouteGuard, String> {
    let required = security.and_then(Node::as_list).unwrap_or_default();
    let Some((name, scopes)) = required.iter().filter_map(Node::as_map).flatten().next() else {
        return Ok(RouteGuard::default());
    };
    let authorization = if authorizers.iter().any(|known| known.name == *name) {
        RouteAuthorization::Authorizer { name: name.clone(), scopes: texts(Some(scopes)) }
    } else if is_signature(components, name) {
        RouteAuthorization::Signature
    } else if name == "NONE" {
        // SAM writes it where a route has no authorizer and its API has one.
        RouteAuthorization::None
    } else {
        return Err(format!("the authorizer `{name}` does not exist in the document"));
    };
    Ok(RouteGuard { authorization, needs_key: false })
}
