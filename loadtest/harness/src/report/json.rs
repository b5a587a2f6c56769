//! The machine-readable report: all figures and whole distributions, so that runs can be merged and compared.
//! The shape has a version; a report of another version is refused, not guessed at.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Report, SCHEMA};

/// The published JSON Schema of the report.
pub const SCHEMA_TEXT: &str = include_str!("../../report.schema.json");

/// The longest time in seconds, and the highest rate, of a report.
const MOST: f64 = 1e9;

/// Why a report could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be read.
    #[error("`{}`: {cause}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// It is not a report.
    #[error("`{}` is not a load test report: {cause}", path.display())]
    Syntax {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: serde_json::Error,
    },
    /// A figure that no run has.
    #[error("`{}` is not a load test report: `{name}` is {value:e}, expected 0 to {MOST:e}", path.display())]
    Value {
        /// Which.
        path: PathBuf,
        /// Where it stands.
        name: &'static str,
        /// What it is.
        value: f64,
    },
    /// It is a report that this program does not know.
    #[error("`{}` has schema {found}, expected {SCHEMA}; use the program that wrote it, or measure again", path.display())]
    Schema {
        /// Which.
        path: PathBuf,
        /// Its schema.
        found: u32,
    },
}

/// The report as JSON, with a line break at its end.
#[must_use]
pub fn render(report: &Report) -> String {
    // Every part of a report is a plain value with text for keys, which JSON can always hold.
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}

/// The same in one line, which takes a third of the time.
#[must_use]
pub(crate) fn render_line(report: &Report) -> String {
    let mut text = serde_json::to_string(report).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads a report that [`render`] wrote.
///
/// # Errors
/// When the file cannot be read, is no report, or has another schema.
pub fn read(path: &Path) -> Result<Report, ReadError> {
    let text = std::fs::read_to_string(path)
        .map_err(|cause| ReadError::File { path: path.to_owned(), cause })?;
    parse(path, &text)
}

/// Reads the text of a report; `path` is what errors call it.
///
/// # Errors
/// When it is no report, or has another schema.
pub fn parse(path: &Path, text: &str) -> Result<Report, ReadError> {
    #[derive(Deserialize)]
    struct Head {
        schema: u32,
    }
    let syntax = |cause| ReadError::Syntax { path: path.to_owned(), cause };
    let head: Head = serde_json::from_str(text).map_err(syntax)?;
    if head.schema != SCHEMA {
        return Err(ReadError::Schema { path: path.to_owned(), found: head.schema });
    }
    let report: Report = serde_json::from_str(text).map_err(syntax)?;
    let (run, settings) = (&report.run, &report.settings);
    let figures = [
        ("run.load_seconds", run.load_seconds),
        ("run.served_seconds", run.served_seconds),
        ("run.drain_seconds", run.drain_seconds),
        ("settings.run_time_seconds", settings.run_time_seconds),
        ("settings.rate", settings.rate),
    ];
    let is_wrong = |(_, value): &(&str, f64)| !(0.0..=MOST).contains(value);
    match figures.into_iter().find(is_wrong) {
        Some((name, value)) => Err(ReadError::Value { path: path.to_owned(), name, value }),
        None => Ok(report),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::super::sample;
    use super::*;

    fn file(name: &str, text: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("loadtest-{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn a_report_survives_the_way_through_a_file() {
        let report = sample::report();
        let path = file("round.json", &render(&report));
        assert!(read(&path).unwrap() == report, "the report changed on its way");
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_figure_that_no_run_has_is_refused() {
        let mut report = sample::report();
        report.run.load_seconds = 1e308;
        let said = parse(Path::new("a.json"), &render(&report)).unwrap_err().to_string();
        assert!(said.contains("`run.load_seconds` is 1e308"), "{said}");
    }

    #[test]
    fn what_is_no_report_is_refused_by_name() {
        let missing = read(Path::new("/nonexistent/report.json")).unwrap_err().to_string();
        assert!(missing.contains("/nonexistent/report.json"), "{missing}");
        let path = file("newer.json", "{\"schema\": 999, \"whatever\": 1}");
        assert!(read(&path).unwrap_err().to_string().contains("schema 999"));
        std::fs::write(&path, "{\"schema\": 4}").unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("not a load test report"));
        std::fs::remove_file(path).unwrap();
    }
}
