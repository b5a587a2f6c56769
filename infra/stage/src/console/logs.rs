//! CloudWatch Logs, as far as SDKs read the logs of functions: `DescribeLogGroups`, `DescribeLogStreams`, `FilterLogEvents`
//! and `GetLogEvents`. Everything else is refused by name, live tails too.
//!
//! A function has one group, `/aws/lambda/<name>`, with one stream for all its environments. Known deviation: a filter
//! pattern is a text or several, quoted or not, that must all be there; patterns of JSON and of columns are refused.

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::http;
use crate::journal::{Journal, Line};
use crate::lambda::Functions;

const GROUP: &str = "/aws/lambda/";
const STREAM: &str = "all";

/// The most events of one answer (CloudWatch Logs quota).
const MAX_EVENTS: usize = 10_000;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Request {
    log_group_name: Option<String>,
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
    functions: &Functions,
    action: &str,
    body: &[u8],
) -> Response<Full<Bytes>> {
    let answer = read(body).and_then(|request| match action {
        "DescribeLogGroups" => Ok(groups(functions, &request)),
        "DescribeLogStreams" => streams(functions, &request),
        "FilterLogEvents" | "GetLogEvents" => events(journal, functions, action, &request),
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

fn groups(functions: &Functions, request: &Request) -> Value {
    let prefix = request.log_group_name_prefix.as_deref().unwrap_or_default();
    let part = request.log_group_name_pattern.as_deref().unwrap_or_default().to_lowercase();
    let named = request.log_group_identifiers.as_deref();
    let here = [crate::template::ACCOUNT.to_owned()];
    let is_here = request.account_identifiers.as_deref().unwrap_or(&here).contains(&here[0]);
    let is_standard = request.log_group_class.as_deref().is_none_or(|class| class == "STANDARD");
    let names = functions.all().into_iter().map(|function| format!("{GROUP}{}", function.name()));
    let groups: Vec<Value> = names
        .filter(|name| name.starts_with(prefix) && name.to_lowercase().contains(&part))
        .filter(|name| {
            named.is_none_or(|named| named.iter().any(|one| one.ends_with(name.as_str())))
        })
        .filter(|_| is_here && is_standard)
        .map(|name| json!({ "logGroupName": name, "creationTime": 0, "storedBytes": 0 }))
        .collect();
    json!({ "logGroups": groups })
}

/// The function whose group is asked for.
fn function_of(functions: &Functions, request: &Request) -> Result<String, Refused> {
    let group = request.log_group_name.as_deref().unwrap_or_default();
    let name = group.strip_prefix(GROUP).filter(|name| functions.get(name).is_some());
    let missing =
        || ("ResourceNotFoundException", "The specified log group does not exist.".to_owned());
    name.map(str::to_owned).ok_or_else(missing)
}

fn streams(functions: &Functions, request: &Request) -> Result<Value, Refused> {
    function_of(functions, request)?;
    Ok(json!({ "logStreams": [{ "logStreamName": STREAM }] }))
}

fn events(
    journal: &Journal,
    functions: &Functions,
    action: &str,
    request: &Request,
) -> Result<Value, Refused> {
    let name = function_of(functions, request)?;
    let words = words(request.filter_pattern.as_deref().unwrap_or_default())?;
    let after = request.next_token.as_deref().and_then(|token| token.parse().ok()).unwrap_or(0);
    let is_wanted = |line: &Line| {
        line.of == name
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
