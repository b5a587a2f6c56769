//! Which findings are told, and how often: equal ones once, and of many of one kind the first few.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Label};
use crate::source::Span;

/// How many different findings are told in full whatever their kinds.
const FEW: usize = 60;

/// How many different findings of a kind are told in full where there are more.
const OF_A_KIND: usize = 5;

/// Something to tell.
pub(super) enum Told<'d> {
    /// A finding, with its places.
    Group(Group<'d>),
    /// Further findings of a kind.
    Rest {
        /// One of them.
        first: &'d Diagnostic,
        /// Where they are.
        places: Vec<Span>,
    },
}

/// Findings that differ in nothing but their places.
pub(super) struct Group<'d> {
    /// The first of them.
    pub(super) first: &'d Diagnostic,
    /// Where the others are.
    pub(super) others: Vec<Span>,
}

/// What to tell of diagnostics: in their order where they are few, or else the errors first.
pub(super) fn told(diagnostics: &[Diagnostic]) -> Vec<Told<'_>> {
    let mut groups = grouped(diagnostics);
    if groups.len() <= FEW {
        return groups.into_iter().map(Told::Group).collect();
    }
    groups.sort_by_key(|group| group.first.severity);
    let mut told: Vec<Told<'_>> = Vec::new();
    let mut n_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rests: BTreeMap<&str, usize> = BTreeMap::new();
    for group in groups {
        let n = n_of.entry(group.first.code).or_default();
        *n += 1;
        if *n <= OF_A_KIND {
            told.push(Told::Group(group));
            continue;
        }
        let at = *rests.entry(group.first.code).or_insert_with(|| {
            told.push(Told::Rest { first: group.first, places: Vec::new() });
            told.len() - 1
        });
        if let Some(Told::Rest { places, .. }) = told.get_mut(at) {
            places.push(group.first.primary.span);
            places.extend(group.others);
        }
    }
    told
}

/// Equal findings together, in the order of the first of each.
fn grouped(diagnostics: &[Diagnostic]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known = BTreeMap::new();
    for diagnostic in diagnostics {
        let Diagnostic { code, severity, message, primary, secondary, help, .. } = diagnostic;
        let secondary: Vec<(Span, &str)> =
            secondary.iter().map(|Label { span, text }| (*span, text.as_str())).collect();
        let key = (*code, *severity, message.as_str(), primary.text.as_str(), help, secondary);
        let at = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.others.push(primary.span),
            None => groups.push(Group { first: diagnostic, others: Vec::new() }),
        }
    }
    groups
}
