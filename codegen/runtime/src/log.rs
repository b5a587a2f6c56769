//! Structured logs: one JSON object on each line, written with one call.
//!
//! This module owns the level (`LOG_LEVEL`), the layout of a line, and the only place where a function writes.
//! Callers keep bodies, parameters and personal data out of lines.
//!
//! **Source** Lambda developer guide, "Configuring JSON and plain text log formats": Lambda does not rewrite the
//! lines of OS-only runtimes, so a line is the log event, with its members at the root.

use std::io::Write as _;
use std::sync::OnceLock;

use serde::Serialize;

/// The log level of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// An undeclared failure.
    Error,
    /// A refusal, or something that will be retried.
    Warn,
    /// One line for each invocation.
    Info,
    /// More than one line for each invocation.
    Debug,
}

impl Level {
    /// The level as it is written in a line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "ERROR",
            Self::Warn => "WARN",
            Self::Info => "INFO",
            Self::Debug => "DEBUG",
        }
    }

    /// The level in `LOG_LEVEL`, in any case; `None` for `off`, and `info` for unknown values.
    fn parse(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "off" | "none" => None,
            "error" | "fatal" => Some(Self::Error),
            "warn" | "warning" => Some(Self::Warn),
            "debug" | "trace" => Some(Self::Debug),
            _ => Some(Self::Info),
        }
    }
}

/// Whether lines of this level are written; `LOG_LEVEL` is read once.
#[must_use]
pub fn enabled(level: Level) -> bool {
    static THRESHOLD: OnceLock<Option<Level>> = OnceLock::new();
    let threshold = THRESHOLD
        .get_or_init(|| std::env::var("LOG_LEVEL").map_or(Some(Level::Info), |s| Level::parse(&s)));
    threshold.is_some_and(|threshold| level <= threshold)
}

/// A log line.
///
/// It is written into a single buffer, so a line costs one allocation, however many fields it has.
#[derive(Debug, Clone)]
pub struct Line {
    bytes: Vec<u8>,
    time: jiff::Timestamp,
}

impl Line {
    /// Starts a line with time, level and message.
    #[must_use]
    pub fn new(level: Level, message: &str) -> Self {
        let time = jiff::Timestamp::now();
        let mut bytes = Vec::with_capacity(768);
        bytes.push(b'{');
        let mut line = Self { bytes, time };
        // A time has no character that JSON would escape, and a vector takes all that is written to it.
        line.push_raw("timestamp", |out| {
            let _ = write!(out, "\"{time}\"");
        });
        line.push("level", level.as_str());
        line.push("message", message);
        line
    }

    /// Adds a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Self {
        self.push(name, value);
        self
    }

    /// Adds a field if there is a value.
    #[must_use]
    pub fn with_some(self, name: &str, value: Option<&(impl Serialize + ?Sized)>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The start time of the line, in milliseconds since 1970.
    pub(crate) fn unix_ms(&self) -> i64 {
        self.time.as_millisecond()
    }

    /// Adds a field; one that JSON cannot hold is left out.
    pub(crate) fn push(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        let before = self.bytes.len();
        self.push_name(name);
        if serde_json::to_writer(&mut self.bytes, value).is_err() {
            self.bytes.truncate(before);
        }
    }

    /// Adds a field whose value is JSON already.
    pub(crate) fn push_raw(&mut self, name: &str, json: impl FnOnce(&mut Vec<u8>)) {
        self.push_name(name);
        json(&mut self.bytes);
    }

    fn push_name(&mut self, name: &str) {
        if self.bytes.len() > 1 {
            self.bytes.push(b',');
        }
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.extend_from_slice(b"\":");
    }

    /// The finished line, with its end.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.bytes.extend_from_slice(b"}\n");
        self.bytes
    }

    /// Writes the line.
    pub fn write(self) {
        write(&self.finish());
    }
}

/// Writes finished lines to standard error with a single call, which the platform collects. If writing fails, the
/// lines are lost, and the invocation goes on.
pub fn write(lines: &[u8]) {
    if !lines.is_empty() {
        let _ = std::io::stderr().lock().write_all(lines);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn a_line_is_one_json_object() {
        let line = Line::new(Level::Info, "a \"quoted\"\nmessage")
            .with("status", &200)
            .with_some("absent", None::<&str>)
            .with_some("present", Some("x"))
            .finish();
        assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1);
        let value: serde_json::Value = serde_json::from_slice(&line).unwrap();
        assert_eq!(value["message"], "a \"quoted\"\nmessage");
        assert_eq!(value["status"], 200);
        assert_eq!(value["present"], "x");
        assert!(value.get("absent").is_none());
    }

    #[test]
    fn a_value_that_is_no_json_is_left_out() {
        let line = Line::new(Level::Info, "m").with("odd", &Odd).with("even", &2).finish();
        let value: serde_json::Value = serde_json::from_slice(&line).unwrap();
        assert!(value.get("odd").is_none());
        assert_eq!(value["even"], 2);
    }

    /// Fails halfway, after it has written something.
    struct Odd;

    impl Serialize for Odd {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            use serde::ser::SerializeSeq as _;
            let mut list = serializer.serialize_seq(None)?;
            list.serialize_element(&1)?;
            Err(serde::ser::Error::custom("odd"))
        }
    }

    #[test]
    fn levels_are_read_in_any_case() {
        assert_eq!(Level::parse("WARN"), Some(Level::Warn));
        assert_eq!(Level::parse("off"), None);
        assert_eq!(Level::parse("nonsense"), Some(Level::Info));
    }
}
