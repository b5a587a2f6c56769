//! Adds what stages and machines did: each local run has a stage of its own, and workers of a deployed stack look at one.

use super::sum::by_name;
use crate::report::{
    FaultFigures, FaultSite, FunctionFigures, QueueFigures, Report, RunFacts, StageFigures,
    TableFigures,
};
use crate::target::LOCAL_STAGE;

/// What the sum of two reports says of stages.
pub(super) fn add_stages(sum: &mut Report, more: Option<StageFigures>) {
    let is_shared = sum.run.target != LOCAL_STAGE;
    sum.stage = match (sum.stage.take(), more) {
        (Some(a), Some(b)) if is_shared => Some(seen_by_both(a, b)),
        (Some(a), Some(b)) => Some(added(a, b)),
        (None, None) => None,
        (Some(_), None) | (None, Some(_)) => {
            let note = "one of the reports has no figures of its stage, so the sum has none";
            if !sum.run.notes.iter().any(|known| known == note) {
                sum.run.notes.push(note.to_owned());
            }
            None
        }
    };
}

/// Two looks at one stage.
fn seen_by_both(a: StageFigures, b: StageFigures) -> StageFigures {
    StageFigures {
        dead_letters_before: a.dead_letters_before.min(b.dead_letters_before),
        dead_letters: a.dead_letters.max(b.dead_letters),
        ..a
    }
}

/// Two stages. Their courses are of other moments, and are left out.
fn added(a: StageFigures, b: StageFigures) -> StageFigures {
    StageFigures {
        functions: by_name(a.functions, b.functions, |a, b| a.name == b.name, add_function),
        dead_letters_before: a.dead_letters_before + b.dead_letters_before,
        dead_letters: a.dead_letters + b.dead_letters,
        events: a.events + b.events,
        queues: by_name(a.queues, b.queues, |a, b| a.name == b.name, add_queue),
        tables: by_name(a.tables, b.tables, |a, b| a.name == b.name, add_table),
        samples: Vec::new(),
    }
}

fn add_function(sum: &mut FunctionFigures, more: FunctionFigures) {
    sum.invocations += more.invocations;
    sum.errors += more.errors;
    sum.throttles += more.throttles;
    sum.cold_starts += more.cold_starts;
    sum.environments += more.environments;
    sum.cpu_ms += more.cpu_ms;
    sum.time_ms += more.time_ms;
}

fn add_queue(sum: &mut QueueFigures, more: QueueFigures) {
    sum.sent += more.sent;
}

fn add_table(sum: &mut TableFigures, more: TableFigures) {
    sum.reads += more.reads;
    sum.writes += more.writes;
    sum.read_units += more.read_units;
    sum.write_units += more.write_units;
}

/// The faults of both, which are of one plan.
pub(super) fn add_faults(
    sum: Option<FaultFigures>,
    more: Option<FaultFigures>,
) -> Option<FaultFigures> {
    let (mut sum, more) = (sum?, more?);
    let add = |sum: &mut FaultSite, more: FaultSite| {
        sum.asked += more.asked;
        sum.hurt += more.hurt;
    };
    sum.sites = by_name(sum.sites, more.sites, |a, b| a.site == b.site, add);
    Some(sum)
}

/// Adds the processors of machines that the sum does not have yet. Of runs that are not `beside` each other each had all
/// processors for its own time, so a machine counts again.
pub(super) fn add_machines(sum: &mut RunFacts, more: &RunFacts, beside: bool) {
    let known: usize = more.machines.values().sum();
    sum.n_cpus += more.n_cpus.saturating_sub(known);
    for (machine, n_cpus) in &more.machines {
        let machine = match beside {
            true => machine.clone(),
            false => format!("{machine} {}", more.started_at),
        };
        let before = sum.machines.entry(machine).or_default();
        sum.n_cpus += n_cpus.saturating_sub(*before);
        *before = (*before).max(*n_cpus);
    }
}
