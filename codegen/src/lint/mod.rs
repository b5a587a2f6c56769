//! Rules of style and safety, for contracts that are valid but should not be published as they are.
//!
//! Each file in `rules` owns one rule: its code, its level, its reason, and an example of the fix. A rule sees the
//! contracts as text and as the resolved system, and runs only on valid contracts. Rules report all findings,
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

use crate::diag::Sink;
use crate::lower::Web;
use crate::model::System;
use found::Found;
use view::View;

/// Applies every rule.
pub(crate) fn check(web: &Web<'_>, system: &System, sink: &Sink) {
    let view = View::new(web, system);
    for rule in all() {
        if let Some(check) = rule.check {
            check(&view, &mut Found::new(rule, sink));
        }
    }
}
