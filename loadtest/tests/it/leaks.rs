//! What nobody may read in a log: sensitive values, tokens and secrets go through every failure of the shop, as
//! processes on a stage that is a process, too. Then all that any of them wrote is searched. Tables and queues are
//! no logs.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::Client;
use serde_json::{Deserializer, Value, json};
use stage::Issuer;

use crate::command::{Folder, workspace};
use crate::stage::{basket, checkout, customer, envelope, line, now};

/// What every value that must not be told holds.
const MARK: &str = "XMARKX";

/// The files with what the stage writes.
const OUTPUTS: [&str; 2] = ["stdout", "stderr"];

/// A stage of the shop, and what it said when it stood.
struct Shop {
    process: Child,
    folder: Folder,
    told: Value,
    issuer: Issuer,
    client: Client,
}

impl Shop {
    /// The shop on a stage that keeps to its roles; the receiver of checkouts may not store orders.
    async fn open() -> Self {
        let folder = Folder::new();
        let bin_dir = stage::build_functions(&workspace()).unwrap().unwrap();
        let template =
            std::fs::read_to_string(workspace().join("generated/infra/template.yaml")).unwrap();
        let role = "\n  OrderingCheckoutFunctionRole:\n";
        let (before, after) = template.split_once(role).unwrap();
        let after = after.replacen("- dynamodb:PutItem\n", "- dynamodb:UpdateItem\n", 1);
        let template = folder.write("template.yaml", &format!("{before}{role}{after}"));
        let output = |name: &str| File::create(folder.file(name)).unwrap();
        let mut command = Command::new(bin_dir.join("stage"));
        command.current_dir(workspace()).args(["--json", "--logs", "--no-build", "--enforce-iam"]);
        command.args(["--port", "0", "--parameter", "LogLevel=DEBUG", "--template"]);
        command.arg(template).arg("--bin-dir").arg(&bin_dir).stdin(Stdio::null());
        command.stdout(output(OUTPUTS[0])).stderr(output(OUTPUTS[1]));
        let process = command.spawn().unwrap();
        let mut shop = Self {
            process,
            folder,
            told: Value::Null,
            issuer: Issuer::generate().unwrap(),
            client: Client::builder().no_proxy().build().unwrap(),
        };
        eventually("the stage stands", async || {
            let ended = shop.process.try_wait().unwrap();
            assert!(ended.is_none(), "{ended:?}: {}", shop.written(OUTPUTS[1]));
            let text = shop.written(OUTPUTS[0]);
            shop.told = Deserializer::from_str(&text).into_iter::<Value>().next()?.ok()?;
            Some(())
        })
        .await;
        shop.issuer = stage::cli::issuer_of(&shop.api(""), &workspace()).unwrap();
        shop
    }

    fn written(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.file(name)).unwrap()
    }

    fn api(&self, path: &str) -> String {
        format!("{}{path}", self.told["apis"][0]["url"].as_str().unwrap())
    }

    fn aws(&self, path: &str) -> String {
        format!("{}{path}", self.told["awsEndpoint"].as_str().unwrap())
    }

    fn queue(&self, id: &str) -> &str {
        self.told["queues"][id].as_str().unwrap_or_else(|| panic!("no {id}: {}", self.told))
    }

    /// A token of a customer, with a mark in what it says of itself.
    fn token(&self, user: &str) -> String {
        let claims = json!({
            "iss": "https://login.shop.example.com", "aud": "shop", "sub": user, "nickname": MARK, "exp": now() + 600,
        });
        format!("Bearer {}", self.issuer.mint(&claims).unwrap())
    }

    async fn post(&self, path: &str, authorization: &str, body: impl Into<reqwest::Body>) -> u16 {
        let request = self.client.post(self.api(path)).header("authorization", authorization);
        let request = request.header("content-type", "application/json").body(body);
        request.send().await.unwrap().status().as_u16()
    }

    /// Calls a service of AWS.
    async fn call(&self, target: &str, body: &Value) -> Value {
        let request = self.client.post(self.aws("/")).header("x-amz-target", target);
        let request = request.header("content-type", "application/x-amz-json-1.0");
        let answer = request.body(body.to_string()).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{target}");
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }

    async fn send(&self, body: &str) {
        let message = json!({ "QueueUrl": self.queue("OrderQueue"), "MessageBody": body });
        self.call("AmazonSQS.SendMessage", &message).await;
    }

    /// How many messages are in the dead-letter queue.
    async fn n_dead(&self) -> u32 {
        let request = json!({
            "QueueUrl": self.queue("OrderDeadLetterQueue"), "AttributeNames": ["ApproximateNumberOfMessages"],
        });
        let found = self.call("AmazonSQS.GetQueueAttributes", &request).await;
        found["Attributes"]["ApproximateNumberOfMessages"].as_str().unwrap().parse().unwrap()
    }

    /// Everything that can be read of what happened, by the place where it is read.
    async fn told(&self) -> Vec<(String, String)> {
        let mut all: Vec<_> =
            OUTPUTS.iter().map(|name| ((*name).to_owned(), self.written(name))).collect();
        for page in ["system", "logs?limit=10000", "steps?limit=10000"] {
            let page = self.aws(&format!("/_stage/{page}"));
            let text = self.client.get(&page).send().await.unwrap().text().await.unwrap();
            all.push((page, text));
        }
        for function in self.told["functions"].as_object().unwrap().values() {
            let group = format!("/aws/lambda/{}", function.as_str().unwrap());
            let request = json!({ "logGroupName": group });
            let events = self.call("Logs_20140328.FilterLogEvents", &request).await;
            all.push((group, events.to_string()));
        }
        all
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        // Its functions end with it.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn eventually<T>(what: &str, mut check: impl AsyncFnMut() -> Option<T>) -> T {
    let look = async {
        loop {
            if let Some(found) = check().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let found = tokio::time::timeout(Duration::from_secs(60), look).await;
    found.unwrap_or_else(|_| panic!("not within a minute: {what}"))
}

/// Sensitive values that violate the contract, each in another way.
fn violations() -> Vec<(&'static str, Value)> {
    vec![
        ("email", json!(format!("{MARK} is no address"))),
        ("email", json!({ "of": MARK })),
        ("address", json!(format!("{MARK}{}", "x".repeat(512)))),
        ("address", json!([MARK])),
        ("cardInfo", json!(format!("{MARK}{}", "4".repeat(64)))),
        ("cardInfo", json!({ MARK: MARK })),
    ]
}

fn marked(user: &str) -> Value {
    let mut body = checkout(user);
    body["email"] = json!(format!("{MARK}@example.com"));
    body["address"] = json!(format!("1 {MARK} Street"));
    body["cardInfo"] = json!(format!("tok_{MARK}"));
    body
}

async fn call_with_wrong_tokens(shop: &Shop) {
    let user = customer();
    let (header, payload) = ("eyJhbGciOiJFUzI1NiJ9", "e30");
    let stranger = Issuer::generate().unwrap();
    let claims = json!({ "iss": MARK, "aud": MARK, "sub": MARK, "exp": now() + 600 });
    for authorization in [
        format!("Bearer {MARK}"),
        format!("Bearer {header}.{payload}.{MARK}"),
        format!("Bearer {MARK}.{MARK}.{MARK}"),
        format!("Basic {MARK}"),
        format!("{MARK} x"),
        format!("Bearer {}", stranger.mint(&claims).unwrap()),
    ] {
        let status = shop.post("/basket", &authorization, basket(&user, &[line()]).to_string());
        assert_eq!(status.await, 401, "{authorization}");
    }
}

async fn send_bad_requests(shop: &Shop) {
    let user = customer();
    let token = shop.token(&user);
    for (name, value) in violations() {
        let mut body = marked(&user);
        body[name] = value;
        assert_eq!(shop.post("/basket/checkout", &token, body.to_string()).await, 400, "{name}");
    }
    for body in
        [format!("{{\"email\": {MARK}"), format!("\"{MARK}\""), MARK.to_owned(), format!("[{MARK}")]
    {
        assert_eq!(shop.post("/basket/checkout", &token, body.clone()).await, 400, "{body}");
    }
    // There is no basket, and another customer's is not ours.
    assert_eq!(shop.post("/basket/checkout", &token, marked(&user).to_string()).await, 404);
    assert_eq!(shop.post("/basket/checkout", &token, marked(&customer()).to_string()).await, 403);
}

/// Messages that are no event, and events that the contract does not allow. How many there are.
async fn send_bad_messages(shop: &Shop) -> u32 {
    let no_events = [
        format!("{MARK} is no event"),
        json!(MARK).to_string(),
        json!([MARK]).to_string(),
        json!({ "source": [MARK], "detail-type": MARK, "detail": {} }).to_string(),
        json!({ "source": "a", "detail-type": { MARK: 1 }, "detail": MARK }).to_string(),
    ];
    let mut n_sent = 0;
    for body in &no_events {
        shop.send(body).await;
        n_sent += 1;
    }
    for (name, value) in violations() {
        let mut event = envelope(&customer(), 1);
        event["detail"][name] = value;
        shop.send(&event.to_string()).await;
        n_sent += 1;
    }
    n_sent
}

/// A customer buys, and the receiver of the checkout fails at its table.
async fn check_out(shop: &Shop) {
    let user = customer();
    let token = shop.token(&user);
    assert_eq!(shop.post("/basket", &token, basket(&user, &[line()]).to_string()).await, 200);
    assert_eq!(shop.post("/basket/checkout", &token, marked(&user).to_string()).await, 202);
}

/// Functions are invoked with what no gateway and no queue sends them.
async fn invoke_with_other_events(shop: &Shop) {
    let asked = json!({ "httpMethod": [MARK], "headers": MARK, "methodArn": { MARK: MARK } });
    for function in shop.told["functions"].as_object().unwrap().values() {
        let name = function.as_str().unwrap();
        let url = shop.aws(&format!("/2015-03-31/functions/{name}/invocations"));
        for event in [json!(MARK), json!([MARK]), json!({ "Records": MARK }), asked.clone()] {
            let answer = shop.client.post(&url).body(event.to_string()).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{name}");
        }
    }
}

#[tokio::test]
async fn no_failure_brings_a_sensitive_value_or_a_token_into_a_log() {
    let shop = Shop::open().await;
    let hurry =
        json!({ "QueueUrl": shop.queue("OrderQueue"), "Attributes": { "VisibilityTimeout": "1" } });
    shop.call("AmazonSQS.SetQueueAttributes", &hurry).await;
    call_with_wrong_tokens(&shop).await;
    send_bad_requests(&shop).await;
    invoke_with_other_events(&shop).await;
    check_out(&shop).await;
    let n_bad = send_bad_messages(&shop).await + 1;
    eventually("all are dead", async || (shop.n_dead().await == n_bad).then_some(())).await;

    let told = shop.told().await;
    // The failures are told of, each at its place.
    let of = |end: &str| &told.iter().find(|(place, _)| place.ends_with(end)).unwrap().1;
    for reason in ["no event: ", "off contract: ", "AccessDenied", "unauthorized", "\"status\":400"]
    {
        assert!(of("stderr").contains(reason), "{reason} is not told of");
    }
    assert!(of("-ordering-checkout").contains("off contract: "));
    let leaks: Vec<String> =
        told.iter().flat_map(|(place, text)| around_marks(place, text)).collect();
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

/// What stands around each mark in a text.
fn around_marks(place: &str, text: &str) -> Vec<String> {
    let place = Path::new(place).display();
    let lines = text.lines().flat_map(|line| line.split("\\n"));
    let found = lines.filter_map(|line| {
        let at = line.find(MARK)?;
        let from = line.floor_char_boundary(at.saturating_sub(240));
        let to = line.floor_char_boundary((at + 120).min(line.len()));
        Some(format!("{place}: …{}", &line[from..to]))
    });
    found.collect()
}
