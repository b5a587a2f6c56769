//! Tables that a request gives by their ARN: DynamoDB takes one wherever it takes a name, the engine takes names.

use std::borrow::Cow;

use serde_json::Value;

/// What the ARN of a table holds before its name.
const MARK: &str = ":table/";

/// The request with the names of its tables.
pub(super) fn named(request: &[u8]) -> Cow<'_, [u8]> {
    let mark = MARK.as_bytes();
    if !request.windows(mark.len()).any(|window| window == mark) {
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
