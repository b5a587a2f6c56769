//! Findings of other commands, told as the generator tells its own.

use super::report::CheckReport;
use crate::diag::{Diagnostic, Severity};
use crate::source::SourceMap;

pub use super::arguments::{Color, Format};

/// Diagnostics in a format.
#[must_use]
pub fn render(
    sources: SourceMap,
    diagnostics: Vec<Diagnostic>,
    format: Format,
    colored: bool,
) -> String {
    let mut report = CheckReport::new(sources, "");
    report.diagnostics = diagnostics;
    match format {
        Format::Human => report.human(colored, Severity::Note),
        Format::Json => report.json(),
        Format::Sarif => report.sarif(),
        Format::Github => report.github(),
        Format::Markdown => report.markdown(),
        Format::Junit => report.junit(),
    }
}

/// Whether what is told is colored, where it goes to a terminal or not.
#[must_use]
pub fn is_colored(color: Color, is_terminal: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            let is_dumb = std::env::var_os("TERM").is_some_and(|name| name == "dumb");
            is_terminal && !refused && !is_dumb
        }
    }
}
