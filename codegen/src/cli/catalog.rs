//! The catalogue of rules, for people and for programs: `rules` and `explain`.
//!
//! Owns how rules are listed and taught. Every word on a rule is the rule's own.

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::arguments::Format;
use crate::compat::catalog as changes;
use crate::diag::catalog::{index, shape::nearest};
use crate::lint;

/// Every rule with its level. For programs one JSON document, for all others a table.
pub(super) fn list(format: Format) -> String {
    match format {
        Format::Json => {
            let document = json!({ "contracts": contracts_json(), "changes": changes_json() });
            format!("{document:#}\n")
        }
        Format::Markdown => markdown(),
        _ => table(),
    }
}

fn table() -> String {
    let rules = changes::all();
    let width = |names: &mut dyn Iterator<Item = &str>| names.map(str::len).max().unwrap_or(0);
    let mut out =
        "Rules on contracts, by group (rules with level `off` can be turned on in the policy):\n\n"
            .to_owned();
    let wide = width(&mut lint::all().map(|rule| rule.code));
    for rule in by_group() {
        out.push_str(&format!(
            "  {:<9} {:<7} {:<wide$}  {}\n",
            rule.group.as_str(),
            rule.level_name(),
            rule.code,
            rule.what
        ));
    }
    out.push_str("\nRules on changes since a base (`diff`, `check --base`):\n\n");
    let wide = width(&mut rules.iter().map(|rule| rule.id));
    for rule in &rules {
        out.push_str(&format!(
            "  {:<7} {:<wide$}  {}\n",
            rule.level.to_string(),
            rule.id,
            rule.what
        ));
    }
    let (n_lints, n_changes, n_errors) = (lint::all().count(), rules.len(), index::all().count());
    out.push_str(&format!(
        "\n{n_lints} rules on contracts and {n_changes} on changes; {n_errors} more codes are always errors. \
         `explain <code>` explains any of them.\n"
    ));
    out
}

fn markdown() -> String {
    let mut out =
        "| about | level | rule | what it finds |\n| --- | --- | --- | --- |\n".to_owned();
    for rule in by_group() {
        out.push_str(&format!(
            "| {} | {} | `{}` | {} |\n",
            rule.group.as_str(),
            rule.level_name(),
            rule.code,
            rule.what
        ));
    }
    out.push_str("\n| level | rule | what it finds |\n| --- | --- | --- |\n");
    for rule in changes::all() {
        out.push_str(&format!(
            "| {} | `{}` | {} |\n",
            rule.level,
            rule.id,
            rule.what.replace('|', "\\|")
        ));
    }
    out
}

fn by_group() -> Vec<&'static lint::Rule> {
    let mut rules: Vec<_> = lint::all().collect();
    rules.sort_by_key(|rule| (rule.group, rule.code));
    rules
}

fn contracts_json() -> Vec<Value> {
    let one = |rule: &'static lint::Rule| {
        json!({
            "code": rule.code,
            "level": rule.level_name(),
            "group": rule.group.as_str(),
            "what": rule.what,
            "why": rule.why,
        })
    };
    by_group().into_iter().map(one).collect()
}

fn changes_json() -> Vec<Value> {
    let rules = changes::all();
    let one = |rule: &changes::ChangeRule| {
        json!({
            "code": rule.id,
            "level": rule.level.to_string(),
            "what": rule.what,
            "affected": rule.affected,
            "help": rule.help,
        })
    };
    rules.iter().map(one).collect()
}

/// What there is to know of a code.
pub(super) fn explain(code: &str) -> Result<String> {
    if let Some(rule) = lint::rule(code) {
        return Ok(explain_lint(rule));
    }
    let rules = changes::all();
    if let Some(rule) = rules.iter().find(|rule| rule.id == code) {
        return Ok(explain_change(rule));
    }
    if let Some(about) = index::find(code) {
        return Ok(format!(
            "{code}: always an error\n\n{about}.\n\nNo code can be generated from such a contract, so the policy cannot change the level.\n"
        ));
    }
    if let Some(index::Told { severity, about, help, .. }) = index::told(code) {
        return Ok(format!("{code}: {severity}\n\n{about}.\n\n{help}.\n"));
    }
    let known = lint::all().map(|rule| rule.code).chain(rules.iter().map(|rule| rule.id));
    let known = known.chain(index::all().map(|(code, _)| code)).chain(index::told_codes());
    match nearest(code, known) {
        Some(near) => bail!("unknown code `{code}`; did you mean `{near}`?"),
        None => bail!("unknown code `{code}`; `rules` lists all codes"),
    }
}

fn explain_lint(rule: &lint::Rule) -> String {
    let (code, level) = (rule.code, rule.level_name());
    let mut out =
        format!("{code}: {level} ({})\n\n{}.\n\n{}\n", rule.group.as_str(), rule.what, rule.why);
    if let Some(example) = &rule.example {
        let indented =
            |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<String>();
        let bad = match example.bad {
            lint::ABSENT => "    (nothing)\n".to_owned(),
            text => indented(text),
        };
        out.push_str(&format!("\nInstead of\n\n{bad}\nwrite\n\n{}", indented(example.good)));
    }
    let other = if level == "off" { "warning" } else { "off" };
    out.push_str(&format!(
        "\nTo change the level, or to ignore one location, in spec/policy.yaml:\n\n    \
         levels:\n      {code}: {other}\n    ignore:\n      - rule: {code}\n        \
         where: product/openapi.yaml#/paths/~1product\n        reason: …\n"
    ));
    out
}

fn explain_change(rule: &changes::ChangeRule) -> String {
    let mut out = format!("{}: {} (a change)\n\n{}.\n", rule.id, rule.level, rule.what);
    if !rule.affected.is_empty() {
        out.push_str(&format!("\nAffects {}.\n", rule.affected));
    }
    if !rule.help.is_empty() {
        out.push_str(&format!("\nInstead: {}.\n", rule.help.trim_end_matches('.')));
    }
    out.push_str(&format!(
        "\nTo change the level, or to ignore one change, in spec/policy.yaml:\n\n    \
         levels:\n      {id}: warning\n    ignore:\n      - rule: {id}\n        \
         where: GET /product\n        reason: …\n        until: 2030-01-31\n",
        id = rule.id
    ));
    out
}
