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
        let asked = roots(&get["Get"]);
        let item = response.get_mut("Item").and_then(Value::as_object_mut);
        if let Some((asked, item)) = asked.zip(item) {
            item.retain(|name, _| asked.contains(name.as_str()));
        }
    }
    read.to_string().into_bytes()
}

/// The attributes in which the paths of a projection begin; none without a projection.
fn roots(get: &Value) -> Option<BTreeSet<&str>> {
    let paths = get["ProjectionExpression"].as_str()?.split(',');
    let names = &get["ExpressionAttributeNames"];
    let root = |path| {
        let path: &str = path;
        let root = path.trim().split(['.', '[']).next().unwrap_or_default().trim();
        names[root].as_str().unwrap_or(root)
    };
    Some(paths.map(root).collect())
}
