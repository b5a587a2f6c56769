//! `suite FOLDER…`: judges suites of JSON Schema tests, one table for all.
//!
//! A folder holds files as the official suite has them: lists of groups, each a schema with values and verdicts. One
//! whose name holds `draft4` is read as OpenAPI 3.0, any other as OpenAPI 3.1.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may stop where it fails"))]

mod judge;
#[cfg(test)]
mod keywords;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};
use runtime::Json;

use judge::{Outcome, Version, judge};

/// What is told of all groups.
#[derive(Default)]
struct Totals {
    n_groups: usize,
    n_refused: usize,
    n_tests: usize,
    n_wrong: usize,
}

fn main() -> Result<ExitCode> {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    ensure!(!folders.is_empty(), "name the folders of the suites: suite tests/draft4 …");
    let mut out = std::io::stdout().lock();
    let mut totals = Totals::default();
    for folder in &folders {
        let name = folder.to_string_lossy().into_owned();
        let version = Version::of_folder(&name);
        for file in files(folder)? {
            for line in judged_file(version, &file, &mut totals)? {
                writeln!(out, "{line}")?;
            }
        }
    }
    let Totals { n_groups, n_refused, n_tests, n_wrong } = totals;
    writeln!(
        out,
        "{n_wrong} of {n_tests} values judged wrongly, {n_refused} of {n_groups} groups refused"
    )?;
    Ok(ExitCode::from(u8::from(n_wrong > 0)))
}

/// The suites of a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut files = vec![];
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Judges the groups of a file; answers a line for each that is refused or judged wrongly.
fn judged_file(version: Version, file: &Path, totals: &mut Totals) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let groups = Json::parse(&text).map_err(anyhow::Error::msg)?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut lines = vec![];
    for group in groups.as_array().unwrap_or_default() {
        let title = group.get("description").and_then(Json::as_str).unwrap_or_default();
        totals.n_groups += 1;
        match judge(version, group) {
            Outcome::Refused(reason) => {
                totals.n_refused += 1;
                lines.push(format!("refused  {name}: {title}: {reason}"));
            }
            Outcome::Judged { n_tests, wrong } => {
                totals.n_tests += n_tests;
                totals.n_wrong += wrong.len();
                lines.extend(wrong.iter().map(|test| format!("wrong    {name}: {title}: {test}")));
            }
        }
    }
    Ok(lines)
}
