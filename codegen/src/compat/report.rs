//! Findings as diagnostics, for whichever renderer.
//!
//! Owns how the two versions of the contracts come to stand in one map of sources. Lays nothing out.

use super::catalog::Level;
use super::finding::Finding;
use crate::diag::{Diagnostic, Label, Severity};
use crate::source::{FileId, SourceMap, Span};

/// How many further places of a change are named.
const MOST_NAMED: usize = 5;

/// Both versions of the contracts, and diagnostics that point into them.
#[derive(Debug, Clone)]
pub struct Reported {
    /// The new files, then the old ones with a prefix before their path.
    pub sources: SourceMap,
    /// One diagnostic for each finding, in the order of the findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Turns findings into diagnostics. Files of the old version are named with `prefix` before their path, for
/// example `main:`.
#[must_use]
pub fn report(findings: &[Finding], old: &SourceMap, new: &SourceMap, prefix: &str) -> Reported {
    let mut sources = new.clone();
    let n_new = u32::try_from(new.files().count()).unwrap_or(u32::MAX);
    for (_, file) in old.files() {
        sources.add(format!("{prefix}{}", file.path), file.text.as_str());
    }
    let in_old = |span: Span| Span { file: FileId(span.file.0.saturating_add(n_new)), ..span };
    let diagnostics = findings.iter().map(|finding| {
        let old = finding.old_span.map(in_old);
        diagnostic(finding, old, finding.new_span)
    });
    Reported { diagnostics: diagnostics.collect(), sources }
}

fn diagnostic(finding: &Finding, old: Option<Span>, new: Option<Span>) -> Diagnostic {
    let label = |span, text: &str| Label { span, text: text.to_owned() };
    let (primary, secondary) = match (new, old) {
        (Some(new), Some(old)) => (label(new, ""), vec![label(old, "it was here")]),
        (Some(only), None) => (label(only, ""), vec![]),
        (None, only) => (label(only.unwrap_or_default(), "it was here"), vec![]),
    };
    let mut help = Vec::new();
    if !finding.affected.is_empty() {
        help.push(format!("affects {}", finding.affected));
    }
    if !finding.help.is_empty() {
        help.push(format!("instead: {}", finding.help));
    }
    if !finding.also.is_empty() {
        let named = finding.also.iter().take(MOST_NAMED).map(|place| format!("`{place}`"));
        let named = named.collect::<Vec<_>>().join(", ");
        help.push(match finding.also.len().saturating_sub(MOST_NAMED) {
            0 => format!("the same change shows in {named}"),
            more => format!("the same change shows in {named} and {more} more places"),
        });
    }
    Diagnostic {
        code: finding.rule,
        severity: match finding.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Info => Severity::Note,
        },
        message: format!("`{}`: {}", finding.place(), finding.message),
        primary,
        secondary,
        help,
    }
}
