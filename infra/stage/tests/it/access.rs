//! Permissions: what is noted, what is refused and in which form, and what cannot be judged.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::json;
use stage::access::{AccessError, audit};
use stage::queue::NewMessage;
use stage::{Access, Stage, StageError, StageOptions};

use crate::support::{Folder, eventually, options, recording_log, send};

const QUEUE: &str = "arn:aws:sqs:us-east-1:000000000000:local-WorkQueue";

/// The media type of every service's JSON protocol, and a time, which DynamoDB asks for.
const CONTENT: (&str, &str) = ("content-type", "application/x-amz-json-1.0");
const DATE: (&str, &str) = ("x-amz-date", "20261123T120000Z");

fn template() -> PathBuf {
    crate::support::template().with_file_name("access.yaml")
}

/// Options that enforce the permissions of a template.
fn enforcing(template: PathBuf) -> StageOptions {
    StageOptions { template, access: Access::Enforce, ..options() }
}

/// The template with a part of its text replaced, in a folder of its own.
fn changed(from: &str, to: &str) -> (Folder, PathBuf) {
    let text = std::fs::read_to_string(template()).unwrap();
    assert!(text.contains(from), "{from} is not in the template");
    let folder = Folder::new();
    let path = folder.write("template.yaml", &text.replacen(from, to, 1));
    (folder, path)
}

/// Calls a service with the key of the function.
async fn as_worker(stage: &Stage, target: &str, body: serde_json::Value) -> (u16, String) {
    let signature = "AWS4-HMAC-SHA256 Credential=local_WorkerFunction/20261123/us-east-1/x/aws4_request, SignedHeaders=host, Signature=0";
    let headers = [CONTENT, DATE, ("authorization", signature), ("x-amz-target", target)];
    let answer = send("POST", stage.aws_endpoint(), &headers, body.to_string()).await;
    (answer.status, String::from_utf8_lossy(&answer.body).into_owned())
}

#[tokio::test]
async fn what_lambda_does_with_the_role_of_a_function_is_noted() {
    let stage = Stage::start(enforcing(template())).await.unwrap();
    let work = stage.queues().queue_by_url(stage.queue_url("WorkQueue").unwrap()).unwrap();
    work.send(NewMessage::text("hello")).unwrap();
    eventually("it is done", async || (work.ledger().deleted == 1).then_some(())).await;
    let url =
        format!("{}/2015-03-31/functions/local-WorkerFunction/invocations", stage.aws_endpoint());
    let answer =
        send("POST", &url, &[("x-amz-invocation-type", "Event")], r#"{"fail":true}"#).await;
    assert_eq!(answer.status, 202);
    let failures = stage.queues().queue_by_url(stage.queue_url("FailureQueue").unwrap()).unwrap();
    eventually("its record", async || (failures.ledger().sent == 1).then_some(())).await;
    // What the process wrote is read alongside.
    let found = eventually("all of it is noted", async || {
        let found = audit(stage.plan(), &stage.calls());
        found.unused.is_empty().then_some(found)
    })
    .await;
    assert_eq!(found.missing, BTreeSet::new());
}

#[tokio::test]
async fn each_service_refuses_in_its_own_form() {
    let stage = Stage::start(enforcing(template())).await.unwrap();
    let is_refused = |body: &str, action: &str| {
        body.contains("AccessDeniedException")
            && body.contains(&format!("not authorized to perform: {action} on resource: arn:aws:"))
    };
    let put = json!({ "TableName": "local-ItemTable", "Item": { "id": { "S": "1" } } });
    let (status, body) = as_worker(&stage, "DynamoDB_20120810.PutItem", put.clone()).await;
    assert!(status == 400 && is_refused(&body, "dynamodb:PutItem"), "{status} {body}");
    let (status, body) = as_worker(&stage, "AWSEvents.PutEvents", json!({ "Entries": [{}] })).await;
    assert!(status == 400 && is_refused(&body, "events:PutEvents"), "{status} {body}");
    let purge = json!({ "QueueUrl": stage.queue_url("WorkQueue").unwrap() });
    let (status, body) = as_worker(&stage, "AmazonSQS.PurgeQueue", purge).await;
    assert!(status == 403 && is_refused(&body, "sqs:PurgeQueue"), "{status} {body}");

    // A caller that is no function may do everything.
    let signature = "AWS4-HMAC-SHA256 Credential=somebody/20261123/us-east-1/x/aws4_request, SignedHeaders=host, Signature=0";
    let target = ("x-amz-target", "DynamoDB_20120810.PutItem");
    let headers = [CONTENT, DATE, ("authorization", signature), target];
    let answer = send("POST", stage.aws_endpoint(), &headers, put.to_string()).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn recording_notes_what_enforcing_refuses() {
    let options = StageOptions { access: Access::Record, ..enforcing(template()) };
    let stage = Stage::start(options).await.unwrap();
    let put = json!({ "TableName": "local-ItemTable", "Item": { "id": { "S": "1" } } });
    let (status, body) = as_worker(&stage, "DynamoDB_20120810.PutItem", put).await;
    assert_eq!(status, 200, "{body}");
    let missing: Vec<_> =
        audit(stage.plan(), &stage.calls()).missing.iter().map(ToString::to_string).collect();
    assert_eq!(
        missing,
        [
            "local-WorkerFunction: dynamodb:PutItem on arn:aws:dynamodb:us-east-1:000000000000:table/local-ItemTable"
        ]
    );
}

#[tokio::test]
async fn nothing_is_noted_unless_asked() {
    let options = StageOptions { access: Access::Off, ..enforcing(template()) };
    let stage = Stage::start(options).await.unwrap();
    let (status, _) = as_worker(&stage, "AmazonSQS.ListQueues", json!({})).await;
    assert_eq!((status, stage.calls()), (200, BTreeSet::new()));
}

#[tokio::test]
async fn a_mapping_whose_function_may_not_poll_is_not_stood_up() {
    let (_folder, template) = changed("sqs:DeleteMessage, ", "");
    let Err(StageError::Access(AccessError::Mapping { mapping, denied })) =
        Stage::start(enforcing(template)).await
    else {
        panic!("it is stood up")
    };
    assert_eq!(mapping, "WorkMapping");
    assert!(denied.to_string().contains(&format!("sqs:DeleteMessage on resource: {QUEUE}")));
}

#[tokio::test]
async fn a_record_that_may_not_be_sent_is_a_problem_that_is_told() {
    let (_folder, template) = changed("sqs:SendMessage", "sqs:SendNothing");
    let (log, lines) = recording_log();
    let stage = Stage::start(StageOptions { log, ..enforcing(template) }).await.unwrap();
    let url =
        format!("{}/2015-03-31/functions/local-WorkerFunction/invocations", stage.aws_endpoint());
    send("POST", &url, &[("x-amz-invocation-type", "Event")], r#"{"fail":true}"#).await;
    eventually("the problem is told", async || {
        let lines = lines.lock().unwrap();
        lines.iter().any(|line| line.contains("to perform: sqs:SendMessage")).then_some(())
    })
    .await;
    let failures = stage.queues().queue_by_url(stage.queue_url("FailureQueue").unwrap()).unwrap();
    assert_eq!(failures.ledger().sent, 0);
}

#[tokio::test]
async fn what_cannot_be_judged_is_refused_by_name() {
    let managed =
        "AssumeRolePolicyDocument: {}\n      ManagedPolicyArns: [arn:aws:iam::aws:policy/X]";
    let condition = "Effect: Allow\n                Condition: {Bool: {aws:SecureTransport: 'true'}}\n                Action: sqs:SendMessage";
    for (name, from, to, told) in [
        (
            "managed",
            "AssumeRolePolicyDocument: {}",
            managed,
            "`WorkerRole` are unknown: it has the managed policy `arn:aws:iam::aws:policy/X`",
        ),
        (
            "condition",
            "Effect: Allow\n                Action: sqs:SendMessage",
            condition,
            "`WorkerRole` are unknown: it has a statement with `Condition`",
        ),
        (
            "no-role",
            "Role: !GetAtt WorkerRole.Arn",
            "Role: arn:aws:iam::123456789012:role/elsewhere",
            "the permissions of `WorkerFunction` are unknown",
        ),
    ] {
        let (_folder, template) = changed(from, to);
        let error = Stage::start(enforcing(template.clone())).await.err().expect("a refusal");
        assert!(error.to_string().contains(told), "{name}: {error}");
        let careless = StageOptions { access: Access::Off, ..enforcing(template) };
        assert!(Stage::start(careless).await.is_ok(), "{name}: nobody asked");
    }
}

/// The role names the events that a function may publish; its own process, whatever its code does, publishes no other.
#[tokio::test]
async fn a_function_publishes_no_event_that_its_role_does_not_name() {
    let stage = Stage::start(enforcing(template().with_file_name("publisher.yaml"))).await.unwrap();
    let queue = stage.queues().queue_by_url(stage.queue_url("Heard").unwrap()).unwrap();
    let publish = async |entries: serde_json::Value| {
        let (answer, is_error) =
            crate::languages::invoke(&stage, "Publisher", json!({ "entries": entries })).await;
        assert!(!is_error, "{answer}");
        (answer["status"].as_u64().unwrap(), answer["body"].to_string())
    };
    let event = |source: &str, kind: &str, bus: &str| json!({ "Source": source, "DetailType": kind, "Detail": "{}", "EventBusName": bus });
    let (status, body) = publish(json!([event("shop.basket", "Filled", "local-Bus")])).await;
    assert_eq!(status, 200, "{body}");
    eventually("it is heard", async || (queue.ledger().sent == 1).then_some(())).await;
    for entries in [
        json!([event("shop.ordering", "Filled", "local-Bus")]),
        json!([event("shop.basket", "Paid", "local-Bus")]),
        json!([event("SHOP.BASKET", "Filled", "local-Bus")]),
        json!([event("shop.basket", "Filled", "local-Other")]),
        json!([event("shop.basket", "Filled", "default")]),
        // None slips in beside one that is allowed, and the call is refused as a whole.
        json!([
            event("shop.basket", "Filled", "local-Bus"),
            event("shop.ordering", "Filled", "local-Bus")
        ]),
    ] {
        let (status, body) = publish(entries.clone()).await;
        assert_eq!(status, 400, "{entries}: {body}");
        assert!(body.contains("AccessDeniedException"), "{entries}: {body}");
        assert!(body.contains("to perform: events:PutEvents on resource: arn:aws:"), "{body}");
    }
    assert_eq!(queue.ledger().sent, 1);
}

/// A REST API whose routes answer by themselves, with this policy.
fn api_with(policy: &str) -> String {
    let route = |path: &str| {
        format!(
            "'/{path}': {{get: {{x-amazon-apigateway-integration: {{type: mock, requestTemplates: {{application/json: \
             '{{\"statusCode\": 200}}'}}, responses: {{default: {{statusCode: '200'}}}}}}}}}}"
        )
    };
    let routes = ["open", "shut", "other", "items/{id}"].map(route).join(", ");
    format!(
        "Resources:\n  A: {{Type: AWS::ApiGateway::RestApi, Properties: {{Policy: {policy}, Body: {{paths: {{{routes}}}}}}}}}\n  \
         D: {{Type: AWS::ApiGateway::Deployment, Properties: {{RestApiId: !Ref A}}}}\n  \
         S: {{Type: AWS::ApiGateway::Stage, Properties: {{RestApiId: !Ref A, DeploymentId: !Ref D, StageName: v1}}}}\n"
    )
}

#[tokio::test]
async fn the_policy_of_an_api_lets_in_whom_it_allows() {
    let statement = |effect: &str, resource: &str| {
        format!(
            "{{Effect: {effect}, Principal: '*', Action: 'execute-api:Invoke', Resource: '{resource}'}}"
        )
    };
    let allowed = statement("Allow", "execute-api:/v1/GET/open");
    let denied = statement("Deny", "execute-api:/*/*/shut");
    let text = api_with(&format!("{{Statement: [{allowed}, {denied}]}}"));
    let folder = Folder::new();
    let options = enforcing(folder.write("template.yaml", &text));
    let stage = Stage::start(options).await.unwrap();
    for (path, status, end) in [
        ("open", 200, ""),
        ("shut", 403, "/v1/GET/shut with an explicit deny"),
        ("shut/", 403, "/v1/GET/shut with an explicit deny"),
        ("other", 403, "/v1/GET/other"),
    ] {
        let answer = send("GET", &format!("{}/{path}", stage.api_url()), &[], "").await;
        assert_eq!(answer.status, status, "{path}");
        if status == 403 {
            let told: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            let told = told["Message"].as_str().unwrap();
            let start = "User: anonymous is not authorized to perform: execute-api:Invoke on resource: \
                         arn:aws:execute-api:us-east-1:********0000:";
            assert!(told.starts_with(start) && told.ends_with(end), "{told}");
        }
    }
}

#[tokio::test]
async fn a_caller_without_a_token_is_told_so_before_the_policy_is_judged() {
    let denied = "{Statement: {Effect: Deny, Principal: '*', Action: '*', Resource: '*'}}";
    let pool = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Pool";
    let scheme = format!(
        "Body: {{components: {{securitySchemes: {{pool: {{type: apiKey, name: Authorization, in: header, \
         x-amazon-apigateway-authtype: cognito_user_pools, x-amazon-apigateway-authorizer: {{type: cognito_user_pools, \
         providerARNs: ['{pool}']}}}}}}}}, "
    );
    let text = api_with(denied).replace("Body: {", &scheme);
    let text = text.replace("{get: {", "{get: {security: [{pool: []}], ");
    let folder = Folder::new();
    let stage = Stage::start(enforcing(folder.write("template.yaml", &text))).await.unwrap();
    let claims = json!({
        "iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool", "sub": "7",
        "exp": jiff::Timestamp::now().as_second() + 60, "token_use": "id",
        "aud": "client",
    });
    let token = stage.issuer().mint(&claims).unwrap();
    let url = format!("{}/open", stage.api_url());
    assert_eq!(send("GET", &url, &[], "").await.status, 401);
    assert_eq!(send("GET", &url, &[("authorization", &token)], "").await.status, 403);
}

/// A REST API of SAM whose document has this policy, with two events of a function.
fn api_of_sam(policy: &str, of_api: &str, of_event: &str) -> String {
    let mock = "{get: {x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{\"statusCode\": \
                200}'}, responses: {default: {statusCode: '200'}}}}}";
    let event = |path: &str, auth: &str| {
        format!(
            "{{Type: Api, Properties: {{RestApiId: !Ref A, Path: '{path}', Method: get{auth}}}}}"
        )
    };
    let guarded = event("/one/{id}", &format!(", Auth: {{ResourcePolicy: {of_event}}}"));
    let free = event("/two", "");
    format!(
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  A: {{Type: AWS::Serverless::Api, Properties: {{StageName: v1, Auth: \
         {{ResourcePolicy: {of_api}}}, DefinitionBody: {{openapi: 3.0.1, {policy}paths: {{'/one/{{id}}': {mock}, /two: {mock}}}}}}}}}\n  \
         F: {{Type: AWS::Serverless::Function, Properties: {{Runtime: provided.al2023, Handler: bootstrap, CodeUri: ., Events: \
         {{One: {guarded}, Two: {free}}}}}, Metadata: {{Binary: fixture}}}}\n"
    )
}

#[tokio::test]
async fn policies_of_sam_are_added_to_that_of_the_document_and_those_of_events_are_for_their_paths()
{
    let stated = |effect: &str, resource: &str| {
        format!(
            "{{Effect: {effect}, Principal: '*', Action: 'execute-api:Invoke', Resource: '{resource}'}}"
        )
    };
    let denied = format!(
        "x-amazon-apigateway-policy: {{Statement: {}}}, ",
        stated("Deny", "execute-api:/*/*/two")
    );
    let allowed = format!("{{CustomStatements: {}}}", stated("Allow", "execute-api:/*"));
    for (policy, of_api, of_event, one, two) in [
        (denied.as_str(), allowed.as_str(), "{}", 200, 403),
        ("", allowed.as_str(), "{AwsAccountBlacklist: ['*']}", 403, 200),
        ("", "{AwsAccountBlacklist: []}", "{AwsAccountWhitelist: ['*']}", 200, 403),
        (
            "",
            "{AwsAccountWhitelist: [], IpRangeWhitelist: []}",
            "{SourceVpcBlacklist: []}",
            200,
            200,
        ),
    ] {
        let folder = Folder::new();
        let text = api_of_sam(policy, of_api, of_event);
        let stage = Stage::start(enforcing(folder.write("template.yaml", &text))).await.unwrap();
        for (path, status) in [("one/7", one), ("two", two)] {
            let answer = send("GET", &format!("{}/{path}", stage.api_url()), &[], "").await;
            assert_eq!(answer.status, status, "{path}: {text}");
        }
    }
    let folder = Folder::new();
    let text = api_of_sam("", "{IpRangeWhitlist: [10.0.0.0/8]}", "{}");
    let error = Stage::start(enforcing(folder.write("template.yaml", &text))).await.err().unwrap();
    assert!(error.to_string().contains("`Auth.ResourcePolicy.IpRangeWhitlist`"), "{error}");
}

#[tokio::test]
async fn what_of_a_policy_shows_only_in_a_call_is_told_and_keeps_callers_out() {
    let policy = "{Statement: [{Effect: Allow, Principal: '*', Action: '*', Resource: '*'}, {Effect: Deny, Principal: '*', \
                  Action: '*', Resource: 'execute-api:/v1/GET/items/7', Condition: {IpAddress: {'aws:SourceIp': 10.0.0.0/8}}}]}";
    let folder = Folder::new();
    let (log, said) = recording_log();
    let template = folder.write("template.yaml", &api_with(policy));
    let stage = Stage::start(StageOptions { log, ..enforcing(template) }).await.unwrap();
    for (path, status) in [("items/8", 200), ("items/7", 403)] {
        let answer = send("GET", &format!("{}/{path}", stage.api_url()), &[], "").await;
        assert_eq!(answer.status, status, "{path}");
    }
    let said = said.lock().unwrap().join("\n");
    let expected = "/v1/GET/items/7: the policy of its API has the condition key `aws:sourceip`";
    assert_eq!(said.matches(expected).count(), 1, "{said}");
}

#[tokio::test]
async fn the_policy_of_an_api_that_cannot_be_judged_is_refused() {
    let address = "{Statement: [{Effect: Allow, Principal: '*', Action: '*', Resource: '*', Condition: {IpAddress: \
                   {'aws:SourceIp': 10.0.0.0/8}}}]}";
    let of_sam = "Transform: AWS::Serverless-2016-10-31\nResources:\n  A: {Type: AWS::Serverless::Api, Properties: {StageName: v1, \
                  Auth: {ResourcePolicy: {IpRangeWhitelist: [10.0.0.0/8]}}, DefinitionBody: {openapi: 3.0.1, paths: {/a: {get: \
                  {x-amazon-apigateway-integration: {type: mock, responses: {default: {statusCode: '200'}}}}}}}}}\n";
    for text in [api_with(address), of_sam.to_owned()] {
        let folder = Folder::new();
        let template = folder.write("template.yaml", &text);
        let error = Stage::start(enforcing(template)).await.err().unwrap().to_string();
        assert!(error.contains("the condition key `aws:sourceip` in its policy"), "{error}");
    }
}
