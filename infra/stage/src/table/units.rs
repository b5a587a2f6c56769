//! What calls would be charged: capacity units by table, from the sizes of requests and answers.
//!
//! An estimate from above: a request is a little larger than the item in it. Writes to indexes and what transactions
//! that fail are charged are left out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::metrics::TableMetrics;

/// Bytes of a write unit, and of a read unit.
const WRITE: usize = 1_024;
const READ: usize = 4_096;

/// Counts for all tables; cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Units(Arc<Mutex<BTreeMap<String, TableMetrics>>>);

impl Units {
    /// What was counted until now.
    pub(crate) fn read(&self) -> BTreeMap<String, TableMetrics> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Counts a call that was answered.
    pub(super) fn note(&self, operation: &str, request: &[u8], answer: &[u8]) {
        let (is_write, factor) = match operation {
            "PutItem" | "UpdateItem" | "DeleteItem" | "BatchWriteItem" => (true, 2),
            "TransactWriteItems" => (true, 4),
            "TransactGetItems" => (false, 4),
            "GetItem" | "Query" | "Scan" | "BatchGetItem" => {
                let is_consistent = contains(request, "\"ConsistentRead\":true");
                (false, if is_consistent { 2 } else { 1 })
            }
            _ => return,
        };
        let names = tables(operation, request);
        let bytes = if is_write { request.len() } else { answer.len() } / names.len().max(1);
        let n_units = bytes.div_ceil(if is_write { WRITE } else { READ }).max(1) as u64;
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for name in names {
            let table = all.entry(name).or_default();
            let (calls, halves) = if is_write {
                (&mut table.n_writes, &mut table.half_write_units)
            } else {
                (&mut table.n_reads, &mut table.half_read_units)
            };
            *calls += 1;
            *halves += n_units * factor;
        }
    }
}

fn contains(request: &[u8], text: &str) -> bool {
    std::str::from_utf8(request).is_ok_and(|request| request.contains(text))
}

/// The tables of a call, one for each item of a transaction. Reads no more of the request than it must.
fn tables(operation: &str, request: &[u8]) -> Vec<String> {
    if operation.starts_with("Batch") {
        let request: Value = serde_json::from_slice(request).unwrap_or_default();
        let items = request["RequestItems"].as_object();
        return items.map(|items| items.keys().cloned().collect()).unwrap_or_default();
    }
    let text = std::str::from_utf8(request).unwrap_or_default();
    // An attribute of this name has an object for its value, and in a text its quotes are escaped.
    let after = text.split("\"TableName\"").skip(1);
    let name = |rest: &str| {
        let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        rest.split('"').next().map(str::to_owned)
    };
    after.filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_charged_by_size_kind_and_table() {
        let units = Units::default();
        units.note(
            "PutItem",
            br#"{"TableName":"a","Item":{"TableName":{"S":"\"TableName\":\"x\""}}}"#,
            b"{}",
        );
        units.note(
            "UpdateItem",
            format!(r#"{{"TableName": "a", "x":"{}"}}"#, "y".repeat(1_500)).as_bytes(),
            b"{}",
        );
        units.note("GetItem", br#"{"TableName":"a"}"#, &[0; 5_000]);
        units.note("GetItem", br#"{"TableName":"a","ConsistentRead":true}"#, b"{}");
        let both = br#"{"TransactItems":[{"Put":{"TableName":"a"}},{"Delete":{"TableName":"b"}}]}"#;
        units.note("TransactWriteItems", both, b"{}");
        units.note("BatchWriteItem", br#"{"RequestItems":{"b":[]}}"#, b"{}");
        units.note("DescribeTable", br#"{"TableName":"b"}"#, b"{}");
        let found = units.read();
        let of = |name: &str| {
            found.get(name).map(|t| (t.n_writes, t.half_write_units, t.n_reads, t.half_read_units))
        };
        assert_eq!(of("a"), Some((3, 2 + 4 + 4, 2, 2 + 2)));
        assert_eq!(of("b"), Some((2, 4 + 2, 0, 0)));
        assert_eq!(found.len(), 2);
    }
}
