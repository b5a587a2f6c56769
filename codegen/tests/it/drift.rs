//! What runs beside what the contracts say, with a program in the place of the AWS command line that answers as AWS
//! does of a stack that was made of the generated template, and of one that somebody changed by hand.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use serde_json::{Map, Value, json};

use crate::output::Folder;

const REST: &str = "\
openapi: 3.0.3
info: {title: Parcel, version: 1.0.0}
security: []
paths:
  /parcels/{code}:
    get:
      operationId: readParcel
      parameters: [{name: code, in: path, required: true, schema: {type: string, maxLength: 9}}]
      responses: {'204': {description: It is there.}}
  /seals:
    post:
      operationId: seal
      security: [{token: []}]
      responses: {'204': {description: It is sealed.}}
  /weights:
    get:
      operationId: weigh
      security: [{key: []}]
      responses: {'204': {description: It was weighed.}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer, x-jwt: {issuer: 'https://login.example.com', audience: [parcels]}}
    key: {type: apiKey, in: header, name: X-Api-Key}
  schemas:
    Parcel:
      type: object
      x-dynamodb-table: {name: parcel, partitionKey: code}
      required: [code]
      properties: {code: {type: string, minLength: 1, maxLength: 9}}
";

const EVENTS: &str = "\
asyncapi: 3.0.0
info: {title: Parcels, version: 1.0.0}
channels:
  queue:
    messages:
      Sent: {$ref: '#/components/messages/Sent'}
    bindings:
      sqs:
        queue: {name: Parcels, fifoQueue: false, visibilityTimeout: 60, redrivePolicy: {deadLetterQueue: {name: Lost}, maxReceiveCount: 5}}
        deadLetterQueue: {name: Lost, fifoQueue: false, messageRetentionPeriod: 1209600}
      x-eventbridge: {bus: Events, ruleName: ParcelsRule}
operations:
  take: {action: receive, channel: {$ref: '#/channels/queue'}, x-external: true}
components:
  messages:
    Sent:
      x-amazon-events-source: com.example
      x-amazon-events-detail-type: Sent
      payload: {type: object, properties: {code: {type: string}}}
";

/// Answers with the file of the question and of what is asked about.
const AWS: &str = r#"#!/bin/sh
echo "$*" >> "$(dirname "$0")/asked"
at="$(dirname "$0")/answers/$1 $2"
for name in "$4" "$6" all; do
  file="$at $(printf %s "$name" | tr / _).json"
  if [ -f "$file" ]; then cat "$file"; exit 0; fi
done
echo "ResourceNotFoundException: nobody has $4 ($1 $2)" >&2; exit 254
"#;

const STACK: &str = "post";

/// A stack as AWS has it: what it answers to each question.
struct Live {
    answers: Map<String, Value>,
}

/// What CloudFormation makes of a value of the template, with the defaults of its parameters.
fn made(template: &Value, value: &Value) -> Value {
    let resource = |id: &str| template["Resources"].get(id);
    let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let reference = |name: &str| match resource(name) {
        _ if name == "AWS::StackName" => json!(STACK),
        Some(one) => json!(physical(template, name, one)),
        None => template["Parameters"][name]["Default"].clone(),
    };
    let Value::Object(map) = value else {
        return match value {
            Value::Array(items) => items.iter().map(|item| made(template, item)).collect(),
            plain => plain.clone(),
        };
    };
    let one = |key: &str| map.get(key).filter(|_| map.len() == 1);
    if let Some(name) = one("Ref") {
        return reference(name.as_str().unwrap());
    }
    if let Some(path) = one("Fn::GetAtt") {
        let id = path[0].as_str().unwrap();
        let name = physical(template, id, resource(id).unwrap());
        // The physical ID of a queue is its URL.
        let name = name.strip_prefix("https://sqs.example.com/123456789012/").unwrap_or(&name);
        return json!(format!("arn:aws:it:eu-west-1:123456789012:{name}"));
    }
    // No parameter overrides anything, and nobody is told of alarms.
    if let Some(parts) = one("Fn::If") {
        let holds = parts[0] == "Traces";
        return made(template, &parts[if holds { 1 } else { 2 }]);
    }
    if let Some(Value::String(pattern)) = one("Fn::Sub") {
        let mut out = pattern.clone();
        while let Some(from) = out.find("${") {
            let to = from + out[from..].find('}').unwrap();
            let value = text(reference(&out[from + 2..to]));
            out.replace_range(from..=to, &value);
        }
        return json!(out);
    }
    map.iter().map(|(key, value)| (key.clone(), made(template, value))).collect()
}

/// The physical ID of a resource.
fn physical(template: &Value, id: &str, resource: &Value) -> String {
    let properties = &resource["Properties"];
    let named = ["QueueName", "TableName", "FunctionName", "AlarmName", "Name", "LogGroupName"];
    let name = match resource["Type"].as_str().unwrap() {
        "AWS::IAM::Role" | "AWS::Lambda::EventSourceMapping" | "AWS::ApiGateway::RestApi" => None,
        _ => named.iter().find_map(|key| properties.get(*key)),
    };
    let name = name.map(|name| made(template, name).as_str().unwrap().to_owned());
    match (resource["Type"].as_str().unwrap(), name) {
        ("AWS::SQS::Queue", Some(name)) => format!("https://sqs.example.com/123456789012/{name}"),
        ("AWS::Events::Rule", Some(name)) => {
            format!("{}|{name}", made(template, &properties["EventBusName"]).as_str().unwrap())
        }
        (_, name) => name.unwrap_or_else(|| format!("{STACK}-{id}-1X")),
    }
}

impl Live {
    /// The stack of a template.
    fn of(template: &Value) -> Self {
        let mut live = Self { answers: Map::new() };
        let mut listed = vec![];
        live.answer(
            "cloudformation describe-stacks",
            STACK,
            json!({"Stacks": [{"Parameters": []}]}),
        );
        for (id, resource) in template["Resources"].as_object().unwrap() {
            let is_off = ["GatewayValidates", "ManagesApiAccount"];
            if is_off.iter().any(|name| resource["Condition"] == **name) {
                continue;
            }
            let name = physical(template, id, resource);
            listed.push(json!({"LogicalResourceId": id, "PhysicalResourceId": name, "ResourceType": resource["Type"]}));
            live.describe(
                resource["Type"].as_str().unwrap(),
                &name,
                made(template, &resource["Properties"]),
            );
        }
        let listed = json!({"StackResourceSummaries": listed});
        live.answer("cloudformation list-stack-resources", STACK, listed);
        live
    }

    fn answer(&mut self, question: &str, about: &str, answer: Value) {
        self.answers.insert(format!("{question} {}", about.replace('/', "_")), answer);
    }

    /// Adds to what one question lists.
    fn list(&mut self, question: &str, key: &str, one: Value) {
        let answer = self.answers.entry(question).or_insert_with(|| json!({}));
        answer[key].as_array_mut().map(|all| all.push(one.clone())).unwrap_or_else(|| {
            answer[key] = json!([one]);
        });
    }

    /// The routes of an API and its one authorizer, which the definition calls `callers`.
    fn api(&mut self, body: &Value) {
        let entries = |of: &Value| of.as_object().unwrap().clone();
        for (path, methods) in entries(&body["paths"]) {
            let protected = |(method, of): (String, Value)| {
                let asks = |scheme: &str| of["security"][0].get(scheme).is_some();
                let is_called = asks("callers");
                let mut found =
                    json!({"authorizationType": "NONE", "apiKeyRequired": asks("apiKey")});
                if is_called {
                    found["authorizationType"] = json!("CUSTOM");
                    found["authorizerId"] = json!("a1");
                }
                (method.to_uppercase().replace("X-AMAZON-APIGATEWAY-ANY-METHOD", "ANY"), found)
            };
            let methods: Map<_, _> = entries(&methods).into_iter().map(protected).collect();
            let path = path.replace("{code}", "{id}");
            let route = json!({"path": path, "resourceMethods": methods});
            self.list("apigateway get-resources all", "items", route);
        }
        let scheme = &body["components"]["securitySchemes"]["callers"];
        let mut authorizer = scheme["x-amazon-apigateway-authorizer"].clone();
        authorizer["id"] = json!("a1");
        authorizer["name"] = json!("callers");
        authorizer["type"] = json!("REQUEST");
        self.list("apigateway get-authorizers all", "items", authorizer);
    }

    /// What AWS says of a resource, in its own words.
    fn describe(&mut self, kind: &str, name: &str, mut of: Value) {
        let url = name;
        let name = name
            .rsplit(['|', '/'])
            .next()
            .filter(|_| kind != "AWS::Logs::LogGroup")
            .unwrap_or(name);
        match kind {
            "AWS::SQS::Queue" => {
                for key in
                    ["VisibilityTimeout", "MessageRetentionPeriod", "ReceiveMessageWaitTimeSeconds"]
                {
                    of[key] = json!(of[key].to_string());
                }
                of["DelaySeconds"] = json!("0");
                if of.get("RedrivePolicy").is_some() {
                    of["RedrivePolicy"] = json!(of["RedrivePolicy"].to_string());
                }
                self.answer("sqs get-queue-attributes", url, json!({"Attributes": of}));
            }
            "AWS::DynamoDB::Table" => {
                of["BillingModeSummary"]["BillingMode"] = of["BillingMode"].take();
                of["SSEDescription"] = json!({"Status": "ENABLED", "SSEType": "KMS"});
                let is_on = of["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
                    .to_string()
                    .contains("true");
                let status = if is_on { "ENABLED" } else { "DISABLED" };
                let backups = json!({"ContinuousBackupsDescription": {
                    "ContinuousBackupsStatus": "ENABLED",
                    "PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": status},
                }});
                self.answer("dynamodb describe-continuous-backups", name, backups);
                self.answer("dynamodb describe-table", name, json!({"Table": of}));
                let ttl = json!({"TimeToLiveDescription": {"TimeToLiveStatus": "DISABLED"}});
                self.answer("dynamodb describe-time-to-live", name, ttl);
            }
            "AWS::Events::Rule" => {
                let targets = json!({"Targets": of["Targets"].take()});
                of["EventPattern"] = json!(of["EventPattern"].to_string());
                self.answer("events describe-rule", name, of);
                self.answer("events list-targets-by-rule", name, targets);
            }
            "AWS::Lambda::Function" => {
                self.answer("lambda get-function", name, json!({"Configuration": of}));
            }
            "AWS::Lambda::EventSourceMapping" => {
                of["FunctionArn"] = json!(format!(
                    "arn:aws:lambda:eu-west-1:1:function:{}",
                    of["FunctionName"].as_str().unwrap()
                ));
                of["State"] = json!("Enabled");
                of["FunctionName"].take();
                of["UUID"] = json!(name);
                self.list("lambda list-event-source-mappings all", "EventSourceMappings", of);
            }
            "AWS::CloudWatch::Alarm" => {
                of["ActionsEnabled"] = json!(true);
                self.list("cloudwatch describe-alarms all", "MetricAlarms", of);
            }
            "AWS::Logs::LogGroup" => {
                let group = json!({"logGroupName": name, "retentionInDays": of["RetentionInDays"]});
                self.list("logs describe-log-groups all", "logGroups", group);
            }
            "AWS::ApiGateway::RestApi" => self.api(&of["Body"]),
            "AWS::ApiGateway::Stage" => {
                let settings = json!({"*/*": small(&of["MethodSettings"][0])});
                let stage = json!({
                    "tracingEnabled": of["TracingEnabled"],
                    "methodSettings": settings,
                });
                self.answer("apigateway get-stage", name, stage);
            }
            "AWS::ApiGateway::UsagePlan" => {
                let stages = json!([small(&of["ApiStages"][0])]);
                let plan = json!({"throttle": small(&of["Throttle"]), "apiStages": stages});
                self.answer("apigateway get-usage-plan", name, plan);
            }
            "AWS::ApiGateway::ApiKey" => {
                self.answer("apigateway get-api-key", name, json!({"enabled": of["Enabled"]}));
            }
            "AWS::IAM::Role" => {
                self.answer(
                    "iam get-role",
                    name,
                    json!({"Role": {"AssumeRolePolicyDocument": of["AssumeRolePolicyDocument"]}}),
                );
                self.answer(
                    "iam list-attached-role-policies",
                    name,
                    json!({"AttachedPolicies": []}),
                );
                self.answer("iam list-role-policies", name, json!({"PolicyNames": ["contract"]}));
                self.answer(
                    "iam get-role-policy",
                    name,
                    json!({"PolicyDocument": of["Policies"][0]["PolicyDocument"]}),
                );
            }
            _ => {}
        }
    }
}

/// The keys of an object as API Gateway writes them.
fn small(of: &Value) -> Value {
    let entries = of.as_object().unwrap().iter();
    entries.map(|(key, value)| (key[..1].to_lowercase() + &key[1..], value.clone())).collect()
}

/// Compares a stack that was made of the contracts and then changed.
fn drift(name: &str, stack: &str, change: impl Fn(&mut Live)) -> (i32, String, String) {
    compared(name, &["drift"], stack, "", change)
}

/// Compares a stack that was made of the contracts with one layout, with the contracts and these defaults.
fn compared(
    name: &str,
    command: &[&str],
    stack: &str,
    defaults: &str,
    change: impl Fn(&mut Live),
) -> (i32, String, String) {
    let folder = Folder::new(name);
    folder.write("spec/parcel/openapi.yaml", REST);
    folder.write("spec/parcel/asyncapi.yaml", EVENTS);
    let codegen = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_codegen"));
        command.current_dir(folder.path());
        command
    };
    assert!(codegen().args(["generate", "--quiet"]).output().unwrap().status.success());
    let template =
        std::fs::read_to_string(folder.path().join("generated/infra/template.yaml")).unwrap();
    let mut live = Live::of(&serde_saphyr::from_str(&template).unwrap());
    change(&mut live);
    if !defaults.is_empty() {
        folder.write("spec/defaults.yaml", defaults);
    }
    for (question, answer) in &live.answers {
        folder.write(&format!("bin/answers/{question}.json"), &answer.to_string());
    }
    folder.write("bin/aws", AWS);
    let aws = folder.path().join("bin/aws");
    std::fs::set_permissions(&aws, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut path = aws.parent().unwrap().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap());
    let output = codegen().args(command).arg(stack).env("PATH", path).output().unwrap();
    // Each question starts a program, so none is asked twice, nor of each alarm or mapping alone.
    let asked = folder.read("bin/asked");
    let asked: Vec<&str> = asked.lines().collect();
    let unique: std::collections::BTreeSet<&str> = asked.iter().copied().collect();
    assert_eq!(asked.len(), unique.len(), "{asked:#?}");
    assert!(asked.len() < 60, "{asked:#?}");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_stack_as_the_contracts_say_has_not_drifted() {
    let (code, line, told) = drift("drift-none", STACK, |_| {});
    assert_eq!((code, told.as_str()), (0, ""), "{line}");
    assert!(line.starts_with("compared ") && line.contains("of the stack post"), "{line}");
}

#[test]
fn what_nested_stacks_have_the_stack_has() {
    let nest = |live: &mut Live| {
        let listed = &live.answers[&format!("cloudformation list-stack-resources {STACK}")];
        let listed = listed["StackResourceSummaries"].as_array().unwrap().clone();
        let is_own = |one: &Value| !one["LogicalResourceId"].as_str().unwrap().starts_with("Api");
        let (own, mut shared): (Vec<Value>, Vec<Value>) = listed.into_iter().partition(is_own);
        shared.push(json!({"LogicalResourceId": "ParcelStack", "PhysicalResourceId": "nested", "ResourceType": "AWS::CloudFormation::Stack"}));
        for (stack, listed) in [(STACK, shared), ("nested", own)] {
            let listed = json!({"StackResourceSummaries": listed});
            live.answer("cloudformation list-stack-resources", stack, listed);
        }
    };
    let compared = |defaults: &str| compared("drift-nested", &["drift"], STACK, defaults, nest);
    let (code, line, told) = compared("layout: per-service\n");
    assert_eq!((code, told.as_str()), (0, ""), "{line}");
    let (code, _, told) = compared("layout: single\n");
    assert_eq!((code, told.matches("[drift]").count()), (1, 1), "{told}");
    assert!(told.contains("has ParcelStack (AWS::CloudFormation::Stack), which is not"), "{told}");
}

/// An answer, the place in it, and what stands there instead; `null` takes the whole answer away.
const BY_HAND: [(&str, &str, &str, &str); 38] = [
    (
        "sqs get-queue-attributes https:__sqs.example.com_123456789012_post-Parcels",
        "/Attributes/VisibilityTimeout",
        "\"59\"",
        "the queue `Parcels` has VisibilityTimeout 59, but the contract says 60",
    ),
    (
        "sqs get-queue-attributes https:__sqs.example.com_123456789012_post-Lost",
        "/Attributes/ReceiveMessageWaitTimeSeconds",
        "\"0\"",
        "the queue `Lost` has ReceiveMessageWaitTimeSeconds 0, but the contract says 20",
    ),
    (
        "sqs get-queue-attributes https:__sqs.example.com_123456789012_post-Parcels",
        "/Attributes/DelaySeconds",
        "\"5\"",
        "the queue `Parcels` has DelaySeconds 5, but the contract says 0",
    ),
    (
        "sqs get-queue-attributes https:__sqs.example.com_123456789012_post-Parcels",
        "/Attributes/RedrivePolicy",
        "\"{\\\"deadLetterTargetArn\\\": \\\"arn:aws:sqs:x:1:post-Other\\\", \\\"maxReceiveCount\\\": 5}\"",
        "has RedrivePolicy.deadLetterTargetArn arn:aws:sqs:x:1:post-Other, but the contract says post-Lost",
    ),
    (
        "sqs get-queue-attributes https:__sqs.example.com_123456789012_post-Lost",
        "",
        "null",
        "the queue `Lost` does not exist in the stack",
    ),
    (
        "dynamodb describe-table post-parcel",
        "",
        "null",
        "the table `parcel` does not exist in the stack",
    ),
    (
        "dynamodb describe-table post-parcel",
        "/Table/AttributeDefinitions/0/AttributeType",
        "\"N\"",
        "the table `parcel` has AttributeDefinitions[code].AttributeType N, but the contract says S",
    ),
    (
        "dynamodb describe-time-to-live post-parcel",
        "",
        "{\"TimeToLiveDescription\": {\"TimeToLiveStatus\": \"ENABLED\", \"AttributeName\": \"ends\"}}",
        "the table `parcel` has TimeToLiveSpecification",
    ),
    (
        "dynamodb describe-continuous-backups post-parcel",
        "/ContinuousBackupsDescription/PointInTimeRecoveryDescription/PointInTimeRecoveryStatus",
        "\"DISABLED\"",
        "the table `parcel` has PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled false, but the contract says true",
    ),
    (
        "dynamodb describe-table post-parcel",
        "/Table/SSEDescription",
        "null",
        "the table `parcel` has SSESpecification.SSEEnabled false, but the contract says true",
    ),
    (
        "events describe-rule post-ParcelsRule",
        "/State",
        "\"DISABLED\"",
        "the EventBridge rule `ParcelsRule` has State DISABLED, but the contract says ENABLED",
    ),
    (
        "events describe-rule post-ParcelsRule",
        "/EventPattern",
        r#""{\"source\": [\"com.example\"], \"detail-type\": [\"Sent\"], \"account\": [\"1\"]}""#,
        "the EventBridge rule `ParcelsRule` has EventPattern.account [\"1\"], but the contract says nothing",
    ),
    (
        "events list-targets-by-rule post-ParcelsRule",
        "/Targets/0/Arn",
        "\"arn:aws:sqs:x:1:other\"",
        "has Targets[ParcelsQueue].Arn arn:aws:sqs:x:1:other, but the contract says post-Parcels",
    ),
    (
        "lambda get-function post-parcel",
        "/Configuration/Timeout",
        "3",
        "the function `parcel` has Timeout 3, but the contract says 10",
    ),
    (
        "lambda get-function post-parcel",
        "/Configuration/MemorySize",
        "128",
        "the function `parcel` has MemorySize 128, but the contract says 256",
    ),
    (
        "lambda get-function post-parcel-take",
        "/Configuration/Environment/Variables/LOG_LEVEL",
        "\"OFF\"",
        "has Environment.Variables.LOG_LEVEL OFF, but the contract says INFO",
    ),
    (
        "lambda get-function post-parcel",
        "/Concurrency",
        "{\"ReservedConcurrentExecutions\": 1}",
        "has ReservedConcurrentExecutions 1, but the contract says nothing",
    ),
    (
        "lambda list-event-source-mappings all",
        "/EventSourceMappings/0/State",
        "\"Disabled\"",
        "the event source mapping `ParcelTakeFunctionPoller` has Enabled false, but the contract says true",
    ),
    (
        "lambda list-event-source-mappings all",
        "/EventSourceMappings/0/BatchSize",
        "1",
        "has BatchSize 1, but the contract says 10",
    ),
    (
        "lambda list-event-source-mappings all",
        "/EventSourceMappings/0/FilterCriteria",
        "{\"Filters\": [{\"Pattern\": \"{}\"}]}",
        "has FilterCriteria {\"Filters\":[{\"Pattern\":\"{}\"}]}, but the contract says {}",
    ),
    (
        "lambda get-function post-parcel",
        "/Configuration/Layers",
        "[{\"Arn\": \"arn:aws:lambda:x:1:layer:more:1\"}]",
        "the function `parcel` has Layers [\"arn:aws:lambda:x:1:layer:more:1\"], but the contract says []",
    ),
    (
        "lambda get-function post-parcel",
        "/Configuration/VpcConfig",
        "{\"SubnetIds\": [\"subnet-1\"], \"SecurityGroupIds\": []}",
        "the function `parcel` has VpcConfig",
    ),
    (
        "lambda get-function post-parcel",
        "/Configuration/LoggingConfig/LogGroup",
        "\"elsewhere\"",
        "the function `parcel` has LoggingConfig.LogGroup elsewhere, but the contract says",
    ),
    (
        "cloudwatch describe-alarms all",
        "/MetricAlarms/{post-ApiLatency}/DatapointsToAlarm",
        "9",
        "the alarm `ApiLatency` has DatapointsToAlarm 9, but the contract says",
    ),
    (
        "cloudwatch describe-alarms all",
        "/MetricAlarms/{post-LostQueueNotEmpty}/Threshold",
        "99.0",
        "the alarm `LostQueueNotEmpty` has Threshold 99.0, but the contract says",
    ),
    (
        "cloudwatch describe-alarms all",
        "/MetricAlarms/{post-ApiLatency}",
        "null",
        "the alarm `ApiLatency` does not exist in the stack",
    ),
    (
        "logs describe-log-groups all",
        "/logGroups/{~1aws~1lambda~1post-parcel}/retentionInDays",
        "1",
        "has RetentionInDays 1, but the contract says 30",
    ),
    (
        "iam list-attached-role-policies post-ParcelFunctionRole-1X",
        "/AttachedPolicies/0",
        "{\"PolicyName\": \"Admin\"}",
        "has the managed policy `Admin`, which is not in the contracts",
    ),
    (
        "iam get-role-policy post-ParcelTakeFunctionRole-1X",
        "/PolicyDocument/Statement/0/Resource",
        "\"*\"",
        "on every resource, which is not what the contract says",
    ),
    (
        "iam get-role-policy post-ParcelTakeFunctionRole-1X",
        "/PolicyDocument/Statement/0/Action",
        "[\"logs:*\"]",
        "allows logs:* in `WriteLogs`, but the contract says",
    ),
    (
        "iam get-role-policy post-ParcelFunctionRole-1X",
        "/PolicyDocument/Statement/9",
        "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}",
        "allows s3:*, which is not in the contracts",
    ),
    (
        "apigateway get-resources all",
        "/items/{~1seals}/resourceMethods/POST/authorizationType",
        "\"NONE\"",
        "the route `POST /seals` has authorization NONE, but the contract says CUSTOM",
    ),
    (
        "apigateway get-resources all",
        "/items/{~1weights}/resourceMethods/GET/apiKeyRequired",
        "false",
        "the route `GET /weights` has apiKeyRequired false, but the contract says true",
    ),
    (
        "apigateway get-authorizers all",
        "/items/0/authorizerResultTtlInSeconds",
        "3600",
        "the authorizer `callers` of the API has authorizerResultTtlInSeconds 3600, but the contract says",
    ),
    (
        "apigateway get-authorizers all",
        "/items/1",
        "{\"id\": \"a2\", \"name\": \"spare\"}",
        "the API has the authorizer `spare`, which is not in the contracts",
    ),
    (
        "apigateway get-usage-plan post-ClientUsagePlan-1X",
        "/throttle/rateLimit",
        "90000",
        "the usage plan `ClientUsagePlan` has Throttle.RateLimit 90000, but the contract says",
    ),
    (
        "apigateway get-api-key post-ClientApiKey-1X",
        "/enabled",
        "false",
        "has Enabled false, but the contract says true",
    ),
    (
        "apigateway get-stage post-ApiStage-1X",
        "/methodSettings/*~1*/throttlingRateLimit",
        "90000",
        "has MethodSettings.ThrottlingRateLimit 90000, but the contract says",
    ),
];

/// A pointer in which `{name}` is the place of the element of a list that has the name.
fn by_place(answer: &Value, at: &str) -> String {
    let Some((list, rest)) = at.split_once("/{") else { return at.to_owned() };
    let (name, rest) = rest.split_once('}').unwrap();
    let name = name.replace("~1", "/");
    let elements = answer.pointer(list).unwrap().as_array().unwrap();
    let has_it = |one: &Value| one.as_object().unwrap().values().any(|value| *value == *name);
    format!("{list}/{}{rest}", elements.iter().position(has_it).unwrap())
}

#[test]
fn one_question_about_all_roles_is_enough() {
    let (code, _, told) = drift("drift-roles", STACK, |live| {
        let of = |live: &Live, question: &str| {
            live.answers[&format!("iam {question} post-ParcelFunctionRole-1X")].clone()
        };
        let mut role = of(live, "get-role")["Role"].clone();
        role["RoleName"] = json!("post-ParcelFunctionRole-1X");
        role["AttachedManagedPolicies"] = json!([{"PolicyName": "Admin"}]);
        role["RolePolicyList"] = json!([of(live, "get-role-policy")]);
        live.answer(
            "iam get-account-authorization-details",
            "Role",
            json!({"RoleDetailList": [role]}),
        );
        live.answers.retain(|question, _| !question.ends_with(" post-ParcelFunctionRole-1X"));
    });
    assert_eq!((code, told.matches("[drift]").count()), (1, 1), "{told}");
    assert!(told.contains("has the managed policy `Admin`"), "{told}");
}

#[test]
fn what_was_changed_by_hand_is_told_at_its_line() {
    for (question, at, value, says) in BY_HAND {
        let (code, _, told) = drift("drift-some", STACK, |live| {
            let value: Value = serde_json::from_str(value).unwrap();
            let answer = live
                .answers
                .get_mut(question)
                .unwrap_or_else(|| panic!("nobody asks `{question}`"));
            let at = &by_place(answer, at);
            match (at.as_str(), answer.pointer_mut(at)) {
                ("", _) if value.is_null() => drop(live.answers.remove(question)),
                (_, Some(place)) => *place = value,
                (_, None) => {
                    let (list, key) = at.rsplit_once('/').unwrap();
                    match answer.pointer_mut(list).unwrap() {
                        Value::Array(items) => items.push(value),
                        of => of[key] = value,
                    }
                }
            }
        });
        assert_eq!(code, 1, "{question}{at}: {told}");
        assert!(told.contains(says) && told.contains(".yaml:"), "{says}: {told}");
        assert_eq!(told.matches("[drift]").count(), 1, "{question}{at}: {told}");
    }
}

#[test]
fn routes_and_resources_that_came_or_went_are_told() {
    let (code, _, told) = drift("drift-routes", STACK, |live| {
        let routes = &mut live.answers["apigateway get-resources all"];
        let methods = by_place(routes, "/items/{~1seals}/resourceMethods");
        *routes.pointer_mut(&methods).unwrap() = json!({"PUT": {}});
        let listed =
            &mut live.answers["cloudformation list-stack-resources post"]["StackResourceSummaries"];
        let listed = listed.as_array_mut().unwrap();
        listed.retain(|one| one["LogicalResourceId"] != "ParcelsQueue");
        listed.push(json!({"LogicalResourceId": "Spare", "PhysicalResourceId": "spare", "ResourceType": "AWS::SQS::Queue"}));
    });
    assert_eq!(code, 1, "{told}");
    for says in [
        "the API has no route for `seal`",
        "the API has the route `PUT /seals`, which is not in the contracts",
        "the queue `Parcels` does not exist in the stack",
        "the stack has Spare (AWS::SQS::Queue), which is not in the contracts",
    ] {
        assert!(told.contains(says), "{says}: {told}");
    }
}

#[test]
fn a_stage_that_is_a_stack_is_compared() {
    let command = ["verify", "--stage"];
    let (code, line, told) = compared("drift-verify", &command, STACK, "", |_| {});
    assert_eq!((code, told.as_str()), (0, ""), "{line}");
    assert!(line.contains("of the stack post"), "{line}");
}

#[test]
fn a_stack_that_is_none_is_said() {
    let (code, _, told) = drift("drift-nowhere", "nowhere", |_| {});
    assert!(code == 2 && told.contains("the stack `nowhere` does not exist"), "{told}");
}
