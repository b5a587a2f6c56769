//! Findings for people.

use super::{CheckReport, STALE, STALE_HELP};
use crate::diag::render::{self, visible, visible_lines};
use crate::diag::{Severity, count};
use crate::output::Change;

/// How much of a diff is shown before the rest is counted.
const MAX_DIFF_LINES: usize = 200;

/// What to do where nothing was ever generated.
const NONE_HELP: &str = "run `codegen` to generate them; in a repository of contracts only, use `codegen lint` and \
                         `codegen diff BASE` instead of `check`";

impl CheckReport<'_> {
    /// The diagnostics from a severity up, and the stale files with a diff.
    pub(in crate::cli) fn human(&self, colored: bool, least: Severity) -> String {
        let told = self.diagnostics.iter().filter(|one| one.severity <= least);
        let told: Vec<_> = told.cloned().collect();
        let mut out = match told.as_slice() {
            [] => String::new(),
            told => render::render_text(told, &self.sources_as_shown(), colored),
        };
        if !self.stale.is_fresh() {
            out.push_str(&self.stale_files(colored));
        }
        out.extend(self.note.as_deref());
        out
    }

    /// What was done beside the work itself, each in a line.
    pub(in crate::cli) fn done_lines(&self) -> String {
        self.done.iter().map(|line| format!("{line}\n")).collect()
    }

    /// One line on what was found in contracts; nothing where nothing was, or where changes are counted.
    pub(in crate::cli) fn findings_line(&self) -> String {
        if self.diagnostics.is_empty() || self.changes.is_some() {
            return String::new();
        }
        let n = |severity, noun| count(self.n_of(severity), noun);
        format!(
            "found {}, {}, {}\n",
            n(Severity::Error, "error"),
            n(Severity::Warning, "warning"),
            n(Severity::Note, "note")
        )
    }

    /// One line for a run that went well; nothing for any other.
    pub(in crate::cli) fn summary_line(&self) -> String {
        let Some(summary) = self.summary.as_ref().filter(|_| !self.is_refused()) else {
            return String::new();
        };
        let written = summary.written;
        let files = match summary.writes {
            true => format!(
                "{} written, {} unchanged, {} removed",
                count(written.n_written, "file"),
                written.n_unchanged,
                written.n_removed
            ),
            false => {
                let verb = if written.n_unchanged == 1 { "is" } else { "are" };
                format!("{} {verb} up to date", count(written.n_unchanged, "generated file"))
            }
        };
        format!(
            "{}, {}, {}: {files} in {} ms\n",
            count(summary.n_services, "service"),
            count(summary.n_operations, "operation"),
            count(summary.n_events, "event"),
            summary.elapsed_ms,
        )
    }

    fn stale_files(&self, colored: bool) -> String {
        let changes = &self.stale.changes;
        let paint = |code: &str, text: &str| {
            if colored { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
        };
        let head = paint("1;31", &format!("error[{STALE}]"));
        let is_new = |change: &Change| change.old.is_none();
        if self.stale.n_unchanged == 0 && changes.iter().all(is_new) {
            let name = self.out_name;
            return format!(
                "{head}: `{name}` contains no generated files\n\n  = help: {NONE_HELP}\n"
            );
        }
        let verb = if changes.len() == 1 { "is" } else { "are" };
        let files = count(changes.len(), "generated file");
        let mut out = format!("{head}: {files} {verb} out of date\n");
        for change in changes {
            let path = visible(&change.path);
            out.push_str(&format!("  {:<9} {}/{path}\n", change.state(), self.out_name));
        }
        out.push('\n');
        for line in self.stale.diff(self.out_name, MAX_DIFF_LINES).lines() {
            let shown = visible_lines(line);
            let line = match line.bytes().next() {
                Some(b'+') => paint("32", &shown),
                Some(b'-') => paint("31", &shown),
                Some(b'@') => paint("36", &shown),
                _ => shown,
            };
            out.push_str(&line);
            out.push('\n');
        }
        out.push_str(&format!("\n  = help: {STALE_HELP}\n"));
        out
    }
}
