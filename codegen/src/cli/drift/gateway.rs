//! The stage of an API and its usage plans, in the words of the template.

use anyhow::Result;
use serde_json::{Map, Value as Json, json};

use super::aws::Stack;
use super::kinds::list;

/// The settings of a stage: tracing, and what applies to its methods.
pub(super) fn stage(stack: &Stack, name: &str) -> Result<Option<Json>> {
    let Some(api) = stack.made_of("AWS::ApiGateway::RestApi") else { return Ok(None) };
    let ask = ["apigateway", "get-stage", "--rest-api-id", api, "--stage-name", name];
    let Some(found) = stack.ask(&ask)? else { return Ok(None) };
    let settings = found["methodSettings"].as_object().into_iter().flatten();
    let settings: Vec<Json> = settings.map(|(at, of)| setting(at, of)).collect();
    Ok(Some(json!({
        "TracingEnabled": found["tracingEnabled"],
        "MethodSettings": settings,
    })))
}

/// What applies to a method; AWS writes `~1order/GET` for `GET /order`, and `*/*` for all.
fn setting(at: &str, of: &Json) -> Json {
    let (path, method) = at.rsplit_once('/').unwrap_or((at, "*"));
    let path = path.trim_start_matches("~1").replace("~1", "/");
    let mut setting = capitals(of);
    setting["HttpMethod"] = method.into();
    setting["ResourcePath"] = format!("/{path}").into();
    setting
}

/// The limits of a usage plan, and the stages that it is of.
pub(super) fn usage_plan(stack: &Stack, id: &str) -> Result<Option<Json>> {
    let ask = ["apigateway", "get-usage-plan", "--usage-plan-id", id];
    Ok(stack.ask(&ask)?.map(|found| {
        json!({
            "Throttle": capitals(&found["throttle"]),
            "Quota": capitals(&found["quota"]),
            "ApiStages": list(&found["apiStages"]).map(capitals).collect::<Vec<_>>(),
        })
    }))
}

/// The keys of an object as templates write them: `RateLimit` for `rateLimit`.
fn capitals(of: &Json) -> Json {
    let capital = |key: &String| {
        let (first, rest) = key.split_at_checked(1).unwrap_or(("", key));
        format!("{}{rest}", first.to_ascii_uppercase())
    };
    let entries = of.as_object().into_iter().flatten();
    Json::Object(entries.map(|(key, value)| (capital(key), value.clone())).collect::<Map<_, _>>())
}
