//! Tells how far the run is: on a terminal one line that changes, elsewhere a line every few seconds. All of
//! it goes to standard error, so that standard output holds the verdict and nothing else.

use std::collections::VecDeque;
use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::options::ColorChoice;
use crate::shared::Shared;
use crate::terminal::{Paint, count, time_us};

/// How often the line of a terminal changes.
const LIVE_EVERY: Duration = Duration::from_millis(200);

/// How often a line is added elsewhere.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// How many values the sparkline shows.
const SPARK_CELLS: usize = 16;

/// How many cells the bar has.
const BAR_CELLS: usize = 20;

/// Prints progress, or nothing.
#[derive(Debug, Clone)]
pub struct Progress {
    quiet: bool,
    live: bool,
    paint: Paint,
    /// Whether a live line stands on the terminal that the next output has to clear.
    dirty: Arc<Mutex<bool>>,
}

impl Progress {
    /// Progress on standard error.
    #[must_use]
    pub fn new(quiet: bool, color: ColorChoice) -> Self {
        let is_terminal = io::stderr().is_terminal();
        Self {
            quiet,
            live: is_terminal,
            paint: Paint::new(color.use_color(is_terminal)),
            dirty: Arc::default(),
        }
    }

    /// A step is done.
    pub fn done(&self, step: &str, detail: &str) {
        self.line(&format!("{} {}", self.paint.good(&format!("{step:>9}")), detail));
    }

    /// A step takes a while: on a terminal this stands until the next line.
    pub fn doing(&self, step: &str, detail: &str) {
        let line = format!("{} {}", self.paint.strong(&format!("{step:>9}")), detail);
        if self.live { self.rewrite(&line) } else { self.line(&line) }
    }

    /// Follows the load until the returned future is dropped.
    pub async fn follow(&self, shared: &Shared, run_time: Duration) {
        let mut before = shared.recorder.glance().requests;
        let every = if self.live { LIVE_EVERY } else { LINE_EVERY };
        let (mut last, mut course) = (Instant::now(), VecDeque::new());
        loop {
            tokio::time::sleep(every).await;
            let Some(started) = shared.line.started_at() else { continue };
            let requests = shared.recorder.glance().requests;
            let per_second = (requests - before) as f64 / last.elapsed().as_secs_f64();
            (before, last) = (requests, Instant::now());
            let elapsed = started.elapsed().min(run_time);
            course.push_back(per_second);
            if course.len() > SPARK_CELLS {
                course.pop_front();
            }
            let line = self.load_line(shared, elapsed, run_time, &course);
            if self.live { self.rewrite(&line) } else { self.line(&line) }
        }
    }

    /// Follows the drain until the returned future is dropped.
    pub async fn follow_drain(&self, shared: &Shared) {
        let every = if self.live { LIVE_EVERY } else { LINE_EVERY };
        loop {
            tokio::time::sleep(every).await;
            let n_open = shared.ledger().n_open();
            self.doing("drain", &format!("{} expected outcomes pending", count(n_open)));
        }
    }

    fn load_line(
        &self,
        shared: &Shared,
        elapsed: Duration,
        run_time: Duration,
        course: &VecDeque<f64>,
    ) -> String {
        let per_second = course.back().copied().unwrap_or_default();
        let queues = shared.target.observe().map(|seen| seen.queues.values().sum::<u64>());
        let glance = shared.recorder.glance();
        let n_open = shared.ledger().n_open();
        let n_visits: u64 = shared.clocks.iter().map(|(_, clock)| clock.n_started()).sum();
        let errors = format!("{} errors", count(glance.errors));
        let bar = bar(elapsed.as_secs_f64() / run_time.as_secs_f64());
        let mut parts = vec![
            (self.paint.strong("     load"), 9),
            (self.paint.good(&bar), BAR_CELLS),
            plain(format!("{:.0}s/{:.0}s", elapsed.as_secs_f64(), run_time.as_secs_f64())),
            plain(format!("{} workflow runs", count(n_visits))),
            plain(format!("{} concurrent", count(shared.crew.n_visiting() as u64))),
            match glance.errors {
                0 => plain(errors),
                _ => (self.paint.bad(&errors), errors.chars().count()),
            },
            plain(format!("{} pending", count(n_open))),
            plain(format!("{per_second:.0} req/s")),
            plain(format!("p50 {}", time_us(glance.visit_p50_us))),
            plain(format!("p99 {}", time_us(glance.visit_p99_us))),
        ];
        parts.extend(queues.map(|n| plain(format!("{} queued", count(n)))));
        parts.push(plain(sparkline(course)));
        let width = if self.live { terminal_width() } else { usize::MAX };
        fit(&parts, width)
    }

    fn line(&self, line: &str) {
        if self.quiet {
            return;
        }
        let mut dirty = self.dirty.lock().unwrap_or_else(PoisonError::into_inner);
        let clear = if std::mem::take(&mut *dirty) { "\r\x1b[K" } else { "" };
        // Progress that nobody can read any more is no reason to end the run.
        let _ = writeln!(io::stderr().lock(), "{clear}{line}");
    }

    fn rewrite(&self, line: &str) {
        if self.quiet {
            return;
        }
        *self.dirty.lock().unwrap_or_else(PoisonError::into_inner) = true;
        let mut out = io::stderr().lock();
        let _ = write!(out, "\r\x1b[K{line}").and_then(|()| out.flush());
    }
}

/// A part of a line, and how many cells it takes; colours take none.
type Part = (String, usize);

fn plain(text: String) -> Part {
    let cells = text.chars().count();
    (text, cells)
}

/// As many parts as fit into a line, the first ones first: a live line that breaks cannot be taken back.
fn fit(parts: &[Part], width: usize) -> String {
    let mut line = String::new();
    let mut used = 0;
    for (text, cells) in parts {
        let gap = if used == 0 { 0 } else { 2 };
        used += gap + cells;
        if used >= width {
            break;
        }
        line.push_str(&" ".repeat(gap));
        line.push_str(text);
    }
    line
}

fn terminal_width() -> usize {
    terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| usize::from(width.0))
}

/// The course of a figure, a block for each value, the highest one full.
fn sparkline(course: &VecDeque<f64>) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = course.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let block = |value: &f64| BLOCKS[((value / most * 7.0).round() as usize).min(7)];
    course.iter().map(block).collect()
}

/// A bar that is full at 1.
fn bar(share: f64) -> String {
    let filled = (share.clamp(0.0, 1.0) * BAR_CELLS as f64).round() as usize;
    format!("{}{}", "━".repeat(filled), "╌".repeat(BAR_CELLS - filled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_never_breaks() {
        let parts =
            [plain("load".to_owned()), ("\x1b[32m━━\x1b[0m".to_owned(), 2), plain("5s".to_owned())];
        assert_eq!(fit(&parts, 80), "load  \x1b[32m━━\x1b[0m  5s");
        assert_eq!(fit(&parts, 12), "load  \x1b[32m━━\x1b[0m");
        assert_eq!(fit(&parts, 3), "");
    }

    #[test]
    fn the_highest_value_of_a_sparkline_is_full() {
        assert_eq!(sparkline(&VecDeque::from([0.0, 50.0, 100.0])), "▁▅█");
        assert_eq!(sparkline(&VecDeque::from([0.0])), "▁");
        assert_eq!(sparkline(&VecDeque::new()), "");
    }

    #[test]
    fn the_bar_fills_up() {
        assert_eq!(bar(0.0), "╌".repeat(BAR_CELLS));
        assert_eq!(bar(0.5), format!("{}{}", "━".repeat(10), "╌".repeat(10)));
        assert_eq!(bar(7.0), "━".repeat(BAR_CELLS));
        assert_eq!(bar(f64::NAN), bar(0.0));
    }
}
