//! What is counted of events.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

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
}

/// What is counted of one bus, which it and its rules share.
#[derive(Debug, Default)]
pub(in crate::bus) struct BusCounts {
    pub(in crate::bus) taken: AtomicU64,
    delivered: AtomicU64,
    failed: AtomicU64,
    under_way: AtomicU64,
}

/// What has happened on one bus so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct BusFigures {
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
pub(in crate::bus) struct UnderWay<'a> {
    all: &'a Counts,
    bus: &'a BusCounts,
    /// Whether the event arrived.
    pub(in crate::bus) is_delivered: bool,
}

impl BusCounts {
    pub(in crate::bus) fn read(&self) -> BusFigures {
        BusFigures {
            taken: self.taken.load(Relaxed),
            delivered: self.delivered.load(Relaxed),
            failed: self.failed.load(Relaxed),
            under_way: self.under_way.load(Relaxed),
        }
    }
}

impl Counts {
    /// Counts a journey in that is sent off.
    pub(in crate::bus) fn set_out(&self, bus: &BusCounts) {
        self.matched.fetch_add(1, Relaxed);
        self.under_way.fetch_add(1, Relaxed);
        bus.under_way.fetch_add(1, Relaxed);
    }

    /// Takes over a journey that was counted in when it was sent off.
    pub(in crate::bus) fn under_way<'a>(&'a self, bus: &'a BusCounts) -> UnderWay<'a> {
        UnderWay { all: self, bus, is_delivered: false }
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.all.under_way.fetch_sub(1, Relaxed);
        self.bus.under_way.fetch_sub(1, Relaxed);
        let ended = if self.is_delivered { &self.bus.delivered } else { &self.bus.failed };
        ended.fetch_add(1, Relaxed);
    }
}

impl BusService {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journey_that_breaks_off_is_counted_out() {
        let (all, bus) = (Counts::default(), BusCounts::default());
        for is_delivered in [true, false] {
            all.set_out(&bus);
            let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                let mut journey = all.under_way(&bus);
                journey.is_delivered = is_delivered;
                assert!(is_delivered, "it breaks off");
            }));
            assert_eq!(broken.is_ok(), is_delivered);
        }
        let expected = BusFigures { taken: 0, delivered: 1, failed: 1, under_way: 0 };
        assert_eq!((bus.read(), all.under_way.load(Relaxed)), (expected, 0));
    }
}
