//! Where the stage and its functions say what happens.
//!
//! Owns the choice of what is said and to whom. Formats nothing a function writes: its lines pass as they are.

use std::fmt;
use std::sync::Arc;

/// One thing to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry<'a> {
    /// A function wrote a line to its standard output or error.
    Output {
        /// The function's name.
        function: &'a str,
        /// The line, without its end.
        line: &'a str,
    },
    /// Something went wrong that a developer wants to know of.
    Problem {
        /// What it is about: a function, a queue …
        about: &'a str,
        /// What happened.
        text: &'a str,
    },
}

type Sink = dyn Fn(Entry<'_>) + Send + Sync;

/// Takes entries; cheap to clone.
#[derive(Clone)]
pub struct Log {
    sink: Option<Arc<Sink>>,
    wants_output: bool,
}

impl Log {
    /// Says nothing.
    #[must_use]
    pub fn silent() -> Self {
        Self { sink: None, wants_output: false }
    }

    /// Says problems on standard error, and what functions write too if asked.
    #[must_use]
    pub fn stderr(wants_output: bool) -> Self {
        Self::to(wants_output, print)
    }

    /// Says problems on standard error, and of what functions write the lines that warn of something.
    #[must_use]
    pub fn warnings() -> Self {
        Self::to(true, |entry| match entry {
            Entry::Output { line, .. } if !warns(line) => {}
            entry => print(entry),
        })
    }

    /// Hands every entry to `sink`; what functions write only if asked.
    #[must_use]
    pub fn to(wants_output: bool, sink: impl Fn(Entry<'_>) + Send + Sync + 'static) -> Self {
        Self { sink: Some(Arc::new(sink)), wants_output }
    }

    /// The same, and hands every entry to `sink` too.
    #[must_use]
    pub fn and(self, sink: impl Fn(Entry<'_>) + Send + Sync + 'static) -> Self {
        Self::to(true, move |entry| {
            if let Some(first) = &self.sink
                && (self.wants_output || matches!(entry, Entry::Problem { .. }))
            {
                first(entry);
            }
            sink(entry);
        })
    }

    /// Whether lines of functions are wanted; without, they need not be taken apart.
    #[must_use]
    pub fn wants_output(&self) -> bool {
        self.wants_output && self.sink.is_some()
    }

    /// Says what went wrong.
    pub fn problem(&self, about: &str, text: &str) {
        if let Some(sink) = &self.sink {
            sink(Entry::Problem { about, text });
        }
    }

    /// Passes a line of a function on.
    pub fn output(&self, function: &str, line: &str) {
        if let Some(sink) = self.sink.as_ref().filter(|_| self.wants_output) {
            sink(Entry::Output { function, line });
        }
    }
}

fn print(entry: Entry<'_>) {
    match entry {
        Entry::Output { function, line } => eprintln!("{function} | {line}"),
        Entry::Problem { about, text } => eprintln!("{about}: {text}"),
    }
}

/// Whether a line of a function is a warning or worse: by its level in Lambda's JSON format, else by its words.
fn warns(line: &str) -> bool {
    if line.trim_start().starts_with('{') {
        ["WARN", "ERROR", "FATAL"]
            .iter()
            .any(|level| line.contains(&format!("\"level\":\"{level}\"")))
    } else {
        ["WARN", "ERROR", "FATAL", "panicked at", "Traceback"]
            .iter()
            .any(|word| line.contains(word))
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Log").field("wants_output", &self.wants_output).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_warn_are_told_from_others() {
        assert!(warns(r#"{"level":"WARN","message":"event","outcome":"retry"}"#));
        assert!(warns(r#"{"level":"ERROR","message":"request","status":500}"#));
        assert!(!warns(r#"{"level":"INFO","message":"request","status":200,"note":"ERROR"}"#));
        assert!(warns("thread 'main' panicked at src/main.rs:5:9:"));
        assert!(!warns("listening"));
    }
}
