//! ARNs of tables: in a request DynamoDB takes one wherever it takes a name, the engine takes names; in an answer the
//! engine has a region of its own.

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::account::{REGION, STREAM_LABEL};

/// What the ARN of a table holds before its name.
const MARK: &str = ":table/";

/// What the engine's ARNs begin with.
const OWN: &str = "arn:aws:dynamodb:dynoxide:";

/// What labels of streams are behind in answers.
const LABELLED: [&str; 3] = ["/stream/", "\"StreamLabel\":\"", "\"LatestStreamLabel\":\""];

/// An answer about tables or streams, with the region and the labels of streams that the template knows.
pub(super) fn placed(answer: &[u8]) -> Vec<u8> {
    let here = format!("arn:aws:dynamodb:{REGION}:");
    let placed = String::from_utf8_lossy(answer).replace(OWN, &here);
    LABELLED.iter().fold(placed, |text, mark| labelled(&text, mark)).into_bytes()
}

/// A text with the label of streams behind each mark, up to the quote.
fn labelled(text: &str, mark: &str) -> String {
    let mut parts = text.split(mark);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.find('"').map_or("", |end| &part[end..]);
        out.push_str(mark);
        out.push_str(STREAM_LABEL);
        out.push_str(rest);
    }
    out
}

/// The answer of `GetRecords`, with the region in its records.
pub(super) fn placed_records(answer: &[u8]) -> Vec<u8> {
    let Ok(mut answer) = serde_json::from_slice::<Value>(answer) else { return answer.to_vec() };
    for record in answer["Records"].as_array_mut().into_iter().flatten() {
        record["awsRegion"] = REGION.into();
        // The engine spells it as events of Lambda do.
        if let Some(by) = record.get_mut("userIdentity").map(Value::take) {
            record["userIdentity"] =
                json!({ "Type": by["type"], "PrincipalId": by["principalId"] });
        }
    }
    answer.to_string().into_bytes()
}

/// The request with the names of its tables.
pub(super) fn named(request: &[u8]) -> Cow<'_, [u8]> {
    if !std::str::from_utf8(request).is_ok_and(|text| text.contains(MARK)) {
        return Cow::Borrowed(request);
    }
    let Ok(mut value) = serde_json::from_slice::<Value>(request) else {
        return Cow::Borrowed(request);
    };
    name(&mut value);
    let parts = value.get_mut("TransactItems").and_then(Value::as_array_mut);
    let parts = parts.into_iter().flatten().filter_map(Value::as_object_mut);
    parts.flat_map(|part| part.values_mut()).for_each(name);
    if let Some(Value::Object(tables)) = value.get_mut("RequestItems") {
        let by_name = std::mem::take(tables).into_iter();
        *tables = by_name.map(|(table, items)| (of_arn(&table).to_owned(), items)).collect();
    }
    Cow::Owned(value.to_string().into_bytes())
}

fn name(of: &mut Value) {
    if let Some(Value::String(table)) = of.get_mut("TableName") {
        *table = of_arn(table).to_owned();
    }
}

fn of_arn(table: &str) -> &str {
    match table.strip_prefix("arn:").and_then(|arn| arn.split_once(MARK)) {
        Some((_, name)) => name,
        None => table,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(request: &str, expected: &str) {
        let named = named(request.as_bytes());
        assert_eq!(String::from_utf8_lossy(&named), expected);
    }

    #[test]
    fn a_table_is_found_by_its_arn() {
        const ARN: &str = "arn:aws:dynamodb:eu-west-1:1:table/t";
        check(&format!(r#"{{"TableName":"{ARN}"}}"#), r#"{"TableName":"t"}"#);
        check(&format!(r#"{{"RequestItems":{{"{ARN}":[]}}}}"#), r#"{"RequestItems":{"t":[]}}"#);
        check(
            &format!(r#"{{"TransactItems":[{{"Put":{{"TableName":"{ARN}"}}}}]}}"#),
            r#"{"TransactItems":[{"Put":{"TableName":"t"}}]}"#,
        );
        // What is stored may look like one.
        let item = format!(r#"{{"Item":{{"a":{{"S":"{ARN}"}}}},"TableName":"t"}}"#);
        check(&item, &item);
    }
}
