//! Where the stage and its functions say what happens.
//!
//! Owns the choice of what is said and to whom. Formats nothing a function writes: its lines pass as they are.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

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
        let warned: Mutex<BTreeMap<String, Rest>> = Mutex::default();
        Self::to(true, move |entry| {
            if let Entry::Output { function, line } = entry {
                let mut warned = warned.lock().unwrap_or_else(PoisonError::into_inner);
                let rest = warned.get(function).copied().unwrap_or(Rest::None);
                let (is_told, rest) = rest.with(line);
                match rest {
                    Rest::None => drop(warned.remove(function)),
                    rest => drop(warned.insert(function.to_owned(), rest)),
                }
                if !is_told {
                    return;
                }
            }
            print(entry);
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
        Entry::Output { function, line } => say(format_args!("{function} | {line}")),
        Entry::Problem { about, text } => say(format_args!("{about}: {text}")),
    }
}

/// Writes a line to standard error. Nobody may be reading any more, which stops nothing.
pub(crate) fn say(line: std::fmt::Arguments<'_>) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// What may still follow of a warning of several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// Nothing: the next line stands for itself.
    None,
    /// Lines that are indented, as stack traces are.
    Indented,
    /// The same, and the line that ends a trace: `ValueError: no`, the message of a panic.
    AndLast,
}

impl Rest {
    /// Whether a line is told, and what may follow it.
    fn with(self, line: &str) -> (bool, Self) {
        if line.starts_with([' ', '\t']) && self != Self::None {
            return (true, self);
        }
        if self == Self::AndLast {
            return (true, Self::Indented);
        }
        if !warns(line) {
            return (false, Self::None);
        }
        // A line of JSON holds the whole trace.
        let has_last =
            !is_json(line) && ["panicked at", "Traceback"].iter().any(|word| line.contains(word));
        (true, if has_last { Self::AndLast } else { Self::Indented })
    }
}

fn is_json(line: &str) -> bool {
    line.trim_start().starts_with('{')
}

/// Whether a line of a function is a warning or worse: by its level in Lambda's JSON format, else by its words.
fn warns(line: &str) -> bool {
    if is_json(line) {
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

    #[test]
    fn a_stack_trace_is_told_whole() {
        let told = |lines: &[&str]| {
            let mut rest = Rest::None;
            let is_told = |line: &&&str| {
                let (is_told, next) = rest.with(line);
                rest = next;
                is_told
            };
            lines.iter().filter(is_told).map(|line| (*line).to_owned()).collect::<Vec<String>>()
        };
        let python = [
            "[ERROR] KeyError: 'a'",
            "Traceback (most recent call last):",
            "  File \"app.py\", line 3, in handler",
            "    raise KeyError('a')",
            "KeyError: 'a'",
        ];
        let quiet = ["listening", "  and more"];
        assert_eq!(told(&[&quiet[..], &python[..], &quiet[..1]].concat()), python);
        let node = ["ERROR TypeError: no", "    at f (a.js:1:1)", "    at g (a.js:2:2)"];
        assert_eq!(told(&[&node[..], &["done"]].concat()), node);
        let panic = ["thread 'main' panicked at src/main.rs:5:9:", "no"];
        assert_eq!(told(&[&panic[..], &["done"]].concat()), panic);
        let json = [r#"{"level":"ERROR","stackTrace":"Traceback: panicked at a.rs"}"#];
        assert_eq!(told(&[&json[..], &["done"]].concat()), json);
    }
}
