//! Structured logs: one JSON object to a line, one write to a line.
//!
//! Owns the level (`LOG_LEVEL`), the layout of a line, and the only place where a function writes. Refuses to know
//! what a line is about; whoever builds one keeps bodies, parameters and other people's data out of it.

use std::io::Write as _;
use std::sync::OnceLock;

use serde::Serialize;

/// How much a line matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Something failed that nobody declared.
    Error,
    /// Something was refused or will be tried again.
    Warn,
    /// One line for each invocation.
    Info,
    /// More than one line for each invocation.
    Debug,
}

impl Level {
    /// The level as a line spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "ERROR",
            Self::Warn => "WARN",
            Self::Info => "INFO",
            Self::Debug => "DEBUG",
        }
    }

    /// The level of `LOG_LEVEL`, in any case; `None` is `off`, and anything unknown is `info`.
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

/// One line on its way to the log.
#[derive(Debug, Clone)]
pub struct Line {
    text: String,
}

impl Line {
    /// Begins a line with the time, the level and a message.
    #[must_use]
    pub fn new(level: Level, message: &str) -> Self {
        let mut line = Self { text: String::with_capacity(256) };
        line.text.push('{');
        line.push("timestamp", &jiff::Timestamp::now().to_string());
        line.push("level", &level.as_str());
        line.push("message", &message);
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

    fn push(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        let Ok(value) = serde_json::to_string(value) else { return };
        if self.text.len() > 1 {
            self.text.push(',');
        }
        self.text.push('"');
        self.text.push_str(name);
        self.text.push_str("\":");
        self.text.push_str(&value);
    }

    /// The finished line, with its end.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.text.push_str("}\n");
        self.text
    }

    /// Writes the line.
    pub fn write(self) {
        write(&self.finish());
    }
}

/// Writes finished lines to standard error with one call, which is what the platform collects. A log that cannot be
/// written is lost; an invocation does not fail for it.
pub fn write(lines: &str) {
    if !lines.is_empty() {
        let _ = std::io::stderr().lock().write_all(lines.as_bytes());
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
        assert_eq!(line.matches('\n').count(), 1);
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["message"], "a \"quoted\"\nmessage");
        assert_eq!(value["status"], 200);
        assert_eq!(value["present"], "x");
        assert!(value.get("absent").is_none());
    }

    #[test]
    fn levels_are_read_in_any_case() {
        assert_eq!(Level::parse("WARN"), Some(Level::Warn));
        assert_eq!(Level::parse("off"), None);
        assert_eq!(Level::parse("nonsense"), Some(Level::Info));
    }
}
