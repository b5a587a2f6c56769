//! Random sequences of API calls, waits and stops: whatever the API shows of a stage with a data folder after it was
//! stopped anywhere is what a stage shows that was never stopped and has no data folder.
//!
//! `STAGE_RESTARTS` says how many sequences are tried. One that fails is shown in its shortest form, with its seed.

#![allow(clippy::expect_used, reason = "a test may fail by panicking")]

mod draw;
mod template;
mod world;

use crate::clock::Clock;
use draw::{Op, draw};
use std::time::Duration;
use world::World;

/// How many sequences a test run tries.
fn n_sequences() -> u64 {
    std::env::var("STAGE_RESTARTS").ok().and_then(|text| text.parse().ok()).unwrap_or(25)
}

/// Gives both stages the same calls; an error says where they part.
async fn parts(ops: &[Op]) -> Result<(), String> {
    let clock = Clock::manual(1_000_000);
    let template = template::plan();
    let mut kept = World::kept(&clock, &template);
    let mut plain = World::plain(&clock, &template);
    for (n, op) in ops.iter().enumerate() {
        let told = match op {
            Op::Stop => {
                kept = kept.stopped(&clock, &template);
                Vec::new()
            }
            Op::Wait(ms) => {
                clock.advance(Duration::from_millis(*ms));
                Vec::new()
            }
            op => vec![(kept.call(op).await, plain.call(op).await)],
        };
        // Deliveries and schedules run by themselves.
        kept.settle().await;
        plain.settle().await;
        let looks = (kept.look().await, plain.look().await);
        let shown = looks.0.into_iter().zip(looks.1);
        for (kept, plain) in told.into_iter().chain(shown) {
            if kept != plain {
                return Err(format!(
                    "after {n}, {op:?}:\n  with a folder    {kept}\n  without a folder {plain}"
                ));
            }
        }
    }
    Ok(())
}

/// The shortest sequence that still fails, by leaving calls out.
async fn shortest(mut ops: Vec<Op>) -> Vec<Op> {
    let mut length = ops.len() / 2;
    while length > 0 {
        let mut at = 0;
        while at < ops.len() {
            let end = (at + length).min(ops.len());
            let fewer: Vec<Op> = ops[..at].iter().chain(&ops[end..]).cloned().collect();
            match parts(&fewer).await {
                Err(_) => ops = fewer,
                Ok(()) => at = end,
            }
        }
        length /= 2;
    }
    ops
}

#[tokio::test]
async fn nobody_can_tell_that_a_stage_was_stopped() {
    let first = std::env::var("STAGE_RESTARTS_SEED").ok().and_then(|text| text.parse().ok());
    let first: u64 = first.unwrap_or(1);
    for seed in first..first + n_sequences() {
        let ops = draw(seed);
        if parts(&ops).await.is_err() {
            let short = shortest(ops).await;
            let why = parts(&short).await.expect_err("it failed a moment ago");
            let calls: Vec<String> = short.iter().map(|op| format!("{op:?}")).collect();
            panic!("seed {seed}:\n{}\n{why}", calls.join("\n"));
        }
    }
}
