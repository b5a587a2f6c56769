//! Findings as Markdown, for the summary of a job.
//!
//! Owns the layout of three tables: changes since a base, findings in contracts, stale files. Long ones are cut,
//! since a summary has a limit; what is left out is counted.

use super::{CheckReport, STALE_HELP};
use crate::compat::Finding;
use crate::diag::render::{visible, visible_lines};
use crate::diag::{Diagnostic, Severity, count};

/// The rows that a table has at most.
const MOST_ROWS: usize = 100;

impl CheckReport<'_> {
    /// The document.
    pub(in crate::cli) fn markdown(&self) -> String {
        let mut out = format!("## Contracts: {}\n\n", self.outcome());
        self.changes_markdown(&mut out);
        self.findings_markdown(&mut out);
        self.stale_markdown(&mut out);
        out
    }

    fn changes_markdown(&self, out: &mut String) {
        let Some(changes) = &self.changes else { return };
        out.push_str(&format!("Changes s{}\n", self.changes_line().trim_start_matches('s')));
        let row = |finding: &Finding, severity: Severity| {
            let also = match finding.also.len() {
                0 => String::new(),
                n => format!(" and {}", count(n, "more place")),
            };
            let cells = [
                mark(severity).to_owned(),
                format!("`{}`{also}", code(&finding.place())),
                format!("{} (`{}`)", text(&finding.message), finding.rule),
                text(&finding.whom()),
                steps(&finding.help),
            ];
            format!("| {} |\n", cells.join(" | "))
        };
        let heads = ["", "where", "change", "affects", "instead"];
        table(
            out,
            &heads,
            changes.findings.iter().map(|finding| row(finding, finding.level.severity())),
        );
        if !changes.accepted.is_empty() {
            out.push_str("Accepted by the policy:\n\n");
            let accepted = changes.accepted.iter();
            table(out, &heads, accepted.map(|finding| row(finding, Severity::Note)));
        }
    }

    fn findings_markdown(&self, out: &mut String) {
        // What changed since a base has a table of its own.
        let changes = self.changes.iter();
        let changes = changes.flat_map(|changes| changes.findings.iter().chain(&changes.accepted));
        let changed: Vec<_> = changes.map(|finding| finding.rule).collect();
        let own: Vec<&Diagnostic> =
            self.diagnostics.iter().filter(|one| !changed.contains(&one.code)).collect();
        if own.is_empty() {
            return;
        }
        out.push_str(&format!("{} in the contracts.\n\n", count(own.len(), "finding")));
        let row = |diagnostic: &&Diagnostic| {
            let span = diagnostic.primary.span;
            let file = self.sources.file(span.file);
            let line = file.position(span.start).line;
            let cells = [
                mark(diagnostic.severity).to_owned(),
                format!("`{}:{line}`", code(&file.path)),
                format!("{} (`{}`)", text(&diagnostic.message), diagnostic.code),
                diagnostic.help.first().map(|help| steps(help)).unwrap_or_default(),
            ];
            format!("| {} |\n", cells.join(" | "))
        };
        table(out, &["", "where", "finding", "instead"], own.iter().map(row));
    }

    fn stale_markdown(&self, out: &mut String) {
        if self.stale.is_fresh() {
            return;
        }
        let changes = &self.stale.changes;
        let files = count(changes.len(), "generated file");
        out.push_str(&format!("{files} not up to date: {STALE_HELP}.\n\n"));
        let row = |change: &crate::output::Change| {
            format!("| {} | `{}/{}` |\n", change.state(), code(self.out_name), code(&change.path))
        };
        table(out, &["", "file"], changes.iter().map(row));
    }
}

fn table(out: &mut String, heads: &[&str], rows: impl ExactSizeIterator<Item = String>) {
    let n_rows = rows.len();
    if n_rows == 0 {
        return;
    }
    out.push_str(&format!("| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(heads.len())));
    out.extend(rows.take(MOST_ROWS));
    if n_rows > MOST_ROWS {
        out.push_str(&format!("\nand {} more.\n", n_rows - MOST_ROWS));
    }
    out.push('\n');
}

fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "❌",
        Severity::Warning => "⚠️",
        Severity::Note => "ℹ️",
    }
}

/// A help in a cell: a sentence, and the lines of a contract that it proposes.
fn steps(help: &str) -> String {
    let (first, lines) = help.split_once('\n').unwrap_or((help, ""));
    // Code that goes on in the next line is no proposal.
    if first.matches('`').count() % 2 == 1 {
        return text(help);
    }
    let lines = lines.lines().map(str::trim_end).filter(|line| !line.is_empty());
    let lines = lines.map(|line| format!("<br>`{}`", code(line)));
    text(first) + &lines.collect::<String>()
}

/// Text in a cell: what would end the cell, or begin an element outside of back-ticks, is escaped.
fn text(words: &str) -> String {
    let one_line =
        visible_lines(words).split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    let parts = one_line.split('`').enumerate();
    let escaped = parts.map(|(at, part)| match at % 2 {
        0 => part.replace('<', "&lt;"),
        _ => part.to_owned(),
    });
    escaped.collect::<Vec<_>>().join("`")
}

/// Text between back-ticks in a cell.
fn code(words: &str) -> String {
    visible(words).replace('|', "\\|").replace('`', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_help_is_shown_to_its_end() {
        assert_eq!(
            steps("add one sentence:\n  description: a | b\n"),
            "add one sentence:<br>`  description: a \\| b`"
        );
        assert_eq!(steps("there is `a\nb`; write <that>"), "there is `a b`; write &lt;that>");
        assert_eq!(code("a\nb|c"), "a\u{fffd}b\\|c");
        assert_eq!(text("a\u{1b}[31m\u{202e}b"), "a\u{fffd}[31m\u{fffd}b");
    }
}
