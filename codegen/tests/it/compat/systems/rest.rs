//! Whether requests that were valid still are, and whether clients of the old contract can read new answers: judged by the
//! text of the contracts, in the words of OpenAPI.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::schemas::judge::fits;
use super::super::schemas::value;
use super::draw::{chance, pick};
use crate::mutation::Dice;

/// What a client sends, or gets: names and texts, and a body with its media type.
#[derive(Debug)]
struct Sent {
    texts: BTreeMap<(String, String), String>,
    body: Option<(String, Value)>,
}

fn entries(of: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    of.and_then(Value::as_object).into_iter().flatten()
}

/// A scalar as text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Whether a text is one of a schema's values: it may stand for a string, a number or a boolean.
fn takes(schema: &Value, text: &str) -> bool {
    let read = serde_json::from_str::<Value>(text).ok().filter(|read| !read.is_string());
    fits(schema, &json!(text)) || read.is_some_and(|read| fits(schema, &read))
}

/// The operations of a document: method, path without the names of its parameters, and what the contract says.
fn operations(document: &Value) -> BTreeMap<(String, String), &Value> {
    let base = document.pointer("/servers/0/url").and_then(Value::as_str).unwrap_or_default();
    let mut all = BTreeMap::new();
    for (path, item) in entries(document.get("paths")) {
        let step =
            |step: &str| if step.starts_with('{') { "{}".to_owned() } else { step.to_owned() };
        let shape: Vec<String> = path.split('/').map(step).collect();
        for (method, operation) in entries(Some(item)) {
            all.insert((method.clone(), format!("{base}{}", shape.join("/"))), operation);
        }
    }
    all
}

/// A value of a schema as text.
fn drawn_text(dice: &mut Dice, schema: &Value) -> Option<String> {
    let value = (0..40).map(|_| value::of(dice, schema)).find(|value| fits(schema, value))?;
    text(&value)
}

/// A body of one of the media types.
fn drawn_body(dice: &mut Dice, contents: Option<&Value>) -> Option<(String, Value)> {
    let all: Vec<(&String, &Value)> = entries(contents).collect();
    let (name, media) = all.get(dice.below(all.len()))?;
    let schema = &media["schema"];
    let value = (0..40).map(|_| value::of(dice, schema)).find(|value| fits(schema, value))?;
    Some(((*name).clone(), value))
}

/// A valid request of an operation; none where no value was found.
fn request(dice: &mut Dice, operation: &Value) -> Option<Sent> {
    let mut texts = BTreeMap::new();
    for one in operation["parameters"].as_array().into_iter().flatten() {
        let (place, name) = (one["in"].as_str()?, one["name"].as_str()?);
        if place != "path" && (one["required"] == true || chance(dice, 2)) {
            let text = drawn_text(dice, &one["schema"])?;
            texts.insert((place.to_owned(), name.to_lowercase()), text);
        }
    }
    let body = operation.get("requestBody");
    let wanted = body.filter(|body| body["required"] == true || !chance(dice, 3));
    let body = match wanted {
        Some(body) => Some(drawn_body(dice, body.get("content"))?),
        None => None,
    };
    Some(Sent { texts, body })
}

fn takes_request(operation: &Value, sent: &Sent) -> bool {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let takes_each = parameters.filter(|one| one["in"] != "path").all(|one| {
        let key = (one["in"].as_str().unwrap(), one["name"].as_str().unwrap().to_lowercase());
        match sent.texts.get(&(key.0.to_owned(), key.1)) {
            Some(text) => takes(&one["schema"], text),
            None => one["required"] != true,
        }
    });
    let body = operation.get("requestBody");
    takes_each
        && match (&sent.body, body) {
            (None, body) => body.is_none_or(|body| body["required"] != true),
            // What a client has to say would be lost.
            (Some(_), None) => false,
            (Some((name, value)), Some(body)) => {
                body["content"].get(name).is_some_and(|media| fits(&media["schema"], value))
            }
        }
}

/// Which callers an operation asks for: sets of schemes, one of which is enough.
fn callers(operation: &Value) -> Vec<Vec<&String>> {
    let all = operation["security"].as_array().into_iter().flatten();
    let mut all: Vec<Vec<&String>> =
        all.map(|one| entries(Some(one)).map(|(name, _)| name).collect()).collect();
    if all.is_empty() {
        all.push(vec![]);
    }
    all
}

/// What requests were valid and are not: nothing where none was found.
pub(super) fn lost_requests(
    dice: &mut Dice,
    old: &Value,
    new: &Value,
    tries: usize,
) -> Vec<String> {
    let after = operations(new);
    let mut lost = vec![];
    for (key, was) in operations(old) {
        let Some(is) = after.get(&key) else {
            lost.push(format!("{key:?} is gone"));
            continue;
        };
        let is_enough = |held: &[&String]| {
            callers(is).iter().any(|asked| asked.iter().all(|one| held.contains(one)))
        };
        if !callers(was).iter().all(|held| is_enough(held)) {
            lost.push(format!("{key:?} refuses callers"));
        }
        let mut requests = (0..tries).filter_map(|_| request(dice, was));
        lost.extend(
            requests
                .find(|sent| !takes_request(is, sent))
                .map(|sent| format!("{key:?} refuses {sent:?}")),
        );
    }
    lost
}

/// The response of a status, or the range or default that stands for it.
fn standing_for<'v>(responses: &'v Value, status: &str) -> Option<&'v Value> {
    let range = format!("{}XX", &status[..1]);
    [status, &range, "default"].iter().find_map(|name| responses.get(name))
}

/// A concrete status of a key of `responses`, which that key stands for.
fn status(dice: &mut Dice, key: &str) -> String {
    match key {
        "default" => pick(dice, &["503", "422", "404", "409"]).to_owned(),
        range if range.ends_with("XX") => {
            format!("{}{}", &range[..1], pick(dice, &["04", "09", "10"]))
        }
        code => code.to_owned(),
    }
}

fn answer(dice: &mut Dice, response: &Value) -> Option<Sent> {
    let mut texts = BTreeMap::new();
    for (name, header) in entries(response.get("headers")) {
        if header["required"] == true || chance(dice, 2) {
            texts.insert((String::new(), name.clone()), drawn_text(dice, &header["schema"])?);
        }
    }
    let body = match response.get("content") {
        Some(content) => Some(drawn_body(dice, Some(content))?),
        None => None,
    };
    Some(Sent { texts, body })
}

/// Whether a client of the old contract can read an answer. Media types that it does not know it did not ask for.
fn reads(old: &Value, sent: &Sent) -> bool {
    let mut headers = entries(old.get("headers"));
    let reads_headers =
        headers.all(|(name, header)| match sent.texts.get(&(String::new(), name.clone())) {
            Some(text) => takes(&header["schema"], text),
            None => header["required"] != true,
        });
    let reads_body = match (&sent.body, old.get("content")) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some((name, value)), Some(content)) => {
            content.get(name).is_none_or(|media| fits(&media["schema"], value))
        }
    };
    reads_headers && reads_body
}

/// Which answers clients of the old contract cannot read, and which they no longer get.
pub(super) fn lost_answers(dice: &mut Dice, old: &Value, new: &Value, tries: usize) -> Vec<String> {
    let new = &value::as_sent(new);
    let after = operations(new);
    let mut lost = vec![];
    for (key, was) in operations(old) {
        let Some(is) = after.get(&key) else { continue };
        let (before, after) = (&was["responses"], &is["responses"]);
        for (name, response) in entries(Some(before)) {
            let code = name.replace("XX", "00");
            let kept = if name == "default" { after.get(name) } else { standing_for(after, &code) };
            if name.starts_with('2') && kept.is_none() {
                lost.push(format!("{key:?} no longer answers {name}"));
            }
            let media = entries(response.get("content"));
            let gone = |(media, _): &(&String, &Value)| {
                kept.is_some_and(|kept| kept["content"].get(media.as_str()).is_none())
            };
            lost.extend(media.filter(gone).map(|(media, _)| format!("{key:?} {name}: no {media}")));
        }
        for _ in 0..tries {
            let all: Vec<(&String, &Value)> = entries(Some(after)).collect();
            let (name, response) = all[dice.below(all.len())];
            let code = status(dice, name);
            if standing_for(after, &code) != Some(response) {
                continue;
            }
            let (Some(known), Some(sent)) = (standing_for(before, &code), answer(dice, response))
            else {
                continue;
            };
            if !reads(known, &sent) {
                lost.push(format!("{key:?} answers {code} {sent:?}"));
                break;
            }
        }
    }
    lost
}
