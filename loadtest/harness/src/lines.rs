//! Log lines of functions, as far as they may explain a failed request: warnings, errors, and lines about requests that
//! failed. A stage on this machine hands them over; the report shows the first ones of each sample.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use stage::log::Entry;

/// How many lines are kept at most: the oldest are forgotten.
const MOST_LINES: usize = 4_096;

/// How many characters of a line are kept.
const MOST_CHARS: usize = 400;

/// How many lines a sample shows.
const MOST_OF_SAMPLE: usize = 5;

/// The lines that were kept.
#[derive(Debug, Default)]
pub struct Lines(Mutex<VecDeque<String>>);

impl Lines {
    /// Keeps what a function wrote, unless it tells of a success.
    pub fn take(&self, entry: Entry<'_>) {
        let Entry::Output { function, line } = entry else { return };
        if !may_explain(line) {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == MOST_LINES {
            kept.pop_front();
        }
        kept.push_back(format!("{function} | {}", cut(line)));
    }

    /// The first lines that belong to a trace.
    #[must_use]
    pub fn of_trace(&self, trace: &str) -> Vec<String> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let its = kept.iter().filter(|line| line.contains(trace));
        its.take(MOST_OF_SAMPLE).cloned().collect()
    }
}

/// Whether a line is more than the note of a request that went well.
fn may_explain(line: &str) -> bool {
    let fails = ["\"status\":4", "\"status\":5"].iter().any(|status| line.contains(status));
    fails || !(line.contains("\"level\":\"INFO\"") || line.contains("\"type\":\"platform"))
}

fn cut(line: &str) -> String {
    line.chars().take(MOST_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_failures_are_found_by_their_trace() {
        let lines = Lines::default();
        for line in [
            r#"{"level":"INFO","status":200,"traceId":"1-a-b"}"#,
            r#"{"level":"INFO","status":404,"traceId":"1-a-b"}"#,
            r#"{"level":"ERROR","message":"no table","traceId":"1-a-b"}"#,
            r#"{"level":"WARN","message":"else","traceId":"1-a-c"}"#,
        ] {
            lines.take(Entry::Output { function: "shop", line });
        }
        lines.take(Entry::Problem { about: "a queue", text: "1-a-b" });
        let found = lines.of_trace("1-a-b");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("shop | ") && found[1].contains("no table"), "{found:?}");
    }

    #[test]
    fn the_oldest_lines_are_forgotten() {
        let lines = Lines::default();
        for number in 0..=MOST_LINES {
            let line = format!("WARN {number}.");
            lines.take(Entry::Output { function: "shop", line: &line });
        }
        assert!(lines.of_trace("WARN 0.").is_empty());
        assert_eq!(lines.of_trace(&format!("WARN {MOST_LINES}.")).len(), 1);
    }
}
