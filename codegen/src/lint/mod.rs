//! Rules of style and safety: contracts that mean something, and that nobody should publish as they are.
//!
//! Owns one rule in each file of `rules`, with its code, its level, why it is one, and an example of what to write
//! instead. A rule sees the contracts twice, as the text that somebody wrote and as the system that it means, and
//! only when they mean one. Which findings matter is decided by [`crate::policy`]: rules report all of them, those
//! that are off by default too.

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
