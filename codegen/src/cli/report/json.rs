//! Findings as one JSON document.

use serde_json::{Value, json};

use super::{CheckReport, Summary};
use crate::diag::{Diagnostic, Label};
use crate::policy::Places;

impl CheckReport<'_> {
    /// The document.
    pub(in crate::cli) fn json(&self) -> String {
        let mut places = Places::new(&self.sources);
        let diagnostics: Vec<_> =
            self.diagnostics.iter().map(|one| self.diagnostic(one, &mut places)).collect();
        let stale: Vec<_> = self
            .stale
            .changes
            .iter()
            .map(|change| {
                let path = format!("{}/{}", self.out_name, change.path);
                json!({ "path": path, "state": change.state() })
            })
            .collect();
        let document = json!({
            "outcome": self.outcome(),
            "diagnostics": diagnostics,
            "stale": stale,
            "changes": self.changes_json(),
            "summary": self.summary.as_ref().map(summary),
        });
        format!("{document:#}\n")
    }

    fn diagnostic(&self, diagnostic: &Diagnostic, places: &mut Places<'_>) -> Value {
        let secondary: Vec<_> = diagnostic.secondary.iter().map(|one| self.label(one)).collect();
        json!({
            "code": diagnostic.code,
            "severity": diagnostic.severity.as_str(),
            "message": diagnostic.message,
            "place": places.of(diagnostic.primary.span),
            "primary": self.label(&diagnostic.primary),
            "secondary": secondary,
            "help": diagnostic.help,
        })
    }

    fn label(&self, label: &Label) -> Value {
        let file = self.sources.file(label.span.file);
        let (start, end) = (file.position(label.span.start), file.position(label.span.end));
        json!({
            "file": self.path_of(&file.path).0,
            "line": start.line,
            "column": start.column,
            "endLine": end.line,
            "endColumn": end.column,
            "text": label.text,
        })
    }
}

fn summary(summary: &Summary) -> Value {
    json!({
        "services": summary.n_services,
        "operations": summary.n_operations,
        "events": summary.n_events,
        "written": summary.written.n_written,
        "unchanged": summary.written.n_unchanged,
        "removed": summary.written.n_removed,
    })
}
