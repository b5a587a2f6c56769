//! CloudWatch Logs, as far as SDKs read the logs of functions: `DescribeLogGroups`, `DescribeLogStreams`, `FilterLogEvents`
//! and `GetLogEvents`. Everything else is refused by name, live tails too.
//!
//! A function has one group, `/aws/lambda/<name>` or that of its `LoggingConfig`, with one stream for all its environments.
//! Groups of the template and those that rules and pipes write into are there too. Known deviation: a filter
//! pattern is a text or several, quoted or not, that must all be there; patterns of JSON and of columns are refused.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::account::{ACCOUNT, REGION};
use crate::http;
use crate::journal::{Journal, Line};
use crate::template::Plan;

const STREAM: &str = "all";

/// The most events of one answer (CloudWatch Logs quota).
const MAX_EVENTS: usize = 10_000;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Request {
    log_group_name: Option<String>,
    log_group_identifier: Option<String>,
    log_group_name_prefix: Option<String>,
    log_group_name_pattern: Option<String>,
    log_group_identifiers: Option<Vec<String>>,
    account_identifiers: Option<Vec<String>>,
    include_linked_accounts: Option<bool>,
    log_group_class: Option<String>,
    filter_pattern: Option<String>,
    start_time: Option<i64>,
    end_time: Option<i64>,
    limit: Option<usize>,
    next_token: Option<String>,
}

type Refused = (&'static str, String);

/// Answers an action of CloudWatch Logs.
pub(crate) fn answer(
    journal: &Journal,
    plan: &Plan,
    action: &str,
    body: &[u8],
) -> Response<Full<Bytes>> {
    let all = Groups::of(plan);
    let answer = read(body).and_then(|request| match action {
        "DescribeLogGroups" => Ok(groups(&all, &request)),
        "DescribeLogStreams" => streams(&all, &request),
        "FilterLogEvents" | "GetLogEvents" => events(journal, &all, action, &request),
        _ => Err((
            "UnknownOperationException",
            format!("the stage does not support {action} of CloudWatch Logs; it supports DescribeLogGroups, DescribeLogStreams, \
         FilterLogEvents and GetLogEvents"),
        )),
    });
    let (status, body) = match answer {
        Ok(value) => (StatusCode::OK, value),
        Err((code, message)) => {
            (StatusCode::BAD_REQUEST, json!({ "__type": code, "message": message }))
        }
    };
    let mut response = http::json(status, body.to_string());
    let content = HeaderValue::from_static("application/x-amz-json-1.1");
    response.headers_mut().insert(CONTENT_TYPE, content);
    response
}

fn read(body: &[u8]) -> Result<Request, Refused> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| ("SerializationException", error.to_string()))
}

/// The log groups of a stage, each with those who write into it: functions, and the group itself where rules and pipes do.
struct Groups(BTreeMap<String, BTreeSet<String>>);

impl Groups {
    fn of(plan: &Plan) -> Self {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for function in &plan.functions {
            let group = group_of_arn(&function.log_stream_arn);
            all.entry(group.to_owned()).or_default().insert(function.name.clone());
        }
        let declared = plan.stacks.iter().flat_map(|stack| &stack.resources);
        let declared = declared.filter(|one| one.kind == "AWS::Logs::LogGroup");
        let of_rules = plan.rules.iter().flat_map(|rule| &rule.targets).map(|target| &target.arn);
        let pipes = plan.mappings.iter().filter_map(|mapping| mapping.pipe.as_ref());
        let streams = plan.stream_mappings.iter().filter_map(|mapping| mapping.pipe.as_ref());
        let of_pipes = pipes.chain(streams).map(|pipe| &pipe.target);
        let targets = of_rules.chain(of_pipes).filter(|arn| arn.contains(":log-group:"));
        let names = declared.map(|one| one.physical_id.as_str());
        for name in names.chain(targets.map(|arn| group_of_arn(arn))) {
            all.entry(name.to_owned()).or_default().insert(name.to_owned());
        }
        Self(all)
    }

    /// Who writes into the group that is asked for.
    fn writers(&self, request: &Request) -> Result<&BTreeSet<String>, Refused> {
        let named = request.log_group_name.as_deref().or(request.log_group_identifier.as_deref());
        let missing =
            || ("ResourceNotFoundException", "The specified log group does not exist.".to_owned());
        self.0.get(group_of_arn(named.unwrap_or_default())).ok_or_else(missing)
    }
}

/// The name of a group, given as name or ARN.
fn group_of_arn(arn: &str) -> &str {
    let name = arn.split_once(":log-group:").map_or(arn, |(_, name)| name);
    name.split(':').next().unwrap_or_default()
}

fn groups(all: &Groups, request: &Request) -> Value {
    let prefix = request.log_group_name_prefix.as_deref().unwrap_or_default();
    let part = request.log_group_name_pattern.as_deref().unwrap_or_default().to_lowercase();
    let named = request.log_group_identifiers.as_deref();
    let here = [ACCOUNT.to_owned()];
    let is_here = request.account_identifiers.as_deref().unwrap_or(&here).contains(&here[0]);
    let is_standard = request.log_group_class.as_deref().is_none_or(|class| class == "STANDARD");
    let groups: Vec<Value> = all
        .0
        .keys()
        .filter(|name| name.starts_with(prefix) && name.to_lowercase().contains(&part))
        .filter(|name| {
            named.is_none_or(|named| named.iter().any(|one| group_of_arn(one) == name.as_str()))
        })
        .filter(|_| is_here && is_standard)
        .map(|name| {
            let arn = format!("arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{name}");
            json!({
                "logGroupName": name, "creationTime": 0, "storedBytes": 0, "arn": format!("{arn}:*"), "logGroupArn": arn,
            })
        })
        .collect();
    json!({ "logGroups": groups })
}

fn streams(all: &Groups, request: &Request) -> Result<Value, Refused> {
    all.writers(request)?;
    Ok(json!({ "logStreams": [{ "logStreamName": STREAM }] }))
}

fn events(
    journal: &Journal,
    all: &Groups,
    action: &str,
    request: &Request,
) -> Result<Value, Refused> {
    let writers = all.writers(request)?;
    let words = words(request.filter_pattern.as_deref().unwrap_or_default())?;
    let after = request.next_token.as_deref().and_then(|token| token.parse().ok()).unwrap_or(0);
    let is_wanted = |line: &Line| {
        writers.contains(&line.of)
            && !line.is_problem
            && request.start_time.is_none_or(|start| line.at_ms >= start)
            && request.end_time.is_none_or(|end| line.at_ms < end)
            && words.iter().all(|word| line.text.contains(word))
    };
    let all = journal.lines(after, usize::MAX, is_wanted);
    let limit = request.limit.unwrap_or(MAX_EVENTS).clamp(1, MAX_EVENTS);
    let page = &all[..all.len().min(limit)];
    let shown: Vec<Value> = page.iter().map(shown).collect();
    let last = page.last().map_or(after, |line| line.n).to_string();
    Ok(match action {
        "GetLogEvents" => {
            json!({ "events": shown, "nextForwardToken": last, "nextBackwardToken": "0" })
        }
        _ if all.len() > limit => json!({ "events": shown, "nextToken": last }),
        _ => json!({ "events": shown }),
    })
}

fn shown(line: &Line) -> Value {
    json!({
        "eventId": format!("{:056}", line.n),
        "logStreamName": STREAM,
        "timestamp": line.at_ms,
        "ingestionTime": line.at_ms,
        "message": line.text,
    })
}

/// The texts of a filter pattern.
fn words(pattern: &str) -> Result<Vec<String>, Refused> {
    let pattern = pattern.trim();
    if pattern.starts_with(['{', '[', '%']) {
        let message = "the stage filters by text only; JSON patterns, columns and expressions are not supported";
        return Err(("InvalidParameterException", message.to_owned()));
    }
    let mut words = Vec::new();
    let mut rest = pattern;
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_words_and_quoted_texts() {
        let of = |pattern: &str| words(pattern).map_err(|(code, _)| code);
        assert_eq!(of(""), Ok(vec![]));
        assert_eq!(
            of(r#" ERROR "two words" x"#),
            Ok(vec!["ERROR".into(), "two words".into(), "x".into()])
        );
        assert_eq!(of("{ $.level = \"ERROR\" }"), Err("InvalidParameterException"));
    }
}
