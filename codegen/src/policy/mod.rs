//! The policy of a repository on what is found in its contracts: `spec/policy.yaml`.
//!
//! Owns levels that differ from those of the catalogues, and findings that are ignored for a reason: of the rules
//! of style and safety ([`crate::lint`]), and of the changes since a base ([`crate::compat`]). An ignore that has
//! expired, or that nothing needs any more, is reported. What makes contracts mean nothing is an error that no
//! policy can change.
//!
//! ```yaml
//! preset: recommended                               # or minimal, strict
//! events: full                                      # what must stay readable: delivery, backward, forward or full
//! sunsetNotice: 90                                  # days from a deprecation to its sunset; 0 unless it says so
//! levels:
//!   operation-description: warning                  # error, warning, info or off
//!   response-optional-property-removed: error
//! paths:                                            # other levels below a place; a later entry counts before an earlier
//!   - where: legacy/
//!     levels: {string-unbounded: off}
//! ignore:
//!   - rule: string-unbounded                        # a rule on contracts: a file, a pointer, or what it begins with
//!     where: product/openapi.yaml#/components/schemas/Product
//!     reason: bounded by the import that fills it
//!   - rule: api-removed-without-deprecation         # a change: the same, or a place that `diff` names
//!     where: DELETE /product/{id}
//!     reason: nobody but our own tests called it
//!     until: 2027-01-31
//! ```
//!
//! A comment accepts a finding beside its line; a file of known findings ([`Baseline`]) accepts all that
//! there were when it was written, and only ever shrinks.

mod baseline;
mod beside;
mod consumers;
mod ignore;
mod places;
mod preset;
mod read;
mod relaxed;

use std::collections::BTreeMap;

use crate::compat::{self, Demands, Finding};
use crate::diag::{Diagnostic, Level, Severity};
use crate::lint;
use crate::source::{SourceMap, Span};
use ignore::{Ignore, Scope, is_change, is_place};
use jiff::civil::Date;

pub use baseline::{Baseline, Compared};
pub use consumers::{CONSUMERS_FOLDER, Consumers, Use, pointers};
pub use places::Places;
pub use preset::Preset;
pub use relaxed::{dropped_uses, new_comments, policy_not_compared};

/// Where the policy stands, below the folder of contracts.
pub const POLICY_FILE: &str = "policy.yaml";

/// What a repository thinks of findings.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    preset: Preset,
    /// What is demanded of changes.
    pub demands: Demands,
    /// Who uses what.
    pub consumers: Consumers,
    /// Rules whose level differs from the preset's; none switches a rule off.
    levels: BTreeMap<String, Option<Level>>,
    /// Levels below a place.
    paths: Vec<PathLevels>,
    /// The preset of this run, over the file's.
    run_preset: Option<Preset>,
    /// What counts before all of that.
    overrides: BTreeMap<String, Option<Level>>,
    ignores: Vec<Ignore>,
    /// Which ignores were needed, by place in the list.
    used: Vec<bool>,
}

/// Levels of rules below a place.
#[derive(Debug, Clone)]
struct PathLevels {
    place: String,
    /// Where the place is named.
    span: Span,
    levels: BTreeMap<String, Option<Level>>,
}

/// Which catalogue a rule is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// About contracts as they are.
    Contract,
    /// About a change of them.
    Change,
}

impl Kind {
    fn of(rule: &str) -> Self {
        if lint::rule(rule).is_some() { Self::Contract } else { Self::Change }
    }
}

/// Changes by what a policy says of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Those that count.
    pub kept: Vec<Finding>,
    /// Breaking changes that the policy accepts, so that nobody overlooks them.
    pub accepted: Vec<Finding>,
}

impl Policy {
    /// Sets the level of a rule, over what the policy's file says of it; none switches it off.
    pub fn set(&mut self, rule: &str, level: Option<Level>) {
        self.overrides.insert(rule.to_owned(), level);
    }

    /// Sets the preset, over what the policy's file says.
    pub fn set_preset(&mut self, preset: Preset) {
        self.run_preset = Some(preset);
    }

    /// The same policy without what comments in contracts say.
    #[must_use]
    pub fn without_comments(&self) -> Self {
        let is_comment = |ignore: &Ignore| matches!(ignore.scope, Scope::Lines(_));
        let ignores: Vec<_> =
            self.ignores.iter().filter(|ignore| !is_comment(ignore)).cloned().collect();
        Self { used: vec![false; ignores.len()], ignores, ..self.clone() }
    }

    /// Ignores that name a consumer whom nobody registered.
    #[must_use]
    pub fn unknown_consumers(&self) -> Vec<Diagnostic> {
        let unknown = self.ignores.iter().flat_map(|ignore| {
            let named = ignore.named.iter().copied().zip(&ignore.consumers);
            named.filter(|(_, name)| !self.consumers.has(name))
        });
        let fault = |(span, name): (crate::source::Span, &String)| {
            let message = format!("unknown consumer `{name}`");
            let help = format!("describe it in `{CONSUMERS_FOLDER}/{name}.yaml`");
            ignore::fault("policy", Severity::Error, message, span, Some(help))
        };
        unknown.map(fault).collect()
    }

    /// Levels of rules on contracts below a place in no file of theirs.
    #[must_use]
    pub fn levels_of_nothing(&self, sources: &SourceMap) -> Vec<Diagnostic> {
        let is_there = |wanted: &str| {
            let file = wanted.split_once('#').map_or(wanted, |(file, _)| file);
            sources.files().any(|(_, source)| is_place(&source.path, file))
        };
        let is_of_contracts =
            |of: &&PathLevels| of.levels.keys().all(|rule| Kind::of(rule) == Kind::Contract);
        let lost = self.paths.iter().filter(is_of_contracts).filter(|of| !is_there(&of.place));
        let fault = |of: &PathLevels| {
            let message = format!("no file of the contracts is below `{}`", of.place);
            let help = "correct it, or remove the entry".to_owned();
            ignore::fault("unused-levels", Severity::Warning, message, of.span, Some(help))
        };
        lost.map(fault).collect()
    }

    /// Gives diagnostics of contracts the levels of this policy, and leaves out what is off or ignored. Errors of
    /// contracts that mean nothing stay as they are.
    #[must_use]
    pub fn judge(
        &mut self,
        diagnostics: Vec<Diagnostic>,
        sources: &SourceMap,
        today: Date,
    ) -> Vec<Diagnostic> {
        let mut places = Places::new(sources);
        let mut kept = Vec::new();
        for mut diagnostic in diagnostics {
            let Some(rule) = rule_of(&diagnostic) else {
                kept.push(diagnostic);
                continue;
            };
            let span = diagnostic.primary.span;
            // Looking a place up takes reading its file, so only what something names is looked up.
            let place =
                if self.asks_places_of(rule.code) { places.of(span) } else { String::new() };
            let own = self.run_preset.unwrap_or(self.preset).level(rule);
            let level = self.level(rule.code, own, |wanted| is_place(&place, wanted));
            let Some(level) = level else { continue };
            diagnostic.severity = level.severity();
            let fits = |ignore: &Ignore| ignore.fits_place(&place, span);
            if self.ignored(rule.code, today, fits, |_| true) != Ignored::Yes {
                kept.push(diagnostic);
            }
        }
        kept
    }

    /// Gives changes the levels of this policy, joins those that are one change seen from several places, and puts
    /// the worst first. The changes are those from the contracts `old` to `new`.
    #[must_use]
    pub fn judge_changes(
        &mut self,
        findings: Vec<Finding>,
        [old, new]: [&SourceMap; 2],
        today: Date,
    ) -> Judged {
        let (mut kept, mut accepted) = (Vec::new(), Vec::new());
        let (mut before, mut after) = (Places::new(old), Places::new(new));
        for mut finding in findings {
            let own = finding.level;
            // Looking a place up takes reading its file, so only what something names is looked up.
            let places: Vec<String> = match self.asks_places_of(finding.rule) {
                true => [(finding.old_span, &mut before), (finding.new_span, &mut after)]
                    .into_iter()
                    .filter_map(|(span, places)| Some(places.of(span?)))
                    .collect(),
                false => Vec::new(),
            };
            let is_there = |finding: &Finding, wanted: &str| {
                is_change(finding, wanted) || places.iter().any(|place| is_place(place, wanted))
            };
            match self.level(finding.rule, Some(own), |wanted| is_there(&finding, wanted)) {
                Some(level) => finding.level = level,
                None => {
                    accepted.extend((own == Level::Error).then_some(finding));
                    continue;
                }
            }
            let concerned: Vec<String> =
                self.consumers.concerned(&finding).into_iter().map(str::to_owned).collect();
            let fits = |ignore: &Ignore| ignore.fits_change(|wanted| is_there(&finding, wanted));
            let suits = |ignore: &Ignore| ignore.suits(&concerned);
            let ignored = self.ignored(finding.rule, today, fits, suits);
            if ignored != Ignored::Yes {
                if !self.consumers.is_empty() && finding.level > Level::Info {
                    finding.consumers = Some(concerned.into_iter().collect());
                }
                if ignored == Ignored::ForOthers {
                    finding.message.push_str(
                        ", which the policy does not accept for consumers that it concerns",
                    );
                }
                kept.push(finding);
            } else if own == Level::Error {
                accepted.push(finding);
            }
        }
        let mut kept = compat::collapse(kept);
        kept.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        let mut accepted = compat::collapse(accepted);
        for finding in &mut accepted {
            finding.level = Level::Info;
            finding.message.push_str(", which the policy accepts");
        }
        Judged { kept, accepted }
    }

    /// The level of a rule at a place, which is its own where nothing is said of it; none switches it off.
    fn level(
        &self,
        rule: &str,
        own: Option<Level>,
        is_there: impl Fn(&str) -> bool,
    ) -> Option<Level> {
        let below = || {
            let of_rule =
                |of: &PathLevels| of.levels.get(rule).filter(|_| is_there(&of.place)).copied();
            self.paths.iter().rev().find_map(of_rule)
        };
        let said = self.overrides.get(rule).copied().or_else(below);
        said.or_else(|| self.levels.get(rule).copied()).unwrap_or(own)
    }

    /// Whether the place of a finding of a rule matters.
    fn asks_places_of(&self, rule: &str) -> bool {
        let by_place =
            |ignore: &Ignore| ignore.rule == rule && matches!(ignore.scope, Scope::Place(_));
        self.ignores.iter().any(by_place)
            || self.paths.iter().any(|of| of.levels.contains_key(rule))
    }

    /// Which ignores of rules of a kind have expired, or were not needed by anything that was judged.
    #[must_use]
    pub fn faults(&self, kind: Kind, today: Date) -> Vec<Diagnostic> {
        // A rule that this run alone turns off leaves its ignores as they are.
        let is_off = |rule: &str| {
            let of_preset = self.run_preset.filter(|_| !self.levels.contains_key(rule));
            let preset = of_preset.zip(lint::rule(rule));
            let is_off = preset.is_some_and(|(preset, rule)| preset.level(rule).is_none());
            self.overrides.get(rule).map_or(is_off, Option::is_none)
        };
        let own = self.ignores.iter().zip(&self.used);
        let own = own.filter(|(ignore, _)| Kind::of(&ignore.rule) == kind);
        let (off, own): (Vec<_>, Vec<_>) = own.partition(|(ignore, _)| is_off(&ignore.rule));
        // A comment of several rules stays as long as one of them needs it.
        let needed = off.into_iter().chain(own.iter().copied().filter(|(_, used)| **used));
        let needed: Vec<Span> = needed.map(|(ignore, _)| ignore.span).collect();
        let fault = |(ignore, used): (&Ignore, &bool)| {
            let mut fault = ignore.fault(*used, today)?;
            fault.fix = fault.fix.filter(|_| !needed.contains(&ignore.span));
            Some(fault)
        };
        own.into_iter().filter_map(fault).collect()
    }

    /// Whether an ignore of a rule fits that has not expired, and suits. Notes those that fit.
    fn ignored(
        &mut self,
        rule: &str,
        today: Date,
        fits: impl Fn(&Ignore) -> bool,
        suits: impl Fn(&Ignore) -> bool,
    ) -> Ignored {
        let mut ignored = Ignored::No;
        for (ignore, used) in self.ignores.iter().zip(&mut self.used) {
            if ignore.rule == rule && fits(ignore) {
                *used = true;
                ignored = ignored.max(match suits(ignore) {
                    false => Ignored::ForOthers,
                    true if ignore.has_expired(today) => Ignored::No,
                    true => Ignored::Yes,
                });
            }
        }
        ignored
    }
}

/// Whether a finding is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ignored {
    No,
    /// Not for those that it concerns.
    ForOthers,
    Yes,
}

/// The rule on contracts by which a policy may decide on a diagnostic: one code tells of what is wrong as well as of what
/// is odd, and what is wrong is an error whatever a policy says.
fn rule_of(diagnostic: &Diagnostic) -> Option<&'static lint::Rule> {
    lint::rule(diagnostic.code)
        .filter(|rule| rule.is_lint() || diagnostic.severity != Severity::Error)
}
