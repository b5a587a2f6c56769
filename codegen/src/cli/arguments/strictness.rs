//! Which findings count, and as what.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Which findings fail a run, in addition to the policy file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(in crate::cli) struct Strictness {
    /// Report this rule as an error, or `warnings` for every rule of level warning; repeatable. With `check`,
    /// `warnings` covers rules on contracts and not rules on changes
    #[arg(long, value_name = "RULE")]
    pub(in crate::cli) deny: Vec<String>,
    /// Turn a rule off; repeatable
    #[arg(long, value_name = "RULE")]
    pub(in crate::cli) allow: Vec<String>,
    /// Which events must stay readable [default: from the policy, or delivery]
    #[arg(long, value_enum)]
    pub(in crate::cli) events: Option<Mode>,
    /// The default levels of rules on contracts [default: from the policy, or recommended]
    #[arg(long, value_enum)]
    pub(in crate::cli) preset: Option<PresetName>,
    /// Append the findings to this file as Markdown
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) summary: Option<PathBuf>,
}

/// Which events must stay readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Mode {
    /// Old receivers read new events, and new receivers read events that are in flight
    Delivery,
    /// The new contract reads old events
    Backward,
    /// The old contract reads new events
    Forward,
    /// Both backward and forward
    Full,
}

/// Default levels for all rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PresetName {
    /// Only what is wrong or unsafe; nothing about wording, naming, limits or error formats
    Minimal,
    /// Every rule at the level that `rules` lists
    Recommended,
    /// Every rule: warnings become errors; notes, and rules that are off, become warnings
    Strict,
}

/// How to adopt the rules with contracts that already have findings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(in crate::cli) struct Adoption {
    /// Report only findings that are not in this file; a listed finding that no longer occurs is an error
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// Write the current findings to the file of --baseline, which must not exist yet
    #[arg(long, requires = "baseline", conflicts_with = "prune")]
    pub(in crate::cli) write_baseline: bool,
    /// Remove findings that no longer occur from the file of --baseline
    #[arg(long, requires = "baseline")]
    pub(in crate::cli) prune: bool,
    /// Refuse findings in the file of --baseline that it did not list at this git ref; `check --base` does the same
    #[arg(long, requires = "baseline", value_name = "REF")]
    pub(in crate::cli) baseline_since: Option<String>,
    /// Report only findings that the contracts of this git ref or folder do not have
    #[arg(long, value_name = "REF OR FOLDER")]
    pub(in crate::cli) new_only: Option<String>,
    /// Fix in place what has exactly one correct form; keep comments and order
    #[arg(long)]
    pub(in crate::cli) fix: bool,
}

/// The date that a run uses as today.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(in crate::cli) struct Day {
    /// The date used as today, to decide which sunset dates have passed, such as 2027-01-31 [default: today, in UTC]
    #[arg(long, value_name = "DAY")]
    pub(in crate::cli) today: Option<String>,
}
