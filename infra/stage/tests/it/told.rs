//! What a stage says of itself and of what went wrong: at start, in its log, in figures, and for names that nobody has.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use stage::{Journal, Stage, StageOptions};

use crate::support::{Folder, eventually, get, recording_log, send};

/// An API of mocks, a schedule of a bus, and a schedule of a queue that the bus of its event does not reach.
const QUIET: &str = r#"
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        openapi: 3.0.1
        info: {title: Mock, version: "1"}
        paths:
          /told/{id}:
            get:
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates: {application/json: '{"statusCode": 200}'}
                responses:
                  default:
                    statusCode: 200
                    responseTemplates: {application/json: '{"id": "$input.params(''id'')", "of": "$context.resourcePath"}'}
  Deployment: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Api, StageName: live}}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: b}}
  Other: {Type: AWS::Events::EventBus, Properties: {Name: other}}
  Inbox: {Type: AWS::SQS::Queue}
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: {source: [clock]}
      Targets: [{Id: q, Arn: !GetAtt Inbox.Arn}]
  Tick:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: cron(0 0 1 1 ? 2090)
      FlexibleTimeWindow: {Mode: "OFF"}
      Target: {Arn: !GetAtt Bus.Arn, RoleArn: r, Input: '{"tick": true}', EventBridgeParameters: {DetailType: Ticked, Source: clock}}
  Broken:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: cron(0 0 1 1 ? 2090)
      FlexibleTimeWindow: {Mode: "OFF"}
      Target: {Arn: !GetAtt Bus.Arn, RoleArn: r, Input: 'no JSON', EventBridgeParameters: {DetailType: Ticked, Source: clock}}
"#;

async fn quiet(folder: &Folder) -> (Stage, std::sync::Arc<std::sync::Mutex<Vec<String>>>) {
    let (log, lines) = recording_log();
    let template = folder.write("template.yaml", QUIET);
    let options = StageOptions { log, journal: Journal::kept(), ..StageOptions::new(template) };
    (Stage::start(options).await.unwrap_or_else(|error| panic!("{error}")), lines)
}

#[tokio::test]
async fn templates_of_mock_integrations_are_filled_with_the_request() {
    let folder = Folder::new();
    let (stage, _) = quiet(&folder).await;
    let answer = get(&format!("{}/told/a", stage.api_url())).await;
    assert_eq!(answer.json(), json!({ "id": "a", "of": "/told/{id}" }));
}

#[tokio::test]
async fn a_schedule_puts_its_event_on_a_bus_and_a_run_that_fails_is_told() {
    let folder = Folder::new();
    let (stage, lines) = quiet(&folder).await;
    stage.fire_schedule("Tick").unwrap();
    let queue = stage.queues().queue_by_url(stage.queue_url("Inbox").unwrap()).unwrap();
    let message = eventually("the event", async || queue.peek(1).first().cloned()).await;
    let event: Value = serde_json::from_str(&message.body).unwrap();
    let of = (&event["source"], &event["detail-type"], &event["detail"]);
    assert_eq!(of, (&json!("clock"), &json!("Ticked"), &json!({ "tick": true })));
    stage.fire_schedule("Broken").unwrap();
    let line = eventually("the problem", async || {
        let lines = lines.lock().unwrap();
        lines.iter().find(|line| line.starts_with("local-Broken: ")).cloned()
    })
    .await;
    assert!(line.contains("a run for") && line.contains("is lost: MalformedDetail"), "{line}");
    let system = get(&format!("{}/_stage/system", stage.aws_endpoint())).await.json();
    let taken = |name: &str| {
        let parts = system["parts"].as_array().unwrap();
        let bus = parts.iter().find(|part| part["kind"] == "bus" && part["name"] == name).unwrap();
        (bus["figures"]["taken"].clone(), bus["figures"]["delivered"].clone())
    };
    assert_eq!(taken("b"), (json!(1), json!(1)));
    assert_eq!(taken("other"), (json!(0), json!(0)), "each bus has its own figures");
}

/// Neither the target nor its dead-letter queue takes a message of that size.
#[tokio::test]
async fn an_event_that_no_dead_letter_queue_takes_is_told_as_lost() {
    let folder = Folder::new();
    let text = "Resources:\n  Small: {Type: 'AWS::SQS::Queue', Properties: {MaximumMessageSize: 1024}}\n  Rule:\n    \
                Type: AWS::Events::Rule\n    Properties:\n      EventPattern: {source: [s]}\n      \
                Targets: [{Id: q, Arn: !GetAtt Small.Arn, DeadLetterConfig: {Arn: !GetAtt Small.Arn}}]\n";
    let (log, lines) = recording_log();
    let options = StageOptions { log, ..StageOptions::new(folder.write("template.yaml", text)) };
    let stage = Stage::start(options).await.unwrap_or_else(|error| panic!("{error}"));
    let detail = json!({ "text": "a".repeat(2_000) }).to_string();
    let event = json!({ "Source": "s", "DetailType": "T", "Detail": detail });
    let headers = [("x-amz-target", "AWSEvents.PutEvents")];
    let body = json!({ "Entries": [event] }).to_string();
    assert_eq!(send("POST", stage.aws_endpoint(), &headers, body).await.status, 200);
    let line = eventually("the problem", async || {
        let lines = lines.lock().unwrap();
        lines.iter().find(|line| line.starts_with("local-Rule: ")).cloned()
    })
    .await;
    assert!(line.contains("is lost, for the dead-letter queue did not take it either"), "{line}");
}

#[test]
fn apis_and_their_routes_are_named_at_start() {
    let folder = Folder::new();
    let template = folder.write("template.yaml", QUIET);
    let mut command = Command::new(env!("CARGO_BIN_EXE_stage"));
    command.args(["--no-build", "--port", "0", "--template"]).arg(template);
    let mut child = command.current_dir(&folder.0).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let told: Vec<String> = lines.take(2).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(told[0].starts_with("api") && told[0].ends_with("(REST API Api)"), "{told:?}");
    assert!(told[1].contains("GET      http://") && told[1].ends_with("/told/{id}"), "{told:?}");
}

#[test]
fn a_token_for_a_template_of_ones_own_is_printed() {
    let folder = Folder::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_stage"));
    command.current_dir(&folder.0).args(["token", "iss=https://me.example", "aud=[\"a\",\"b\"]"]);
    let output = command.output().unwrap();
    let token = String::from_utf8(output.stdout).unwrap();
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(
        (&claims["iss"], &claims["aud"]),
        (&json!("https://me.example"), &json!(["a", "b"]))
    );
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 3_600);
}
