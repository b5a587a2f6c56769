//! The figures of the HTML report: which chart shows what. `svg` draws them.

use std::collections::BTreeMap;

use super::heat_map;
use super::svg::{Axis, Chart, Note, Scale, Series};
use super::{CpuShare, Report, Sample};
use crate::latency::Latency;
use crate::record::{Point, Second};
use crate::terminal::{count, time_us};

/// How many colours the style sheet has.
pub(super) const N_COLORS: usize = 7;

/// A chart with its title and legend.
pub(super) struct Figure {
    pub(super) title: String,
    pub(super) legend: Vec<Key>,
    pub(super) svg: String,
}

/// One entry of a legend.
pub(super) struct Key {
    pub(super) color: usize,
    pub(super) name: String,
}

impl Figure {
    fn new(title: &str, chart: &Chart) -> Self {
        let keys = chart.series.iter().map(|s| Key { color: s.color, name: s.name.clone() });
        Self { title: title.to_owned(), legend: keys.collect(), svg: chart.render() }
    }
}

/// Second by second: what got through, and how long it took.
pub(super) fn course(report: &Report) -> Vec<Figure> {
    let mut figures = Vec::new();
    if !report.ledger.is_empty() {
        figures.push(promises(report));
    }
    figures.push(requests(report));
    figures.push(latency_over_time(
        report,
        &format!("Customer run duration: {}", report.settings.main),
        (1, 2),
        per_second(report, |second| gap(second.visit_p50_us)),
        per_second(report, |second| gap(second.visit_p99_us)),
    ));
    if !report.ledger.is_empty() {
        figures.push(latency_over_time(
            report,
            "Asked → done, all expected outcomes",
            (3, 4),
            per_second(report, |second| gap(second.kept_p50_us)),
            per_second(report, |second| gap(second.kept_p99_us)),
        ));
    }
    figures
}

/// Each operation, second by second: its percentiles, and beside them how all its latencies were spread.
pub(super) fn operations(report: &Report) -> Vec<Figure> {
    let end = whole_seconds(report).len();
    let mut all = Vec::new();
    for figures in &report.operations {
        let points = |read: fn(&Point) -> u64| {
            let course = figures.course.iter().take(end).enumerate();
            course.map(|(index, point)| (index as f64 + 0.5, gap(read(point)))).collect()
        };
        let (p50, p99) = (points(|point| point.p50_us), points(|point| point.p99_us));
        all.push(latency_over_time(report, &figures.name, (1, 2), p50, p99));
        if let Some(svg) = heat_map::render(&figures.name, &figures.heat) {
            let title = format!("{}, all latencies", figures.name);
            all.push(Figure { title, legend: Vec::new(), svg });
        }
    }
    all
}

fn promises(report: &Report) -> Figure {
    pair(
        report,
        "Expected outcomes per second",
        ("accepted", 1, |second| second.accepted),
        ("kept", 2, |second| second.kept),
        ["expected", "completed"],
    )
}

fn requests(report: &Report) -> Figure {
    pair(
        report,
        "Requests per second",
        ("requests", 3, |second| second.requests),
        ("failed", 5, |second| second.errors),
        ["requests", "failed"],
    )
}

/// A line of a figure: its name, its color, and what it shows of each second.
type Line = (&'static str, usize, fn(&Second) -> u64);

/// Two counts of each second, the first as an area; `nouns` are said where one points.
fn pair(report: &Report, title: &str, first: Line, then: Line, nouns: [&str; 2]) -> Figure {
    let line = |(name, color, read): Line, filled| {
        series(name, color, filled, per_second(report, |second| read(second) as f64))
    };
    let lines = vec![line(first, true), line(then, false)];
    let mut chart = over_time(report, lines, |value| count(value as u64));
    chart.description = title.to_owned();
    chart.notes = notes(report, |second| {
        format!("{} {}, {} {}", first.2(second), nouns[0], then.2(second), nouns[1])
    });
    Figure::new(title, &chart)
}

/// The most points of a line over time, and the most stretches of one that are told of when pointed at.
const MOST_POINTS: usize = 600;
const MOST_NOTES: usize = 240;

/// Of each stretch the highest, where there are more points than an eye tells apart.
fn coarse(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let n_each = points.len().div_ceil(MOST_POINTS).max(1);
    let highest = |all: &[(f64, f64)]| {
        let finite = all.iter().filter(|point| point.1.is_finite());
        finite.max_by(|a, b| a.1.total_cmp(&b.1)).or(all.first()).copied()
    };
    points.chunks(n_each).filter_map(highest).collect()
}

fn latency_over_time(
    report: &Report,
    title: &str,
    colors: (usize, usize),
    p50: Vec<(f64, f64)>,
    p99: Vec<(f64, f64)>,
) -> Figure {
    let (p50, p99) = (coarse(p50), coarse(p99));
    let is_short = p50.len() <= MOST_NOTES;
    let told = p50
        .iter()
        .zip(&p99)
        .take(if is_short { p50.len() } else { 0 })
        .filter(|((_, p50), _)| p50.is_finite());
    let notes = told.map(|((at, p50), (_, p99))| Note {
        from: at - 0.5,
        to: at + 0.5,
        text: format!(
            "second {}: p50 {}, p99 {}",
            *at as u64,
            milliseconds(*p50),
            milliseconds(*p99)
        ),
    });
    let notes = notes.collect();
    let lines = vec![series("p50", colors.0, false, p50), series("p99", colors.1, false, p99)];
    let mut chart = over_time(report, lines, milliseconds);
    chart.description = format!("{title}: latency per second");
    chart.notes = notes;
    Figure::new(title, &chart)
}

/// Whole distributions: which share of all stays within which latency.
pub(super) fn distributions(report: &Report) -> Vec<Figure> {
    let operations = report.operations.iter().map(|f| (f.name.as_str(), &f.latency));
    let names: Vec<_> = report.pipeline.hops.iter().map(crate::pipeline::Hop::name).collect();
    let hops = report.pipeline.hops.iter().map(|hop| &hop.latency);
    let pipeline: Vec<_> = names.iter().map(String::as_str).zip(hops).collect();
    let figure = |title, latencies: Vec<(&str, &Latency)>| {
        let latencies: Vec<_> = latencies.into_iter().filter(|(_, l)| l.count > 0).collect();
        (!latencies.is_empty()).then(|| percentiles(title, &latencies))
    };
    let operations = figure("Operations, latency by percentile", operations.collect());
    let pipeline = figure("Pipeline, latency by percentile", pipeline);
    operations.into_iter().chain(pipeline).collect()
}

/// The share that is left above a latency falls by a tenth from tick to tick, so the tail gets the room that
/// it deserves.
fn percentiles(title: &str, latencies: &[(&str, &Latency)]) -> Figure {
    const TICKS: [(f64, &str); 5] =
        [(1.0, "0%"), (10.0, "90%"), (100.0, "99%"), (1_000.0, "99.9%"), (10_000.0, "99.99%")];
    let most = latencies.iter().map(|(_, latency)| latency.count).max().unwrap_or(1) as f64;
    // Beyond one in all there is nothing to see.
    let end = most.clamp(10.0, 10_000.0);
    let series: Vec<_> = latencies
        .iter()
        .enumerate()
        .map(|(index, (name, latency))| {
            series(name, index % N_COLORS + 1, false, percentile_points(latency, end))
        })
        .collect();
    let all = || series.iter().flat_map(|series| &series.points).map(|point| point.1);
    let (low, high) = (all().fold(f64::MAX, f64::min), all().fold(1.0, f64::max));
    let ticks = TICKS.iter().filter(|(at, _)| *at <= end * 1.001);
    let chart = Chart {
        description: format!("{title}: latency by percentile"),
        x: Axis {
            scale: Scale::Log(1.0, end),
            ticks: ticks.map(|(at, label)| (*at, (*label).to_owned())).collect(),
        },
        y: Axis::logarithmic(low.max(1.0), high, tick),
        series,
        limit: None,
        notes: Vec::new(),
    };
    Figure::new(title, &chart)
}

fn percentile_points(latency: &Latency, end: f64) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    let mut below = 0;
    for (latency_us, in_bucket) in &latency.buckets {
        // A zero has no logarithm; half a microsecond stands for it.
        let latency_us = (*latency_us as f64).max(0.5);
        let x = |below: u64| {
            let left = latency.count.saturating_sub(below).max(1) as f64;
            (latency.count as f64 / left).min(end)
        };
        points.push((x(below), latency_us));
        below += in_bucket;
        points.push((x(below), latency_us));
    }
    thin(points)
}

/// Leaves out points that no eye tells from their neighbours.
fn thin(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let last = points.last().copied();
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for point in points {
        let near = kept.last().is_some_and(|kept| {
            (point.0 / kept.0).ln().abs() < 0.01 && (point.1 / kept.1).ln().abs() < 0.01
        });
        if !near {
            kept.push(point);
        }
    }
    kept.extend(last);
    kept
}

/// What a stage shows of itself; a deployed stack shows no environments.
pub(super) fn machinery(report: &Report) -> Vec<Figure> {
    let Some(stage) = &report.stage else { return Vec::new() };
    if stage.samples.len() < 2 {
        return Vec::new();
    }
    let mut figures = vec![queues(&stage.samples)];
    if !stage.functions.is_empty() {
        figures.push(environments(&stage.samples));
    }
    figures.push(processors(report, &stage.samples));
    figures
}

fn queues(samples: &[Sample]) -> Figure {
    let mut names: Vec<_> = samples.iter().flat_map(|sample| sample.queues.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let lines = names.into_iter().enumerate().map(|(index, name)| {
        let depth = |sample: &Sample| sample.queues.get(name).copied().unwrap_or_default() as f64;
        series(name, index % N_COLORS + 1, index == 0, sampled(samples, depth))
    });
    let mut chart = over_samples(samples, lines.collect(), |value| count(value as u64));
    chart.description = "Messages in each queue, visible or in flight".to_owned();
    Figure::new("Messages in queues", &chart)
}

fn environments(samples: &[Sample]) -> Figure {
    let lines = vec![
        series("environments", 3, true, sampled(samples, |s| s.environments as f64)),
        series("total cold starts", 2, false, sampled(samples, |s| s.cold_starts as f64)),
    ];
    let mut chart = over_samples(samples, lines, |value| count(value as u64));
    chart.description = "Execution environments, and how many were started".to_owned();
    Figure::new("Execution environments", &chart)
}

fn processors(report: &Report, samples: &[Sample]) -> Figure {
    let consumers = consumers(report).map(|share| share.consumer.as_str()).take(N_COLORS);
    let lines = consumers
        .enumerate()
        .map(|(index, consumer)| series(consumer, index + 1, false, busy(samples, consumer)));
    let mut chart = over_samples(samples, lines.collect(), |value| format!("{:.0}%", value));
    chart.description = "CPU usage by process (% of one core)".to_owned();
    // The list of consumers beside it has the colours.
    Figure { legend: Vec::new(), ..Figure::new("CPU usage (% of one core)", &chart) }
}

/// The users of processor time, the busiest first; the position in this order selects the colour.
pub(super) fn consumers(report: &Report) -> impl Iterator<Item = &CpuShare> {
    report.cpu.iter().filter(|share| share.cpu_ms > 0)
}

/// How busy a consumer kept the processors between one sample and the next but three: about a second, for
/// processor time is counted in steps that are too coarse for less.
fn busy(samples: &[Sample], consumer: &str) -> Vec<(f64, f64)> {
    const APART: usize = 4;
    let spent = |cpu_ms: &BTreeMap<String, u64>| cpu_ms.get(consumer).copied().unwrap_or_default();
    let pairs = samples.iter().zip(samples.iter().skip(APART));
    pairs
        .filter(|(before, after)| after.at_ms > before.at_ms)
        .map(|(before, after)| {
            let used = spent(&after.cpu_ms).saturating_sub(spent(&before.cpu_ms)) as f64;
            let elapsed = (after.at_ms - before.at_ms) as f64;
            (after.at_ms as f64 / 1000.0, used / elapsed * 100.0)
        })
        .collect()
}

fn series(name: &str, color: usize, filled: bool, points: Vec<(f64, f64)>) -> Series {
    Series { name: name.to_owned(), color, filled, points }
}

fn per_second(report: &Report, read: impl Fn(&Second) -> f64) -> Vec<(f64, f64)> {
    let middle = |index| index as f64 + 0.5;
    whole_seconds(report)
        .iter()
        .enumerate()
        .map(|(index, second)| (middle(index), read(second)))
        .collect()
}

/// The seconds that a chart shows. The last one of the load is rarely whole, and would look like a breakdown;
/// if orders came long after the load, though, they are to be seen.
fn whole_seconds(report: &Report) -> &[Second] {
    let n_whole = report.run.load_seconds.round() as usize;
    let end = if report.seconds.len() > n_whole.saturating_add(2) {
        report.seconds.len()
    } else {
        n_whole
    };
    &report.seconds[..end.min(report.seconds.len())]
}

fn sampled(samples: &[Sample], read: impl Fn(&Sample) -> f64) -> Vec<(f64, f64)> {
    samples.iter().map(|sample| (sample.at_ms as f64 / 1000.0, read(sample))).collect()
}

fn over_time(report: &Report, lines: Vec<Series>, label: impl Fn(f64) -> String) -> Chart {
    chart_of(whole_seconds(report).len() as f64, lines, label)
}

fn over_samples(samples: &[Sample], lines: Vec<Series>, label: impl Fn(f64) -> String) -> Chart {
    let end = samples.last().map_or(1.0, |sample| sample.at_ms as f64 / 1000.0);
    chart_of(end, lines, label)
}

fn chart_of(end: f64, series: Vec<Series>, label: impl Fn(f64) -> String) -> Chart {
    let values = series.iter().flat_map(|series| &series.points).map(|point| point.1);
    let max = values.filter(|value| value.is_finite()).fold(0.0, f64::max);
    Chart {
        description: String::new(),
        x: Axis::time(end, |seconds| format!("{seconds:.0} s")),
        y: Axis::from_zero(max, label),
        series,
        limit: None,
        notes: Vec::new(),
    }
}

fn notes(report: &Report, tell: impl Fn(&Second) -> String) -> Vec<Note> {
    let note = |(index, second)| Note {
        from: index as f64,
        to: index as f64 + 1.0,
        text: format!("second {index}: {}", tell(second)),
    };
    whole_seconds(report).iter().enumerate().map(note).collect()
}

/// A second without requests has no latency: the line is broken there. In milliseconds.
fn gap(latency_us: u64) -> f64 {
    if latency_us == 0 { f64::NAN } else { latency_us as f64 / 1000.0 }
}

fn milliseconds(value: f64) -> String {
    tick(value * 1000.0)
}

/// A time at an axis, of microseconds: `1.5 s`, `2 s`.
fn tick(us: f64) -> String {
    if us < 1.0 {
        return "0".to_owned();
    }
    let text = time_us(us as u64);
    match text.split_once(' ') {
        Some((number, unit)) if number.contains('.') => {
            format!("{} {unit}", number.trim_end_matches('0').trim_end_matches('.'))
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn every_figure_has_lines() {
        let report = sample::report();
        let figures =
            [course(&report), operations(&report), distributions(&report), machinery(&report)];
        for figure in figures.iter().flatten() {
            let is_heat = figure.title.ends_with("all latencies");
            let drawn = if is_heat { "class=\"heat\"" } else { "class=\"line" };
            assert!(figure.svg.contains(drawn), "{}", figure.title);
        }
    }

    #[test]
    fn ticks_have_no_idle_zeros() {
        let ticks = [0.0, 200.0, 2e3, 5e4, 1e6, 1.5e6, 2e6, 6e7].map(tick);
        assert_eq!(ticks, ["0", "200 µs", "2 ms", "50 ms", "1 s", "1.5 s", "2 s", "60 s"]);
    }

    #[test]
    fn a_percentile_line_rises_to_the_longest_latency() {
        let latency = sample::report().pipeline.hops.remove(0).latency;
        let points = percentile_points(&latency, 1_000.0);
        assert!(points.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1));
        assert_eq!(points.last().map(|point| point.1 as u64), latency.buckets.last().map(|b| b.0));
    }

    #[test]
    fn a_consumer_is_as_busy_as_its_time_grows() {
        let report = sample::report();
        let samples = &report.stage.as_ref().map(|stage| stage.samples.clone()).unwrap_or_default();
        let busy = busy(samples, "stage");
        assert!(busy.iter().all(|(_, percent)| (*percent - 50.0).abs() < 1.0), "{busy:?}");
    }
}
