//! `TransactGetItems` with projections: the engine answers the keys of an item besides what was asked for, where DynamoDB
//! answers what was asked for alone.

use std::collections::BTreeSet;

use serde_json::Value;

/// The answer without keys that its request did not ask for.
pub(super) fn without_keys(request: &[u8], answer: Vec<u8>) -> Vec<u8> {
    let is_projected = |text: &&str| text.contains("\"ProjectionExpression\"");
    let request = std::str::from_utf8(request).ok().filter(is_projected);
    let request = request.and_then(|text| serde_json::from_str::<Value>(text).ok());
    // Most requests have no projection, and their answers are not read.
    let Some(request) = request else { return answer };
    let Ok(mut read) = serde_json::from_slice::<Value>(&answer) else { return answer };
    let gets = request["TransactItems"].as_array().into_iter().flatten();
    let responses = read["Responses"].as_array_mut().into_iter().flatten();
    for (get, response) in gets.zip(responses) {
        let asked = asked(&get["Get"]);
        let item = response.get_mut("Item").and_then(Value::as_object_mut);
        if let Some((asked, item)) = asked.zip(item) {
            item.retain(|name, _| asked.contains(name.as_str()));
        }
    }
    read.to_string().into_bytes()
}

/// The attributes that are asked for; none without a projection.
fn asked(get: &Value) -> Option<BTreeSet<String>> {
    let projection = get["ProjectionExpression"].as_str()?;
    Some(roots(projection, get.get("ExpressionAttributeNames")).collect())
}

/// The attributes in which the paths of a projection begin.
pub(super) fn roots<'e>(
    projection: &'e str,
    names: Option<&'e Value>,
) -> impl Iterator<Item = String> + 'e {
    projection.split(',').map(move |path| root(path, names))
}

/// The attribute in which a path begins.
pub(super) fn root(path: &str, names: Option<&Value>) -> String {
    let root = path.trim().split(['.', '[']).next().unwrap_or_default().trim();
    names.and_then(|names| names[root].as_str()).unwrap_or(root).to_owned()
}
