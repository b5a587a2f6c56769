//! Stages and deployments of REST APIs, and what they answer themselves (gateway responses).

use std::collections::BTreeMap;

use super::api::entries;
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{DeployedStage, GatewayResponse, HeaderSource, Plan};
use crate::template::properties::{InertProperties, Properties};
use crate::template::syntax::Node;

/// The headers of a gateway response.
///
/// **Errors**: an expression that the stage does not have.
fn headers(node: Option<&Node>) -> Result<Vec<(String, HeaderSource)>, String> {
    let header = |(key, node): (&String, &Node)| {
        let name = key.strip_prefix("gatewayresponse.header.").ok_or_else(|| {
            format!("`{key}` is not a header: write `gatewayresponse.header.NAME`")
        })?;
        let text = node.to_text().unwrap_or_default();
        let source = HeaderSource::parse(&text).ok_or_else(|| {
            format!(
                "`{text}` of `{key}` is not supported by the stage; it takes `'text'`, `method.request.header.NAME`, \
                 `method.request.querystring.NAME`, `context.NAME` and `stageVariables.NAME`"
            )
        })?;
        Ok((name.to_owned(), source))
    };
    // A response has neither path nor query: what SAM writes there goes nowhere, on AWS neither.
    let nowhere = ["gatewayresponse.path.", "gatewayresponse.querystring."];
    let is_sent = |(key, _): &(&String, &Node)| !nowhere.iter().any(|place| key.starts_with(place));
    entries(node).filter(is_sent).map(header).collect()
}

/// A gateway response as a document writes it.
///
/// **Errors**: a header that the stage does not have.
pub(super) fn response_of_body(kind: &str, node: &Node) -> Result<GatewayResponse, String> {
    let map = node.as_map().cloned().unwrap_or_default();
    let templates = map.get("responseTemplates").and_then(Node::as_map);
    let template =
        templates.and_then(|map| map.get_key_value("application/json").or_else(|| map.first()));
    Ok(GatewayResponse {
        kind: kind.to_owned(),
        status: map.get("statusCode").and_then(Node::to_text).and_then(|text| text.parse().ok()),
        headers: headers(map.get("responseParameters"))?,
        template: template.and_then(|(media, node)| Some((media.clone(), node.to_text()?))),
    })
}

/// Reads a gateway response that is a resource of its own.
pub(super) fn gateway_response(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, &[], evaluator);
    let api = properties.required_text("RestApiId");
    let kind = properties.required_text("ResponseType");
    let parameters = properties.take("ResponseParameters");
    let templates = properties.text_map("ResponseTemplates");
    let status =
        properties.integer("StatusCode", 100..=599).and_then(|status| u16::try_from(status).ok());
    let headers = headers(parameters.as_ref()).unwrap_or_else(|message| {
        properties.refuse("ResponseParameters", &message);
        Vec::new()
    });
    let response =
        GatewayResponse { kind, status, headers, template: templates.into_iter().next() };
    match plan.apis.iter_mut().find(|one| one.api_id == api) {
        Some(api) => api.responses.push(response),
        None => properties.refuse("RestApiId", "does not refer to an API of the template"),
    }
    properties.finish()
}

const INERT_OF_STAGE: InertProperties = &[
    ("AccessLogSetting", "monitoring only"),
    ("ClientCertificateId", "there is no TLS on loopback"),
    ("DeploymentId", "the stage serves the body as it is"),
    ("Description", "no effect locally"),
    ("DocumentationVersion", "no effect locally"),
    ("MethodSettings", "logging and throttling are not emulated"),
    ("Tags", "no effect locally"),
    ("TracingEnabled", "trace IDs are propagated, but traces are not recorded"),
];

/// Reads a stage of an API.
pub(super) fn stage(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_STAGE, evaluator);
    let api = properties.required_text("RestApiId");
    let name = properties.required_text("StageName");
    check_name(&mut properties, &name);
    let variables = properties.text_map("Variables");
    properties.skip(&["CacheClusterSize"]);
    if properties.flag("CacheClusterEnabled") == Some(true) {
        plan.left_out.push(format!(
            "`{id}` has a cache, which the stage has not: each request reaches its integration"
        ));
    }
    match plan.apis.iter_mut().find(|one| one.api_id == api) {
        None => properties.refuse("RestApiId", NO_API),
        Some(found) if !found.stage.is_empty() => {
            properties.refuse("StageName", "is a second stage of its API; only one is supported");
        }
        Some(found) => {
            found.stage = name;
            found.variables = variables;
        }
    }
    properties.finish()
}

const NO_API: &str = "does not refer to an API of the template";

/// The name of a stage is a part of paths.
pub(super) fn check_name(properties: &mut Properties, name: &str) {
    let is_legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if name.len() > 128 || !name.chars().all(is_legal) {
        properties.refuse("StageName", "must have letters, digits, `-` and `_`, at most 128");
    }
}

const INERT_OF_DEPLOYMENT: InertProperties = &[("Description", "no effect locally")];

/// Reads a deployment, which may bring a stage with it.
pub(super) fn deployment(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_DEPLOYMENT, evaluator);
    let api = properties.required_text("RestApiId");
    let mut variables = BTreeMap::new();
    if let Some(mut description) = properties.section("StageDescription") {
        variables = description.text_map("Variables");
        description.skip(&[
            "Description",
            "MethodSettings",
            "AccessLogSetting",
            "TracingEnabled",
            "Tags",
        ]);
        properties.absorb(description);
    }
    let name = properties.text("StageName").unwrap_or_default();
    check_name(&mut properties, &name);
    // Whether there is its API is known when all nested stacks are: it may be another's.
    plan.rest.deployed.push(DeployedStage { id: id.to_owned(), api, name, variables });
    properties.finish()
}

/// Gives APIs without a stage of their own those that deployments bring. SAM deploys to a stage named `Stage` beside the one
/// that is asked for.
pub(super) fn join(deployed: Vec<DeployedStage>, plan: &mut Plan) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut from: BTreeMap<String, String> = BTreeMap::new();
    for stage in deployed {
        let subject = format!("resource `{}` (AWS::ApiGateway::Deployment)", stage.id);
        let Some(api) = plan.apis.iter_mut().find(|one| one.api_id == stage.api) else {
            faults.push(Fault::new(subject, format!("property `RestApiId` {NO_API}")));
            continue;
        };
        if stage.name.is_empty() || stage.name == api.stage {
            // It brings none, or the one that is there.
            continue;
        }
        if api.stage.is_empty() {
            (api.stage, api.variables) = (stage.name, stage.variables);
            from.insert(stage.api, stage.id);
        } else if let Some(other) = from.get(&stage.api) {
            let message = format!(
                "its stage `{}` is a second stage of its API, beside that of `{other}`; only one is supported",
                stage.name
            );
            faults.push(Fault::new(subject, message).left_out_on_request());
        } else {
            plan.left_out.push(format!(
                "`{}` brings the stage `{}` of `{}`, which is not served: only `{}` is",
                stage.id, stage.name, api.id, api.stage
            ));
        }
    }
    faults
}
