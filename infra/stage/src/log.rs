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
        Self::to(wants_output, |entry| match entry {
            Entry::Output { function, line } => eprintln!("{function} | {line}"),
            Entry::Problem { about, text } => eprintln!("{about}: {text}"),
        })
    }

    /// Hands every entry to `sink`; what functions write only if asked.
    #[must_use]
    pub fn to(wants_output: bool, sink: impl Fn(Entry<'_>) + Send + Sync + 'static) -> Self {
        Self { sink: Some(Arc::new(sink)), wants_output }
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

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Log").field("wants_output", &self.wants_output).finish_non_exhaustive()
    }
}
