//! What a run found, for people and for programs.

use codegen::cli::rendered::{Format, render};
use codegen::diag::{Diagnostic, has_errors};
use codegen::source::SourceMap;
use serde_json::{Value, json};

use crate::coverage::Group;
use crate::run::RunOutcome;

/// What a run found.
pub(crate) struct VerifyReport {
    sources: SourceMap,
    diagnostics: Vec<Diagnostic>,
    /// None when the contracts are wrong, so that nothing was asked.
    run: Option<Run>,
}

struct Run {
    url: String,
    seed: u64,
    outcome: RunOutcome,
}

impl VerifyReport {
    /// The report on contracts that are wrong.
    pub(crate) fn of_contracts(sources: SourceMap, diagnostics: Vec<Diagnostic>) -> Self {
        Self { sources, diagnostics, run: None }
    }

    /// The report on a run.
    pub(crate) fn new(sources: SourceMap, url: String, seed: u64, mut outcome: RunOutcome) -> Self {
        let mut diagnostics: Vec<_> = std::mem::take(&mut outcome.findings)
            .into_iter()
            .zip(&outcome.counts)
            .map(|(mut finding, count)| {
                if *count > 1 {
                    finding.help.push(format!("{count} requests show this"));
                }
                finding
            })
            .collect();
        let place = |one: &Diagnostic| {
            let span = one.primary.span;
            (sources.file(span.file).path.clone(), span.start)
        };
        diagnostics.sort_by_cached_key(place);
        Self { sources, diagnostics, run: Some(Run { url, seed, outcome }) }
    }

    /// Whether something is wrong.
    pub(crate) fn has_findings(&self) -> bool {
        has_errors(&self.diagnostics)
    }

    /// The findings in a format.
    pub(crate) fn render(&self, format: Format, colored: bool) -> String {
        render(self.sources.clone(), self.diagnostics.clone(), format, colored)
    }

    /// The findings and the coverage as one document.
    pub(crate) fn json(&self) -> String {
        let findings = self.render(Format::Json, false);
        let mut document: Value = serde_json::from_str(&findings).unwrap_or_else(|_| json!({}));
        if let (Some(document), Some(run)) = (document.as_object_mut(), &self.run) {
            // What only a run of the generator has.
            for key in ["stale", "changes", "summary"] {
                document.remove(key);
            }
            document.insert("stage".to_owned(), json!(run.url));
            document.insert("seed".to_owned(), json!(run.seed));
            document.insert("requests".to_owned(), json!(run.outcome.n_requests));
            document.insert("coverage".to_owned(), self.coverage(run));
            document.insert(
                "data".to_owned(),
                json!({
                    "created": run.outcome.ledger.created,
                    "withoutRemoval": run.outcome.ledger.kept,
                    "removed": run.outcome.n_removed,
                    "left": run.outcome.n_left,
                }),
            );
        }
        format!("{document:#}\n")
    }

    fn coverage(&self, run: &Run) -> Value {
        let coverage = &run.outcome.coverage;
        let groups: serde_json::Map<_, _> = Group::ALL
            .into_iter()
            .map(|group| {
                let (covered, all) = coverage.count(group);
                (group.name().to_owned(), json!({ "covered": covered, "all": all }))
            })
            .collect();
        let open: Vec<_> = coverage
            .open()
            .map(|(mark, why)| {
                let file = self.sources.file(mark.span.file);
                let line = file.position(mark.span.start).line;
                json!({
                    "group": mark.group.name(), "what": mark.words, "why": why,
                    "file": file.path, "line": line,
                })
            })
            .collect();
        json!({ "groups": groups, "notCovered": open })
    }

    /// The findings, and the coverage as a table.
    pub(crate) fn markdown(&self) -> String {
        let mut out = self.render(Format::Markdown, false);
        let Some(run) = &self.run else { return out };
        out.push_str("\n| contract coverage | covered | of |\n| --- | ---: | ---: |\n");
        for group in Group::ALL {
            let (covered, all) = run.outcome.coverage.count(group);
            out.push_str(&format!("| {} | {covered} | {all} |\n", group.name()));
        }
        out
    }

    /// The coverage, the data and the verdict, for people.
    pub(crate) fn summary(&self) -> String {
        let Some(run) = &self.run else { return String::new() };
        let outcome = &run.outcome;
        let mut out = format!("contract coverage of {} (seed {})\n", run.url, run.seed);
        for group in Group::ALL {
            let (covered, all) = outcome.coverage.count(group);
            out.push_str(&format!("  {:<12} {covered} of {all}\n", group.name()));
        }
        let open: Vec<_> = outcome.coverage.open().collect();
        if !open.is_empty() {
            out.push_str("not covered\n");
        }
        for (mark, why) in open {
            let file = self.sources.file(mark.span.file);
            let line = file.position(mark.span.start).line;
            out.push_str(&format!("  {}:{line}  {}: {why}\n", file.path, mark.words));
        }
        out.push_str(&data(outcome));
        let n = self.diagnostics.len();
        let findings = if n == 1 { "1 finding".to_owned() } else { format!("{n} findings") };
        out.push_str(&format!("{} requests, {findings}\n", outcome.n_requests));
        out
    }
}

/// What the run did to the stage.
fn data(outcome: &RunOutcome) -> String {
    let list = |counts: &std::collections::BTreeMap<String, usize>| {
        let each = counts.iter().map(|(id, n)| format!("{id} {n}"));
        each.collect::<Vec<_>>().join(", ")
    };
    if outcome.ledger.created.is_empty() {
        return "data: nothing was changed\n".to_owned();
    }
    let mut out = format!("data: changed by {}\n", list(&outcome.ledger.created));
    out.push_str(&format!("  deleted again: {}", outcome.n_removed));
    if outcome.n_left > 0 {
        out.push_str(&format!("; could not be deleted: {}", outcome.n_left));
    }
    out.push('\n');
    if !outcome.ledger.kept.is_empty() {
        let kept = list(&outcome.ledger.kept);
        out.push_str(&format!("  kept, because no operation deletes it: {kept}\n"));
    }
    out
}
