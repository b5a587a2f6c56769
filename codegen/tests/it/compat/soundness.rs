//! Nothing is called safe that is not: random types are changed at random, and random values judged before and
//! after by a judge that knows nothing of the rules.

use super::judge::{Fit, Form, judge};
use super::values::draw_value;
use super::worlds::{Dice, draw_world, mutate};
use codegen::compat::catalog::{self, schema_rule};
use codegen::compat::{Change, Kind, Level, SchemaUse, compare_types};
use codegen::model::{Service, TypeKind, TypeRef};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError};
use std::collections::BTreeSet;

/// Where others write, and where others read.
const WRITTEN: [[SchemaUse; 2]; 3] = [
    [SchemaUse::RequestBody, SchemaUse::RequestProperty],
    [SchemaUse::ReceivedEvent, SchemaUse::ReceivedEvent],
    [SchemaUse::StoredItem, SchemaUse::StoredItem],
];
const READ: [[SchemaUse; 2]; 2] = [
    [SchemaUse::ResponseBody, SchemaUse::ResponseProperty],
    [SchemaUse::SentEvent, SchemaUse::SentEvent],
];

/// Whether a place reports none of the changes as an error.
fn is_safe(changes: &[Change], [root, below]: [SchemaUse; 2]) -> bool {
    changes.iter().all(|change| {
        let place = if change.path.is_empty() { root } else { below };
        schema_rule(place, change.kind).is_none_or(|schema| schema.rule.level < Level::Error)
    })
}

/// What a run saw, so that a test of nothing is noticed.
#[derive(Debug, Default)]
struct Tally {
    changed: usize,
    safe_to_write: usize,
    safe_to_read: usize,
    broke: usize,
}

fn check(bytes: &[u8], tally: &mut Tally) -> Result<(), String> {
    let mut dice = Dice::new(bytes);
    let (old, root) = draw_world(&mut dice);
    let mut new = old.clone();
    mutate(&mut dice, &mut new);
    let find = |place| compare_types(place, (&old, &root), (&new, &root));
    let moved = old != new;
    tally.changed += usize::from(moved);
    for from in [&old, &new, &old, &new, &old, &new] {
        let value = draw_value(&mut dice, from, &root, 3);
        let judged = |form| (judge(form, &old, &root, &value), judge(form, &new, &root, &value));
        let (before, after) = judged(Form::Json);
        tally.broke += usize::from((before == Fit::No) != (after == Fit::No));
        let said = |places: [SchemaUse; 2]| {
            let changes = find(places[1]);
            let kinds: Vec<_> = changes.iter().map(|change| (change.kind, &change.path)).collect();
            format!(
                "{places:?}: {value} was {before:?} and is {after:?}\nfound {kinds:?}\nold {}\nnew {}",
                shown(&old, &root),
                shown(&new, &root)
            )
        };
        for places in WRITTEN {
            // Only request forms ignore what they name.
            if places[0] != SchemaUse::RequestBody && (has_ignored(&old) || has_ignored(&new)) {
                continue;
            }
            let stored = places[0] == SchemaUse::StoredItem;
            let (before, after) = judged(if stored { Form::Stored } else { Form::Json });
            if is_safe(&find(places[1]), places) && before == Fit::Fully {
                tally.safe_to_write += usize::from(moved);
                if after == Fit::No {
                    return Err(said(places));
                }
            }
        }
        for places in READ {
            // Only request forms ignore what they name.
            if !has_ignored(&old)
                && !has_ignored(&new)
                && is_safe(&find(places[1]), places)
                && after == Fit::Fully
            {
                tally.safe_to_read += usize::from(moved);
                if before == Fit::No {
                    return Err(said(places));
                }
            }
        }
    }
    Ok(())
}

fn has_ignored(service: &Service) -> bool {
    service.types.iter().any(|def| match &def.kind {
        TypeKind::Struct(of) => !of.ignored.is_empty(),
        _ => false,
    })
}

/// A world without what does not matter.
fn shown(service: &Service, root: &TypeRef) -> String {
    let text =
        format!("{root:?} {:?}", service.types.iter().map(|def| &def.kind).collect::<Vec<_>>());
    let noise = regex::Regex::new(concat!(
        r#", (snake|pascal|kebab|screaming): "[^"]*"|, docs: Docs \{[^}]*\}"#,
        r#"|, origin: Origin \{ pointer: "", span: Span \{[^}]*\}[^}]*\} \}"#,
        r"|, default: None|, sensitive: false|(, )?\w+: None|, one_of: \[\]"
    ));
    noise.expect("it is a pattern").replace_all(&text, "").into_owned()
}

proptest! {
    #![proptest_config(Config { cases: 4096, failure_persistence: None, ..Config::default() })]

    #[test]
    fn nothing_unsafe_is_called_safe(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        check(&bytes, &mut Tally::default()).map_err(TestCaseError::fail)?;
    }
}

/// An alternative that lists a value twice is one alternative for it.
#[test]
fn a_value_that_is_listed_twice_counts_once() {
    let bytes = [
        58, 163, 15, 45, 250, 79, 135, 24, 0, 155, 133, 24, 187, 3, 9, 0, 35, 47, 0, 33, 29, 70,
        24, 0, 0, 20, 0, 0, 9, 0, 0, 0, 1,
    ];
    check(&[&bytes[..], &[0; 8]].concat(), &mut Tally::default()).unwrap();
}

/// Bytes from a fixed sequence, so that every run draws the same.
fn sequence() -> impl Iterator<Item = Vec<u8>> {
    let mut state = 0x1e37_79b9_7f4a_7c15_u64;
    let next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut words = std::iter::repeat_with(next);
    std::iter::repeat_with(move || words.by_ref().take(48).flat_map(u64::to_le_bytes).collect())
}

/// The same on a fixed sequence, which also shows that the test has something to judge.
#[test]
fn the_judge_has_work_to_do() {
    let mut tally = Tally::default();
    for bytes in sequence().take(30_000) {
        if let Err(message) = check(&bytes, &mut tally) {
            panic!("{message}");
        }
    }
    assert!(tally.changed > 20_000, "{tally:?}");
    assert!(tally.safe_to_write > 10_000 && tally.safe_to_read > 10_000, "{tally:?}");
    assert!(tally.broke > 2_000, "{tally:?}");
}

/// Each rule that calls a change an error is needed: without it, some value would break unseen. So the judge
/// notices when one of them is lost.
#[test]
fn every_error_is_needed() {
    let mut needed = [BTreeSet::new(), BTreeSet::new()];
    for bytes in sequence().take(120_000) {
        let mut dice = Dice::new(&bytes);
        let (old, root) = draw_world(&mut dice);
        let mut new = old.clone();
        mutate(&mut dice, &mut new);
        for (needed, place) in
            needed.iter_mut().zip([SchemaUse::RequestProperty, SchemaUse::ResponseProperty])
        {
            let changes = compare_types(place, (&old, &root), (&new, &root));
            let is_error = |change: &&Change| {
                let rule = schema_rule(place, change.kind).map(|schema| schema.rule);
                rule.is_some_and(|rule| rule.level == Level::Error)
            };
            let errors: BTreeSet<_> =
                changes.iter().filter(is_error).map(|change| change.kind).collect();
            let [kind] = errors.iter().copied().collect::<Vec<_>>()[..] else { continue };
            let (from, to) = if place.others_write() { (&old, &new) } else { (&new, &old) };
            let mut dice = Dice::new(&bytes[bytes.len() / 2..]);
            let broken = (0..8).any(|_| {
                let value = draw_value(&mut dice, from, &root, 3);
                let fit = |service| judge(Form::Json, service, &root, &value);
                fit(from) == Fit::Fully && fit(to) == Fit::No
            });
            if broken {
                needed.insert(kind);
            }
        }
    }
    for (needed, place) in
        needed.iter().zip([SchemaUse::RequestProperty, SchemaUse::ResponseProperty])
    {
        let idle = catalog::kinds()
            .filter(|kind| {
                schema_rule(place, *kind).is_some_and(|schema| schema.rule.level == Level::Error)
            })
            .filter(|kind| !needed.contains(kind));
        let idle: Vec<_> = idle.collect();
        // Values break as those of any removed property do; only the date makes it another rule. A broken announcement
        // breaks nobody's values, but whoever planned by it.
        let known = [
            // No format of the worlds is part of another one.
            if place.others_write() { Kind::FormatSpecialized } else { Kind::FormatGeneralized },
            // The worlds that are drawn describe every property.
            Kind::PropertyOnlyRequired,
            Kind::PropertyRemovedBeforeSunset,
            Kind::PropertySunsetLate,
            Kind::PropertySunsetEarlier,
            Kind::PropertySunsetDeleted,
            Kind::PropertySunsetUnreadable,
            // The worlds that are drawn have types alone.
            if place.others_write() { Kind::ChecksNarrowed } else { Kind::ChecksWidened },
            Kind::ChecksChanged,
        ];
        let known: Vec<_> = known
            .into_iter()
            .filter(|kind| *kind != Kind::PropertyOnlyRequired || !place.others_write())
            .collect();
        assert_eq!(idle, known, "{place:?}");
    }
}
