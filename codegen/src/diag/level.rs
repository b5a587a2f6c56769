//! How much a rule weighs: the scale that a policy sets.

use std::fmt;

use super::Severity;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing; breaks nobody.
    Info,
    /// May hurt somebody.
    Warning,
    /// Is refused: a change that breaks somebody, a contract that nobody should publish.
    Error,
}

impl Level {
    /// The severity of a diagnostic at this level.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Info => Severity::Note,
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
        }
    }

    /// What a policy may write, `off` apart.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Info, Self::Warning, Self::Error].into_iter().find(|level| level.to_string() == text)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}
