//! The commands that inspect a running stage: `stage logs|queues|tables|trace|events`.
//!
//! Each calls the stage's AWS endpoint and prints a table, or with `--json` one line of JSON for each entry.

mod client;

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use clap::Subcommand;
use serde_json::{Value, json};

use crate::percent;

use super::{LONGEST, claim, issuer_for_token, issuer_key, validity};
use client::Common;
pub(super) use client::{Note, Unknown};

/// The pause between two polls of `--follow`.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(300);

/// The commands that inspect a running stage.
#[derive(Debug, Subcommand)]
pub(super) enum Ask {
    /// Print log lines of functions, and problems that the stage reports
    Logs {
        /// Only lines about this function, rule or queue, by name or logical id
        #[arg(value_name = "NAME")]
        of: Option<String>,
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
        /// Show the messages of this queue, by name or logical id, without receiving them
        queue: Option<String>,
        /// Move the messages of this dead-letter queue back to their source queue
        #[arg(long, requires = "queue")]
        redrive: bool,
        #[command(flatten)]
        common: Common,
    },
    /// List the tables, or the items of one table
    Tables {
        /// Show the items of this table, by name or logical id
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
    /// Print a token signed by the local issuer, with the given claims
    Token {
        /// The claims, such as `iss=https://issuer.example aud=shop sub=anna scope="orders.read orders.write"`; a value
        /// that is JSON is taken as such
        #[arg(value_name = "NAME=VALUE", value_parser = claim)]
        claims: Vec<(String, Value)>,
        /// How long the token is valid, in seconds; negative for an expired token
        #[arg(long, value_name = "SECONDS", default_value_t = 3_600, allow_negative_numbers = true,
              value_parser = clap::value_parser!(i64).range(-LONGEST..=LONGEST))]
        expires_in: i64,
    },
}

impl Ask {
    /// Asks, and prints what comes.
    pub(super) fn run(&self) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            match self {
                Self::Logs { of, text, follow, common } => {
                    let of = match of {
                        Some(name) => Some(common.writer(name).await?),
                        None => None,
                    };
                    logs(common, of.as_deref(), text.as_deref(), *follow).await
                }
                Self::Queues { queue: Some(name), redrive: true, common } => {
                    redrive(common, &common.named("queue", name).await?).await
                }
                Self::Queues { queue: Some(name), common, .. } => {
                    messages(common, &common.named("queue", name).await?).await
                }
                Self::Queues { common, .. } => queues(common).await,
                Self::Tables { table: Some(name), common } => {
                    items(common, &common.named("table", name).await?).await
                }
                Self::Tables { common, .. } => tables(common).await,
                Self::Trace { trace, common } => steps(common, trace.as_deref(), None).await,
                Self::Events { pattern: Some(pattern), event, common } => {
                    test(common, pattern, event.as_deref().unwrap_or_default()).await
                }
                Self::Events { common, .. } => steps(common, None, Some("event")).await,
                Self::Token { claims, expires_in } => token(claims, *expires_in),
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
    let mut after: Option<u64> = None;
    loop {
        let mut path = format!("/_stage/logs?limit={}", common.limit);
        if let Some(after) = after {
            path.push_str(&format!("&after={after}"));
        }
        for (name, value) in [("of", of), ("text", text)] {
            if let Some(value) = value {
                path.push_str(&format!("&{name}={}", percent::encoded(value.as_bytes())));
            }
        }
        let answer = common.get(&path).await?;
        if let Some(n_lost) = answer["nLost"].as_u64().filter(|n_lost| *n_lost > 0) {
            crate::log::say(format_args!(
                "note: {n_lost} lines were written faster than they could be followed"
            ));
        }
        let lines = list(&answer["lines"]);
        for line in lines {
            common.show(line, || {
                let (of, text) = (shown(&line["of"]), shown_lines(&line["text"]));
                format!("{} {of} | {text}", time(&line["atMs"]))
            });
        }
        if !follow {
            return Ok(());
        }
        let is_full = after.is_some() && lines.len() == common.limit.get();
        after = answer["last"].as_u64();
        if !is_full {
            tokio::time::sleep(PAUSE).await;
        }
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
    let path =
        format!("/_stage/queue?name={}&limit={}", percent::encoded(name.as_bytes()), common.limit);
    for message in list(&common.get(&path).await?["messages"]) {
        common.show(message, || {
            let attributes = message["attributes"].as_object().filter(|all| !all.is_empty());
            let attributes =
                attributes.map(|all| format!("\n    {}", json!(all))).unwrap_or_default();
            let (id, body) = (shown(&message["id"]), shown_lines(&message["body"]));
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
            path.push_str(&format!("&{name}={}", percent::encoded(value.as_bytes())));
        }
    }
    let answer = common.get(&path).await?;
    if let Some(trace) = trace.filter(|_| list(&answer["steps"]).is_empty()) {
        bail!(Unknown(format!("the trace `{trace}` is not known; `stage trace` lists the latest")));
    }
    for step in list(&answer["steps"]) {
        common.show(step, || {
            let mark = if step["isGood"] == true { ' ' } else { '!' };
            let of = if trace.is_none() { shown(&step["trace"]) } else { String::new() };
            format!(
                "{} {:>9} ms {mark} {:<10} {}  {}  {} {of}",
                time(&step["atMs"]),
                step["tookMs"].to_string(),
                shown(&step["kind"]),
                shown(&step["name"]),
                shown(&step["detail"]),
                shown(&step["outcome"])
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

/// Prints a token of the local issuer, which ends after some time unless its claims say when.
fn token(claims: &[(String, Value)], expires_in: i64) -> anyhow::Result<()> {
    let issuer = issuer_for_token(&issuer_key(Path::new(".")))?;
    let (began, seconds) = validity(expires_in);
    let mut all = serde_json::Map::new();
    all.insert("iat".to_owned(), began.into());
    all.insert("exp".to_owned(), (began + seconds).into());
    all.extend(claims.iter().cloned());
    // A script goes on with the token, so one that was not written is no success.
    let mut out = std::io::stdout();
    let token = issuer.mint(&all.into())?;
    writeln!(out, "{token}").and_then(|()| out.flush()).context("cannot write to standard output")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A text of somebody else, such as the source of an event, on one line: its control characters and those of the writing
/// direction are seen, and obeyed by no terminal.
fn shown(value: &Value) -> String {
    visible(text_of(value))
}

/// The same with its lines, each further one indented, so that none looks like an entry of the list.
fn shown_lines(value: &Value) -> String {
    text_of(value).lines().map(visible).collect::<Vec<_>>().join("\n    ")
}

fn visible(text: &str) -> String {
    let hides = |char: char| {
        (char.is_control() && char != '\t')
            || matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|char| if hides(char) { '\u{fffd}' } else { char }).collect()
}

/// A time of day with milliseconds, in UTC.
fn time(ms: &Value) -> String {
    let timestamp = jiff::Timestamp::from_millisecond(ms.as_i64().unwrap_or_default());
    timestamp.map_or_else(|_| String::new(), |time| time.strftime("%H:%M:%S%.3f").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_somebody_else_adds_a_row_or_moves_the_cursor() {
        let text = json!("a\u{1b}[2J\n12:00:00.000 fake\u{202e}");
        assert_eq!(shown(&text), "a\u{fffd}[2J\u{fffd}12:00:00.000 fake\u{fffd}");
        assert_eq!(shown_lines(&text), "a\u{fffd}[2J\n    12:00:00.000 fake\u{fffd}");
    }
}
