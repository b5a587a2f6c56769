//! The latency of what happens after an accepted step, from timestamps: from *asked* to *done* for each promise,
//! from one promise of a run to the next, and from publication to receipt for each message.
//!
//! *Asked* is the server's time in the response, or otherwise the time when the client sent the request. *Done*
//! is the server's time of a state, or the time when the bus accepted a message. If both are the server's times, the
//! client's clock plays no part. Otherwise every step with a server time bounds the difference of the clocks, because
//! the server handled it after the client had sent it and before the response arrived. All steps together bound the
//! difference tightly. If zero is within the bounds, nothing is corrected; otherwise the middle is used, with half
//! the width as uncertainty.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::latency::{Distribution, Latency};
use crate::ledger::{Entry, Ledger};
use crate::record::Second;

/// The pipeline's latencies, as reports carry them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    /// In the order of a visit.
    pub hops: Vec<Hop>,
    /// How the clocks compare.
    pub clocks: Clocks,
}

/// From one event to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hop {
    /// Of which kind.
    pub kind: HopKind,
    /// What it leads to: a promise, or a message.
    pub to: String,
    /// What it comes from: `asked`, a promise before, or the queue that a message was received from.
    pub from: String,
    /// How long it took.
    pub latency: Latency,
}

/// Kinds of hops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HopKind {
    /// From asked to a kept promise.
    Asked,
    /// From one kept promise of a visit to the next.
    Next,
    /// From publication to receipt.
    Received,
}

impl Hop {
    /// `asked → checkout.placed`; of a message and the queue that it is received from, `OrderPlaced → OrderQueue`.
    #[must_use]
    pub fn name(&self) -> String {
        let (from, to) = self.ends();
        format!("{from} → {to}")
    }

    /// Where it begins and where it ends, in the order of time.
    #[must_use]
    pub fn ends(&self) -> (&str, &str) {
        match self.kind {
            HopKind::Asked | HopKind::Next => (&self.from, &self.to),
            HopKind::Received => (&self.to, &self.from),
        }
    }
}

/// What accepted steps tell about the difference of the clocks.
///
/// **Units**: microseconds; positive when the servers' clocks are ahead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clocks {
    /// The smallest difference that fits every step.
    pub least_us: i64,
    /// The largest difference that fits every step.
    pub most_us: i64,
    /// What was taken off the servers' timestamps.
    pub correction_us: i64,
    /// How far the corrected figures may be off; zero when nothing was corrected.
    pub uncertainty_us: i64,
    /// Whether no single difference fits every step: the servers' own clocks disagree.
    pub disagree: bool,
}

impl Clocks {
    /// Compares the clocks over all accepted steps whose server told its time.
    #[must_use]
    pub fn compare(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut bounds = None;
        for entry in entries {
            let Some(asked_at) = entry.asked_at() else { continue };
            let least = micros(asked_at, entry.answered_at());
            let most = micros(asked_at, entry.sent_at());
            let (so_far_least, so_far_most) = bounds.unwrap_or((least, most));
            bounds = Some((least.max(so_far_least), most.min(so_far_most)));
        }
        let Some((least_us, most_us)) = bounds else { return Self::default() };
        let fits = least_us <= 0 && 0 <= most_us;
        let middle = i64::midpoint(least_us, most_us);
        Self {
            least_us,
            most_us,
            correction_us: if fits { 0 } else { middle },
            uncertainty_us: if fits { 0 } else { (most_us - least_us).abs() / 2 },
            disagree: least_us > most_us,
        }
    }

    /// How long a kept promise took.
    fn since_asked(self, entry: &Entry, kept_at: Timestamp) -> u64 {
        // A time of the client's own is compared with the server's by taking the difference off.
        let correction = if entry.asked_at().is_some() { 0 } else { self.correction_us };
        (micros(kept_at, entry.began_at()) - correction).max(0).unsigned_abs()
    }
}

impl Pipeline {
    /// Measures every promise that was kept.
    #[must_use]
    pub fn measure(ledger: &Ledger) -> Self {
        let clocks = Clocks::compare(ledger.books().flat_map(|book| book.all()));
        let (mut hops, n_books) = (Vec::new(), ledger.books().count());
        let mut before: Option<(&str, Kept)> = None;
        for book in ledger.books() {
            let id = book.promise().id;
            let mut asked = Distribution::default();
            let mut kept = Kept::new();
            for (entry, kept_at) in book.kept_entries() {
                asked.record_us(clocks.since_asked(&entry, kept_at));
                if n_books > 1 {
                    kept.insert((entry.workflow, entry.slot), kept_at);
                }
            }
            hops.push(hop(HopKind::Asked, "asked", id, &asked));
            if let Some((from, earlier)) = before {
                let mut next = Distribution::default();
                for (visit, kept_at) in &kept {
                    if let Some(earlier) = earlier.get(visit) {
                        next.record_us(micros(*kept_at, *earlier).max(0).unsigned_abs());
                    }
                }
                if next.count() > 0 {
                    hops.push(hop(HopKind::Next, from, id, &next));
                }
            }
            before = Some((id, kept));
        }
        Self { hops, clocks }
    }

    /// Adds how long messages waited for their consumers.
    pub fn add_receipts(&mut self, receipts_of: Vec<(&'static str, String, Latency)>) {
        self.hops.extend(receipts(receipts_of));
    }
}

/// How long messages waited for their consumers, as hops.
pub(crate) fn receipts(receipts: Vec<(&'static str, String, Latency)>) -> Vec<Hop> {
    let hop = |(channel, queue, latency): (&str, String, Latency)| Hop {
        kind: HopKind::Received,
        to: channel.to_owned(),
        from: queue,
        latency,
    };
    receipts.into_iter().map(hop).collect()
}

type Kept = BTreeMap<(&'static str, u64), Timestamp>;

fn hop(kind: HopKind, from: &str, to: &str, all: &Distribution) -> Hop {
    Hop { kind, to: to.to_owned(), from: from.to_owned(), latency: all.figures() }
}

/// Enters into each second of the run what was accepted and what was kept in it; `started` is when the load began.
pub(crate) fn enter_promises(
    seconds: &mut Vec<Second>,
    ledger: &Ledger,
    clocks: Clocks,
    started: Timestamp,
) {
    // Promises kept after the last request of the load lengthen the course by their seconds, up to an
    // hour; a server clock that is further off than that must not eat up the memory.
    let most = seconds.len() + 3600;
    let second_of =
        |after_us: i64| usize::try_from(after_us.max(0) / 1_000_000).unwrap_or(usize::MAX);
    // A distribution for each second of an hour would take half a gigabyte; two numbers for each promise do not.
    let mut kept: Vec<(usize, u64)> = Vec::new();
    let mut accepted: BTreeMap<usize, u64> = BTreeMap::new();
    for book in ledger.books() {
        for entry in
            book.all().filter(|entry| entry.outcome == crate::ledger::StepOutcome::Accepted)
        {
            *accepted.entry(second_of(micros(entry.answered_at(), started))).or_default() += 1;
        }
        kept.extend(book.kept_entries().map(|(entry, kept_at)| {
            let second = second_of(micros(kept_at, started) - clocks.correction_us);
            (second, clocks.since_asked(&entry, kept_at))
        }));
    }
    kept.retain(|(second, _)| *second < most);
    kept.sort_unstable();
    accepted.retain(|second, _| *second < most);
    let last_kept = kept.last().map(|(second, _)| *second);
    let last = accepted.keys().next_back().copied().max(last_kept);
    if let Some(last) = last.filter(|last| *last >= seconds.len()) {
        seconds.resize(last + 1, Second::default());
    }
    for (second, count) in accepted {
        seconds[second].accepted = count;
    }
    for all in kept.chunk_by(|a, b| a.0 == b.0) {
        let at = |part: f64| all[((all.len() as f64 * part).ceil() as usize).max(1) - 1].1;
        let second = &mut seconds[all[0].0];
        (second.kept, second.kept_p50_us, second.kept_p99_us) =
            (all.len() as u64, at(0.5), at(0.99));
    }
}

/// How long after `earlier` it was `later`, in microseconds.
fn micros(later: Timestamp, earlier: Timestamp) -> i64 {
    later.as_microsecond() - earlier.as_microsecond()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Accepted;
    use crate::system::{Channel, KeptBy, Promise};

    static CHANNEL: Channel = Channel { id: "Placed", ..Channel::NEW };
    static STORED: Promise =
        Promise { id: "stored", kept_by: KeptBy::Message(&Channel::NEW), ..Promise::NEW };
    static PLACED: Promise =
        Promise { id: "placed", kept_by: KeptBy::Message(&CHANNEL), ..Promise::NEW };

    fn at(microseconds: i64) -> Timestamp {
        Timestamp::from_microsecond(1_790_000_000_000_000 + microseconds).unwrap_or_default()
    }

    /// A ledger whose servers are `ahead` of the client: asked 1 ms after it was sent, answered after 8 ms, stored 28
    /// ms after it was sent, told of 33 ms after it was.
    fn ledger(ahead: i64, n_slots: u64, tells: bool) -> Ledger {
        let mut ledger = Ledger::new(&[&STORED, &PLACED]);
        for slot in 0..n_slots {
            let (sent, key) = (slot as i64 * 1000, slot.to_string());
            for promise in [&STORED, &PLACED] {
                let debt = ledger.ask(promise, "checkout", slot, Some(&key), at(sent));
                let asked_at = tells.then(|| at(sent + 1_000 + ahead));
                let accepted = Accepted { asked_at, ..Accepted::of(key.as_str()) };
                ledger.accept(debt, accepted, 1, at(sent + 8_000));
            }
            let stored =
                crate::system::Sighting { id: key.clone(), at: Some(at(sent + 28_000 + ahead)) };
            ledger.see(&STORED, &key, vec![stored], at(sent + 40_000));
            ledger.message("Placed", &key, &"1".into(), at(sent + 33_000 + ahead));
        }
        ledger
    }

    fn p50(pipeline: &Pipeline, name: &str) -> u64 {
        let hop = pipeline.hops.iter().find(|hop| hop.name() == name);
        hop.map_or(0, |hop| hop.latency.p50_us)
    }

    fn close(actual_us: u64, expected_us: u64) -> bool {
        actual_us.abs_diff(expected_us) * 500 <= expected_us
    }

    #[test]
    fn each_hop_is_measured() {
        let pipeline = Pipeline::measure(&ledger(0, 10, true));
        assert_eq!((pipeline.clocks.correction_us, pipeline.clocks.uncertainty_us), (0, 0));
        for (name, expected) in
            [("asked → stored", 27_000), ("asked → placed", 32_000), ("stored → placed", 5_000)]
        {
            assert!(close(p50(&pipeline, name), expected), "{name}: {pipeline:?}");
        }
        let pipeline = Pipeline::measure(&ledger(0, 10, false));
        assert!(close(p50(&pipeline, "asked → stored"), 28_000), "{pipeline:?}");
    }

    #[test]
    fn clocks_that_differ_do_not_matter_where_servers_tell_both_times() {
        for ahead in [5_000_000, -5_000_000] {
            let pipeline = Pipeline::measure(&ledger(ahead, 10, true));
            let clocks = pipeline.clocks;
            assert!((clocks.least_us..=clocks.most_us).contains(&ahead), "{clocks:?}");
            assert!(close(p50(&pipeline, "asked → stored"), 27_000), "{pipeline:?}");
        }
    }

    #[test]
    fn servers_that_disagree_are_reported() {
        let mut ledger = ledger(0, 1, true);
        let debt = ledger.ask(&STORED, "checkout", 77, Some("77"), at(0));
        let accepted = Accepted { asked_at: Some(at(60_000_000)), ..Accepted::of("77") };
        ledger.accept(debt, accepted, 1, at(8_000));
        assert!(Pipeline::measure(&ledger).clocks.disagree);
    }

    #[test]
    fn promises_are_entered_into_their_seconds_even_after_the_load() {
        let mut seconds = vec![Second::default(); 1];
        enter_promises(&mut seconds, &ledger(0, 2, true), Clocks::default(), at(-2_000_000));
        assert_eq!(seconds.iter().map(|second| second.kept).collect::<Vec<_>>(), [0, 0, 4]);
        assert_eq!(seconds[2].accepted, 4);
    }

    #[test]
    fn an_empty_ledger_measures_nothing() {
        assert_eq!(Pipeline::measure(&Ledger::default()), Pipeline::default());
    }
}
