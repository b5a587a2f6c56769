//! Functions in languages, run by the interpreters of this machine: Node.js and Python must be installed.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use stage::{Log, Stage, StageOptions};

use crate::support::{Folder, eventually, recording_log, send};

pub(crate) fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name)
}

/// A stage of a template that says nothing on standard error.
pub(crate) async fn stage_of(template: impl Into<PathBuf>) -> Stage {
    let options = StageOptions { log: Log::silent(), ..StageOptions::new(template) };
    Stage::start(options).await.unwrap_or_else(|error| panic!("{error}"))
}

/// Why a template cannot be stood up.
pub(crate) async fn refusal_of(template: impl Into<PathBuf>) -> String {
    let options = StageOptions { log: Log::silent(), ..StageOptions::new(template) };
    match Stage::start(options).await {
        Ok(_) => panic!("it stands"),
        Err(error) => error.to_string(),
    }
}

/// What a function answers, and whether it is an error.
pub(crate) async fn invoke(stage: &Stage, id: &str, event: Value) -> (Value, bool) {
    let name = stage.function_name(id).unwrap();
    let url = format!("{}/2015-03-31/functions/{name}/invocations", stage.aws_endpoint());
    let answer = send("POST", &url, &[], event.to_string()).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    let is_error = answer.headers.contains_key("x-amz-function-error");
    (answer.json(), is_error)
}

#[tokio::test]
async fn inline_code_gets_a_context_and_the_environment_of_lambda() {
    let stage = stage_of(case("languages/template.yaml")).await;
    let (answer, is_error) = invoke(&stage, "Inline", json!({ "a": [1] })).await;
    assert!(!is_error, "{answer}");
    let expected = json!({
        "event": { "a": [1] },
        "name": "local-Inline",
        "remaining": true,
        "arn": "arn:aws:lambda:us-east-1:000000000000:function:local-Inline",
        "region": "us-east-1",
        "handler": "index.handler",
        "memory": "128",
        "execution": "AWS_Lambda_nodejs20.x",
    });
    assert_eq!(answer, expected);
    let (answer, _) = invoke(&stage, "InlineSnake", json!([])).await;
    assert_eq!((&answer["event"], &answer["root"]), (&json!([]), &json!(true)));
    assert_eq!(answer["id"].as_str().unwrap().len(), 36);
    let (answer, _) = invoke(&stage, "Module", json!({})).await;
    assert_eq!(answer, json!({ "type": "module" }));
}

#[tokio::test]
async fn handlers_in_javascript_answer_by_promise_and_by_callback() {
    let stage = stage_of(case("languages/template.yaml")).await;
    let act = async |act: &str| invoke(&stage, "Folder", json!({ "act": act })).await;
    let (answer, _) = act("plain").await;
    assert_eq!(answer["act"], "plain");
    assert_eq!(act("callback").await, (json!({ "by": "callback" }), false));
    assert_eq!(act("late").await, (json!({ "act": "late", "late": true }), false));
    assert_eq!(act("nothing").await, (Value::Null, false));
}

#[tokio::test]
async fn functions_set_their_own_time_zone_and_logs_are_json_of_a_level_and_callbacks_have_ended() {
    let folder = Folder::new();
    let text = r#"Resources:
  Zone:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs20.x
      Handler: index.handler
      Environment: {Variables: {TZ: Asia/Kolkata, PATH: /own}}
      Code: {ZipFile: "exports.handler = async () => [new Date(0).getHours(), process.env.PATH.split(':')[0]];"}
  Callback:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Code: {ZipFile: "exports.handler = (event, context, callback) => callback(null, 'ok');"}
  Node:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs20.x
      Handler: index.handler
      LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: WARN}
      Code: {ZipFile: "exports.handler = async () => { console.info('low'); console.warn({ a: 1 }); console.error('it', new RangeError('far')); };"}
  Snake:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.11
      Handler: index.handler
      LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: WARN}
      Code:
        ZipFile: |
          import logging
          def handler(event, context):
              logging.info("low")
              logging.warning("hoch ü %s", 1, extra={"order": "o1", "odd": {1}})
              try:
                  raise ValueError("odd")
              except ValueError:
                  logging.exception("failed", extra={"logger": "other", "level": "other"})
"#;
    let template = folder.write("template.yaml", text);
    let (log, lines) = recording_log();
    let options = StageOptions { log, ..StageOptions::new(template) };
    let stage = Stage::start(options).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(invoke(&stage, "Zone", json!({})).await, (json!([5, "/own"]), false));
    let (error, is_error) = invoke(&stage, "Callback", json!({})).await;
    assert!(is_error && error["errorType"] == "Runtime.CallbackHandlerDeprecated", "{error}");
    for id in ["Node", "Snake"] {
        let (answer, is_error) = invoke(&stage, id, json!({})).await;
        assert!(!is_error, "{answer}");
    }
    // What the other functions log is no such object.
    let written = || -> Vec<Value> {
        let lines = lines.lock().unwrap();
        let of_both = |line: &&String| ["Node | ", "Snake | "].iter().any(|id| line.contains(id));
        let objects = lines.iter().filter(of_both).filter_map(|line| line.split_once(" | "));
        objects.filter_map(|(_, object)| serde_json::from_str::<Value>(object).ok()).collect()
    };
    let told = eventually("all lines", async || Some(written()).filter(|all| all.len() >= 4)).await;
    let of = |key: &str, value: Value| {
        let found = told.iter().find(|line| line[key] == value);
        found.unwrap_or_else(|| panic!("{key}: {told:?}")).clone()
    };
    assert_eq!(of("level", json!("WARN"))["message"], json!({ "a": 1 }));
    assert_eq!(of("errorMessage", json!("far"))["errorType"], "RangeError");
    let snake = of("message", json!("hoch ü 1"));
    assert_eq!(
        (&snake["level"], &snake["order"], &snake["logger"], &snake["location"]),
        (&json!("WARNING"), &json!("o1"), &json!("root"), &Value::Null)
    );
    let failed = of("message", json!("failed"));
    assert_eq!(
        (&failed["logger"], &failed["errorType"], &failed["errorMessage"]),
        (&json!("root"), &json!("ValueError"), &json!("odd"))
    );
    let location = failed["location"].as_str().unwrap();
    assert!(location.contains("index.py:handler:"), "{location}");
    assert!(told.iter().all(|line| line["message"] != "low"), "{told:?}");
    let notes = lines.lock().unwrap();
    assert!(!notes.iter().any(|line| line.contains("`LogFormat: JSON`")), "{notes:?}");
    drop(notes);
    // Not escaped.
    assert!(lines.lock().unwrap().iter().any(|line| line.contains("hoch ü 1")));
}

#[tokio::test]
async fn errors_in_javascript_have_the_form_of_lambda() {
    let stage = stage_of(case("languages/template.yaml")).await;
    let failed = async |id: &str, act: &str| {
        let (error, is_error) = invoke(&stage, id, json!({ "act": act })).await;
        assert!(is_error, "{error}");
        (error["errorType"].clone(), error["errorMessage"].clone(), error["trace"].clone())
    };
    let (kind, message, trace) = failed("Folder", "fails").await;
    assert_eq!((kind, message), (json!("RangeError"), json!("too far")));
    assert_eq!(trace[0], "RangeError: too far");
    let (kind, message, _) = failed("Folder", "throws").await;
    assert_eq!((kind, message), (json!("TypeError"), json!("no such thing")));
    let (kind, message, trace) = failed("Folder", "text").await;
    assert_eq!((kind, message, trace), (json!("string"), json!("only text"), json!([])));
    let (kind, message, _) = failed("Folder", "rejects").await;
    assert_eq!(kind, "Runtime.UnhandledPromiseRejection");
    assert_eq!(message, "Error: nobody looks");
    let (kind, message, _) = failed("Missing", "").await;
    assert_eq!(kind, "Runtime.ImportModuleError");
    assert!(message.as_str().unwrap().contains("absent"), "{message}");
    let (kind, message, _) = failed("Streaming", "").await;
    assert_eq!(kind, "Runtime.StreamingUnsupported");
    assert!(message.as_str().unwrap().contains("whole response"), "{message}");
}

#[tokio::test]
async fn sdks_that_do_not_read_the_endpoint_reach_the_stage_and_it_is_told() {
    let (log, lines) = recording_log();
    let options = StageOptions { log, ..StageOptions::new(case("languages/template.yaml")) };
    let stage = Stage::start(options).await.unwrap();
    assert_eq!(
        invoke(&stage, "Folder", json!({ "act": "asks" })).await.0,
        json!({ "TableNames": [] })
    );
    let told = "local-Folder | requests to dynamodb.us-east-1.amazonaws.com are sent to the stage";
    eventually("the function tells it", async || {
        lines.lock().unwrap().iter().any(|line| line.starts_with(told)).then_some(())
    })
    .await;
}

#[tokio::test]
async fn handlers_in_python_answer_and_fail_as_in_lambda() {
    let (log, lines) = recording_log();
    let options = StageOptions { log, ..StageOptions::new(case("languages/template.yaml")) };
    let stage = Stage::start(options).await.unwrap();
    let act = async |act: &str| invoke(&stage, "Snake", json!({ "act": act })).await;
    assert_eq!(act("plain").await.0, json!({ "act": "plain", "remaining": true, "memory": "128" }));
    eventually("the warning", async || {
        let is_it =
            |line: &String| line.contains("[WARNING]\t") && line.ends_with("\tasked for plain");
        lines.lock().unwrap().iter().any(is_it).then_some(())
    })
    .await;
    act("prints").await;
    eventually("what the handler printed", async || {
        let printed = |line: &String| line.ends_with("| printed by the handler");
        lines.lock().unwrap().iter().any(printed).then_some(())
    })
    .await;
    let name = stage.function_name("Snake").unwrap();
    let url = format!("{}/2015-03-31/functions/{name}/invocations", stage.aws_endpoint());
    let raw = send("POST", &url, &[], r#"{"act": "number"}"#).await;
    assert_eq!(raw.body, r#"{"price": 19.90, "text": "Gr\u00fc\u00dfe"}"#.as_bytes());
    let (error, is_error) = act("fails").await;
    assert!(is_error);
    assert_eq!(
        (&error["errorType"], &error["errorMessage"]),
        (&json!("Strange"), &json!("not like this"))
    );
    assert!(error["stackTrace"][0].as_str().unwrap().contains("package/app.py"), "{error}");
    assert_eq!(error["requestId"].as_str().unwrap().len(), 36);
    let (error, _) = act("set").await;
    assert_eq!(error["errorType"], "Runtime.MarshalError");
    let (error, _) = act("exits").await;
    assert_eq!(error["errorType"], "Runtime.ExitError");
    let (error, _) = invoke(&stage, "Absent", json!({})).await;
    assert_eq!(error["errorType"], "Runtime.HandlerNotFound");
}

fn function(runtime: &str, more: &str) -> String {
    format!(
        "Resources:\n  Fn:\n    Type: AWS::Lambda::Function\n    Properties:\n      Runtime: {runtime}\n      \
         Handler: index.handler\n      {more}\n"
    )
}

/// A program of `/bin/sh` in a folder.
fn script(folder: &Folder, name: &str, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let path = folder.write(name, &format!("#!/bin/sh\n{text}\n"));
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[tokio::test]
async fn a_wrapper_starts_the_runtime_and_what_is_not_started_is_reported() {
    let folder = Folder::new();
    folder.write("index.js", "exports.handler = async () => process.env.WRAPPED ?? 'alone'");
    script(&folder, "wrap", "export WRAPPED=\"wrapped $(basename $1)\"; exec \"$@\"");
    std::fs::create_dir_all(folder.0.join("layer/extensions")).unwrap();
    script(&folder, "layer/extensions/watcher", "exit 0");
    let with = |wrapper: &str| {
        let more = format!(
            "Code: .\n      Layers: [!Ref Layer]\n      Environment: {{Variables: {{AWS_LAMBDA_EXEC_WRAPPER: \
             {wrapper}}}}}\n  Layer:\n    Type: AWS::Lambda::LayerVersion\n    Properties: {{Content: layer}}"
        );
        function("nodejs20.x", &more)
    };
    for (wrapper, expected, reported) in [
        ("/var/task/wrap", "wrapped node", "has the extension `watcher` in a layer"),
        ("/opt/none", "alone", "runs without its `AWS_LAMBDA_EXEC_WRAPPER`: /opt/none"),
    ] {
        let (log, lines) = recording_log();
        let template = folder.write("template.yaml", &with(wrapper));
        let options = StageOptions { log, ..StageOptions::new(template) };
        let stage = Stage::start(options).await.unwrap();
        let (answer, _) = invoke(&stage, "Fn", json!({})).await;
        assert_eq!(answer, expected);
        let said = lines.lock().unwrap().join("\n");
        assert!(said.contains(reported), "{said}");
    }
}

/// A runtime in the shell: it starts the function that the handler names, in the file that the handler names.
const SHELL: &str = r#"
set -eu
. "$LAMBDA_TASK_ROOT/${_HANDLER%.*}.sh"
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
while true; do
  head=$(mktemp)
  event=$(curl -sS -D "$head" "$api/invocation/next")
  id=$(grep -i '^lambda-runtime-aws-request-id:' "$head" | cut -d: -f2 | tr -d '[:space:]')
  "${_HANDLER#*.}" "$event" | curl -sS -H 'Transfer-Encoding: chunked' --data-binary @- "$api/invocation/$id/response" >/dev/null
done"#;

#[tokio::test]
async fn a_runtime_of_the_shell_runs_beside_the_code_and_in_a_layer() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.0.join("layer")).unwrap();
    std::fs::create_dir_all(folder.0.join("beside")).unwrap();
    std::fs::create_dir_all(folder.0.join("code")).unwrap();
    script(&folder, "layer/bootstrap", SHELL);
    script(&folder, "beside/bootstrap", SHELL);
    for place in ["beside", "code"] {
        let handler =
            format!("handler() {{ echo \"{{\\\"event\\\": $1, \\\"in\\\": \\\"{place}\\\"}}\"; }}");
        folder.write(&format!("{place}/function.sh"), &handler);
    }
    let layer = "\n  Layer: {Type: 'AWS::Lambda::LayerVersion', Properties: {Content: layer}}";
    for (place, more) in [("beside", ""), ("code", "\n      Layers: [!Ref Layer]")] {
        let text = function("provided.al2023", &format!("Code: {place}{more}{layer}"));
        let text = text.replace("index.handler", "function.handler");
        let stage = stage_of(folder.write(&format!("{place}.yaml"), &text)).await;
        for event in [json!([1]), json!({ "a": "b" })] {
            let answer = invoke(&stage, "Fn", event.clone()).await;
            assert_eq!(answer, (json!({ "event": event, "in": place }), false));
        }
    }
}

#[tokio::test]
async fn archives_are_unpacked() {
    let folder = Folder::new();
    let mut archive =
        zip::ZipWriter::new(std::fs::File::create(folder.0.join("code.zip")).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("index.js", options).unwrap();
    archive.write_all(b"exports.handler = async () => require('./lib/answer')").unwrap();
    archive.start_file("lib/answer.js", options).unwrap();
    archive.write_all(b"module.exports = 42").unwrap();
    archive.finish().unwrap();
    let stage = stage_of(folder.write("t.yaml", &function("nodejs22.x", "Code: code.zip"))).await;
    assert_eq!(invoke(&stage, "Fn", json!({})).await, (json!(42), false));
}

#[tokio::test]
async fn a_changed_handler_is_taken_up() {
    let folder = Folder::new();
    let template = folder.write("t.yaml", &function("nodejs20.x", "Code: ."));
    folder.write("index.js", "exports.handler = async () => 1");
    let mut stage = stage_of(template).await;
    assert_eq!(invoke(&stage, "Fn", json!({})).await.0, json!(1));
    assert_eq!(stage.reload().await.unwrap().n_functions, 0);
    folder.write("index.js", "exports.handler = async () => 'two'");
    assert_eq!(stage.reload().await.unwrap().n_functions, 1);
    assert_eq!(invoke(&stage, "Fn", json!({})).await.0, json!("two"));
}

#[tokio::test]
async fn a_command_runs_a_language_in_the_place_of_the_stages_own_client() {
    let folder = Folder::new();
    let client = case("../../src/lambda/runtimes/nodejs.cjs");
    folder.write("index.js", "exports.handler = async () => process.argv[2]");
    let template = folder.write("t.yaml", &function("ruby3.4", "Code: ."));
    let command = vec!["node".to_owned(), client.display().to_string()];
    let options = StageOptions {
        runtimes: [("ruby".to_owned(), command)].into(),
        log: Log::silent(),
        ..StageOptions::new(template)
    };
    let stage = Stage::start(options).await.unwrap();
    assert_eq!(invoke(&stage, "Fn", json!({})).await.0, json!("index.handler"));
}

#[tokio::test]
async fn what_nothing_here_runs_is_refused_with_what_to_do() {
    let folder = Folder::new();
    let refused = async |runtime: &str, more: &str, expected: &str| {
        let template = folder.write("t.yaml", &function(runtime, more));
        let error = refusal_of(&template).await;
        let error = error.replace(&format!("{}/", folder.0.display()), "");
        assert_eq!(error, expected);
    };
    let subject = "resource `Fn` (AWS::Lambda::Function): property";
    refused(
        "dotnet8",
        "Code: .",
        &format!(
            "t.yaml:5: {subject} `Runtime` is `dotnet8`, which the stage does not support; pass the command of its runtime interface client: --runtime 'dotnet=COMMAND'"
        ),
    )
    .await;
    refused(
        "go1.x",
        "Code: .",
        &format!(
            "t.yaml:5: {subject} `Runtime` is `go1.x`, which the stage does not support; build the function for `provided.al2023`, as AWS recommends for Go"
        ),
    )
    .await;
    refused(
        "nodejs20.x",
        "Code: {S3Bucket: b, S3Key: k.zip}",
        &format!(
            "t.yaml:7: {subject} `Code` is `k.zip` in S3, which the stage cannot read; use the template from before `package`, with a local folder or archive"
        ),
    )
    .await;
    refused(
        "nodejs20.x",
        "Code: ./absent",
        "t.yaml:2: function `local-Fn` needs a folder or an archive as its code; looked for ./absent",
    )
    .await;
}
