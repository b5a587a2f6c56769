//! From what a run left in memory to its report: figures, judgement, verdict. Measures nothing and asks nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use crate::attack::GRACE;
use crate::cause::Cause;
use crate::clock::SlotClock;
use crate::cpu;
use crate::lag::Late;
use crate::latency::Latency;
use crate::ledger::{Book, Entry, Ledger, StepOutcome, Tally};
use crate::options::RunArgs;
use crate::pipeline::{self, Pipeline};
use crate::record::{ErrorCount, Figures, Record};
use crate::report::{self, Generator, LoadSettings, Report, RunFacts, SCHEMA, Throughput, Verdict};
use crate::run::{Ending, Runner};
use crate::shared::Shared;
use crate::slo::Measured;
use crate::system::System;
use crate::target::{Deployed, Target};
use crate::verdict;
use crate::watch;

/// How many leftovers of other runs are named.
const MAX_NAMED: usize = 10;

/// What the run cannot do or see, one sentence each.
pub(crate) fn notes(shared: &Shared, args: &RunArgs) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(underived) = shared.system.derived {
        notes.push(
            "the workflows were derived from the contracts, because there are no Arazzo documents"
                .to_owned(),
        );
        notes.extend(underived.iter().map(|sentence| (*sentence).to_owned()));
    }
    if !shared.messages.are_seen() && !shared.system.channels.is_empty() {
        notes.push(
            "this target does not show messages, so expected messages are not judged".to_owned(),
        );
    }
    let leftovers = shared.target.deployed().map(Deployed::leftovers).unwrap_or_default();
    if !leftovers.is_empty() {
        let named: Vec<_> = leftovers.iter().take(MAX_NAMED).map(String::as_str).collect();
        let more = leftovers.len() - named.len();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        notes.push(format!(
            "other runs left {}{more}; delete them, unless those runs are in progress",
            named.join(", ")
        ));
    }
    for operation in shared.system.operations {
        if let Some(why) = shared.callers.lack(operation) {
            notes.push(format!("{} is called without credentials: {why}", operation.id));
        }
    }
    let made_up: BTreeSet<_> =
        shared.system.operations.iter().flat_map(|one| shared.callers.made_up(one)).collect();
    notes.extend(made_up.iter().map(|(place, option)| {
        format!(
            "the {place} is verified by the system's own code and was made up, which mocks accept; pass a real one with \
             {option}"
        )
    }));
    notes.extend(args.profile.left_out(args.run_time()));
    notes.extend(shared.feeds.doubts(shared.system));
    notes
}

/// How many requests got no response.
pub(crate) fn unanswered(errors: &[ErrorCount]) -> u64 {
    let silent = errors.iter().filter(|error| Cause::is_silence(&error.cause));
    silent.map(|error| error.count).sum()
}

/// The sums of promises that the load was about: those of workflows without arrivals say nothing.
pub(crate) fn of_load(tallies: &[Tally], system: &System, settings: &LoadSettings) -> Vec<Tally> {
    let came = |id: &str| settings.workflows.contains_key(id);
    let is_idle = |tally: &&Tally| system.is_idle(&tally.promise, came);
    tallies.iter().filter(|tally| !is_idle(tally)).cloned().collect()
}

/// Operations that answered each request with status 500, as one does that is not implemented yet.
fn unimplemented(record: &Record) -> Vec<String> {
    let cause = Cause::Status(500).to_string();
    let always = record.operations.iter().filter(|one| one.ok == 0 && one.failed > 0);
    let found = always.filter(|one| {
        let is_all = |error: &ErrorCount| {
            error.operation == one.name && error.cause == cause && error.count == one.failed
        };
        record.errors.iter().any(is_all)
    });
    let told = |one: &Figures| {
        format!(
            "{} always answered 500; an operation that is not implemented yet does so",
            one.name
        )
    };
    found.map(told).collect()
}

/// The report of a run.
pub(crate) fn report(
    runner: &Runner<'_>,
    target: &Target,
    shared: &Shared,
    ending: Ending,
) -> Report {
    let (args, system) = (runner.args, runner.system);
    let start = shared.line.started_at().unwrap_or(ending.load_ended);
    let started_at = Timestamp::now() - (Instant::now() - start);
    let run_time = args.run_time();
    let load_ended = shared.line.stopped_at().unwrap_or(ending.load_ended);
    let load_time = load_ended.saturating_duration_since(start).min(run_time);
    let cut_short = shared.line.stopped_at().filter(|_| load_time < run_time);
    let cut_short = cut_short.map(|_| (load_time.as_secs_f64(), run_time.as_secs_f64()));
    let mut record = shared.recorder.finish(system);
    let ledger = shared.ledger();
    let mut pipeline = Pipeline::measure(&ledger);
    pipeline::enter_promises(&mut record.seconds, &ledger, pipeline.clocks, started_at);
    pipeline.add_receipts(shared.messages.hops());
    let mut tallies = ledger.tally(target.is_ours());
    for (book, tally) in ledger.books().zip(&mut tallies) {
        // Where the last look failed, what was not seen may be there all the same.
        let is_unseen = ending.audit.is_err() && !book.promise().is_kept_by_message();
        if is_unseen || !ending.drained.is_over() {
            tally.open += std::mem::take(&mut tally.lost);
        }
    }
    let throughput = throughput(shared, &ledger, &record, load_time, started_at);
    drop(ledger);
    let under_faults = runner.objectives.under_faults();
    let objectives = if args.faults.is_some() { &under_faults } else { runner.objectives };
    let settings = settings(args, system);
    let judged = objectives.judge(&Measured {
        operations: &record.operations,
        workflows: &record.workflows,
        pipeline: &pipeline,
        system,
        tallies: &tallies,
        n_planned: throughput.planned,
        n_in_time: throughput.in_time,
        load_seconds: load_time.as_secs_f64(),
        lag: &ending.lag,
    });
    let counts = ending.goose.requests.values();
    let goose_requests = counts.map(|one| (one.success_count + one.fail_count) as u64).sum();
    let generator = generator(shared, &record, load_time, &ending.lag, goose_requests);
    let verdict = verdict::reach(&verdict::Findings {
        objectives: &judged,
        tallies: &of_load(&tallies, system, &settings),
        n_due: generator.planned,
        n_ended: record.workflows.iter().map(Figures::n_ended).sum(),
        n_ended_well: record.workflows.iter().map(|one| one.ok).sum(),
        n_requests: record.n_requests(),
        n_unanswered: unanswered(&record.errors),
        drained: ending.drained,
        pending: &ending.pending,
        audit: ending.audit.as_ref().err().map(String::as_str),
        doubts: &shared.messages.doubts(),
        cut_short,
        lag: &ending.lag,
        n_most_visiting: generator.most_visiting,
        n_refused: generator.refused,
        n_users: generator.users,
        n_unstarted: if shared.line.has_given_up() {
            generator.planned.saturating_sub(generator.started)
        } else {
            0
        },
    });
    let mut run = facts(shared, args, started_at, load_time);
    run.notes.extend(unimplemented(&record));
    run.notes.extend(shared.callers.told_replaced());
    Report {
        schema: SCHEMA,
        run: RunFacts {
            served_seconds: ending.load_ended.saturating_duration_since(start).as_secs_f64(),
            drain_seconds: ending.drain_time.as_secs_f64(),
            interrupted: cut_short.is_some() || runner.interrupt.pressed(2),
            stays: ending.stays,
            ..run
        },
        settings,
        verdict,
        objectives: judged,
        ledger: tallies,
        throughput,
        operations: record.operations,
        workflows: record.workflows,
        pipeline,
        generator,
        errors: record.errors,
        seconds: record.seconds,
        stage: ending.stage,
        cpu: ending.cpu,
        faults: target.faults(),
    }
}

/// The report of a run that is not over: what is known without going through everything that was promised.
pub(crate) fn partial(args: &RunArgs, shared: &Shared, late: &Late) -> Option<Report> {
    let system = shared.system;
    let start = shared.line.started_at()?;
    let elapsed = Instant::now().checked_duration_since(start)?;
    let load_time = elapsed.min(args.run_time());
    let record = shared.recorder.so_far(system);
    let tallies = shared.ledger().so_far();
    let (seconds, lag) = (load_time.as_secs_f64().max(f64::MIN_POSITIVE), late.figures());
    let planned = main_clock(shared).map_or(0, |clock| clock.schedule().n_due_within(load_time));
    let promises = system.main().map(|workflow| workflow.promises).unwrap_or_default();
    let its = tallies.iter().find(|one| promises.iter().any(|promise| promise.id == one.promise));
    let n_accepted = its.map_or(record.n_in_time, |tally| tally.accepted);
    let why = format!(
        "the run had not finished when this was written: {:.1} s of {:.1} s",
        seconds,
        args.run_time().as_secs_f64()
    );
    Some(Report {
        schema: SCHEMA,
        run: RunFacts {
            served_seconds: elapsed.as_secs_f64(),
            complete: false,
            ..facts(shared, args, Timestamp::now() - elapsed, load_time)
        },
        settings: settings(args, system),
        verdict: Verdict { outcome: report::Outcome::Invalid, reasons: vec![why] },
        objectives: Vec::new(),
        ledger: tallies,
        throughput: Throughput {
            planned,
            in_time: n_accepted.min(planned),
            accepted_per_second: n_accepted as f64 / seconds,
            requests_per_second: record.n_requests() as f64 / seconds,
        },
        pipeline: Pipeline {
            hops: pipeline::receipts(shared.messages.hops()),
            ..Pipeline::default()
        },
        generator: generator(shared, &record, load_time, &lag, 0),
        operations: record.operations,
        workflows: record.workflows,
        errors: record.errors,
        seconds: record.seconds,
        stage: shared.target.observe().map(|seen| watch::now(seen, elapsed)),
        cpu: Vec::new(),
        faults: shared.target.faults(),
    })
}

fn facts(shared: &Shared, args: &RunArgs, started_at: Timestamp, load_time: Duration) -> RunFacts {
    let n_cpus = std::thread::available_parallelism().map_or(1, usize::from);
    RunFacts {
        system: shared.system.name.to_owned(),
        id: shared.id.clone(),
        started_at: started_at.to_string(),
        target: shared.target.label(&shared.base),
        load_seconds: load_time.as_secs_f64(),
        served_seconds: 0.0,
        drain_seconds: 0.0,
        interrupted: false,
        complete: true,
        stays: Vec::new(),
        notes: notes(shared, args),
        n_cpus,
        machines: cpu::machine().into_iter().map(|machine| (machine, n_cpus)).collect(),
    }
}

fn settings(args: &RunArgs, system: &System) -> LoadSettings {
    let rates = args.rates(system).into_iter();
    let workflows: BTreeMap<_, _> =
        rates.map(|(workflow, rate)| (workflow.id.to_owned(), rate)).collect();
    let main = system.main().map_or_else(String::new, |workflow| workflow.id.to_owned());
    LoadSettings {
        // A file may list none of the main workflow.
        rate: workflows.get(&main).copied().unwrap_or_default(),
        workflows,
        main,
        profile: args.profile.in_words(),
        arrivals: args.spacing(),
        run_time_seconds: args.run_time().as_secs_f64(),
        seed: args.seed,
        worker: args.worker,
    }
}

fn main_clock(shared: &Shared) -> Option<&SlotClock> {
    shared.system.main().and_then(|workflow| shared.clock(workflow))
}

fn throughput(
    shared: &Shared,
    ledger: &Ledger,
    record: &Record,
    load_time: Duration,
    started_at: Timestamp,
) -> Throughput {
    let main = shared.system.main();
    let planned = main_clock(shared).map_or(0, |clock| clock.schedule().n_due_within(load_time));
    let deadline = started_at + load_time + GRACE;
    let seconds = load_time.as_secs_f64().max(f64::MIN_POSITIVE);
    // Where the main workflow is owed something, being accepted is what counts; how long it waits then is its own.
    let promises = main.map(|workflow| workflow.promises).unwrap_or_default();
    let is_its = |book: &&Book| promises.iter().any(|promise| promise.id == book.promise().id);
    let is_accepted = |entry: &Entry| entry.outcome == StepOutcome::Accepted;
    let (n_accepted, in_time) = match ledger.books().find(is_its) {
        Some(book) => {
            let accepted = || book.all().filter(is_accepted);
            let in_time = accepted().filter(|entry| entry.answered_at() <= deadline).count();
            (accepted().count() as u64, in_time as u64)
        }
        None => (record.n_in_time, record.n_in_time),
    };
    Throughput {
        planned,
        in_time: in_time.min(planned),
        accepted_per_second: n_accepted as f64 / seconds,
        requests_per_second: record.n_requests() as f64 / seconds,
    }
}

fn generator(
    shared: &Shared,
    record: &Record,
    load_time: Duration,
    lag: &Latency,
    goose_requests: u64,
) -> Generator {
    let clocks = shared.clocks.iter().map(|(_, clock)| clock);
    let crew = &shared.crew;
    Generator {
        planned: clocks.clone().map(|clock| clock.schedule().n_due_within(load_time)).sum(),
        started: clocks.map(SlotClock::n_started).sum(),
        late: record.n_late,
        start_delay: record.start_delay.clone(),
        connections: shared.base.connections().figures(),
        lag: lag.clone(),
        users: crew.n_users(),
        most_users: crew.most(),
        most_visiting: crew.n_most_visiting(),
        refused: crew.n_refused(),
        goose_requests,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::system::{Promise, Workflow};

    static ORDER: Promise = Promise { id: "checkout.order", ..Promise::NEW };
    static CHECKOUT: Workflow = Workflow { id: "checkout", promises: &[&ORDER], ..Workflow::NEW };
    static SYSTEM: System = System { workflows: &[&CHECKOUT], ..System::NEW };

    #[test]
    fn promises_of_workflows_that_nobody_came_for_say_nothing() {
        let mut report = sample::report();
        let n_said = |report: &Report| of_load(&report.ledger, &SYSTEM, &report.settings).len();
        assert_eq!(n_said(&report), report.ledger.len());
        report.settings.workflows.remove("checkout");
        assert_eq!(n_said(&report), report.ledger.len() - 1);
    }
}
