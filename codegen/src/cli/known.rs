//! Findings that are known: listed in a file, or found in the contracts of a git ref too.
//!
//! Owns where known findings come from and when their file is written. What is known is for [`crate::policy`] to say.

use std::path::Path;

use anyhow::{Result, bail};

use super::base::{self, Base};
use super::git::{self, folder_of};
use super::report::{CheckReport, count};
use super::{Task, Work};
use crate::diag::Diagnostic;
use crate::output;
use crate::policy::{Baseline, Policy};
use crate::read;
use crate::source::SourceMap;

fn found(n: usize) -> String {
    count(n, "known finding")
}

fn verb(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

/// Leaves in a report what nobody knew.
pub(super) fn compare(
    report: &mut CheckReport<'_>,
    policy: &Policy,
    spec: &Path,
    task: &Task<'_>,
    is_valid: bool,
) -> Result<()> {
    let adoption = &task.adoption;
    if let Some(file) = &adoption.baseline {
        if !is_valid && (adoption.write_baseline || adoption.prune) {
            bail!(
                "the contracts have errors, which no list of known findings can have; fix them first"
            );
        }
        match adoption.write_baseline {
            true => write(report, file)?,
            false => listed(report, file, spec, task, is_valid)?,
        }
    }
    match &adoption.new_only {
        Some(base) => since(report, policy, spec, base, task),
        None => Ok(()),
    }
}

/// Lists what was found, which is known from then on.
fn write(report: &mut CheckReport<'_>, file: &Path) -> Result<()> {
    let known = Baseline::of(&report.diagnostics, &report.sources);
    if !output::write_once(file, &known.to_text())? {
        bail!(
            "{} already exists; use `--prune` to remove fixed findings, or remove the file to start again",
            file.display()
        );
    }
    report.done.push(format!("wrote {} to {}", found(known.len()), file.display()));
    take(report, &known);
    Ok(())
}

/// Compares with what a file lists.
fn listed(
    report: &mut CheckReport<'_>,
    file: &Path,
    spec: &Path,
    task: &Task<'_>,
    is_valid: bool,
) -> Result<()> {
    let Some(text) = read::given_text(file)? else {
        bail!("{} does not exist; create it with `--write-baseline`", file.display());
    };
    let id = report.sources.add(file.display().to_string(), text.as_str());
    let known = match Baseline::parse(&report.sources, id) {
        Ok(known) => known,
        Err(faults) => {
            report.diagnostics.extend(faults);
            return Ok(());
        }
    };
    let gone = take(report, &known);
    report.diagnostics.extend(grown(file, &known, spec, task)?);
    if task.adoption.prune {
        let left = Baseline::of(&report.known, &report.sources);
        output::replace(file, &text, &left.prune(&text))?;
        let n_gone = known.len() - left.len();
        report.done.push(format!("removed {} from {}", found(n_gone), file.display()));
    } else if is_valid {
        report.diagnostics.extend(gone);
    }
    let verb = verb(report.known.len());
    report.done.push(format!("{} {verb} in {}", found(report.known.len()), file.display()));
    Ok(())
}

/// What a list has that it did not have in the base: it only shrinks.
fn grown(file: &Path, known: &Baseline, spec: &Path, task: &Task<'_>) -> Result<Vec<Diagnostic>> {
    let base = match (&task.adoption.baseline_since, &task.work) {
        (Some(since), _) => since.as_str(),
        (None, Work::Check { base: Some(base) }) => base,
        (None, _) => return Ok(Vec::new()),
    };
    if !base::is_one_folder(base) {
        return Ok(known.not_compared(&format!("`{base}` is not one git ref")));
    }
    if let Base::Folder(_) = Base::open(spec, base)? {
        return Ok(known.not_compared(&format!("`{base}` is a folder, not a git ref")));
    }
    Ok(match before(file, known, spec, base)? {
        Some(before) => known.beyond(&before, base),
        None => known.not_compared(&format!("`{base}` has no {}", file.display())),
    })
}

/// The list as a ref has it: under its name, else, because it may have been renamed or copied, the one that has the most
/// in common with it.
fn before(file: &Path, known: &Baseline, spec: &Path, base: &str) -> Result<Option<Baseline>> {
    if let Some(text) = git::text_at(file, base)? {
        return parsed(text, file).map(Some).map_err(|why| {
            let file = file.display();
            anyhow::anyhow!(
                "{file} of {base} is not a list of known findings ({why}), so nobody can tell whether the list grew; \
                 name a version with a valid list: `--baseline-since REF`"
            )
        });
    }
    // The lists of other systems stay where they are; one beside the contracts or beside this one may be copied.
    let spec = spec.canonicalize().unwrap_or_else(|_| spec.to_owned());
    let beside = [folder_of(file), folder_of(&spec)];
    let others = git::texts_with(folder_of(file), Baseline::first_line(), base, &beside)?;
    let lists = others.into_iter().filter_map(|text| parsed(text, file).ok());
    let counted = lists.map(|list| (known.beyond(&list, base).len(), list));
    let alike = counted.filter(|(n_new, _)| *n_new < known.len());
    Ok(alike.min_by_key(|(n_new, _)| *n_new).map(|(_, list)| list))
}

/// A list, or the first thing that is wrong with it.
fn parsed(text: String, file: &Path) -> Result<Baseline, String> {
    let mut sources = SourceMap::default();
    let id = sources.add(file.display().to_string(), text);
    let first = |faults: Vec<Diagnostic>| faults.into_iter().next();
    Baseline::parse(&sources, id)
        .map_err(|faults| first(faults).map(|fault| fault.message).unwrap_or_default())
}

/// Compares with what is found in the contracts of a base, by the rules of today.
fn since(
    report: &mut CheckReport<'_>,
    policy: &Policy,
    spec: &Path,
    since: &str,
    task: &Task<'_>,
) -> Result<()> {
    let before = Base::open(spec, since)?.sources()?;
    let resolved = crate::check(&before);
    if resolved.system.is_none() {
        let why = "has errors in its contracts, so some findings may be older than they seem";
        report.done.push(format!("{since} {why}"));
    }
    let mut policy = policy.without_comments();
    // What is wrong with comments of the past is nobody's concern.
    let _ = policy.read_comments(&before);
    let found = policy.judge(resolved.diagnostics, &before, task.today);
    take(report, &Baseline::of(&found, &before));
    let (n, verb) = (count(report.known.len(), "finding"), verb(report.known.len()));
    report.done.push(format!("{n} {verb} in {since} too"));
    Ok(())
}

/// Takes what is known out of the findings; answers with what is known and gone.
fn take(report: &mut CheckReport<'_>, known: &Baseline) -> Vec<Diagnostic> {
    let found = std::mem::take(&mut report.diagnostics);
    let compared = known.compare(found, &report.sources);
    report.diagnostics = compared.new;
    report.known.extend(compared.known);
    report.is_compared = true;
    compared.gone
}
