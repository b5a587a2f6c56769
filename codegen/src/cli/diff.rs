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
use super::base::{self, Base, Version};
use super::judge;
use super::report::{Changes, CheckReport};
use crate::compat::{self, Direction, Finding, Stage};
use crate::diag::{Diagnostic, Level, Severity};
use crate::model::System;
use crate::policy::{Consumers, Judged, Kind, POLICY_FILE, Policy};
use crate::policy::{dropped_uses, new_comments, policy_not_compared};
use crate::source::{FileId, SourceMap};

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
    report: &mut CheckReport<'_>,
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
        let Version { name, sources: mut before, base: place } = version;
        let old = match resolve_base(&before, &name) {
            Ok(old) => old,
            // Contracts that are new or were broken have nothing to be compared with.
            Err(why) if shown != Shown::All || !changes.versions.is_empty() => {
                changes.not_compared.push(why);
                continue;
            }
            Err(why) => bail!(why),
        };
        let subjects = [compat::subjects(&old), compat::subjects(new)].concat();
        let has = |subject: &str, field: &str, is_read| {
            [&old, new].iter().any(|system| compat::has(system, subject, field, is_read))
        };
        policy.consumers.doubt(&subjects, has);
        // A check has told what the new contracts lack.
        if shown != Shown::Harmful && changes.versions.is_empty() {
            let lost = policy.consumers.unknown(&subjects, has);
            let lost = policy.judge(lost, &report.sources, today);
            report.diagnostics.extend(lost);
        }
        let mut found = compat::compare_by(&old, new, today, policy.demands);
        // All but events is compared with the newest version that can be read.
        let is_older = !changes.versions.is_empty();
        if let Some(place) = place {
            let was = stages(&mut before, place.stages()?);
            let is = stages(&mut report.sources, base::stages_beside(spec)?);
            // A base that knows no stage has no settings of them.
            if !was.is_empty() {
                found.extend(compat::compare_stages(
                    (&before, &was),
                    (&report.sources, &is),
                    today,
                ));
            }
            let mut told = new_comments(&report.sources, &before, base);
            told.extend(relaxed(report, &place, base)?);
            told.extend(dropped(report, policy, &place, base)?);
            report.diagnostics.extend(told);
        }
        let (found, again): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|finding| seen.is_new(finding, is_older));
        // What is not told again still needs its ignores.
        let _ = policy.judge_changes(again, [&before, &report.sources], today);
        let Judged { kept: findings, accepted } =
            policy.judge_changes(found, [&before, &report.sources], today);
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

/// Takes the settings of stages in.
fn stages(sources: &mut SourceMap, files: Vec<(String, String)>) -> Vec<Stage> {
    let is_stage = |(path, _): &(String, String)| path.ends_with(".toml");
    let add = |(path, text): (String, String)| {
        let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
        Stage { name, file: sources.add(path, text) }
    };
    files.into_iter().filter(is_stage).map(add).collect()
}

/// What the policy accepts that the base's did not; where it has no file any more, its place is in the base.
fn relaxed(report: &mut CheckReport<'_>, place: &Base, base: &str) -> Result<Vec<Diagnostic>> {
    let is_policy =
        |path: &str| path.split_once('/').is_some_and(|(_, below)| below == POLICY_FILE);
    let file = report.sources.files().find(|(_, file)| is_policy(&file.path)).map(|(id, _)| id);
    let old = place.policy_text()?.map(|text| add(report, base, POLICY_FILE, text));
    let read = |file: Option<FileId>| match file {
        None => Some(Policy::default()),
        Some(file) => Policy::parse(&report.sources, file).ok(),
    };
    let Some(at) = file.or(old) else { return Ok(Vec::new()) };
    Ok(match (read(old), read(file)) {
        (Some(was), Some(is)) => is.relaxed_since(&was, base, &report.sources, at),
        (None, _) => policy_not_compared(base, at),
        // What is wrong with the policy was told when it was loaded.
        (_, None) => Vec::new(),
    })
}

/// What consumers of the base used and do not use now.
fn dropped(
    report: &mut CheckReport<'_>,
    policy: &Policy,
    place: &Base,
    base: &str,
) -> Result<Vec<Diagnostic>> {
    let mut before = Consumers::default();
    for (below, text) in place.consumers()? {
        let Some(name) = judge::consumer(&below).map(str::to_owned) else { continue };
        let file = add(report, base, &below, text);
        // A consumer that was wrong then used nothing.
        let _ = before.add(&report.sources, file, &name);
    }
    Ok(dropped_uses(&policy.consumers, &before, base))
}

/// Adds a file of the base, which stands below the folder of contracts.
fn add(report: &mut CheckReport<'_>, base: &str, below: &str, text: String) -> FileId {
    let first = report.sources.files().next();
    let folder = first.and_then(|(_, file)| file.path.split('/').next());
    let folder = folder.unwrap_or_default().to_owned();
    report.sources.add(format!("{base}:{folder}/{below}"), text)
}

/// What newer versions showed already.
#[derive(Default)]
struct Seen {
    /// Rules with the places and words of their findings.
    known: BTreeSet<(&'static str, String, String)>,
    /// The places where what is gone was announced.
    announced: BTreeSet<String>,
}

impl Seen {
    /// Whether a finding is worth telling of, beside those of newer versions: all of the newest one's are.
    fn is_new(&mut self, finding: &Finding, is_older: bool) -> bool {
        let is_event = matches!(finding.direction, Direction::Sent | Direction::Received);
        let place = finding.place();
        if is_older && (!is_event || self.announced.contains(&place)) {
            return false;
        }
        if finding.rule.ends_with("-with-deprecation") {
            self.announced.insert(place.clone());
        }
        self.known.insert((finding.rule, place, finding.message.clone())) || !is_older
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
