//! One call to the tables: from the JSON of its request to that of its answer.
//!
//! Owns which operations there are and what a request that cannot be read is told. What an operation does is
//! `dynoxide`'s; it is called directly, as its own server reads each request three times.

use dynoxide::actions::query::QueryRequest;
use dynoxide::actions::scan::ScanRequest;
use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{arn, expression, index, lifecycle, projection, shard, stream};

/// What a call is answered with.
pub(super) type Answer = Result<Vec<u8>, DynoxideError>;

/// Carries a call out; `None` where DynamoDB has no such operation.
pub(super) fn carry_out(database: &Database, operation: &str, body: &[u8]) -> Option<Answer> {
    let body = &*arn::named(body);
    macro_rules! call {
        ($method:ident) => {
            run(operation, body, |request| database.$method(request))
        };
    }
    // Answers that describe a table or a stream: what is stored is in none of them.
    macro_rules! describe {
        ($method:ident) => {
            call!($method).map(|answer| arn::placed(&answer))
        };
    }
    Some(match operation {
        "GetItem" => call!(get_item),
        "PutItem" => call!(put_item),
        "UpdateItem" => update_item(database, body),
        "DeleteItem" => call!(delete_item),
        "Query" | "Scan" => page(database, operation, body)
            .and_then(|answer| index::whole(database, operation, body, answer)),
        "BatchGetItem" => call!(batch_get_item),
        "BatchWriteItem" => call!(batch_write_item),
        "TransactGetItems" => {
            call!(transact_get_items).map(|answer| projection::without_keys(body, answer))
        }
        "TransactWriteItems" => call!(transact_write_items),
        "ExecuteStatement" => call!(execute_statement),
        "BatchExecuteStatement" => call!(batch_execute_statement),
        "ExecuteTransaction" => call!(execute_transaction),
        "SearchVectors" => call!(search_vectors),
        "CreateTable" => describe!(create_table),
        "DeleteTable" => describe!(delete_table),
        "DescribeTable" => describe!(describe_table),
        "ListTables" => call!(list_tables),
        "UpdateTable" => match lifecycle::table_fault(body) {
            Some(fault) => Err(fault),
            None => describe!(update_table),
        },
        "DescribeTimeToLive" => call!(describe_time_to_live),
        "UpdateTimeToLive" => match lifecycle::expiry_fault(database, body) {
            Some(fault) => Err(fault),
            None => call!(update_time_to_live),
        },
        "TagResource" => call!(tag_resource),
        "UntagResource" => call!(untag_resource),
        "ListTagsOfResource" => call!(list_tags_of_resource),
        "ListStreams" => list_streams(database, body),
        "DescribeStream" => {
            let body = shard::shortened(body);
            run(operation, &body, |request| database.describe_stream(request))
                .map(|answer| arn::placed(&shard::lengthened(&answer)))
        }
        "GetShardIterator" => {
            let body = shard::shortened(body);
            run(operation, &body, |request| database.get_shard_iterator(request))
        }
        "GetRecords" => {
            call!(get_records).map(|answer| stream::changes(&arn::placed_records(&answer)))
        }
        _ => return None,
    })
}

/// A page of a `Query` or a `Scan`.
pub(super) fn page(database: &Database, operation: &str, body: &[u8]) -> Answer {
    macro_rules! page {
        ($request:ty, $method:ident) => {
            run(operation, body, |request: $request| {
                let limit = request.limit;
                let mut page = database.$method(request)?;
                page.scanned_count =
                    scanned(page.scanned_count, limit, page.last_evaluated_key.is_some());
                Ok(page)
            })
        };
    }
    match operation {
        "Query" => page!(QueryRequest, query),
        _ => page!(ScanRequest, scan),
    }
}

/// How many items a page has looked at. The engine counts the item, too, that it found no room for.
fn scanned(count: usize, limit: Option<usize>, has_more: bool) -> usize {
    let is_full = limit.is_some_and(|limit| count >= limit);
    if has_more && !is_full { count.saturating_sub(1) } else { count }
}

/// Lists streams. The engine goes on after a stream by the ARN that it gives it itself, and answers have another one.
fn list_streams(database: &Database, body: &[u8]) -> Answer {
    let request: Value = serde_json::from_slice(body).unwrap_or_default();
    let (limit, start) = (request["Limit"].as_u64(), request["ExclusiveStartStreamArn"].as_str());
    if limit.is_none() && start.is_none() {
        let answer = run("ListStreams", body, |request| database.list_streams(request))?;
        return Ok(arn::placed(&answer));
    }
    let all = json!({ "TableName": request["TableName"] }).to_string();
    let answer = run("ListStreams", all.as_bytes(), |request| database.list_streams(request))?;
    Ok(stream::page(&arn::placed(&answer), start, limit))
}

/// Changes an item. The engine answers the old values of an item that was not there with its key, where DynamoDB answers
/// none; nothing comes between the two calls, as one thread carries all of them out.
fn update_item(database: &Database, body: &[u8]) -> Answer {
    let is_new = is_asked_for_old(body).is_some_and(|request| !exists(database, &request));
    let answer = run("UpdateItem", body, |request| database.update_item(request))?;
    if !is_new {
        return Ok(answer);
    }
    let mut answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
    answer.as_object_mut().map(|fields| fields.remove("Attributes"));
    Ok(answer.to_string().into_bytes())
}

/// The request, where it asks for the old values of its item.
fn is_asked_for_old(body: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(body).ok().filter(|text| text.contains("\"ALL_OLD\""))?;
    let request: Value = serde_json::from_str(text).ok()?;
    (request["ReturnValues"] == "ALL_OLD").then_some(request)
}

fn exists(database: &Database, request: &Value) -> bool {
    let get =
        json!({ "TableName": request["TableName"], "Key": request["Key"], "ConsistentRead": true });
    let found = run("GetItem", get.to_string().as_bytes(), |request| database.get_item(request));
    // What fails here fails in the change itself, which says why.
    found.is_ok_and(|answer| answer.windows(6).any(|part| part == b"\"Item\""))
}

pub(super) fn run<Q: DeserializeOwned, A: Serialize>(
    operation: &str,
    body: &[u8],
    carry_out: impl FnOnce(Q) -> Result<A, DynoxideError>,
) -> Answer {
    if let Some(fault) = expression::fault(body) {
        return Err(refused_expression(operation, &fault));
    }
    let request = serde_json::from_slice(body);
    let request = request.map_err(|error| unreadable(operation, &error.to_string()))?;
    let answer = carry_out(request)?;
    serde_json::to_vec(&answer)
        .map_err(|error| DynoxideError::InternalServerError(error.to_string()))
}

fn refused_expression(operation: &str, fault: &str) -> DynoxideError {
    let envelope = if is_write(operation) { "1 validation error detected: " } else { "" };
    DynoxideError::ValidationException(format!("{envelope}{fault}"))
}

fn is_write(operation: &str) -> bool {
    matches!(operation, "PutItem" | "UpdateItem" | "DeleteItem")
}

/// What is wrong with a request that cannot be read: the engine's readers say in front of their message which of
/// DynamoDB's errors it is.
fn unreadable(operation: &str, message: &str) -> DynoxideError {
    let invalid = |text: &str| DynoxideError::ValidationException(text.to_owned());
    let (marker, text) = message.split_once(':').unwrap_or(("", message));
    let (marker, as_read) = match marker.strip_suffix("_AS_READ") {
        Some(marker) => (marker, true),
        None => (marker, false),
    };
    let text = if as_read { text } else { without_position(text) };
    match marker {
        "VALIDATION_REQUEST" if is_write(operation) => {
            invalid(&format!("1 validation error detected: {text}"))
        }
        "VALIDATION_REQUEST" | "VALIDATION" => invalid(text),
        "SERIALIZATION" => DynoxideError::SerializationException(text.to_owned()),
        _ if ["missing field", "unknown variant", "invalid type: null", "AttributeValue"]
            .iter()
            .any(|kind| message.contains(kind)) =>
        {
            invalid(without_position(message))
        }
        _ => DynoxideError::SerializationException(without_position(message).to_owned()),
    }
}

/// The message without the place in the request that `serde_json` puts behind it.
fn without_position(message: &str) -> &str {
    message.rfind(" at line ").map_or(message, |end| &message[..end])
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    pub(crate) fn database() -> Database {
        let database = Database::memory().unwrap();
        let table = json!({
            "TableName": "things", "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
            "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
        });
        called(&database, "CreateTable", table).unwrap();
        database
    }

    pub(crate) fn called(
        database: &Database,
        operation: &str,
        request: Value,
    ) -> Result<Value, (u16, Value)> {
        let answer = carry_out(database, operation, request.to_string().as_bytes()).unwrap();
        let json = |bytes: &[u8]| serde_json::from_slice(bytes).unwrap();
        answer
            .map(|bytes| json(&bytes))
            .map_err(|error| (error.status_code(), json(error.to_json().as_bytes())))
    }

    fn put(id: Value) -> Value {
        json!({ "TableName": "things", "Item": { "id": id } })
    }

    #[test]
    fn a_transaction_of_statements_asks_for_no_existence() {
        let exists = "EXISTS(SELECT * FROM things WHERE id = '1' AND a = 1)";
        let request = json!({ "TransactStatements": [{ "Statement": exists }] });
        check_refused("ExecuteTransaction", request, "ValidationException", "EXISTS");
    }

    #[test]
    fn what_is_put_can_be_read() {
        let database = database();
        called(&database, "PutItem", put(json!({ "S": "1" }))).unwrap();
        let get = json!({ "TableName": "things", "Key": { "id": { "S": "1" } } });
        assert_eq!(called(&database, "GetItem", get).unwrap()["Item"]["id"]["S"], "1");
        assert!(carry_out(&database, "PutThing", b"{}").is_none());
    }

    #[test]
    fn the_old_values_of_an_item_that_was_not_there_are_none() {
        let database = database();
        let update = json!({
            "TableName": "things", "Key": { "id": { "S": "1" } }, "ReturnValues": "ALL_OLD",
            "UpdateExpression": "SET a = :a", "ExpressionAttributeValues": { ":a": { "N": "1" } },
        });
        assert_eq!(called(&database, "UpdateItem", update.clone()).unwrap(), json!({}));
        let old = json!({ "Attributes": { "id": { "S": "1" }, "a": { "N": "1" } } });
        assert_eq!(called(&database, "UpdateItem", update.clone()).unwrap(), old);
        called(&database, "PutItem", put(json!({ "S": "1" }))).unwrap();
        let old = json!({ "Attributes": { "id": { "S": "1" } } });
        assert_eq!(called(&database, "UpdateItem", update).unwrap(), old);
    }

    #[test]
    fn a_page_that_is_full_has_looked_at_its_own_items() {
        let database = database();
        for id in 0..12 {
            let item =
                json!({ "id": { "S": id.to_string() }, "text": { "S": "x".repeat(100_000) } });
            let put = json!({ "TableName": "things", "Item": item });
            called(&database, "PutItem", put).unwrap();
        }
        for filter in ["attribute_exists(id)", "attribute_not_exists(id)"] {
            let (mut request, mut scanned) = (json!({ "TableName": "things" }), vec![]);
            request["FilterExpression"] = filter.into();
            for limit in [None, Some(5)] {
                request["Limit"] = limit.into();
                request.as_object_mut().unwrap().retain(|_, value| !value.is_null());
                let page = called(&database, "Scan", request.clone()).unwrap();
                scanned.push(page["ScannedCount"].as_u64().unwrap());
                request["ExclusiveStartKey"] = page["LastEvaluatedKey"].clone();
            }
            assert_eq!(scanned, [10, 2], "{filter}");
        }
    }

    #[test]
    fn a_transaction_reads_what_its_projections_ask_for() {
        let database = database();
        let item = |id: &str| {
            let map = json!({ "M": { "a": { "N": "2" } } });
            json!({ "id": { "S": id }, "v": { "N": "1" }, "m": map })
        };
        for id in ["1", "2"] {
            let put = json!({ "TableName": "things", "Item": item(id) });
            called(&database, "PutItem", put).unwrap();
        }
        let key = |id: &str| json!({ "TableName": "things", "Key": { "id": { "S": id } } });
        for (projection, name, expected) in [
            ("v", None, json!({ "v": { "N": "1" } })),
            ("#v, m.a", Some("v"), json!({ "v": { "N": "1" }, "m": item("1")["m"] })),
            ("id", None, json!({ "id": { "S": "1" } })),
        ] {
            let mut get = key("1");
            get["ProjectionExpression"] = projection.into();
            if let Some(name) = name {
                get["ExpressionAttributeNames"] = json!({ "#v": name });
            }
            let both = json!({ "TransactItems": [{ "Get": get }, { "Get": key("2") }] });
            let answer = called(&database, "TransactGetItems", both).unwrap();
            assert_eq!(answer["Responses"][0]["Item"], expected, "{projection}");
            assert_eq!(answer["Responses"][1]["Item"], item("2"));
        }
    }

    #[test]
    fn tables_and_streams_are_in_the_region_of_the_template() {
        let database = database();
        let table = json!({ "TableName": "things" });
        let described = called(&database, "DescribeTable", table.clone()).unwrap();
        let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/things";
        assert_eq!(described["Table"]["TableArn"], arn);
        let view = json!({ "StreamEnabled": true, "StreamViewType": "KEYS_ONLY" });
        let update = json!({ "TableName": "things", "StreamSpecification": view });
        called(&database, "UpdateTable", update).unwrap();
        called(&database, "PutItem", put(json!({ "S": "arn:aws:dynamodb:dynoxide:" }))).unwrap();
        let streams = called(&database, "ListStreams", table).unwrap();
        let stream = &streams["Streams"][0]["StreamArn"];
        assert!(stream.as_str().unwrap().starts_with(arn), "{streams}");
        assert_eq!(stream, &format!("{arn}/stream/2020-01-01T00:00:00.000"));
        let described =
            called(&database, "DescribeTable", json!({ "TableName": "things" })).unwrap();
        assert_eq!(&described["Table"]["LatestStreamArn"], stream);
        assert_eq!(described["Table"]["LatestStreamLabel"], "2020-01-01T00:00:00.000");
        let rest = json!({ "ExclusiveStartStreamArn": stream, "Limit": 1 });
        assert_eq!(called(&database, "ListStreams", rest).unwrap(), json!({ "Streams": [] }));
        let shards = called(&database, "DescribeStream", json!({ "StreamArn": stream })).unwrap();
        assert_eq!(&shards["StreamDescription"]["StreamArn"], stream);
        let shard = &shards["StreamDescription"]["Shards"][0]["ShardId"];
        let request =
            json!({ "StreamArn": stream, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON" });
        let iterator = called(&database, "GetShardIterator", request).unwrap();
        let request = json!({ "ShardIterator": iterator["ShardIterator"] });
        let record = &called(&database, "GetRecords", request).unwrap()["Records"][0];
        assert_eq!(record["awsRegion"], "us-east-1");
        // What is stored stays what it is.
        assert_eq!(record["dynamodb"]["Keys"]["id"]["S"], "arn:aws:dynamodb:dynoxide:");
    }

    #[test]
    fn a_write_that_changes_nothing_is_no_record_of_a_stream() {
        let database = database();
        let view = json!({ "StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES" });
        let update = json!({ "TableName": "things", "StreamSpecification": view });
        called(&database, "UpdateTable", update).unwrap();
        let with = |value: &str| json!({ "TableName": "things", "Item": { "id": { "S": "1" }, "a": { "SS": ["x", value] } } });
        for value in ["b", "b", "c", "c"] {
            called(&database, "PutItem", with(value)).unwrap();
        }
        let delete = json!({ "TableName": "things", "Key": { "id": { "S": "1" } } });
        called(&database, "DeleteItem", delete).unwrap();
        let streams = called(&database, "ListStreams", json!({ "TableName": "things" })).unwrap();
        let stream = json!({ "StreamArn": streams["Streams"][0]["StreamArn"] });
        let shards = called(&database, "DescribeStream", stream.clone()).unwrap();
        let request = json!({
            "StreamArn": stream["StreamArn"], "ShardIteratorType": "TRIM_HORIZON",
            "ShardId": shards["StreamDescription"]["Shards"][0]["ShardId"],
        });
        let iterator = called(&database, "GetShardIterator", request).unwrap();
        let request = json!({ "ShardIterator": iterator["ShardIterator"] });
        let records = called(&database, "GetRecords", request).unwrap();
        let records = records["Records"].as_array().unwrap();
        let names: Vec<&Value> = records.iter().map(|record| &record["eventName"]).collect();
        assert_eq!(names, ["INSERT", "MODIFY", "REMOVE"]);
    }

    #[track_caller]
    fn check_refused(operation: &str, request: Value, kind: &str, part: &str) {
        let (status, body) = called(&database(), operation, request).unwrap_err();
        assert_eq!(status, 400, "{body}");
        assert!(body["__type"].as_str().unwrap().ends_with(kind), "{body}");
        assert!(body.to_string().contains(part), "{body}");
        assert!(!body.to_string().contains("at line"), "{body}");
    }

    #[test]
    fn requests_that_cannot_be_read_are_told_why() {
        check_refused("PutItem", json!({ "TableName": 1 }), "SerializationException", "");
        check_refused("PutItem", put(json!({})), "ValidationException", "AttributeValue");
        let wrong = json!({ "NULL": false });
        let envelope = "1 validation error detected: ";
        check_refused("PutItem", put(wrong.clone()), "ValidationException", envelope);
        let number = json!({ "TableName": "things", "Key": { "id": { "N": "x" } } });
        check_refused("GetItem", number, "ValidationException", "");
        check_refused("PutItem", json!([]), "Exception", "");
    }
}
