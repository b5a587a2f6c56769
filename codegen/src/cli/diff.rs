//! What changed since a git ref or a folder: `diff`, and `check --base`.
//!
//! Owns where the old contracts come from and what day it is. Judges nothing: [`crate::compat`] and
//! [`crate::policy`] do.

use std::path::Path;

use anyhow::{Result, bail};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::arguments::Day;
use super::git;
use super::report::{Changes, Report};
use crate::compat;
use crate::diag::{Diagnostic, Level, Severity};
use crate::model::System;
use crate::policy::{Kind, Policy};
use crate::read;
use crate::source::SourceMap;

/// Which changes are told one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// All.
    All,
    /// Those that may hurt somebody.
    Harmful,
}

/// Adds to a report what changed since `base` in the contracts below `spec`.
pub(super) fn add_changes(
    report: &mut Report<'_>,
    policy: &mut Policy,
    spec: &Path,
    base: &str,
    today: Date,
    told: Told,
    new: &System,
) -> Result<()> {
    let before = read_base(spec, base)?;
    let old = match resolve_base(&before, base) {
        Ok(old) => old,
        // Whoever introduces or repairs contracts has nothing to be compared with.
        Err(why) if told == Told::Harmful => {
            let not_compared = Some(why);
            report.changes =
                Some(Changes { base: base.to_owned(), findings: vec![], not_compared });
            return Ok(());
        }
        Err(why) => bail!(why),
    };
    let findings = policy.judge_changes(compat::compare(&old, new, today), today);
    let shown: Vec<_> = findings
        .iter()
        .filter(|finding| told == Told::All || finding.level > Level::Info)
        .cloned()
        .collect();
    let reported = compat::report(&shown, &before, &report.sources, &format!("{base}:"));
    report.sources = reported.sources;
    report.diagnostics.extend(reported.diagnostics);
    report.diagnostics.extend(policy.faults(Kind::Change, today));
    report.changes = Some(Changes { base: base.to_owned(), findings, not_compared: None });
    Ok(())
}

/// What the old contracts mean, or why nothing can be compared with them.
fn resolve_base(before: &SourceMap, base: &str) -> Result<System, String> {
    if before.is_empty() {
        return Err(format!("`{base}` holds no contracts"));
    }
    let resolved = crate::resolve(before);
    resolved.system.ok_or_else(|| {
        let why = first_error(&resolved.diagnostics, before);
        format!("the contracts of `{base}` cannot be compared: {why}")
    })
}

/// The old contracts: a folder where there is one of that name, and else a git ref.
pub(super) fn read_base(spec: &Path, base: &str) -> Result<SourceMap> {
    let folder = Path::new(base);
    if !folder.is_dir() {
        return git::read_spec(spec, base);
    }
    let below = folder.join("spec");
    read::read_spec(if below.is_dir() { below.as_path() } else { folder })
}

fn first_error(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let is_error = |one: &&Diagnostic| one.severity == Severity::Error;
    diagnostics.iter().find(is_error).map_or_else(
        || "they are wrong".to_owned(),
        |error| {
            let file = sources.file(error.primary.span.file);
            let line = file.position(error.primary.span.start).line;
            format!("{}:{line}: {}", file.path, error.message)
        },
    )
}

/// The day that a run takes for today.
pub(super) fn today(day: &Day) -> Result<Date> {
    match &day.today {
        None => Ok(TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date()),
        Some(text) => match compat::parse_date(text) {
            Some(date) => Ok(date),
            None => bail!("`{text}` is no day; write one like 2027-01-31"),
        },
    }
}
