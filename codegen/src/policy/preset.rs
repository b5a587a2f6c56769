//! Presets: levels of all rules on contracts at once, which a policy then corrects rule by rule.

use crate::diag::Level;
use crate::lint::{Group, Rule};

/// How much is asked of contracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preset {
    /// What is wrong or unsafe whatever the style: no rule on words, names, limits or the form of errors.
    Minimal,
    /// Every rule at the level that the catalogue gives it.
    #[default]
    Recommended,
    /// Every rule: warnings as errors, and notes and rules that are off otherwise as warnings.
    Strict,
}

impl Preset {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 3] =
        [("minimal", Self::Minimal), ("recommended", Self::Recommended), ("strict", Self::Strict)];

    /// The preset of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, preset)| preset)
    }

    /// The level of a rule; none switches it off.
    pub(super) fn level(self, rule: &Rule) -> Option<Level> {
        match self {
            Self::Minimal => {
                let is_style = matches!(
                    rule.group,
                    Group::Docs | Group::Naming | Group::Limits | Group::Errors
                );
                rule.level.filter(|level| !rule.is_lint() || !is_style || *level == Level::Error)
            }
            Self::Recommended => rule.level,
            Self::Strict => Some(match rule.level {
                None | Some(Level::Info) => Level::Warning,
                Some(Level::Warning | Level::Error) => Level::Error,
            }),
        }
    }
}
