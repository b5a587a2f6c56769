//! A run from beginning to end: target, preparation, load, drain, audit, report. Each step is a module of its
//! own; this one puts them in order and makes sure that what was started is ended.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use goose::metrics::GooseMetrics;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::time::Instant;
use uuid::Uuid;

use crate::attack::Attack;
use crate::base::{Base, timed_client};
use crate::callers::Callers;
use crate::cause::Cause;
use crate::cleanup;
use crate::clock::{SlotClock, StartLine};
use crate::crew::Crew;
use crate::drain::{self, Drained};
use crate::exports::{self, Exports, Source};
use crate::feeds::Feeds;
use crate::interrupt::Interrupt;
use crate::lag::Lag;
use crate::latency::Latency;
use crate::lines::Lines;
use crate::messages::Messages;
use crate::options::{RunArgs, StageChoice};
use crate::partial::Partial;
use crate::progress::Progress;
use crate::record::Recorder;
use crate::report::{CpuShare, Report, StageFigures};
use crate::shared::{Shared, prefix};
use crate::slo::Objectives;
use crate::summary;
use crate::system::{Scheme, System, Workflow};
use crate::target::{Around, Target};
use crate::terminal::count;
use crate::visit::Visit;
use crate::watch::Watch;

/// The most time that one run of a workflow before the load takes.
const LONGEST_BEFORE: Duration = Duration::from_secs(600);

/// Why a run of a workflow before the load was broken off.
fn endless() -> Cause {
    Cause::Ends(format!("the workflow was not over after {} s", LONGEST_BEFORE.as_secs()))
}

/// How long before the common start a worker must be ready: goose needs a moment to start its users.
const READY: Duration = Duration::from_secs(1);

/// What runs are made of.
#[derive(Clone, Copy)]
pub struct Runner<'a> {
    /// What was asked for.
    pub args: &'a RunArgs,
    /// What is loaded.
    pub system: &'static System,
    /// The folder with `spec` and `generated`.
    pub workspace: &'a Path,
    /// What is held against.
    pub objectives: &'a Objectives,
    /// Where inputs come from.
    pub feeds: &'a Arc<Feeds>,
    /// Ends the run early.
    pub interrupt: &'a Interrupt,
    /// Tells how far it is.
    pub progress: &'a Progress,
}

/// What is known once the ledger is closed.
pub(crate) struct Ending {
    pub(crate) load_ended: Instant,
    pub(crate) drain_time: Duration,
    pub(crate) drained: Drained,
    /// The queues that held messages then, with how many.
    pub(crate) pending: Vec<String>,
    pub(crate) audit: Result<(), String>,
    pub(crate) stage: Option<StageFigures>,
    pub(crate) cpu: Vec<CpuShare>,
    pub(crate) lag: Latency,
    pub(crate) goose: GooseMetrics,
    /// What the run made and could not remove; known once it was cleaned up.
    pub(crate) stays: Vec<String>,
}

impl Runner<'_> {
    /// Makes a run and reports on it.
    ///
    /// # Errors
    /// When it could not be made: no build, no stage, no answer from the target. Anything that happens once
    /// customers come is in the report.
    pub async fn run(&self) -> anyhow::Result<Report> {
        let id = run_id();
        let messages = Arc::new(Messages::new(self.system));
        let lines = Arc::new(Lines::default());
        let (client, connections) = timed_client().context("cannot create an HTTP client")?;
        let around = Around {
            workspace: self.workspace,
            run: &id,
            system: self.system,
            messages: &messages,
            lines: &lines,
        };
        let metrics = match self.args.metrics {
            Some(address) => Some(exports::listen(address).await?),
            None => None,
        };
        if self.args.stage != StageChoice::Local {
            self.interrupt.would_leave(format!(
                "left behind, if this run made them: rules, queues and items whose names start with {}\n",
                prefix(&id)
            ));
        }
        let (target, url) = Target::start(self.args, &around, self.progress).await?;
        let base = Base::new(client, &url).timed(connections);
        let mut report = self.load(&target, base, id, messages, metrics).await;
        if let Ok(report) = &mut report {
            explain(report, &lines);
        }
        match Arc::into_inner(target) {
            Some(target) => target.shutdown().await,
            None => self
                .progress
                .done("note", "the target could not be shut down: a task still uses it"),
        }
        report
    }

    async fn load(
        &self,
        target: &Arc<Target>,
        base: Base,
        id: String,
        messages: Arc<Messages>,
        metrics: Option<TcpListener>,
    ) -> anyhow::Result<Report> {
        let prepared = self.prepare(target, base, id, messages);
        let shared = match prepared {
            Ok(shared) => Arc::new(shared),
            Err(error) => {
                // What was made to see messages is not left to others.
                target.unwatch().await;
                return Err(error);
            }
        };
        if !target.is_ours() {
            let announced = cleanup::announcement(&shared, self.args.run_time());
            self.progress.done("creates", &announced);
        }
        for note in summary::notes(&shared, self.args) {
            self.progress.done("note", &note);
        }
        let before = tokio::select! {
            before = self.before(&shared) => before,
            () = self.interrupt.wait(1) => Err(anyhow!("interrupted before the load began")),
        };
        let driven = match before {
            Ok(()) => self.drive(target, &shared, metrics).await,
            Err(error) => Err(error),
        };
        // Also after a run that failed: what it made is not left to others.
        let mut stays = target.unwatch().await;
        if !target.is_ours() {
            let cleaned = cleanup::clean_up(&shared).await;
            self.progress.done("clean up", &removed(&cleaned.removed));
            stays.extend(cleaned.stays);
            for stays in &stays {
                self.progress.done("stays", stays);
            }
        }
        let mut ending = driven?;
        ending.stays = stays;
        let report = summary::report(self, target, &shared, ending);
        if let Some(collector) = &self.args.otlp
            && let Err(error) = exports::send(collector, &report).await
        {
            self.progress.done("note", &format!("--otlp: {error:#}"));
        }
        Ok(report)
    }

    /// Lines everything up for the first customer.
    fn prepare(
        &self,
        target: &Arc<Target>,
        base: Base,
        id: String,
        messages: Arc<Messages>,
    ) -> anyhow::Result<Shared> {
        let args = self.args;
        let schedules = args.schedules(self.system).map_err(|error| anyhow!(error))?;
        let clocks = args.rates(self.system).into_iter().zip(schedules);
        let clocks = clocks.map(|((workflow, _), (_, schedule))| {
            (workflow, SlotClock::new(schedule.part(args.part())))
        });
        let n_users = args.first_users(self.system).iter().map(|(_, n_users)| n_users).sum();
        let callers = self.callers(target, base.url());
        Ok(Shared {
            id,
            seed: args.seed,
            system: self.system,
            target: Arc::clone(target),
            base,
            callers,
            feeds: Arc::clone(self.feeds),
            recorder: Recorder::new(self.system.main().map_or("", |workflow| workflow.id)),
            messages,
            line: StartLine::new(n_users, args.start_at.map(instant)),
            clocks: clocks.collect(),
            crew: Crew::new(n_users, args.users.map(|users| users as usize)),
            outputs: Mutex::default(),
            made: Mutex::default(),
        })
    }

    fn callers(&self, target: &Target, url: &str) -> Callers {
        let stage = target.local();
        let needs = self.system.operations.iter().flat_map(|one| one.security.iter());
        let schemes = needs.flat_map(|all| all.iter()).map(|need| need.scheme);
        let keys: BTreeMap<_, _> = schemes
            .filter_map(|scheme| match scheme {
                Scheme::ApiKey { resource: Some(resource), .. } => {
                    Some((*resource, stage?.api_key(resource)?.to_owned()))
                }
                _ => None,
            })
            .collect();
        let by_url = || stage::cli::issuer_of(url, self.workspace);
        let given = self.args.token.is_some();
        let issuer = match stage {
            Some(stage) => Some(stage.issuer().clone()),
            None => by_url().filter(|_| !given),
        };
        Callers::new(issuer, keys).and_given(self.args)
    }

    /// Runs the workflows that come before the load.
    async fn before(&self, shared: &Arc<Shared>) -> anyhow::Result<()> {
        for workflow in self.system.workflows.iter().filter(|workflow| workflow.before > 0) {
            let began = Instant::now();
            for slot in 0..u64::from(workflow.before) {
                let mut visit = Visit::beside(shared, workflow, slot);
                // Steps may lead in a circle that a target never lets end.
                let ran = tokio::time::timeout(LONGEST_BEFORE, visit.walk()).await;
                let ran = ran.unwrap_or_else(|_| Err(endless()));
                ran.map_err(|cause| failed(shared, workflow, &cause))?;
            }
            let took = began.elapsed().as_secs_f64();
            self.progress.done(
                "before",
                &format!("{} times {} in {took:.1} s", workflow.before, workflow.id),
            );
        }
        Ok(())
    }

    /// Sends the customers, waits for what they are owed and looks at everything once more.
    async fn drive(
        &self,
        target: &Arc<Target>,
        shared: &Arc<Shared>,
        metrics: Option<TcpListener>,
    ) -> anyhow::Result<Ending> {
        let (args, interrupt, progress) = (self.args, self.interrupt, self.progress);
        let (users, run_time) = (args.first_users(self.system), args.run_time());
        if let Some(start_at) = args.start_at.filter(|at| instant(*at) < Instant::now() + READY) {
            bail!(
                "the load had to start at {start_at}, but this worker was ready only at {}",
                Timestamp::now()
            );
        }
        let watch = Watch::start(target);
        let lag = Lag::start();
        let source = Source::new(args, shared, lag.late());
        let partial = Partial::start(&source, progress);
        let exports = Exports::start(&source, metrics, progress);
        let attack = Attack { shared, users: &users, run_time, patience: args.drain(), interrupt };
        let goose = tokio::select! {
            metrics = attack.run() => metrics.context("goose could not run the load")?,
            () = progress.follow(shared, run_time) => return Err(anyhow!("the progress display ended")),
        };
        let load_ended = Instant::now();
        partial.end().await;
        let (cpu, lag) = (watch.cpu(), lag.end());
        progress.done("load", &loaded(shared));

        let drained = tokio::select! {
            drained = drain::drain(shared, target.as_ref(), args.drain(), interrupt) => drained,
            () = progress.follow_drain(shared) => Drained::Interrupted,
        };
        let pending = pending(target);
        let audit = tokio::select! {
            audit = drain::audit(shared, target.is_ours(), drained) => audit,
            () = interrupt.wait(2) => Err("interrupted".to_owned()),
        };
        let audit = match shared.ledger().fault() {
            Some(fault) => Err(format!("the ledger cannot be read back: {fault}")),
            None => audit,
        };
        let drain_time = load_ended.elapsed();
        progress
            .done("drain", &format!("{} in {:.1} s", drained.in_words(), drain_time.as_secs_f64()));
        exports.end().await;
        let load_began = shared.line.started_at().unwrap_or(load_ended);
        let stage = watch.finish(load_began).await;
        Ok(Ending {
            load_ended,
            drain_time,
            drained,
            pending,
            audit,
            stage,
            cpu,
            lag,
            goose,
            stays: Vec::new(),
        })
    }
}

/// What lies in queues.
fn pending(target: &Target) -> Vec<String> {
    let queues = target.observe().map(|seen| seen.queues).unwrap_or_default();
    let held = queues.into_iter().filter(|(_, depth)| *depth > 0);
    held.map(|(name, depth)| format!("{name}: {}", count(depth))).collect()
}

/// Adds to each sample of a failure the log lines of its trace.
fn explain(report: &mut Report, lines: &Lines) {
    for sample in report.errors.iter_mut().flat_map(|error| &mut error.samples) {
        sample.log = sample.trace_id.as_deref().map(|id| lines.of_trace(id)).unwrap_or_default();
    }
}

fn failed(shared: &Shared, workflow: &Workflow, cause: &Cause) -> anyhow::Error {
    anyhow!(
        "{} does not respond as {}: {}: {cause}",
        shared.base.url(),
        shared.system.name,
        workflow.id
    )
}

/// An instant of the wall clock, by the clock that slots go by.
fn instant(at: Timestamp) -> Instant {
    let (now, here) = (Timestamp::now(), Instant::now());
    match Duration::try_from(at.duration_since(now)) {
        Ok(ahead) => here + ahead,
        Err(_) => here.checked_sub(now.duration_since(at).unsigned_abs()).unwrap_or(here),
    }
}

fn removed(all: &[String]) -> String {
    if all.is_empty() {
        "nothing to delete".to_owned()
    } else {
        format!("{} deleted", all.join(", "))
    }
}

fn loaded(shared: &Shared) -> String {
    let n_visits: u64 = shared.clocks.iter().map(|(_, clock)| clock.n_started()).sum();
    let requests = shared.recorder.glance().requests;
    let users = shared.crew.n_users() as u64;
    format!(
        "{} workflow runs, {} requests, {} users",
        count(n_visits),
        count(requests),
        count(users)
    )
}

/// Eight hexadecimal digits that tell this run's customers from all others'.
fn run_id() -> String {
    let id = Uuid::new_v4().simple().to_string();
    id.chars().take(8).collect()
}
