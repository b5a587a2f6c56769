//! A run from beginning to end: stage, catalogue, load, drain, audit, report. Each step is a module of its
//! own; this one puts them in order and makes sure that what was started is ended.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use goose::metrics::GooseMetrics;
use jiff::Timestamp;
use tokio::time::Instant;
use uuid::Uuid;

use crate::catalogue;
use crate::cleanup::{self, Cleaned};
use crate::cli::RunArgs;
use crate::clock::{Schedule, SlotClock, StartLine};
use crate::customer::Customers;
use crate::drain::{self, Drained};
use crate::expect::{Base, failed, http_client};
use crate::interrupt::Interrupt;
use crate::journeys::{Journey, Shared};
use crate::ledger::Ledger;
use crate::operation::Operation;
use crate::pipeline::{self, Pipeline};
use crate::progress::Progress;
use crate::record::{Record, Recorder};
use crate::report::{
    CpuShare, Generator, LoadSettings, Report, RunFacts, SCHEMA, StageFigures, Throughput,
};
use crate::shop;
use crate::slo::{Measured, Objectives, share};
use crate::target::Target;
use crate::terminal::count;
use crate::verdict;
use crate::watch::Watch;

/// An answer that comes within this time of the last slot still counts for the throughput.
const GRACE: Duration = Duration::from_millis(500);

/// Makes a run and reports on it.
///
/// # Errors
/// When it could not be made: no build, no stage, no answer from the target. Anything that happens once
/// customers come is in the report.
pub async fn run(
    args: &RunArgs,
    objectives: &Objectives,
    interrupt: &Interrupt,
    progress: &Progress,
) -> anyhow::Result<Report> {
    let client = http_client().context("cannot set up an HTTP client")?;
    let (target, url) = Target::start(args, progress).await?;
    let base = Base::new(client, &url);
    let report = load(args, objectives, interrupt, progress, &target, base).await;
    if let Some(target) = Arc::into_inner(target) {
        target.shutdown().await;
    }
    report
}

async fn load(
    args: &RunArgs,
    objectives: &Objectives,
    interrupt: &Interrupt,
    progress: &Progress,
    target: &Arc<Target>,
    base: Base,
) -> anyhow::Result<Report> {
    let id = run_id();
    if !target.is_ours() {
        progress.done("creates", &cleanup::announcement(args, &id, target));
    }
    let shared = Arc::new(prepare(args, &id, base, progress).await?);
    let driven = drive(args, interrupt, progress, target, &shared).await;
    // Also after a run that failed: what it made is not left to others.
    let cleaned = if target.is_ours() {
        Cleaned::default()
    } else {
        let cleaned = cleanup::clean_up(target, &shared).await;
        progress.done("clean up", &format!("{} removed", cleaned.removed));
        for stays in &cleaned.stays {
            progress.done("stays", stays);
        }
        cleaned
    };
    let ending = Ending { id, stays: cleaned.stays, ..driven? };
    Ok(report(args, objectives, interrupt, target, &shared, ending))
}

/// Sends the customers, waits for their orders and looks at everything once more.
async fn drive(
    args: &RunArgs,
    interrupt: &Interrupt,
    progress: &Progress,
    target: &Arc<Target>,
    shared: &Arc<Shared>,
) -> anyhow::Result<Ending> {
    let users = args.users();
    let watch = Watch::start(target);
    let everybody = args.faults.is_some();
    let attack = crate::attack::run(shared, &users, args.run_time, everybody, interrupt);
    let goose = tokio::select! {
        metrics = attack => metrics.context("goose could not run the load")?,
        () = progress.follow(shared, args.run_time) => return Err(anyhow!("the progress display ended")),
    };
    let load_ended = Instant::now();
    let cpu = watch.cpu();
    progress.done("load", &loaded(shared, &goose));

    let drained = tokio::select! {
        drained = drain::drain(shared, target.as_ref(), args.drain(), interrupt) => drained,
        () = progress.follow_drain(shared) => Drained::Interrupted,
    };
    let audit = drain::audit(shared, target.is_ours(), drained).await;
    let drain_time = load_ended.elapsed();
    progress.done("drain", &format!("{} in {:.1} s", drained.in_words(), drain_time.as_secs_f64()));
    let load_began = shared.line.started_at().unwrap_or(load_ended);
    let stage = watch.finish(load_began).await;
    let (id, stays) = (String::new(), Vec::new());
    Ok(Ending { id, load_ended, drain_time, drained, audit, stage, cpu, goose, stays })
}

/// Stocks the shop and lines everything up for the first customer.
async fn prepare(
    args: &RunArgs,
    id: &str,
    base: Base,
    progress: &Progress,
) -> anyhow::Result<Shared> {
    // One look at the catalogue tells whether anybody is there who speaks the contract.
    let look = async || base.send(shop::list_products(None)).await;
    // A stage on which things go wrong is asked again; any other is there or is not.
    let looked = if args.faults.is_some() { drain::patiently(look).await } else { look().await };
    looked.map_err(|cause| {
        anyhow!(
            "{} does not answer as a shop: {}",
            base.url(),
            failed(Operation::ListProducts, &cause)
        )
    })?;
    let catalogue = catalogue::stock(&base, id)
        .await
        .map_err(|cause| anyhow!("{} does not take products: {cause}", base.url()))?;
    progress.done("catalogue", &format!("{} products", catalogue.len()));
    let clocks = args
        .rates()
        .into_iter()
        .map(|(journey, rate)| (journey, SlotClock::new(Schedule::new(rate, args.run_time))));
    Ok(Shared {
        base,
        customers: Customers::new(id, args.seed),
        catalogue,
        recorder: Recorder::default(),
        ledger: Default::default(),
        line: StartLine::new(args.users().values().sum()),
        clocks: clocks.collect(),
    })
}

/// What is known once the ledger is closed.
struct Ending {
    id: String,
    load_ended: Instant,
    drain_time: Duration,
    drained: Drained,
    audit: Result<(), String>,
    stage: Option<StageFigures>,
    cpu: Vec<CpuShare>,
    goose: GooseMetrics,
    /// What the run made and could not remove.
    stays: Vec<String>,
}

fn report(
    args: &RunArgs,
    objectives: &Objectives,
    interrupt: &Interrupt,
    target: &Target,
    shared: &Shared,
    ending: Ending,
) -> Report {
    let start = shared.line.started_at().unwrap_or(ending.load_ended);
    let now = Instant::now();
    let started_at = Timestamp::now() - (now - start);
    let load_ended = shared.line.stopped_at().unwrap_or(ending.load_ended);
    let load_time = load_ended.saturating_duration_since(start).min(args.run_time);
    let mut record = shared.recorder.finish();
    let ledger = shared.ledger();
    let pipeline = Pipeline::measure(&ledger);
    pipeline::enter_orders(&mut record.seconds, &ledger, pipeline.clocks, started_at);
    let tally = ledger.tally();
    let throughput = throughput(shared, &ledger, &record, load_time, started_at);
    drop(ledger);
    let under_faults = objectives.under_faults();
    let objectives = if args.faults.is_some() { &under_faults } else { objectives };
    let judged = objectives.judge(&Measured {
        operations: &record.operations,
        pipeline: &pipeline,
        tally: &tally,
        checkouts_planned: throughput.planned,
        checkouts_in_time: throughput.in_time,
    });
    let generator = generator(shared, &record, load_time, &ending.goose);
    let n_late = generator.late + generator.planned.saturating_sub(generator.started);
    let late_share = share(n_late, generator.planned).unwrap_or_default();
    let verdict = verdict::reach(&verdict::Findings {
        objectives: &judged,
        tally: &tally,
        drained: ending.drained,
        audit: ending.audit.as_ref().err().map(String::as_str),
        late_share,
        late_limit: objectives.generator.late_share,
    });
    Report {
        schema: SCHEMA,
        run: RunFacts {
            id: ending.id,
            started_at: started_at.to_string(),
            target: target.label(&shared.base),
            load_seconds: load_time.as_secs_f64(),
            drain_seconds: ending.drain_time.as_secs_f64(),
            interrupted: interrupt.pressed(1),
            stays: ending.stays,
            n_cpus: std::thread::available_parallelism().map_or(1, usize::from),
        },
        settings: LoadSettings {
            rate: args.rate,
            journeys: args.rates(),
            users: args.users().values().sum(),
            run_time_seconds: args.run_time.as_secs_f64(),
            seed: args.seed,
        },
        verdict,
        objectives: judged,
        ledger: tally,
        throughput,
        operations: record.operations.into_iter().map(|(_, figures)| figures).collect(),
        journeys: record.journeys,
        pipeline,
        generator,
        errors: record.errors,
        seconds: record.seconds,
        stage: ending.stage,
        cpu: ending.cpu,
        faults: target.faults(),
    }
}

fn throughput(
    shared: &Shared,
    ledger: &Ledger,
    record: &Record,
    load_time: Duration,
    started_at: Timestamp,
) -> Throughput {
    let clock = shared.clock(Journey::Checkout);
    let planned = clock.map_or(0, |clock| clock.schedule().n_due_within(load_time));
    let deadline = started_at + load_time + GRACE;
    let accepted = ledger.entries().filter(|(_, entry)| entry.receipt().is_some());
    let n_accepted = accepted.clone().count();
    let in_time = accepted.filter(|(_, entry)| entry.answered_at <= deadline).count();
    let n_requests: u64 = record.operations.iter().map(|(_, figures)| figures.latency.count).sum();
    let seconds = load_time.as_secs_f64().max(f64::MIN_POSITIVE);
    Throughput {
        planned,
        in_time: in_time as u64,
        accepted_per_second: n_accepted as f64 / seconds,
        requests_per_second: n_requests as f64 / seconds,
    }
}

fn generator(
    shared: &Shared,
    record: &Record,
    load_time: Duration,
    goose: &GooseMetrics,
) -> Generator {
    let clocks = shared.clocks.iter().map(|(_, clock)| clock);
    Generator {
        planned: clocks.clone().map(|clock| clock.schedule().n_due_within(load_time)).sum(),
        started: clocks.map(SlotClock::n_started).sum(),
        late: record.n_late,
        start_delay: record.start_delay.clone(),
        goose_requests: goose_requests(goose),
    }
}

fn goose_requests(goose: &GooseMetrics) -> u64 {
    let counts = goose.requests.values();
    counts.map(|request| (request.success_count + request.fail_count) as u64).sum()
}

fn loaded(shared: &Shared, goose: &GooseMetrics) -> String {
    let n_entries = shared.ledger().n_entries();
    let requests = shared.recorder.glance().requests;
    let users = goose.total_users as u64;
    format!("{} checkouts, {} requests, {} users", count(n_entries), count(requests), count(users))
}

/// Eight hexadecimal digits that tell this run's customers from all others'.
fn run_id() -> String {
    let id = Uuid::new_v4().simple().to_string();
    id.chars().take(8).collect()
}
