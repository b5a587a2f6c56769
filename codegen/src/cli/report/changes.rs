//! What changed since a base, in numbers and for programs.

use serde_json::{Value, json};

use super::CheckReport;
use crate::compat::{Finding, Level};
use crate::diag::count;

impl CheckReport<'_> {
    /// Whether a change breaks somebody.
    pub(super) fn is_breaking(&self) -> bool {
        self.n_changes(Level::Error) > 0
    }

    /// One line on the changes; nothing where there is no base.
    pub(in crate::cli) fn changes_line(&self) -> String {
        let Some(changes) = &self.changes else { return String::new() };
        let not_compared = self.not_compared();
        let versions = match changes.versions.len() {
            0 => return not_compared,
            1 => String::new(),
            n => format!(" ({n} versions)"),
        };
        let accepted = match changes.accepted.len() {
            0 => String::new(),
            n => format!("; the policy accepts {}", count(n, "breaking change")),
        };
        format!(
            "{not_compared}since {}{versions}: {}, {}, {}{accepted}\n",
            changes.base,
            count(self.n_changes(Level::Error), "breaking change"),
            count(self.n_changes(Level::Warning), "warning"),
            count(self.n_changes(Level::Info), "compatible change"),
        )
    }

    /// A line on each version that could not be compared, which a run that passes must not hide.
    pub(in crate::cli) fn not_compared(&self) -> String {
        let lines = self.changes.iter().flat_map(|changes| {
            let why = |why: &String| format!("since {}: not compared: {why}\n", changes.base);
            changes.not_compared.iter().map(why)
        });
        lines.collect()
    }

    fn n_changes(&self, level: Level) -> usize {
        let findings = self.changes.iter().flat_map(|changes| &changes.findings);
        findings.filter(|finding| finding.level == level).count()
    }

    /// The changes; `null` where there is no base.
    pub(super) fn changes_json(&self) -> Value {
        self.changes.as_ref().map_or(Value::Null, |changes| {
            let findings: Vec<_> = changes.findings.iter().map(finding).collect();
            let accepted: Vec<_> = changes.accepted.iter().map(finding).collect();
            json!({
                "base": changes.base,
                "versions": changes.versions,
                "findings": findings,
                "accepted": accepted,
                "notCompared": changes.not_compared,
            })
        })
    }
}

fn finding(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule,
        "level": finding.level.to_string(),
        "direction": finding.direction.as_str(),
        "subject": finding.subject,
        "part": finding.part,
        "path": finding.path,
        "message": finding.message,
        "affected": finding.whom(),
        "help": finding.help,
        "also": finding.also,
    })
}
