//! What AWS says of a resource, in the words of its template.
//!
//! Owns which questions are asked about each type of resource, and where the answer has what the template calls a
//! property. A type that is not here is compared by its presence only.

use anyhow::Result;
use serde_json::{Value as Json, json};

use super::aws::Stack;
use super::expected::MADE;

/// The properties that are compared of each type of resource, with what AWS uses where the template names none (`null`
/// where that differs, so that nothing is compared then).
pub(super) fn compared(kind: &str) -> &'static [(&'static str, &'static str)] {
    match kind {
        "AWS::SQS::Queue" => &[
            ("VisibilityTimeout", "30"),
            ("MessageRetentionPeriod", "345600"),
            ("DelaySeconds", "0"),
            ("ReceiveMessageWaitTimeSeconds", "0"),
            ("FifoQueue", "false"),
            ("ContentBasedDeduplication", "false"),
            ("DeduplicationScope", "null"),
            ("FifoThroughputLimit", "null"),
            ("SqsManagedSseEnabled", "null"),
            ("KmsMasterKeyId", "\"\""),
            ("RedrivePolicy", "{}"),
            ("RedriveAllowPolicy", "{}"),
        ],
        "AWS::DynamoDB::Table" => &[
            ("KeySchema", "[]"),
            ("AttributeDefinitions", "[]"),
            ("GlobalSecondaryIndexes", "[]"),
            ("LocalSecondaryIndexes", "[]"),
            ("StreamSpecification", "{}"),
            ("BillingMode", "null"),
            ("DeletionProtectionEnabled", "false"),
            ("TimeToLiveSpecification", "{}"),
            ("PointInTimeRecoverySpecification", "{\"PointInTimeRecoveryEnabled\": false}"),
            ("SSESpecification", "{\"SSEEnabled\": false}"),
        ],
        "AWS::Events::Rule" => &[
            ("State", "\"ENABLED\""),
            ("EventPattern", "{}"),
            ("ScheduleExpression", "\"\""),
            ("Targets", "[]"),
        ],
        "AWS::Lambda::Function" => &[
            ("Runtime", "null"),
            ("Handler", "null"),
            ("Timeout", "3"),
            ("MemorySize", "128"),
            ("Architectures", "null"),
            ("Role", "null"),
            ("TracingConfig", "null"),
            ("Environment", "{}"),
            ("ReservedConcurrentExecutions", "\"\""),
            ("VpcConfig", "{}"),
            ("Layers", "[]"),
            ("DeadLetterConfig", "{}"),
            ("EphemeralStorage", "{\"Size\": 512}"),
            ("LoggingConfig", "null"),
        ],
        "AWS::Lambda::EventSourceMapping" => &[
            ("EventSourceArn", "null"),
            ("FunctionName", "null"),
            ("BatchSize", "null"),
            ("MaximumBatchingWindowInSeconds", "0"),
            ("ScalingConfig", "{}"),
            ("FunctionResponseTypes", "[]"),
            ("BisectBatchOnFunctionError", "false"),
            ("MaximumRetryAttempts", "null"),
            ("MaximumRecordAgeInSeconds", "null"),
            ("ParallelizationFactor", "null"),
            ("Enabled", "true"),
            ("FilterCriteria", "{}"),
            ("DestinationConfig", "{}"),
        ],
        "AWS::Lambda::EventInvokeConfig" => &[
            ("MaximumRetryAttempts", "null"),
            ("MaximumEventAgeInSeconds", "null"),
            ("DestinationConfig", "{}"),
        ],
        "AWS::CloudWatch::Alarm" => &[
            ("Namespace", "null"),
            ("MetricName", "null"),
            ("Dimensions", "[]"),
            ("Statistic", "null"),
            ("ExtendedStatistic", "null"),
            ("ComparisonOperator", "null"),
            ("Threshold", "null"),
            ("Period", "null"),
            ("EvaluationPeriods", "null"),
            ("DatapointsToAlarm", "\"\""),
            ("TreatMissingData", "\"missing\""),
            ("AlarmActions", "[]"),
            ("OKActions", "[]"),
            ("InsufficientDataActions", "[]"),
            ("ActionsEnabled", "true"),
        ],
        "AWS::Logs::LogGroup" => &[("RetentionInDays", "\"\"")],
        "AWS::ApiGateway::Stage" => &[("TracingEnabled", "false"), ("MethodSettings", "[]")],
        "AWS::ApiGateway::UsagePlan" => &[("Throttle", "{}"), ("Quota", "{}"), ("ApiStages", "[]")],
        "AWS::ApiGateway::ApiKey" => &[("Enabled", "false")],
        _ => &[],
    }
}

/// What AWS says of a resource; none where it is not there.
pub(super) fn live(
    stack: &Stack,
    kind: &str,
    name: &str,
    properties: &Json,
) -> Result<Option<Json>> {
    match kind {
        "AWS::SQS::Queue" => queue(stack, name),
        "AWS::DynamoDB::Table" => table(stack, name, properties),
        "AWS::Events::Rule" => rule(stack, name, &properties["EventBusName"]),
        "AWS::Lambda::Function" => function(stack, name, properties),
        "AWS::Lambda::EventSourceMapping" => mapping(stack, name),
        "AWS::Lambda::EventInvokeConfig" => {
            let function = name.split('|').next().unwrap_or(name);
            let ask = ["lambda", "get-function-event-invoke-config", "--function-name", function];
            stack.ask(&ask)
        }
        "AWS::CloudWatch::Alarm" => {
            let all = stack.all_made_of(kind);
            let asked = all.chunks(MOST_ALARMS).find(|some| some.contains(&name));
            let asked = asked.unwrap_or_default();
            let ask = [&["cloudwatch", "describe-alarms", "--alarm-names"], asked];
            let found = stack.ask(&ask.concat())?.unwrap_or_default();
            Ok(list(&found["MetricAlarms"]).find(|one| one["AlarmName"] == name).cloned())
        }
        "AWS::Logs::LogGroup" => {
            // Those of the stack have its name in theirs, so one question is about all of them.
            let end = name.find(&stack.name).map_or(name.len(), |at| at + stack.name.len());
            let ask = ["logs", "describe-log-groups", "--log-group-name-prefix", &name[..end]];
            let found = stack.ask(&ask)?.unwrap_or_default();
            let group = list(&found["logGroups"]).find(|one| one["logGroupName"] == name);
            Ok(group.map(|one| json!({ "RetentionInDays": one["retentionInDays"] })))
        }
        "AWS::ApiGateway::Stage" => super::gateway::stage(stack, name),
        "AWS::ApiGateway::UsagePlan" => super::gateway::usage_plan(stack, name),
        "AWS::ApiGateway::ApiKey" => {
            let found = stack.ask(&["apigateway", "get-api-key", "--api-key", name])?;
            Ok(found.map(|key| json!({ "Enabled": key["enabled"] })))
        }
        "AWS::IAM::Role" => super::role::live(stack, name),
        _ => Ok(Some(Json::Null)),
    }
}

/// How many alarms one question may be about.
const MOST_ALARMS: usize = 100;

pub(super) fn list(value: &Json) -> impl Iterator<Item = &Json> + Clone {
    value.as_array().into_iter().flatten()
}

/// A JSON text as JSON.
fn read(value: &Json) -> Json {
    value.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// The document that a template has as its text.
pub(super) fn document(property: &str, expected: &Json) -> Option<Json> {
    (property == "EventPattern" && expected.is_string()).then(|| read(expected))
}

fn queue(stack: &Stack, name: &str) -> Result<Option<Json>> {
    // The physical ID of a queue is its URL.
    let ask = ["sqs", "get-queue-attributes", "--queue-url", name, "--attribute-names", "All"];
    let Some(mut found) = stack.ask(&ask)?.map(|mut found| found["Attributes"].take()) else {
        return Ok(None);
    };
    for key in ["RedrivePolicy", "RedriveAllowPolicy"] {
        let policy = read(&found[key]);
        if !policy.is_null() {
            found[key] = policy;
        }
    }
    Ok(Some(found))
}

fn table(stack: &Stack, name: &str, properties: &Json) -> Result<Option<Json>> {
    let Some(found) = stack.ask(&["dynamodb", "describe-table", "--table-name", name])? else {
        return Ok(None);
    };
    let mut found = found["Table"].clone();
    found["BillingMode"] = found["BillingModeSummary"]["BillingMode"].clone();
    if let Some(stream) = found["StreamSpecification"].as_object_mut() {
        stream.remove("StreamEnabled");
    }
    let ttl = stack.ask(&["dynamodb", "describe-time-to-live", "--table-name", name])?;
    let ttl = ttl.map(|found| found["TimeToLiveDescription"].clone()).unwrap_or_default();
    let is_on = ["ENABLED", "ENABLING"].iter().any(|status| ttl["TimeToLiveStatus"] == *status);
    if is_on {
        let name = &ttl["AttributeName"];
        found["TimeToLiveSpecification"] = json!({ "AttributeName": name, "Enabled": true });
    }
    if !properties.is_null() {
        protection(stack, name, properties, &mut found)?;
    }
    Ok(Some(found))
}

/// How a table of the stack is restored and encrypted.
fn protection(stack: &Stack, name: &str, properties: &Json, table: &mut Json) -> Result<()> {
    const RECOVERY: &str = "PointInTimeRecoverySpecification";
    const ENCRYPTION: &str = "SSESpecification";
    let answer = match stack.ask(&["dynamodb", "describe-continuous-backups", "--table-name", name])
    {
        // What stands in for AWS may have no backups, and then it encrypts nothing either.
        Err(error) if error.to_string().contains("UnknownOperation") => {
            for key in [RECOVERY, ENCRYPTION] {
                table[key] = properties[key].clone();
            }
            return Ok(());
        }
        answer => answer?.unwrap_or_default(),
    };
    let backups = &answer["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"];
    let is_recoverable = backups["PointInTimeRecoveryStatus"] == "ENABLED";
    table[RECOVERY] = json!({ "PointInTimeRecoveryEnabled": is_recoverable });
    let status = &table["SSEDescription"]["Status"];
    let is_encrypted = ["ENABLED", "ENABLING", "UPDATING"].iter().any(|one| status == one);
    table[ENCRYPTION] = json!({ "SSEEnabled": is_encrypted });
    Ok(())
}

fn rule(stack: &Stack, name: &str, bus: &Json) -> Result<Option<Json>> {
    // The physical ID of a rule on a bus of its own is `bus|name`.
    let (_, name) = name.split_once('|').unwrap_or(("", name));
    let bus = bus.as_str().or(bus[MADE].as_str()).unwrap_or("default");
    let named = ["--name", name, "--event-bus-name", bus];
    let Some(mut found) = stack.ask(&[&["events", "describe-rule"], &named[..]].concat())? else {
        return Ok(None);
    };
    found["EventPattern"] = read(&found["EventPattern"]);
    let named = ["--rule", name, "--event-bus-name", bus];
    let targets = stack.ask(&[&["events", "list-targets-by-rule"], &named[..]].concat())?;
    found["Targets"] = targets.map(|found| found["Targets"].clone()).unwrap_or_default();
    Ok(Some(found))
}

fn function(stack: &Stack, name: &str, properties: &Json) -> Result<Option<Json>> {
    let named = ["--function-name", name];
    let Some(found) = stack.ask(&[&["lambda", "get-function"], &named[..]].concat())? else {
        return Ok(None);
    };
    let mut live = found["Configuration"].clone();
    let key = "ReservedConcurrentExecutions";
    live[key] = found["Concurrency"][key].clone();
    // Not everything that answers as AWS does says it there.
    if live[key].is_null() && properties.get(key).is_some_and(|asked| asked != "") {
        let limit = stack.ask(&[&["lambda", "get-function-concurrency"], &named[..]].concat())?;
        live[key] = limit.map(|found| found[key].clone()).unwrap_or_default();
    }
    let layers =
        list(&live["Layers"]).map(|layer| layer.get("Arn").unwrap_or(layer).clone()).collect();
    live["Layers"] = layers;
    // Not everything that answers as AWS does says what is usual.
    if live["EphemeralStorage"].is_null() {
        live["EphemeralStorage"] = json!({ "Size": 512 });
    }
    if live["LoggingConfig"].is_null() {
        live["LoggingConfig"] = properties["LoggingConfig"].clone();
    }
    Ok(Some(live))
}

fn mapping(stack: &Stack, id: &str) -> Result<Option<Json>> {
    let all = stack.ask(&["lambda", "list-event-source-mappings"])?.unwrap_or_default();
    let mut mappings = list(&all["EventSourceMappings"]);
    let Some(mut found) = mappings.find(|one| one["UUID"] == id).cloned() else {
        return Ok(None);
    };
    found["FunctionName"] = found["FunctionArn"].clone();
    let is_off = ["Disabled", "Disabling"].iter().any(|state| found["State"] == *state);
    found["Enabled"] = json!(!is_off);
    Ok(Some(found))
}
