//! What answers a route of a REST API: functions, mapping templates, and answers of the gateway itself.
//!
//! Refuses every other type of integration, and functions that are named by variables of the stage.

use std::time::Duration;

use indexmap::IndexMap;

use super::api::entries;
use super::mapped;
use crate::template::plan::{Integration, MappingTemplate};
use crate::template::syntax::Node;

/// The longest an integration may take (API Gateway quota).
const INTEGRATION_TIMEOUT_MS: u32 = 29_000;

/// What an integration of a document leads to.
pub(super) fn integration(node: &Node) -> Result<Integration, String> {
    let map = node.as_map().ok_or("an integration must be a map")?;
    let kind = map.get("type").and_then(Node::as_str).unwrap_or_default().to_ascii_lowercase();
    match kind.as_str() {
        "aws_proxy" => function_integration(map),
        "mock" => mock_integration(map),
        "aws" => mapped::integration(map, timeout_of(map)?),
        _ => Err(format!(
            "integrations of type `{kind}` are not supported, only `aws_proxy`, `aws` and `mock`"
        )),
    }
}

fn function_integration(map: &IndexMap<String, Node>) -> Result<Integration, String> {
    // Templates have no effect on a proxy, on AWS neither.
    if map.contains_key("requestParameters") {
        return Err(
            "`requestParameters` of an integration is not supported by the stage".to_owned()
        );
    }
    let uri = map.get("uri").and_then(Node::as_str).ok_or("the integration has no `uri`")?;
    let name = invoked(uri)?;
    let timeout = timeout_of(map)?;
    let with_role = map.contains_key("credentials");
    Ok(Integration::Function { name, timeout, with_role })
}

fn timeout_of(map: &IndexMap<String, Node>) -> Result<Duration, String> {
    let timeout = match map.get("timeoutInMillis") {
        None => INTEGRATION_TIMEOUT_MS,
        Some(node) => {
            let number = node.to_text().and_then(|text| text.parse::<u32>().ok());
            number
                .filter(|ms| (50..=INTEGRATION_TIMEOUT_MS).contains(ms))
                .ok_or("`timeoutInMillis` must be from 50 to 29000")?
        }
    };
    Ok(Duration::from_millis(timeout.into()))
}

/// The name of the function in an invocation URI.
pub(super) fn invoked(uri: &str) -> Result<String, String> {
    let name = uri.split_once(":function:").and_then(|(_, rest)| rest.strip_suffix("/invocations"));
    if uri.ends_with("/response-streaming-invocations") {
        return Err(
            "response streaming is not supported: the stage sends whole responses".to_owned()
        );
    }
    let name = name.ok_or_else(|| format!("`{uri}` is not the invocation URI of a function"))?;
    if name.contains("${") {
        return Err(format!("`{name}`: stage variables are not supported by the stage"));
    }
    Ok(name.split(':').next().unwrap_or(name).to_owned())
}

/// What the gateway answers itself: the response whose key is the status that the request template gives, or `default`.
fn mock_integration(map: &IndexMap<String, Node>) -> Result<Integration, String> {
    let asked = map.get("requestTemplates").and_then(Node::as_map).and_then(IndexMap::first);
    let asked: Option<String> = asked.and_then(|(_, node)| {
        let (_, after) = node.as_str()?.split_once("statusCode")?;
        let digits = after.chars().skip_while(|c| !c.is_ascii_digit());
        Some(digits.take_while(char::is_ascii_digit).collect())
    });
    let responses = map.get("responses").and_then(Node::as_map);
    let response = responses.and_then(|map| {
        let by_status = asked.as_ref().and_then(|status| map.get(status));
        by_status.or_else(|| map.get("default")).or_else(|| map.values().next())
    });
    let Some(response) = response.and_then(Node::as_map) else {
        // Nothing says how to answer, which is an error of the API.
        let text = r#"{"message": "Internal server error"}"#;
        let body = ("application/json".to_owned(), MappingTemplate::parse(text)?);
        return Ok(Integration::Mock {
            status: 500,
            headers: Vec::new(),
            origins: Vec::new(),
            body: Some(body),
        });
    };
    let status =
        response.get("statusCode").and_then(Node::to_text).and_then(|text| text.parse().ok());
    let headers = fixed_headers(response.get("responseParameters"), "method.response.header.");
    let templates = response.get("responseTemplates").and_then(Node::as_map);
    let mut origins = Vec::new();
    let mut body = None;
    if let Some((media_type, text)) = templates.and_then(IndexMap::first) {
        let text = text.to_text().unwrap_or_default();
        origins = echoed_origins(&text);
        if origins.is_empty() && !text.is_empty() {
            let template = MappingTemplate::parse(&text)
                .map_err(|error| format!("the response template for {media_type}: {error}"))?;
            body = Some((media_type.clone(), template));
        }
    }
    Ok(Integration::Mock { status: status.unwrap_or(200), headers, origins, body })
}

/// The origins that a template compares with the one of the request, as `cdk synth` writes it for preflight requests.
fn echoed_origins(template: &str) -> Vec<String> {
    if !template.trim_start().starts_with("#set($origin = $input.params()")
        || !template
            .contains("$context.responseOverride.header.Access-Control-Allow-Origin = $origin")
    {
        return Vec::new();
    }
    let compared =
        template.split("$origin == \"").skip(1).filter_map(|part| part.split('"').next());
    compared.filter(|origin| !origin.is_empty()).map(str::to_owned).collect()
}

/// Headers whose value is a literal (`'…'`).
pub(super) fn fixed_headers(node: Option<&Node>, prefix: &str) -> Vec<(String, String)> {
    let literal = |(key, node): (&String, &Node)| {
        let value = node.to_text()?;
        let value = value.strip_prefix('\'')?.strip_suffix('\'')?;
        Some((key.strip_prefix(prefix)?.to_owned(), value.to_owned()))
    };
    entries(node).filter_map(literal).collect()
}
