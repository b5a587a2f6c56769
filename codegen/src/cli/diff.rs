//! What changed since a git ref or a folder: `diff`, and `check --base`.
//!
//! Owns where the old contracts come from and what day it is. Judges nothing: [`crate::compat`] and
//! [`crate::policy`] do.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Result, bail};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::arguments::Day;
use super::base::{self, Version};
use super::judge;
use super::report::{Changes, Report};
use crate::compat::{self, Direction, Finding};
use crate::diag::{Diagnostic, Level, Severity};
use crate::model::System;
use crate::policy::{Consumers, Judged, Kind, POLICY_FILE, Policy, dropped_uses, new_comments};
use crate::source::SourceMap;

/// Which changes are told one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// All.
    All,
    /// All, and none where the base holds no contracts or wrong ones.
    AllIfComparable,
    /// Those that may hurt somebody.
    Harmful,
}

/// Adds to a report what changed since `base` in the contracts below `spec`. Events are compared with every version
/// that the base names, all else with the newest.
pub(super) fn add_changes(
    report: &mut Report<'_>,
    policy: &mut Policy,
    spec: &Path,
    base: &str,
    today: Date,
    shown: Shown,
    new: &System,
) -> Result<()> {
    let mut changes = Changes { base: base.to_owned(), ..Changes::default() };
    let mut seen = Seen::default();
    for version in base::versions(spec, base)? {
        let Version { name, sources: before } = version;
        let old = match resolve_base(&before, &name) {
            Ok(old) => old,
            // Whoever introduces or repairs contracts has nothing to be compared with.
            Err(why) if shown != Shown::All || !changes.versions.is_empty() => {
                changes.not_compared.push(why);
                continue;
            }
            Err(why) => bail!(why),
        };
        let found = compat::compare_by(&old, new, today, policy.demands);
        // All but events is compared with the newest version that can be read.
        let is_older = !changes.versions.is_empty();
        if !is_older {
            let mut told = relaxed(report, spec, base, &before)?;
            told.extend(dropped(report, policy, spec, base)?);
            report.diagnostics.extend(told);
        }
        let Judged { kept: mut findings, mut accepted } =
            policy.judge_changes(found, [&before, &report.sources], today);
        findings.retain(|finding| seen.is_new(finding, is_older));
        accepted.retain(|finding| seen.is_new(finding, is_older));
        let shown =
            findings.iter().filter(|one| shown != Shown::Harmful || one.level > Level::Info);
        let shown: Vec<_> = shown.chain(&accepted).cloned().collect();
        let reported = compat::report(&shown, &before, &report.sources, &format!("{name}:"));
        report.sources = reported.sources;
        report.diagnostics.extend(reported.diagnostics);
        changes.versions.push(name);
        changes.findings.extend(findings);
        changes.accepted.extend(accepted);
    }
    report.diagnostics.extend(policy.faults(Kind::Change, today));
    report.changes = Some(changes);
    Ok(())
}

/// What the policy accepts that the base's did not. Bases of several versions and stacks have no policy.
fn relaxed(
    report: &Report<'_>,
    spec: &Path,
    base: &str,
    before: &SourceMap,
) -> Result<Vec<Diagnostic>> {
    if !base::is_one_folder(base) {
        return Ok(Vec::new());
    }
    let mut told = new_comments(&report.sources, before, base);
    let is_policy =
        |path: &str| path.split_once('/').is_some_and(|(_, below)| below == POLICY_FILE);
    let file = report.sources.files().find(|(_, file)| is_policy(&file.path)).map(|(id, _)| id);
    let mut old = SourceMap::default();
    let read = |sources: &SourceMap, file| Policy::parse(sources, file).ok();
    let was = match base::policy_text(spec, base)? {
        None => Some(Policy::default()),
        Some(text) => {
            let file = old.add(POLICY_FILE.to_owned(), text);
            read(&old, file)
        }
    };
    if let Some((file, was)) = file.zip(was)
        && let Some(is) = read(&report.sources, file)
    {
        told.extend(is.relaxed_since(&was, base, &report.sources, file));
    }
    Ok(told)
}

/// What consumers of the base used and do not use now. Skipped for a deployed stack, which has no such files.
fn dropped(
    report: &mut Report<'_>,
    policy: &Policy,
    spec: &Path,
    base: &str,
) -> Result<Vec<Diagnostic>> {
    if !base::is_one_folder(base) {
        return Ok(Vec::new());
    }
    let mut before = Consumers::default();
    let first = report.sources.files().next();
    let folder = first.and_then(|(_, file)| file.path.split('/').next());
    let folder = folder.unwrap_or_default().to_owned();
    for (below, text) in base::consumers(spec, base)? {
        let Some(name) = judge::consumer(&below).map(str::to_owned) else { continue };
        let file = report.sources.add(format!("{base}:{folder}/{below}"), text);
        // A consumer that was wrong then used nothing.
        let _ = before.add(&report.sources, file, &name);
    }
    Ok(dropped_uses(&policy.consumers, &before, base))
}

/// What newer versions showed already.
#[derive(Default)]
struct Seen {
    /// Rules with the places of their findings, and a place alone where what is gone was announced.
    known: BTreeSet<(Option<&'static str>, String)>,
}

impl Seen {
    /// Whether a finding is worth telling of, beside those of newer versions.
    fn is_new(&mut self, finding: &Finding, is_older: bool) -> bool {
        let is_event = matches!(finding.direction, Direction::Sent | Direction::Received);
        let place = finding.place();
        if finding.rule.ends_with("-with-deprecation") {
            self.known.insert((None, place.clone()));
        } else if is_older && self.known.contains(&(None, place.clone())) {
            return false;
        }
        self.known.insert((Some(finding.rule), place)) && (is_event || !is_older)
    }
}

/// What the old contracts mean, or why nothing can be compared with them.
pub(super) fn resolve_base(before: &SourceMap, base: &str) -> Result<System, String> {
    if before.is_empty() {
        return Err(format!("`{base}` contains no contracts"));
    }
    let resolved = crate::resolve(before);
    resolved.system.ok_or_else(|| {
        let why = first_error(&resolved.diagnostics, before);
        format!("cannot compare with the contracts of `{base}`: {why}")
    })
}

fn first_error(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let is_error = |one: &&Diagnostic| one.severity == Severity::Error;
    diagnostics.iter().find(is_error).map_or_else(
        || "they are invalid".to_owned(),
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
            None => bail!("`{text}` is not a date; write one such as 2027-01-31"),
        },
    }
}
