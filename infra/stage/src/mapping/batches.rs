//! The batches of a stream that wait for their function, in order: what is retried, split or given up after a failure.
//!
//! Pure: it neither waits nor invokes. Known deviation: where a function reports the first record of a batch as failed,
//! a batch that bisects is halved, for there is nothing before that record to be cut off.

use serde_json::Value;

use super::state::Verdict;

/// Records that go to the function together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Batch {
    pub(super) records: Vec<Value>,
    /// How many times these very records failed.
    pub(super) n_attempts: u32,
}

/// What is done after an attempt.
#[derive(Debug, PartialEq)]
pub(super) enum Next {
    /// All records are done.
    Done,
    /// So many records are tried again, for this reason.
    Retry(usize, String),
    /// The retries are used up, for this reason.
    GiveUp(Batch, String),
}

/// The batches that wait.
#[derive(Debug)]
pub(super) struct Batches {
    /// The next one last.
    waiting: Vec<Batch>,
    max_retries: Option<u32>,
    bisects: bool,
}

impl Batches {
    pub(super) fn new(records: Vec<Value>, max_retries: Option<u32>, bisects: bool) -> Self {
        Self { waiting: vec![Batch { records, n_attempts: 0 }], max_retries, bisects }
    }

    /// Takes the batch whose turn it is.
    pub(super) fn take(&mut self) -> Option<Batch> {
        self.waiting.pop()
    }

    /// Puts back what is left of a batch after an attempt. A split is no retry, so that records which are themselves
    /// fine do not use up the retries of the one beside them.
    pub(super) fn settle(&mut self, batch: Batch, verdict: Verdict) -> Next {
        let Batch { mut records, n_attempts } = batch;
        let mut is_cut = false;
        let reason = match verdict {
            Verdict::AllDone => return Next::Done,
            Verdict::Failed(ids) => {
                // The first that failed, and all behind it.
                let first = records.iter().position(|record| ids.contains(&sequence(record)));
                let first = first.unwrap_or(0);
                records = records.split_off(first);
                is_cut = first > 0;
                "the function reported failures".to_owned()
            }
            Verdict::AllFailed(reason) => reason,
        };
        let n_records = records.len();
        if self.bisects && is_cut {
            self.waiting.push(Batch { records, n_attempts });
            return Next::Retry(n_records, reason);
        }
        if self.bisects && n_records > 1 {
            let second = records.split_off(n_records / 2);
            self.waiting.push(Batch { records: second, n_attempts });
            self.waiting.push(Batch { records, n_attempts });
            return Next::Retry(n_records, reason);
        }
        let batch = Batch { records, n_attempts: n_attempts + 1 };
        if self.max_retries.is_some_and(|retries| n_attempts >= retries) {
            return Next::GiveUp(batch, reason);
        }
        self.waiting.push(batch);
        Next::Retry(n_records, reason)
    }
}

/// What a record is told from others by.
pub(super) fn sequence(record: &Value) -> String {
    record["dynamodb"]["SequenceNumber"].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::json;

    use super::*;

    /// All invocations, as the records of each, and the batches that were given up with their attempts.
    type History = (Vec<Vec<u32>>, Vec<(Vec<u32>, u32)>);

    fn numbers(records: &[Value]) -> Vec<u32> {
        records.iter().map(|record| sequence(record).parse().unwrap()).collect()
    }

    /// Runs records 1 to `n_records`, of which one always fails, until nothing waits.
    fn run(n_records: u32, bad: u32, retries: u32, bisects: bool, reports: bool) -> History {
        let records = (1..=n_records)
            .map(|number| json!({ "dynamodb": { "SequenceNumber": number.to_string() } }))
            .collect();
        let mut batches = Batches::new(records, Some(retries), bisects);
        let (mut invoked, mut given_up) = (Vec::new(), Vec::new());
        while let Some(batch) = batches.take() {
            let sent = numbers(&batch.records);
            let verdict = match (sent.contains(&bad), reports) {
                (false, _) => Verdict::AllDone,
                (true, true) => Verdict::Failed(vec![bad.to_string()]),
                (true, false) => Verdict::AllFailed("no".to_owned()),
            };
            invoked.push(sent);
            if let Next::GiveUp(batch, _) = batches.settle(batch, verdict) {
                given_up.push((numbers(&batch.records), batch.n_attempts));
            }
        }
        (invoked, given_up)
    }

    #[test]
    fn a_split_uses_up_no_retries() {
        for retries in 0..3 {
            for bad in 1..=8 {
                let (invoked, given_up) = run(8, bad, retries, true, false);
                assert_eq!(given_up, [(vec![bad], retries + 1)], "{invoked:?}");
                let arrived: std::collections::BTreeSet<u32> =
                    invoked.into_iter().filter(|sent| !sent.contains(&bad)).flatten().collect();
                assert_eq!(arrived.len(), 7);
            }
        }
        let (invoked, given_up) = run(4, 2, 1, false, false);
        assert_eq!(invoked.len(), 2);
        assert_eq!(given_up, [(vec![1, 2, 3, 4], 2)]);
    }

    #[test]
    fn a_report_cuts_a_batch_where_it_says() {
        let (invoked, given_up) = run(7, 3, 1, true, true);
        let first = [vec![1, 2, 3, 4, 5, 6, 7], vec![3, 4, 5, 6, 7], vec![3, 4], vec![3], vec![3]];
        assert_eq!(invoked[..5], first);
        assert_eq!(given_up, [(vec![3], 2)]);
        let arrived: Vec<u32> = invoked[5..].concat();
        assert_eq!(arrived, [4, 5, 6, 7]);
    }
}
