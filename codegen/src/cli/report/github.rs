//! Findings as GitHub workflow commands, which are shown on the lines that they are about.

use super::{CheckReport, STALE, STALE_HELP};
use crate::diag::Severity;
use crate::diag::render::visible_lines;

impl CheckReport<'_> {
    /// A command for each finding.
    pub(in crate::cli) fn github(&self) -> String {
        let mut out = String::new();
        for line in self.not_compared().lines() {
            out.push_str(&command("warning", &[("title", "not compared".to_owned())], line));
        }
        for diagnostic in &self.diagnostics {
            let span = diagnostic.primary.span;
            let file = self.sources.file(span.file);
            let (start, end) = (file.position(span.start), file.position(span.end));
            let level = match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "notice",
            };
            let (path, is_old) = self.path_of(&file.path);
            let mut properties = vec![("file", path.into_owned())];
            if !is_old {
                properties.push(("line", start.line.to_string()));
                properties.push(("endLine", end.line.to_string()));
            }
            properties.push(("title", diagnostic.code.to_owned()));
            if start.line == end.line && !is_old {
                // GitHub takes columns only when the finding is on one line.
                properties.push(("col", start.column.to_string()));
                properties.push(("endColumn", end.column.to_string()));
            }
            let lines: Vec<_> =
                std::iter::once(&diagnostic.message).chain(&diagnostic.help).collect();
            let text = lines.into_iter().map(String::as_str).collect::<Vec<_>>().join("\n");
            out.push_str(&command(level, &properties, &text));
        }
        for change in &self.stale.changes {
            let file = format!("{}/{}", self.out_name, change.path);
            let text = format!("{}: {STALE_HELP}", change.state());
            out.push_str(&command("error", &[("file", file), ("title", STALE.to_owned())], &text));
        }
        out
    }
}

fn command(level: &str, properties: &[(&str, String)], text: &str) -> String {
    let properties: Vec<_> =
        properties.iter().map(|(key, value)| format!("{key}={}", escape_property(value))).collect();
    format!("::{level} {}::{}\n", properties.join(","), escape(text))
}

fn escape(text: &str) -> String {
    visible_lines(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}
