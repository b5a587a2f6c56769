//! The latency of the asynchronous pipeline, told from the server's timestamps.
//!
//! - **stored**: from the moment that the customer held the answer to the checkout until the order was stored
//!   (`placedAt`, which the consumer sets). This is the figure that objectives judge.
//! - **placed**: from the moment that the server says the customer first asked (`checkoutTime`) until the order
//!   was stored. Both are the servers' timestamps, so the client's clock plays no part.
//! - **seen**: from the moment that the customer held the answer until it read the order. It contains the
//!   waiting between two looks, so it is always too long; it stands beside the others to show that they are
//!   honest.
//!
//! `stored` compares the client's clock with the servers'. On one machine they are the same. On a deployed
//! stage they are not, but every checkout bounds the difference: the servers fixed `checkoutTime` after the
//! customer had sent and before it was answered. All checkouts together bound it tightly; where zero lies
//! within the bounds nothing is corrected, and elsewhere the middle is, with half the width as uncertainty.

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
    /// Answered → stored.
    pub stored: Latency,
    /// Asked → stored, by the servers' timestamps alone.
    pub placed: Latency,
    /// Answered → read by the customer.
    pub seen: Latency,
    /// How the clocks compare.
    pub clocks: Clocks,
}

/// What the checkouts tell about the difference of the clocks.
///
/// **Units**: microseconds; positive when the servers' clocks are ahead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clocks {
    /// The smallest difference that fits every checkout.
    pub least_us: i64,
    /// The largest difference that fits every checkout.
    pub most_us: i64,
    /// What was taken off the servers' timestamps.
    pub correction_us: i64,
    /// How far the corrected figures may be off; zero when nothing was corrected.
    pub uncertainty_us: i64,
    /// Whether no single difference fits every checkout: the servers' own clocks disagree.
    pub disagree: bool,
}

impl Clocks {
    /// Compares the clocks over all accepted checkouts.
    #[must_use]
    pub fn compare<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut bounds = None;
        for entry in entries {
            let Some(receipt) = entry.receipt() else { continue };
            let least = micros(receipt.checkout_time, entry.answered_at);
            let most = micros(receipt.checkout_time, entry.sent_at);
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
}

impl Pipeline {
    /// Measures every promise that was kept.
    #[must_use]
    pub fn measure(ledger: &Ledger) -> Self {
        let clocks = Clocks::compare(ledger.entries().map(|(_, entry)| entry));
        let (mut stored, mut placed, mut seen) =
            <(Distribution, Distribution, Distribution)>::default();
        for (_, entry) in ledger.entries() {
            let (Some(receipt), Some(order)) = (entry.receipt(), entry.order()) else { continue };
            let on_client_clock = micros(order.placed_at, entry.answered_at) - clocks.correction_us;
            // An order may be stored before the answer reaches the customer: that is no wait at all.
            stored.record_us(on_client_clock.max(0).unsigned_abs());
            placed.record_us(micros(order.placed_at, receipt.checkout_time).max(0).unsigned_abs());
            if let Some(seen_at) = entry.seen_at {
                seen.record_us(micros(seen_at, entry.answered_at).max(0).unsigned_abs());
            }
        }
        Self { stored: stored.figures(), placed: placed.figures(), seen: seen.figures(), clocks }
    }
}

/// Enters into each second of the run which orders were stored in it; `started` is when the load began.
pub fn enter_orders(
    seconds: &mut Vec<Second>,
    ledger: &Ledger,
    clocks: Clocks,
    started: Timestamp,
) {
    // Orders that came after the last request of the load lengthen the course by their seconds, up to an
    // hour; a server clock that is further off than that must not eat up the memory.
    let most = seconds.len() + 3600;
    let mut by_second: BTreeMap<usize, Distribution> = BTreeMap::new();
    for (_, entry) in ledger.entries() {
        let (Some(receipt), Some(order)) = (entry.receipt(), entry.order()) else { continue };
        let after_us = (micros(order.placed_at, started) - clocks.correction_us).max(0);
        let second = usize::try_from(after_us / 1_000_000).unwrap_or(usize::MAX);
        if second < most {
            let placed_us = micros(order.placed_at, receipt.checkout_time).max(0).unsigned_abs();
            by_second.entry(second).or_default().record_us(placed_us);
        }
    }
    for (second, placed) in by_second {
        if second >= seconds.len() {
            seconds.resize(second + 1, Second::default());
        }
        let second = &mut seconds[second];
        second.orders = placed.count();
        second.placed_p50_us = placed.quantile_us(0.5);
        second.placed_p99_us = placed.quantile_us(0.99);
    }
}

/// How long after `earlier` it was `later`, in microseconds.
fn micros(later: Timestamp, earlier: Timestamp) -> i64 {
    later.as_microsecond() - earlier.as_microsecond()
}

#[cfg(test)]
mod tests {
    use runtime::Decimal;
    use uuid::Uuid;

    use super::*;
    use crate::ledger::{OrderSeen, Outcome, Receipt};

    fn at(microseconds: i64) -> Timestamp {
        Timestamp::from_microsecond(1_790_000_000_000_000 + microseconds).unwrap_or_default()
    }

    /// A ledger whose servers are `ahead` of the client: asked 1 ms after it was sent, answered after 8 ms,
    /// stored 20 ms after the answer, read 30 ms after it.
    fn ledger(ahead: i64, n_customers: u64) -> Ledger {
        let mut ledger = Ledger::default();
        for customer in 0..n_customers {
            let sent = customer as i64 * 1000;
            let checkout_id = Uuid::from_u128(u128::from(customer));
            let receipt = Receipt {
                checkout_id,
                checkout_time: at(sent + 1_000 + ahead),
                total: Decimal::ONE,
            };
            let outcome = Outcome::Accepted(receipt);
            ledger.enter(customer, Entry::new(at(sent), at(sent + 8_000), 1, outcome));
            let order = OrderSeen { checkout_id, placed_at: at(sent + 28_000 + ahead) };
            ledger.look(customer, vec![order], at(sent + 38_000));
        }
        ledger
    }

    fn close(actual_us: u64, expected_us: u64) -> bool {
        actual_us.abs_diff(expected_us) * 500 <= expected_us
    }

    #[test]
    fn on_one_clock_nothing_is_corrected() {
        let pipeline = Pipeline::measure(&ledger(0, 10));
        assert_eq!((pipeline.clocks.correction_us, pipeline.clocks.uncertainty_us), (0, 0));
        assert!(close(pipeline.stored.p50_us, 20_000), "{:?}", pipeline.stored);
        assert!(close(pipeline.placed.p50_us, 27_000), "{:?}", pipeline.placed);
        assert!(close(pipeline.seen.p50_us, 30_000), "{:?}", pipeline.seen);
    }

    #[test]
    fn servers_ahead_or_behind_are_corrected_within_the_uncertainty() {
        for ahead in [5_000_000, -5_000_000] {
            let pipeline = Pipeline::measure(&ledger(ahead, 10));
            let clocks = pipeline.clocks;
            assert!((clocks.least_us..=clocks.most_us).contains(&ahead), "{clocks:?}");
            let off = pipeline.stored.p50_us.abs_diff(20_000);
            assert!(off <= clocks.uncertainty_us.unsigned_abs() + 50, "{off} {clocks:?}");
            assert!(close(pipeline.placed.p50_us, 27_000), "{:?}", pipeline.placed);
        }
    }

    #[test]
    fn servers_that_disagree_are_reported() {
        let mut ledger = ledger(0, 1);
        let receipt = Receipt {
            checkout_id: Uuid::from_u128(77),
            checkout_time: at(60_000_000),
            total: Decimal::ONE,
        };
        ledger.enter(77, Entry::new(at(0), at(8_000), 1, Outcome::Accepted(receipt)));
        assert!(Pipeline::measure(&ledger).clocks.disagree);
    }

    #[test]
    fn an_order_stored_before_the_answer_arrived_is_no_wait() {
        let mut ledger = ledger(0, 1);
        let order = OrderSeen { checkout_id: Uuid::from_u128(0), placed_at: at(5_000) };
        ledger.look(0, vec![order], at(38_000));
        assert_eq!(Pipeline::measure(&ledger).stored.max_us, 0);
    }

    #[test]
    fn orders_are_entered_into_their_seconds_even_after_the_load() {
        let mut seconds = vec![Second::default(); 1];
        enter_orders(&mut seconds, &ledger(0, 2), Clocks::default(), at(-2_000_000));
        assert_eq!(seconds.iter().map(|second| second.orders).collect::<Vec<_>>(), [0, 0, 2]);
    }

    #[test]
    fn an_empty_ledger_measures_nothing() {
        assert_eq!(Pipeline::measure(&Ledger::default()), Pipeline::default());
    }
}
