//! The highest rate at which no objective is missed: runs at rates that close in on it. What comes out is an interval,
//! between a rate that held and one that did not, each by most of its runs and at least two, and what gave way first.

use std::fmt::Write as _;

use crate::options::RunArgs;
use crate::report::{Outcome, Report, StageFigures};
use crate::run::Runner;
use crate::slo::Judged;
use crate::terminal::{Paint, count};

/// The ratio of the interval's ends at which the search is over.
const CLOSE: f64 = 1.1;

/// How many runs are made at most, and how many at one rate.
const MOST_RUNS: u32 = 24;
const MOST_AT_ONE: u32 = 3;

/// How many runs at one rate may say nothing about the system before the load generator is what gives.
const MOST_INVALID: usize = 3;

/// The lowest and the highest rate that is tried.
const LEAST: f64 = 0.1;
const MOST: f64 = 100_000.0;

/// A queue gave way that held more than this share of the load's visits at the end, and half as much again as halfway.
const BACKLOG: f64 = 0.25;

/// Processors used by more than this share gave way.
const BUSY: f64 = 0.9;

/// What was found.
pub(crate) struct Found {
    runs: Vec<(f64, Report)>,
    search: Search,
    /// Whether somebody ended it.
    interrupted: bool,
}

/// Where the search stands: pure, so that it is tested without a run.
#[derive(Debug, Clone, PartialEq)]
struct Search {
    start: f64,
    tried: Vec<Tried>,
}

/// A rate, and how its runs ended.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Tried {
    rate: f64,
    n_held: u32,
    n_gave: u32,
}

impl Tried {
    fn n_runs(&self) -> u32 {
        self.n_held + self.n_gave
    }

    fn holds(&self) -> bool {
        self.n_held > self.n_gave
    }

    fn gives(&self) -> bool {
        self.n_gave > self.n_held
    }

    fn in_words(&self) -> String {
        let n = if self.holds() { self.n_held } else { self.n_gave };
        format!("{n} of {} runs", self.n_runs())
    }
}

impl Search {
    fn from(rate: f64) -> Self {
        Self { start: rate, tried: Vec::new() }
    }

    /// A run ended.
    fn tell(&mut self, rate: f64, holds: bool) {
        let known = self.tried.iter().position(|one| one.rate == rate);
        let at = known.unwrap_or_else(|| {
            self.tried.push(Tried { rate, n_held: 0, n_gave: 0 });
            self.tried.len() - 1
        });
        self.tried[at].n_held += u32::from(holds);
        self.tried[at].n_gave += u32::from(!holds);
    }

    /// The lowest rate that did not hold.
    fn gives(&self) -> Option<Tried> {
        let all = self.tried.iter().filter(|one| one.gives());
        all.min_by(|a, b| a.rate.total_cmp(&b.rate)).copied()
    }

    /// The highest rate below that one that held.
    fn holds(&self) -> Option<Tried> {
        let end = self.gives().map_or(f64::MAX, |one| one.rate);
        let all = self.tried.iter().filter(|one| one.holds() && one.rate < end);
        all.max_by(|a, b| a.rate.total_cmp(&b.rate)).copied()
    }

    /// Which rate is tried next; nothing when the search is over.
    fn next(&self) -> Option<f64> {
        if self.tried.iter().map(Tried::n_runs).sum::<u32>() >= MOST_RUNS {
            return None;
        }
        if let Some(again) = self.doubtful() {
            return Some(again);
        }
        let next = match (self.holds(), self.gives()) {
            (None, None) => self.start,
            (Some(low), None) => low.rate * 2.0,
            (None, Some(high)) => high.rate / 2.0,
            (Some(low), Some(high)) if high.rate / low.rate <= CLOSE => {
                let unsure = [low, high].into_iter().find(|one| one.n_held.max(one.n_gave) < 2);
                return unsure.map(|one| one.rate);
            }
            (Some(low), Some(high)) => (low.rate * high.rate).sqrt(),
        };
        (LEAST..=MOST).contains(&next).then(|| (next * 100.0).round() / 100.0)
    }

    /// A rate whose runs disagree, or that gave where a higher one held: another run decides.
    fn doubtful(&self) -> Option<f64> {
        let highest = self.tried.iter().filter(|one| one.holds()).map(|one| one.rate);
        let highest = highest.fold(0.0, f64::max);
        let is_doubtful = |one: &&Tried| {
            let is_even = one.n_held == one.n_gave;
            let is_odd = one.gives() && one.rate < highest && one.n_runs() < MOST_AT_ONE;
            is_even || is_odd
        };
        self.tried.iter().find(is_doubtful).map(|one| one.rate)
    }
}

/// Searches.
///
/// # Errors
/// When a run could not be made.
pub(crate) async fn find(runner: &Runner<'_>) -> anyhow::Result<Found> {
    let mut search = Search::from(runner.args.rate());
    let mut runs: Vec<(f64, Report)> = Vec::new();
    while let Some(rate) = search.next() {
        let args = RunArgs { rate: Some(rate), ..runner.args.clone() };
        let unique =
            runner.feeds.check_unique(runner.system, |one| args.n_runs(runner.system, one));
        if let Err(why) = unique {
            // What was measured until then is worth telling.
            runner.progress.done("note", &why);
            break;
        }
        runner.progress.done("try", &format!("{rate} per second"));
        // The functions are built by the first run.
        let no_build = runner.args.no_build || !runs.is_empty();
        // Another seed each time, or a rate that is tried again would see the same arrivals.
        let seed = runner.args.seed.wrapping_add(runs.len() as u64);
        let args = RunArgs { no_build, seed, ..args };
        let report = Runner { args: &args, ..*runner }.run().await?;
        let outcome = report.verdict.outcome;
        let said = match outcome {
            Outcome::Pass => "holds",
            Outcome::Missed => "gives",
            Outcome::Invalid => "unknown",
        };
        runner.progress.done(said, &format!("{rate} per second"));
        runs.push((rate, report));
        if runner.interrupt.pressed(1) {
            break;
        }
        let is_invalid =
            |run: &&(f64, Report)| run.0 == rate && run.1.verdict.outcome == Outcome::Invalid;
        // A run that says nothing about the system decides nothing, unless none at this rate does.
        if outcome == Outcome::Invalid && runs.iter().filter(is_invalid).count() < MOST_INVALID {
            continue;
        }
        search.tell(rate, outcome == Outcome::Pass);
    }
    Ok(Found { runs, search, interrupted: runner.interrupt.pressed(1) })
}

impl Found {
    /// The last run at the highest rate that held, or the last of all.
    pub(crate) fn last(&self) -> &Report {
        let held = self.search.holds().map(|one| one.rate);
        let is_it = |run: &&(f64, Report)| Some(run.0) == held;
        #[allow(clippy::expect_used, reason = "a search begins with a rate, and so has a run")]
        let last = self.runs.iter().rev().find(is_it).or(self.runs.last()).expect("a run");
        &last.1
    }

    /// A search that found a limit passes; one in which nothing held misses, and one that was ended early is invalid.
    pub(crate) fn outcome(&self) -> Outcome {
        match self.search.holds() {
            _ if self.interrupted => Outcome::Invalid,
            Some(_) => Outcome::Pass,
            None => self.last().verdict.outcome,
        }
    }

    /// What was found, as text.
    pub(crate) fn render(&self, paint: Paint) -> String {
        let mut out = format!("\n{}\n", paint.strong("Limit"));
        for (rate, report) in &self.runs {
            let held = report.verdict.outcome == Outcome::Pass;
            let mark = match report.verdict.outcome {
                Outcome::Pass => paint.good("holds"),
                Outcome::Missed => paint.bad("gives"),
                Outcome::Invalid => paint.doubtful("  -  "),
            };
            let why = if held { String::new() } else { gave_way(report) };
            // Writing to a string cannot fail.
            let _ = writeln!(out, "  {mark} {:>10} per second  {}", rate, paint.dim(&why));
        }
        let early = if self.interrupted { "the search was interrupted; so far: " } else { "" };
        let line = match (self.search.holds(), self.search.gives()) {
            (Some(low), Some(high)) => format!(
                "the limit is between {} per second, which passed in {}, and {}, which failed in {}",
                low.rate,
                low.in_words(),
                high.rate,
                high.in_words()
            ),
            (Some(low), None) => {
                format!("{} per second passed; no rate was found that fails", low.rate)
            }
            (None, _) => "no rate was found that passes".to_owned(),
        };
        let _ = writeln!(out, "  {}", paint.strong(&format!("{early}{line}")));
        let gave = self.search.gives().map(|one| one.rate);
        let is_first =
            |run: &&(f64, Report)| Some(run.0) == gave && run.1.verdict.outcome != Outcome::Pass;
        let first = self.runs.iter().rev().find(is_first);
        if let Some((_, report)) = first {
            let _ = writeln!(out, "  first bottleneck: {}", gave_way(report));
        }
        out
    }
}

/// What gave way in a run, as far as it shows.
fn gave_way(report: &Report) -> String {
    if report.run.interrupted {
        return report.verdict.reasons.join("; ");
    }
    if report.verdict.outcome == Outcome::Invalid {
        let why = report.verdict.reasons.last().map_or("", String::as_str);
        return format!("the load generator: {why}");
    }
    let by = format!("; {}", worst(report));
    if let Some(stage) = &report.stage {
        let turned = stage.functions.iter().filter(|one| one.throttles > 0);
        if let Some(function) = turned.max_by_key(|one| one.throttles) {
            return format!(
                "function {}, which throttled {} invocations at {} concurrent executions{by}",
                function.name,
                count(function.throttles),
                function.environments
            );
        }
        if let Some((queue, depth)) = backlog(report, stage) {
            return format!(
                "queue {queue}, with a backlog of {} messages at the end{by}",
                count(depth)
            );
        }
    }
    let used: u64 = report.cpu.iter().map(|share| share.cpu_ms).sum();
    let there = report.run.served_seconds * 1_000.0 * report.run.n_cpus as f64;
    if there > 0.0 && used as f64 / there > BUSY {
        let most = report.cpu.iter().max_by_key(|share| share.cpu_ms);
        let most = most.map_or("", |share| share.consumer.as_str());
        return format!("the CPU of this machine, mostly {most}{by}");
    }
    worst(report)
}

/// The queue that was fullest at the end of the load, where it had grown since its middle.
fn backlog<'r>(report: &Report, stage: &'r StageFigures) -> Option<(&'r str, u64)> {
    let end_ms = (report.run.load_seconds * 1_000.0) as u64;
    let at = |ms: u64| stage.samples.iter().rev().find(move |sample| sample.at_ms <= ms);
    let (middle, end) = (at(end_ms / 2)?, at(end_ms)?);
    let (queue, depth) = end.queues.iter().max_by_key(|(_, depth)| **depth)?;
    let before = middle.queues.get(queue).copied().unwrap_or_default();
    let is_backlog = *depth as f64 > report.throughput.planned as f64 * BACKLOG;
    // One that grows evenly is twice as full at the end as halfway.
    (is_backlog && 2 * depth > 3 * before).then_some((queue, *depth))
}

/// The objective that was missed by most.
fn worst(report: &Report) -> String {
    let by =
        |judged: &Judged| judged.actual.unwrap_or(f64::MAX) / judged.limit.max(f64::MIN_POSITIVE);
    let missed = report.objectives.iter().filter(|judged| judged.standing.is_missed());
    let worst = missed.max_by(|a, b| by(a).total_cmp(&by(b)));
    worst.map_or_else(|| "unknown".to_owned(), |judged| format!("{} was missed", judged.name))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use crate::report::{FunctionFigures, sample};
    use crate::slo::Standing;

    /// Searches a system that holds up to a rate.
    fn search(from: f64, holds: impl Fn(f64, usize) -> bool) -> (Search, usize) {
        let (mut search, mut n_runs) = (Search::from(from), 0);
        while let Some(rate) = search.next() {
            search.tell(rate, holds(rate, n_runs));
            n_runs += 1;
        }
        (search, n_runs)
    }

    #[test]
    fn the_limit_lies_within_the_interval_and_its_ends_were_tried_twice() {
        for limit in [0.7, 3.0, 47.0, 110.0, 400.0] {
            let (found, n_runs) = search(50.0, |rate, _| rate <= limit);
            let (low, high) = (found.holds().unwrap(), found.gives().unwrap());
            assert!(low.rate <= limit && limit < high.rate, "{limit}: {found:?}");
            assert!(low.n_held == 2 && high.n_gave == 2, "{limit}: {found:?}");
            assert!(high.rate / low.rate <= CLOSE && n_runs <= 16, "{limit}: {found:?}");
        }
    }

    #[test]
    fn one_run_that_something_else_disturbed_decides_nothing() {
        for disturbed in 0..8 {
            let (found, _) = search(50.0, |rate, run| rate <= 110.0 && run != disturbed);
            let (low, high) = (found.holds().unwrap(), found.gives().unwrap());
            assert!(
                low.rate <= 110.0 && low.rate > 90.0 && high.rate < 135.0,
                "{disturbed}: {found:?}"
            );
        }
    }

    #[test]
    fn nothing_holds_and_everything_holds_have_an_end() {
        assert_eq!(search(50.0, |_, _| false).0.holds(), None);
        assert_eq!(search(50.0, |_, _| true).0.gives(), None);
    }

    #[test]
    fn a_search_that_was_broken_off_is_no_pass() {
        let mut search = Search::from(50.0);
        search.tell(50.0, true);
        let mut found = Found { runs: vec![(50.0, sample::report())], search, interrupted: false };
        assert_eq!(found.outcome(), Outcome::Pass);
        found.interrupted = true;
        assert_eq!(found.outcome(), Outcome::Invalid);
        let said = found.render(Paint::new(false));
        assert!(said.contains("interrupted; so far: 50 per second passed"), "{said}");
    }

    #[test]
    fn what_gave_way_is_named() {
        let mut report = sample::report();
        report.verdict.outcome = Outcome::Missed;
        report.objectives[0].standing = Standing::Missed;
        assert_eq!(gave_way(&report), "checkoutBasket p99 was missed");
        report.cpu[0].cpu_ms = 32_000;
        assert!(gave_way(&report).contains("CPU of this machine, mostly stage"));
        if let Some(stage) = &mut report.stage {
            for (at, sample) in stage.samples.iter_mut().enumerate() {
                sample.queues.insert("OrderQueue".to_owned(), 12 * at as u64);
                sample.queues.insert("SalesQueue".to_owned(), 500);
            }
        }
        assert!(gave_way(&report).contains("queue OrderQueue"));
        if let Some(stage) = &mut report.stage {
            let turned =
                FunctionFigures { name: "f".to_owned(), throttles: 7, ..Default::default() };
            stage.functions.push(turned);
        }
        assert!(gave_way(&report).contains("function f, which throttled 7"));
        report.verdict.outcome = Outcome::Invalid;
        assert!(gave_way(&report).contains("load generator"));
    }
}
