//! A stack by its name: found, refused when customers use it, loaded, and left as it was. The local stage describes
//! itself as CloudFormation does, so the whole way is the one to AWS.

use std::collections::BTreeMap;
use std::process::{Command, Output};

use harness::report::json;
use serde_json::Value;
use stage::{Stage, StageOptions, build_functions};

use crate::command::{Folder, orders, text};
use crate::stage::shop;

const OBJECTIVES: &str = "exempt = [\"*\"]\n[ledger]\nlost = 0\nduplicated = 0\n\
    unexpected = 0\nwrong = 0\n[requests]\nerror_share = 0\n";

/// Runs the load test as somebody whose AWS is a local stage.
fn loadtest(stage: &Stage, args: &[&str]) -> Output {
    loadtest_at(stage.aws_endpoint(), args)
}

/// Runs the load test as somebody whose AWS has this address.
pub(crate) fn loadtest_at(endpoint: &str, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loadtest"));
    command
        .args(args)
        .args(["--arrivals", "even"])
        .env("AWS_ENDPOINT_URL", endpoint)
        .env_remove("AWS_PROFILE");
    command.env("AWS_REGION", "us-east-1").env("AWS_EC2_METADATA_DISABLED", "true");
    command.env("AWS_ACCESS_KEY_ID", "test").env("AWS_SECRET_ACCESS_KEY", "test");
    command.output().unwrap()
}

/// Everything that is listed, of all pages.
async fn list(path: &str) -> Vec<Value> {
    let mut items = Vec::new();
    let mut next = String::new();
    loop {
        let page = shop().get(&format!("{path}?limit=100{next}")).await.body;
        items.extend(page["items"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(token) => next = format!("&next={token}"),
            None => return items,
        }
    }
}

#[tokio::test]
async fn a_stack_is_loaded_and_left_as_it_was() {
    let folder = Folder::new();
    let slo = folder.write("slo.toml", OBJECTIVES);
    let (html, json_path) = (folder.file("report.html"), folder.file("report.json"));
    // The stack's name is `local`, which is something else on the command line.
    let arn = "arn:aws:cloudformation:us-east-1:000000000000:stack/local/63bdb9a0-dacb-5fe3-aefe-3ca06dfe78e2";
    let output = loadtest(
        shop().stage(),
        &[
            "--stage",
            arn,
            "--rate",
            "10",
            "--run-time",
            "2s",
            "--slo",
            text(&slo),
            "--report",
            text(&html),
            "--json",
            text(&json_path),
        ],
    );
    let (stdout, stderr) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{stdout}{stderr}");
    for told in ["local in us-east-1: ", "20 of checkout", "clean up"] {
        assert!(stderr.contains(told), "{told}: {stderr}");
    }
    let report = json::read(&json_path).unwrap();
    assert_eq!(report.ledger.len(), 3, "{:?}", report.ledger);
    for tally in &report.ledger {
        assert_eq!((tally.sent, tally.once), (20, 20), "{tally:?}");
    }
    assert!(report.run.target.starts_with("stack local at http://"), "{}", report.run.target);
    assert_eq!(report.run.stays, Vec::<String>::new());
    let samples = report.stage.unwrap().samples;
    assert!(
        samples.iter().any(|sample| sample.queues.contains_key("local-OrderQueue")),
        "{samples:?}"
    );

    let ours = format!("lt-{}-", report.run.id);
    for path in ["/order", "/basket"] {
        let is_ours = |item: &&Value| item["userName"].as_str().unwrap().starts_with(&ours);
        assert_eq!(list(path).await.iter().find(is_ours), None, "{path}");
    }
    let is_ours = |item: &&Value| item["name"].as_str().unwrap().starts_with(&ours);
    assert_eq!(list("/product").await.iter().find(is_ours), None);
    assert!(stderr.contains("24 items of product, by deleteProduct"), "{stderr}");
    let checkouts = shop().stage().table_name("CheckoutTable").unwrap();
    assert!(stderr.contains(&format!("20 items of {checkouts}")), "{stderr}");
}

#[tokio::test]
async fn a_stage_that_customers_use_is_loaded_only_when_that_is_said() {
    let workspace = crate::command::workspace();
    let options = StageOptions {
        bin_dir: build_functions(&workspace).unwrap(),
        issuer_key: Some(stage::cli::issuer_key(&workspace)),
        stack: "shop-prod".to_owned(),
        parameters: BTreeMap::from([("StageName".to_owned(), "prod".to_owned())]),
        ..StageOptions::new(workspace.join("generated/infra/template.yaml"))
    };
    let stage = Stage::start(options).await.unwrap();
    let folder = Folder::new();
    let slo = folder.write("slo.toml", OBJECTIVES);
    let (html, json_path) = (folder.file("report.html"), folder.file("report.json"));
    let files = ["--slo", text(&slo), "--report", text(&html), "--json", text(&json_path)];
    let run = |args: &[&str]| {
        let args = [&["--rate", "5", "--run-time", "1s"], &files[..], args].concat();
        let output = loadtest(&stage, &args);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for target in ["shop-prod", stage.api_url()] {
        let (code, error) = run(&["--stage", target]);
        assert_eq!(code, Some(2), "{error}");
        assert!(error.contains(target) && error.contains("--allow-production"), "{error}");
    }
    assert!(!json_path.exists());
    let (code, error) = run(&["--stage", "shop-prod", "--allow-production"]);
    assert_eq!(code, Some(0), "{error}");
    assert_eq!(orders(&json::read(&json_path).unwrap()).once, 5);

    // By its URL alone, nobody can remove the orders.
    let (code, error) = run(&["--stage", stage.api_url(), "--allow-production"]);
    assert_eq!(code, Some(0), "{error}");
    let stays = json::read(&json_path).unwrap().run.stays;
    let said = "items whose keys start with lt-";
    assert!(stays.len() == 1 && stays[0].starts_with(said), "{stays:?}");
    stage.shutdown().await;
}

#[tokio::test]
async fn a_stack_that_is_not_there_is_no_run() {
    let output = loadtest(shop().stage(), &["--stage", "no-such-stack"]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{error}");
    assert!(error.contains("`no-such-stack` in us-east-1"), "{error}");
    assert!(error.contains("Stack with id no-such-stack does not exist"), "{error}");
}
