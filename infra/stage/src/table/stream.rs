//! Streams of tables, read within the process.

use std::sync::PoisonError;

use serde_json::{Value, json};

use super::shard::long_id;
use super::{Tables, call};

/// What a read of a stream gives: the records, and where to go on.
pub(crate) type Read = (Vec<Value>, Option<String>);

/// The answer of `GetRecords` without writes that changed nothing, which DynamoDB puts in no stream and the engine does.
/// Only streams with both images tell of it.
pub(super) fn changes(answer: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(answer).ok().filter(|text| text.contains("\"OldImage\""));
    let Some(mut read) = text.and_then(|text| serde_json::from_str::<Value>(text).ok()) else {
        return answer.to_vec();
    };
    if let Some(records) = read["Records"].as_array_mut() {
        records.retain(|record| {
            let image = |name: &str| record["dynamodb"].get(name);
            image("OldImage").is_none() || image("OldImage") != image("NewImage")
        });
    }
    read.to_string().into_bytes()
}

/// The part of a list of streams that is behind one of them, with at most so many.
pub(super) fn page(answer: &[u8], start: Option<&str>, limit: Option<u64>) -> Vec<u8> {
    let mut answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    let Some(streams) = answer["Streams"].as_array_mut() else { return b"{}".to_vec() };
    let at = start.and_then(|start| streams.iter().position(|one| one["StreamArn"] == start));
    streams.drain(..at.map_or(0, |at| at + 1));
    let limit = limit.map_or(usize::MAX, |limit| limit as usize);
    let last = match streams.get(limit) {
        Some(_) => limit.checked_sub(1).map(|at| streams[at]["StreamArn"].clone()),
        None => None,
    };
    streams.truncate(limit);
    if let Some(last) = last {
        answer["LastEvaluatedStreamArn"] = last;
    }
    answer.to_string().into_bytes()
}

impl Tables {
    /// Where the stream of a table is read: from its beginning, or after its last record.
    ///
    /// # Errors
    /// The engine's own words, as for a table without a stream.
    pub(crate) fn iterator(&self, table: &str, from_start: bool) -> Result<String, String> {
        let (arn, shard) = self.stream(table)?;
        let kind = if from_start { "TRIM_HORIZON" } else { "LATEST" };
        let request = json!({ "StreamArn": arn, "ShardId": shard, "ShardIteratorType": kind });
        let answer = self.ask("GetShardIterator", request)?;
        let iterator = answer["ShardIterator"].as_str().map(str::to_owned);
        iterator.ok_or_else(|| format!("the table {table} has no stream"))
    }

    /// The id of the shard of a table's stream, as SDKs see it.
    ///
    /// # Errors
    /// As [`Tables::iterator`].
    pub(crate) fn shard(&self, table: &str) -> Result<String, String> {
        let (_, shard) = self.stream(table)?;
        Ok(long_id(shard.as_str().unwrap_or_default()))
    }

    /// The ARN and the shard of a table's stream, in the engine's words.
    fn stream(&self, table: &str) -> Result<(Value, Value), String> {
        let mut streams = self.ask("ListStreams", json!({ "TableName": table }))?;
        let arn = streams["Streams"][0]["StreamArn"].take();
        let mut described = self.ask("DescribeStream", json!({ "StreamArn": arn }))?;
        let shard = described["StreamDescription"]["Shards"][0]["ShardId"].take();
        Ok((arn, shard))
    }

    /// The records behind an iterator.
    ///
    /// # Errors
    /// The engine's own words.
    pub(crate) fn records(&self, iterator: &str, limit: usize) -> Result<Read, String> {
        let request = json!({ "ShardIterator": iterator, "Limit": limit.min(1_000) });
        let mut answer = self.ask("GetRecords", request)?;
        let next = answer["NextShardIterator"].as_str().map(str::to_owned);
        let mut records = answer["Records"].as_array_mut().map(std::mem::take).unwrap_or_default();
        // Events spell it otherwise than the API does.
        for by in records.iter_mut().filter_map(|record| record.get_mut("userIdentity")) {
            *by = json!({ "type": by["Type"], "principalId": by["PrincipalId"] });
        }
        Ok((records, next))
    }

    fn ask(&self, operation: &str, request: Value) -> Result<Value, String> {
        let body = request.to_string();
        // A table that is made anew is not there for a moment.
        let _unchanged = self.gate.read().unwrap_or_else(PoisonError::into_inner);
        let answer = call::carry_out(&self.database, operation, body.as_bytes());
        let answer = answer.ok_or_else(|| format!("the operation {operation} does not exist"))?;
        let answer = answer.map_err(|error| error.to_string())?;
        serde_json::from_slice(&answer).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;
    use crate::log::Log;
    use crate::template::Table;

    #[test]
    fn an_expired_item_says_so_to_consumers_and_to_functions() {
        let request = json!({
            "TableName": "things", "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
            "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
            "StreamSpecification": { "StreamEnabled": true, "StreamViewType": "KEYS_ONLY" },
        });
        let name = "things".to_owned();
        let table =
            Table { id: name.clone(), name, request, ttl_attribute: Some("until".to_owned()) };
        let tables = Tables::start(&[table], None, &Log::silent()).unwrap();
        let until = (jiff::Timestamp::now().as_second() - 60).to_string();
        let item = json!({ "id": { "S": "1" }, "until": { "N": until } });
        tables.ask("PutItem", json!({ "TableName": "things", "Item": item })).unwrap();
        tables.database.sweep_ttl().unwrap();
        let iterator = tables.iterator("things", true).unwrap();
        let (records, _) = tables.records(&iterator, 10).unwrap();
        let service = "dynamodb.amazonaws.com";
        assert_eq!(
            records[1]["userIdentity"],
            json!({ "type": "Service", "principalId": service })
        );
        let request = json!({ "ShardIterator": iterator });
        let record = &tables.ask("GetRecords", request).unwrap()["Records"][1];
        assert_eq!(record["userIdentity"], json!({ "Type": "Service", "PrincipalId": service }));
    }
}
