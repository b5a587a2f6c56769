//! Watches the stage while the load runs: a sample now and then of queues, environments and processor time.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::cpu;
use crate::report::{CpuShare, FunctionFigures, QueueFigures, Sample, StageFigures, TableFigures};
use crate::target::{Observation, Target};

/// How often a sample is taken.
const EVERY: Duration = Duration::from_millis(250);

/// What was seen so far.
#[derive(Debug, Default)]
struct Seen {
    samples: Vec<Sample>,
    /// The most environments of each function at one time.
    most: BTreeMap<String, u64>,
}

/// Takes samples until it is stopped.
pub(crate) struct Watch {
    target: Arc<Target>,
    before: Option<Observation>,
    cpu_before: BTreeMap<String, u64>,
    start: Instant,
    seen: Arc<Mutex<Seen>>,
    /// The one task that takes samples; dropping the set ends it.
    tasks: JoinSet<()>,
}

impl Watch {
    /// Begins to watch.
    #[must_use]
    pub(crate) fn start(target: &Arc<Target>) -> Self {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let start = Instant::now();
        let mut tasks = JoinSet::new();
        let (watched, notes) = (Arc::clone(target), Arc::clone(&seen));
        tasks.spawn(async move {
            loop {
                let observation = watched.observe();
                notes.lock().unwrap_or_else(PoisonError::into_inner).add(observation, start);
                tokio::time::sleep(EVERY).await;
            }
        });
        let before = target.observe();
        let cpu_before = cpu_so_far(before.as_ref());
        Self { target: Arc::clone(target), before, cpu_before, start, seen, tasks }
    }

    /// Where the processor time has gone since the start.
    #[must_use]
    pub(crate) fn cpu(&self) -> Vec<CpuShare> {
        let share = |(consumer, cpu_ms): (String, u64)| {
            let before = self.cpu_before.get(&consumer).copied().unwrap_or_default();
            CpuShare { consumer, cpu_ms: cpu_ms.saturating_sub(before) }
        };
        let now = cpu_so_far(self.target.observe().as_ref());
        let mut shares: Vec<_> = now.into_iter().map(share).collect();
        shares.sort_by_key(|share| Reverse(share.cpu_ms));
        shares
    }

    /// Ends the watch and tells what was seen since the load began; nothing of a stage that shows nothing.
    #[must_use]
    pub(crate) async fn finish(mut self, load_began: Instant) -> Option<StageFigures> {
        // Waiting for its end makes sure that nobody holds the target any more.
        self.tasks.shutdown().await;
        let after = self.target.observe()?;
        let seen = std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner));
        let lead_ms = milliseconds(load_began - self.start);
        // The last sample before the load shows what it began with.
        let n_before = seen.samples.partition_point(|sample| sample.at_ms <= lead_ms);
        let samples = seen.samples.into_iter().skip(n_before.saturating_sub(1));
        let samples = samples.map(|sample| {
            let at_ms = sample.at_ms.saturating_sub(lead_ms);
            Sample { at_ms, ..sample }
        });
        let functions = after.functions.into_iter().map(|function| {
            let before = self.before.iter().flat_map(|before| &before.functions);
            let most = seen.most.get(&function.name).copied().unwrap_or_default();
            FunctionFigures { environments: most, ..since(function, before) }
        });
        let functions = functions.collect();
        let before = self.before.unwrap_or_default();
        Some(StageFigures {
            functions,
            dead_letters_before: before.dead_letters,
            dead_letters: after.dead_letters,
            events: after.events.saturating_sub(before.events),
            queues: after.traffic.into_iter().map(|queue| sent_since(queue, &before)).collect(),
            tables: after.tables.into_iter().map(|table| charged_since(table, &before)).collect(),
            samples: samples.collect(),
        })
    }
}

impl Seen {
    fn add(&mut self, observation: Option<Observation>, start: Instant) {
        for function in observation.iter().flat_map(|observation| &observation.functions) {
            let most = self.most.entry(function.name.clone()).or_default();
            *most = function.environments.max(*most);
        }
        self.samples.push(sample(observation, start.elapsed()));
    }
}

/// What a stage shows at one moment of a run that is under way.
pub(crate) fn now(seen: Observation, elapsed: Duration) -> StageFigures {
    StageFigures {
        functions: seen.functions.clone(),
        dead_letters_before: 0,
        dead_letters: seen.dead_letters,
        samples: vec![sample(Some(seen), elapsed)],
        ..StageFigures::default()
    }
}

fn sample(observation: Option<Observation>, elapsed: Duration) -> Sample {
    let cpu_ms = cpu_so_far(observation.as_ref());
    let observation = observation.unwrap_or_default();
    Sample {
        at_ms: milliseconds(elapsed),
        environments: observation.environments,
        cold_starts: observation.functions.iter().map(|function| function.cold_starts).sum(),
        queues: observation.queues,
        cpu_ms,
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// Processor time so far, by consumer; of a stage that shows nothing, that of this process alone.
fn cpu_so_far(observation: Option<&Observation>) -> BTreeMap<String, u64> {
    match observation {
        Some(observation) => observation.cpu_ms.clone(),
        None => {
            let own = cpu::of_this_process_ms();
            own.map(|own| (cpu::GENERATOR.to_owned(), own)).into_iter().collect()
        }
    }
}

fn sent_since(mut now: QueueFigures, before: &Observation) -> QueueFigures {
    if let Some(before) = before.traffic.iter().find(|before| before.name == now.name) {
        now.sent = now.sent.saturating_sub(before.sent);
    }
    now
}

fn charged_since(mut now: TableFigures, before: &Observation) -> TableFigures {
    if let Some(before) = before.tables.iter().find(|before| before.name == now.name) {
        now.reads = now.reads.saturating_sub(before.reads);
        now.writes = now.writes.saturating_sub(before.writes);
        now.read_units -= before.read_units;
        now.write_units -= before.write_units;
    }
    now
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
        now.time_ms = now.time_ms.saturating_sub(before.time_ms);
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
