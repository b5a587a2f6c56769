//! Whether a value that runs is the one of the template.

use serde_json::Value as Json;

use super::expected::MADE;

/// A path below a property, what runs there and what is expected.
pub(super) type Difference = (String, Json, Json);

/// The paths below a property at which what runs is not what is expected. What cannot be known of the template is `null` and
/// left out, as is what AWS adds to an object.
pub(super) fn differences(live: &Json, expected: &Json) -> Vec<Difference> {
    let mut found = vec![];
    compare(live, expected, String::new(), &mut found);
    found
}

/// The same of a property whose keys are people's own: one that only what runs has was added by hand.
pub(super) fn differences_and_more(live: &Json, expected: &Json) -> Vec<Difference> {
    let mut found = differences(live, expected);
    added(live, expected, String::new(), &mut found);
    found
}

fn added(live: &Json, expected: &Json, at: String, found: &mut Vec<Difference>) {
    for (key, live) in live.as_object().into_iter().flatten() {
        let at = format!("{at}.{key}");
        match expected.get(key) {
            None => found.push((at, live.clone(), Json::Null)),
            Some(expected) => added(live, expected, at, found),
        }
    }
}

fn compare(live: &Json, expected: &Json, at: String, found: &mut Vec<Difference>) {
    match (live, expected) {
        (_, Json::Null) => {}
        (live, Json::Object(map)) if map.contains_key(MADE) => {
            let name = map[MADE].as_str().unwrap_or_default();
            if !is_of(live.as_str().unwrap_or_default(), name) {
                found.push((at, live.clone(), Json::from(name)));
            }
        }
        (Json::Object(_) | Json::Null, Json::Object(map)) if !map.is_empty() => {
            for (key, expected) in map {
                compare(&live[key], expected, format!("{at}.{key}"), found);
            }
        }
        (Json::Array(live), Json::Array(expected)) if live.len() == expected.len() => {
            // Neither AWS nor a template keeps the order of what has a name.
            let key = |one: &Json| {
                let named = ["Id", "IndexName", "AttributeName", "Name"];
                named.iter().find_map(|key| one[*key].as_str()).unwrap_or_default().to_owned()
            };
            let (mut live, mut expected): (Vec<&Json>, Vec<&Json>) =
                (live.iter().collect(), expected.iter().collect());
            live.sort_by_key(|one| key(one));
            expected.sort_by_key(|one| key(one));
            for (live, expected) in live.into_iter().zip(expected) {
                let at = match key(expected).as_str() {
                    "" => at.clone(),
                    name => format!("{at}[{name}]"),
                };
                compare(live, expected, at, found);
            }
        }
        (live, expected) if is_alike(live, expected) => {}
        (live, expected) => found.push((at, live.clone(), expected.clone())),
    }
}

/// Whether an ARN, a URL or a name is that of a thing with a name.
fn is_of(live: &str, name: &str) -> bool {
    let name = name.rsplit('|').next().unwrap_or(name);
    let starts = |part: &str| part == name || part.starts_with(&format!("{name}:"));
    live == name
        || live.match_indices([':', '/']).any(|(at, mark)| {
            let rest = &live[at + mark.len()..];
            starts(rest) || rest.starts_with(&format!("{name}/"))
        })
}

/// Whether a value says nothing, be it by members that say nothing.
fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(map) => map.values().all(is_empty),
        _ => false,
    }
}

/// Whether two values are alike but for their notation: `30` and `"30"`, nothing and an empty list.
fn is_alike(live: &Json, expected: &Json) -> bool {
    let text = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let number = |value: &Json| text(value).parse::<f64>().ok();
    live == expected
        || (is_empty(live) && is_empty(expected))
        || text(live) == text(expected)
        || number(live).is_some_and(|live| number(expected) == Some(live))
        // Of a flag or a number that is not set AWS may say nothing.
        || (live.is_null() && ["false", "0"].contains(&text(expected).as_str()))
}
