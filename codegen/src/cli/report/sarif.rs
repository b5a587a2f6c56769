//! Findings as SARIF 2.1.0 (OASIS), which code scanning reads.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{CheckReport, STALE, STALE_HELP};
use crate::compat::catalog;
use crate::diag::catalog::index;
use crate::diag::{Diagnostic, Label, Severity};
use crate::lint;
use crate::policy::Places;

/// Names the root of the repository, whose place only who reads the report knows.
const ROOT: &str = "SRCROOT";

impl CheckReport<'_> {
    /// The document.
    pub(in crate::cli) fn sarif(&self) -> String {
        let stale = (!self.stale.is_fresh()).then_some(STALE);
        let all = || self.diagnostics.iter().chain(&self.known);
        let codes: BTreeSet<_> = all().map(|one| one.code).chain(stale).collect();
        let rules: Vec<_> = codes.iter().map(|code| rule(code)).collect();
        let mut places = Places::new(&self.sources);
        let n_new = self.diagnostics.len();
        let diagnostics =
            all().enumerate().map(|(at, one)| self.result(one, at >= n_new, &mut places));
        let diagnostics: Vec<_> = diagnostics.collect();
        let results: Vec<_> = diagnostics.into_iter().chain(self.stale_results()).collect();
        let document = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "codegen",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                } },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": { ROOT: { "description": { "text": "The root of the repository" } } },
                "results": results,
            }],
        });
        format!("{document:#}\n")
    }

    fn result(&self, diagnostic: &Diagnostic, is_known: bool, places: &mut Places<'_>) -> Value {
        let level = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let help: String = diagnostic.help.iter().map(|help| format!("\nhelp: {help}")).collect();
        let related: Vec<_> = diagnostic
            .secondary
            .iter()
            .map(|label| {
                let mut location = self.location(label);
                location["message"] = json!({ "text": label.text });
                location
            })
            .collect();
        let (file, pointer) = places.named(diagnostic.primary.span);
        let place = format!("{} {file}#{pointer}", diagnostic.code);
        let mut result = json!({
            "ruleId": diagnostic.code,
            "level": level,
            "message": { "text": format!("{}{help}", diagnostic.message) },
            "locations": [self.location(&diagnostic.primary)],
            "relatedLocations": related,
            // Rule and place: the same as long as the finding is, wherever its lines move.
            "partialFingerprints": { "place/v1": place },
        });
        if self.is_compared {
            let state = if is_known { "unchanged" } else { "new" };
            result["baselineState"] = state.into();
        }
        result
    }

    fn location(&self, label: &Label) -> Value {
        let file = self.sources.file(label.span.file);
        let (start, end) = (file.position(label.span.start), file.position(label.span.end));
        let (path, is_old) = self.path_of(&file.path);
        if is_old {
            return json!({ "physicalLocation": { "artifactLocation": artifact(&path) } });
        }
        json!({ "physicalLocation": {
            "artifactLocation": artifact(&path),
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            },
        } })
    }

    fn stale_results(&self) -> impl Iterator<Item = Value> {
        self.stale.changes.iter().map(|change| {
            let path = format!("{}/{}", self.out_name, change.path);
            json!({
                "ruleId": STALE,
                "level": "error",
                "message": { "text": format!("{}: {STALE_HELP}", change.state()) },
                "locations": [{ "physicalLocation": { "artifactLocation": artifact(&path) } }],
            })
        })
    }
}

/// The explanation of a code, so that readers of a finding need not look it up.
fn rule(code: &str) -> Value {
    let mut rule = json!({ "id": code });
    let mut tell = |short: &str, full: &str, help: &str| {
        rule["shortDescription"] = json!({ "text": short });
        if !full.is_empty() {
            rule["fullDescription"] = json!({ "text": full });
        }
        if !help.is_empty() {
            rule["help"] = json!({ "text": help });
        }
    };
    if let Some(known) = lint::rule(code) {
        tell(known.what, known.why, known.example.as_ref().map_or("", |example| example.good));
        rule["properties"] = json!({ "tags": [known.group.as_str()] });
    } else if let Some(known) = catalog::all().iter().find(|known| known.id == code) {
        tell(known.what, "", known.help);
        rule["properties"] = json!({ "tags": ["change"] });
    } else if let Some(about) = index::find(code) {
        tell(about, "", "");
    } else if let Some(told) = index::told(code) {
        tell(told.about, "", told.help);
    }
    rule
}

/// A file of the repository.
fn artifact(path: &str) -> Value {
    json!({ "uri": scalars::percent::encode_path(path), "uriBaseId": ROOT })
}
