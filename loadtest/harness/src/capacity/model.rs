//! What a visit costs the system, from a measured run, and what so many visits a second come to: the load is played in
//! steps of a tenth of a second against environments that start, pollers that are added, and quotas. Pure.
//!
//! Taken as it was measured: what each visit asks of API, functions, tables, bus and queues, and how long an invocation
//! takes. A function that is polled for takes as long for each message of a batch as it did in the run. Environments
//! and pollers are added as fast as AWS adds them; what finds none is throttled at the API, and waits in a queue.

use super::aws::{Aws, Quotas};
use crate::report::{FunctionFigures, Report, StageFigures};

/// Steps of a second.
const STEPS: usize = 10;

/// Seconds of a step.
const STEP: f64 = 1.0 / STEPS as f64;

/// Pollers of a queue at the start.
const FIRST_POLLERS: f64 = 5.0;

/// How long the wait for a queue to drain is played on after the load.
const LONGEST_DRAIN: f64 = 24.0 * 3_600.0;

/// What one visit costs.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// Visits a second in the run.
    pub(crate) measured_rate: f64,
    functions: Vec<Function>,
    /// Requests to the API.
    requests: f64,
    /// Events that are published.
    events: f64,
    tables: Vec<Table>,
}

#[derive(Debug, Clone)]
struct Function {
    name: String,
    /// Invocations of a visit, in the run.
    invocations: f64,
    /// Seconds of an invocation, in the run.
    seconds: f64,
    gib: f64,
    reserved: Option<f64>,
    queue: Option<Queue>,
}

#[derive(Debug, Clone)]
struct Queue {
    name: String,
    /// Messages of a visit.
    messages: f64,
    batch_size: f64,
    /// Seconds that a batch is gathered.
    window: f64,
    max_concurrency: Option<f64>,
}

#[derive(Debug, Clone)]
struct Table {
    name: String,
    /// Units of a visit.
    reads: f64,
    writes: f64,
}

/// What a rate comes to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prediction {
    pub(crate) rate: f64,
    pub(crate) functions: Vec<Load>,
    pub(crate) queues: Vec<Backlog>,
    pub(crate) tables: Vec<Charged>,
    /// The share of requests that find no environment.
    pub(crate) throttled: f64,
    pub(crate) dollars_per_hour: Vec<(&'static str, f64)>,
    /// Quotas, the one that is hit at the lowest rate first.
    pub(crate) quotas: Vec<Hit>,
}

/// A function under load.
#[derive(Debug, Clone)]
pub(crate) struct Load {
    pub(crate) name: String,
    pub(crate) invocations_per_second: f64,
    /// Environments at work at the end of the load.
    pub(crate) concurrency: f64,
}

/// A queue under load.
#[derive(Debug, Clone)]
pub(crate) struct Backlog {
    pub(crate) name: String,
    pub(crate) messages_per_second: f64,
    pub(crate) most: f64,
    /// Seconds after the load until it was empty; absent where it never was.
    pub(crate) drain_seconds: Option<f64>,
}

/// A table under load.
#[derive(Debug, Clone)]
pub(crate) struct Charged {
    pub(crate) name: String,
    pub(crate) read_units_per_second: f64,
    pub(crate) write_units_per_second: f64,
}

/// A quota, and the rate at which it is reached.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub(crate) quota: String,
    pub(crate) limit: f64,
    pub(crate) at_rate: f64,
}

impl Model {
    /// The model of a run.
    ///
    /// # Errors
    /// When the run says nothing of what a visit costs.
    pub(crate) fn of(report: &Report) -> Result<Self, String> {
        let stage = report.stage.as_ref().filter(|stage| !stage.functions.is_empty());
        let stage = stage.ok_or(
            "the report says nothing of functions: only a run on a local stage sees what a visit costs",
        )?;
        let n_visits = report.throughput.planned as f64;
        if n_visits == 0.0 || report.run.load_seconds <= 0.0 {
            return Err("the report is of a run without visits".to_owned());
        }
        if report.faults.is_some() {
            return Err(
                "the report is of a run under faults, which costs more than usual".to_owned()
            );
        }
        let functions = stage.functions.iter().filter(|one| one.invocations > 0);
        let requests: u64 = report.operations.iter().map(|one| one.latency.count).sum();
        Ok(Self {
            measured_rate: n_visits / report.run.load_seconds,
            functions: functions.map(|one| Function::of(one, stage, n_visits)).collect(),
            requests: requests as f64 / n_visits,
            events: stage.events as f64 / n_visits,
            tables: stage
                .tables
                .iter()
                .map(|one| Table {
                    name: one.name.clone(),
                    reads: one.read_units / n_visits,
                    // Each write is one to every index as well, where the item is in it.
                    writes: one.write_units * (1 + one.indexes) as f64 / n_visits,
                })
                .collect(),
        })
    }

    /// What `rate` visits a second come to that last for `seconds`.
    pub(crate) fn at(&self, rate: f64, seconds: f64, aws: &Aws) -> Prediction {
        let quotas = &aws.quotas;
        let played = self.play(rate, seconds, quotas);
        // What finds no environment reads and writes nothing.
        let served = 1.0 - played.throttled;
        let mut prediction = Prediction {
            rate,
            functions: played.loads,
            queues: played.backlogs,
            throttled: played.throttled,
            quotas: self.quotas(quotas),
            ..Prediction::default()
        };
        prediction.tables = self
            .tables
            .iter()
            .map(|table| Charged {
                name: table.name.clone(),
                read_units_per_second: table.reads * rate * served,
                write_units_per_second: table.writes * rate * served,
            })
            .collect();
        prediction.dollars_per_hour = self.dollars(rate * 3_600.0, served, aws);
        prediction
    }

    /// Plays the load and then what is left of it.
    fn play(&self, rate: f64, seconds: f64, quotas: &Quotas) -> Played {
        let mut states: Vec<State> = self.functions.iter().map(|_| State::default()).collect();
        let (mut wanted, mut refused) = (0.0, 0.0);
        let n_load = (seconds * STEPS as f64).round() as usize;
        let n_most = n_load + (LONGEST_DRAIN * STEPS as f64) as usize;
        for tick in 0..n_most {
            let (now, is_load) = (tick as f64 * STEP, tick < n_load);
            if !is_load && states.iter().all(|state| state.backlog < 1.0) {
                break;
            }
            let rate = if is_load { rate } else { 0.0 };
            // What the API refuses leads to no message.
            let share = if wanted > 0.0 { 1.0 - refused / wanted } else { 1.0 };
            for (function, state) in self.functions.iter().zip(&mut states) {
                state.arrive(function, rate, share, now, quotas);
            }
            // The first to come would get all of the account's environments, so each gets its share of them.
            let total: f64 = states.iter().map(|state| state.demand).sum();
            let part = (quotas.lambda_concurrency / total.max(f64::MIN_POSITIVE)).min(1.0);
            for (function, state) in self.functions.iter().zip(&mut states) {
                let left = state.serve(function, part);
                if function.queue.is_none() {
                    wanted += function.invocations * rate * STEP;
                    refused += left;
                } else if !is_load && state.backlog < 1.0 {
                    state.drained.get_or_insert((now - seconds).max(0.0));
                }
                if is_load {
                    state.at_end = state.busy;
                    state.done_in_load = state.done;
                }
            }
        }
        let throttled = if wanted > 0.0 { refused / wanted } else { 0.0 };
        let both = || self.functions.iter().zip(&states);
        let loads = both().map(|(function, state)| Load {
            name: function.name.clone(),
            invocations_per_second: state.done_in_load / seconds / function.batch(rate),
            concurrency: state.at_end,
        });
        let backlogs = both().filter_map(|(function, state)| {
            let queue = function.queue.as_ref()?;
            Some(Backlog {
                name: queue.name.clone(),
                messages_per_second: queue.messages * rate * (1.0 - throttled),
                most: state.most,
                drain_seconds: state.drained.or((state.backlog < 1.0).then_some(0.0)),
            })
        });
        Played { loads: loads.collect(), backlogs: backlogs.collect(), throttled }
    }

    /// Every quota, and the rate at which it is reached.
    fn quotas(&self, quotas: &Quotas) -> Vec<Hit> {
        let mut all = Vec::new();
        let mut hit = |quota: String, limit: f64, for_each_visit: f64| {
            if for_each_visit > 0.0 {
                all.push(Hit { quota, limit, at_rate: limit / for_each_visit });
            }
        };
        hit(
            "requests a second of the account's APIs".into(),
            quotas.api_requests_per_second,
            self.requests,
        );
        let busy: f64 = self.functions.iter().map(Function::busy).sum();
        hit("concurrent executions of the account".into(), quotas.lambda_concurrency, busy);
        hit("events a second of the account".into(), quotas.events_per_second, self.events);
        for function in &self.functions {
            if let Some(reserved) = function.reserved {
                hit(
                    format!("reserved concurrency of {}", function.name),
                    reserved,
                    function.busy(),
                );
            }
            if let Some(queue) = &function.queue {
                let most = queue.max_concurrency.unwrap_or(f64::INFINITY).min(quotas.sqs_pollers);
                hit(format!("invocations at a time for {}", queue.name), most, function.busy());
            }
        }
        for table in &self.tables {
            let (writes, reads) =
                (quotas.dynamodb_write_units_per_second, quotas.dynamodb_read_units_per_second);
            hit(format!("write units a second of {}", table.name), writes, table.writes);
            hit(format!("read units a second of {}", table.name), reads, table.reads);
        }
        all.sort_by(|a, b| a.at_rate.total_cmp(&b.at_rate));
        all
    }

    /// What so many visits cost, of whose requests this share is served. The API charges for all of them.
    fn dollars(&self, n_visits: f64, served: f64, aws: &Aws) -> Vec<(&'static str, f64)> {
        let prices = aws.prices;
        let rate = n_visits / 3_600.0;
        let gib_seconds: f64 = self.functions.iter().map(|one| one.busy() * one.gib).sum();
        let invocations: f64 = self.functions.iter().map(|one| one.units() / one.batch(rate)).sum();
        let reads: f64 = self.tables.iter().map(|table| table.reads).sum();
        let writes: f64 = self.tables.iter().map(|table| table.writes).sum();
        // A message is sent, and with those of its batch received and deleted.
        let queued = self.functions.iter().filter_map(|one| {
            one.queue.as_ref().map(|queue| queue.messages * (1.0 + 2.0 / one.batch(rate)))
        });
        let of = |n: f64, price: f64| n * n_visits * served * price;
        vec![
            ("API", self.requests * n_visits * prices.api_request),
            (
                "functions",
                of(gib_seconds, prices.lambda_gb_second) + of(invocations, prices.lambda_request),
            ),
            (
                "tables",
                of(writes, prices.dynamodb_write_unit) + of(reads, prices.dynamodb_read_unit),
            ),
            ("events", of(self.events, prices.event)),
            ("queues", of(queued.sum(), prices.sqs_request)),
        ]
    }
}

impl Load {
    /// Environments at work but for one moment in a hundred: independent arrivals come in clusters.
    pub(crate) fn concurrency_p99(&self) -> f64 {
        const Z: f64 = 2.33;
        (self.concurrency + Z * self.concurrency.sqrt()).ceil()
    }
}

/// A function while the load is played.
#[derive(Debug, Clone, Default)]
struct State {
    environments: f64,
    /// Messages or invocations that wait.
    backlog: f64,
    /// Environments that could be at work.
    demand: f64,
    /// Environments at work.
    busy: f64,
    /// Messages or invocations served, and those of them while the load lasted.
    done: f64,
    done_in_load: f64,
    at_end: f64,
    most: f64,
    drained: Option<f64>,
}

impl State {
    /// What comes in a step, and how many environments there are for it.
    fn arrive(&mut self, function: &Function, rate: f64, share: f64, now: f64, quotas: &Quotas) {
        let (arrivals, pollers) = match &function.queue {
            None => (function.invocations, f64::INFINITY),
            Some(queue) => (queue.messages * share, queue.pollers(now, quotas)),
        };
        self.backlog += arrivals * rate * STEP;
        let bound =
            pollers.min(function.reserved.unwrap_or(f64::INFINITY)).min(quotas.lambda_concurrency);
        // The first environments are there at once, and more are added as fast as AWS adds them.
        let added = quotas.lambda_scaling_per_10_seconds / 10.0 * STEP;
        let scaled = (self.environments + added).max(quotas.lambda_scaling_per_10_seconds);
        self.environments = scaled.min(bound);
        let wanted = self.backlog * function.seconds_each() / STEP;
        self.demand = wanted.min(self.environments);
    }

    /// Serves with a part of the environments; what invocations are left that no queue keeps.
    fn serve(&mut self, function: &Function, part: f64) -> f64 {
        self.busy = self.demand * part;
        let served = (self.busy * STEP / function.seconds_each()).min(self.backlog);
        self.done += served;
        self.backlog -= served;
        self.most = self.most.max(self.backlog);
        if function.queue.is_some() {
            return 0.0;
        }
        std::mem::take(&mut self.backlog)
    }
}

struct Played {
    loads: Vec<Load>,
    backlogs: Vec<Backlog>,
    throttled: f64,
}

impl Function {
    fn of(figures: &FunctionFigures, stage: &StageFigures, n_visits: f64) -> Self {
        let its = stage.queues.iter().find_map(|queue| {
            let receiver = queue.receivers.iter().find(|one| one.function == figures.name)?;
            Some((queue, receiver))
        });
        let queue = its.filter(|(queue, _)| queue.sent > 0).map(|(queue, receiver)| Queue {
            name: queue.name.clone(),
            messages: queue.sent as f64 / n_visits,
            batch_size: receiver.batch_size as f64,
            window: receiver.window_ms as f64 / 1e3,
            max_concurrency: receiver.max_concurrency.map(|n| n as f64),
        });
        Self {
            name: figures.name.clone(),
            invocations: figures.invocations as f64 / n_visits,
            seconds: figures.time_ms as f64 / 1e3 / figures.invocations as f64,
            gib: figures.memory_mib as f64 / 1_024.0,
            reserved: figures.reserved.map(|n| n as f64),
            queue,
        }
    }

    /// What it is given for each visit: messages of its queue, or invocations.
    fn units(&self) -> f64 {
        self.queue.as_ref().map_or(self.invocations, |queue| queue.messages)
    }

    /// Seconds at work for each visit, and so environments at work for each visit a second.
    fn busy(&self) -> f64 {
        self.invocations * self.seconds
    }

    /// Seconds for each message or invocation.
    fn seconds_each(&self) -> f64 {
        (self.busy() / self.units().max(f64::MIN_POSITIVE)).max(1e-6)
    }

    /// Messages of an invocation at this rate: as many as come while a batch is gathered, or else while one is under way
    /// on each of the first pollers.
    fn batch(&self, rate: f64) -> f64 {
        let Some(queue) = &self.queue else { return 1.0 };
        let measured = queue.messages / self.invocations.max(f64::MIN_POSITIVE);
        let under_way = self.seconds_each() / FIRST_POLLERS;
        let arriving = queue.messages * rate * queue.window.max(under_way);
        arriving.max(measured).clamp(1.0, queue.batch_size.max(1.0))
    }
}

impl Queue {
    /// Invocations at a time after so many seconds.
    fn pollers(&self, after: f64, quotas: &Quotas) -> f64 {
        let grown = quotas.sqs_pollers_at_start + quotas.sqs_pollers_per_minute * after / 60.0;
        grown.min(quotas.sqs_pollers).min(self.max_concurrency.unwrap_or(f64::INFINITY))
    }
}
