//! The policy of a repository on what is found in its contracts: `spec/policy.yaml`.
//!
//! Owns levels that differ from those of the catalogues, and findings that are ignored for a reason: of the rules
//! of style and safety ([`crate::lint`]), and of the changes since a base ([`crate::compat`]). An ignore that has
//! expired, or that nothing needs any more, is reported. What makes contracts mean nothing is an error that no
//! policy can change.
//!
//! ```yaml
//! levels:
//!   operation-description: warning                  # error, warning, info or off
//!   response-optional-property-removed: error
//! ignore:
//!   - rule: string-unbounded                        # a rule on contracts: a file, a pointer, or what it begins with
//!     where: product/openapi.yaml#/components/schemas/Product
//!     reason: bounded by the import that fills it
//!   - rule: api-removed-without-deprecation         # a change: a place of `diff`, or what it begins with
//!     where: DELETE /product/{id}
//!     reason: nobody but our own tests called it
//!     until: 2027-01-31
//! ```

mod ignore;
mod places;
mod read;

use std::collections::BTreeMap;

use crate::compat::{self, Finding};
use crate::diag::{Diagnostic, Level, Severity};
use crate::lint;
use crate::source::SourceMap;
use ignore::Ignore;
use jiff::civil::Date;

pub use places::Places;

/// Where the policy stands, below the folder of contracts.
pub const POLICY_FILE: &str = "policy.yaml";

/// What a repository thinks of findings.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Rules whose level differs from the catalogue's; none switches a rule off.
    levels: BTreeMap<String, Option<Level>>,
    ignores: Vec<Ignore>,
    /// Which ignores were needed, by place in the list.
    used: Vec<bool>,
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

impl Policy {
    /// Sets the level of a rule, over what the policy's file says of it; none switches it off.
    pub fn set(&mut self, rule: &str, level: Option<Level>) {
        self.levels.insert(rule.to_owned(), level);
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
            let Some(rule) = lint::rule(diagnostic.code).filter(|rule| is_open(rule, &diagnostic))
            else {
                kept.push(diagnostic);
                continue;
            };
            let level = self.levels.get(rule.code).copied().unwrap_or(rule.level);
            let Some(level) = level else { continue };
            diagnostic.severity = level.severity();
            // Looking a place up takes reading its file, so only what an ignore names is looked up.
            let is_named = self.ignores.iter().any(|ignore| ignore.rule == rule.code);
            let place = if is_named { places.of(diagnostic.primary.span) } else { String::new() };
            if !self.ignores(rule.code, today, |ignore| ignore.fits_place(&place)) {
                kept.push(diagnostic);
            }
        }
        kept
    }

    /// Gives changes the levels of this policy and leaves out what it ignores, joins those that are one change
    /// seen from several places, and puts the worst first.
    #[must_use]
    pub fn judge_changes(&mut self, findings: Vec<Finding>, today: Date) -> Vec<Finding> {
        let mut kept = Vec::new();
        for mut finding in findings {
            match self.levels.get(finding.rule) {
                Some(None) => continue,
                Some(Some(level)) => finding.level = *level,
                None => {}
            }
            if !self.ignores(finding.rule, today, |ignore| ignore.fits_change(&finding)) {
                kept.push(finding);
            }
        }
        let mut findings = compat::collapse(kept);
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        findings
    }

    /// Which ignores of rules of a kind have expired, or were not needed by anything that was judged.
    #[must_use]
    pub fn faults(&self, kind: Kind, today: Date) -> Vec<Diagnostic> {
        let own = self.ignores.iter().zip(&self.used);
        let own = own.filter(|(ignore, _)| Kind::of(&ignore.rule) == kind);
        own.filter_map(|(ignore, used)| ignore.fault(*used, today)).collect()
    }

    /// Whether an ignore of a rule fits that has not expired. Notes those that fit.
    fn ignores(&mut self, rule: &str, today: Date, fits: impl Fn(&Ignore) -> bool) -> bool {
        let mut ignored = false;
        for (ignore, used) in self.ignores.iter().zip(&mut self.used) {
            if ignore.rule == rule && fits(ignore) {
                *used = true;
                ignored |= !ignore.has_expired(today);
            }
        }
        ignored
    }
}

/// Whether a policy may decide on a diagnostic of a rule: one code tells of what is wrong as well as of what is odd.
fn is_open(rule: &lint::Rule, diagnostic: &Diagnostic) -> bool {
    rule.is_lint() || diagnostic.severity != Severity::Error
}
