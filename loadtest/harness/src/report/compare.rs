//! Two runs held against each other, figure by figure.

use std::fmt::Write;

use super::{Report, bootstrap};
use crate::arrivals::Spacing;
use crate::latency::{Latency, ReadQuantile};
use crate::ledger::Tally;
use crate::pipeline::Hop;
use crate::slo::share;
use crate::terminal::{Paint, count, short, time_us};

/// A change below this share of what no interval is known of is not told from chance, and stands back.
const NOTABLE: f64 = 0.1;

/// What changed from one run to another, as text.
#[must_use]
pub fn render(before: &Report, after: &Report, paint: Paint) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}", paint.dim(&describe("before", before)));
    let _ = writeln!(out, "{}", paint.dim(&describe("after", after)));
    if before.settings != after.settings {
        let _ = writeln!(out, "{}", paint.doubtful("The two runs had different load settings."));
    }
    let head = format!(
        "\n  {:<30}{:>11}{:>11}{:>9}   {}",
        "", "before", "after", "change", "95% of it within"
    );
    let _ = writeln!(out, "{}", paint.dim(&head));
    for row in rows(before, after) {
        let _ = writeln!(out, "{}", row.render(paint));
    }
    out
}

fn describe(which: &str, report: &Report) -> String {
    format!(
        "{which:>7}: {} on {}, {} for {:.0} s, run {}",
        report.run.started_at,
        report.run.target,
        match report.settings.arrivals {
            Spacing::Listed => report.settings.profile.clone(),
            _ => format!("{}/s", report.settings.rate),
        },
        report.run.load_seconds,
        report.run.id,
    )
}

/// One figure of both runs. Less is better unless `more_is_better`.
#[derive(Debug, Clone)]
struct Row {
    name: String,
    before: Option<f64>,
    after: Option<f64>,
    show: fn(f64) -> String,
    more_is_better: bool,
    /// Between which changes the true one lies, where anybody can tell.
    interval: Option<(f64, f64)>,
}

impl Row {
    fn render(&self, paint: Paint) -> String {
        let show = |value: Option<f64>| value.map_or_else(|| "none".to_owned(), self.show);
        let change = match (self.before, self.after) {
            (Some(before), Some(after)) => self.change(before, after, paint),
            _ => String::new(),
        };
        format!(
            "  {:<30}{:>11}{:>11}{change}",
            short(&self.name, 29),
            show(self.before),
            show(self.after)
        )
    }

    fn change(&self, before: f64, after: f64, paint: Paint) -> String {
        if before == after {
            return paint.dim(&format!("{:>9}", "="));
        }
        let change = after / before - 1.0;
        let text = if change.is_finite() {
            format!("{:>9}", format!("{:+.0}%", change * 100.0))
        } else {
            format!("{:>9}", "new")
        };
        let within = self.interval.map_or_else(String::new, |(low, high)| {
            format!("   {:+.0}% to {:+.0}%", low * 100.0, high * 100.0)
        });
        let is_chance = match self.interval {
            Some((low, high)) => low <= 0.0 && 0.0 <= high,
            None => change.is_finite() && change.abs() < NOTABLE,
        };
        let text = text + &within;
        match (is_chance, (after > before) == self.more_is_better) {
            (true, _) => paint.dim(&text),
            (false, true) => paint.good(&text),
            (false, false) => paint.bad(&text),
        }
    }
}

fn rows(before: &Report, after: &Report) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut figure = |name: &str, read: fn(&Report) -> f64, show, more_is_better| {
        let (before, after) = (Some(read(before)), Some(read(after)));
        let (name, interval) = (name.to_owned(), None);
        rows.push(Row { name, before, after, show, more_is_better, interval });
    };
    figure("outcomes lost", |r| promises(r, |tally| tally.lost), whole, false);
    figure("outcomes duplicated", |r| promises(r, |tally| tally.doubled), whole, false);
    figure("unexpected outcomes", |r| promises(r, |tally| tally.unpromised), whole, false);
    figure("accepted per second", |r| r.throughput.accepted_per_second, tenth, true);
    figure("requests per second", |r| r.throughput.requests_per_second, tenth, true);
    figure(
        "requests failed",
        |r| r.errors.iter().map(|e| e.count).sum::<u64>() as f64,
        whole,
        false,
    );
    figure("workflow runs started late", |r| r.generator.late as f64, whole, false);
    figure("CPU seconds", cpu_seconds, tenth, false);
    let runs = |report: &Report| report.workflows.iter().map(|one| one.name.clone()).collect();
    for name in names(runs(before), runs(after)) {
        let value = |report: &Report| {
            let found = report.workflows.iter().find(|one| one.name == name);
            found.and_then(|one| share(one.failed, one.n_ended()))
        };
        rows.push(Row {
            name: format!("run: {name} failed"),
            before: value(before),
            after: value(after),
            show: |share| format!("{:.2}%", share * 100.0),
            more_is_better: false,
            interval: None,
        });
    }
    let hops = |report: &Report| report.pipeline.hops.iter().map(Hop::name).collect::<Vec<_>>();
    for name in names(hops(before), hops(after)) {
        latency_rows(&name, before, after, &mut rows, |report, name| {
            let found = report.pipeline.hops.iter().find(|hop| hop.name() == name);
            found.map(|hop| &hop.latency)
        });
    }
    let operations = |report: &Report| {
        report.operations.iter().map(|figures| figures.name.clone()).collect::<Vec<_>>()
    };
    for name in names(operations(before), operations(after)) {
        latency_rows(&name, before, after, &mut rows, |report, name| {
            let found = report.operations.iter().find(|figures| figures.name == name);
            found.map(|figures| &figures.latency)
        });
    }
    rows
}

fn cpu_seconds(report: &Report) -> f64 {
    report.cpu.iter().map(|share| share.cpu_ms as f64 / 1000.0).sum()
}

fn promises(report: &Report, read: fn(&Tally) -> u64) -> f64 {
    report.ledger.iter().map(read).sum::<u64>() as f64
}

/// The names of both runs, in the order of the first that has them.
fn names(before: Vec<String>, after: Vec<String>) -> Vec<String> {
    let mut names = before;
    for name in after {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn latency_rows(
    name: &str,
    before: &Report,
    after: &Report,
    rows: &mut Vec<Row>,
    find: for<'a> fn(&'a Report, &str) -> Option<&'a Latency>,
) {
    let quantiles: [(_, f64, ReadQuantile); 3] =
        [("p50", 0.5, |l| l.p50_us), ("p99", 0.99, |l| l.p99_us), ("p99.9", 0.999, |l| l.p999_us)];
    let latency = |report| find(report, name).filter(|latency| latency.count > 0);
    for (quantile, at, read) in quantiles {
        let value = |report| latency(report).map(|latency| read(latency) as f64);
        let both = latency(before).zip(latency(after));
        rows.push(Row {
            name: format!("{name} {quantile}"),
            before: value(before),
            after: value(after),
            show: |us| time_us(us as u64),
            more_is_better: false,
            interval: both.and_then(|(before, after)| bootstrap::change(before, after, at)),
        });
    }
}

fn whole(number: f64) -> String {
    count(number as u64)
}

fn tenth(number: f64) -> String {
    format!("{number:.1}")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_run_does_not_differ_from_itself() {
        let report = sample::report();
        let text = render(&report, &report, Paint::new(false));
        assert!(text.matches('%').count() == 3 && !text.contains("different load"), "{text}");
    }

    #[test]
    fn what_got_worse_is_told_by_how_much() {
        let before = sample::report();
        let mut after = before.clone();
        after.pipeline.hops[0].latency.p99_us = before.pipeline.hops[0].latency.p99_us * 3 / 2;
        after.ledger[0].lost = 2;
        after.settings.rate = 60.0;
        let text = render(&before, &after, Paint::new(false));
        let line = |name: &str| text.lines().find(|line| line.contains(name)).unwrap_or_default();
        assert!(line("asked → checkout.order p99 ").contains("+50%"), "{text}");
        assert!(line("outcomes lost").ends_with("new"), "{text}");
        assert!(text.contains("different load settings"), "{text}");
    }

    #[test]
    fn an_operation_of_one_run_only_is_shown() {
        let before = sample::report();
        let mut after = before.clone();
        after.operations.remove(0);
        let text = render(&before, &after, Paint::new(false));
        let line = text.lines().find(|line| line.contains("getProduct p50")).unwrap_or_default();
        assert!(line.trim_end().ends_with("none"), "{text}");
    }
}
