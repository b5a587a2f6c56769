//! A template and binaries that change under a running stage.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use serde_json::json;
use stage::queue::NewMessage;
use stage::{Stage, StageOptions};

use crate::support::{bin_dir, eventually, get, is_alive, options, send, template};

/// A copy of the fixture that may be changed, with the folder of its program.
pub(crate) struct Copy(PathBuf);

impl Copy {
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("reload-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::copy(template(), folder.join("template.yaml")).unwrap();
        let copy = Self(folder);
        copy.install();
        copy
    }

    /// Puts the program in place as a build does: as a new file.
    pub(crate) fn install(&self) {
        let program = self.0.join("fixture");
        let beside = self.0.join("fixture.new");
        std::fs::copy(bin_dir().join("fixture"), &beside).unwrap();
        std::fs::rename(beside, program).unwrap();
    }

    pub(crate) fn edit(&self, old: &str, new: &str) {
        let path = self.0.join("template.yaml");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "{old}");
        std::fs::write(path, text.replace(old, new)).unwrap();
    }

    pub(crate) fn options(&self) -> StageOptions {
        let bin_dir = Some(self.0.clone());
        StageOptions { bin_dir, template: self.0.join("template.yaml"), ..options() }
    }

    async fn stage(&self) -> Stage {
        Stage::start(self.options()).await.unwrap()
    }
}

async fn pid(stage: &Stage) -> u64 {
    get(&format!("{}/all/sleep?ms=0", stage.api_url())).await.json()["pid"].as_u64().unwrap()
}

#[tokio::test]
async fn a_program_that_changed_answers_what_is_new_and_finishes_what_is_under_way() {
    let copy = Copy::new("program");
    let mut stage = copy.stage().await;
    let before = pid(&stage).await;
    assert_eq!(stage.reload().await.unwrap().n_functions, 0);
    assert_eq!(pid(&stage).await, before, "what did not change goes on");

    let url = format!("{}/all/sleep?ms=600", stage.api_url());
    let slow = tokio::spawn(async move { get(&url).await });
    eventually("the request is worked on", async || {
        let name = stage.function_name("EchoFunction").unwrap();
        (stage.metrics().functions[name].n_busy == 1).then_some(())
    })
    .await;
    copy.install();
    assert!(stage.reload().await.unwrap().n_functions > 0);
    let after = pid(&stage).await;
    assert_ne!(after, before);
    let slow = slow.await.unwrap();
    assert_eq!((slow.status, slow.json()["pid"].as_u64()), (200, Some(before)));
    eventually("the old process is gone", async || (!is_alive(before)).then_some(())).await;
    assert!(is_alive(after));
}

#[tokio::test]
async fn a_template_that_changed_keeps_ports_items_and_messages() {
    let copy = Copy::new("template");
    let mut stage = copy.stage().await;
    let (url, endpoint) = (stage.api_url().to_owned(), stage.dynamodb_endpoint());
    let table = stage.table_name("ItemTable").unwrap().to_owned();
    let call = async |action: &str, body: serde_json::Value| {
        let target = format!("DynamoDB_20120810.{action}");
        let headers = [
            ("x-amz-target", target.as_str()),
            ("content-type", "application/x-amz-json-1.0"),
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=a",
            ),
            ("x-amz-date", "20260101T000000Z"),
        ];
        send("POST", &endpoint, &headers, Bytes::from(body.to_string())).await
    };
    let item = json!({"id": {"S": "1"}, "kind": {"S": "a"}, "colour": {"S": "large"}});
    let put = call("PutItem", json!({"TableName": table, "Item": item})).await;
    assert_eq!(put.status, 200, "{:?}", put.body);
    let failure = stage.queues().queue_by_url(stage.queue_url("FailureQueue").unwrap()).unwrap();
    failure.send(NewMessage::text("kept")).unwrap();

    copy.edit("/echo/static:", "/echo/{id}/more:");
    copy.edit("byKind", "byColour");
    copy.edit(
        "- {AttributeName: kind, AttributeType: S}",
        "- {AttributeName: colour, AttributeType: S}",
    );
    copy.edit("- {AttributeName: kind, KeyType: HASH}", "- {AttributeName: colour, KeyType: HASH}");
    copy.edit("  FailureQueue:\n", "  NewQueue:\n    Type: AWS::SQS::Queue\n  FailureQueue:\n");
    let reloaded = stage.reload().await.unwrap();
    assert_eq!(reloaded.notes, Vec::<String>::new());
    assert_eq!(stage.api_url(), url);
    assert_eq!(get(&format!("{url}/echo/1/more")).await.status, 200);
    assert_eq!(failure.depth().visible, 1);
    assert!(stage.queue_url("NewQueue").is_some());
    let found = call(
        "Query",
        json!({"TableName": table, "IndexName": "byColour", "KeyConditionExpression": "colour = :c",
            "ExpressionAttributeValues": {":c": {"S": "large"}}}),
    )
    .await;
    assert_eq!(found.json()["Items"][0], item, "{:?}", found.body);

    copy.edit("- {AttributeName: id, KeyType: HASH}", "- {AttributeName: colour, KeyType: HASH}\n        - {AttributeName: missing, KeyType: RANGE}");
    copy.edit(
        "- {AttributeName: id, AttributeType: S}",
        "- {AttributeName: missing, AttributeType: S}",
    );
    let reloaded = stage.reload().await.unwrap();
    assert!(reloaded.notes[0].contains("1 of 1 items"), "{:?}", reloaded.notes);
}

#[tokio::test]
async fn what_cannot_be_stood_up_changes_nothing() {
    let copy = Copy::new("broken");
    let mut stage = copy.stage().await;
    let before = pid(&stage).await;
    for (old, new) in
        [("Binary: fixture", "Binary: nothing"), ("Type: AWS::SQS::Queue", "Type: AWS::SNS::Topic")]
    {
        copy.edit(old, new);
        let error = stage.reload().await.unwrap_err();
        assert!(!error.to_string().is_empty());
        assert_eq!(pid(&stage).await, before);
        copy.edit(new, old);
    }
    stage.reload().await.unwrap();
    assert_eq!(pid(&stage).await, before);
}
