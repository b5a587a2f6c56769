//! A stage of its own for each test, and what a test looks at.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use runtime::Aws;
use serde_json::{Value, json};
use stage::lambda::Retries;
use stage::queue::Queue;
use stage::{Access, Log, Stage, StageError, StageOptions};

/// How long something may take in a test. It takes milliseconds; a machine that is busy may take longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// The functions, which are one program under several names.
const FUNCTIONS: [&str; 9] = [
    "authorizer",
    "depot",
    "depot-remind",
    "courier-assign",
    "courier-follow",
    "courier-locate",
    "billing-charge",
    "notices-announce",
    "notices-confirm",
];

fn unix_seconds() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap().as_secs()
}

/// The carrier's system on a stage.
pub(crate) struct Carrier {
    pub(crate) stage: Stage,
    pub(crate) depot: depot_contract::Tables,
    pub(crate) courier: courier_contract::Tables,
    pub(crate) billing: billing_contract::Tables,
    pub(crate) notices: notices_contract::Tables,
}

/// What a request was answered with.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    headers: reqwest::header::HeaderMap,
}

impl Carrier {
    pub(crate) async fn open() -> Self {
        Self::with(secrets(), Access::Off).await.unwrap()
    }

    /// The system with the values of secrets in this file, and roles that are enforced or not.
    pub(crate) async fn with(secrets: PathBuf, access: Access) -> Result<Self, StageError> {
        Self::adapted(|options| {
            options.secrets = Some(secrets);
            options.access = access;
        })
        .await
    }

    /// The system with options of its own.
    pub(crate) async fn adapted(adapt: impl FnOnce(&mut StageOptions)) -> Result<Self, StageError> {
        let template =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/infra/template.yaml");
        let soon = Duration::from_millis(10);
        let mut options = StageOptions {
            bin_dir: Some(bin_dir()),
            secrets: Some(secrets()),
            log: Log::silent(),
            retries: Retries { first: soon, second: soon, throttled: soon },
            ..StageOptions::new(template)
        };
        adapt(&mut options);
        let stage = Stage::start(options).await?;
        let table = |id: &str| stage.table_name(id).unwrap().to_owned();
        let names = [
            ("PARCEL_TABLE", table("ParcelTable")),
            ("REMINDER_TABLE", table("ReminderTable")),
            ("TRIP_TABLE", table("TripTable")),
            ("POSITION_TABLE", table("PositionTable")),
            ("PRESENCE_TABLE", table("PresenceTable")),
            ("CHARGE_TABLE", table("ChargeTable")),
            ("NOTICE_TABLE", table("NoticeTable")),
        ];
        let names: Vec<_> = names.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let tables = Aws::local(&stage.dynamodb_endpoint(), &names);
        Ok(Self {
            depot: depot_contract::Tables::new(&tables),
            courier: courier_contract::Tables::new(&tables),
            billing: billing_contract::Tables::new(&tables),
            notices: notices_contract::Tables::new(&tables),
            stage,
        })
    }

    /// Sends as somebody of the staff who may do everything.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        let token = self.token("parcels.register parcels.scan");
        self.send("POST", path, &[("authorization", &token)], body).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[("authorization", &self.token(""))], &Value::Null).await
    }

    /// The header of somebody of the staff with these scopes.
    pub(crate) fn token(&self, scopes: &str) -> String {
        let now = unix_seconds();
        let claims = json!({
            "iss": "https://login.parcels.example.com", "aud": "parcels", "sub": "staff",
            "exp": now + 600, "scope": scopes,
        });
        format!("Bearer {}", self.stage.issuer().mint(&claims).unwrap())
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let url = format!("{}{path}", self.stage.api_url());
        let mut request = client().request(method.parse().unwrap(), url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !body.is_null() {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        Answer::read(request.send().await.unwrap()).await
    }

    /// Puts an event on the carrier's bus, past the contracts.
    pub(crate) async fn put_event(&self, source: &str, detail_type: &str, detail: &Value) {
        let entry = json!({
            "EventBusName": "local-Parcels", "Source": source, "DetailType": detail_type,
            "Detail": detail.to_string(),
        });
        let request = client()
            .post(self.stage.aws_endpoint())
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", "AWSEvents.PutEvents")
            .body(json!({ "Entries": [entry] }).to_string());
        let answer = Answer::read(request.send().await.unwrap()).await;
        assert_eq!(answer.body["FailedEntryCount"], 0, "{answer:?}");
    }

    /// What the console shows of logs and of what happened.
    pub(crate) async fn journal(&self) -> String {
        let mut all = String::new();
        for page in ["logs", "steps"] {
            let url = format!("{}/_stage/{page}?limit=10000", self.stage.aws_endpoint());
            all += &client().get(url).send().await.unwrap().text().await.unwrap();
        }
        all
    }

    /// A queue by its name in the contracts, without `.fifo`.
    pub(crate) fn queue(&self, name: &str) -> Queue {
        let id = self
            .stage
            .plan()
            .queues
            .iter()
            .find(|queue| queue.name.trim_end_matches(".fifo") == format!("local-{name}"));
        self.stage.queues().queue(&id.unwrap_or_else(|| panic!("no queue {name}")).name).unwrap()
    }

    /// How many messages came into a queue, from senders and from other queues.
    pub(crate) fn n_sent(&self, queue: &str) -> u64 {
        let ledger = self.queue(queue).ledger();
        ledger.sent + ledger.arrived
    }

    /// The first message that waits in a queue.
    pub(crate) fn first(&self, queue: &str) -> Option<Value> {
        let waiting = self.queue(queue).peek(1);
        Some(serde_json::from_str(&waiting.first()?.body).unwrap())
    }

    /// How often a function was invoked, by its logical id.
    pub(crate) fn invocations(&self, id: &str) -> u64 {
        let name = self.stage.function_name(id).unwrap();
        self.stage.metrics().functions[name].invocations
    }

    pub(crate) fn set_visibility(&self, queue: &str, to: Duration) {
        let attributes = [("VisibilityTimeout".to_owned(), to.as_secs().to_string())];
        self.queue(queue).set(&attributes.into()).unwrap();
    }
}

impl Answer {
    async fn read(response: reqwest::Response) -> Self {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let text = response.text().await.unwrap();
        Self { status, body: serde_json::from_str(&text).unwrap_or(Value::Null), headers }
    }

    /// A header, or the empty text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// The values of secrets in tests.
pub(crate) fn secrets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/secrets.toml")
}

/// Waits until something holds, and fails when it does not in time.
pub(crate) async fn eventually<T>(what: &str, mut check: impl AsyncFnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = check().await {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "not in time: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Each test has a runtime of its own, and a connection does not outlive the runtime that opened it.
fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// A folder in which the program stands under the name of every function.
fn bin_dir() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.parent().unwrap().parent().unwrap().join("examples/functions");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("parcels");
    std::fs::create_dir_all(&folder).unwrap();
    for function in FUNCTIONS {
        let link = folder.join(function);
        match std::os::unix::fs::symlink(&program, &link) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                panic!("{}: {error}", link.display())
            }
            _ => {}
        }
    }
    folder
}
