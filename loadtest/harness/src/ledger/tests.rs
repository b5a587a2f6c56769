//! The ledger counts exactly, whatever happens in whatever order.

use jiff::Timestamp;
use proptest::prelude::*;

use super::{Accepted, Ledger, PendingPromise, Tally};
use crate::cause::{Cause, REQUEST_TIMEOUT};
use crate::system::{Channel, KeptBy, Promise, Share, Sighting};

static CHANNEL: Channel = Channel { id: "Placed", correlation: "/id", ..Channel::NEW };
static PROMISE: Promise =
    Promise { id: "placed", kept_by: KeptBy::Message(&CHANNEL), ..Promise::NEW };

fn at(microseconds: u64) -> Timestamp {
    Timestamp::from_microsecond(1_790_000_000_000_000 + microseconds as i64).unwrap_or_default()
}

fn sight(id: &str) -> Sighting {
    Sighting { id: id.to_owned(), at: Some(at(20_000)) }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    Accepted,
    Refused,
    Unknown,
}

fn enter(ledger: &mut Ledger, slot: u64, key: &str, end: End) -> PendingPromise {
    let debt = ledger.ask(&PROMISE, "checkout", slot, Some(key), at(0));
    match end {
        End::Accepted => {
            let accepted = Accepted { id: Some(format!("thing of {key}")), ..Accepted::of(key) };
            ledger.accept(debt, accepted, 1, at(10_000));
        }
        End::Refused => ledger.decline(debt, &Cause::Status(422), 1, at(10_000)),
        End::Unknown => ledger.decline(debt, &Cause::Timeout(REQUEST_TIMEOUT), 1, at(10_000)),
    }
    debt
}

fn ledger_of(end: End, ids: &[&str]) -> Ledger {
    let mut ledger = Ledger::new(&[&PROMISE]);
    let _ = enter(&mut ledger, 0, "a", end);
    ledger.see(&PROMISE, "a", ids.iter().map(|id| sight(id)).collect(), at(30_000));
    ledger
}

/// How many are open, by going through them.
fn n_open(ledger: &Ledger) -> u64 {
    let (mut n, mut place) = (0, PendingPromise::default());
    while let Some((page, after)) = ledger.open_from(place) {
        n += page.len() as u64;
        place = after;
    }
    n
}

fn tally(ledger: &Ledger) -> Tally {
    ledger.tally(true).remove(0)
}

#[test]
fn a_kept_promise_is_kept_once() {
    let ledger = ledger_of(End::Accepted, &["thing of a"]);
    let found = tally(&ledger);
    assert_eq!((found.sent, found.accepted, found.once), (1, 1, 1));
    assert!(found.is_clean() && ledger.n_open() == 0);
    let kept: Vec<_> = ledger.books().flat_map(|book| book.kept_entries()).collect();
    assert_eq!(kept.iter().map(|(_, at)| *at).collect::<Vec<_>>(), [at(20_000)]);
}

#[test]
fn two_things_are_a_double_and_the_same_message_again_is_not() {
    let found = tally(&ledger_of(End::Accepted, &["thing of a", "thing of a"]));
    assert_eq!((found.once, found.doubled), (0, 1));
    let mut ledger = Ledger::new(&[&PROMISE]);
    let debt = ledger.ask(&PROMISE, "checkout", 0, None, at(0));
    ledger.accept(debt, Accepted::of("a"), 1, at(1));
    ledger.message("Placed", "a", &"same".into(), at(2));
    ledger.message("Placed", "a", &"same".into(), at(3));
    ledger.message("Other", "a", &"else".into(), at(3));
    assert_eq!((tally(&ledger).once, tally(&ledger).repeated), (1, 1));
    ledger.message("Placed", "a", &"different".into(), at(4));
    assert_eq!((tally(&ledger).once, tally(&ledger).doubled), (0, 1));
}

#[test]
fn promises_share_the_messages_of_a_key() {
    fn is_paid(payload: &serde_json::Value) -> bool {
        payload == "paid"
    }
    static PAID: Promise = Promise { id: "paid", keeps: Some(is_paid), ..PROMISE };
    static FIRST: Promise =
        Promise { id: "first", share: Share { after: 0, is_last: false }, ..PROMISE };
    static SECOND: Promise =
        Promise { id: "second", share: Share { after: 1, is_last: true }, ..PROMISE };
    let promises: [&'static Promise; 3] = [&PAID, &FIRST, &SECOND];
    let mut ledger = Ledger::new(&promises);
    for promise in promises {
        let debt = ledger.ask(promise, "checkout", 0, Some("a"), at(0));
        ledger.accept(debt, Accepted::of("a"), 1, at(1));
    }
    ledger.message("Placed", "a", &"paid".into(), at(2));
    assert_eq!((ledger.n_open(), n_open(&ledger)), (1, 1));
    ledger.message("Placed", "a", &"shipped".into(), at(3));
    assert_eq!((ledger.n_open(), n_open(&ledger)), (0, 0));
    assert!(ledger.tally(true).iter().all(|one| one.once == 1 && one.is_clean()));
    ledger.message("Placed", "a", &"again".into(), at(4));
    let doubled: Vec<_> = ledger.tally(true).iter().map(|one| one.doubled).collect();
    assert_eq!(doubled, [0, 0, 1]);
}

#[test]
fn a_message_may_come_before_the_answer_that_names_its_key() {
    let mut ledger = Ledger::new(&[&PROMISE]);
    ledger.message("Placed", "a", &"1".into(), at(0));
    let debt = ledger.ask(&PROMISE, "checkout", 0, None, at(0));
    ledger.accept(debt, Accepted::of("a"), 2, at(1));
    let found = tally(&ledger);
    assert_eq!((found.once, found.unpromised, found.retries), (1, 0, 1));
}

#[test]
fn what_messages_keep_is_not_told_of_where_none_are_seen() {
    let mut ledger = ledger_of(End::Accepted, &[]);
    assert_eq!((ledger.n_open(), ledger.tally(true).len()), (1, 1));
    ledger.be_blind();
    assert_eq!((ledger.n_open(), ledger.tally(true).len()), (0, 0));
}

#[test]
fn a_thing_that_the_answer_did_not_name_is_a_loss_and_unpromised() {
    let ledger = ledger_of(End::Accepted, &["another"]);
    assert_eq!((tally(&ledger).lost, tally(&ledger).unpromised), (1, 1));
    assert_eq!(n_open(&ledger), 1);
}

#[test]
fn what_comes_after_a_refusal_is_unpromised() {
    let found = tally(&ledger_of(End::Refused, &["thing of a"]));
    assert_eq!((found.refused, found.unpromised), (1, 1));
}

#[test]
fn of_an_unknown_step_one_thing_may_come_but_not_two() {
    let one = tally(&ledger_of(End::Unknown, &["x"]));
    assert_eq!((one.unknown_kept, one.unpromised), (1, 0));
    let two = tally(&ledger_of(End::Unknown, &["x", "y"]));
    assert_eq!((two.unknown_kept, two.unpromised), (1, 1));
}

#[test]
fn a_stray_is_taken_for_an_unknown_step_without_a_key_first() {
    let mut ledger = Ledger::new(&[&PROMISE]);
    let debt = ledger.ask(&PROMISE, "checkout", 0, None, at(0));
    ledger.decline(debt, &Cause::Timeout(REQUEST_TIMEOUT), 6, at(1));
    ledger.message("Placed", "a", &"1".into(), at(2));
    ledger.message("Placed", "b", &"1".into(), at(2));
    let found = tally(&ledger);
    assert_eq!((found.unknown, found.unknown_kept, found.unpromised), (1, 1, 1));
    let shared = ledger.tally(false).remove(0);
    assert_eq!((shared.unpromised, shared.others), (0, 1));
}

#[test]
fn what_vanished_is_missed() {
    let mut ledger = ledger_of(End::Accepted, &["thing of a"]);
    ledger.see(&PROMISE, "a", Vec::new(), at(50_000));
    assert_eq!(tally(&ledger).lost, 1);
}

#[test]
fn a_refused_step_that_is_under_way_may_still_be_kept() {
    let mut ledger = ledger_of(End::Refused, &["x"]);
    ledger.under_way(&[("checkout", 0)].into());
    let found = tally(&ledger);
    assert_eq!((found.refused, found.unknown, found.unknown_kept, found.unpromised), (0, 1, 1, 0));
}

#[test]
fn an_invariant_that_does_not_hold_is_counted() {
    let mut ledger = Ledger::new(&[&PROMISE]);
    let debt = enter(&mut ledger, 0, "a", End::Refused);
    ledger.checked(debt, false);
    assert_eq!((tally(&ledger).checked, tally(&ledger).wrong), (1, 1));
    assert!(!tally(&ledger).is_clean());
}

/// What befalls one key: how the step ends, and how many things there are in the end.
#[derive(Debug, Clone, Copy)]
struct Fate {
    end: End,
    n_right: u64,
    n_wrong: u64,
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let fate = |end, n_right, n_wrong| Fate { end, n_right, n_wrong };
    let any = prop_oneof![
        6 => Just(fate(End::Accepted, 1, 0)),
        2 => (0_u64..4, 0_u64..2).prop_map(move |(right, wrong)| fate(End::Accepted, right, wrong)),
        1 => (0_u64..2).prop_map(move |right| fate(End::Refused, right, 0)),
        1 => (0_u64..3).prop_map(move |right| fate(End::Unknown, right, 0)),
    ];
    prop::collection::vec(any, 0..60)
}

fn truth(fates: &[Fate]) -> Tally {
    let mut tally = Tally { promise: "placed".to_owned(), ..Tally::default() };
    for Fate { end, n_right, n_wrong } in fates {
        tally.sent += 1;
        match end {
            End::Accepted => {
                tally.accepted += 1;
                match n_right {
                    0 => tally.lost += 1,
                    1 if *n_wrong == 0 => tally.once += 1,
                    _ => tally.doubled += 1,
                }
                tally.unpromised += if *n_right == 0 { *n_wrong } else { 0 };
            }
            End::Refused => {
                tally.refused += 1;
                tally.unpromised += n_right;
            }
            End::Unknown => {
                tally.unknown += 1;
                tally.unknown_kept += (*n_right).min(1);
                tally.unpromised += n_right.saturating_sub(1);
            }
        }
    }
    tally
}

fn sights(key: &str, fate: Fate) -> Vec<Sighting> {
    let right = (0..fate.n_right).map(|_| sight(&format!("thing of {key}")));
    let wrong = (0..fate.n_wrong).map(|_| sight("another"));
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
        let mut ledger = Ledger::new(&[&PROMISE]);
        let key = |index: usize| format!("key-{index}");
        for (index, fate) in fates.iter().enumerate() {
            let _ = enter(&mut ledger, index as u64, &key(index), fate.end);
        }
        for (index, n_visible) in looks.iter().filter(|_| !fates.is_empty()) {
            let index = index.index(fates.len());
            let mut seen = sights(&key(index), fates[index]);
            seen.truncate(*n_visible);
            ledger.see(&PROMISE, &key(index), seen, at(1));
            let so_far = ledger.so_far().remove(0);
            prop_assert_eq!(so_far.open, n_open(&ledger));
            prop_assert_eq!(so_far.accepted, so_far.once + so_far.open);
            let found = tally(&ledger);
            prop_assert_eq!((so_far.sent, so_far.accepted), (found.sent, found.accepted));
            prop_assert_eq!((so_far.refused, so_far.unknown), (found.refused, found.unknown));
        }
        for (index, fate) in fates.iter().enumerate() {
            ledger.see(&PROMISE, &key(index), sights(&key(index), *fate), at(2));
        }
        let found = tally(&ledger);
        prop_assert_eq!(&found, &truth(&fates));
        prop_assert_eq!(found.sent, found.accepted + found.refused + found.unknown);
        prop_assert_eq!(found.accepted, found.once + found.doubled + found.lost);
        prop_assert_eq!(ledger.n_open(), found.lost);
    }

    /// Several steps under one key: what is lost and what is too much is counted, whoever is taken for it.
    #[test]
    fn one_key_of_several_steps_is_counted(n_steps in 1_u64..6, n_things in 0_u64..9) {
        let mut ledger = Ledger::new(&[&PROMISE]);
        for slot in 0..n_steps {
            let debt = ledger.ask(&PROMISE, "checkout", slot, Some("a"), at(0));
            ledger.accept(debt, Accepted::of("a"), 1, at(1));
        }
        for thing in 0..n_things {
            ledger.message("Placed", "a", &thing.into(), at(2));
        }
        let found = tally(&ledger);
        prop_assert_eq!(found.lost, n_steps.saturating_sub(n_things));
        prop_assert_eq!(found.doubled, n_things.saturating_sub(n_steps).min(n_steps));
        prop_assert_eq!(found.accepted, found.once + found.doubled + found.lost);
    }
}
