//! Ids of stream shards as long as SDKs want them: DynamoDB's have at least 28 characters, the engine's as many as the
//! table's name lets them have.

use serde_json::Value;

/// What the engine's ids begin with, and what stands there instead.
const OWN: &str = "shardId-00000001-";
const LONG: &str = "shardId-00000000000000000001-";

/// The number of the first record that a stream without any could have.
const FIRST: &str = "100000000000000000001";

/// The answer of `DescribeStream` with long ids, and with ranges that have begun and are open: only the last number of a
/// closed shard is known.
pub(super) fn lengthened(answer: &[u8]) -> Vec<u8> {
    let Ok(mut answer) = serde_json::from_slice::<Value>(answer) else { return answer.to_vec() };
    let shards = answer.pointer_mut("/StreamDescription/Shards").and_then(Value::as_array_mut);
    for shard in shards.into_iter().flatten() {
        exchange(shard, OWN, LONG);
        if let Some(range) = shard.get_mut("SequenceNumberRange").and_then(Value::as_object_mut) {
            range.remove("EndingSequenceNumber");
            range.entry("StartingSequenceNumber").or_insert_with(|| FIRST.into());
        }
    }
    answer.to_string().into_bytes()
}

/// A request that names a shard, with the engine's id.
pub(super) fn shortened(request: &[u8]) -> Vec<u8> {
    let Ok(mut request) = serde_json::from_slice::<Value>(request) else { return request.to_vec() };
    exchange(&mut request, LONG, OWN);
    request.to_string().into_bytes()
}

/// The engine's id of a shard as SDKs see it.
pub(super) fn long_id(id: &str) -> String {
    id.strip_prefix(OWN).map_or_else(|| id.to_owned(), |rest| format!("{LONG}{rest}"))
}

fn exchange(map: &mut Value, from: &str, to: &str) {
    // Whatever is missing would be made by writing to it.
    for name in ["ShardId", "ParentShardId", "ExclusiveStartShardId"] {
        let id = map.get(name).and_then(Value::as_str).and_then(|id| id.strip_prefix(from));
        if let Some(rest) = id {
            map[name] = format!("{to}{rest}").into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_long_outside_and_the_engines_inside() {
        let answer = br#"{"StreamDescription":{"Shards":[{"ShardId":"shardId-00000001-abc"}]}}"#;
        let long = String::from_utf8(lengthened(answer)).unwrap_or_default();
        let id = long.split('"').find(|part| part.starts_with("shardId-")).unwrap_or_default();
        assert!(id.len() >= 28, "{long}");
        let request = format!(r#"{{"ShardId":"{id}","StreamArn":"a"}}"#);
        let short = String::from_utf8(shortened(request.as_bytes())).unwrap_or_default();
        assert!(short.contains(r#""shardId-00000001-abc""#), "{short}");
        assert_eq!(lengthened(b"no"), b"no");
    }

    #[test]
    fn a_shard_is_open_and_has_a_beginning() {
        for (range, expected) in [
            (r"{}", r#"{"StartingSequenceNumber":"100000000000000000001"}"#),
            (
                r#"{"StartingSequenceNumber":"a","EndingSequenceNumber":"b"}"#,
                r#"{"StartingSequenceNumber":"a"}"#,
            ),
        ] {
            let shard = format!(r#"{{"ShardId":"s","SequenceNumberRange":{range}}}"#);
            let answer = format!(r#"{{"StreamDescription":{{"Shards":[{shard}]}}}}"#);
            let open = String::from_utf8(lengthened(answer.as_bytes())).unwrap_or_default();
            assert!(open.contains(expected), "{open}");
        }
    }
}
