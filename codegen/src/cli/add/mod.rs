//! `add`: a service, an operation, an event, a table, a receiver of its changes or a workflow more.
//!
//! Contracts are edited in place ([`crate::edit`]), then all of them are resolved as they would be: what would be wrong
//! is told, and nothing is written. A rule's file is written once; one that is there is left as it is.

mod contracts;
mod edits;
mod events;
mod operations;
mod rules;
mod workflow;

use std::path::Path;

use anyhow::Result;

use super::arguments::{Addition, Arguments};
use super::report::CheckReport;
use super::{Exit, Folders, print, tell, workspace};
use crate::model::System;
use crate::output::{self, Change, Comparison};
use crate::read;
use crate::source::SourceMap;
pub(super) use edits::Edits;

/// How much of a diff is printed.
const MAX_DIFF_LINES: usize = 1000;

/// Adds what is asked for.
pub(super) fn run(
    arguments: &Arguments,
    folders: &Folders,
    sources: SourceMap,
    addition: &Addition,
) -> Result<Exit> {
    let resolved = crate::resolve(&sources);
    // The first service of a workspace is added to no contracts.
    let before = resolved.system.or_else(|| sources.is_empty().then(System::default));
    let Some(before) = before else {
        return refuse(
            arguments,
            folders,
            sources,
            resolved.diagnostics,
            "fix the contracts first",
        );
    };
    let mut edits = Edits::of(&folders.spec, &sources)?;
    let services = match contracts::add(&mut edits, &before, &addition.what) {
        Ok(services) => services,
        Err(refusal) => {
            let services = contracts::there(&before, &addition.what);
            return complete(arguments, folders, (&sources, &before), &services, refusal);
        }
    };
    let sources = edits.sources()?;
    let resolved = crate::resolve(&sources);
    let Some(system) = resolved.system else {
        let why = "the addition would make the contracts invalid; nothing was written";
        return refuse(arguments, folders, sources, resolved.diagnostics, why);
    };
    let rules = rules::missing(folders, &system, &services)?;
    if addition.print {
        return print_changes(folders, &edits, &rules).map(|()| Exit::Clean);
    }
    let mut lines = edits.write()?;
    let crates = workspace::around(&folders.out)?.crates;
    let written = output::write(&folders.out, &crate::generate(&sources, &system, &crates))?;
    lines.push(format!("wrote   {} generated files", written.n_written));
    lines.extend(rules.write()?);
    if !arguments.quiet {
        print(&format!("{}\n", lines.join("\n")))?;
    }
    Ok(Exit::Clean)
}

/// Writes what an interrupted addition left out: the contracts have it already. With nothing to write, it is refused.
fn complete(
    arguments: &Arguments,
    folders: &Folders,
    (sources, system): (&SourceMap, &System),
    services: &[String],
    refusal: anyhow::Error,
) -> Result<Exit> {
    if services.is_empty() {
        return Err(refusal);
    }
    let rules = rules::missing(folders, system, services)?;
    let crates = workspace::around(&folders.out)?.crates;
    let generated = crate::generate(sources, system, &crates);
    if rules.is_empty() && output::compare(&folders.out, &generated)?.is_fresh() {
        return Err(refusal);
    }
    let written = output::write(&folders.out, &generated)?;
    let mut lines = vec!["the contract already has it; its files are completed".to_owned()];
    lines.push(format!("wrote   {} generated files", written.n_written));
    lines.extend(rules.write()?);
    if !arguments.quiet {
        print(&format!("{}\n", lines.join("\n")))?;
    }
    Ok(Exit::Clean)
}

fn refuse(
    arguments: &Arguments,
    folders: &Folders,
    sources: SourceMap,
    diagnostics: Vec<crate::diag::Diagnostic>,
    why: &str,
) -> Result<Exit> {
    let mut report = CheckReport::new(sources, &folders.out_name);
    report.diagnostics.extend(super::judge::errors_of(diagnostics));
    tell(arguments, &report)?;
    eprintln!("{why}");
    Ok(Exit::Refused)
}

/// What would be written, as a diff.
fn print_changes(folders: &Folders, edits: &Edits, rules: &rules::Missing) -> Result<()> {
    let root = super::package::workspace(folders);
    let changes: Vec<Change> = edits.changes().into_iter().chain(rules.changes(&root)).collect();
    let comparison = Comparison { changes, n_unchanged: 0 };
    print(&comparison.diff(".", MAX_DIFF_LINES))
}

/// The service's name in the model.
fn found<'a>(system: &'a System, service: &str) -> Option<&'a crate::model::Service> {
    system.services.iter().find(|one| one.name.wire == service)
}

/// A path as it is told.
fn shown(path: &Path) -> String {
    super::package::shown(path)
}

/// The contracts' folder as it is read.
fn text_of(path: &Path) -> Result<Option<String>> {
    read::text_if_there(path)
}
