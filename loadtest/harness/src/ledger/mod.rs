//! The ledger: what every visit was promised, and what became of it. Pure data, no clock and no network.
//!
//! A promise has a key, the correlation id, which ties it to whatever keeps it. Whoever was accepted must have exactly
//! one thing under its key; whoever was refused must have none. Keys that are known before a step is sent tell even
//! steps apart whose outcome nobody knows; of those without a key as many unclaimed things are taken for theirs as there
//! are of them.

mod entry;
mod tally;

use std::collections::BTreeMap;

use jiff::Timestamp;

pub use entry::{Accepted, Entry, Outcome};
pub use tally::Tally;

use crate::cause::Cause;
use crate::system::{Promise, Sight};

/// A step that was sent, and may owe something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "whether the step was accepted has to be said"]
pub struct Debt {
    book: usize,
    entry: usize,
}

/// All that was promised in a run.
#[derive(Debug, Default)]
pub struct Ledger {
    books: Vec<Book>,
    is_blind: bool,
}

/// All that was promised of one kind.
#[derive(Debug)]
pub struct Book {
    promise: &'static Promise,
    entries: Vec<Entry>,
    by_key: BTreeMap<String, Vec<usize>>,
    seen: BTreeMap<String, Seen>,
    /// Kept as entries change, so that nobody who asks while the load runs goes through all of them.
    sums: Sums,
}

/// How many entries of a book ended how.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    accepted: u64,
    refused: u64,
    unknown: u64,
    open: u64,
}

/// What there is under a key.
#[derive(Debug, Default)]
struct Seen {
    things: Vec<Thing>,
    /// When the first of them was seen, by the client's clock.
    first_at: Option<Timestamp>,
}

/// Something that keeps a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Thing {
    print: u64,
    at: Option<Timestamp>,
    n_times: u64,
}

/// A fingerprint of whatever tells a thing from others (FNV-1a).
#[must_use]
pub fn print(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

impl Ledger {
    /// A ledger without an entry.
    #[must_use]
    pub fn new(promises: &[&'static Promise]) -> Self {
        Self { books: promises.iter().copied().map(Book::new).collect(), is_blind: false }
    }

    /// The target shows no messages: promises that messages keep are not told of.
    pub fn be_blind(&mut self) {
        self.is_blind = true;
    }

    /// What was promised of each kind, as far as anybody can see whether it was kept.
    pub fn books(&self) -> impl Iterator<Item = &Book> + Clone {
        self.books.iter().filter(|book| !self.is_blind || book.promise.channel().is_none())
    }

    /// Enters a step that is about to be sent.
    pub fn ask(
        &mut self,
        promise: &'static Promise,
        workflow: &'static str,
        slot: u64,
        key: Option<&str>,
        now: Timestamp,
    ) -> Debt {
        let known = self.books.iter().position(|book| book.promise.id == promise.id);
        // A promise that the system forgot to list is counted all the same.
        let book = known.unwrap_or_else(|| {
            self.books.push(Book::new(promise));
            self.books.len() - 1
        });
        let entry = self.books[book].entries.len();
        let key = key.unwrap_or_default();
        self.books[book].entries.push(Entry::new(workflow, slot, key, now));
        self.books[book].sums.unknown += 1;
        self.books[book].index(key, entry);
        Debt { book, entry }
    }

    /// Notes that a step was accepted: one thing is due.
    pub fn accept(&mut self, debt: Debt, accepted: Accepted, n_attempts: u32, now: Timestamp) {
        let Some(book) = self.books.get_mut(debt.book) else { return };
        book.change(debt.entry, |book| {
            let entry = &mut book.entries[debt.entry];
            entry.settle(n_attempts, now);
            entry.outcome = Outcome::Accepted;
            entry.asked_at = accepted.asked_at;
            entry.print = accepted.id.as_deref().map(print);
            if entry.key != accepted.key {
                let before = std::mem::replace(&mut entry.key, accepted.key.clone());
                if let Some(under) = book.by_key.get_mut(&before) {
                    under.retain(|index| *index != debt.entry);
                }
                book.index(&accepted.key, debt.entry);
            }
        });
    }

    /// Notes that a step was not accepted: for certain, or nobody knows.
    pub fn decline(&mut self, debt: Debt, cause: &Cause, n_attempts: u32, now: Timestamp) {
        let Some(book) = self.books.get_mut(debt.book) else { return };
        book.change(debt.entry, |book| {
            let entry = &mut book.entries[debt.entry];
            entry.settle(n_attempts, now);
            entry.outcome = cause.refusal().map_or(Outcome::Unknown, Outcome::Refused);
        });
    }

    /// Notes everything that there is now under a key. A later look replaces an earlier one, so what vanished is
    /// missed.
    pub fn see(&mut self, promise: &Promise, key: &str, sights: Vec<Sight>, now: Timestamp) {
        let Some(book) = self.books.iter_mut().find(|book| book.promise.id == promise.id) else {
            return;
        };
        let thing = |sight: Sight| Thing { print: print(&sight.id), at: sight.at, n_times: 1 };
        let things: Vec<_> = sights.into_iter().map(thing).collect();
        if things.is_empty() && !book.seen.contains_key(key) {
            return;
        }
        book.sighted(key, |seen| {
            if !things.is_empty() && seen.first_at.is_none() {
                seen.first_at = Some(now);
            }
            seen.things = things;
        });
    }

    /// Notes a message. One that says the same as another is that one, delivered again.
    pub fn message(&mut self, channel: &str, key: &str, print: u64, at: Timestamp) {
        let is_kept =
            |book: &&mut Book| book.promise.channel().is_some_and(|one| one.id == channel);
        for book in self.books.iter_mut().filter(is_kept) {
            book.sighted(key, |seen| {
                seen.first_at.get_or_insert(at);
                match seen.things.iter_mut().find(|thing| thing.print == print) {
                    Some(thing) => thing.n_times += 1,
                    None => seen.things.push(Thing { print, at: Some(at), n_times: 1 }),
                }
            });
        }
    }

    /// Notes that what a visit was refused is under way all the same: nobody knows what comes of it.
    pub fn under_way(&mut self, workflow: &str, slot: u64) {
        for book in &mut self.books {
            let is_its = |entry: &Entry| entry.workflow == workflow && entry.slot == slot;
            let its: Vec<_> =
                (0..book.entries.len()).filter(|n| is_its(&book.entries[*n])).collect();
            for entry in its {
                book.change(entry, |book| book.entries[entry].outcome = Outcome::Unknown);
            }
        }
    }

    /// Notes whether what must be true besides is true of an entry.
    pub fn checked(&mut self, debt: Debt, holds: bool) {
        if let Some(entry) = self.entry_mut(debt) {
            entry.holds = Some(holds);
        }
    }

    fn entry_mut(&mut self, debt: Debt) -> Option<&mut Entry> {
        self.books.get_mut(debt.book)?.entries.get_mut(debt.entry)
    }

    /// Entries that something is due to that has not been seen, with their promise.
    #[must_use]
    pub fn open(&self) -> Vec<(&'static Promise, Entry)> {
        let open = |book: &Book| {
            let entries = book.entries.iter().filter(|entry| book.is_open(entry));
            entries.map(|entry| (book.promise, entry.clone())).collect::<Vec<_>>()
        };
        self.books().flat_map(open).collect()
    }

    /// How many are open.
    #[must_use]
    pub fn n_open(&self) -> u64 {
        self.books().map(|book| book.sums.open).sum()
    }

    /// Every entry of a promise, and its place.
    #[must_use]
    pub fn entries(&self, promise: &Promise) -> Vec<(Debt, Entry)> {
        let found = self.books.iter().enumerate().find(|(_, book)| book.promise.id == promise.id);
        let Some((index, book)) = found else { return Vec::new() };
        let place = |entry| Debt { book: index, entry };
        book.entries.iter().enumerate().map(|(entry, one)| (place(entry), one.clone())).collect()
    }

    /// How many things there are under a key of a promise.
    #[must_use]
    pub fn n_things(&self, promise: &Promise, key: &str) -> usize {
        let book = self.books.iter().find(|book| book.promise.id == promise.id);
        book.map_or(0, |book| book.things(key).len())
    }

    /// How many steps were sent that may owe something, by the promise most often sent.
    #[must_use]
    pub fn n_entries(&self) -> u64 {
        self.books.iter().map(|book| book.entries.len() as u64).max().unwrap_or_default()
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
    fn of(&mut self, outcome: Outcome) -> &mut u64 {
        match outcome {
            Outcome::Accepted => &mut self.accepted,
            Outcome::Refused(_) => &mut self.refused,
            Outcome::Unknown => &mut self.unknown,
        }
    }
}

impl Book {
    fn new(promise: &'static Promise) -> Self {
        let (by_key, seen) = (BTreeMap::new(), BTreeMap::new());
        Self { promise, entries: Vec::new(), by_key, seen, sums: Sums::default() }
    }

    /// Changes an entry, and the sums with it.
    fn change(&mut self, entry: usize, change: impl FnOnce(&mut Self)) {
        if entry >= self.entries.len() {
            return;
        }
        let n_open = |book: &Self| u64::from(book.is_open(&book.entries[entry]));
        let open = n_open(self);
        *self.sums.of(self.entries[entry].outcome) -= 1;
        change(self);
        *self.sums.of(self.entries[entry].outcome) += 1;
        self.sums.open = self.sums.open + n_open(self) - open;
    }

    /// Changes what was seen under a key, and the sums with it.
    fn sighted(&mut self, key: &str, change: impl FnOnce(&mut Seen)) {
        let open = self.n_open_under(key);
        change(self.seen.entry(key.to_owned()).or_default());
        self.sums.open = self.sums.open + self.n_open_under(key) - open;
    }

    fn n_open_under(&self, key: &str) -> u64 {
        let under = self.by_key.get(key).map(Vec::as_slice).unwrap_or_default();
        under.iter().filter(|entry| self.is_open(&self.entries[**entry])).count() as u64
    }

    fn index(&mut self, key: &str, entry: usize) {
        if !key.is_empty() {
            self.by_key.entry(key.to_owned()).or_default().push(entry);
        }
    }

    /// The promise.
    #[must_use]
    pub fn promise(&self) -> &'static Promise {
        self.promise
    }

    /// Whether something is due that has not been seen.
    fn is_open(&self, entry: &Entry) -> bool {
        entry.outcome == Outcome::Accepted && self.kept(entry).is_none()
    }

    fn things(&self, key: &str) -> &[Thing] {
        self.seen.get(key).map(|seen| seen.things.as_slice()).unwrap_or_default()
    }

    /// What keeps the promise of an accepted entry: the first, should there be several.
    fn kept(&self, entry: &Entry) -> Option<&Thing> {
        let mut things = self.things(&entry.key).iter();
        things.find(|thing| entry.print.is_none_or(|print| print == thing.print))
    }

    /// Every accepted entry whose promise was kept, with when that was, by the server where it says so.
    pub fn kept_entries(&self) -> impl Iterator<Item = (&Entry, Timestamp)> {
        let accepted = self.entries.iter().filter(|entry| entry.outcome == Outcome::Accepted);
        accepted.filter_map(|entry| {
            let thing = self.kept(entry)?;
            Some((entry, thing.at.or(self.seen.get(&entry.key)?.first_at)?))
        })
    }

    /// Every entry.
    pub fn all(&self) -> impl Iterator<Item = &Entry> + Clone {
        self.entries.iter()
    }
}

#[cfg(test)]
mod tests;
