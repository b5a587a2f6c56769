//! Streams of tables, read within the process.

use serde_json::{Value, json};

use super::shard::long_id;
use super::{Tables, call};

/// What a read of a stream gives: the records, and where to go on.
pub(crate) type Read = (Vec<Value>, Option<String>);

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
        let records = answer["Records"].as_array_mut().map(std::mem::take);
        Ok((records.unwrap_or_default(), next))
    }

    fn ask(&self, operation: &str, request: Value) -> Result<Value, String> {
        let body = request.to_string();
        let answer = call::carry_out(&self.database, operation, body.as_bytes());
        let answer = answer.ok_or_else(|| format!("the operation {operation} does not exist"))?;
        let answer = answer.map_err(|error| error.to_string())?;
        serde_json::from_slice(&answer).map_err(|error| error.to_string())
    }
}
