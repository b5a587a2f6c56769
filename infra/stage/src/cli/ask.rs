//! The commands that inspect a running stage: `stage logs|queues|tables|trace|events`.
//!
//! Each calls the stage's AWS endpoint and prints a table, or with `--json` one line of JSON for each entry. This
//! module also records the address of the running stage, so that nobody has to type it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use bytes::Bytes;
use clap::{Args, Subcommand};
use http_body_util::{BodyExt as _, Full};
use hyper::Request;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::say;
use crate::binaries;

/// The pause between two polls of `--follow`.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(300);

/// The options of all these commands.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// The AWS endpoint of the stage [default: the stage last started in this folder]
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,

    /// Print one line of JSON for each entry
    #[arg(long)]
    json: bool,

    /// The maximum number of entries; the latest are shown
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

/// The commands that inspect a running stage.
#[derive(Debug, Subcommand)]
pub(super) enum Ask {
    /// Print log lines of functions, and problems that the stage reports
    Logs {
        /// Only lines of this function
        function: Option<String>,
        /// Only lines that contain this text
        #[arg(long)]
        text: Option<String>,
        /// Keep printing new lines until Ctrl-C
        #[arg(long)]
        follow: bool,
        #[command(flatten)]
        common: Common,
    },
    /// List the queues with their depths, or the messages of one queue
    Queues {
        /// Show the messages of this queue without receiving them
        queue: Option<String>,
        /// Move the messages of this dead-letter queue back to their source queue
        #[arg(long, requires = "queue")]
        redrive: bool,
        #[command(flatten)]
        common: Common,
    },
    /// List the tables, or the items of one table
    Tables {
        /// Show the items of this table
        table: Option<String>,
        #[command(flatten)]
        common: Common,
    },
    /// List the latest requests and invocations, or show one trace from the gateway to the tables
    Trace {
        /// The trace ID, as in the list
        trace: Option<String>,
        #[command(flatten)]
        common: Common,
    },
    /// List the latest events and their deliveries
    Events {
        /// Test this event pattern against the event in --event instead
        #[arg(long, value_name = "JSON", requires = "event")]
        pattern: Option<String>,
        /// The event to test --pattern against
        #[arg(long, value_name = "JSON", requires = "pattern")]
        event: Option<String>,
        #[command(flatten)]
        common: Common,
    },
}

impl Ask {
    /// Asks, and prints what comes.
    pub(super) fn run(&self) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            match self {
                Self::Logs { function, text, follow, common } => {
                    logs(common, function.as_deref(), text.as_deref(), *follow).await
                }
                Self::Queues { queue: Some(name), redrive: true, common } => {
                    redrive(common, name).await
                }
                Self::Queues { queue: Some(name), common, .. } => messages(common, name).await,
                Self::Queues { common, .. } => queues(common).await,
                Self::Tables { table: Some(name), common } => items(common, name).await,
                Self::Tables { common, .. } => tables(common).await,
                Self::Trace { trace, common } => steps(common, trace.as_deref(), None).await,
                Self::Events { pattern: Some(pattern), event, common } => {
                    test(common, pattern, event.as_deref().unwrap_or_default()).await
                }
                Self::Events { common, .. } => steps(common, None, Some("event")).await,
            }
        })
    }
}

async fn logs(
    common: &Common,
    of: Option<&str>,
    text: Option<&str>,
    follow: bool,
) -> anyhow::Result<()> {
    let mut after = 0;
    loop {
        let mut path = format!("/_stage/logs?after={after}&limit={}", common.limit);
        for (name, value) in [("of", of), ("text", text)] {
            if let Some(value) = value {
                path.push_str(&format!("&{name}={}", escaped(value)));
            }
        }
        let answer = common.get(&path).await?;
        for line in list(&answer["lines"]) {
            after = after.max(line["n"].as_u64().unwrap_or_default());
            let of = text_of(&line["of"]);
            common.show(line, || {
                format!("{} {of} | {}", time(&line["atMs"]), text_of(&line["text"]))
            });
        }
        if !follow {
            return Ok(());
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn queues(common: &Common) -> anyhow::Result<()> {
    let system = common.get("/_stage/system").await?;
    common.title(&format!("{:>8} {:>9} {:>8}  queue", "visible", "in flight", "delayed"));
    for queue in list(&system["parts"]).iter().filter(|part| part["kind"] == "queue") {
        let figures = &queue["figures"];
        common.show(queue, || {
            format!(
                "{:>8} {:>9} {:>8}  {}",
                figures["visible"].to_string(),
                figures["inFlight"].to_string(),
                figures["delayed"].to_string(),
                text_of(&queue["name"])
            )
        });
    }
    Ok(())
}

async fn messages(common: &Common, name: &str) -> anyhow::Result<()> {
    let path = format!("/_stage/queue?name={}&limit={}", escaped(name), common.limit);
    for message in list(&common.get(&path).await?["messages"]) {
        common.show(message, || {
            let attributes = message["attributes"].as_object().filter(|all| !all.is_empty());
            let attributes =
                attributes.map(|all| format!("\n    {}", json!(all))).unwrap_or_default();
            let (id, body) = (text_of(&message["id"]), text_of(&message["body"]));
            format!("{} {id}{attributes}\n    {body}", time(&message["sentMs"]))
        });
    }
    Ok(())
}

async fn redrive(common: &Common, name: &str) -> anyhow::Result<()> {
    let system = common.get("/_stage/system").await?;
    let parts = list(&system["parts"]);
    let queue = parts.iter().find(|part| part["kind"] == "queue" && part["name"] == name);
    let queue = queue.with_context(|| format!("the queue `{name}` does not exist"))?;
    let request = json!({ "SourceArn": queue["arn"] });
    let answer = common.call("AmazonSQS.StartMessageMoveTask", &request).await?;
    common.show(&answer, || format!("{} messages are moved back", queue["figures"]["visible"]));
    Ok(())
}

async fn tables(common: &Common) -> anyhow::Result<()> {
    let system = common.get("/_stage/system").await?;
    for table in list(&system["parts"]).iter().filter(|part| part["kind"] == "table") {
        common.show(table, || {
            let keys =
                list(&table["keys"]).iter().map(|key| text_of(&key["AttributeName"]).to_owned());
            format!("{} ({})", text_of(&table["name"]), keys.collect::<Vec<_>>().join(", "))
        });
    }
    Ok(())
}

async fn items(common: &Common, name: &str) -> anyhow::Result<()> {
    let request = json!({ "TableName": name, "Limit": common.limit });
    let answer = common.call("DynamoDB_20120810.Scan", &request).await?;
    for item in list(&answer["Items"]) {
        common.show(item, || item.to_string());
    }
    Ok(())
}

async fn steps(common: &Common, trace: Option<&str>, kind: Option<&str>) -> anyhow::Result<()> {
    let mut path = format!("/_stage/steps?limit={}", common.limit);
    for (name, value) in [("trace", trace), ("kind", kind)] {
        if let Some(value) = value {
            path.push_str(&format!("&{name}={}", escaped(value)));
        }
    }
    let answer = common.get(&path).await?;
    for step in list(&answer["steps"]) {
        common.show(step, || {
            let mark = if step["isGood"] == true { ' ' } else { '!' };
            let of = if trace.is_none() { text_of(&step["trace"]) } else { "" };
            format!(
                "{} {:>9} ms {mark} {:<10} {}  {}  {} {of}",
                time(&step["atMs"]),
                step["tookMs"].to_string(),
                text_of(&step["kind"]),
                text_of(&step["name"]),
                text_of(&step["detail"]),
                text_of(&step["outcome"])
            )
        });
    }
    Ok(())
}

async fn test(common: &Common, pattern: &str, event: &str) -> anyhow::Result<()> {
    let request = json!({ "EventPattern": pattern, "Event": event });
    let answer = common.call("AWSEvents.TestEventPattern", &request).await?;
    common.show(&answer, || {
        if answer["Result"] == true { "matches" } else { "does not match" }.to_owned()
    });
    Ok(())
}

impl Common {
    /// Prints a thing as it is wanted.
    fn show(&self, thing: &Value, plain: impl FnOnce() -> String) {
        say(&format!("{}\n", if self.json { thing.to_string() } else { plain() }));
    }

    fn title(&self, text: &str) {
        if !self.json {
            say(&format!("{text}\n"));
        }
    }

    async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.send(Request::get(path), Bytes::new()).await
    }

    async fn call(&self, target: &str, request: &Value) -> anyhow::Result<Value> {
        // The tables want credentials, whichever they are.
        let credentials = "AWS4-HMAC-SHA256 Credential=console/20260101/us-east-1/dynamodb/aws4_request, \
                           SignedHeaders=host, Signature=none";
        let head = Request::post("/")
            .header("x-amz-target", target)
            .header("authorization", credentials)
            .header("x-amz-date", "20260101T000000Z");
        self.send(head, request.to_string().into()).await
    }

    async fn send(
        &self,
        head: hyper::http::request::Builder,
        body: Bytes,
    ) -> anyhow::Result<Value> {
        let endpoint = match &self.endpoint {
            Some(endpoint) => endpoint.clone(),
            None => Note::read()?,
        };
        let host = endpoint.strip_prefix("http://").unwrap_or(&endpoint).trim_end_matches('/');
        let stream = TcpStream::connect(host).await.with_context(|| {
            format!("no stage is running at {endpoint}; start one, or pass --endpoint")
        })?;
        let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let request = head.header("host", host).body(Full::new(body))?;
        let response = sender.send_request(request).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        let value: Value = serde_json::from_slice(&body).with_context(|| {
            format!("{endpoint} is not a stage: it returned {status} without JSON")
        })?;
        if !status.is_success() {
            let message = value["message"].as_str().or(value["Message"].as_str());
            bail!("{}", message.unwrap_or(status.as_str()));
        }
        Ok(value)
    }
}

/// Says where the stage of this folder runs, as long as it does.
pub(super) struct Note(PathBuf);

impl Note {
    fn path() -> PathBuf {
        let here = Path::new(".");
        let folder = binaries::target_folder(here).unwrap_or_else(|_| here.join("target"));
        folder.join("stage").join("endpoint")
    }

    /// Notes a stage. Where it cannot be noted, commands have to be told.
    pub(super) fn write(endpoint: &str) -> Self {
        let path = Self::path();
        if let Some(folder) =
            path.parent().filter(|folder| folder.parent().is_some_and(Path::is_dir))
        {
            let _ = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, endpoint));
        }
        Self(path)
    }

    fn read() -> anyhow::Result<String> {
        std::fs::read_to_string(Self::path())
            .ok()
            .context("no stage was started in this folder; start one, or pass --endpoint")
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A time of day with milliseconds, in UTC.
fn time(ms: &Value) -> String {
    let timestamp = jiff::Timestamp::from_millisecond(ms.as_i64().unwrap_or_default());
    timestamp.map_or_else(|_| String::new(), |time| time.strftime("%H:%M:%S%.3f").to_string())
}

/// A value of a query.
fn escaped(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let escape =
        |byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(escape).collect()
}
