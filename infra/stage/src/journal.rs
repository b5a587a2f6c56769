//! What happened lately, to be looked at: requests, events, deliveries, messages, invocations, calls to tables, and what
//! functions wrote. For the console and the commands that ask a running stage.
//!
//! Owns a bounded memory of steps and lines, each with the trace that it belongs to. Judges nothing. Of payloads it keeps
//! lines, and the bodies of requests to the API. A stage without a journal pays a comparison for each step.

mod exchange;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::log::{Entry, Log};
use exchange::Exchanges;
pub(crate) use exchange::Sending;

/// Steps and lines that are kept; the oldest go first.
const MAX_STEPS: usize = 10_000;
const MAX_LINES: usize = 10_000;

/// The longest line that is kept whole, in bytes.
const MAX_LINE_BYTES: usize = 16 * 1024;

/// One thing that happened.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Step {
    /// Grows with each step.
    pub(crate) n: u64,
    /// When it ended, in milliseconds since the Unix epoch.
    pub(crate) at_ms: i64,
    /// How long it took, in milliseconds.
    pub(crate) took_ms: f64,
    /// The root of its trace: `1-5759e988-bd862e3fe1be46a994272793`.
    pub(crate) trace: String,
    /// `request`, `event`, `delivery`, `message`, `invocation`, `table`
    pub(crate) kind: &'static str,
    /// What it is about: a route, a kind of event, a function, a table.
    pub(crate) name: String,
    /// Where it led, or what it did.
    pub(crate) detail: String,
    /// How it ended.
    pub(crate) outcome: String,
    /// Whether it ended well.
    pub(crate) is_good: bool,
}

/// A line that a function wrote, or that the stage says of a problem.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Line {
    /// Grows with each line.
    pub(crate) n: u64,
    /// When it was written, in milliseconds since the Unix epoch.
    pub(crate) at_ms: i64,
    /// The function, or what the problem is about.
    pub(crate) of: String,
    /// Whether it is the stage that says it.
    pub(crate) is_problem: bool,
    /// The text.
    pub(crate) text: String,
}

#[derive(Debug, Default)]
struct Inner {
    steps: VecDeque<Step>,
    lines: VecDeque<Line>,
    exchanges: Exchanges,
    n_steps: u64,
    n_lines: u64,
}

/// Lines for somebody who follows them.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Page {
    lines: Vec<Line>,
    /// The number of the last line that was looked at.
    last: u64,
    /// How many lines after the number that was asked for are no longer kept.
    n_lost: u64,
}

/// The journal of a stage, or none. Cheap to clone; clones share what is kept.
#[derive(Debug, Clone, Default)]
pub struct Journal(Option<Arc<Mutex<Inner>>>);

impl Journal {
    /// A journal that keeps what happens; the default one keeps nothing.
    #[must_use]
    pub fn kept() -> Self {
        Self(Some(Arc::default()))
    }

    /// Whether anything is kept.
    pub(crate) fn is_kept(&self) -> bool {
        self.0.is_some()
    }

    /// What is kept, if anything is.
    fn inner(&self) -> Option<MutexGuard<'_, Inner>> {
        Some(self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes a step of a trace that began at `began`: what it is about, where it led, how it ended. `what` is asked only
    /// where somebody wants to know.
    pub(crate) fn note(
        &self,
        kind: &'static str,
        trace: Option<&str>,
        began: Instant,
        what: impl FnOnce() -> (String, String, Result<String, String>),
    ) {
        if !self.is_kept() {
            return;
        }
        let (name, detail, outcome) = what();
        let is_good = outcome.is_ok();
        let outcome = outcome.unwrap_or_else(|problem| problem);
        let Some(mut inner) = self.inner() else { return };
        inner.n_steps += 1;
        let step = Step {
            n: inner.n_steps,
            at_ms: now_ms(),
            took_ms: milliseconds(began.elapsed()),
            trace: root(trace.unwrap_or_default()).to_owned(),
            kind,
            name,
            detail,
            outcome,
            is_good,
        };
        if inner.steps.len() >= MAX_STEPS {
            inner.steps.pop_front();
        }
        inner.steps.push_back(step);
    }

    fn line(&self, of: &str, text: &str, is_problem: bool) {
        let Some(mut inner) = self.inner() else { return };
        inner.n_lines += 1;
        let end = text.floor_char_boundary(MAX_LINE_BYTES);
        let line = Line {
            n: inner.n_lines,
            at_ms: now_ms(),
            of: of.to_owned(),
            is_problem,
            text: text[..end].to_owned(),
        };
        if inner.lines.len() >= MAX_LINES {
            inner.lines.pop_front();
        }
        inner.lines.push_back(line);
    }

    /// The latest steps after a number that are wanted, oldest first.
    pub(crate) fn steps(
        &self,
        after: u64,
        limit: usize,
        is_wanted: impl Fn(&Step) -> bool,
    ) -> Vec<Step> {
        self.latest(limit, |inner| &inner.steps, |step| step.n > after && is_wanted(step))
    }

    /// The latest lines after a number that are wanted, oldest first.
    pub(crate) fn lines(
        &self,
        after: u64,
        limit: usize,
        is_wanted: impl Fn(&Line) -> bool,
    ) -> Vec<Line> {
        self.latest(limit, |inner| &inner.lines, |line| line.n > after && is_wanted(line))
    }

    /// The wanted lines after a number, oldest first, as far as the limit lets them be.
    pub(crate) fn page(&self, after: u64, limit: usize, is_wanted: impl Fn(&Line) -> bool) -> Page {
        let Some(inner) = self.inner() else { return Page::default() };
        let first = inner.lines.front().map_or(inner.n_lines + 1, |line| line.n);
        let new = inner.lines.iter().filter(|line| line.n > after);
        let lines: Vec<Line> = new.filter(|line| is_wanted(line)).take(limit).cloned().collect();
        let is_full = lines.len() == limit;
        let last = lines.last().filter(|_| is_full).map_or(inner.n_lines, |line| line.n);
        Page { lines, last, n_lost: first.saturating_sub(after.saturating_add(1)) }
    }

    /// The latest wanted lines, oldest first, as of one moment: who goes on after the last one gets each line once.
    pub(crate) fn latest_page(&self, limit: usize, is_wanted: impl Fn(&Line) -> bool) -> Page {
        let Some(inner) = self.inner() else { return Page::default() };
        let lines = latest(&inner.lines, limit, is_wanted);
        Page { lines, last: inner.n_lines, n_lost: 0 }
    }

    fn latest<T: Clone>(
        &self,
        limit: usize,
        of: impl Fn(&Inner) -> &VecDeque<T>,
        is_wanted: impl Fn(&T) -> bool,
    ) -> Vec<T> {
        let Some(inner) = self.inner() else { return Vec::new() };
        latest(of(&inner), limit, is_wanted)
    }

    /// The number of the latest line.
    pub(crate) fn n_lines(&self) -> u64 {
        self.inner().map_or(0, |inner| inner.n_lines)
    }

    /// A log that says what another one says, and notes everything here.
    pub(crate) fn beside(&self, log: &Log) -> Log {
        if !self.is_kept() {
            return log.clone();
        }
        let (journal, log) = (self.clone(), log.clone());
        Log::to(true, move |entry| match entry {
            Entry::Output { function, line } => {
                journal.line(function, line, false);
                log.output(function, line);
            }
            Entry::Problem { about, text } => {
                journal.line(about, text, true);
                log.problem(about, text);
            }
        })
    }
}

/// The latest of them that are wanted, oldest first.
fn latest<T: Clone>(of: &VecDeque<T>, limit: usize, is_wanted: impl Fn(&T) -> bool) -> Vec<T> {
    let mut found: Vec<T> =
        of.iter().rev().filter(|one| is_wanted(one)).take(limit).cloned().collect();
    found.reverse();
    found
}

/// The root in a trace header.
pub(crate) fn root(header: &str) -> &str {
    let part = header.split(';').map(str::trim).find_map(|part| part.strip_prefix("Root="));
    part.unwrap_or(header)
}

fn now_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

fn milliseconds(took: Duration) -> f64 {
    (took.as_secs_f64() * 100_000.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(journal: &Journal, trace: &str, name: &str) {
        journal.note("event", Some(trace), Instant::now(), || {
            (name.to_owned(), String::new(), Ok(String::new()))
        });
    }

    #[test]
    fn the_latest_steps_are_kept_and_found_by_their_trace() {
        let journal = Journal::kept();
        for n in 0..=MAX_STEPS {
            noted(&journal, &format!("Root=1-{};Parent=a", n % 2), &n.to_string());
        }
        let all = journal.steps(0, usize::MAX, |_| true);
        assert_eq!((all.len(), all[0].name.as_str()), (MAX_STEPS, "1"));
        let of = journal.steps(0, 2, |step| step.trace == "1-1");
        assert_eq!(of.iter().map(|step| step.name.as_str()).collect::<Vec<_>>(), ["9997", "9999"]);
        assert!(journal.steps(all[MAX_STEPS - 1].n, 9, |_| true).is_empty());
    }

    #[test]
    fn whoever_follows_lines_gets_each_of_a_burst_or_hears_how_many_are_gone() {
        let journal = Journal::kept();
        for n in 0..5 {
            journal.line(if n == 1 { "other" } else { "f" }, &n.to_string(), false);
        }
        let is_wanted = |line: &Line| line.of == "f";
        let texts = |page: &Page| -> Vec<String> {
            page.lines.iter().map(|line| line.text.clone()).collect()
        };
        let page = journal.page(0, 3, is_wanted);
        assert_eq!((texts(&page).join(""), page.last, page.n_lost), ("023".to_owned(), 4, 0));
        let page = journal.page(page.last, 3, is_wanted);
        assert_eq!((texts(&page).join(""), page.last, page.n_lost), ("4".to_owned(), 5, 0));
        for n in 0..MAX_LINES + 7 {
            journal.line("f", &n.to_string(), false);
        }
        let page = journal.page(page.last, 1, is_wanted);
        assert_eq!((texts(&page), page.n_lost), (vec!["7".to_owned()], 7));
        let page = journal.page(u64::MAX, 1, is_wanted);
        assert_eq!((texts(&page), page.n_lost), (vec![], 0));
    }

    #[test]
    fn a_journal_that_is_none_asks_for_nothing() {
        let journal = Journal::default();
        journal.note("event", None, Instant::now(), || unreachable!("nobody wants to know"));
        assert!(journal.steps(0, 9, |_| true).is_empty());
    }

    #[test]
    fn lines_are_kept_and_passed_on() {
        let passed = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&passed);
        let log = Log::to(true, move |entry| {
            if let Entry::Output { line, .. } = entry {
                sink.lock().unwrap_or_else(PoisonError::into_inner).push(line.to_owned());
            }
        });
        let journal = Journal::kept();
        let log = journal.beside(&log);
        log.output("f", &"ü".repeat(MAX_LINE_BYTES));
        log.problem("q", "lost");
        let lines = journal.lines(0, 9, |_| true);
        assert_eq!(lines[0].text.len(), MAX_LINE_BYTES);
        assert!(lines[1].is_problem && lines[1].of == "q");
        assert_eq!(passed.lock().unwrap_or_else(PoisonError::into_inner).len(), 1);
    }
}
