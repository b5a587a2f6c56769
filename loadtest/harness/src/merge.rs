//! Adds the reports of several workers up: histograms and ledgers exactly, so that percentiles of the sum are those of
//! one run. Percentiles of single seconds cannot be added, and are left out. A worker without a report is said.

use std::path::PathBuf;

use anyhow::bail;

use crate::drain::Drained;
use crate::latency::{Distribution, Latency};
use crate::ledger::Tally;
use crate::pipeline::{Clocks, Pipeline};
use crate::record::{ErrorCount, Figures, Point, Second};
use crate::report::{Outcome, Report, json};
use crate::slo::{Measured, Objectives};
use crate::system::System;
use crate::verdict;

/// Adds reports up and judges the sum.
///
/// # Errors
/// When none can be read, one is of another shape, or they are of different systems or loads.
pub fn merge(
    system: &System,
    paths: &[PathBuf],
    objectives: &Objectives,
) -> anyhow::Result<Report> {
    let (mut reports, mut missing) = (Vec::new(), Vec::new());
    for path in paths {
        match json::read(path) {
            Ok(report) => reports.push(report),
            Err(json::ReadError::File { .. }) if !path.exists() => {
                missing
                    .push(format!("there is no report {}: its worker did not end", path.display()));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let mut reports = reports.into_iter();
    let Some(mut sum) = reports.next() else { bail!("there is no report to merge") };
    for report in reports {
        if report.run.system != sum.run.system || report.settings.main != sum.settings.main {
            bail!(
                "the reports are of different systems: {} and {}",
                sum.run.system,
                report.run.system
            );
        }
        if report.run.target != sum.run.target {
            bail!(
                "the reports are of different targets: {} and {}",
                sum.run.target,
                report.run.target
            );
        }
        sum = add(sum, report);
    }
    judge(&mut sum, system, objectives, missing);
    Ok(sum)
}

fn add(mut sum: Report, more: Report) -> Report {
    sum.run.id = format!("{}+{}", sum.run.id, more.run.id);
    sum.run.load_seconds = sum.run.load_seconds.max(more.run.load_seconds);
    sum.run.served_seconds = sum.run.served_seconds.max(more.run.served_seconds);
    sum.run.drain_seconds = sum.run.drain_seconds.max(more.run.drain_seconds);
    sum.run.interrupted |= more.run.interrupted;
    sum.run.stays.extend(more.run.stays);
    sum.run.notes.extend(more.run.notes);
    sum.run.notes.dedup();
    sum.settings.rate += more.settings.rate;
    for (workflow, rate) in more.settings.workflows {
        *sum.settings.workflows.entry(workflow).or_default() += rate;
    }
    sum.ledger = add_tallies(sum.ledger, more.ledger);
    sum.throughput.planned += more.throughput.planned;
    sum.throughput.in_time += more.throughput.in_time;
    sum.throughput.accepted_per_second += more.throughput.accepted_per_second;
    sum.throughput.requests_per_second += more.throughput.requests_per_second;
    sum.operations = add_figures(sum.operations, more.operations);
    sum.workflows = add_figures(sum.workflows, more.workflows);
    sum.pipeline = add_pipelines(sum.pipeline, more.pipeline);
    let (ours, theirs) = (&mut sum.generator, more.generator);
    ours.planned += theirs.planned;
    ours.started += theirs.started;
    ours.late += theirs.late;
    ours.start_delay = both(&ours.start_delay, &theirs.start_delay);
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
    if more.verdict.outcome == Outcome::Invalid {
        sum.verdict = more.verdict;
    }
    sum
}

fn both(a: &Latency, b: &Latency) -> Latency {
    Distribution::merged([a, b]).figures()
}

/// Adds what has the same name, and keeps the rest.
fn by_name<T>(
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
    let is_same = |a: &crate::pipeline::Hop, b: &crate::pipeline::Hop| {
        a.kind == b.kind && a.from == b.from && a.to == b.to
    };
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
    let mut errors = by_name(sum, more, is_same, |sum, more| sum.count += more.count);
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

fn judge(sum: &mut Report, system: &System, objectives: &Objectives, missing: Vec<String>) {
    let invalid = (sum.verdict.outcome == Outcome::Invalid).then(|| sum.verdict.reasons.join("; "));
    let under_faults = objectives.under_faults();
    let objectives = if sum.faults.is_some() { &under_faults } else { objectives };
    sum.objectives = objectives.judge(&Measured {
        operations: &sum.operations,
        workflows: &sum.workflows,
        pipeline: &sum.pipeline,
        system,
        tallies: &sum.ledger,
        n_planned: sum.throughput.planned,
        n_in_time: sum.throughput.in_time,
        lag: &sum.generator.lag,
    });
    sum.verdict = verdict::reach(&verdict::Findings {
        objectives: &sum.objectives,
        tallies: &sum.ledger,
        n_requests: sum.operations.iter().map(|figures| figures.latency.count).sum(),
        drained: Drained::Closed,
        audit: invalid.as_deref(),
        lag: &sum.generator.lag,
        n_most_visiting: sum.generator.most_visiting,
        n_refused: sum.generator.refused,
        n_users: sum.generator.users,
    });
    if !missing.is_empty() {
        if sum.verdict.outcome == Outcome::Pass {
            sum.verdict.outcome = Outcome::Invalid;
        }
        sum.verdict.reasons.splice(0..0, missing.iter().cloned());
        sum.run.notes.extend(missing);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use crate::report::sample;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("merge-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn write(folder: &std::path::Path, name: &str, report: &Report) -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, json::render(report)).unwrap();
        path
    }

    #[test]
    fn workers_add_up_to_one_run() {
        let folder = folder("sum");
        let one = sample::report();
        let paths = [write(&folder, "a.json", &one), write(&folder, "b.json", &one)];
        let sum = merge(&System::NEW, &paths, &Objectives::default()).unwrap();
        let (latency, before) = (&sum.operations[0].latency, &one.operations[0].latency);
        assert_eq!((latency.count, latency.p99_us), (2 * before.count, before.p99_us));
        assert_eq!((sum.ledger[0].sent, sum.ledger[0].once), (2_000, 1_996));
        assert_eq!((sum.settings.rate, sum.throughput.planned), (100.0, 2_000));
        assert_eq!((sum.seconds[3].accepted, sum.seconds[3].p99_us), (100, 0));
        assert_eq!(sum.verdict.outcome, Outcome::Pass);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_worker_without_a_report_is_said() {
        let folder = folder("missing");
        let paths = [write(&folder, "a.json", &sample::report()), folder.join("killed.json")];
        let sum = merge(&System::NEW, &paths, &Objectives::default()).unwrap();
        assert_eq!(sum.verdict.outcome, Outcome::Invalid);
        assert!(sum.verdict.reasons[0].contains("killed.json"), "{:?}", sum.verdict);
        assert!(merge(&System::NEW, &paths[1..], &Objectives::default()).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn reports_of_different_systems_are_refused() {
        let folder = folder("different");
        let mut other = sample::report();
        other.run.system = "parcels".to_owned();
        let paths = [write(&folder, "a.json", &sample::report()), write(&folder, "b.json", &other)];
        let error = merge(&System::NEW, &paths, &Objectives::default()).unwrap_err();
        assert!(error.to_string().contains("shop and parcels"), "{error}");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
