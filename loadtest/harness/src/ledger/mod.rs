//! The ledger: the expected outcomes of every workflow run, and what happened. Pure data, without clock and network.
//!
//! A promise is an expected outcome: an accepted step leads to exactly one event or state. Its key, the correlation
//! ID, ties it to that outcome. An accepted step must have exactly one outcome under its key, and a refused step
//! none. Keys that are known before a step is sent also resolve steps with an unknown result. For unknown steps
//! without a key, up to as many unclaimed outcomes are attributed to them.

mod entry;
mod rows;
mod small_list;
mod tally;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU64;

use jiff::Timestamp;
use serde_json::Value;

pub use entry::{Accepted, Entry, StepOutcome};
use rows::{Row, Rows};
use small_list::SmallList;
pub use tally::Tally;

use crate::cause::Cause;
use crate::system::{Promise, Sighting};

/// A step that was sent and may lead to an expected outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[must_use = "whether the step was accepted has to be said"]
pub struct PendingPromise {
    book: usize,
    entry: usize,
}

/// All expected outcomes of a run.
#[derive(Debug, Default)]
pub struct Ledger {
    books: Vec<Book>,
    is_blind: bool,
}

/// All expected outcomes of one kind.
#[derive(Debug)]
pub struct Book {
    promise: &'static Promise,
    rows: Rows,
    /// The only entry under a key, by the fingerprint of the key: at a million keys, two have the same in one run of some
    /// ten million. Its row has the thing under the key, if there is one.
    single: BTreeMap<NonZeroU64, u32>,
    /// What there is under every other key.
    several: BTreeMap<NonZeroU64, KeyEntries>,
    /// Kept as entries change, so that nobody who asks while the load runs goes through all of them.
    sums: Sums,
}

/// How many entries of a kind ended how.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    accepted: u64,
    refused: u64,
    unknown: u64,
    open: u64,
}

/// What there is under a key.
#[derive(Debug, Clone, Default)]
struct KeyEntries {
    entries: SmallList<u32>,
    things: SmallList<Thing>,
}

/// An observed outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Thing {
    print: NonZeroU64,
    /// When it came to be, by the server where it says so, and otherwise when it was first seen; in microseconds.
    at_us: i64,
    n_times: u32,
}

/// A fingerprint of whatever tells a thing from others (FNV-1a).
#[must_use]
pub(crate) fn fingerprint(text: &str) -> NonZeroU64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    NonZeroU64::new(hash).unwrap_or(NonZeroU64::MIN)
}

/// How many entries are told of at a time, so that nobody holds a copy of all.
const PAGE: usize = 4_096;

impl Ledger {
    /// A ledger without an entry.
    #[must_use]
    pub fn new(promises: &[&'static Promise]) -> Self {
        Self { books: promises.iter().copied().map(Book::new).collect(), is_blind: false }
    }

    /// Marks that the target shows no messages, so that promises that need messages are not reported.
    pub fn be_blind(&mut self) {
        self.is_blind = true;
    }

    /// What was promised of each kind, as far as anybody can see whether it was kept.
    pub fn books(&self) -> impl Iterator<Item = &Book> + Clone {
        self.books.iter().filter(|book| !self.is_blind || !book.promise.is_kept_by_message())
    }

    /// Enters a step that is about to be sent.
    pub fn ask(
        &mut self,
        promise: &'static Promise,
        workflow: &'static str,
        slot: u64,
        key: Option<&str>,
        now: Timestamp,
    ) -> PendingPromise {
        let known = self.books.iter().position(|book| book.promise.id == promise.id);
        // A promise that the system forgot to list is counted all the same.
        let book = known.unwrap_or_else(|| {
            self.books.push(Book::new(promise));
            self.books.len() - 1
        });
        let entry = self.books[book].rows.len();
        let key = key.unwrap_or_default();
        let row = Row { entry: Entry::new(workflow, slot, key, now), thing: None };
        self.books[book].rows.push(&row);
        self.books[book].sums.unknown += 1;
        self.books[book].index(key, entry);
        PendingPromise { book, entry }
    }

    /// Records that a step was accepted: one outcome is expected.
    pub fn accept(
        &mut self,
        debt: PendingPromise,
        accepted: Accepted,
        n_attempts: u32,
        now: Timestamp,
    ) {
        let Some(book) = self.books.get_mut(debt.book) else { return };
        book.rekey(debt.entry, &accepted.key);
        book.change(debt.entry, |entry| {
            entry.settle(n_attempts, now);
            entry.accept(&accepted);
        });
    }

    /// Notes that a step was not accepted: for certain, or nobody knows.
    pub fn decline(
        &mut self,
        debt: PendingPromise,
        cause: &Cause,
        n_attempts: u32,
        now: Timestamp,
    ) {
        let Some(book) = self.books.get_mut(debt.book) else { return };
        book.change(debt.entry, |entry| {
            entry.settle(n_attempts, now);
            entry.outcome = cause.refusal().map_or(StepOutcome::Unknown, StepOutcome::Refused);
        });
    }

    /// Notes everything that there is now under a key. A later look replaces an earlier one, so what vanished is
    /// missed.
    pub fn see(&mut self, promise: &Promise, key: &str, sights: Vec<Sighting>, now: Timestamp) {
        let Some(book) = self.books.iter_mut().find(|book| book.promise.id == promise.id) else {
            return;
        };
        if sights.is_empty() && !book.knows(key) {
            return;
        }
        book.sighted(key, |under| {
            let before = std::mem::take(&mut under.things);
            // What no server tells the time of has come to be when it was first seen.
            let first_seen = |print| {
                let known = before.as_slice().iter().find(|thing| thing.print == print);
                known.map_or(now.as_microsecond(), |thing| thing.at_us)
            };
            let thing = |sight: Sighting| {
                let print = fingerprint(&sight.id);
                let at_us = sight.at.map_or_else(|| first_seen(print), |at| at.as_microsecond());
                Thing { print, at_us, n_times: 1 }
            };
            under.things = sights.into_iter().map(thing).collect();
        });
    }

    /// Notes a message. One that says the same as another is that one, delivered again.
    pub fn message(&mut self, channel: &str, key: &str, payload: &Value, at: Timestamp) {
        let print = fingerprint(&payload.to_string());
        let is_kept = |book: &&mut Book| {
            book.promise.channels().iter().any(|one| one.id == channel)
                && book.promise.keeps.is_none_or(|keeps| keeps(payload))
        };
        for book in self.books.iter_mut().filter(is_kept) {
            book.sighted(key, |under| {
                match under.things.as_mut_slice().iter_mut().find(|thing| thing.print == print) {
                    Some(thing) => thing.n_times += 1,
                    None => {
                        let at_us = at.as_microsecond();
                        under.things.push(Thing { print, at_us, n_times: 1 });
                    }
                }
            });
        }
    }

    /// Notes that what visits (workflow and slot) were refused is under way all the same: nobody knows what comes of it.
    pub fn under_way(&mut self, visits: &BTreeSet<(&str, u64)>) {
        for book in &mut self.books {
            let is_theirs = |entry: &Entry| visits.contains(&(entry.workflow, entry.slot));
            let rows = book.rows.iter().enumerate();
            let theirs: Vec<_> =
                rows.filter(|(_, row)| is_theirs(&row.entry)).map(|(index, _)| index).collect();
            for index in theirs {
                book.change(index, |entry| entry.outcome = StepOutcome::Unknown);
            }
        }
    }

    /// Notes whether what must be true besides is true of an entry.
    pub fn checked(&mut self, debt: PendingPromise, holds: bool) {
        if let Some(book) = self.books.get_mut(debt.book) {
            book.change(debt.entry, |entry| entry.holds = Some(holds));
        }
    }

    /// Why entries could not be read back, if that happened: nobody knows then what was promised.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        self.books.iter().find_map(|book| book.rows.fault())
    }

    /// Entries whose expected outcome has not been observed, with their promise: the first ones from `place` on, and
    /// the place after them; none when there are no more.
    #[must_use]
    pub fn open_from(
        &self,
        place: PendingPromise,
    ) -> Option<(Vec<(&'static Promise, Entry)>, PendingPromise)> {
        let all = self.books.iter().enumerate().skip(place.book).flat_map(|(index, book)| {
            let is_told = !self.is_blind || !book.promise.is_kept_by_message();
            let first = if index == place.book { place.entry } else { 0 };
            let n_rows = if is_told { book.rows.len() } else { 0 };
            let entries = (first..n_rows).map(|entry| (entry, book.rows.get(entry).entry));
            let open = entries.filter(|(_, entry)| book.is_open(entry));
            open.map(move |(entry, one)| (PendingPromise { book: index, entry }, book.promise, one))
        });
        let page: Vec<_> = all.take(PAGE).collect();
        let last = page.last()?.0;
        let after = PendingPromise { book: last.book, entry: last.entry + 1 };
        Some((page.into_iter().map(|(_, promise, entry)| (promise, entry)).collect(), after))
    }

    /// How many are open.
    #[must_use]
    pub fn n_open(&self) -> u64 {
        self.books().map(|book| book.sums.open).sum()
    }

    /// Entries of a promise and their places, from the `first` on: so many that nobody minds a copy. None when there are
    /// no more.
    #[must_use]
    pub fn entries_from(
        &self,
        promise: &Promise,
        first: usize,
    ) -> Option<Vec<(PendingPromise, Entry)>> {
        let found = self.books.iter().enumerate().find(|(_, book)| book.promise.id == promise.id);
        let (index, book) = found?;
        let row = |entry| (PendingPromise { book: index, entry }, book.rows.get(entry).entry);
        let page: Vec<_> = (first..book.rows.len()).take(PAGE).map(row).collect();
        (!page.is_empty()).then_some(page)
    }

    /// How many outcomes exist under the key of a promise.
    #[must_use]
    pub fn n_things(&self, promise: &Promise, key: &str) -> usize {
        let book = self.books.iter().find(|book| book.promise.id == promise.id);
        book.map_or(0, |book| book.own(&book.under(key)).len())
    }

    /// How many steps were sent that may owe something, by the promise most often sent.
    #[must_use]
    pub fn n_entries(&self) -> u64 {
        self.books.iter().map(|book| book.rows.len() as u64).max().unwrap_or_default()
    }

    /// The sums of each promise. What nobody of this run asked for is held against the system only where the stage is
    /// the run's `alone`.
    #[must_use]
    pub fn tally(&self, alone: bool) -> Vec<Tally> {
        self.books().map(|book| book.tally(alone)).collect()
    }

    /// What is known of each promise while steps are still under way: what is owed and not seen yet is neither kept nor
    /// lost, and nobody has looked for what is too much.
    #[must_use]
    pub fn so_far(&self) -> Vec<Tally> {
        self.books().map(Book::so_far).collect()
    }
}

impl Sums {
    fn of(&mut self, outcome: StepOutcome) -> &mut u64 {
        match outcome {
            StepOutcome::Accepted => &mut self.accepted,
            StepOutcome::Refused(_) => &mut self.refused,
            StepOutcome::Unknown => &mut self.unknown,
        }
    }
}

impl Book {
    fn new(promise: &'static Promise) -> Self {
        let (single, several) = (BTreeMap::new(), BTreeMap::new());
        Self { promise, rows: Rows::default(), single, several, sums: Sums::default() }
    }

    /// Changes an entry, but not its key, and the sums with it.
    fn change(&mut self, index: usize, change: impl FnOnce(&mut Entry)) {
        if index >= self.rows.len() {
            return;
        }
        let mut row = self.rows.get(index);
        let open = u64::from(self.is_open(&row.entry));
        // An entry that could not be read back may have been counted as another.
        let before = self.sums.of(row.entry.outcome);
        *before = before.saturating_sub(1);
        change(&mut row.entry);
        self.rows.set(index, &row);
        *self.sums.of(row.entry.outcome) += 1;
        self.sums.open =
            (self.sums.open + u64::from(self.is_open(&row.entry))).saturating_sub(open);
    }

    /// Gives an entry that nothing is known of yet another key.
    fn rekey(&mut self, index: usize, key: &str) {
        if index >= self.rows.len() || *self.rows.get(index).entry.key == *key {
            return;
        }
        let mut row = self.rows.get(index);
        let mut before = self.under(&row.entry.key);
        before.entries.retain(|one| *one as usize != index);
        let key_before = std::mem::replace(&mut row.entry.key, key.into());
        row.thing = None;
        self.rows.set(index, &row);
        self.put(&key_before, before);
        self.index(key, index);
    }

    /// Changes what was seen under a key, and the sums with it.
    fn sighted(&mut self, key: &str, change: impl FnOnce(&mut KeyEntries)) {
        let mut under = self.under(key);
        let open = self.n_open_under(&under);
        change(&mut under);
        self.sums.open = (self.sums.open + self.n_open_under(&under)).saturating_sub(open);
        self.put(key, under);
    }

    fn n_open_under(&self, under: &KeyEntries) -> u64 {
        let rows = under.entries.as_slice().iter().map(|index| self.rows.get(*index as usize));
        let is_open = |row: &Row| is_open(&row.entry, self.own(under));
        rows.filter(is_open).count() as u64
    }

    fn index(&mut self, key: &str, entry: usize) {
        if !key.is_empty() {
            let mut under = self.under(key);
            // Four thousand million steps of one promise are more than any run has.
            under.entries.push(u32::try_from(entry).unwrap_or(u32::MAX));
            self.put(key, under);
        }
    }

    fn knows(&self, key: &str) -> bool {
        let print = fingerprint(key);
        self.single.contains_key(&print) || self.several.contains_key(&print)
    }

    /// What there is under a key.
    fn under(&self, key: &str) -> KeyEntries {
        let print = fingerprint(key);
        match self.single.get(&print) {
            None => self.several.get(&print).cloned().unwrap_or_default(),
            Some(index) => KeyEntries {
                entries: std::iter::once(*index).collect(),
                things: self.rows.get(*index as usize).thing.into_iter().collect(),
            },
        }
    }

    /// Replaces what there is under a key.
    fn put(&mut self, key: &str, under: KeyEntries) {
        let print = fingerprint(key);
        match (under.entries.as_slice(), under.things.as_slice()) {
            ([index], [] | [_]) => {
                let (index, thing) = (*index, under.things.as_slice().first().copied());
                let mut row = self.rows.get(index as usize);
                if row.thing != thing {
                    row.thing = thing;
                    self.rows.set(index as usize, &row);
                }
                self.several.remove(&print);
                self.single.insert(print, index);
            }
            ([], []) => {
                self.single.remove(&print);
                self.several.remove(&print);
            }
            _ => {
                self.single.remove(&print);
                self.several.insert(print, under);
            }
        }
    }

    /// The promise.
    #[must_use]
    pub fn promise(&self) -> &'static Promise {
        self.promise
    }

    /// Of what there is under a key, what can keep this promise and no other.
    fn own<'k>(&self, under: &'k KeyEntries) -> &'k [Thing] {
        self.promise.share.of(under.things.as_slice(), under.entries.as_slice().len())
    }

    /// Whether an outcome is expected that has not been observed.
    fn is_open(&self, entry: &Entry) -> bool {
        is_open(entry, self.own(&self.under(&entry.key)))
    }

    /// What keeps the promise of an accepted entry: the first, should there be several.
    fn kept(&self, entry: &Entry) -> Option<Thing> {
        keeps(entry, self.own(&self.under(&entry.key)))
    }

    /// Every accepted entry whose promise was kept, with when that was, by the server where it says so.
    pub fn kept_entries(&self) -> impl Iterator<Item = (Entry, Timestamp)> {
        let accepted = self.all().filter(|entry| entry.outcome == StepOutcome::Accepted);
        accepted.filter_map(|entry| {
            let at_us = self.kept(&entry)?.at_us;
            Some((entry, entry::instant(at_us)))
        })
    }

    /// Every entry.
    pub fn all(&self) -> impl Iterator<Item = Entry> + Clone {
        self.rows.iter().map(|row| row.entry)
    }
}

/// The first of the things under its key that keeps the promise of an entry.
fn keeps(entry: &Entry, things: &[Thing]) -> Option<Thing> {
    things.iter().find(|thing| entry.print.is_none_or(|print| print == thing.print)).copied()
}

fn is_open(entry: &Entry, things: &[Thing]) -> bool {
    entry.outcome == StepOutcome::Accepted && keeps(entry, things).is_none()
}

#[cfg(test)]
mod tests;
