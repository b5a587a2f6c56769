//! Watches the stage while the load runs: a sample now and then of queues, environments and processor time.

use std::cmp::Reverse;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::cpu;
use crate::report::{CpuShare, FunctionFigures, Sample, StageFigures};
use crate::target::{Observation, Target};

/// How often a sample is taken.
const EVERY: Duration = Duration::from_millis(250);

/// Takes samples until it is stopped.
pub struct Watch {
    target: Arc<Target>,
    before: Option<Observation>,
    cpu_before: Vec<CpuShare>,
    samples: Arc<Mutex<Vec<Sample>>>,
    task: JoinHandle<()>,
}

impl Watch {
    /// Begins to watch. Times in samples count from `start`, which the load sets when it begins.
    #[must_use]
    pub fn start(target: &Arc<Target>) -> Self {
        let samples = Arc::new(Mutex::new(Vec::new()));
        let start = Instant::now();
        let task = {
            let (target, samples) = (Arc::clone(target), Arc::clone(&samples));
            tokio::spawn(async move {
                loop {
                    let sample = sample(&target, start);
                    samples.lock().unwrap_or_else(PoisonError::into_inner).push(sample);
                    tokio::time::sleep(EVERY).await;
                }
            })
        };
        let before = target.observe();
        let cpu_before = cpu_shares(before.as_ref());
        Self { target: Arc::clone(target), before, cpu_before, samples, task }
    }

    /// Where the processor time has gone since the start.
    #[must_use]
    pub fn cpu(&self) -> Vec<CpuShare> {
        let mut shares = cpu_shares(self.target.observe().as_ref());
        for share in &mut shares {
            let before = self.cpu_before.iter().find(|before| before.consumer == share.consumer);
            share.cpu_ms = share.cpu_ms.saturating_sub(before.map_or(0, |before| before.cpu_ms));
        }
        shares.sort_by_key(|share| Reverse(share.cpu_ms));
        shares
    }

    /// Ends the watch and tells what was seen; nothing of a stage that shows nothing.
    #[must_use]
    pub fn finish(self) -> Option<StageFigures> {
        self.task.abort();
        let after = self.target.observe()?;
        let samples =
            std::mem::take(&mut *self.samples.lock().unwrap_or_else(PoisonError::into_inner));
        let functions = after.functions.into_iter().map(|function| {
            let before = self.before.iter().flat_map(|before| &before.functions);
            since(function, before)
        });
        Some(StageFigures {
            functions: functions.collect(),
            dead_letters: after.dead_letters,
            samples,
        })
    }
}

fn sample(target: &Target, start: Instant) -> Sample {
    let observation = target.observe();
    let cpu = cpu_shares(observation.as_ref());
    let observation = observation.unwrap_or_default();
    Sample {
        at_ms: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
        environments: observation.environments,
        cold_starts: observation.functions.iter().map(|function| function.cold_starts).sum(),
        queues: observation.queues,
        cpu_ms: cpu.into_iter().map(|share| (share.consumer, share.cpu_ms)).collect(),
    }
}

fn cpu_shares(observation: Option<&Observation>) -> Vec<CpuShare> {
    let own = cpu::own_threads();
    let functions = observation.iter().flat_map(|observation| &observation.functions);
    let functions =
        functions.map(|function| (format!("function {}", function.name), function.cpu_ms));
    own.into_iter()
        .chain(functions)
        .map(|(consumer, cpu_ms)| CpuShare { consumer, cpu_ms })
        .collect()
}

/// What a function did since an earlier look. Cold starts count from the start of the stage, for those
/// before the load are the load's as well.
fn since<'a>(
    mut now: FunctionFigures,
    before: impl IntoIterator<Item = &'a FunctionFigures>,
) -> FunctionFigures {
    if let Some(before) = before.into_iter().find(|before| before.name == now.name) {
        now.invocations = now.invocations.saturating_sub(before.invocations);
        now.errors = now.errors.saturating_sub(before.errors);
        now.throttles = now.throttles.saturating_sub(before.throttles);
        now.cpu_ms = now.cpu_ms.saturating_sub(before.cpu_ms);
    }
    now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_counted_from_the_start_of_the_watch() {
        let function = |invocations, cpu_ms| FunctionFigures {
            name: "basket".to_owned(),
            invocations,
            cold_starts: 2,
            cpu_ms,
            ..FunctionFigures::default()
        };
        let counted = since(function(110, 1_500), [&function(10, 500)]);
        assert_eq!((counted.invocations, counted.cold_starts, counted.cpu_ms), (100, 2, 1_000));
        assert_eq!(since(function(7, 100), []).invocations, 7);
    }
}
