//! `suite FOLDER…`: judges suites of JSON Schema tests, one table for all.
//!
//! A folder holds files as the official suite has them: lists of groups, each a schema with values and verdicts. One
//! whose name holds `draft4` is read as OpenAPI 3.0, any other as OpenAPI 3.1. Schemas in `../../remotes` are known by the
//! URIs that the official suite gives them. A format is asserted, so what its tests call "only an annotation" is counted
//! apart.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};
use runtime::Json;
use suite::judge::{GroupOutcome, Remote, Version, judge};

/// What is told of all groups.
#[derive(Default)]
struct Totals {
    n_groups: usize,
    n_refused: usize,
    n_tests: usize,
    n_wrong: usize,
    /// Values that a format refuses, and the suite takes for annotated.
    n_annotated: usize,
}

fn main() -> Result<ExitCode> {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    ensure!(!folders.is_empty(), "name the folders of the suites: suite tests/draft4 …");
    let mut out = std::io::stdout().lock();
    let mut totals = Totals::default();
    for folder in &folders {
        let name = folder.to_string_lossy().into_owned();
        let version = Version::of_folder(&name);
        let remotes = remotes(version, folder)?;
        for file in files(folder)? {
            for line in judged_file(version, &file, &remotes, &mut totals)? {
                writeln!(out, "{line}")?;
            }
        }
    }
    let Totals { n_groups, n_refused, n_tests, n_wrong, n_annotated } = totals;
    writeln!(
        out,
        "{n_wrong} of {n_tests} values judged wrongly, {n_refused} of {n_groups} groups refused, {n_annotated} values refused \
         by a format that the suite does not assert"
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

/// The schemas that a suite serves at `http://localhost:1234/`, each with its URI in it.
fn remotes(version: Version, suite: &Path) -> Result<Vec<Remote>> {
    const HOST: &str = "http://localhost:1234/";
    let root = suite.join("../../remotes");
    let mut found = vec![];
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(&root)?.to_string_lossy().into_owned();
            let is_others = name.split_once('/').is_some_and(|(draft, _)| {
                (draft.starts_with("draft") || draft == "v1") && !version.is_draft(draft)
            });
            let text = std::fs::read_to_string(&path)?;
            let Some(members) = text.trim_start().strip_prefix('{').filter(|_| !is_others) else {
                continue;
            };
            let uri = format!("{HOST}{name}");
            let schema = Json::parse(&text).map_err(anyhow::Error::msg)?;
            match schema.get("$id").and_then(Json::as_str) {
                None => {
                    let text = format!("{{\"$id\": \"{uri}\", {members}");
                    found.push(Remote { uri, text });
                }
                Some(own) if own == uri => found.push(Remote { uri, text }),
                Some(own) => {
                    let named = format!("{{\"$id\": \"{uri}\", \"$ref\": \"{own}\"}}");
                    found.push(Remote { uri: format!("{uri} itself"), text });
                    found.push(Remote { uri, text: named });
                }
            }
        }
    }
    found.sort_by(|one, other| one.uri.cmp(&other.uri));
    Ok(found)
}

/// The remote schemas, where a group names any.
fn named(group: &Json, remotes: &[Remote]) -> Vec<Remote> {
    match group.to_string().contains("localhost:1234") {
        true => remotes.to_vec(),
        false => vec![],
    }
}

/// Judges the groups of a file; answers a line for each that is refused or judged wrongly.
fn judged_file(
    version: Version,
    file: &Path,
    remotes: &[Remote],
    totals: &mut Totals,
) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let groups = Json::parse(&text).map_err(anyhow::Error::msg)?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut lines = vec![];
    for group in groups.as_array().unwrap_or_default() {
        let title = group.get("description").and_then(Json::as_str).unwrap_or_default();
        totals.n_groups += 1;
        match judge(version, group, &named(group, remotes)) {
            GroupOutcome::Refused(reason) => {
                totals.n_refused += 1;
                lines.push(format!("refused  {name}: {title}: {reason}"));
            }
            GroupOutcome::Judged { n_tests, wrong } => {
                let annotated = |test: &String| test.ends_with("is only an annotation by default");
                let (annotated, wrong): (Vec<_>, Vec<_>) = wrong.into_iter().partition(annotated);
                totals.n_tests += n_tests;
                totals.n_annotated += annotated.len();
                totals.n_wrong += wrong.len();
                lines.extend(wrong.iter().map(|test| format!("wrong    {name}: {title}: {test}")));
            }
        }
    }
    Ok(lines)
}
