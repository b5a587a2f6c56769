//! Owns what a FIFO queue or topic remembers for five minutes: the messages that it has taken, by
//! deduplication id, and the receives that it has answered, by attempt id. It refuses to remember
//! anything longer.

use std::collections::{HashMap, VecDeque};
use uuid::Uuid;

/// How long a repetition is recognised.
pub(crate) const MEMORY_MS: u64 = 300_000;

/// The messages taken lately.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    first: HashMap<String, (Uuid, u64)>,
    by_age: VecDeque<(u64, String)>,
}

impl Seen {
    /// Notes a message, or returns the id and number of the first one like it. `key` is that of
    /// [`seen_under`].
    pub(crate) fn note(
        &mut self,
        key: String,
        now_ms: u64,
        message: (Uuid, u64),
    ) -> Option<(Uuid, u64)> {
        if let Some(first) = self.first.get(&key) {
            return Some(*first);
        }
        self.first.insert(key.clone(), message);
        self.by_age.push_back((remembered_until(now_ms), key));
        None
    }

    /// Whether a message like it was taken lately.
    pub(crate) fn knows(&self, key: &str) -> bool {
        self.first.contains_key(key)
    }

    /// How many are remembered.
    #[cfg(test)]
    pub(crate) fn n_known(&self) -> usize {
        self.first.len()
    }

    /// Takes up what was remembered before; ids come in the order in which they are forgotten.
    pub(super) fn remember(&mut self, key: String, until_ms: u64, message: (Uuid, u64)) {
        self.first.insert(key.clone(), message);
        self.by_age.push_back((until_ms, key));
    }

    /// Forgets what is too long ago, and hands each id to `forgotten`.
    pub(crate) fn forget(&mut self, now_ms: u64, mut forgotten: impl FnMut(String)) {
        while self.by_age.front().is_some_and(|(until_ms, _)| *until_ms <= now_ms) {
            if let Some((_, key)) = self.by_age.pop_front() {
                self.first.remove(&key);
                forgotten(key);
            }
        }
    }
}

/// What a deduplication id is remembered by: the id, after the scope in which it counts.
pub(crate) fn seen_under(scope: Option<&str>, id: &str) -> String {
    // Neither part can hold a space, so no two pairs share a key.
    scope.map_or_else(|| id.to_owned(), |scope| format!("{scope} {id}"))
}

/// When an id noted now is forgotten, in milliseconds since the Unix epoch.
pub(super) fn remembered_until(now_ms: u64) -> u64 {
    now_ms + MEMORY_MS
}

/// The receives answered lately: the handles that each gave out.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    answers: HashMap<String, (u64, Vec<String>)>,
    by_age: VecDeque<(u64, String)>,
}

impl Attempts {
    pub(super) fn get(&self, id: &str) -> Option<&[String]> {
        self.answers.get(id).map(|(_, handles)| handles.as_slice())
    }

    pub(super) fn note(&mut self, id: &str, now_ms: u64, handles: Vec<String>) {
        self.answers.insert(id.to_owned(), (now_ms + MEMORY_MS, handles));
        self.by_age.push_back((now_ms + MEMORY_MS, id.to_owned()));
    }

    pub(super) fn forget(&mut self, now_ms: u64) {
        while self.by_age.front().is_some_and(|(until_ms, _)| *until_ms <= now_ms) {
            let Some((_, id)) = self.by_age.pop_front() else { return };
            // A later answer under the same name keeps its own time.
            if self.answers.get(&id).is_some_and(|(until_ms, _)| *until_ms <= now_ms) {
                self.answers.remove(&id);
            }
        }
    }
}
