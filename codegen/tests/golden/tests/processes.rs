//! A table that others made, with two types of items in it, on a stage: from its contracts' template, with real
//! processes, and with the roles of the contracts.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use stage::fault::{Chaos, Decision, Preset, Seeded, Site};
use stage::{Access, Log, Stage, StageOptions};

/// The stage, from what the generator makes of the case.
async fn stage(name: &str, chaos: Arc<dyn Chaos>) -> Stage {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases/rust/existing/spec");
    let compiled = codegen::compile(&codegen::read::read_spec(&spec).unwrap()).unwrap();
    let template = folder.join("template.yaml");
    std::fs::write(&template, compiled.files.get("infra/template.yaml").unwrap()).unwrap();
    let test = std::env::current_exe().unwrap();
    let program = test.parent().unwrap().parent().unwrap().join("examples/existing_functions");
    for function in ["shop", "shop-welcome"] {
        let link = folder.join(function);
        let _ = std::fs::remove_file(&link);
        std::os::unix::fs::symlink(&program, &link).unwrap();
    }
    let options = StageOptions {
        bin_dir: Some(folder),
        log: Log::silent(),
        access: Access::Enforce,
        chaos,
        ..StageOptions::new(template)
    };
    Stage::start(options).await.unwrap()
}

async fn send(stage: &Stage, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut request = client.request(method.parse().unwrap(), format!("{}{path}", stage.api_url()));
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null))
}

#[tokio::test]
async fn requests_and_changes_reach_the_functions_of_an_existing_table() {
    let stage = stage("existing", Arc::new(Calm)).await;
    let anna = json!({"id": "anna", "fullName": "Anna", "tags": ["new"]});
    assert_eq!(send(&stage, "PUT", "/customers/anna", Some(&anna)).await, (201, anna.clone()));
    assert_eq!(send(&stage, "GET", "/customers/anna", None).await, (200, anna));
    let order = json!({"customerId": "anna", "number": "001", "total": 9, "status": "open"});
    let made = send(&stage, "POST", "/customers/anna/orders", Some(&order)).await;
    assert_eq!(made, (201, order.clone()));
    assert_eq!(send(&stage, "POST", "/customers/anna/orders", Some(&order)).await.0, 409);

    let began = Instant::now();
    while send(&stage, "GET", "/customers/anna/orders/welcome", None).await.0 != 200 {
        assert!(began.elapsed() < Duration::from_secs(60), "no change came");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let (status, open) = send(&stage, "GET", "/orders?status=open", None).await;
    let numbers: Vec<&Value> = open.as_array().unwrap().iter().map(|one| &one["number"]).collect();
    assert_eq!((status, numbers), (200, vec![&json!("001"), &json!("welcome")]));
    let (_, customers) = send(&stage, "GET", "/customers?tag=new", None).await;
    assert_eq!(customers.as_array().unwrap().len(), 1, "{customers}");
    // Lambda reads the stream with the function's role.
    let calls = stage.calls();
    for action in ["dynamodb:GetRecords", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan"] {
        assert!(calls.iter().any(|call| call.action == action), "{action}");
    }
}

/// The table's answers get lost as the preset says, and nothing else goes wrong.
struct LostWrites(Seeded);

impl Chaos for LostWrites {
    fn decide(&self, site: Site) -> Decision {
        match site {
            Site::TableWrite => self.0.decide(site),
            _ => Decision::Proceed,
        }
    }
}

struct Calm;

impl Chaos for Calm {
    fn decide(&self, _: Site) -> Decision {
        Decision::Proceed
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_counts_nothing_twice() {
    let chaos = LostWrites(Seeded::new(7, Preset::LostResponse.plan()));
    let stage = stage("lost", Arc::new(chaos)).await;
    let mut n_counted = 0;
    let mut n_unknown = 0;
    let doc = json!({"id": "d", "title": "Plans"});
    // What may be repeated is, and answered as if nothing had happened.
    assert_eq!(send(&stage, "POST", "/docs", Some(&doc)).await.0, 201);
    for n in 0..100 {
        let (status, told) = send(&stage, "POST", "/docs/d/visits?by=1", None).await;
        match status {
            200 => n_counted += 1,
            500 => n_unknown += 1,
            _ => panic!("{n}: {status} {told}"),
        }
        let named = json!({"id": "d", "title": n.to_string()});
        assert_eq!(send(&stage, "PUT", "/docs/d/whole", Some(&named)).await.0, 200, "{n}");
        let new = json!({"id": format!("d{n}"), "title": "New"});
        assert_eq!(send(&stage, "POST", "/docs", Some(&new)).await.0, 201, "{n}");
    }
    assert!(n_unknown > 0 && n_counted > 80, "{n_counted} {n_unknown}");
    // Every lost answer is one of a change that was made, once.
    let (_, doc) = send(&stage, "GET", "/docs/d", None).await;
    assert_eq!(doc["visits"], json!(n_counted + n_unknown));
}
