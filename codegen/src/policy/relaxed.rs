//! What a policy accepts that it did not accept before: a breaking change may come together with the ignore, the level or
//! the comment that lets it pass.
//!
//! Owns the comparison of two versions of a policy's file, of the comments beside lines, and of consumers' files. Each
//! difference is a note, so that reviewers see it; to accept something for a reason is what a policy is for.

use std::collections::{BTreeMap, BTreeSet};

use super::ignore::{Ignore, Scope, fault, is_place};
use super::{Consumers, Kind, Policy, Preset, beside};
use crate::compat::{Compatibility, catalog};
use crate::diag::{Diagnostic, Level, Severity, Sink};
use crate::lint;
use crate::parse::{Node, yaml};
use crate::source::{FileId, SourceMap, Span};

impl Policy {
    /// What this policy, as its file says it, accepts and another one did not.
    #[must_use]
    pub fn relaxed_since(
        &self,
        before: &Self,
        base: &str,
        sources: &SourceMap,
        file: FileId,
    ) -> Vec<Diagnostic> {
        let tree = yaml::parse(file, &sources.file(file).text, &Sink::default());
        let keys = Keys { file, root: tree.as_ref() };
        let ignores = self.ignores.iter().filter(|now| {
            !matches!(now.scope, Scope::Lines(_))
                && !before.ignores.iter().any(|was| covers(was, now))
        });
        let mut told: Vec<(Span, String)> = ignores
            .map(|now| (now.span, format!("{} is accepted now, but not in `{base}`", words(now))))
            .collect();
        told.extend(self.lower_levels(before, base, &keys));
        told.extend(self.lower_demands(before, base, &keys));
        told.into_iter().map(|(span, message)| note(span, message)).collect()
    }

    fn lower_levels(&self, before: &Self, base: &str, keys: &Keys<'_>) -> Vec<(Span, String)> {
        let mut told = Vec::new();
        let rules: BTreeSet<&String> = self.levels.keys().chain(before.levels.keys()).collect();
        for rule in rules {
            let (was, is) = (before.level_of(rule), self.level_of(rule));
            if is < was {
                let (was, is) = (named(was), named(is));
                let message =
                    format!("the level of `{rule}` is `{is}` now, and `{was}` in `{base}`");
                told.push((keys.of(&["levels", rule]), message));
            }
        }
        told.extend(self.dropped_below(before, base, keys));
        for of in &self.paths {
            for (rule, is) in &of.levels {
                let same = before.paths.iter().any(|old| {
                    old.place == of.place && old.levels.get(rule).is_some_and(|was| was <= is)
                });
                if !same && *is < before.level_of(rule) {
                    let (is, place) = (named(*is), &of.place);
                    let message = format!(
                        "the level of `{rule}` below `{place}` is `{is}` now, but not in `{base}`"
                    );
                    told.push((keys.of(&["paths"]), message));
                }
            }
        }
        told
    }

    /// Levels below a place that were higher than what applies there now.
    fn dropped_below(&self, before: &Self, base: &str, keys: &Keys<'_>) -> Vec<(Span, String)> {
        let mut told = Vec::new();
        for old in &before.paths {
            for (rule, was) in &old.levels {
                let is_named = self
                    .paths
                    .iter()
                    .any(|of| of.place == old.place && of.levels.contains_key(rule));
                let is = self.level_of(rule);
                if !is_named && is < *was {
                    let (was, is, place) = (named(*was), named(is), &old.place);
                    let message = format!(
                        "the level of `{rule}` below `{place}` is `{is}` now, and `{was}` in `{base}`"
                    );
                    told.push((keys.of(&["paths"]), message));
                }
            }
        }
        told
    }

    fn lower_demands(&self, before: &Self, base: &str, keys: &Keys<'_>) -> Vec<(Span, String)> {
        let mut told = Vec::new();
        let rank = |preset: Preset| Preset::ALL.iter().position(|(_, known)| *known == preset);
        if rank(self.preset) < rank(before.preset) {
            told.push((keys.of(&["preset"]), format!("the preset demands less than in `{base}`")));
        }
        let (was, is) = (before.demands.events, self.demands.events);
        if is != was && is != Compatibility::Full {
            let message = format!("the mode of `events` differs from the one in `{base}`");
            told.push((keys.of(&["events"]), message));
        }
        let days = |policy: &Self| policy.demands.sunset_notice_days;
        let (was, is) = (days(before), days(self));
        if is < was {
            let message =
                format!("a new sunset must be {is} days ahead now, and {was} in `{base}`");
            told.push((keys.of(&["sunsetNotice"]), message));
        }
        told
    }

    /// The level of a rule, wherever it is found.
    fn level_of(&self, rule: &str) -> Option<Level> {
        self.levels.get(rule).copied().unwrap_or_else(|| match Kind::of(rule) {
            Kind::Contract => lint::rule(rule).and_then(|rule| self.preset.level(rule)),
            Kind::Change => {
                catalog::all().iter().find(|known| known.id == rule).map(|known| known.level)
            }
        })
    }
}

/// That nobody can tell what the policy of a base accepted.
#[must_use]
pub fn policy_not_compared(base: &str, file: FileId) -> Vec<Diagnostic> {
    let message = format!(
        "the policy of `{base}` is invalid, so whether this policy accepts more was not checked"
    );
    vec![note(Span { file, start: 0, end: 0 }, message)]
}

/// What consumers no longer say that they use.
#[must_use]
pub fn dropped_uses(now: &Consumers, before: &Consumers, base: &str) -> Vec<Diagnostic> {
    let told = now.dropped_since(before, base).into_iter();
    told.map(|(span, message)| note(span, message)).collect()
}

/// The comments that accept something and that an earlier version of the contracts does not have, wherever they stand.
#[must_use]
pub fn new_comments(now: &SourceMap, before: &SourceMap, base: &str) -> Vec<Diagnostic> {
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for (_, text) in beside::all(before) {
        *left.entry(text).or_default() += 1;
    }
    let is_new = |(_, text): &(Span, String)| match left.get_mut(text) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    let message = |text: &str| format!("this comment is not in `{base}`: {text}");
    let new = beside::all(now).into_iter().filter(is_new);
    new.map(|(span, text)| note(span, message(&text))).collect()
}

/// The keys of a policy's file.
struct Keys<'a> {
    file: FileId,
    root: Option<&'a Node>,
}

impl Keys<'_> {
    /// Where a key stands; the beginning of the file where it is gone.
    fn of(&self, path: &[&str]) -> Span {
        let mut node = self.root;
        let mut span = Span { file: self.file, start: 0, end: 0 };
        for key in path {
            let Some(entry) = node.and_then(|node| node.entry(key)) else { break };
            (span, node) = (entry.key_span, Some(&entry.value));
        }
        span
    }
}

/// Whether all that one accepts was accepted by another.
fn covers(was: &Ignore, now: &Ignore) -> bool {
    let place = match (&was.scope, &now.scope) {
        (Scope::All, _) => true,
        (Scope::Place(was), Scope::Place(now)) => is_within(was, now),
        _ => false,
    };
    let lasts = match (was.until, now.until) {
        (None, _) => true,
        (Some(was), Some(now)) => now <= was,
        (Some(_), None) => false,
    };
    was.rule == now.rule
        && place
        && lasts
        && was.consumers.iter().all(|name| now.consumers.contains(name))
}

/// Whether an ignore at a place accepts all that one at another place accepts. A place of the contracts has no space; of
/// one of a change, `GET /a` is not about `GET /a/b`, but `GET /a request body /x` is about `… /x/y`.
fn is_within(was: &str, now: &str) -> bool {
    let (was, now) = (was.trim(), now.trim());
    let n_words = was.split(' ').count();
    let is_below = |rest: &str| match rest.chars().next() {
        None | Some(' ') => true,
        Some('/') => n_words > 2,
        Some(_) => false,
    };
    (n_words == 1 && is_place(now, was)) || now.strip_prefix(was).is_some_and(is_below)
}

fn words(ignore: &Ignore) -> String {
    match &ignore.scope {
        Scope::Place(place) => format!("`{}` at `{place}`", ignore.rule),
        Scope::All | Scope::Lines(_) => format!("`{}` everywhere", ignore.rule),
    }
}

fn named(level: Option<Level>) -> String {
    level.map_or_else(|| "off".to_owned(), |level| level.to_string())
}

fn note(span: Span, message: String) -> Diagnostic {
    fault("policy-relaxed", Severity::Note, message, span, None)
}
