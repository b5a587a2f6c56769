//! What answers a route of a REST API: functions, mapping templates, and answers of the gateway itself.
//!
//! Refuses every other type of integration. A URI with variables of the stage stays as it is until these are known.

use std::time::Duration;

use indexmap::IndexMap;

use super::api::entries;
use super::{mapped, variables};
use crate::template::plan::{Integration, Mock};
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
    check_method(map)?;
    let timeout = timeout_of(map)?;
    let with_role = map.contains_key("credentials");
    Ok(Integration::Function { name, timeout, with_role })
}

/// Whether the method of an integration is the one by which functions are invoked. API Gateway takes every other one, and
/// then answers each request with a 500.
pub(super) fn check_method(map: &IndexMap<String, Node>) -> Result<(), String> {
    let method = map.get("httpMethod").or_else(|| map.get("integrationHttpMethod"));
    match method.and_then(Node::to_text) {
        Some(method) if !method.eq_ignore_ascii_case("POST") => Err(format!(
            "the integration's method is `{method}`, but functions are invoked with POST: on AWS each request fails"
        )),
        _ => Ok(()),
    }
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
    if variables::are_in(uri) {
        return Ok(uri.to_owned());
    }
    let name = uri.split_once(":function:").and_then(|(_, rest)| rest.strip_suffix("/invocations"));
    if uri.ends_with("/response-streaming-invocations") {
        return Err(
            "response streaming is not supported: the stage sends whole responses".to_owned()
        );
    }
    let name = name.ok_or_else(|| format!("`{uri}` is not the invocation URI of a function"))?;
    if name.contains("${") {
        return Err(format!("`{name}` is not the name of a function"));
    }
    Ok(name.split(':').next().unwrap_or(name).to_owned())
}

/// What the gateway answers itself. An integration without responses is an error of the API when it is asked.
fn mock_integration(map: &IndexMap<String, Node>) -> Result<Integration, String> {
    let templates =
        mapped::templates(map)?.into_iter().map(|(media_type, template, _)| (media_type, template));
    let responses = mapped::responses(map)?;
    Ok(Integration::Mock(Mock { templates: templates.collect(), responses }))
}

/// Response headers whose value is a literal (`'…'`).
pub(super) fn fixed_headers(node: Option<&Node>) -> Vec<(String, String)> {
    const PREFIX: &str = "method.response.header.";
    let literal = |(key, node): (&String, &Node)| {
        let value = node.to_text()?;
        let value = value.strip_prefix('\'')?.strip_suffix('\'')?;
        Some((key.strip_prefix(PREFIX)?.to_owned(), value.to_owned()))
    };
    entries(node).filter_map(literal).collect()
}
