//! Every rule, and what there is to know of one.
//!
//! Owns the form of a rule and the list of all. Finds nothing itself.

use super::found::Found;
use super::view::View;
use super::{resolved, rules};
use crate::diag::Level;

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its code, by which a policy names it: `operation-summary`.
    pub code: &'static str,
    /// How much a finding weighs unless the policy says otherwise; none when the rule is off.
    pub level: Option<Level>,
    /// What it is about.
    pub group: Group,
    /// What it finds, in one line.
    pub what: &'static str,
    /// Why that is worth changing.
    pub why: &'static str,
    /// Contracts that break it, and that keep it.
    pub example: Option<Example>,
    /// Finds it; none where resolving the contracts does.
    pub(super) check: Option<fn(&View<'_>, &mut Found<'_>)>,
}

/// A piece of a contract before and after.
#[derive(Debug)]
pub struct Example {
    /// Where in the contracts of the rule's test it stands: `openapi#/paths/~1things/delete`.
    pub at: &'static str,
    /// What the rule finds fault with.
    pub bad: &'static str,
    /// What to write instead.
    pub good: &'static str,
}

/// Stands for a piece that is not there.
pub const ABSENT: &str = "!absent";

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Words for readers.
    Docs,
    /// Names, and how they are spelled.
    Naming,
    /// How contracts are put together.
    Structure,
    /// Answers to what goes wrong.
    Errors,
    /// How much may be sent.
    Limits,
    /// Who may call, and what is kept secret.
    Security,
    /// Events, queues and rules.
    Events,
    /// Tables, and the types of what is stored.
    Data,
}

impl Group {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Docs => "docs",
            Self::Naming => "naming",
            Self::Structure => "structure",
            Self::Errors => "errors",
            Self::Limits => "limits",
            Self::Security => "security",
            Self::Events => "events",
            Self::Data => "data",
        }
    }
}

impl Rule {
    /// Whether it is found by a rule of style or safety, and not while contracts are resolved.
    #[must_use]
    pub fn is_lint(&self) -> bool {
        self.check.is_some()
    }

    /// The word for its level: `off` where it has none.
    #[must_use]
    pub fn level_name(&self) -> String {
        self.level.map_or_else(|| "off".to_owned(), |level| level.to_string())
    }
}

/// Every rule there is, by group.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    rules::RULES.iter().copied().chain(resolved::RULES)
}

/// The rule of a code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}
