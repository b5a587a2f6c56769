//! What is counted of events.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

use super::BusService;

/// What has happened on the buses so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BusStats {
    /// Events taken from publishers and schedules.
    pub taken: u64,
    /// Entries refused.
    pub refused: u64,
    /// Events that no rule took, or whose bus does not exist.
    pub unrouted: u64,
    /// Pairs of an event and a target: each ends as delivered, dead-lettered or dropped.
    pub matched: u64,
    /// Pairs delivered.
    pub delivered: u64,
    /// Attempts beyond the first.
    pub retried: u64,
    /// Pairs given up, with a dead letter.
    pub dead_lettered: u64,
    /// Pairs given up without one.
    pub dropped: u64,
    /// Pairs that have not ended, copies still to be made included.
    pub under_way: u64,
}

#[derive(Debug, Default)]
pub(in crate::bus) struct Counts {
    pub(in crate::bus) taken: AtomicU64,
    pub(in crate::bus) refused: AtomicU64,
    pub(in crate::bus) unrouted: AtomicU64,
    pub(in crate::bus) matched: AtomicU64,
    pub(in crate::bus) delivered: AtomicU64,
    pub(in crate::bus) retried: AtomicU64,
    pub(in crate::bus) dead_lettered: AtomicU64,
    pub(in crate::bus) dropped: AtomicU64,
    pub(in crate::bus) under_way: AtomicU64,
    by_bus: Mutex<BTreeMap<String, OfBus>>,
}

/// What has happened on one bus so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct OfBus {
    /// Events that came to it.
    pub(crate) taken: u64,
    /// Pairs of an event and a target that were delivered.
    pub(crate) delivered: u64,
    /// Pairs given up.
    pub(crate) failed: u64,
    /// Pairs that have not ended.
    pub(crate) under_way: u64,
}

/// Counts a journey out when it ends, however it ends.
pub(in crate::bus) struct UnderWay<'a>(&'a AtomicU64);

impl Counts {
    /// Counts something on one bus.
    pub(in crate::bus) fn on(&self, bus: &str, count: impl FnOnce(&mut OfBus)) {
        let mut by_bus = self.by_bus.lock().unwrap_or_else(PoisonError::into_inner);
        match by_bus.get_mut(bus) {
            Some(of) => count(of),
            None => count(by_bus.entry(bus.to_owned()).or_default()),
        }
    }

    /// Takes over a journey that was counted in when it was sent off.
    pub(in crate::bus) fn under_way(&self) -> UnderWay<'_> {
        UnderWay(&self.under_way)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

impl BusService {
    /// What has happened so far, by the names of buses; nothing of one that nothing came to.
    pub(crate) fn stats_by_bus(&self) -> BTreeMap<String, OfBus> {
        self.shared.counts.by_bus.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What has happened so far.
    pub fn stats(&self) -> BusStats {
        let counts = &self.shared.counts;
        BusStats {
            taken: counts.taken.load(Relaxed),
            refused: counts.refused.load(Relaxed),
            unrouted: counts.unrouted.load(Relaxed),
            matched: counts.matched.load(Relaxed),
            delivered: counts.delivered.load(Relaxed),
            retried: counts.retried.load(Relaxed),
            dead_lettered: counts.dead_lettered.load(Relaxed),
            dropped: counts.dropped.load(Relaxed),
            under_way: counts.under_way.load(Relaxed),
        }
    }
}
