//! Every rule: its id, its level, what it says and what to do instead.
//!
//! Owns the wording. Ids follow those of oasdiff where it has the same rule, so that whoever knows one report can
//! read the other. Finds nothing itself.

mod event;
mod function;
mod rest;
mod schema;
mod stack;
mod table;

pub use schema::{SchemaRule, SchemaUse, kinds, schema_rule};

pub use crate::diag::Level;

/// One rule. `{old}` and `{new}` in its words stand for the values before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeRule {
    /// Its id: `request-property-max-length-decreased`.
    pub id: &'static str,
    /// How much a finding weighs unless the policy says otherwise.
    pub level: Level,
    /// What happened.
    pub what: &'static str,
    /// Who is affected; empty when nobody is.
    pub affected: &'static str,
    /// What to do instead; empty when there is nothing to do.
    pub help: &'static str,
}

const TABLES: [&[ChangeRule]; 5] =
    [rest::RULES, event::RULES, function::RULES, table::RULES, stack::RULES];

/// Every rule there is, by id.
#[must_use]
pub fn all() -> Vec<ChangeRule> {
    let mut rules: Vec<ChangeRule> = TABLES.concat().into_iter().chain(schema::all()).collect();
    rules.sort_by_key(|rule| rule.id);
    rules.dedup_by_key(|rule| rule.id);
    rules
}

/// The rule with this id among those that are not about schemas. Panics on an id that the tables lack, which a
/// test over all of them rules out.
#[must_use]
pub(super) fn rule(id: &'static str) -> ChangeRule {
    let found = TABLES.into_iter().flatten().find(|rule| rule.id == id);
    *found.unwrap_or_else(|| unreachable!("the catalogue has no rule `{id}`"))
}

/// A row of a rule table.
const fn row(
    level: Level,
    id: &'static str,
    what: &'static str,
    affected: &'static str,
    help: &'static str,
) -> ChangeRule {
    ChangeRule { id, level, what, affected, help }
}
