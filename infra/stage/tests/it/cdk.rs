//! What `cdk synth` writes, as it is: assets, layers, aliases, and REST APIs whose routes are resources of their own.

use serde_json::json;
use stage::{Log, Stage, StageOptions};

use crate::languages::{case, refusal_of, stage_of};
use crate::sam::call;
use crate::support::{eventually, get, send};

#[tokio::test]
async fn a_cloud_assembly_stands_with_its_assets_layers_and_aliases() {
    let stage = stage_of(case("cdk.out")).await;
    let url = stage.api_url();
    assert_eq!(stage.output("ApiEndpoint"), Some(format!("{url}/").as_str()));
    let answer = get(&format!("{url}/items/7")).await;
    let expected =
        json!({ "greeting": "hello", "resource": "/items/{id}", "parameters": { "id": "7" } });
    assert_eq!((answer.status, answer.json()), (200, expected));
    let answer = send("PATCH", &format!("{url}/files/a/b"), &[], "").await;
    assert_eq!(answer.json()["parameters"], json!({ "proxy": "a/b" }));
    assert_eq!(get(&format!("{url}/")).await.json()["resource"], "/");
    assert_eq!(get(&format!("{url}/files")).await.status, 403);
    assert!(stage.plan().left_out.is_empty());
}

#[tokio::test]
async fn preflight_requests_are_answered_as_the_template_says() {
    let stage = stage_of(case("cdk.out")).await;
    let url = stage.api_url();
    let answer = send("OPTIONS", &format!("{url}/items"), &[], "").await;
    assert_eq!(
        (answer.status, &answer.headers["access-control-allow-origin"]),
        (204, &"*".parse().unwrap())
    );
    assert!(answer.body.is_empty());
    let allowed = async |origin: &str| {
        let answer = send("OPTIONS", &format!("{url}/items/7"), &[("origin", origin)], "").await;
        answer.headers["access-control-allow-origin"].to_str().unwrap().to_owned()
    };
    assert_eq!(allowed("https://b.example").await, "https://b.example");
    assert_eq!(allowed("https://c.example").await, "https://a.example");
    let unknown = get(&format!("{url}/nowhere")).await;
    assert_eq!(
        (unknown.status, &unknown.headers["access-control-allow-origin"]),
        (403, &"*".parse().unwrap())
    );
}

#[tokio::test]
async fn authorizers_and_required_parameters_stand_before_a_method() {
    let stage = stage_of(case("cdk.out")).await;
    let url = stage.api_url();
    let guarded = format!("{url}/guarded");
    assert_eq!(get(&guarded).await.status, 401);
    assert_eq!(send("GET", &guarded, &[("authorization", "no")], "").await.status, 403);
    let answer = send("GET", &guarded, &[("authorization", "yes")], "").await;
    assert_eq!((answer.status, &answer.json()["who"]), (200, &json!("anna")));
    let missing = get(&format!("{url}/search?page=1")).await;
    assert_eq!(missing.status, 400);
    assert_eq!(
        missing.json(),
        json!({ "message": "Missing required request parameters: [q, X-Shop]" })
    );
    let answer = send("GET", &format!("{url}/search?q=1"), &[("x-shop", "a")], "").await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn a_folder_is_no_template_unless_it_holds_one() {
    let error = refusal_of(case("languages")).await;
    assert!(error.contains("is a folder without a `manifest.json`"), "{error}");
}

#[tokio::test]
async fn versions_and_aliases_are_invoked_by_name_and_others_are_not_there() {
    let stage = stage_of(case("cdk.out")).await;
    let invoked = async |function: &str| {
        let url = format!("{}/2015-03-31/functions/{function}", stage.aws_endpoint());
        send("POST", &url, &[], r#"{"requestContext": {}}"#).await.status
    };
    assert_eq!(invoked("local-Handler:live/invocations").await, 200);
    assert_eq!(invoked("local-Handler/invocations?Qualifier=1").await, 200);
    assert_eq!(invoked("local-Handler:other/invocations").await, 404);
    assert_eq!(invoked("local-Handler/invocations?Qualifier=2").await, 404);
}

/// An event to a bus of one stack reaches that stack's queue by a rule of another, which imports both.
async fn delivers(stage: Stage) {
    let entry = json!({ "EventBusName": "shop", "Source": "orders", "DetailType": "t", "Detail": r#"{"n":1}"# });
    call(&stage, "AWSEvents.PutEvents", json!({ "Entries": [entry] })).await;
    let request = json!({ "QueueUrl": stage.queue_url("Queue").unwrap() });
    let body = eventually("the event", async || {
        let received = call(&stage, "AmazonSQS.ReceiveMessage", request.clone()).await;
        received["Messages"][0]["Body"].as_str().map(str::to_owned)
    });
    assert!(body.await.contains(r#""detail":{"n":1}"#));
    assert_eq!(stage.output("BusName"), Some("shop"));
}

#[tokio::test]
async fn the_stacks_of_an_assembly_stand_beside_each_other() {
    delivers(stage_of(case("stacks")).await).await;
    let beside = vec![case("stacks/Api.template.json")];
    let data = StageOptions::new(case("stacks/Data.template.json"));
    let options = StageOptions { beside, log: Log::silent(), ..data };
    delivers(Stage::start(options).await.unwrap()).await;
    let alone = refusal_of(case("stacks/Api.template.json")).await;
    assert!(alone.contains("no stack exports `Data:BusName`"), "{alone}");
}
