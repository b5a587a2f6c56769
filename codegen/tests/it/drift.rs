//! What runs beside what the contracts say, with a program in the place of the AWS command line that answers as it does.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

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
components:
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

/// Answers by what is asked; `%VISIBILITY%` and the like differ from test to test.
const AWS: &str = r#"#!/bin/sh
queue() {
  case "$1" in
    *Lost*) echo '{"Attributes": {"VisibilityTimeout": "60", "MessageRetentionPeriod": "1209600", "DelaySeconds": "0", "ReceiveMessageWaitTimeSeconds": "WAIT"}}';;
    *) echo '{"Attributes": {"VisibilityTimeout": "VISIBILITY", "MessageRetentionPeriod": "345600", "DelaySeconds": "0", "ReceiveMessageWaitTimeSeconds": "WAIT"}}';;
  esac
}
case "$1 $2" in
  'cloudformation describe-stacks') [ "$4" = post ] || { echo "Stack with id $4 does not exist" >&2; exit 254; }; echo '{"Stacks": [{}]}';;
  'dynamodb describe-table') [ -z "NOTABLE" ] || { echo 'ResourceNotFoundException' >&2; exit 254; }
    echo '{"Table": {"KeySchema": [{"AttributeName": "code", "KeyType": "HASH"}]}}';;
  'lambda get-function-configuration') echo '{"Timeout": 10, "Role": "arn:aws:iam::123456789012:role/post-'"$4"'"}';;
  'iam list-attached-role-policies') echo '{"AttachedPolicies": [MANAGED]}';;
  'iam list-role-policies') echo '{"PolicyNames": ["contract"]}';;
  'iam get-role-policy') own=''; case "$4" in *take*) own=', {"Sid": "PollParcelsQueue", "Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], "Resource": "POLLED"}';; esac
    echo '{"PolicyDocument": {"Statement": [{"Sid": "WriteLogs", "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "arn:logs"}, {"Sid": "SendTraces", "Effect": "Allow", "Action": ["xray:PutTraceSegments", "TELEMETRY"], "Resource": "*"}'"$own"'EXTRA]}}';;
  'events describe-rule') echo '{"State": "STATE", "EventPattern": "{\"source\": [\"com.example\"], \"detail-type\": [\"Sent\"]}"}';;
  'events list-targets-by-rule') echo '{"Targets": [{}]}';;
  'sqs get-queue-url') echo "{\"QueueUrl\": \"https://queue/$4\"}";;
  'sqs get-queue-attributes') queue "$4";;
  'apigateway get-rest-apis') echo '{"items": [{"id": "a1", "name": "post"}]}';;
  'apigateway get-resources') echo '{"items": [{"path": "/parcels/{id}", "resourceMethods": {"METHOD": {}, "ANY": {}}}]}';;
  *) echo "nobody asked $*" >&2; exit 1;;
esac
"#;

/// Compares a stack that answers with changes to what the contracts say.
fn drift(name: &str, stack: &str, changes: &[(&str, &str)]) -> (i32, String, String) {
    let folder = Folder::new(name);
    folder.write("spec/parcel/openapi.yaml", REST);
    folder.write("spec/parcel/asyncapi.yaml", EVENTS);
    let mut script = AWS.to_owned();
    let usual = [
        ("VISIBILITY", "60"),
        ("WAIT", "20"),
        ("NOTABLE", ""),
        ("\"STATE\"", "\"ENABLED\""),
        ("METHOD", "GET"),
        ("MANAGED", ""),
        ("POLLED", "arn:queue"),
        ("TELEMETRY", "xray:PutTelemetryRecords"),
        ("EXTRA", ""),
    ];
    for (from, to) in changes.iter().chain(&usual) {
        script = script.replace(from, to);
    }
    folder.write("bin/aws", &script);
    let aws = folder.path().join("bin/aws");
    std::fs::set_permissions(&aws, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut path = aws.parent().unwrap().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap());
    let mut command = Command::new(env!("CARGO_BIN_EXE_codegen"));
    command.args(["drift", stack]).current_dir(folder.path()).env("PATH", path);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_stack_as_the_contracts_say_has_not_drifted() {
    let (code, line, told) = drift("drift-none", "post", &[]);
    assert_eq!((code, told.as_str()), (0, ""), "{line}");
    assert!(line.starts_with("compared ") && line.contains("of the stack post"), "{line}");
}

#[test]
fn what_was_changed_by_hand_is_told_at_its_line() {
    for (from, to, says, at) in [
        (
            "VISIBILITY",
            "59",
            "the queue `Parcels` has visibilityTimeout 59, but the contract says 60",
            "asyncapi.yaml:",
        ),
        ("WAIT", "0", "has receiveMessageWaitTime 0, but the contract says 20", "asyncapi.yaml:"),
        ("NOTABLE", "x", "the table `parcel` does not exist in the stack", "openapi.yaml:"),
        (
            "\"STATE\"",
            "\"DISABLED\"",
            "the EventBridge rule `ParcelsRule` has state DISABLED",
            "asyncapi.yaml:",
        ),
        ("METHOD", "PUT", "the API has no route for `readParcel`", "openapi.yaml:"),
        (
            "METHOD",
            "PUT",
            "the API has the route `PUT /parcels/{}`, which is not in the contracts",
            "openapi.yaml:",
        ),
        (
            "{\\\"source\\\"",
            "{\\\"account\\\"",
            "the EventBridge rule `ParcelsRule` has pattern",
            "asyncapi.yaml:",
        ),
        (
            "MANAGED",
            "{\"PolicyName\": \"Admin\"}",
            "has the managed policy `Admin`, which is not in the contracts",
            "yaml:",
        ),
        ("POLLED", "*", "allows `PollParcelsQueue` on every resource", "asyncapi.yaml:"),
        (
            "TELEMETRY",
            "xray:*",
            "allows xray:*, xray:PutTraceSegments in `SendTraces`, but the contract says",
            "yaml:",
        ),
        (
            "EXTRA",
            ", {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}",
            "allows s3:*, which is not in the contracts",
            "yaml:",
        ),
        ("\"WriteLogs\"", "\"Logs\"", "lacks the statement `WriteLogs`", "yaml:"),
        ("\"Timeout\": 10", "\"Timeout\": 3", "has timeout 3, but the contract says 10", "yaml:"),
    ] {
        let (code, _, told) = drift("drift-some", "post", &[(from, to)]);
        assert_eq!(code, 1, "{from}: {told}");
        assert!(told.contains(says) && told.contains(at), "{says}: {told}");
    }
}

#[test]
fn a_stack_that_is_none_is_said() {
    let (code, _, told) = drift("drift-nowhere", "nowhere", &[]);
    assert!(code == 2 && told.contains("the stack `nowhere` does not exist"), "{told}");
}
