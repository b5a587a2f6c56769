//! The ledger counts exactly, whatever happens in whatever order.

use jiff::Timestamp;
use proptest::prelude::*;
use runtime::Decimal;
use uuid::Uuid;

use super::{Entry, Ledger, OrderSeen, Outcome, Receipt, Tally};

fn at(microseconds: u64) -> Timestamp {
    Timestamp::from_microsecond(1_790_000_000_000_000 + microseconds as i64).unwrap_or_default()
}

fn receipt(customer: u64) -> Receipt {
    Receipt {
        checkout_id: Uuid::from_u128(u128::from(customer) + 1),
        checkout_time: at(0),
        total: Decimal::ONE,
    }
}

fn order_of(customer: u64) -> OrderSeen {
    OrderSeen { checkout_id: receipt(customer).checkout_id, placed_at: at(20_000) }
}

fn wrong_order() -> OrderSeen {
    OrderSeen { checkout_id: Uuid::from_u128(u128::MAX), placed_at: at(20_000) }
}

fn entry(outcome: Outcome) -> Entry {
    Entry::new(at(0), at(10_000), 1, outcome)
}

fn ledger_of(outcome: Outcome, orders: Vec<OrderSeen>) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.enter(0, entry(outcome));
    ledger.look(0, orders, at(30_000));
    ledger
}

#[test]
fn a_kept_promise_is_seen_once() {
    let ledger = ledger_of(Outcome::Accepted(receipt(0)), vec![order_of(0)]);
    let expected = Tally { sent: 1, accepted: 1, once: 1, ..Tally::default() };
    assert_eq!(ledger.tally(), expected);
    assert!(ledger.tally().is_clean());
    assert_eq!(ledger.n_open(), 0);
}

#[test]
fn the_same_order_twice_is_a_duplicate() {
    let ledger = ledger_of(Outcome::Accepted(receipt(0)), vec![order_of(0), order_of(0)]);
    assert_eq!((ledger.tally().once, ledger.tally().duplicated), (0, 1));
    assert!(!ledger.tally().is_clean());
}

#[test]
fn an_order_of_another_checkout_is_a_loss_and_a_ghost() {
    let ledger = ledger_of(Outcome::Accepted(receipt(0)), vec![wrong_order()]);
    assert_eq!((ledger.tally().lost, ledger.tally().ghosts), (1, 1));
    assert_eq!(ledger.open(), [0]);
}

#[test]
fn an_order_after_a_refusal_is_a_ghost() {
    let ledger = ledger_of(Outcome::Refused(422), vec![order_of(0)]);
    assert_eq!((ledger.tally().refused, ledger.tally().ghosts), (1, 1));
}

#[test]
fn an_unknown_checkout_may_have_one_order_but_not_two() {
    let one = ledger_of(Outcome::Unknown, vec![order_of(0)]);
    assert_eq!((one.tally().unknown_placed, one.tally().ghosts), (1, 0));
    let two = ledger_of(Outcome::Unknown, vec![order_of(0), order_of(0)]);
    assert_eq!((two.tally().unknown_placed, two.tally().ghosts), (1, 1));
}

#[test]
fn an_order_that_vanished_is_missed() {
    let mut ledger = ledger_of(Outcome::Accepted(receipt(0)), vec![order_of(0)]);
    ledger.look(0, Vec::new(), at(50_000));
    assert_eq!(ledger.tally().lost, 1);
}

#[test]
fn the_first_sight_of_the_order_is_kept() {
    let mut ledger = ledger_of(Outcome::Accepted(receipt(0)), vec![order_of(0)]);
    ledger.look(0, vec![order_of(0)], at(90_000));
    let seen: Vec<_> = ledger.entries().map(|(_, entry)| entry.seen_at).collect();
    assert_eq!(seen, [Some(at(30_000))]);
}

#[test]
fn a_refused_checkout_that_is_under_way_still_may_become_an_order() {
    let mut ledger = ledger_of(Outcome::Refused(503), vec![order_of(0)]);
    ledger.under_way(0);
    let tally = ledger.tally();
    assert_eq!((tally.refused, tally.unknown, tally.unknown_placed, tally.ghosts), (0, 1, 1, 0));
}

#[test]
fn orders_of_strangers_are_ghosts() {
    let mut ledger = Ledger::default();
    ledger.look(7, vec![order_of(7)], at(0));
    ledger.strangers(2);
    assert_eq!(ledger.tally().ghosts, 3);
}

#[test]
fn a_changed_basket_is_wrong() {
    let mut ledger = ledger_of(Outcome::Refused(503), Vec::new());
    ledger.look_at_basket(0, false);
    assert_eq!((ledger.tally().baskets_checked, ledger.tally().baskets_wrong), (1, 1));
    assert!(!ledger.tally().is_clean());
}

/// What befalls one customer: how the checkout ends, and how many orders there are in the end.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Accepted { n_orders: u64, n_wrong: u64 },
    Refused { n_orders: u64 },
    Unknown { n_orders: u64 },
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let fate = prop_oneof![
        6 => Just(Fate::Accepted { n_orders: 1, n_wrong: 0 }),
        2 => (0_u64..4, 0_u64..2).prop_map(|(n_orders, n_wrong)| Fate::Accepted { n_orders, n_wrong }),
        1 => (0_u64..2).prop_map(|n_orders| Fate::Refused { n_orders }),
        1 => (0_u64..3).prop_map(|n_orders| Fate::Unknown { n_orders }),
    ];
    prop::collection::vec(fate, 0..60)
}

fn truth(fates: &[Fate]) -> Tally {
    let mut tally = Tally::default();
    for fate in fates {
        tally.sent += 1;
        match *fate {
            Fate::Accepted { n_orders, n_wrong } => {
                tally.accepted += 1;
                match n_orders {
                    0 => tally.lost += 1,
                    1 if n_wrong == 0 => tally.once += 1,
                    _ => tally.duplicated += 1,
                }
                tally.ghosts += if n_orders == 0 { n_wrong } else { 0 };
            }
            Fate::Refused { n_orders } => {
                tally.refused += 1;
                tally.ghosts += n_orders;
            }
            Fate::Unknown { n_orders } => {
                tally.unknown += 1;
                tally.unknown_placed += n_orders.min(1);
                tally.ghosts += n_orders.saturating_sub(1);
            }
        }
    }
    tally
}

fn orders_of(customer: u64, fate: Fate) -> Vec<OrderSeen> {
    let (n_orders, n_wrong) = match fate {
        Fate::Accepted { n_orders, n_wrong } => (n_orders, n_wrong),
        Fate::Refused { n_orders } | Fate::Unknown { n_orders } => (n_orders, 0),
    };
    let right = (0..n_orders).map(|_| order_of(customer));
    let wrong = (0..n_wrong).map(|_| wrong_order());
    wrong.chain(right).collect()
}

proptest! {
    /// Whatever order the looks come in, and however much each of the early ones sees, the count after a last
    /// look at everybody is the truth.
    #[test]
    fn any_interleaving_is_counted_exactly(
        fates in fates(),
        looks in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..4), 0..120),
    ) {
        let mut ledger = Ledger::default();
        for (customer, fate) in (0_u64..).zip(&fates) {
            let outcome = match fate {
                Fate::Accepted { .. } => Outcome::Accepted(receipt(customer)),
                Fate::Refused { .. } => Outcome::Refused(422),
                Fate::Unknown { .. } => Outcome::Unknown,
            };
            ledger.enter(customer, entry(outcome));
        }
        for (index, n_visible) in looks.iter().filter(|_| !fates.is_empty()) {
            let customer = index.index(fates.len());
            let mut orders = orders_of(customer as u64, fates[customer]);
            orders.truncate(*n_visible);
            ledger.look(customer as u64, orders, at(1));
        }
        for (customer, fate) in (0_u64..).zip(&fates) {
            ledger.look(customer, orders_of(customer, *fate), at(2));
        }
        let tally = ledger.tally();
        prop_assert_eq!(tally, truth(&fates));
        prop_assert_eq!(tally.sent, tally.accepted + tally.refused + tally.unknown);
        prop_assert_eq!(tally.accepted, tally.once + tally.duplicated + tally.lost);
        prop_assert_eq!(ledger.n_open(), tally.lost);
    }
}
