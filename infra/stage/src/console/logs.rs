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
    log_stream_name: Option<String>,
    log_stream_names: Option<Vec<String>>,
    start_from_head: Option<bool>,
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
    let is_wanted = |line: &Line| {
        writers.contains(&line.of)
            && !line.is_problem
            && request.start_time.is_none_or(|start| line.at_ms >= start)
            && request.end_time.is_none_or(|end| line.at_ms < end)
            && words.iter().all(|word| line.text.contains(word))
    };
    let named = [request.log_stream_name.as_deref()].into_iter().flatten();
    let listed = request.log_stream_names.iter().flatten().map(String::as_str);
    if named.chain(listed).any(|name| name != STREAM) {
        let message = "The specified log stream does not exist.";
        return Err(("ResourceNotFoundException", message.to_owned()));
    }
    let limit = request.limit.unwrap_or(MAX_EVENTS);
    if !(1..=MAX_EVENTS).contains(&limit) {
        return Err(invalid(&format!("`limit` must be between 1 and {MAX_EVENTS}")));
    }
    let token = request.next_token.as_deref().map(Token::read).transpose()?;
    let is_filter = action == "FilterLogEvents";
    let after = match token {
        Some(Token::Forward(after)) => after,
        Some(Token::Backward(_)) if is_filter => return Err(no_token()),
        _ => 0,
    };
    let all = journal.lines(after, usize::MAX, is_wanted);
    if is_filter {
        let page = &all[..all.len().min(limit)];
        let shown: Vec<Value> = page.iter().map(shown).collect();
        return Ok(match page.last().filter(|_| all.len() > limit) {
            Some(last) => json!({ "events": shown, "nextToken": Token::Forward(last.n).text() }),
            None => json!({ "events": shown }),
        });
    }
    let is_from_head = request.start_from_head.unwrap_or_default();
    let page = match token {
        Some(Token::Forward(_)) => first(&all, limit),
        Some(Token::Backward(before)) => {
            last(&all[..all.partition_point(|line| line.n < before)], limit)
        }
        None if is_from_head => first(&all, limit),
        None => last(&all, limit),
    };
    // An end that is reached is named by the token that was sent.
    let (forward, backward) = match (page.first(), page.last(), token) {
        (Some(first), Some(last), _) => (last.n, first.n),
        (_, _, Some(Token::Forward(after))) => (after, after.saturating_add(1)),
        (_, _, Some(Token::Backward(before))) => (before.saturating_sub(1), before),
        _ => (0, 1),
    };
    let shown: Vec<Value> = page.iter().map(shown).collect();
    Ok(json!({
        "events": shown,
        "nextForwardToken": Token::Forward(forward).text(),
        "nextBackwardToken": Token::Backward(backward).text(),
    }))
}

fn first(lines: &[Line], limit: usize) -> &[Line] {
    &lines[..lines.len().min(limit)]
}

fn last(lines: &[Line], limit: usize) -> &[Line] {
    &lines[lines.len().saturating_sub(limit)..]
}

/// Where a page ended: what is asked for next are the lines after a number, or those before one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Forward(u64),
    Backward(u64),
}

impl Token {
    fn read(text: &str) -> Result<Self, Refused> {
        let (way, n) = text.split_once('/').ok_or_else(no_token)?;
        let is_number = !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit());
        let n = n.parse().ok().filter(|_| is_number).ok_or_else(no_token)?;
        match way {
            "f" => Ok(Self::Forward(n)),
            "b" => Ok(Self::Backward(n)),
            _ => Err(no_token()),
        }
    }

    fn text(self) -> String {
        match self {
            Self::Forward(n) => format!("f/{n:056}"),
            Self::Backward(n) => format!("b/{n:056}"),
        }
    }
}

fn no_token() -> Refused {
    invalid("The specified nextToken is invalid.")
}

fn invalid(message: &str) -> Refused {
    ("InvalidParameterException", message.to_owned())
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

    fn asked(journal: &Journal, action: &str, request: Value) -> Result<Value, &'static str> {
        let all = Groups([("/g".to_owned(), ["f".to_owned()].into())].into());
        let mut request = request;
        request["logGroupName"] = "/g".into();
        let request: Request = serde_json::from_value(request).unwrap_or_default();
        events(journal, &all, action, &request).map_err(|(code, _)| code)
    }

    fn texts(answer: &Value) -> String {
        let events = answer["events"].as_array().into_iter().flatten();
        events.filter_map(|event| event["message"].as_str()).collect()
    }

    /// As the reference of `GetLogEvents` says: the latest first, and the same token where an end is reached.
    #[test]
    fn events_are_read_from_the_end_unless_asked_from_the_head() {
        let journal = Journal::kept();
        let log = journal.beside(&crate::log::Log::silent());
        ["a", "b", "c", "d", "e"].iter().for_each(|text| log.output("f", text));
        let get = |request: Value| asked(&journal, "GetLogEvents", request).unwrap_or_default();
        let latest = get(json!({ "limit": 2 }));
        assert_eq!(texts(&latest), "de");
        let before = get(json!({ "limit": 2, "nextToken": latest["nextBackwardToken"] }));
        assert_eq!(texts(&before), "bc");
        let after = get(json!({ "limit": 2, "nextToken": before["nextForwardToken"] }));
        assert_eq!(texts(&after), "de");
        let end = get(json!({ "nextToken": after["nextForwardToken"] }));
        assert_eq!(
            (texts(&end), &end["nextForwardToken"]),
            (String::new(), &after["nextForwardToken"])
        );
        assert_eq!(texts(&get(json!({ "limit": 2, "startFromHead": true }))), "ab");
        let filter =
            |request: Value| asked(&journal, "FilterLogEvents", request).unwrap_or_default();
        let page = filter(json!({ "limit": 3 }));
        assert_eq!(texts(&page), "abc");
        let rest = filter(json!({ "limit": 3, "nextToken": page["nextToken"] }));
        assert_eq!((texts(&rest), rest.get("nextToken")), ("de".to_owned(), None));
    }

    #[test]
    fn what_is_no_token_limit_or_stream_is_refused() {
        let journal = Journal::kept();
        for action in ["GetLogEvents", "FilterLogEvents"] {
            for token in ["", "x", "f/", "-1", "f/-1", "f/+1", "1"] {
                let refused = asked(&journal, action, json!({ "nextToken": token }));
                assert_eq!(refused, Err("InvalidParameterException"), "{action} {token}");
            }
            for limit in [0, 10_001] {
                let refused = asked(&journal, action, json!({ "limit": limit }));
                assert_eq!(refused, Err("InvalidParameterException"), "{action} {limit}");
            }
            let refused = asked(&journal, action, json!({ "logStreamName": "other" }));
            assert_eq!(refused, Err("ResourceNotFoundException"), "{action}");
        }
    }

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
