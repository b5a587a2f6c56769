//! The sum of two reports.

use super::{stage, together};
use crate::latency::{Distribution, Latency};
use crate::ledger::Tally;
use crate::pipeline::{Clocks, Hop, Pipeline};
use crate::record::{ErrorCount, Figures, Point, Second};
use crate::report::{CpuShare, Report, Throughput};

/// The sum of two reports.
pub(super) fn add(mut sum: Report, more: Report) -> Report {
    let is_beside = together(&sum, &more);
    let (ours, theirs) = (sum.run.load_seconds, more.run.load_seconds);
    sum.run.id = format!("{}+{}", sum.run.id, more.run.id);
    stage::add_machines(&mut sum.run, &more.run, is_beside);
    sum.run.load_seconds = ours.max(theirs);
    sum.run.served_seconds = sum.run.served_seconds.max(more.run.served_seconds);
    sum.run.drain_seconds = sum.run.drain_seconds.max(more.run.drain_seconds);
    sum.run.interrupted |= more.run.interrupted;
    sum.run.complete &= more.run.complete;
    sum.run.stays.extend(more.run.stays);
    sum.run.notes.extend(more.run.notes);
    sum.run.notes.sort_unstable();
    sum.run.notes.dedup();
    // Workers share one load; runs of their own add theirs.
    if more.settings.worker.is_none() {
        sum.settings.rate += more.settings.rate;
        for (workflow, rate) in more.settings.workflows {
            *sum.settings.workflows.entry(workflow).or_default() += rate;
        }
    }
    sum.ledger = add_tallies(sum.ledger, more.ledger);
    // Per second of the whole, so that a worker that was gone early does not count as a fast one.
    let per_second =
        |a: f64, b: f64| (a * ours + b * theirs) / ours.max(theirs).max(f64::MIN_POSITIVE);
    let (a, b) = (sum.throughput, more.throughput);
    sum.throughput = Throughput {
        planned: a.planned + b.planned,
        in_time: a.in_time + b.in_time,
        accepted_per_second: per_second(a.accepted_per_second, b.accepted_per_second),
        requests_per_second: per_second(a.requests_per_second, b.requests_per_second),
    };
    sum.operations = add_figures(sum.operations, more.operations);
    sum.workflows = add_figures(sum.workflows, more.workflows);
    sum.pipeline = add_pipelines(sum.pipeline, more.pipeline);
    let (ours, theirs) = (&mut sum.generator, more.generator);
    ours.planned += theirs.planned;
    ours.started += theirs.started;
    ours.late += theirs.late;
    ours.start_delay = both(&ours.start_delay, &theirs.start_delay);
    ours.connections = both(&ours.connections, &theirs.connections);
    // The worst worker decides whether the generators had time.
    if theirs.lag.p99_us > ours.lag.p99_us {
        ours.lag = theirs.lag;
    }
    ours.users += theirs.users;
    ours.most_users += theirs.most_users;
    ours.most_visiting += theirs.most_visiting;
    ours.refused += theirs.refused;
    ours.goose_requests += theirs.goose_requests;
    sum.errors = add_errors(sum.errors, more.errors);
    sum.seconds = add_seconds(sum.seconds, more.seconds);
    sum.cpu = by_name(sum.cpu, more.cpu, |a, b| a.consumer == b.consumer, add_cpu);
    stage::add_stages(&mut sum, more.stage);
    sum.faults = stage::add_faults(sum.faults, more.faults);
    sum
}

fn add_cpu(sum: &mut CpuShare, more: CpuShare) {
    sum.cpu_ms += more.cpu_ms;
}

fn both(a: &Latency, b: &Latency) -> Latency {
    Distribution::merged([a, b]).figures()
}

/// Adds what has the same name, and keeps the rest.
pub(super) fn by_name<T>(
    mut sum: Vec<T>,
    more: Vec<T>,
    is_same: impl Fn(&T, &T) -> bool,
    add: impl Fn(&mut T, T),
) -> Vec<T> {
    for one in more {
        match sum.iter_mut().find(|known| is_same(known, &one)) {
            Some(known) => add(known, one),
            None => sum.push(one),
        }
    }
    sum
}

fn add_tallies(sum: Vec<Tally>, more: Vec<Tally>) -> Vec<Tally> {
    by_name(
        sum,
        more,
        |a, b| a.promise == b.promise,
        |sum, more| {
            sum.sent += more.sent;
            sum.accepted += more.accepted;
            sum.refused += more.refused;
            sum.unknown += more.unknown;
            sum.retries += more.retries;
            sum.once += more.once;
            sum.doubled += more.doubled;
            sum.lost += more.lost;
            sum.open += more.open;
            sum.unpromised += more.unpromised;
            sum.unknown_kept += more.unknown_kept;
            sum.repeated += more.repeated;
            sum.others += more.others;
            sum.wrong += more.wrong;
            sum.checked += more.checked;
        },
    )
}

fn add_figures(sum: Vec<Figures>, more: Vec<Figures>) -> Vec<Figures> {
    by_name(
        sum,
        more,
        |a, b| a.name == b.name,
        |sum, more| {
            sum.ok += more.ok;
            sum.failed += more.failed;
            sum.latency = both(&sum.latency, &more.latency);
            sum.first_byte = both(&sum.first_byte, &more.first_byte);
            sum.heat = sum.heat.merged(&more.heat);
            let length = sum.course.len().max(more.course.len());
            sum.course.resize(length, Point::default());
            for (index, point) in sum.course.iter_mut().enumerate() {
                let count = more.course.get(index).map_or(0, |point| point.count);
                *point = Point { count: point.count + count, ..Point::default() };
            }
        },
    )
}

fn add_pipelines(sum: Pipeline, more: Pipeline) -> Pipeline {
    let is_same = |a: &Hop, b: &Hop| a.kind == b.kind && a.from == b.from && a.to == b.to;
    let hops = by_name(sum.hops, more.hops, is_same, |sum, more| {
        sum.latency = both(&sum.latency, &more.latency);
    });
    let (a, b) = (sum.clocks, more.clocks);
    let clocks = Clocks {
        // Each worker has a clock of its own: the widest bounds hold for all.
        least_us: a.least_us.min(b.least_us),
        most_us: a.most_us.max(b.most_us),
        correction_us: if a.correction_us.abs() > b.correction_us.abs() {
            a.correction_us
        } else {
            b.correction_us
        },
        uncertainty_us: a.uncertainty_us.max(b.uncertainty_us),
        disagree: a.disagree || b.disagree,
    };
    Pipeline { hops, clocks }
}

fn add_errors(sum: Vec<ErrorCount>, more: Vec<ErrorCount>) -> Vec<ErrorCount> {
    let is_same = |a: &ErrorCount, b: &ErrorCount| a.operation == b.operation && a.cause == b.cause;
    let mut errors = by_name(sum, more, is_same, |sum, more| {
        sum.count += more.count;
        sum.samples.extend(more.samples);
    });
    errors.sort_by_key(|error| std::cmp::Reverse(error.count));
    errors
}

fn add_seconds(mut sum: Vec<Second>, more: Vec<Second>) -> Vec<Second> {
    sum.resize(sum.len().max(more.len()), Second::default());
    for (index, second) in sum.iter_mut().enumerate() {
        let more = more.get(index).cloned().unwrap_or_default();
        *second = Second {
            requests: second.requests + more.requests,
            errors: second.errors + more.errors,
            accepted: second.accepted + more.accepted,
            kept: second.kept + more.kept,
            ..Second::default()
        };
    }
    sum
}
