//! Which findings are told: equal ones once, and of many a selection that somebody can read, what matters first.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Label};
use crate::source::Span;

/// How many different findings are told in full whatever their kinds.
const FEW: usize = 60;

/// How many different findings of a kind are told in full where there are more.
const OF_A_KIND: usize = 5;

/// Something to tell.
pub(super) enum Entry<'d> {
    /// A finding, with its places.
    Group(Group<'d>),
    /// Findings of a kind that are not told in full.
    Rest {
        /// One of them.
        first: &'d Diagnostic,
        /// Where they are.
        places: Vec<Span>,
        /// Whether others of the kind are told.
        is_more: bool,
    },
}

/// Findings that differ in nothing but their places.
pub(super) struct Group<'d> {
    /// The first of them.
    pub(super) first: &'d Diagnostic,
    /// Where the others are.
    pub(super) others: Vec<Span>,
}

/// What to tell of diagnostics: all in their order where they are few, or else what fits on so many lines, by kind: the
/// worst kinds first, and of those the most frequent.
pub(super) fn entries(
    diagnostics: &[Diagnostic],
    n_lines: usize,
    lines: impl Fn(&Entry<'_>) -> usize,
) -> Vec<Entry<'_>> {
    let groups = grouped(diagnostics);
    if groups.len() <= FEW {
        return groups.into_iter().map(Entry::Group).collect();
    }
    let mut kinds = by_kind(groups);
    let shares = share(&kinds, n_lines, lines);
    let mut shown = Vec::new();
    for (kind, n) in kinds.drain(..).zip(shares) {
        let (first, n_groups) = (kind[0].first, kind.len());
        let mut kind = kind.into_iter();
        shown.extend(kind.by_ref().take(n).map(Entry::Group));
        if n < n_groups {
            let places = kind
                .flat_map(|group| std::iter::once(group.first.primary.span).chain(group.others));
            shown.push(Entry::Rest { first, places: places.collect(), is_more: n > 0 });
        }
    }
    shown
}

/// Findings of one severity and code together.
fn by_kind(groups: Vec<Group<'_>>) -> Vec<Vec<Group<'_>>> {
    let mut kinds: BTreeMap<_, Vec<Group<'_>>> = BTreeMap::new();
    for group in groups {
        kinds.entry((group.first.severity, group.first.code)).or_default().push(group);
    }
    let mut kinds: Vec<_> = kinds.into_values().collect();
    let n = |kind: &[Group<'_>]| kind.iter().map(|group| 1 + group.others.len()).sum::<usize>();
    kinds.sort_by_key(|kind| (kind[0].first.severity, std::cmp::Reverse(n(kind))));
    kinds
}

/// How many findings of each kind are told in full: one of each as long as there is room, and then further ones.
fn share(
    kinds: &[Vec<Group<'_>>],
    n_lines: usize,
    lines: impl Fn(&Entry<'_>) -> usize,
) -> Vec<usize> {
    let mut shown = vec![0; kinds.len()];
    // Each kind has a line that counts the rest, whatever else is told.
    let mut left = n_lines.saturating_sub(kinds.len() * COUNTED);
    for _ in 0..OF_A_KIND {
        for (kind, n) in kinds.iter().zip(&mut shown) {
            let Some(next) = kind.get(*n) else { continue };
            let entry = Entry::Group(Group { first: next.first, others: next.others.clone() });
            if let Some(rest) = left.checked_sub(lines(&entry) + 1) {
                (left, *n) = (rest, *n + 1);
            }
        }
    }
    shown
}

/// How many lines the count of a kind takes, with the empty one before it.
const COUNTED: usize = 2;

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
