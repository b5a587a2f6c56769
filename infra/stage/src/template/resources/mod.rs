//! Decides for each resource: stood up, knowingly inert, or refused by name.
//!
//! One file per family of types that are stood up; each function reads one resource into its part of the [`Plan`].

mod api;
mod authorizers;
mod code;
mod data;
mod events;
mod function_url;
mod functions;
mod http_api;
mod http_body;
mod integrations;
mod keys;
mod mapped;
mod models;
mod nested;
mod paths;
mod pipes;
mod policies;
mod references;
mod refused;
mod rest;
mod roles;
mod schedules;
mod stages;
mod stored;
mod streams;
mod topics;
mod validators;
mod variables;
mod versions;

use super::error::Fault;
use super::evaluate::Evaluator;
pub(super) use nested::{KIND as NESTED, Nested};

use super::plan::{Api, Inert, Plan, Stack, StackResource};
use super::syntax::Node;
use super::{Resource, Template};

const TOKENS: &str = "tokens come from the stage's own issuer";

const OWN_URL: &str = "APIs answer at their own URLs, without base paths";
const CURRENT: &str = "aliases always invoke the current code";

/// Types that are knowingly not stood up, each with the reason why nothing is lost.
const INERT: [(&str, &str); 42] = [
    ("AWS::ApiGateway::Account", "API Gateway's role for writing logs"),
    ("AWS::ApiGateway::BasePathMapping", OWN_URL),
    ("AWS::ApiGateway::BasePathMappingV2", OWN_URL),
    ("AWS::ApiGateway::DomainName", OWN_URL),
    ("AWS::ApiGateway::DomainNameAccessAssociation", OWN_URL),
    ("AWS::ApiGateway::DomainNameV2", OWN_URL),
    ("AWS::ApiGatewayV2::ApiMapping", OWN_URL),
    ("AWS::ApiGatewayV2::DomainName", OWN_URL),
    ("AWS::ApiGatewayV2::Deployment", "the stage always serves the current routes"),
    ("AWS::CertificateManager::Certificate", "there is no TLS on loopback"),
    ("AWS::CodeDeploy::Application", CURRENT),
    ("AWS::CodeDeploy::DeploymentConfig", CURRENT),
    ("AWS::CodeDeploy::DeploymentGroup", CURRENT),
    ("AWS::Cognito::UserPool", TOKENS),
    ("AWS::Cognito::UserPoolClient", TOKENS),
    ("AWS::Cognito::UserPoolDomain", TOKENS),
    ("AWS::Cognito::UserPoolGroup", TOKENS),
    ("AWS::Cognito::UserPoolResourceServer", TOKENS),
    ("AWS::CDK::Metadata", "metadata of the template's author"),
    ("AWS::CloudFormation::WaitConditionHandle", "all local resources exist at once"),
    ("AWS::CloudWatch::Alarm", "alarms are not emulated"),
    ("AWS::CloudWatch::AnomalyDetector", "alarms are not emulated"),
    ("AWS::CloudWatch::CompositeAlarm", "alarms are not emulated"),
    ("AWS::CloudWatch::Dashboard", "the stage has its own metrics"),
    ("Custom::CloudwatchLogResourcePolicy", "the stage does not check permissions of log groups"),
    ("Custom::LogRetention", "the stage writes logs to its own output"),
    ("AWS::IAM::ManagedPolicy", "permissions are checked only with --enforce-iam"),
    ("AWS::IAM::Policy", "permissions are checked only with --enforce-iam"),
    ("AWS::IAM::Role", "permissions are checked only with --enforce-iam"),
    ("AWS::IAM::RolePolicy", "permissions are checked only with --enforce-iam"),
    ("AWS::KMS::Alias", "encryption is not emulated"),
    ("AWS::KMS::Key", "encryption is not emulated"),
    ("AWS::Lambda::LayerVersionPermission", "the stage does not check permissions"),
    ("AWS::Logs::LogGroup", "the stage writes logs to its own output"),
    ("AWS::Logs::MetricFilter", "the stage has its own metrics"),
    ("AWS::Logs::QueryDefinition", "the stage writes logs to its own output"),
    ("AWS::ResourceGroups::Group", "it only groups other resources"),
    ("AWS::Route53::RecordSet", OWN_URL),
    ("AWS::Route53::RecordSetGroup", OWN_URL),
    ("AWS::Scheduler::ScheduleGroup", "a group only holds tags"),
    ("AWS::Serverless::Connector", "its permissions are resources of their own"),
    ("AWS::Logs::ResourcePolicy", "the stage does not check who writes logs"),
];

const STEPS: &str = "Step Functions are not emulated";
const CALLS: &str = "the stage calls no other hosts";

/// SAM's own types are others once they are transformed.
const TRANSFORM: &str = "the template needs `Transform: AWS::Serverless-2016-10-31`";

/// Types that are refused, where there is more to be said than that.
const REFUSED: [(&str, &str); 13] = [
    ("AWS::Events::ApiDestination", CALLS),
    ("AWS::Events::Connection", CALLS),
    ("AWS::Serverless::Api", TRANSFORM),
    ("AWS::Serverless::Application", TRANSFORM),
    ("AWS::Serverless::Function", TRANSFORM),
    ("AWS::Serverless::GraphQLApi", "AppSync is not emulated"),
    ("AWS::Serverless::HttpApi", TRANSFORM),
    ("AWS::Serverless::LayerVersion", TRANSFORM),
    ("AWS::Serverless::SimpleTable", TRANSFORM),
    ("AWS::Serverless::StateMachine", STEPS),
    ("AWS::Serverless::WebSocketApi", "WebSocket APIs are not emulated"),
    ("AWS::StepFunctions::Activity", STEPS),
    ("AWS::StepFunctions::StateMachine", STEPS),
];

/// Reads every resource and output, of nested stacks too; what they refer to may be in other stacks.
pub(super) fn plan(others: &Plan, evaluator: &mut Evaluator<'_>) -> (Plan, Vec<Fault>) {
    let (mut plan, mut faults) = read_stack(evaluator);
    // Parts of one thing may be in several nested stacks, so it is put together when all are read.
    roles::join(&mut plan);
    faults.extend(keys::join(&mut plan));
    faults.extend(versions::join(&mut plan, others));
    faults.extend(rest::join(&mut plan));
    faults.extend(http_api::join(&mut plan));
    faults.extend(variables::put_in(&mut plan));
    let whole = plan.among(others);
    faults.extend(references::check(&whole));
    faults.extend(topics::check(&whole));
    faults.extend(streams::check(&whole));
    faults.extend(refused::check(&whole));
    if faults.is_empty() {
        faults.extend(references::without_routes(&plan));
    }
    plan.queues.sort_by_key(|queue| queue.dead_letter.is_some());
    // A URL of a function that is added does not take the port of the first API.
    plan.apis.sort_by_key(Api::is_function_url);
    let faults = faults.into_iter().map(|fault| placed(fault, &plan)).collect();
    (plan, faults)
}

/// Reads every resource and output of one template, and of those that are nested in it.
fn read_stack(evaluator: &mut Evaluator<'_>) -> (Plan, Vec<Fault>) {
    let mut plan = Plan::default();
    let mut faults = Vec::new();
    let template = evaluator.template;
    let mut existing: Vec<(&str, &Resource)> = Vec::new();
    for (id, resource) in &template.resources {
        match exists(resource, evaluator) {
            Ok(true) => existing.push((id, resource)),
            Ok(false) => {}
            Err(fault) => faults.push(fault.within(&format!("resource `{id}`")).at(resource.line)),
        }
    }
    for (id, resource) in &existing {
        let misnamed = evaluator.misnamed(resource);
        let name = evaluator.name(id).and_then(|name| misnamed.map_or(Ok(name), Err));
        match name {
            Ok(_) => faults.extend(read(id, resource, &mut plan, evaluator)),
            Err(fault) => faults.push(fault.within(&format!("resource `{id}`")).at(resource.line)),
        }
    }
    // What configures another resource comes after all that can be configured.
    for (id, resource) in &existing {
        faults.extend(refine(id, resource, &mut plan, evaluator));
    }
    // A reference that leads in a circle has been told of already.
    if faults.is_empty() {
        faults.extend(refused::circle(&existing));
    }
    outputs(&mut plan, &mut faults, evaluator);
    faults.extend(super::secrets::needed(&mut plan, evaluator));
    faults.extend(template.faults.iter().cloned());
    let stack = described(&plan, &existing, evaluator);
    plan.stacks.insert(0, stack);
    (plan, faults)
}

/// The stack as CloudFormation would describe it.
fn described(plan: &Plan, existing: &[(&str, &Resource)], evaluator: &mut Evaluator<'_>) -> Stack {
    let resources = existing.iter().map(|(id, resource)| StackResource {
        id: (*id).to_owned(),
        physical_id: evaluator.resource_reference(id).unwrap_or_default(),
        kind: resource.kind.clone(),
        line: resource.line,
    });
    let resources = resources.collect();
    let text = |(name, node): (&String, &Node)| Some((name.clone(), node.to_parameter()?));
    let around = evaluator.surroundings;
    Stack {
        name: around.stack.clone(),
        stack_id: around.stack_id(),
        parent: None,
        prefix: String::new(),
        path: evaluator.template.path.clone(),
        parameters: evaluator.parameters.iter().filter_map(text).collect(),
        outputs: plan.outputs.clone(),
        exports: plan.exports.clone(),
        resources,
    }
}

/// A fault about a resource as a whole is at the resource, which may be in a nested stack.
fn placed(fault: Fault, plan: &Plan) -> Fault {
    if fault.line.is_some() {
        return fault;
    }
    let id = fault.subject.strip_prefix("resource `").and_then(|rest| rest.split('`').next());
    let found = id.and_then(|id| {
        plan.stacks.iter().find_map(|stack| Some((stack, stack.resource(id)?.line)))
    });
    match found {
        Some((stack, line)) if stack.parent.is_some() => {
            fault.in_file(&stack.path.clone()).at(line)
        }
        Some((_, line)) => fault.at(line),
        None => fault,
    }
}

fn exists(resource: &Resource, evaluator: &mut Evaluator<'_>) -> Result<bool, Fault> {
    match &resource.condition {
        Some(condition) => evaluator.condition(condition),
        None => Ok(true),
    }
}

/// Reads a resource that stands for itself.
fn read(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    if is_part_of_websocket(resource, evaluator.template) {
        // The API itself is refused.
        return Vec::new();
    }
    match resource.kind.as_str() {
        "AWS::ApiGateway::ApiKey" => keys::api_key(id, resource, plan, evaluator),
        "AWS::ApiGateway::RestApi" => api::rest_api(id, resource, plan, evaluator),
        "AWS::ApiGateway::Resource" => rest::resource(id, resource, plan, evaluator),
        "AWS::ApiGateway::Method" => rest::method(id, resource, plan, evaluator),
        "AWS::ApiGateway::Authorizer" => rest::authorizer(id, resource, plan, evaluator),
        "AWS::ApiGateway::Model" => models::model(id, resource, plan, evaluator),
        "AWS::ApiGateway::RequestValidator" => rest::validator(id, resource, plan, evaluator),
        "AWS::ApiGatewayV2::Api" => http_api::http_api(id, resource, plan, evaluator),
        "AWS::ApiGatewayV2::Authorizer" => http_api::authorizer(id, resource, plan, evaluator),
        "AWS::ApiGatewayV2::Integration" => http_api::integration(id, resource, plan, evaluator),
        "AWS::ApiGatewayV2::Route" => http_api::http_route(id, resource, plan, evaluator),
        "AWS::ApiGatewayV2::Stage" => http_api::stage(id, resource, plan, evaluator),
        "AWS::Lambda::Url" => function_url::function_url(id, resource, plan, evaluator),
        "AWS::DynamoDB::Table" | "AWS::DynamoDB::GlobalTable" => {
            data::table(id, resource, plan, evaluator)
        }
        NESTED => nested::stack(id, resource, plan, evaluator),
        "AWS::Events::Archive" => events::archive(id, resource, plan, evaluator),
        "AWS::Events::EventBus" => events::bus(id, resource, plan, evaluator),
        "AWS::Events::Rule" => events::rule(id, resource, plan, evaluator),
        "AWS::Lambda::Function" => functions::function(id, resource, plan, evaluator),
        "AWS::Lambda::EventSourceMapping" => functions::mapping(id, resource, plan, evaluator),
        "AWS::Lambda::LayerVersion" => versions::layer(id, resource, plan, evaluator),
        "AWS::Pipes::Pipe" => pipes::pipe(id, resource, plan, evaluator),
        "AWS::SSM::Parameter" => stored::parameter(id, resource, plan, evaluator),
        "AWS::SecretsManager::Secret" => stored::secret(id, resource, plan, evaluator),
        "AWS::Scheduler::Schedule" => schedules::schedule(id, resource, plan, evaluator),
        "AWS::SNS::Topic" => topics::topic(id, resource, plan, evaluator),
        "AWS::SNS::Subscription" => topics::subscription(id, resource, plan, evaluator),
        "AWS::SQS::Queue" => data::queue(id, resource, plan, evaluator),
        "AWS::IAM::Role" => {
            roles::role(id, resource, plan, evaluator);
            inert(id, resource, plan)
        }
        "AWS::ApiGateway::Stage"
        | "AWS::ApiGateway::Deployment"
        | "AWS::ApiGateway::GatewayResponse"
        | "AWS::ApiGateway::UsagePlan"
        | "AWS::ApiGateway::UsagePlanKey"
        | "AWS::Lambda::Alias"
        | "AWS::Lambda::Version"
        | "AWS::Lambda::EventInvokeConfig"
        | "AWS::SQS::QueuePolicy"
        | "AWS::SQS::QueueInlinePolicy"
        | "AWS::SNS::TopicPolicy"
        | "AWS::SNS::TopicInlinePolicy"
        | "AWS::Events::EventBusPolicy"
        | "AWS::Lambda::Permission" => Vec::new(),
        _ => inert(id, resource, plan),
    }
}

/// Whether a resource is a part of an API of WebSockets.
fn is_part_of_websocket(resource: &Resource, template: &Template) -> bool {
    let id = resource.property("ApiId").and_then(|node| match node.as_map() {
        Some(map) => map.get("Ref")?.as_str(),
        None => node.as_str(),
    });
    let api = id.and_then(|id| template.resources.get(id));
    let protocol = api.and_then(|api| api.property("ProtocolType")).and_then(Node::as_str);
    resource.kind.starts_with("AWS::ApiGatewayV2::") && protocol == Some("WEBSOCKET")
}

/// Notes a resource that is knowingly not stood up, and refuses any other.
fn inert(id: &str, resource: &Resource, plan: &mut Plan) -> Vec<Fault> {
    let kind = resource.kind.as_str();
    let known = INERT.iter().find(|(inert, _)| *inert == kind).map(|(_, reason)| *reason);
    match known.or_else(|| of_a_deployment(id, kind)) {
        Some(reason) => {
            plan.inert.push(Inert { id: id.to_owned(), kind: kind.to_owned(), reason });
            Vec::new()
        }
        None => {
            let reason = REFUSED.iter().find(|(refused, _)| *refused == kind);
            let reason = reason.map(|(_, reason)| format!(": {reason}")).unwrap_or_default();
            let message = format!("resources of type `{kind}` are not supported{reason}");
            let fault = Fault::new(format!("resource `{id}`"), message).at(resource.line);
            vec![fault.left_out_on_request()]
        }
    }
}

/// The bucket to which the Serverless Framework uploads code is not the system's.
fn of_a_deployment(id: &str, kind: &str) -> Option<&'static str> {
    let is_its = matches!(
        (id, kind),
        ("ServerlessDeploymentBucket", "AWS::S3::Bucket")
            | ("ServerlessDeploymentBucketPolicy", "AWS::S3::BucketPolicy")
    );
    is_its.then_some("code is read from the archives beside the template")
}

/// Reads a resource that says more about another one.
fn refine(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    match resource.kind.as_str() {
        "AWS::ApiGateway::Stage" => stages::stage(id, resource, plan, evaluator),
        "AWS::ApiGateway::Deployment" => stages::deployment(id, resource, plan, evaluator),
        "AWS::ApiGateway::GatewayResponse" => {
            stages::gateway_response(id, resource, plan, evaluator)
        }
        "AWS::ApiGateway::UsagePlan" => keys::usage_plan(id, resource, plan, evaluator),
        "AWS::ApiGateway::UsagePlanKey" => keys::usage_plan_key(id, resource, plan, evaluator),
        "AWS::Lambda::Alias" => versions::alias(id, resource, plan, evaluator),
        "AWS::Lambda::Version" => versions::version(id, resource, plan, evaluator),
        "AWS::Lambda::EventInvokeConfig" => functions::invoke_config(id, resource, plan, evaluator),
        "AWS::SQS::QueuePolicy"
        | "AWS::SQS::QueueInlinePolicy"
        | "AWS::SNS::TopicPolicy"
        | "AWS::SNS::TopicInlinePolicy"
        | "AWS::Events::EventBusPolicy"
        | "AWS::Lambda::Permission" => {
            policies::policy(id, resource, plan, evaluator);
            Vec::new()
        }
        "AWS::IAM::Policy" | "AWS::IAM::RolePolicy" | "AWS::IAM::ManagedPolicy" => {
            roles::policy(id, resource, plan, evaluator);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn outputs(plan: &mut Plan, faults: &mut Vec<Fault>, evaluator: &mut Evaluator<'_>) {
    let template = evaluator.template;
    for (name, node) in &template.outputs {
        match output(node, evaluator) {
            Ok(Some((value, export))) => {
                if let Some(export) = export
                    && plan.exports.insert(export.clone(), value.clone()).is_some()
                {
                    let message = format!("another output exports `{export}` already");
                    faults.push(Fault::new(format!("output `{name}`"), message).at(node.line));
                }
                plan.outputs.insert(name.clone(), value);
            }
            Ok(None) => {}
            Err(fault) => faults.push(fault.within(&format!("output `{name}`")).at(node.line)),
        }
    }
}

/// The value of an output, and the name under which other stacks import it.
fn output(
    node: &Node,
    evaluator: &mut Evaluator<'_>,
) -> Result<Option<(String, Option<String>)>, Fault> {
    let map = node
        .as_map()
        .ok_or_else(|| Fault::new("template", "an output must be a map with a `Value`"))?;
    if let Some(condition) = map.get("Condition").and_then(Node::as_str)
        && !evaluator.condition(condition)?
    {
        return Ok(None);
    }
    let value = map.get("Value").ok_or_else(|| Fault::new("template", "it has no `Value`"))?;
    let value = evaluator.text("Value", value)?;
    let export = map.get("Export").and_then(Node::as_map).and_then(|export| export.get("Name"));
    let export = export.map(|name| evaluator.text("Name", name)).transpose()?;
    Ok(Some((value, export)))
}

/// The ARN's last part: the name of a queue, the path of anything else.
fn last_part(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or_default()
}

/// The name of a function, given as name or ARN.
fn function_name(text: &str) -> &str {
    text.split_once(":function:")
        .map_or(text, |(_, rest)| rest.split(':').next().unwrap_or_default())
}

/// The version or alias of a function, by its ARN.
fn qualifier(text: &str) -> Option<String> {
    let (_, rest) = text.split_once(":function:")?;
    rest.split_once(':').map(|(_, qualifier)| qualifier.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_lists_every_inert_type() {
        let readme = include_str!("../../../README.md");
        for (kind, reason) in INERT {
            assert!(readme.contains(&format!("`{kind}`")), "{kind} is inert ({reason})");
        }
    }
}
