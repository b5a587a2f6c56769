//! The highest rate at which no objective is missed: runs at rates that close in on it. What comes out is an interval,
//! between a rate that held twice and one that did not, and what gave way first.

use std::fmt::Write as _;

use crate::cli::RunArgs;
use crate::report::{Outcome, Report};
use crate::run::Runner;
use crate::slo::Judged;
use crate::terminal::{Paint, count};

/// The ratio of the interval's ends at which the search is over.
const CLOSE: f64 = 1.1;

/// How many runs are made at most.
const MOST_RUNS: usize = 14;

/// The lowest rate that is tried.
const LEAST: f64 = 0.1;

/// A queue that grew by more than this share of the load's messages gave way.
const BACKLOG: f64 = 0.1;

/// Processors used by more than this share gave way.
const BUSY: f64 = 0.9;

/// What was found.
pub(crate) struct Found {
    runs: Vec<(f64, Report)>,
    search: Search,
}

/// Where the search stands: pure, so that it is tested without a run.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Search {
    /// The highest rate that held, and whether it held twice.
    holds: Option<(f64, bool)>,
    /// The lowest rate that did not.
    gives: Option<f64>,
    /// What is tried next; nothing when the search is over.
    next: Option<f64>,
    n_runs: usize,
}

impl Search {
    fn from(rate: f64) -> Self {
        Self { holds: None, gives: None, next: Some(rate), n_runs: 0 }
    }

    /// A run at the rate of `next` ended.
    fn tell(self, holds: bool) -> Self {
        let Some(rate) = self.next else { return self };
        let mut told = Self { n_runs: self.n_runs + 1, ..self };
        if holds {
            let again = self.holds.is_some_and(|(known, _)| known == rate);
            told.holds = Some((rate, again));
        } else {
            told.gives = Some(rate);
            // A rate that held once and not again is beyond the limit.
            told.holds = self.holds.filter(|(known, _)| *known < rate);
        }
        Self { next: told.following(), ..told }
    }

    fn following(&self) -> Option<f64> {
        if self.n_runs >= MOST_RUNS {
            return None;
        }
        let next = match (self.holds, self.gives) {
            (None, None) => return None,
            (Some((rate, _)), None) => rate * 2.0,
            (None, Some(rate)) => rate / 2.0,
            (Some((low, twice)), Some(high)) if high / low <= CLOSE => {
                return (!twice).then_some(low);
            }
            (Some((low, _)), Some(high)) => (low * high).sqrt(),
        };
        (next >= LEAST).then(|| (next * 100.0).round() / 100.0)
    }
}

/// Searches.
///
/// # Errors
/// When a run could not be made.
pub(crate) async fn find(runner: &Runner<'_>) -> anyhow::Result<Found> {
    let mut search = Search::from(runner.args.rate);
    let mut runs: Vec<(f64, Report)> = Vec::new();
    while let Some(rate) = search.next {
        runner.progress.done("try", &format!("{rate} a second"));
        // The functions are built by the first run.
        let no_build = runner.args.no_build || !runs.is_empty();
        // Another seed each time, or a rate that is tried again would see the same arrivals.
        let seed = runner.args.seed.wrapping_add(runs.len() as u64);
        let args = RunArgs { rate, no_build, seed, ..runner.args.clone() };
        let report = Runner { args: &args, ..*runner }.run().await?;
        let outcome = report.verdict.outcome;
        runner.progress.done(
            if outcome == Outcome::Pass { "holds" } else { "gives" },
            &format!("{rate} a second"),
        );
        let interrupted = report.run.interrupted;
        runs.push((rate, report));
        if interrupted {
            break;
        }
        search = search.tell(outcome == Outcome::Pass);
    }
    Ok(Found { runs, search })
}

impl Found {
    /// The last run at the highest rate that held, or the last of all.
    pub(crate) fn last(&self) -> &Report {
        let held = self.search.holds.map(|(rate, _)| rate);
        let is_it = |run: &&(f64, Report)| Some(run.0) == held;
        #[allow(clippy::expect_used, reason = "a search begins with a rate, and so has a run")]
        let last = self.runs.iter().rev().find(is_it).or(self.runs.last()).expect("a run");
        &last.1
    }

    /// A search that found a limit passes; one in which nothing held misses.
    pub(crate) fn outcome(&self) -> Outcome {
        match self.search.holds {
            Some(_) => Outcome::Pass,
            None => self.last().verdict.outcome,
        }
    }

    /// What was found, as text.
    pub(crate) fn render(&self, paint: Paint) -> String {
        let mut out = format!("\n{}\n", paint.strong("Limit"));
        for (rate, report) in &self.runs {
            let held = report.verdict.outcome == Outcome::Pass;
            let mark = if held { paint.good("holds") } else { paint.bad("gives") };
            let why = if held { String::new() } else { gave_way(report) };
            // Writing to a string cannot fail.
            let _ = writeln!(out, "  {mark} {:>10} a second  {}", rate, paint.dim(&why));
        }
        let line = match (self.search.holds, self.search.gives) {
            (Some((low, twice)), Some(high)) => {
                let how = if twice { "held twice" } else { "held once" };
                format!(
                    "the limit lies between {low} a second, which {how}, and {high}, which did not"
                )
            }
            (Some((low, _)), None) => {
                format!("{low} a second held; no rate was found that does not")
            }
            (None, _) => "no rate was found that holds".to_owned(),
        };
        let _ = writeln!(out, "  {}", paint.strong(&line));
        let first =
            self.search.gives.and_then(|rate| self.runs.iter().rev().find(|run| run.0 == rate));
        if let Some((_, report)) = first {
            let _ = writeln!(out, "  what gave way first: {}", gave_way(report));
        }
        out
    }
}

/// What gave way in a run, as far as it shows.
fn gave_way(report: &Report) -> String {
    if report.verdict.outcome == Outcome::Invalid {
        let why = report.verdict.reasons.last().map_or("", String::as_str);
        return format!("the load test itself: {why}");
    }
    let by = format!("; {}", worst(report));
    if let Some(stage) = &report.stage {
        let turned = stage.functions.iter().filter(|one| one.throttles > 0);
        if let Some(function) = turned.max_by_key(|one| one.throttles) {
            return format!(
                "function {}, which turned {} invocations away at {} environments{by}",
                function.name,
                count(function.throttles),
                function.environments
            );
        }
        let end_ms = (report.run.load_seconds * 1_000.0) as u64;
        let at_end = stage.samples.iter().rev().find(|sample| sample.at_ms <= end_ms);
        let deepest =
            at_end.and_then(|sample| sample.queues.iter().max_by_key(|(_, depth)| **depth));
        let planned = report.throughput.planned as f64;
        if let Some((queue, depth)) =
            deepest.filter(|(_, depth)| **depth as f64 > planned * BACKLOG)
        {
            return format!(
                "queue {queue}, in which {} messages lay at the end{by}",
                count(*depth)
            );
        }
    }
    let used: u64 = report.cpu.iter().map(|share| share.cpu_ms).sum();
    let there = report.run.load_seconds * 1_000.0 * report.run.n_cpus as f64;
    if there > 0.0 && used as f64 / there > BUSY {
        let most = report.cpu.iter().max_by_key(|share| share.cpu_ms);
        let most = most.map_or("", |share| share.consumer.as_str());
        return format!("the processors of this machine, most by {most}{by}");
    }
    worst(report)
}

/// The objective that was missed by most.
fn worst(report: &Report) -> String {
    let by =
        |judged: &Judged| judged.actual.unwrap_or(f64::MAX) / judged.limit.max(f64::MIN_POSITIVE);
    let missed = report.objectives.iter().filter(|judged| judged.standing.is_missed());
    let worst = missed.max_by(|a, b| by(a).total_cmp(&by(b)));
    worst.map_or_else(
        || "nothing that shows".to_owned(),
        |judged| format!("{} was missed", judged.name),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{FunctionFigures, sample};
    use crate::slo::Standing;

    /// Searches a system that holds up to a rate.
    fn search(from: f64, limit: f64) -> Search {
        let mut search = Search::from(from);
        while let Some(rate) = search.next {
            search = search.tell(rate <= limit);
        }
        search
    }

    #[test]
    fn the_limit_lies_within_the_interval_and_held_twice() {
        for limit in [0.7, 3.0, 47.0, 110.0, 400.0] {
            let found = search(50.0, limit);
            let (low, twice) = found.holds.unwrap_or_default();
            let high = found.gives.unwrap_or_default();
            assert!(low <= limit && limit < high && twice, "{limit}: {found:?}");
            assert!(high / low <= CLOSE && found.n_runs <= MOST_RUNS, "{limit}: {found:?}");
        }
    }

    #[test]
    fn a_rate_that_holds_once_and_not_again_is_beyond() {
        let mut found =
            Search { holds: Some((50.0, false)), gives: Some(54.0), next: Some(50.0), n_runs: 3 };
        found = found.tell(false);
        assert_eq!((found.holds, found.gives, found.next), (None, Some(50.0), Some(25.0)));
    }

    #[test]
    fn nothing_holds_and_everything_holds_have_an_end() {
        assert_eq!(search(50.0, 0.0).holds, None);
        assert_eq!(search(50.0, f64::MAX).gives, None);
    }

    #[test]
    fn what_gave_way_is_named() {
        let mut report = sample::report();
        report.verdict.outcome = Outcome::Missed;
        report.objectives[0].standing = Standing::Missed;
        assert_eq!(gave_way(&report), "checkoutBasket p99 was missed");
        report.cpu[0].cpu_ms = 31_000;
        assert!(gave_way(&report).contains("processors of this machine, most by stage"));
        if let Some(stage) = &mut report.stage {
            for sample in &mut stage.samples {
                sample.queues.insert("OrderQueue".to_owned(), 900);
            }
        }
        assert!(gave_way(&report).contains("queue OrderQueue"));
        if let Some(stage) = &mut report.stage {
            let turned =
                FunctionFigures { name: "f".to_owned(), throttles: 7, ..Default::default() };
            stage.functions.push(turned);
        }
        assert!(gave_way(&report).contains("function f, which turned 7"));
        report.verdict.outcome = Outcome::Invalid;
        assert!(gave_way(&report).contains("load test itself"));
    }
}
