//! A publisher, a bus, a queue, a poller, a consumer and its store under a virtual clock, with faults at every step.
//!
//! The rules are the stage's own: [`BusState`](crate::bus::state::BusState) routes, [`RetryPolicy`](crate::bus::RetryPolicy)
//! says when a delivery is tried again, [`QueueState`](crate::queue::state::QueueState) holds messages, what is written and
//! taken up after a crash is what the store gets, `mapping::state` gathers batches and reads reports. Made here are time,
//! faults, and the application at both ends. Tables are not part of it: the store of the consumer is a map.
//!
//! A run is decided by a list of choices, so it can be repeated, and a run that breaks a promise is made as simple as
//! possible before it is shown.

mod bug;
mod choices;
mod judge;
mod world;

use std::time::Instant;

use bug::Bug;
use choices::{Choices, Faults, shrunk};
use world::World;

/// Runs one schedule; the story of it and the promise that was broken, if one was.
fn run(
    is_fifo: bool,
    bug: Option<Bug>,
    choices: Choices,
) -> (Faults, Result<(), String>, Vec<String>) {
    let tells = choices.are_given();
    let mut world = World::new(is_fifo, bug, choices, tells);
    let end = world.run();
    let (choices, story) = world.end();
    (choices, end, story)
}

/// The first schedule of some that breaks a promise, in its shortest form: its seed, choices, and story.
fn broken(is_fifo: bool, bug: Option<Bug>, seeds: std::ops::Range<u64>) -> Option<String> {
    seeds.into_iter().find_map(|seed| {
        let (choices, end, _) = run(is_fifo, bug, Choices::drawn(seed));
        end.err()?;
        let fails = |choices: &Faults| {
            let (made, end, _) = run(is_fifo, bug, Choices::given(choices));
            end.is_err().then_some(made)
        };
        let shortest = shrunk(choices, fails);
        let (_, end, story) = run(is_fifo, bug, Choices::given(&shortest));
        let promise = end.err().unwrap_or_default();
        Some(format!("seed {seed}, choices {shortest:?}: {promise}\n{}", story.join("\n")))
    })
}

/// Schedules of a test run; `STAGE_SCHEDULES` for more.
fn n_schedules() -> u64 {
    std::env::var("STAGE_SCHEDULES").ok().and_then(|text| text.parse().ok()).unwrap_or(2_000)
}

#[track_caller]
fn check(is_fifo: bool) {
    let (began, n) = (Instant::now(), n_schedules());
    if let Some(story) = broken(is_fifo, None, 0..n) {
        panic!("{story}");
    }
    let rate = n as f64 / began.elapsed().as_secs_f64();
    eprintln!("{n} schedules from seed 0, {rate:.0} a second");
}

#[test]
fn a_standard_queue_loses_nothing_whatever_fails() {
    check(false);
}

#[test]
fn a_fifo_queue_loses_nothing_and_keeps_order_whatever_fails() {
    check(true);
}

#[test]
fn a_run_is_decided_by_its_choices() {
    for seed in 0..50 {
        let (choices, ..) = run(true, None, Choices::drawn(seed));
        let (again, end, story) = run(true, None, Choices::given(&choices));
        let (_, _, repeated) = run(true, None, Choices::given(&again));
        assert_eq!((choices, &end, story), (again, &Ok(()), repeated), "seed {seed}");
    }
}

#[test]
fn every_bug_that_is_built_in_is_found_and_its_schedule_is_short() {
    for (bug, is_fifo) in Bug::ALL {
        let story = broken(is_fifo, Some(bug), 0..2_000);
        let story = story.unwrap_or_else(|| panic!("{bug:?} is not found"));
        let faults = story.lines().filter(|line| line.contains("fault:")).count();
        assert!(faults <= 4, "{bug:?} needs {faults} faults:\n{story}");
    }
}
