//! `Query` and `Scan` of indexes that do not hold whole items. DynamoDB fetches what a local index lacks from the table, and
//! refuses to answer with, or to filter by, what an index cannot give; the engine leaves it out.

use std::collections::BTreeSet;

use dynoxide::{Database, DynoxideError};
use serde_json::{Map, Value};

use super::call::{Answer, run};
use super::update::{describe, list};
use super::{expression, projection};

/// What an index holds.
struct Index<'r> {
    name: &'r str,
    is_local: bool,
    /// The attributes; none for whole items.
    held: Option<BTreeSet<String>>,
    /// The key of the table.
    key: Vec<String>,
}

/// The answer of the engine, as DynamoDB gives it.
pub(super) fn whole(database: &Database, operation: &str, body: &[u8], answer: Vec<u8>) -> Answer {
    let asks = ["\"ProjectionExpression\"", "\"AttributesToGet\"", "Filter"];
    let text = std::str::from_utf8(body).ok().filter(|text| {
        text.contains("\"IndexName\"") && asks.iter().any(|asked| text.contains(asked))
    });
    let request = text.and_then(|text| serde_json::from_str::<Value>(text).ok());
    // Most requests are not read a second time.
    let Some(Value::Object(request)) = request else { return Ok(answer) };
    let Some(index) = Index::of(database, &request) else { return Ok(answer) };
    let refused = |what: String| {
        let message = format!("One or more parameter values were invalid: {what}");
        Err(DynoxideError::ValidationException(message))
    };
    let lacking = index.lacking(projected(&request));
    if !lacking.is_empty() && !index.is_local {
        let (name, lacking) = (index.name, lacking.join(", "));
        return refused(format!("Global secondary index {name} does not project [{lacking}]"));
    }
    // A scan that filters by what is not there finds nothing.
    let filtered = if operation == "Query" { filtered(&request) } else { vec![] };
    let unseen = index.lacking(filtered);
    if !unseen.is_empty() {
        let (name, unseen) = (index.name, unseen.join(", "));
        return refused(format!(
            "Secondary index {name} does not project one or more filter attributes: [{unseen}]"
        ));
    }
    if lacking.is_empty() { Ok(answer) } else { fetched(database, operation, &request, &index) }
}

impl<'r> Index<'r> {
    fn of(database: &Database, request: &'r Map<String, Value>) -> Option<Self> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let name = request.get("IndexName")?.as_str()?;
        let table = describe(database, request.get("TableName")?.as_str()?)?;
        let find = |kind: &str| list(&table[kind]).find(|index| index["IndexName"] == name);
        let local = find("LocalSecondaryIndexes");
        let index = local.or_else(|| find("GlobalSecondaryIndexes"))?;
        let keys = list(&table["KeySchema"]).chain(list(&index["KeySchema"]));
        let keys = keys.filter_map(|key| text(&key["AttributeName"]));
        let more = list(&index["Projection"]["NonKeyAttributes"]).filter_map(text);
        let is_whole = index["Projection"]["ProjectionType"] == "ALL";
        Some(Self {
            name,
            is_local: local.is_some(),
            held: (!is_whole).then(|| keys.chain(more).collect()),
            key: list(&table["KeySchema"]).filter_map(|key| text(&key["AttributeName"])).collect(),
        })
    }

    /// Those of the attributes that it does not hold, each once.
    fn lacking(&self, attributes: Vec<String>) -> Vec<String> {
        let Some(held) = &self.held else { return vec![] };
        let mut lacking: Vec<String> = vec![];
        for one in attributes {
            if !held.contains(&one) && !lacking.contains(&one) {
                lacking.push(one);
            }
        }
        lacking
    }
}

/// The attributes that are asked for.
fn projected(request: &Map<String, Value>) -> Vec<String> {
    let names = request.get("ExpressionAttributeNames");
    let listed = request.get("AttributesToGet").into_iter().flat_map(list);
    let listed = listed.filter_map(Value::as_str).map(str::to_owned);
    let expression = request.get("ProjectionExpression").and_then(Value::as_str);
    expression.into_iter().flat_map(|text| projection::roots(text, names)).chain(listed).collect()
}

/// The attributes by which is filtered.
fn filtered(request: &Map<String, Value>) -> Vec<String> {
    let names = request.get("ExpressionAttributeNames");
    let listed = request.get("QueryFilter").and_then(Value::as_object);
    let listed = listed.into_iter().flat_map(Map::keys).cloned();
    let expression = request.get("FilterExpression").and_then(Value::as_str);
    expression.into_iter().flat_map(|text| expression::roots(text, names)).chain(listed).collect()
}

/// The answer with items of the table in the place of those of a local index.
fn fetched(
    database: &Database,
    operation: &str,
    request: &Map<String, Value>,
    index: &Index<'_>,
) -> Answer {
    let mut keys = request.clone();
    let mut get = Map::from_iter([("TableName".to_owned(), request["TableName"].clone())]);
    for asked in ["ProjectionExpression", "AttributesToGet"] {
        get.extend(keys.remove_entry(asked));
    }
    keys.remove("Select");
    let names = request.get("ExpressionAttributeNames");
    name_used(&mut keys, &["KeyConditionExpression", "FilterExpression"], names);
    name_used(&mut get, &["ProjectionExpression"], names);
    let body = Value::Object(keys).to_string();
    let answer = super::call::page(database, operation, body.as_bytes())?;
    let mut answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
    for item in answer["Items"].as_array_mut().into_iter().flatten() {
        let key = index.key.iter().map(|name| (name.clone(), item[name].clone()));
        get.insert("Key".to_owned(), key.collect::<Map<_, _>>().into());
        let asked = Value::Object(get.clone()).to_string();
        let found = run("GetItem", asked.as_bytes(), |get| database.get_item(get))?;
        let mut found: Value = serde_json::from_slice(&found).unwrap_or_default();
        *item = found["Item"].take();
    }
    Ok(answer.to_string().into_bytes())
}

/// Gives a request the names that its expressions use, as DynamoDB refuses others.
fn name_used(request: &mut Map<String, Value>, kinds: &[&str], names: Option<&Value>) {
    let texts = kinds.iter().filter_map(|kind| request.get(*kind)?.as_str());
    let words = texts.flat_map(expression::words).flat_map(steps);
    let used = words.filter_map(|word| Some((word.to_owned(), names?.get(word)?.clone())));
    let used: Map<String, Value> = used.collect();
    match used.is_empty() {
        true => request.remove("ExpressionAttributeNames"),
        false => request.insert("ExpressionAttributeNames".to_owned(), used.into()),
    };
}

/// The steps of a path.
fn steps(path: &str) -> impl Iterator<Item = &str> {
    path.split(['.', '[', ']'])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use serde_json::json;

    use super::super::call::tests::called;
    use super::*;

    /// A table with a local and a global index that hold keys only, and one item.
    fn database() -> Database {
        let database = Database::memory().unwrap();
        let index = |name: &str, partition: &str| {
            let keys = json!([
                { "AttributeName": partition, "KeyType": "HASH" },
                { "AttributeName": "day", "KeyType": "RANGE" },
            ]);
            json!({ "IndexName": name, "KeySchema": keys, "Projection": { "ProjectionType": "KEYS_ONLY" } })
        };
        let typed = |name: &str| json!({ "AttributeName": name, "AttributeType": "S" });
        let table = json!({
            "TableName": "things", "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }, { "AttributeName": "nr", "KeyType": "RANGE" }],
            "AttributeDefinitions": [typed("id"), typed("nr"), typed("day"), typed("town")],
            "LocalSecondaryIndexes": [index("byDay", "id")],
            "GlobalSecondaryIndexes": [index("byTown", "town")],
        });
        called(&database, "CreateTable", table).unwrap();
        let text = |value: &str| json!({ "S": value });
        let item = json!({
            "id": text("1"), "nr": text("a"), "day": text("d"), "town": text("t"), "note": text("n"),
            "deep": { "M": { "x": text("y") } },
        });
        called(&database, "PutItem", json!({ "TableName": "things", "Item": item })).unwrap();
        database
    }

    fn query(index: &str, more: Value) -> Value {
        let (key, value) = if index == "byDay" { ("id", "1") } else { ("town", "t") };
        let mut request = json!({
            "TableName": "things", "IndexName": index, "KeyConditionExpression": "#k = :k",
            "ExpressionAttributeNames": { "#k": key },
            "ExpressionAttributeValues": { ":k": { "S": value } },
        });
        for (name, value) in more.as_object().unwrap() {
            match (request.get_mut(name).and_then(Value::as_object_mut), value) {
                (Some(old), Value::Object(new)) => old.extend(new.clone()),
                _ => request[name] = value.clone(),
            }
        }
        request
    }

    #[test]
    fn what_a_local_index_lacks_comes_from_the_table() {
        let database = database();
        let more = json!({
            "ProjectionExpression": "note, #d.x", "ExpressionAttributeNames": { "#d": "deep" },
            "Select": "SPECIFIC_ATTRIBUTES",
        });
        let found = called(&database, "Query", query("byDay", more)).unwrap();
        let expected = json!([{ "note": { "S": "n" }, "deep": { "M": { "x": { "S": "y" } } } }]);
        assert_eq!((&found["Items"], &found["Count"]), (&expected, &json!(1)));
        let scan =
            json!({ "TableName": "things", "IndexName": "byDay", "AttributesToGet": ["note"] });
        let found = called(&database, "Scan", scan).unwrap();
        assert_eq!(found["Items"], json!([{ "note": { "S": "n" } }]));
        let held = query("byDay", json!({ "ProjectionExpression": "nr" }));
        assert_eq!(
            called(&database, "Query", held).unwrap()["Items"],
            json!([{ "nr": { "S": "a" } }])
        );
    }

    #[test]
    fn what_a_global_index_lacks_is_refused_and_so_is_a_filter_by_it() {
        let database = database();
        let refused = |request: Value| {
            let (status, body) = called(&database, "Query", request).unwrap_err();
            (status, body["message"].as_str().unwrap().to_owned())
        };
        let invalid = "One or more parameter values were invalid: ";
        let lacks = format!("{invalid}Global secondary index byTown does not project [note, deep]");
        let request = query("byTown", json!({ "ProjectionExpression": "id, note, deep.x" }));
        assert_eq!(refused(request), (400, lacks));
        for index in ["byTown", "byDay"] {
            let says = format!(
                "{invalid}Secondary index {index} does not project one or more filter attributes: [note]"
            );
            let filter = json!({ "FilterExpression": "attribute_exists(note) AND nr <> :k" });
            assert_eq!(refused(query(index, filter)), (400, says));
        }
        // The engine's own refusals come first.
        let unsound = query("byTown", json!({ "ProjectionExpression": "note," }));
        assert!(!refused(unsound).1.contains("does not project"));
        let scan = json!({
            "TableName": "things", "IndexName": "byTown", "FilterExpression": "attribute_exists(note)",
        });
        assert_eq!(called(&database, "Scan", scan).unwrap()["Count"], 0);
    }
}
