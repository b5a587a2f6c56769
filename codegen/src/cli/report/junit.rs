//! Findings as JUnit's XML: a test suite for each file, a test case for each finding.

use std::collections::BTreeMap;

use super::{CheckReport, STALE, STALE_HELP};
use crate::diag::render::visible_lines;
use crate::diag::{Diagnostic, Severity};

impl CheckReport<'_> {
    /// The document. Errors are failures; warnings and notes are cases that passed, with what they say as output.
    pub(in crate::cli) fn junit(&self) -> String {
        let mut suites: BTreeMap<String, Vec<&Diagnostic>> = BTreeMap::new();
        for diagnostic in &self.diagnostics {
            let path = &self.sources.file(diagnostic.primary.span.file).path;
            suites.entry(self.path_of(path).0.into_owned()).or_default().push(diagnostic);
        }
        let suites: Vec<_> = suites
            .iter()
            .map(|(path, found)| suite(path, found.iter().map(|one| self.case(path, one))))
            .chain(self.stale_suite())
            .collect();
        let suites = match suites.is_empty() {
            // A report without any case counts as missing.
            true => suite("contracts", [case("contracts", "check", "")].into_iter()),
            false => suites.concat(),
        };
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"codegen\">\n{suites}</testsuites>\n"
        )
    }

    fn case(&self, path: &str, diagnostic: &Diagnostic) -> String {
        let position = self.sources.position(diagnostic.primary.span);
        let name = format!("{} at {}:{}", diagnostic.code, position.line, position.column);
        let place = format!("{path}:{}:{}", position.line, position.column);
        let help: String = diagnostic.help.iter().map(|help| format!("\nhelp: {help}")).collect();
        let text = escaped(&format!("{place}: {}{help}", diagnostic.message));
        let told = match diagnostic.severity {
            Severity::Error => format!(
                "      <failure type=\"{}\" message=\"{}\">{text}</failure>\n",
                escaped(diagnostic.code),
                escaped(&diagnostic.message)
            ),
            Severity::Warning | Severity::Note => {
                let severity = diagnostic.severity.as_str();
                format!("      <system-out>{severity}: {text}</system-out>\n")
            }
        };
        case(path, &name, &told)
    }

    fn stale_suite(&self) -> Option<String> {
        let cases = self.stale.changes.iter().map(|change| {
            let path = format!("{}/{}", self.out_name, change.path);
            let text = format!("{}: {STALE_HELP}", change.state());
            let failure =
                format!("      <failure type=\"{STALE}\" message=\"{}\"/>\n", escaped(&text));
            case(self.out_name, &format!("{STALE} {path}"), &failure)
        });
        (!self.stale.is_fresh()).then(|| suite(self.out_name, cases))
    }
}

fn suite(name: &str, cases: impl Iterator<Item = String>) -> String {
    let cases: Vec<_> = cases.collect();
    let n_failures = cases.iter().filter(|case| case.contains("<failure ")).count();
    format!(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{n_failures}\" errors=\"0\">\n{}  </testsuite>\n",
        escaped(name),
        cases.len(),
        cases.concat()
    )
}

/// A case with the attributes that every reader of JUnit reports takes: others refuse `file` and `line`.
fn case(path: &str, name: &str, told: &str) -> String {
    let (path, name) = (escaped(path), escaped(name));
    let head = format!("    <testcase classname=\"{path}\" name=\"{name}\"");
    match told.is_empty() {
        true => format!("{head}/>\n"),
        false => format!("{head}>\n{told}    </testcase>\n"),
    }
}

/// A text as XML 1.0 takes it; what it has no form for becomes a replacement character.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in visible_lines(text).chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            char => out.push(char),
        }
    }
    out
}
