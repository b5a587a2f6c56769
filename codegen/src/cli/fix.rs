//! `--fix`: contracts corrected in place where one form is right.
//!
//! Owns the order of the edits and that nothing is written which would make contracts wrong. Which edit is right, the
//! rule says; how it is made, [`crate::edit`].

use std::path::Path;

use anyhow::Result;

use super::add::Edits;
use super::report::{CheckReport, count};
use super::{Task, judge};
use crate::diag::{Diagnostic, Edit, Fix};
use crate::edit;
use crate::policy::Kind;
use crate::read;
use crate::source::SourceMap;

/// How often contracts are looked at again: an edit may bring the next one up.
const MOST_ROUNDS: usize = 4;

/// Corrects what can be, and answers with the contracts as they are then.
pub(super) fn apply(
    spec: &Path,
    mut sources: SourceMap,
    task: &Task<'_>,
) -> Result<(SourceMap, Option<String>)> {
    let mut n_fixed = 0;
    for _ in 0..MOST_ROUNDS {
        let (found, all) = found(spec, &sources, task)?;
        let mut edits = Edits::of(spec, &sources)?;
        let n_made = make(&mut edits, &found, &all)?;
        let after = edits.sources()?;
        // What was right stays right, or nothing is written.
        if n_made == 0 || crate::resolve(&after).system.is_none() {
            break;
        }
        edits.write()?;
        n_fixed += n_made;
        sources = read::read_spec(spec)?;
    }
    Ok((sources, Some(format!("fixed {}", count(n_fixed, "finding")))))
}

/// The findings as the policy judges them, and the files that they point into; none where contracts mean nothing.
fn found(
    spec: &Path,
    sources: &SourceMap,
    task: &Task<'_>,
) -> Result<(Vec<Diagnostic>, SourceMap)> {
    let resolved = crate::check(sources);
    let mut report = CheckReport::new(sources.clone(), "");
    let policy = judge::load(&mut report, spec, &task.strictness)?;
    let Some(mut policy) = policy.filter(|_| resolved.system.is_some()) else {
        return Ok((Vec::new(), report.sources));
    };
    let mut found = policy.judge(resolved.diagnostics, &report.sources, task.today);
    found.extend(policy.faults(Kind::Contract, task.today));
    Ok((found, report.sources))
}

/// Makes the edits of findings, from the end of each file to its beginning, so that none moves what another is about.
/// Answers with how many were made.
fn make(edits: &mut Edits, found: &[Diagnostic], sources: &SourceMap) -> Result<usize> {
    let mut fixes: Vec<&Fix> = found.iter().filter_map(|one| one.fix.as_ref()).collect();
    fixes.sort_by_key(|fix| (fix.at.file, std::cmp::Reverse(fix.at.start)));
    fixes.dedup();
    let mut n_made = 0;
    for fixes in fixes.chunk_by(|one, next| one.at.file == next.at.file) {
        let Some(first) = fixes.first() else { continue };
        let file = sources.file(first.at.file);
        let places: Vec<_> = fixes.iter().map(|fix| fix.at).collect();
        let ways = edit::ways(&file.text, &places);
        let path = file.path.split_once('/').map_or(file.path.as_str(), |(_, below)| below);
        for (fix, way) in fixes.iter().zip(&ways) {
            let way: Vec<&str> = way.iter().map(String::as_str).collect();
            let mut is_made = false;
            edits.edit(path, |text| {
                // What cannot be edited is left as it is, and stays a finding; so does what takes a comment along.
                let edited = made(text, fix, &way).ok();
                let edited =
                    edited.filter(|edited| fix.edit == Edit::Erase || keeps_comments(text, edited));
                let edited = edited.unwrap_or_else(|| text.to_owned());
                is_made = edited != text;
                Ok(edited)
            })?;
            n_made += usize::from(is_made);
        }
    }
    Ok(n_made)
}

fn made(text: &str, fix: &Fix, way: &[&str]) -> Result<String, String> {
    match &fix.edit {
        Edit::Insert { key, block } => edit::insert(text, way, key, block),
        Edit::Append { key, item } => edit::append(text, &[key], item),
        Edit::Set(new) => edit::set(text, way, new),
        Edit::Remove => edit::remove(text, way),
        Edit::RemoveAround => edit::remove(text, &way[..way.len().saturating_sub(1)]),
        Edit::Erase => edit::erase(text, fix.at.start as usize, fix.at.end as usize),
    }
}

/// Whether as many comments are there as before: what begins one within a text counts too, so some edits are refused
/// that take none along.
fn keeps_comments(text: &str, edited: &str) -> bool {
    let n_signs = |text: &str| {
        let starts = |(at, _): &(usize, &str)| {
            text[..*at].chars().next_back().is_none_or(char::is_whitespace)
        };
        text.match_indices('#').filter(starts).count()
    };
    n_signs(edited) >= n_signs(text)
}
