//! The REST API in front of all services: its document, its deployment and its stage.

use super::authorizer;
use super::names;
use super::openapi;
use super::template::{Resource, Retention};
use super::value::{Map, Value, attribute, either, reference, substitute};
use super::yaml;
use crate::model::{System, Trigger};

/// The logical id of the API.
const API: &str = "Api";

/// The logical id of the log of the gateway's own failures.
const EXECUTION_LOG: &str = "ApiExecutionLogGroup";

/// The API with all that belongs to it; nothing when no service has operations.
pub(super) fn api(system: &System) -> Vec<Resource> {
    if system.services.iter().all(|service| service.operations.is_empty()) {
        return Vec::new();
    }
    let body = openapi::document(system);
    let deployment = format!("ApiDeployment{}", fingerprint(&body));
    let mut resources = vec![rest_api(body)];
    resources.extend(deployments(&deployment));
    resources.extend([stage(&deployment), access_log(), execution_log()]);
    resources.extend(permissions(system));
    resources.extend(authorizer::usage_plans(system));
    resources.extend(account());
    resources
}

fn rest_api(body: Map) -> Resource {
    let properties = Map::new()
        .with("Name", reference("AWS::StackName"))
        .with("EndpointConfiguration", Map::new().with("Types", ["REGIONAL"]))
        .with("Body", body);
    Resource::new(API, "AWS::ApiGateway::RestApi", properties)
}

/// A deployment is a snapshot that is never made anew under the same logical id, so the id holds a fingerprint of
/// the document. The document also depends on `RequestValidation`: there is a snapshot for each of its values.
fn deployments(id: &str) -> [Resource; 2] {
    let deployment = |id: String, condition, description: &str| {
        let properties =
            Map::new().with("RestApiId", reference(API)).with("Description", description);
        let mut resource = Resource::new(id, "AWS::ApiGateway::Deployment", properties);
        resource.condition = Some(condition);
        resource
    };
    [
        deployment(id.to_owned(), "FunctionsValidate", "Validate requests in functions."),
        deployment(
            format!("{id}Strict"),
            "GatewayValidates",
            "Validate requests in the gateway first.",
        ),
    ]
}

/// Sixteen hexadecimal digits that are the same for the same document (FNV-1a, 64 bits).
fn fingerprint(body: &Map) -> String {
    let mut text = String::new();
    yaml::write_map(&mut text, body, 0);
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn stage(deployment: &str) -> Resource {
    let strict = format!("{deployment}Strict");
    let snapshot = either("GatewayValidates", reference(&strict), reference(deployment));
    let log = Map::new()
        .with("DestinationArn", attribute("ApiAccessLogGroup", "Arn"))
        .with("Format", access_log_format());
    let methods = Map::new()
        .with("HttpMethod", "*")
        .with("ResourcePath", "/*")
        .with("MetricsEnabled", true)
        .with("LoggingLevel", "ERROR")
        .with("DataTraceEnabled", false)
        .with("ThrottlingRateLimit", reference("ThrottleRate"))
        .with("ThrottlingBurstLimit", reference("ThrottleBurst"));
    let traced = either("Traces", true, false);
    let properties = Map::new()
        .with("RestApiId", reference(API))
        .with("DeploymentId", snapshot)
        .with("StageName", reference("StageName"))
        .with("Description", stage_description())
        .with("TracingEnabled", traced)
        .with("AccessLogSetting", log)
        .with("MethodSettings", [methods]);
    let mut stage = Resource::new("ApiStage", "AWS::ApiGateway::Stage", properties);
    stage.after.push(EXECUTION_LOG);
    stage
}

/// Where the stack sets the account's role, naming it here makes the stage wait for it: without the role, a stage
/// with an access log is refused.
fn stage_description() -> Value {
    let own = substitute("Write logs with the role that this stack sets with ${ApiAccount}.");
    either("ManagesApiAccount", own, "Write logs with the role of the account.")
}

fn access_log() -> Resource {
    let properties = Map::new()
        .with("LogGroupName", substitute(format!("/aws/apigateway/{}", names::physical("access"))))
        .with("RetentionInDays", reference("LogRetentionDays"));
    Resource::new("ApiAccessLogGroup", "AWS::Logs::LogGroup", properties)
}

/// Why the gateway failed. It would make this log itself, to be kept for ever, so the log is there before the stage.
fn execution_log() -> Resource {
    let properties = Map::new()
        .with(
            "LogGroupName",
            substitute(format!("API-Gateway-Execution-Logs_${{{API}}}/${{StageName}}")),
        )
        .with("RetentionInDays", reference("LogRetentionDays"));
    Resource::new(EXECUTION_LOG, "AWS::Logs::LogGroup", properties)
}

/// One line of JSON for each request.
fn access_log_format() -> String {
    let text = [
        ("requestId", "requestId"),
        ("traceId", "xrayTraceId"),
        ("time", "requestTimeEpoch"),
        ("sourceIp", "identity.sourceIp"),
        ("userAgent", "identity.userAgent"),
        ("method", "httpMethod"),
        ("route", "resourcePath"),
        ("path", "path"),
        ("status", "status"),
        ("responseBytes", "responseLength"),
        ("latencyMs", "responseLatency"),
        ("functionLatencyMs", "integration.latency"),
        ("functionStatus", "integration.status"),
        ("errorType", "error.responseType"),
        ("functionError", "integration.error"),
    ];
    let entry = |(key, variable): &(&str, &str)| format!("\"{key}\":\"$context.{variable}\"");
    format!("{{{}}}", text.iter().map(entry).collect::<Vec<_>>().join(","))
}

/// The API may invoke the functions that serve operations, and nothing else may.
fn permissions(system: &System) -> Vec<Resource> {
    let of_services = names::functions(system)
        .filter(|(_, function)| function.trigger == Trigger::Api)
        .map(|(_, function)| names::invoked_id(function));
    let authorizer = system.authorizer().map(|function| names::function_id(&function));
    of_services
        .chain(authorizer)
        .map(|id| {
            let source = substitute(format!(
                "arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{API}}}/*"
            ));
            let properties = Map::new()
                .with("Action", "lambda:InvokeFunction")
                .with("FunctionName", reference(&id))
                .with("Principal", "apigateway.amazonaws.com")
                .with("SourceArn", source);
            Resource::new(format!("{id}ApiPermission"), "AWS::Lambda::Permission", properties)
        })
        .collect()
}

/// API Gateway writes access logs under one role for the account and region. Whoever has set it already says so
/// with `ManageApiAccount=false`. It outlives the stack, as other APIs of the account come to rely on it.
fn account() -> [Resource; 2] {
    let trust = Map::new()
        .with("Effect", "Allow")
        .with("Principal", Map::new().with("Service", "apigateway.amazonaws.com"))
        .with("Action", "sts:AssumeRole");
    let policy: Value = substitute(
        "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    );
    let role = Map::new()
        .with("AssumeRolePolicyDocument", super::roles::document(vec![trust]))
        .with("ManagedPolicyArns", [policy]);
    let account = Map::new().with("CloudWatchRoleArn", attribute("ApiAccountRole", "Arn"));
    let conditional = |id: &str, kind, properties| {
        let mut resource = Resource::new(id, kind, properties);
        resource.condition = Some("ManagesApiAccount");
        resource.retention = Some(Retention::Keep);
        resource
    };
    [
        conditional("ApiAccountRole", "AWS::IAM::Role", role),
        conditional("ApiAccount", "AWS::ApiGateway::Account", account),
    ]
}
