//! Adds the reports of several workers up: histograms and ledgers exactly, so that percentiles of the sum are those of
//! one run. Percentiles of single seconds cannot be added, and are left out. A worker without a report is said.

mod stage;
mod sum;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail};
use jiff::Timestamp;

use crate::arrivals::Part;
use crate::destination::Destination;
use crate::drain::Drained;
use crate::record::Figures;
use crate::report::{LoadSettings, Outcome, Report, json};
use crate::slo::{Measured, Objectives};
use crate::summary;
use crate::system::System;
use crate::verdict;

/// How far apart workers may have begun that were to begin together, by clocks of their own.
const TOGETHER: Duration = Duration::from_secs(10);

/// Adds reports up and judges the sum.
///
/// # Errors
/// When none can be read, one is of another shape, one is there twice, or they are of different systems or loads.
pub(crate) async fn merge(
    system: &System,
    places: &[Destination],
    objectives: &Objectives,
) -> anyhow::Result<Report> {
    let (mut reports, mut missing) = (Vec::new(), Vec::new());
    for place in places {
        match place.read().await? {
            Some(text) => {
                let report = json::parse(Path::new(&place.to_string()), &text)?;
                missing.extend(broken_off(place, &report));
                reports.push(report);
            }
            None => missing
                .push(format!("the report {place} does not exist: its worker did not finish")),
        }
    }
    if reports.is_empty() {
        bail!("there is no report to merge");
    }
    for (index, report) in reports.iter().enumerate() {
        check(&reports[..index], report)?;
    }
    // A worker of which not even a path is there.
    if missing.is_empty() {
        missing.extend(absent(&reports));
    }
    // What one of them could not tell, the sum cannot; one that was broken off is told of by itself.
    let is_invalid =
        |report: &&Report| report.run.complete && report.verdict.outcome == Outcome::Invalid;
    let invalid = reports.iter().find(is_invalid).map(|report| report.verdict.reasons.join("; "));
    let sum = reports.into_iter().reduce(sum::add);
    let mut sum = sum.context("there is no report to merge")?;
    judge(&mut sum, system, objectives, invalid.as_slice(), missing);
    Ok(sum)
}

/// Why a report does not go with those before it.
fn check(before: &[Report], report: &Report) -> anyhow::Result<()> {
    // The id of a sum names all runs that are in it.
    let has = |other: &Report, id| other.run.id.split('+').any(|one| one == id);
    if report.run.id.split('+').any(|id| before.iter().any(|other| has(other, id))) {
        bail!("the report of run {} was passed twice", report.run.id);
    }
    let Some(first) = before.first() else { return Ok(()) };
    let differ = |what, a: &str, b: &str| bail!("the reports are of different {what}: {a} and {b}");
    if report.run.system != first.run.system || report.settings.main != first.settings.main {
        return differ("systems", &first.run.system, &report.run.system);
    }
    if report.run.target != first.run.target {
        return differ("targets", &first.run.target, &report.run.target);
    }
    let faults =
        |report: &Report| report.faults.as_ref().map_or("none", |faults| &faults.preset).to_owned();
    if faults(report) != faults(first) {
        return differ("faults", &faults(first), &faults(report));
    }
    match (first.settings.worker, report.settings.worker) {
        (None, None) => Ok(()),
        (Some(ours), Some(theirs)) => {
            let load = |report: &Report| LoadSettings { worker: None, ..report.settings.clone() };
            if ours.of != theirs.of || load(first) != load(report) {
                bail!(
                    "the workers had different load settings: {} and {}",
                    first.run.id,
                    report.run.id
                );
            }
            if !together(first, report) {
                bail!(
                    "the workers did not start at the same time: {} and {}",
                    first.run.started_at,
                    report.run.started_at
                );
            }
            if before.iter().any(|other| other.settings.worker == Some(theirs)) {
                bail!("worker {}/{} was passed twice", theirs.index, theirs.of);
            }
            Ok(())
        }
        _ => differ("kinds", "a worker's", "a whole run's"),
    }
}

fn together(a: &Report, b: &Report) -> bool {
    let at = |report: &Report| report.run.started_at.parse::<Timestamp>().ok();
    at(a).zip(at(b)).is_some_and(|(a, b)| a.duration_since(b).unsigned_abs() <= TOGETHER)
}

/// What a report lacks that was written before its run was over.
fn broken_off(place: &Destination, report: &Report) -> Option<String> {
    if report.run.complete {
        return None;
    }
    let open: u64 = report.ledger.iter().map(|tally| tally.open).sum();
    Some(format!(
        "{place} is incomplete: its worker stopped after {:.1} s of {:.1} s, and the outcome of {open} expected events \
             and states is unknown",
        report.run.load_seconds, report.settings.run_time_seconds,
    ))
}

/// The workers that no report is of.
fn absent(reports: &[Report]) -> Option<String> {
    let of = reports.first()?.settings.worker?.of;
    let is_there = |index: &u64| {
        reports.iter().any(|one| one.settings.worker == Some(Part { index: *index, of }))
    };
    let absent: Vec<_> = (0..of).filter(|index| !is_there(index)).map(|n| n.to_string()).collect();
    (!absent.is_empty()).then(|| format!("of {of} workers, {} have no report", absent.join(", ")))
}

fn judge(
    sum: &mut Report,
    system: &System,
    objectives: &Objectives,
    invalid: &[String],
    missing: Vec<String>,
) {
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
        load_seconds: sum.settings.run_time_seconds,
        lag: &sum.generator.lag,
    });
    sum.verdict = verdict::reach(&verdict::Findings {
        objectives: &sum.objectives,
        tallies: &summary::of_load(&sum.ledger, system, &sum.settings),
        n_due: sum.generator.planned,
        n_ended: sum.workflows.iter().map(Figures::n_ended).sum(),
        n_ended_well: sum.workflows.iter().map(|one| one.ok).sum(),
        n_requests: sum.operations.iter().map(|figures| figures.latency.count).sum(),
        n_unanswered: summary::unanswered(&sum.errors),
        drained: Drained::Closed,
        pending: &[],
        audit: None,
        doubts: invalid,
        cut_short: None,
        lag: &sum.generator.lag,
        n_most_visiting: sum.generator.most_visiting,
        n_refused: sum.generator.refused,
        n_users: sum.generator.users,
        n_unstarted: match missing.is_empty() && !sum.run.interrupted {
            true => sum.generator.planned.saturating_sub(sum.generator.started),
            false => 0,
        },
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

    use std::collections::BTreeMap;

    use super::*;
    use crate::report::{Verdict, sample};

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("merge-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn write(folder: &Path, name: &str, report: &Report) -> Destination {
        let path = folder.join(name);
        std::fs::write(&path, json::render(report)).unwrap();
        Destination::File(path)
    }

    fn merge(places: &[Destination]) -> anyhow::Result<Report> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let objectives = Objectives::parse("[ledger]\nlost = 0\n").unwrap();
        runtime.block_on(super::merge(&System::NEW, places, &objectives))
    }

    /// Two runs that load one target beside each other.
    fn two() -> [Report; 2] {
        let (one, mut other) = (sample::report(), sample::report());
        other.run.id = "other".to_owned();
        [one, other]
    }

    /// Two of so many workers of one load.
    fn workers(of: u64) -> [Report; 2] {
        let mut both = two();
        for (index, report) in both.iter_mut().enumerate() {
            report.settings.worker = Some(Part { index: index as u64, of });
        }
        both
    }

    fn merged(name: &str, reports: &[Report]) -> anyhow::Result<Report> {
        let folder = folder(name);
        let write = |(n, report)| write(&folder, &format!("{n}.json"), report);
        let paths: Vec<_> = reports.iter().enumerate().map(write).collect();
        let sum = merge(&paths);
        std::fs::remove_dir_all(folder).unwrap();
        sum
    }

    #[test]
    fn runs_add_up() {
        let both = two();
        let sum = merged("sum", &both).unwrap();
        let (latency, before) = (&sum.operations[0].latency, &both[0].operations[0].latency);
        assert_eq!((latency.count, latency.p99_us), (2 * before.count, before.p99_us));
        assert_eq!((sum.ledger[0].sent, sum.ledger[0].once), (2_000, 1_996));
        assert_eq!((sum.settings.rate, sum.throughput.planned), (100.0, 2_000));
        let before = both[0].throughput.requests_per_second;
        assert!((sum.throughput.requests_per_second - 2.0 * before).abs() < 1e-9);
        assert_eq!((sum.seconds[3].accepted, sum.seconds[3].p99_us), (100, 0));
        assert_eq!(sum.verdict.outcome, Outcome::Pass);
    }

    #[test]
    fn a_sum_costs_as_much_for_each_visit_as_each_of_its_runs() {
        let mut both = two();
        both.iter_mut().for_each(|report| report.faults = None);
        let sum = merged("costs", &both).unwrap();
        let [stage, one] = [&sum, &both[0]].map(|report| report.stage.clone().unwrap());
        assert_eq!(stage.functions[0].invocations, 2 * one.functions[0].invocations);
        assert_eq!((stage.events, stage.queues[0].sent), (2 * one.events, 2 * one.queues[0].sent));
        assert_eq!(stage.tables[0].write_units, 2.0 * one.tables[0].write_units);
        assert_eq!(sum.throughput.planned, 2 * both[0].throughput.planned);
        // Both look at one deployed stack, whose dead letters are not there twice.
        for report in &mut both {
            report.run.target = "https://shop".to_owned();
            report.stage.as_mut().unwrap().dead_letters = 3;
        }
        assert_eq!(merged("looks", &both).unwrap().stage.unwrap().dead_letters, 3);
        both[1].stage = None;
        let sum = merged("blind", &both).unwrap();
        assert!(
            sum.stage.is_none() && sum.run.notes.iter().any(|note| note.contains("no figures"))
        );
    }

    /// Four workers on one machine have its processors, however long each of them ran.
    #[test]
    fn processors_are_added_across_machines() {
        let mut four = [two(), two()].concat();
        for (index, report) in four.iter_mut().enumerate() {
            report.run.id = index.to_string();
            report.settings.worker = Some(Part { index: index as u64, of: 4 });
        }
        (four[1].run.complete, four[1].run.served_seconds) = (false, 7.0);
        let n_cpus = |name, reports: &[Report]| merged(name, reports).unwrap().run.n_cpus;
        assert_eq!(n_cpus("machine", &four), 2);
        four[2].run.machines = BTreeMap::from([("other".to_owned(), 3)]);
        four[2].run.n_cpus = 3;
        assert_eq!(n_cpus("machines", &four), 5);
        // One that nobody knows is one more.
        four[3].run.machines.clear();
        assert_eq!(n_cpus("unknown", &four), 7);
        // Of runs after each other, each has all processors for its time, of which the sum has one run's.
        let mut both = two();
        both[1].run.started_at = "2026-11-01T13:00:00Z".to_owned();
        assert_eq!(n_cpus("later", &both), 4);
    }

    #[test]
    fn workers_share_one_load() {
        let sum = merged("shared", &workers(2)).unwrap();
        assert_eq!((sum.settings.rate, sum.throughput.planned), (50.0, 2_000));
        assert_eq!(sum.verdict.outcome, Outcome::Pass);
        let sum = merged("absent", &workers(4)).unwrap();
        assert_eq!(sum.verdict.outcome, Outcome::Invalid);
        assert!(sum.verdict.reasons[0].contains("2, 3 have no report"), "{:?}", sum.verdict);
    }

    #[test]
    fn a_worker_that_was_broken_off_is_said_and_counted() {
        let mut both = workers(2);
        let first = &mut both[0];
        (first.run.complete, first.run.load_seconds) = (false, 5.0);
        first.verdict = Verdict { outcome: Outcome::Invalid, reasons: vec!["not over".to_owned()] };
        (first.ledger[0].once, first.ledger[0].open) = (990, 8);
        let sum = merged("broken", &both).unwrap();
        assert_eq!(sum.verdict.outcome, Outcome::Invalid);
        let [said] = &sum.verdict.reasons[..] else { panic!("{:?}", sum.verdict) };
        assert!(said.contains("5.0 s of 20.0 s") && said.contains("8 expected events"), "{said}");
        assert_eq!((sum.ledger[0].once, sum.ledger[0].open, sum.ledger[0].lost), (1_988, 8, 0));
        let whole = both[1].throughput.requests_per_second;
        assert!((sum.throughput.requests_per_second - 1.25 * whole).abs() < 1e-9);
        assert!(!sum.run.complete);
    }

    #[test]
    fn a_worker_without_a_report_is_said() {
        let folder = folder("missing");
        let paths = [
            write(&folder, "a.json", &sample::report()),
            Destination::File(folder.join("killed.json")),
        ];
        let sum = merge(&paths).unwrap();
        assert_eq!(sum.verdict.outcome, Outcome::Invalid);
        assert!(sum.verdict.reasons[0].contains("killed.json"), "{:?}", sum.verdict);
        assert!(merge(&paths[1..]).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_does_not_belong_together_is_refused() {
        type Change = fn(&mut Report);
        let changes: [(&str, Change); 8] = [
            ("different faults: kill and none", |report| report.faults = None),
            ("shop and parcels", |report| report.run.system = "parcels".to_owned()),
            ("different targets", |report| report.run.target = "elsewhere".to_owned()),
            ("passed twice", |report| report.run.id = sample::report().run.id),
            // A sum that one of them is in already.
            ("passed twice", |report| report.run.id = format!("x+{}", sample::report().run.id)),
            ("different load settings", |report| report.settings.seed += 1),
            ("different kinds", |report| report.settings.worker = None),
            ("start at the same time", |report| {
                report.run.started_at = "2026-11-01T13:00:00Z".to_owned()
            }),
        ];
        for (why, change) in changes {
            let mut both = workers(2);
            change(&mut both[1]);
            let error = merged("refused", &both).unwrap_err();
            assert!(error.to_string().contains(why), "{why}: {error}");
        }
        let mut twice = workers(2);
        twice[1].settings.worker = twice[0].settings.worker;
        assert!(merged("twice", &twice).unwrap_err().to_string().contains("worker 0/2"));
    }
}
