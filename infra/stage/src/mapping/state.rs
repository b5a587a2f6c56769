//! What belongs into one batch, and what is to be deleted after it: pure, told the time, no queue and no function.

use std::time::{Duration, Instant};

use serde::Deserialize;

/// A batch that is being gathered.
#[derive(Debug)]
pub(crate) struct Batch<M> {
    messages: Vec<M>,
    n_bytes: usize,
    size: usize,
    max_bytes: usize,
    window: Duration,
    until: Option<Instant>,
    /// Messages that had no room any more; the next batch begins with them.
    surplus: Vec<(M, usize)>,
}

impl<M> Batch<M> {
    /// An empty batch of at most `size` messages and `max_bytes`, gathered for `window` after the first message.
    pub(crate) fn new(size: usize, max_bytes: usize, window: Duration) -> Self {
        Self {
            messages: Vec::new(),
            n_bytes: 0,
            size,
            max_bytes,
            window,
            until: None,
            surplus: Vec::new(),
        }
    }

    /// Adds a message of `n_bytes`; one that has no room is kept for the next batch.
    pub(crate) fn push(&mut self, message: M, n_bytes: usize, now: Instant) {
        self.until.get_or_insert(now + self.window);
        // A message that is too large by itself goes alone: the function refuses it, and not a neighbour.
        let has_room = self.messages.is_empty() || self.n_bytes + n_bytes <= self.max_bytes;
        // Whatever comes after a message without room has none either, so that the order is kept.
        if has_room && self.surplus.is_empty() && self.messages.len() < self.size {
            self.n_bytes += n_bytes;
            self.messages.push(message);
        } else {
            self.surplus.push((message, n_bytes));
        }
    }

    /// How many messages may be asked for at once, and until when the next may come. `None` when the batch is
    /// complete.
    pub(crate) fn wants(&self, now: Instant) -> Option<(usize, Option<Instant>)> {
        let room = self.size.saturating_sub(self.messages.len());
        let is_over = self.until.is_some_and(|until| now >= until);
        if room == 0 || is_over || !self.surplus.is_empty() {
            return None;
        }
        Some((room.min(10), self.until))
    }

    /// Whether nothing was gathered.
    pub(crate) fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// Ends gathering: the batch, and what had no room.
    pub(crate) fn finish(self) -> (Vec<M>, Vec<(M, usize)>) {
        (self.messages, self.surplus)
    }
}

/// What a function's answer means for its batch.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Every message is done.
    AllDone,
    /// No message is done, for this reason.
    AllFailed(String),
    /// All but these are done.
    Failed(Vec<String>),
}

impl Verdict {
    /// Whether the message of an id is done, and to be deleted.
    pub(crate) fn is_done(&self, id: &str) -> bool {
        match self {
            Self::AllDone => true,
            Self::AllFailed(_) => false,
            Self::Failed(failed) => !failed.iter().any(|one| one == id),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BatchResult {
    #[serde(default)]
    batch_item_failures: Option<Vec<ItemFailure>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ItemFailure {
    item_identifier: String,
}

/// Reads a report of partial failures (Lambda, "Reporting batch item failures for SQS"). Nothing reported is success;
/// a report that cannot be understood fails the batch, as nobody knows which message it means.
pub(crate) fn verdict(payload: &[u8], ids: &[String]) -> Verdict {
    // Only an object can be a report: serde would read a list as one, too.
    let report =
        match serde_json::from_slice::<Option<serde_json::Map<String, serde_json::Value>>>(payload)
        {
            _ if payload.is_empty() => return Verdict::AllDone,
            Ok(None) => return Verdict::AllDone,
            Ok(Some(report)) => serde_json::from_value::<BatchResult>(report.into()),
            Err(error) => Err(error),
        };
    let report = match report {
        Ok(report) => report,
        Err(error) => {
            return Verdict::AllFailed(format!(
                "the response is not a batch failure report: {error}"
            ));
        }
    };
    let failures = report.batch_item_failures.unwrap_or_default();
    if failures.is_empty() {
        return Verdict::AllDone;
    }
    if let Some(unknown) = failures.iter().find(|failure| !ids.contains(&failure.item_identifier)) {
        return Verdict::AllFailed(format!(
            "the report names `{}`, which is not in the batch",
            unknown.item_identifier
        ));
    }
    Verdict::Failed(failures.into_iter().map(|failure| failure.item_identifier).collect())
}

/// Splits records into events of at most `max_bytes` of JSON; one that is larger by itself goes alone.
pub(crate) fn split(
    records: Vec<serde_json::Value>,
    max_bytes: usize,
) -> Vec<Vec<serde_json::Value>> {
    let mut events: Vec<Vec<serde_json::Value>> = Vec::new();
    let mut n_bytes = 0;
    for record in records {
        let size = record.to_string().len() + 1;
        match events.last_mut().filter(|_| n_bytes + size <= max_bytes) {
            Some(event) => event.push(record),
            None => {
                n_bytes = 0;
                events.push(vec![record]);
            }
        }
        n_bytes += size;
    }
    events
}

/// Whether a record of a stream is older than its mapping lets records get; `now` is in seconds since the Unix epoch.
pub(crate) fn is_old(record: &serde_json::Value, limit: Option<Duration>, now: f64) -> bool {
    let made = record["dynamodb"]["ApproximateCreationDateTime"].as_f64();
    limit.zip(made).is_some_and(|(limit, made)| now - made > limit.as_secs_f64())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    const NOW: fn() -> Instant = Instant::now;

    #[test]
    fn without_a_window_a_batch_is_what_is_there() {
        let now = NOW();
        let mut batch = Batch::new(10, 1_000, Duration::ZERO);
        assert_eq!(batch.wants(now), Some((10, None)));
        batch.push("a", 1, now);
        assert_eq!(batch.wants(now), None);
    }

    #[test]
    fn a_window_begins_with_the_first_message_and_ends_the_batch() {
        let now = NOW();
        let second = Duration::from_secs(1);
        let mut batch = Batch::new(100, 1_000, second);
        assert_eq!(batch.wants(now), Some((10, None)));
        batch.push("a", 1, now);
        assert_eq!(batch.wants(now), Some((10, Some(now + second))));
        assert_eq!(batch.wants(now + second), None);
    }

    #[test]
    fn a_full_batch_wants_nothing() {
        let now = NOW();
        let mut batch = Batch::new(2, 1_000, Duration::from_secs(1));
        batch.push("a", 1, now);
        batch.push("b", 1, now);
        assert_eq!(batch.wants(now), None);
    }

    #[test]
    fn what_has_no_room_begins_the_next_batch_and_what_is_too_large_goes_alone() {
        let now = NOW();
        let mut batch = Batch::new(10, 10, Duration::from_secs(1));
        batch.push("a", 6, now);
        batch.push("b", 6, now);
        assert_eq!(batch.wants(now), None);
        batch.push("c", 1, now);
        assert_eq!(batch.finish(), (vec!["a"], vec![("b", 6), ("c", 1)]));
        let mut batch = Batch::new(10, 10, Duration::ZERO);
        batch.push("huge", 60, now);
        assert_eq!(batch.finish(), (vec!["huge"], Vec::new()));
    }

    #[test]
    fn a_record_is_old_beyond_the_limit_of_its_mapping() {
        let record = serde_json::json!({ "dynamodb": { "ApproximateCreationDateTime": 1_000.0 } });
        let limit = Some(Duration::from_secs(60));
        assert!(!is_old(&record, limit, 1_060.0));
        assert!(is_old(&record, limit, 1_060.5));
        assert!(!is_old(&record, None, 1e9));
        assert!(!is_old(&serde_json::json!({}), limit, 1e9));
    }

    #[test]
    fn records_are_split_where_an_event_would_be_too_large() {
        let text = |n| serde_json::Value::from("x".repeat(n));
        let sizes = |records: Vec<serde_json::Value>| -> Vec<usize> {
            split(records, 100).iter().map(Vec::len).collect()
        };
        assert_eq!(sizes(vec![text(40), text(40), text(40)]), [2, 1]);
        assert_eq!(sizes(vec![text(200), text(1)]), [1, 1]);
        assert_eq!(sizes(Vec::new()), [0; 0]);
    }

    #[track_caller]
    fn check(payload: &str, expected: &Verdict) {
        let ids = ["one".to_owned(), "two".to_owned()];
        assert_eq!(verdict(payload.as_bytes(), &ids), *expected);
    }

    #[track_caller]
    fn check_all_failed(payload: &str) {
        let ids = ["one".to_owned(), "two".to_owned()];
        assert!(matches!(verdict(payload.as_bytes(), &ids), Verdict::AllFailed(_)), "{payload}");
    }

    #[test]
    fn nothing_reported_is_success() {
        for payload in
            ["", "null", "{}", r#"{"batchItemFailures":null}"#, r#"{"batchItemFailures":[]}"#]
        {
            check(payload, &Verdict::AllDone);
        }
    }

    #[test]
    fn what_is_reported_fails_and_the_rest_is_done() {
        let failed = Verdict::Failed(vec!["two".to_owned()]);
        check(r#"{"batchItemFailures":[{"itemIdentifier":"two"}]}"#, &failed);
    }

    #[test]
    fn a_report_that_cannot_be_understood_fails_the_batch() {
        check_all_failed("nonsense");
        check_all_failed("\"done\"");
        check_all_failed("[]");
        check_all_failed(r#"{"batchItemFailures":[{"itemIdentifier":null}]}"#);
        check_all_failed(r#"{"batchItemFailures":[{"itemIdentifier":""}]}"#);
        check_all_failed(r#"{"batchItemFailures":[{"identifier":"one"}]}"#);
        check_all_failed(r#"{"batchItemFailures":[{"itemIdentifier":"three"}]}"#);
    }
}
