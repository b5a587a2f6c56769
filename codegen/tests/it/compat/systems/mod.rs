//! Single mutations of whole contracts (REST, events, tables, queues): what loses a request, an answer, a message or an item
//! is told of, and what is called breaking loses one.
//!
//! Both sides are judged without the generator's rules: requests, answers and payloads by the text of the contracts and a
//! validator of JSON Schema, queues and tables by the template and what AWS replaces. `CHANGES=100000` makes a long
//! run of it, `FIRST_SEED` another one.

mod draw;
mod infra;
mod mutate;
mod rest;

use std::collections::BTreeMap;

use codegen::compat::{Finding, Level, compare, parse_date};
use codegen::diag::{Severity, Sink};
use codegen::model::System;
use codegen::source::SourceMap;
use serde_json::Value;

use super::schemas::is_plain;
use crate::mutation::Dice;
use infra::Lost;

/// The system of some contracts; none where they are refused.
fn system(contracts: &Value) -> Option<System> {
    let mut sources = SourceMap::default();
    for name in ["openapi", "asyncapi"] {
        sources.add(format!("spec/t/{name}.yaml"), contracts[name].to_string());
    }
    let sink = Sink::default();
    let system = codegen::lower::lower(&sources, &sink);
    let told = sink.into_sorted(&sources);
    let is_wrong = |one: &codegen::diag::Diagnostic| {
        one.severity == Severity::Error || one.code == "type-conflict"
    };
    system.filter(|_| !told.iter().any(is_wrong))
}

/// What a change loses.
fn lost(dice: &mut Dice, [old, new]: [&Value; 2], templates: [&Value; 2], tries: usize) -> Lost {
    let mut lost = Lost::default();
    infra::compare(templates[0], templates[1], &mut lost);
    let (before, after) = (&old["openapi"], &new["openapi"]);
    lost.surely.extend(rest::lost_requests(dice, before, after, tries / 3));
    lost.surely.extend(rest::lost_answers(dice, before, after, tries / 3));
    lost.surely.extend(infra::lost_items(dice, before, after, tries));
    let (before, after) = (&old["asyncapi"], &new["asyncapi"]);
    lost.surely.extend(infra::lost_events(dice, [before, after], templates, tries));
    lost.surely.extend(infra::lost_tellings(dice, before, after, tries));
    lost
}

/// What a run saw.
#[derive(Debug, Default)]
struct Tally {
    /// Mutations of each kind.
    kinds: BTreeMap<&'static str, usize>,
    safe: usize,
    breaking: usize,
    /// Called breaking, and nothing was found that is lost.
    unshown: Vec<String>,
    /// Called safe, and something is lost.
    unsaid: Vec<String>,
}

fn check(seed: u64, tally: &mut Tally) {
    let mut dice = Dice::new(seed);
    let mut old = draw::contracts(&mut dice);
    // Half of all have no keywords that can contradict each other: of these, each break is shown.
    let is_plain = dice.below(2) == 0;
    while is_plain && !has_plain_schemas(&old) {
        old = draw::contracts(&mut dice);
    }
    let mut new = old.clone();
    let kind = mutate::mutate(&mut dice, &mut new);
    if old == new {
        return;
    }
    let (Some(before), Some(after)) = (system(&old), system(&new)) else { return };
    let found = compare(&before, &after, parse_date("2026-11-29").unwrap());
    let worst = found.iter().map(|one| one.level).max().unwrap_or(Level::Info);
    let templates = [&before, &after].map(codegen::emit::template);
    let templates = [&templates[0], &templates[1]];
    let mut losses = lost(&mut dice, [&old, &new], templates, 60);
    if worst == Level::Error && losses.surely.is_empty() {
        losses = lost(&mut dice, [&old, &new], templates, 3_000);
    }
    *tally.kinds.entry(kind).or_default() += 1;
    let due = match (losses.surely.is_empty(), losses.perhaps.is_empty()) {
        (false, _) => Level::Error,
        (true, false) => Level::Warning,
        (true, true) => Level::Info,
    };
    let said = |one: &Finding| format!("{} {} at {}", one.level, one.rule, one.place());
    let told = || {
        let found: Vec<String> = found.iter().map(said).collect();
        format!(
            "seed {seed}, {kind}: {losses:?}\n  found {found:?}\n  changed {}",
            changed(&old, &new)
        )
    };
    match (worst < due, worst == Level::Error && due < Level::Error) {
        (true, _) => tally.unsaid.push(told()),
        (_, true) if is_plain && has_plain_schemas(&new) => tally.unshown.push(told()),
        (_, true) => {}
        _ if worst == Level::Error => tally.breaking += 1,
        _ => tally.safe += 1,
    }
}

/// Whether no schema of some contracts has keywords that can contradict each other.
fn has_plain_schemas(contracts: &Value) -> bool {
    let schemas =
        ["/openapi", "/asyncapi/components"].iter().filter_map(|at| contracts.pointer(at));
    schemas.into_iter().all(is_plain)
}

/// The smallest part that differs, before and after.
fn changed(old: &Value, new: &Value) -> String {
    if let (Value::Object(was), Value::Object(is)) = (old, new) {
        let keys: Vec<&String> =
            was.keys().chain(is.keys()).filter(|key| was.get(*key) != is.get(*key)).collect();
        if let [key] | [key, _] = keys[..]
            && let (Some(was), Some(is)) = (was.get(key), is.get(key))
        {
            return format!("{key}/{}", changed(was, is));
        }
    }
    format!("{old} -> {new}")
}

#[test]
fn every_change_of_a_system_is_called_what_it_is() {
    let number =
        |name: &str, other: u64| std::env::var(name).map_or(other, |text| text.parse().unwrap());
    let (first, n_changes) = (number("FIRST_SEED", 1), number("CHANGES", 500));
    let mut tally = Tally::default();
    for seed in first.. {
        check(seed, &mut tally);
        if tally.kinds.values().sum::<usize>() as u64 >= n_changes {
            break;
        }
    }
    let Tally { kinds, safe, breaking, unshown, unsaid } = tally;
    assert!(unsaid.is_empty(), "{} lost unsaid:\n{}", unsaid.len(), unsaid.join("\n"));
    assert!(
        unshown.is_empty(),
        "{} breaking, and nothing shows it:\n{}",
        unshown.len(),
        unshown.join("\n")
    );
    let share = n_changes as usize;
    assert!(
        safe * 6 > share && breaking * 6 > share,
        "{safe} safe, {breaking} breaking of {kinds:?}"
    );
    let is_seen = |n: &usize| *n * 100 >= share;
    assert!(kinds.len() >= 10 && kinds.values().all(is_seen), "{kinds:?}");
}
