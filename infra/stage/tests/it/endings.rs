//! What runtimes say: how invocations end that end oddly, and what the Runtime API and `Invoke` tell of an invocation.

use serde_json::{Value, json};
use stage::{Log, Stage, StageOptions};

use crate::languages::invoke;
use crate::support::{Folder, eventually, options, recording_log, send};

const TEMPLATE: &str = r#"
Resources:
  Exits:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: arn:aws:iam::000000000000:role/r
      Code: {ZipFile: 'exports.handler = async () => process.exit(0);'}
  Circle:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: arn:aws:iam::000000000000:role/r
      Code: {ZipFile: 'exports.handler = async () => { const a = {}; a.a = a; return a; };'}
  Nothing:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: arn:aws:iam::000000000000:role/r
      Code: {ZipFile: 'exports.handler = () => Promise.reject(null);'}
  Context:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      Role: arn:aws:iam::000000000000:role/r
      Code: {ZipFile: 'def handler(event, context): return [context.tenant_id, context.invoked_function_arn]'}
  One: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Context}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Context, FunctionVersion: !GetAtt One.Version, Name: live}}
  Slow:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: arn:aws:iam::000000000000:role/r
      Code: {ZipFile: 'exports.handler = async (event) => { require("fs").writeFileSync(event.rawPath ?? event.file, "done"); };'}
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: a, ProtocolType: HTTP, Target: !GetAtt Slow.Arn}}
  Extends:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      Role: arn:aws:iam::000000000000:role/r
      Code:
        ZipFile: |
          import http.client, os
          def handler(event, context):
              api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
              api.request("POST", "/2020-01-01/extension/register", "{}", {"Lambda-Extension-Name": "own"})
              return api.getresponse().status
  Dead: {Type: AWS::SQS::Queue}
  Off:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: arn:aws:iam::000000000000:role/r
      ReservedConcurrentExecutions: 0
      DeadLetterConfig: {TargetArn: !GetAtt Dead.Arn}
      Code: {ZipFile: 'exports.handler = async () => 1;'}
  Headers:
    Type: AWS::Lambda::Function
    Properties: {Runtime: provided.al2023, Handler: h, Role: 'arn:aws:iam::000000000000:role/r', Code: code}
"#;

/// A runtime that answers with the names of the headers of its event.
const BOOTSTRAP: &str = r#"#!/usr/bin/env python3
import http.client, json, os
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
while True:
    api.request("GET", "/2018-06-01/runtime/invocation/next")
    event = api.getresponse()
    event.read()
    id = event.headers["Lambda-Runtime-Aws-Request-Id"]
    api.request("POST", f"/2018-06-01/runtime/invocation/{id}/response", json.dumps(event.headers.keys()))
    api.getresponse().read()
"#;

async fn stage() -> (Stage, Folder) {
    stage_with(Log::silent()).await
}

async fn stage_with(log: Log) -> (Stage, Folder) {
    let folder = Folder::new();
    std::fs::create_dir(folder.0.join("code")).unwrap();
    let bootstrap = folder.write("code/bootstrap", BOOTSTRAP);
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(bootstrap, mode).unwrap();
    let template = folder.write("template.yaml", TEMPLATE);
    let stage = Stage::start(StageOptions { template, log, ..options() }).await.unwrap();
    (stage, folder)
}

#[tokio::test]
async fn what_ends_oddly_is_told_in_the_words_of_lambda() {
    let (stage, _folder) = stage().await;
    for (id, kind, message) in [
        ("Exits", "Runtime.ExitError", "Error: Runtime exited without providing a reason"),
        ("Circle", "Error", "Unable to stringify response body"),
        ("Nothing", "handled", "callback called with Error argument, but there was a problem"),
    ] {
        let (answer, is_error) = invoke(&stage, id, json!({})).await;
        assert!(is_error, "{id}: {answer}");
        assert_eq!(answer["errorType"], kind, "{answer}");
        assert!(answer["errorMessage"].as_str().unwrap().contains(message), "{answer}");
    }
}

#[tokio::test]
async fn the_runtime_api_writes_names_of_headers_as_lambda_does() {
    let (stage, _folder) = stage().await;
    let (names, _) = invoke(&stage, "Headers", json!({})).await;
    for name in ["Lambda-Runtime-Aws-Request-Id", "Lambda-Runtime-Deadline-Ms"] {
        assert!(names.as_array().unwrap().contains(&name.into()), "{names}");
    }
}

#[tokio::test]
async fn a_function_sees_the_arn_by_which_it_is_invoked() {
    let (stage, _folder) = stage().await;
    let base = format!("{}/2015-03-31/functions", stage.aws_endpoint());
    for (asked, qualifier) in [
        ("local-Context", ""),
        ("local-Context?Qualifier=$LATEST", ""),
        ("local-Context?Qualifier=live", ":live"),
        ("local-Context:live", ":live"),
        ("local-Context:1?Qualifier=1", ":1"),
    ] {
        let (name, query) = asked.split_once('?').unwrap_or((asked, ""));
        let url = format!("{base}/{name}/invocations?{query}");
        let answer: Value = send("POST", &url, &[], "{}").await.json();
        let arn =
            format!("arn:aws:lambda:us-east-1:000000000000:function:local-Context{qualifier}");
        assert_eq!(answer, json!([null, arn]), "{asked}");
    }
    let url = format!("{base}/local-Context:live/invocations?Qualifier=1");
    let answer = send("POST", &url, &[], "{}").await;
    assert_eq!(answer.status, 400);
    assert!(answer.json()["Message"].as_str().unwrap().contains("derived qualifier"));
}

/// It is not told whether its function runs, and must not send again what must not be done twice.
#[tokio::test]
async fn what_a_client_asked_for_is_done_also_when_it_is_gone() {
    use tokio::io::AsyncWriteExt as _;
    let (stage, folder) = stage().await;
    let (by_api, by_call) = (folder.0.join("by-api"), folder.0.join("by-call"));
    let event = json!({ "file": by_call }).to_string();
    for (n_asked, url, request) in [
        (
            1,
            stage.api_url(),
            format!("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", by_api.display()),
        ),
        (
            2,
            stage.aws_endpoint(),
            format!(
                "POST /2015-03-31/functions/local-Slow/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n{event}",
                event.len()
            ),
        ),
    ] {
        let address = url.strip_prefix("http://").unwrap();
        let mut client = tokio::net::TcpStream::connect(address).await.unwrap();
        client.write_all(request.as_bytes()).await.unwrap();
        // Long before the process has started, and after the request was read.
        let name = stage.function_name("Slow").unwrap();
        eventually("the request was read", async || {
            (stage.metrics().functions[name].invocations == n_asked).then_some(())
        })
        .await;
    }
    for file in [by_api, by_call] {
        eventually("it was done", async || file.is_file().then_some(())).await;
    }
}

/// Reserved concurrency of zero switches a function off.
#[tokio::test]
async fn an_event_for_a_function_that_is_switched_off_is_a_dead_letter_at_once() {
    let (stage, _folder) = stage().await;
    let url = format!("{}/2015-03-31/functions/local-Off/invocations", stage.aws_endpoint());
    let later = [("x-amz-invocation-type", "Event")];
    assert_eq!(send("POST", &url, &later, r#"{"n":1}"#).await.status, 202);
    let dead = stage.queues().queue_by_url(stage.queue_url("Dead").unwrap()).unwrap();
    eventually("the dead letter", async || (dead.ledger().sent == 1).then_some(())).await;
    assert_eq!(dead.peek(1)[0].body, r#"{"n":1}"#);
    assert_eq!(send("POST", &url, &[], "{}").await.status, 429);
}

#[tokio::test]
async fn what_extensions_ask_for_is_refused_and_reported() {
    let (log, said) = recording_log();
    let (stage, _folder) = stage_with(log).await;
    let (status, is_error) = invoke(&stage, "Extends", json!({})).await;
    assert!(!is_error && status == 404, "{status}");
    let said = said.lock().unwrap().join("\n");
    assert!(said.contains("local-Extends: the stage does not support extensions"), "{said}");
}
