//! Rules of style and safety, for contracts that are valid but should not be published as they are.
//!
//! Each file in `rules` owns one rule: its code, its level, its reason, and an example of the fix. A rule sees the
//! contracts as text and as the resolved system, which only valid contracts have. Rules report all findings,
//! including rules that are off by default; [`crate::policy`] selects those that matter.

mod catalog;
mod found;
mod lists;
mod naming;
mod resolved;
mod rules;
mod sensitive;
mod uses;
mod view;

pub use catalog::{ABSENT, Example, Group, Rule, all, rule};

use crate::diag::{self, Sink};
use crate::lower::ContractSet;
use crate::model::System;
use found::Found;
use view::View;

/// Applies every rule; to contracts with errors, which mean nothing yet, the rules that read their text alone.
pub(crate) fn check(web: &ContractSet<'_>, system: Option<&System>, sink: &Sink) {
    let nothing = System::default();
    let view = View::new(web, system.unwrap_or(&nothing), system.is_some());
    let mut n_left_out = 0_usize;
    for rule in all() {
        let Some(check) = rule.check else { continue };
        let found = Sink::default();
        check(&view, &mut Found::new(rule, &found));
        match system.is_none() && view.was_asked() {
            true => n_left_out += 1,
            false => found.into_other(sink),
        }
    }
    let first = view.documents().next().map(|document| document.root.span);
    if let Some(at) = sink.first_error().or(first).filter(|_| n_left_out > 0) {
        sink.report(diag::catalog::document::rules_left_out(at, n_left_out));
    }
}
