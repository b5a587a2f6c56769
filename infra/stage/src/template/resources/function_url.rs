//! A function's own URL, which is an HTTP API with one route. Refuses answers that stream.

use std::time::Duration;

use super::function_name;
use super::http_api::{DEFAULT, bare, cors, route};
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Integration, PayloadFormat, Plan, RouteAuthorization};
use crate::template::properties::{InertProperties, Properties};

const INERT_OF_URL: InertProperties = &[("Qualifier", "all versions run the same code")];

/// Reads a function's own URL, which is an API with one route.
pub(super) fn function_url(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_URL, evaluator);
    let Ok(api_id) = evaluator.name(id) else { return properties.finish() };
    let function = function_name(&properties.required_text("TargetFunctionArn")).to_owned();
    if properties.text("InvokeMode").is_some_and(|mode| mode != "BUFFERED") {
        properties.refuse("InvokeMode", "must be BUFFERED: response streaming is not supported");
    }
    let cors = cors(&mut properties, "Cors");
    let mut api = bare(id, api_id, cors);
    if let Some(http) = &mut api.http {
        http.is_function_url = true;
    }
    api.stage = DEFAULT.to_owned();
    // A URL waits as long as its function may take.
    let timeout = Duration::from_secs(limits::LAMBDA_TIMEOUT.into());
    let integration = Integration::Function { name: function, timeout, with_role: false };
    api.routes.extend(route(DEFAULT, integration, PayloadFormat::V2));
    match properties.required_text("AuthType").as_str() {
        "NONE" => {}
        "AWS_IAM" => {
            for route in &mut api.routes {
                route.guard.authorization = RouteAuthorization::Signature;
            }
        }
        _ => properties.refuse("AuthType", "must be NONE or AWS_IAM"),
    }
    plan.apis.push(api);
    properties.finish()
}
