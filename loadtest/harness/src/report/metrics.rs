//! The figures of a run as metrics: names, units and points, which OpenMetrics and OTLP write each in its own way.

use crate::heat::BANDS;
use crate::latency::Latency;
use crate::record::Figures;

use super::Report;

/// A metric and all its points.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Metric {
    /// Without the suffix of its kind.
    pub(crate) name: &'static str,
    pub(crate) help: &'static str,
    /// `s` or `1`.
    pub(crate) unit: &'static str,
    pub(crate) kind: Kind,
    pub(crate) points: Vec<Point>,
}

/// What a metric's values do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// They only grow.
    Counter,
    /// They are as things are now.
    Gauge,
    /// They are distributions.
    Histogram,
}

/// One value and what it is of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Point {
    pub(crate) labels: Vec<(&'static str, String)>,
    pub(crate) value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Count(u64),
    Number(f64),
    Histogram(Histogram),
}

/// A distribution by fixed bounds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Histogram {
    /// How many lie within each of [`bounds`] and above the one before; the last are above all.
    pub(crate) counts: Vec<u64>,
    pub(crate) count: u64,
    /// In seconds.
    pub(crate) sum: f64,
    pub(crate) min: f64,
    pub(crate) max: f64,
}

/// Upper bounds of histograms, in seconds.
pub(crate) fn bounds() -> impl Iterator<Item = f64> {
    BANDS.iter().map(|us| seconds(*us))
}

fn seconds(us: u64) -> f64 {
    us as f64 / 1e6
}

impl Histogram {
    fn of(latency: &Latency) -> Self {
        let mut counts = vec![0; BANDS.len() + 1];
        for (us, count) in &latency.buckets {
            counts[BANDS.partition_point(|end| end < us)] += count;
        }
        let sum = latency.buckets.iter().map(|(us, count)| seconds(*us) * *count as f64).sum();
        let (min, max) = (seconds(latency.min_us), seconds(latency.max_us));
        Self { counts, count: latency.count, sum, min, max }
    }
}

type Labels<'a> = &'a [(&'static str, &'a str)];

fn point(labels: Labels<'_>, value: Value) -> Point {
    let labels = labels.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Point { labels, value }
}

fn count(labels: Labels<'_>, count: u64) -> Point {
    point(labels, Value::Count(count))
}

fn distribution(labels: Labels<'_>, latency: &Latency) -> Point {
    point(labels, Value::Histogram(Histogram::of(latency)))
}

fn metric(
    kind: Kind,
    name: &'static str,
    unit: &'static str,
    help: &'static str,
    points: Vec<Point>,
) -> Metric {
    Metric { name, help, unit, kind, points }
}

/// Everything that a report says as metrics; those without a point are left out.
pub(crate) fn of(report: &Report) -> Vec<Metric> {
    let mut all = visits(report);
    all.extend(requests(report));
    all.extend(promises(report));
    all.extend(stage(report));
    all.retain(|metric| !metric.points.is_empty());
    all
}

fn visits(report: &Report) -> Vec<Metric> {
    let generator = &report.generator;
    let one = |value| vec![point(&[], value)];
    let (counter, gauge) = (Kind::Counter, Kind::Gauge);
    vec![
        metric(
            counter,
            "loadtest_visits_due",
            "1",
            "Visits that fell due.",
            one(Value::Count(generator.planned)),
        ),
        metric(
            counter,
            "loadtest_visits_started",
            "1",
            "Visits that started.",
            one(Value::Count(generator.started)),
        ),
        metric(
            counter,
            "loadtest_visits_late",
            "1",
            "Visits that started more than 25 ms after they were due.",
            one(Value::Count(generator.late)),
        ),
        metric(
            gauge,
            "loadtest_users",
            "1",
            "Virtual users.",
            one(Value::Count(generator.users as u64)),
        ),
        metric(
            gauge,
            "loadtest_generator_delay_seconds",
            "s",
            "How late the load generator itself woke, at p99.",
            one(Value::Number(seconds(generator.lag.p99_us))),
        ),
        metric(
            Kind::Histogram,
            "loadtest_visit_duration_seconds",
            "s",
            "From the time that a visit was due to its end.",
            durations(&report.workflows, "workflow"),
        ),
    ]
}

fn durations(all: &[Figures], label: &'static str) -> Vec<Point> {
    all.iter().map(|figures| distribution(&[(label, &figures.name)], &figures.latency)).collect()
}

fn requests(report: &Report) -> Vec<Metric> {
    let outcomes = report.operations.iter().flat_map(|figures| {
        let of = |outcome, n| count(&[("operation", &figures.name), ("outcome", outcome)], n);
        [of("ok", figures.ok), of("failed", figures.failed)]
    });
    let failures = report.errors.iter().map(|error| {
        count(&[("operation", &error.operation), ("cause", &error.cause)], error.count)
    });
    vec![
        metric(Kind::Counter, "loadtest_requests", "1", "Requests that ended.", outcomes.collect()),
        metric(Kind::Counter, "loadtest_failures", "1", "Failures by cause.", failures.collect()),
        metric(
            Kind::Histogram,
            "loadtest_request_duration_seconds",
            "s",
            "How long requests took, the first of a visit from the time that it was due; failures count like successes.",
            durations(&report.operations, "operation"),
        ),
    ]
}

fn promises(report: &Report) -> Vec<Metric> {
    let states = report.ledger.iter().flat_map(|tally| {
        let of = |state, n| count(&[("promise", &tally.promise), ("state", state)], n);
        [
            of("sent", tally.sent),
            of("accepted", tally.accepted),
            of("refused", tally.refused),
            of("unknown", tally.unknown),
            of("once", tally.once),
            of("doubled", tally.doubled),
            of("lost", tally.lost),
            of("unpromised", tally.unpromised),
            of("open", tally.open),
        ]
    });
    let hops = report.pipeline.hops.iter().map(|hop| {
        let (from, to) = hop.ends();
        distribution(&[("from", from), ("to", to)], &hop.latency)
    });
    vec![
        // Looks replace each other and open promises are kept, so none of these only grows.
        metric(
            Kind::Gauge,
            "loadtest_promises",
            "1",
            "Promises by what became of them.",
            states.collect(),
        ),
        metric(
            Kind::Histogram,
            "loadtest_pipeline_duration_seconds",
            "s",
            "From asked to kept, and from publication to receipt.",
            hops.collect(),
        ),
    ]
}

fn stage(report: &Report) -> Vec<Metric> {
    let Some(stage) = &report.stage else { return Vec::new() };
    let functions = |read: fn(&super::FunctionFigures) -> u64| {
        let of = |one: &super::FunctionFigures| count(&[("function", &one.name)], read(one));
        stage.functions.iter().map(of).collect()
    };
    let now = stage.samples.last();
    let queues = now.iter().flat_map(|sample| &sample.queues);
    let each = |name, help, read| metric(Kind::Counter, name, "1", help, functions(read));
    let gauge = Kind::Gauge;
    vec![
        each("loadtest_invocations", "Invocations of functions.", |one| one.invocations),
        each("loadtest_function_errors", "Invocations that failed.", |one| one.errors),
        each("loadtest_throttles", "Invocations turned away.", |one| one.throttles),
        each("loadtest_cold_starts", "Execution environments started.", |one| one.cold_starts),
        metric(
            gauge,
            "loadtest_queue_messages",
            "1",
            "Messages in queues, waiting or in flight.",
            queues.map(|(queue, depth)| count(&[("queue", queue)], *depth)).collect(),
        ),
        metric(
            gauge,
            "loadtest_dead_letters",
            "1",
            "Messages in dead-letter queues.",
            vec![count(&[], stage.dead_letters)],
        ),
        metric(
            gauge,
            "loadtest_environments",
            "1",
            "Execution environments.",
            now.iter().map(|sample| count(&[], sample.environments)).collect(),
        ),
    ]
}
