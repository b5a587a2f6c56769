//! Seeing messages on AWS: a rule of the run's own on each bus, and a queue behind them that the run reads and nobody
//! else does. All of it is made by the run and removed by it; what cannot be removed is named.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::aws::{Aws, Service, json_fault};
use crate::messages::Messages;
use crate::shared::{NAMED, prefix};
use crate::stack::Stack;
use crate::system::{Channel, System};

/// How many tasks read the queue; each takes ten messages at a time.
const READERS: usize = 4;

/// How many receives in a row may fail, a second apart, before messages that did not arrive say nothing.
const MAX_FAILURES: u32 = 5;

/// How long a rule takes until it matches what is published.
const SETTLES: Duration = Duration::from_secs(2);

/// The rules and the queue of a run.
pub(crate) struct Watcher {
    aws: Aws,
    queue: String,
    /// None where its creation has not succeeded.
    queue_url: Option<String>,
    /// Bus and name of each rule.
    rules: Vec<(String, String)>,
    /// The tasks that read; dropping the set ends them.
    readers: JoinSet<()>,
}

impl Watcher {
    /// Makes the rules and the queue, and begins to read; `None` where the system publishes nothing. Beside that, why
    /// messages cannot be seen. What could not be removed again then is removed at the end of the run, or named there.
    pub(crate) async fn start(
        aws: &Aws,
        stack: &Stack,
        run: &str,
        system: &System,
        messages: &Arc<Messages>,
    ) -> (Option<Self>, anyhow::Result<()>) {
        if system.channels.is_empty() {
            return (None, Ok(()));
        }
        let queue = format!("{}messages", prefix(run));
        let (aws, readers) = (aws.clone(), JoinSet::new());
        let mut watcher = Self { aws, queue, queue_url: None, rules: Vec::new(), readers };
        if let Err(error) = watcher.set_up(stack, run, system).await {
            let stays = watcher.remove().await;
            return ((!stays.is_empty()).then_some(watcher), Err(error));
        }
        for _ in 0..READERS {
            let (aws, messages) = (watcher.aws.clone(), Arc::clone(messages));
            let url = watcher.queue_url.clone().unwrap_or_default();
            watcher.readers.spawn(async move { read(&aws, &url, &messages).await });
        }
        messages.begin();
        tokio::time::sleep(SETTLES).await;
        (Some(watcher), Ok(()))
    }

    /// Whether it reads messages.
    pub(crate) fn reads(&self) -> bool {
        !self.readers.is_empty()
    }

    async fn set_up(&mut self, stack: &Stack, run: &str, system: &System) -> anyhow::Result<()> {
        let made = sqs(&self.aws, "CreateQueue", json!({ "QueueName": self.queue })).await;
        let made = made.context("cannot create a queue to observe messages")?;
        let url = made["QueueUrl"].as_str().unwrap_or_default().to_owned();
        self.queue_url = Some(url.clone());
        let asked = json!({ "QueueUrl": url, "AttributeNames": ["QueueArn"] });
        let told = sqs(&self.aws, "GetQueueAttributes", asked).await?;
        let arn =
            told["Attributes"]["QueueArn"].as_str().context("the queue has no ARN")?.to_owned();
        let mut rules = Vec::new();
        for (number, bus) in buses(stack, system)?.into_iter().enumerate() {
            let name = format!("{}{number}", prefix(run));
            let pattern = pattern(system, &bus.id).to_string();
            let rule = json!({ "Name": name, "EventBusName": bus.name, "EventPattern": pattern });
            // It may be there although no response came.
            self.rules.push((bus.name.clone(), name.clone()));
            let made = events(&self.aws, "PutRule", rule)
                .await
                .context("cannot create an EventBridge rule")?;
            rules.push(made["RuleArn"].clone());
            let target = json!({
                "Rule": name, "EventBusName": bus.name, "Targets": [{ "Id": "messages", "Arn": arn }],
            });
            let put = events(&self.aws, "PutTargets", target)
                .await
                .context("cannot add a target to the rule")?;
            if put["FailedEntryCount"].as_u64().unwrap_or_default() > 0 {
                bail!(
                    "cannot add a target to the rule: {}",
                    put["FailedEntries"][0]["ErrorMessage"]
                );
            }
        }
        let policy = json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Effect": "Allow",
                "Principal": { "Service": "events.amazonaws.com" },
                "Action": "sqs:SendMessage",
                "Resource": arn,
                "Condition": { "ArnEquals": { "aws:SourceArn": rules } },
            }],
        });
        let policy = json!({ "QueueUrl": url, "Attributes": { "Policy": policy.to_string() } });
        sqs(&self.aws, "SetQueueAttributes", policy)
            .await
            .context("cannot set the queue policy")?;
        Ok(())
    }

    /// Removes everything that was made; says what stays, which another call removes.
    pub(crate) async fn remove(&mut self) -> Vec<String> {
        self.readers.shutdown().await;
        let (mut stays, mut rules) = (Vec::new(), Vec::new());
        for (bus, rule) in std::mem::take(&mut self.rules) {
            if let Err(error) = self.remove_rule(&bus, &rule).await {
                stays.push(format!("the rule {rule} of the bus {bus}: {error:#}"));
                rules.push((bus, rule));
            }
        }
        self.rules = rules;
        if let Err(error) = self.remove_queue().await {
            stays.push(format!("the queue {}: {error:#}", self.queue));
        }
        stays
    }

    async fn remove_rule(&self, bus: &str, rule: &str) -> anyhow::Result<()> {
        let targets = json!({ "Rule": rule, "EventBusName": bus, "Ids": ["messages"] });
        gone(events(&self.aws, "RemoveTargets", targets).await)?;
        let rule = json!({ "Name": rule, "EventBusName": bus });
        gone(events(&self.aws, "DeleteRule", rule).await)
    }

    /// Removes the queue. One whose creation got no response is looked for by its name.
    async fn remove_queue(&mut self) -> anyhow::Result<()> {
        if self.queue_url.is_none() {
            let asked = json!({ "QueueName": self.queue });
            let found = sqs(&self.aws, "GetQueueUrl", asked).await;
            let url = found.ok().and_then(|one| one["QueueUrl"].as_str().map(str::to_owned));
            // Who may not create a queue may seldom ask for one either; there is none as far as can be seen.
            let Some(url) = url else { return Ok(()) };
            self.queue_url = Some(url);
        }
        gone(sqs(&self.aws, "DeleteQueue", json!({ "QueueUrl": self.queue_url })).await)?;
        self.queue_url = None;
        Ok(())
    }
}

/// Queues and rules that other runs made and that are still there: of runs that were killed, or are in progress. Nothing
/// where the account does not tell.
pub(crate) async fn of_other_runs(aws: &Aws, stack: &Stack, system: &System) -> Vec<String> {
    let mut found = Vec::new();
    let queues = sqs(aws, "ListQueues", json!({ "QueueNamePrefix": NAMED })).await;
    let queues = queues.map(|answer| texts(&answer["QueueUrls"])).unwrap_or_default();
    let name = |url: String| url.rsplit('/').next().unwrap_or_default().to_owned();
    let names = queues.into_iter().map(name).filter(|name| is_of_a_run(name));
    found.extend(names.map(|name| format!("queue {name}")));
    for bus in buses(stack, system).unwrap_or_default() {
        let asked = json!({ "EventBusName": bus.name, "NamePrefix": NAMED });
        let Ok(answer) = events(aws, "ListRules", asked).await else { continue };
        let rules = answer["Rules"].as_array().into_iter().flatten();
        let names = rules.filter_map(|rule| rule["Name"].as_str()).filter(|name| is_of_a_run(name));
        found.extend(names.map(|rule| format!("rule {rule} of the bus {}", bus.name)));
    }
    found
}

/// Whether a run gave a queue or a rule this name; others may begin alike.
fn is_of_a_run(name: &str) -> bool {
    let parts = name.strip_prefix(NAMED).and_then(|rest| rest.split_once('-'));
    parts.is_some_and(|(run, what)| {
        let is_run = run.len() == 8 && run.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_run && (what == "messages" || what.parse::<usize>().is_ok())
    })
}

fn texts(list: &Value) -> Vec<String> {
    let all = list.as_array().into_iter().flatten();
    all.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Whether something is not there any more: what never was there counts, too.
fn gone(removed: anyhow::Result<Value>) -> anyhow::Result<()> {
    const MISSING: [&str; 3] = [
        "ResourceNotFoundException",
        "QueueDoesNotExist",
        "AWS.SimpleQueueService.NonExistentQueue",
    ];
    match removed {
        Err(error) if !MISSING.iter().any(|code| error.to_string().starts_with(code)) => Err(error),
        _ => Ok(()),
    }
}

/// Publishes a message.
///
/// # Errors
/// When the stack does not say how its bus is called, or the bus does not take it.
pub(crate) async fn publish(
    aws: &Aws,
    stack: &Stack,
    channel: &Channel,
    detail: &Value,
) -> anyhow::Result<()> {
    let bus = physical(stack, channel.bus)?;
    let answer = events(aws, "PutEvents", entry(bus, channel, detail)?).await?;
    taken(&answer)
}

/// The body of `PutEvents` with one event.
///
/// # Errors
/// When nothing says whose the message is.
pub(crate) fn entry(bus: &str, channel: &Channel, detail: &Value) -> anyhow::Result<Value> {
    let source = channel.source;
    let source = source.with_context(|| format!("the message {} has no source", channel.id))?;
    Ok(json!({ "Entries": [{
        "EventBusName": bus,
        "Source": source,
        "DetailType": channel.detail_type,
        "Detail": detail.to_string(),
    }] }))
}

/// Whether `PutEvents` took the event.
pub(crate) fn taken(answer: &Value) -> anyhow::Result<()> {
    let failed = answer["FailedEntryCount"].as_u64();
    if failed.context("`PutEvents` responded without FailedEntryCount")? > 0 {
        bail!("the bus refused it: {}", answer["Entries"][0]["ErrorMessage"]);
    }
    Ok(())
}

/// A bus, as contracts and as AWS name it.
struct Bus {
    id: String,
    name: String,
}

fn physical<'s>(stack: &'s Stack, bus: &str) -> anyhow::Result<&'s str> {
    let name = stack.outputs.get(&format!("{bus}Name"));
    name.map(String::as_str).with_context(|| {
        format!("the stack has no output {bus}Name with the name of its bus {bus}")
    })
}

fn buses(stack: &Stack, system: &System) -> anyhow::Result<Vec<Bus>> {
    let mut buses: Vec<Bus> = Vec::new();
    for channel in system.channels {
        if buses.iter().all(|bus| bus.id != channel.bus) {
            let name = physical(stack, channel.bus)?.to_owned();
            buses.push(Bus { id: channel.bus.to_owned(), name });
        }
    }
    Ok(buses)
}

/// What the rule of a bus matches: each message that is published there.
fn pattern(system: &System, bus: &str) -> Value {
    let on_it = || system.channels.iter().filter(|channel| channel.bus == bus);
    let kinds: BTreeSet<_> = on_it().map(|channel| channel.detail_type).collect();
    // Where anybody may send one of them, every source is looked at.
    let sources: Option<BTreeSet<_>> = on_it().map(|channel| channel.source).collect();
    match sources {
        Some(sources) => json!({ "source": sources, "detail-type": kinds }),
        None => json!({ "detail-type": kinds }),
    }
}

async fn read(aws: &Aws, url: &str, messages: &Messages) {
    let ask = json!({
        "QueueUrl": url, "MaxNumberOfMessages": 10, "WaitTimeSeconds": 5,
        "MessageSystemAttributeNames": ["SentTimestamp"],
    });
    let mut n_failures = 0;
    loop {
        let answer = match sqs(aws, "ReceiveMessage", ask.clone()).await {
            Ok(answer) => answer,
            Err(error) => {
                n_failures += 1;
                if n_failures == MAX_FAILURES {
                    messages.cannot_be_read(format!("{error:#}"));
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        n_failures = 0;
        let received = answer["Messages"].as_array().cloned().unwrap_or_default();
        let mut done = Vec::new();
        for (number, message) in received.iter().enumerate() {
            if let Some(envelope) =
                message["Body"].as_str().and_then(|body| serde_json::from_str(body).ok())
            {
                messages.published(&envelope, sent_at(message));
            }
            done.push(
                json!({ "Id": number.to_string(), "ReceiptHandle": message["ReceiptHandle"] }),
            );
        }
        if !done.is_empty() {
            // One that is not removed comes again, says the same, and counts as repeated.
            let _ =
                sqs(aws, "DeleteMessageBatch", json!({ "QueueUrl": url, "Entries": done })).await;
        }
    }
}

/// When the queue got a message, which is a moment after the bus did.
fn sent_at(message: &Value) -> Timestamp {
    let told = message["Attributes"]["SentTimestamp"].as_str().and_then(|text| text.parse().ok());
    told.and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or_else(Timestamp::now)
}

async fn sqs(aws: &Aws, action: &str, body: Value) -> anyhow::Result<Value> {
    let target = format!("AmazonSQS.{action}");
    call(aws, Service::Sqs, "application/x-amz-json-1.0", &target, body).await
}

async fn events(aws: &Aws, action: &str, body: Value) -> anyhow::Result<Value> {
    let target = format!("AWSEvents.{action}");
    call(aws, Service::Events, "application/x-amz-json-1.1", &target, body).await
}

async fn call(
    aws: &Aws,
    service: Service,
    media_type: &str,
    target: &str,
    body: Value,
) -> anyhow::Result<Value> {
    let headers = [("content-type", media_type), ("x-amz-target", target)];
    let (status, text) = aws.post(service, &headers, body.to_string()).await?;
    read_answer(status, &text)
}

/// The answer of a service that speaks JSON, or the error that it names.
pub(crate) fn read_answer(status: u16, text: &str) -> anyhow::Result<Value> {
    match status {
        // Actions that return nothing have no body.
        200 if text.is_empty() => Ok(Value::Null),
        200 => serde_json::from_str(text).context("the response is not JSON"),
        _ => Err(json_fault(status, text)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use std::collections::BTreeMap;

    use super::*;

    static PLACED: Channel = Channel { correlation: "/id", ..Channel::PLACED };
    static PAID: Channel = Channel { id: "Paid", detail_type: "Paid", ..PLACED };
    static SYSTEM: System = System { channels: &[&PLACED, &PAID], ..System::NEW };

    fn stack(outputs: &[(&str, &str)]) -> Stack {
        let own = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        Stack {
            name: "shop".to_owned(),
            url: String::new(),
            stage: None,
            is_production: false,
            queues: Vec::new(),
            tables: Vec::new(),
            outputs: outputs.iter().map(own).collect::<BTreeMap<_, _>>(),
        }
    }

    #[test]
    fn a_rule_matches_each_message_once() {
        let expected = json!({ "source": ["orders"], "detail-type": ["OrderPlaced", "Paid"] });
        assert_eq!(pattern(&SYSTEM, "Bus"), expected);
        static ANYBODYS: Channel =
            Channel { id: "Sent", detail_type: "Sent", source: None, ..PLACED };
        static OPEN: System = System { channels: &[&PLACED, &ANYBODYS], ..System::NEW };
        assert_eq!(pattern(&OPEN, "Bus"), json!({ "detail-type": ["OrderPlaced", "Sent"] }));
        let refused = entry("bus", &ANYBODYS, &json!({})).unwrap_err().to_string();
        assert_eq!(refused, "the message Sent has no source");
        let buses = buses(&stack(&[("BusName", "shop-bus")]), &SYSTEM).unwrap();
        assert_eq!(buses.iter().map(|bus| bus.name.as_str()).collect::<Vec<_>>(), ["shop-bus"]);
        let error = physical(&stack(&[]), "Bus").unwrap_err().to_string();
        assert!(error.contains("no output BusName"), "{error}");
    }

    #[test]
    fn the_bus_says_whether_it_took_an_event() {
        assert!(taken(&json!({ "FailedEntryCount": 0 })).is_ok());
        let refused =
            json!({ "FailedEntryCount": 1, "Entries": [{ "ErrorMessage": "too large" }] });
        assert!(taken(&refused).unwrap_err().to_string().contains("too large"));
        // An answer without a count is of something else than the bus.
        assert!(taken(&json!({})).is_err());
        let throttled = r#"{"__type": "ThrottlingException", "message": "Rate exceeded"}"#;
        let error = read_answer(400, throttled).unwrap_err().to_string();
        assert_eq!(error, "ThrottlingException: Rate exceeded");
        assert!(read_answer(200, "").is_ok());
        assert!(read_answer(500, "").is_err() && read_answer(200, "<html>").is_err());
    }

    #[test]
    fn the_queue_says_when_it_got_a_message() {
        let at = sent_at(&json!({ "Attributes": { "SentTimestamp": "1790000000123" } }));
        assert_eq!(at.as_millisecond(), 1_790_000_000_123);
    }

    #[test]
    fn only_what_a_run_made_is_of_one() {
        for name in ["lt-0a1b2c3d-messages", "lt-0a1b2c3d-0", "lt-0a1b2c3d-12"] {
            assert!(is_of_a_run(name), "{name}");
        }
        for name in [
            "lt-orders",
            "lt-0a1b2c3d",
            "lt-0a1b2c3d-orders",
            "lt-warehouse-messages",
            "x-0a1b2c3d-0",
        ] {
            assert!(!is_of_a_run(name), "{name}");
        }
    }
}
