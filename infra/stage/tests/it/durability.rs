//! A stage with a data folder that is killed again and again under load: what was acknowledged is there, and nothing twice
//! that may be there only once.
//!
//! `STAGE_KILLS` says how often it is killed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::Request;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use crate::support::Folder;

/// A stage in a process of its own.
struct Running {
    process: Child,
    summary: Value,
}

impl Running {
    fn start(data_dir: &Path) -> Self {
        let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/durable.yaml");
        let mut process = Command::new(env!("CARGO_BIN_EXE_stage"))
            .args(["--no-build", "--json", "--port", "0", "--template"])
            .arg(template)
            .arg("--data-dir")
            .arg(data_dir)
            .current_dir(data_dir)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { process, summary: serde_json::from_str(&line).unwrap() }
    }

    fn queue(&self, id: &str) -> String {
        self.summary["queues"][id].as_str().unwrap().to_owned()
    }

    async fn client(&self) -> Client {
        let host = self.summary["awsEndpoint"].as_str().unwrap().strip_prefix("http://").unwrap();
        let stream = TcpStream::connect(host).await.unwrap();
        let (sender, connection) = handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        Client(sender)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One connection, until the stage is killed.
struct Client(SendRequest<Full<Bytes>>);

impl Client {
    /// The answer to a call; none when it was lost with the stage.
    async fn ask(&mut self, target: &str, request: &Value) -> Option<Value> {
        let request = Request::post("/")
            .header("host", "localhost")
            .header("x-amz-target", target)
            .body(Full::new(request.to_string().into()))
            .unwrap();
        let response = self.0.send_request(request).await.ok()?;
        let is_good = response.status() == 200;
        let body = response.into_body().collect().await.ok()?.to_bytes();
        is_good.then(|| serde_json::from_slice(&body).unwrap())
    }
}

/// What the stage acknowledged.
#[derive(Default)]
struct Promised {
    next: u64,
    plain: BTreeSet<u64>,
    events: BTreeSet<u64>,
    ordered: BTreeSet<u64>,
    work: BTreeSet<u64>,
    deleted: BTreeSet<u64>,
    /// Deletes whose answers were lost.
    perhaps: BTreeSet<u64>,
}

impl Promised {
    /// Works until the stage is gone.
    async fn work(&mut self, stage: &Running) {
        let mut client = stage.client().await;
        let [plain, work, ordered] = ["Plain", "Work", "Ordered"].map(|id| stage.queue(id));
        // What a FIFO queue did not acknowledge is sent again.
        let missing: Vec<u64> = (0..self.next).filter(|n| !self.ordered.contains(n)).collect();
        for n in missing {
            if self.send_ordered(&mut client, &ordered, n).await.is_none() {
                return;
            }
        }
        loop {
            let n = self.next;
            self.next += 1;
            let message = |url: &str| json!({ "QueueUrl": url, "MessageBody": n.to_string() });
            let Some(_) = client.ask("AmazonSQS.SendMessage", &message(&plain)).await else {
                return;
            };
            self.plain.insert(n);
            let Some(_) = client.ask("AmazonSQS.SendMessage", &message(&work)).await else {
                return;
            };
            self.work.insert(n);
            let entry = json!({ "Source": "shop", "DetailType": "Placed", "Detail": format!("{{\"n\":{n}}}") });
            let put = client.ask("AWSEvents.PutEvents", &json!({ "Entries": [entry] })).await;
            let Some(put) = put else { return };
            assert_eq!(put["FailedEntryCount"], 0);
            self.events.insert(n);
            if self.send_ordered(&mut client, &ordered, n).await.is_none() {
                return;
            }
            if n.is_multiple_of(2) && self.delete_some(&mut client, &work).await.is_none() {
                return;
            }
        }
    }

    async fn send_ordered(&mut self, client: &mut Client, url: &str, n: u64) -> Option<()> {
        let message = json!({
            "QueueUrl": url, "MessageBody": n.to_string(), "MessageGroupId": (n % 7).to_string(),
            "MessageDeduplicationId": format!("n{n}"),
        });
        client.ask("AmazonSQS.SendMessage", &message).await?;
        self.ordered.insert(n);
        Some(())
    }

    async fn delete_some(&mut self, client: &mut Client, url: &str) -> Option<()> {
        let received = client.ask("AmazonSQS.ReceiveMessage", &json!({ "QueueUrl": url })).await?;
        for message in received["Messages"].as_array().into_iter().flatten() {
            let n: u64 = message["Body"].as_str().unwrap().parse().unwrap();
            assert!(!self.deleted.contains(&n), "{n} was deleted and comes back");
            self.perhaps.insert(n);
            let delete = json!({ "QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"] });
            client.ask("AmazonSQS.DeleteMessage", &delete).await?;
            self.deleted.insert(n);
        }
        Some(())
    }
}

/// How often each number is in a queue, which is empty afterwards.
async fn drained(client: &mut Client, url: &str) -> BTreeMap<u64, u32> {
    let mut found = BTreeMap::new();
    let mut quiet_since = Instant::now();
    while quiet_since.elapsed() < Duration::from_millis(1_500) {
        let receive = json!({ "QueueUrl": url, "MaxNumberOfMessages": 10, "WaitTimeSeconds": 1 });
        let received = client.ask("AmazonSQS.ReceiveMessage", &receive).await.unwrap();
        for message in received["Messages"].as_array().into_iter().flatten() {
            let body: Value = serde_json::from_str(message["Body"].as_str().unwrap()).unwrap();
            let n = body["detail"]["n"].as_u64().or(body.as_u64()).unwrap();
            *found.entry(n).or_default() += 1;
            let delete = json!({ "QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"] });
            client.ask("AmazonSQS.DeleteMessage", &delete).await.unwrap();
            quiet_since = Instant::now();
        }
    }
    found
}

#[tokio::test]
async fn nothing_that_was_acknowledged_is_lost_or_doubled_when_the_stage_is_killed() {
    let n_kills: u64 = std::env::var("STAGE_KILLS").map_or(8, |text| text.parse().unwrap());
    let folder = Folder::new();
    let mut promised = Promised::default();
    let mut dice = stage::fault::Dice::seeded(n_kills);
    for _ in 0..n_kills {
        let mut running = Running::start(&folder.0);
        let after = dice.between(Duration::from_millis(5), Duration::from_millis(150));
        let worked = tokio::time::timeout(after, promised.work(&running)).await;
        assert!(worked.is_err(), "the stage ended by itself");
        running.process.kill().unwrap();
    }
    let running = Running::start(&folder.0);
    let mut client = running.client().await;
    let mut counts = BTreeMap::new();
    for id in ["Plain", "Work", "Ordered", "Events"] {
        counts.insert(id, drained(&mut client, &running.queue(id)).await);
    }
    let lost = |id: &str, promised: &BTreeSet<u64>| -> Vec<u64> {
        promised.iter().filter(|n| !counts[id].contains_key(n)).copied().collect()
    };
    let doubled = |id: &str| -> Vec<u64> {
        counts[id].iter().filter(|(_, n_times)| **n_times > 1).map(|(n, _)| *n).collect()
    };
    let left: BTreeSet<u64> =
        promised.work.iter().filter(|n| !promised.perhaps.contains(n)).copied().collect();
    let nothing = Vec::<u64>::new();
    assert_eq!(lost("Plain", &promised.plain), nothing);
    assert_eq!(lost("Ordered", &promised.ordered), nothing);
    assert_eq!(lost("Events", &promised.events), nothing);
    assert_eq!(lost("Work", &left), nothing);
    for id in ["Plain", "Work", "Ordered"] {
        assert_eq!(doubled(id), nothing, "{id}");
    }
    let back: Vec<&u64> = counts["Work"].keys().filter(|n| promised.deleted.contains(n)).collect();
    assert!(back.is_empty(), "deleted, and there: {back:?}");
    assert!(promised.plain.len() as u64 >= n_kills, "there was load");
    eprintln!(
        "{n_kills} kills; {} messages, {} in order, {} events ({} of them twice), {} deleted",
        promised.plain.len(),
        promised.ordered.len(),
        promised.events.len(),
        doubled("Events").len(),
        promised.deleted.len()
    );
    drop(running);
}
