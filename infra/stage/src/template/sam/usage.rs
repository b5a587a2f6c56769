//! `Auth.UsagePlan` of an API: a plan with its key, one for each API or one that all APIs share.

use super::Output;
use super::nodes::{Map, Part, entries, list, map, reference};
use crate::template::Resource;
use crate::template::syntax::{Node, Value};

/// The plan of all APIs that share one.
const SHARED: &str = "Serverless";

/// Adds the plan of an API, given by its id and that of its stage.
pub(super) fn plan(api: (&str, &str), written: &Node, resource: &Resource, output: &mut Output) {
    let (api_id, stage_id) = api;
    let line = written.line;
    let subject = format!("resource `{api_id}` (AWS::Serverless::Api): property `Auth.UsagePlan`");
    let mut part = Part::new(line, subject, entries(Some(written)));
    let kind = part.take("CreateUsagePlan").as_ref().and_then(Node::to_text);
    let owner = match kind.as_deref() {
        Some("NONE") => return,
        Some("PER_API") => api_id,
        Some("SHARED") => SHARED,
        _ => {
            let message = "`CreateUsagePlan` must be PER_API, SHARED or NONE";
            return output.faults.push(part.fault(message));
        }
    };
    let mut properties = part.same(&["Description", "Quota", "Tags", "Throttle", "UsagePlanName"]);
    output.faults.extend(part.finish());
    let stage = [("ApiId", reference(line, api_id)), ("Stage", reference(line, stage_id))];
    let stage = map(line, stage);
    let plan = format!("{owner}UsagePlan");
    if let Some(known) = output.resources.get_mut(&plan) {
        if let Some(Value::List(stages)) =
            known.properties.get_mut("ApiStages").map(|node| &mut node.value)
        {
            stages.push(stage);
        }
        return;
    }
    properties.insert("ApiStages".to_owned(), list(line, vec![stage]));
    output.add(plan.clone(), "AWS::ApiGateway::UsagePlan", resource, line, properties);
    let key = format!("{owner}ApiKey");
    let of_key: Map = [("Enabled".to_owned(), Node::text(line, "true"))].into_iter().collect();
    output.add(key.clone(), "AWS::ApiGateway::ApiKey", resource, line, of_key);
    let joined = [
        ("KeyId".to_owned(), reference(line, &key)),
        ("KeyType".to_owned(), Node::text(line, "API_KEY")),
        ("UsagePlanId".to_owned(), reference(line, &plan)),
    ];
    let joined = joined.into_iter().collect();
    output.add(
        format!("{owner}UsagePlanKey"),
        "AWS::ApiGateway::UsagePlanKey",
        resource,
        line,
        joined,
    );
}
