//! The totals of a promise: what was expected, and what happened.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Book, Entry, Row, StepOutcome, Thing, fingerprint};

/// The totals of one promise. `sent = accepted + refused + unknown` and `accepted = once + doubled + lost + open`,
/// always.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// The promise.
    pub promise: String,
    /// What it is about.
    pub summary: String,
    /// Steps that were sent.
    pub sent: u64,
    /// Steps that were accepted.
    pub accepted: u64,
    /// Steps that were definitely refused.
    pub refused: u64,
    /// Steps with an unknown result.
    pub unknown: u64,
    /// Retries of steps with an unknown result.
    pub retries: u64,
    /// Accepted, with exactly one outcome.
    pub once: u64,
    /// Accepted, with more than one outcome (duplicated).
    pub doubled: u64,
    /// Accepted, without an outcome (lost).
    pub lost: u64,
    /// Accepted, but the run was interrupted before the outcome was known.
    #[serde(default)]
    pub open: u64,
    /// Unexpected outcomes.
    pub unpromised: u64,
    /// Steps with an unknown result that had an outcome.
    pub unknown_kept: u64,
    /// Messages identical to an earlier one.
    pub repeated: u64,
    /// Things of somebody else, on a stage that others use too.
    pub others: u64,
    /// What those are called of which the invariant does not hold; empty where the promise has none.
    pub wrong_name: String,
    /// Entries of which the invariant does not hold.
    pub wrong: u64,
    /// Entries of which it was looked at.
    pub checked: u64,
}

impl Tally {
    /// Whether each promise had exactly one outcome, and no outcome was unexpected.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.lost == 0 && self.doubled == 0 && self.unpromised == 0 && self.wrong == 0
    }
}

impl Book {
    fn blank(&self) -> Tally {
        Tally {
            promise: self.promise.id.to_owned(),
            summary: self.promise.summary.to_owned(),
            wrong_name: self.promise.check.map_or_else(String::new, |check| check.wrong.to_owned()),
            ..Tally::default()
        }
    }

    pub(super) fn so_far(&self) -> Tally {
        let sums = self.sums;
        Tally {
            sent: self.rows.len() as u64,
            accepted: sums.accepted,
            refused: sums.refused,
            unknown: sums.unknown,
            once: sums.accepted.saturating_sub(sums.open),
            open: sums.open,
            ..self.blank()
        }
    }

    pub(super) fn tally(&self, alone: bool) -> Tally {
        let mut tally = self.blank();
        let (mut n_lost, mut n_unknown) = (0, 0);
        for (index, Row { entry, thing }) in self.rows.iter().enumerate() {
            tally.add(&entry);
            if entry.key.is_empty() {
                // Accepted without a key: nothing can be tied to it.
                n_lost += u64::from(entry.outcome == StepOutcome::Accepted);
                n_unknown += u64::from(entry.outcome == StepOutcome::Unknown);
            } else if self.single.get(&fingerprint(&entry.key)) == Some(&(index as u32)) {
                tally.add_key(&[&entry], self.promise.share.of(thing.as_slice(), 1));
                tally.repeated += thing.map_or(0, repeats);
            }
        }
        for under in self.several.values() {
            let its = under.entries.as_slice().iter();
            let entries: Vec<_> = its.map(|index| self.rows.get(*index as usize).entry).collect();
            if !entries.is_empty() {
                tally.add_key(&entries.iter().collect::<Vec<_>>(), self.own(under));
            }
            tally.repeated += under.things.as_slice().iter().copied().map(repeats).sum::<u64>();
        }
        tally.lost += n_lost;
        self.add_strays(&mut tally, alone, n_unknown);
        tally
    }

    /// What lies under keys that no entry has.
    fn add_strays(&self, tally: &mut Tally, alone: bool, mut n_unknown: u64) {
        for under in self.several.values().filter(|under| under.entries.as_slice().is_empty()) {
            let mut n_things = self.own(under).len() as u64;
            if n_unknown > 0 && n_things > 0 {
                // A step that nobody got an answer to is likelier than one that nobody sent.
                n_unknown -= 1;
                n_things -= 1;
                tally.unknown_kept += 1;
            }
            let counter = if alone { &mut tally.unpromised } else { &mut tally.others };
            *counter += n_things;
        }
    }
}

/// How often a thing was told of again.
fn repeats(thing: Thing) -> u64 {
    u64::from(thing.n_times.saturating_sub(1))
}

impl Tally {
    fn add(&mut self, entry: &Entry) {
        self.sent += 1;
        self.retries += u64::from(entry.n_attempts.saturating_sub(1));
        match entry.outcome {
            StepOutcome::Accepted => self.accepted += 1,
            StepOutcome::Refused(_) => self.refused += 1,
            StepOutcome::Unknown => self.unknown += 1,
        }
        if let Some(holds) = entry.holds {
            self.checked += 1;
            self.wrong += u64::from(!holds);
        }
    }

    /// Ties the things under a key to the entries under it.
    fn add_key(&mut self, entries: &[&Entry], things: &[Thing]) {
        let mut left: BTreeSet<usize> = (0..things.len()).collect();
        let mut n_kept = 0;
        let accepted = || entries.iter().filter(|entry| entry.outcome == StepOutcome::Accepted);
        // Those that name their thing choose first.
        let naming = accepted().filter(|entry| entry.print.is_some());
        for entry in naming.chain(accepted().filter(|entry| entry.print.is_none())) {
            let is_its =
                |index: &usize| entry.print.is_none_or(|print| things[*index].print == print);
            let Some(index) = left.iter().copied().find(is_its) else {
                self.lost += 1;
                continue;
            };
            left.remove(&index);
            n_kept += 1;
        }
        let unknown = entries.iter().filter(|entry| entry.outcome == StepOutcome::Unknown).count();
        let n_taken = unknown.min(left.len());
        self.unknown_kept += n_taken as u64;
        let n_left = (left.len() - n_taken) as u64;
        let n_doubled = n_left.min(n_kept);
        self.doubled += n_doubled;
        self.once += n_kept - n_doubled;
        if n_kept == 0 {
            self.unpromised += n_left;
        }
    }
}
