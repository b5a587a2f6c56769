//! What a role allows, beside what the template gives it.

use anyhow::Result;
use serde_json::Value as Json;

use super::Drift;
use super::aws::Stack;
use super::expected::MADE;
use super::same::differences;
use crate::source::Span;

/// What AWS says of a role, from one call about all roles. If that call is not allowed, or its answer is incomplete, a
/// second one asks for this role.
pub(super) fn live(stack: &Stack, name: &str) -> Result<Option<Json>> {
    let all = ["iam", "get-account-authorization-details", "--filter", "Role"];
    let all = stack.ask(&all).ok().flatten().unwrap_or_default();
    let found = list(&all["RoleDetailList"]).find(|one| one["RoleName"] == name);
    match found {
        Some(found) => Ok(Some(found.clone())),
        None => live_alone(stack, name),
    }
}

fn live_alone(stack: &Stack, name: &str) -> Result<Option<Json>> {
    let named = ["--role-name", name];
    let ask = |question: &str| stack.ask(&[&["iam", question], &named[..]].concat());
    let Some(mut role) = ask("get-role")?.map(|mut found| found["Role"].take()) else {
        return Ok(None);
    };
    let attached = ask("list-attached-role-policies")?.unwrap_or_default();
    role["AttachedManagedPolicies"] = attached["AttachedPolicies"].clone();
    let names = ask("list-role-policies")?.unwrap_or_default();
    let mut policies = Vec::new();
    for name in list(&names["PolicyNames"]).filter_map(Json::as_str) {
        let ask = [&["iam", "get-role-policy"], &named[..], &["--policy-name", name]].concat();
        policies.push(stack.ask(&ask)?.unwrap_or_default());
    }
    role["RolePolicyList"] = policies.into();
    Ok(Some(role))
}

impl Drift<'_> {
    /// Compares the statements of a role, by their `Sid`, and who may take it.
    pub(super) fn role(&mut self, what: &str, role: &Json, expected: &Json, span: Span) {
        let principals = |document: &Json| -> Vec<Json> {
            list(&document["Statement"]).map(|one| one["Principal"].clone()).collect()
        };
        let runs = principals(&role["AssumeRolePolicyDocument"]);
        let asked = principals(&expected["AssumeRolePolicyDocument"]);
        if runs != asked && !runs.is_empty() {
            let (runs, asked) = (Json::from(runs), Json::from(asked));
            self.add(format!("{what} may be taken by {runs}, but the contract says {asked}"), span);
        }
        self.managed(what, role, expected, span);
        let policies = list(&role["RolePolicyList"]);
        let live: Vec<Json> =
            policies.flat_map(|one| list(&one["PolicyDocument"]["Statement"])).cloned().collect();
        let policies = list(&expected["Policies"]);
        let asked: Vec<&Json> =
            policies.flat_map(|policy| list(&policy["PolicyDocument"]["Statement"])).collect();
        for statement in &asked {
            match live.iter().find(|one| is_same(one, statement)) {
                None => self.add(format!("{what} lacks the statement `{}`", sid(statement)), span),
                Some(found) => self.statement(what, found, statement, span),
            }
        }
        let known = |one: &Json| asked.iter().any(|statement| is_same(one, statement));
        for found in live.iter().filter(|one| !known(one)) {
            let actions = actions(found).join(", ");
            self.add(format!("{what} allows {actions}, which is not in the contracts"), span);
        }
    }

    /// Compares one statement.
    fn statement(&mut self, what: &str, live: &Json, expected: &Json, span: Span) {
        let name = sid(expected);
        let (runs, asked) = (actions(live), actions(expected));
        if runs != asked {
            let (runs, asked) = (runs.join(", "), asked.join(", "));
            self.add(
                format!("{what} allows {runs} in `{name}`, but the contract says {asked}"),
                span,
            );
        }
        let asked: Vec<&Json> = list(&expected["Resource"]).collect();
        // What the template makes of an account and a region is known to AWS alone.
        let is_known = !expected["Resource"].is_null() && asked.iter().all(|one| !one.is_null());
        let is_one = |live: &Json| asked.iter().any(|one| differences(live, one).is_empty());
        for live in list(&live["Resource"]).filter(|live| **live == "*" || is_known) {
            if !is_one(live) || (*live == "*" && !asked.contains(&live)) {
                let on = if live == "*" { "every resource".to_owned() } else { live.to_string() };
                self.add(
                    format!("{what} allows `{name}` on {on}, which is not what the contract says"),
                    span,
                );
            }
        }
        let is_everything = list(&live["Resource"]).any(|live| live == "*");
        for one in asked.iter().filter(|one| !one.is_null() && !is_everything) {
            if !list(&live["Resource"]).any(|live| differences(live, one).is_empty()) {
                let on = one.get(MADE).unwrap_or(one);
                self.add(format!("{what} no longer allows `{name}` on {on}"), span);
            }
        }
        let conditions = differences(&live["Condition"], &expected["Condition"]);
        let is_gone = expected["Condition"].is_object() && !live["Condition"].is_object();
        let is_added = !expected["Condition"].is_object() && live["Condition"].is_object();
        if is_gone || is_added || !conditions.is_empty() {
            self.add(format!("{what} has another condition in `{name}` than the contract"), span);
        }
    }

    /// Compares the managed policies of a role.
    fn managed(&mut self, what: &str, role: &Json, expected: &Json, span: Span) {
        let asked: Vec<&str> = list(&expected["ManagedPolicyArns"])
            .map(|arn| arn.as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default())
            .collect();
        // A name that the template makes of the partition is not known here.
        let is_known = asked.iter().all(|name| !name.is_empty());
        let named: Vec<&str> = list(&role["AttachedManagedPolicies"])
            .filter_map(|policy| policy["PolicyName"].as_str())
            .collect();
        for policy in named.iter().filter(|name| is_known && !asked.contains(name)) {
            self.add(
                format!("{what} has the managed policy `{policy}`, which is not in the contracts"),
                span,
            );
        }
        if named.len() < asked.len() {
            self.add(format!("{what} lacks a managed policy of the contract"), span);
        }
    }
}

fn sid(statement: &Json) -> &str {
    statement["Sid"].as_str().unwrap_or("without a name")
}

/// Whether a statement is one of the template: by its `Sid`, and without one by what it allows.
fn is_same(live: &Json, expected: &Json) -> bool {
    match (live["Sid"].as_str(), expected["Sid"].as_str()) {
        (None, None) => actions(live) == actions(expected),
        (one, other) => one == other,
    }
}

/// The actions of a statement, in order; of one that denies, that comes first.
fn actions(statement: &Json) -> Vec<String> {
    let all = list(&statement["Action"]).filter_map(Json::as_str).map(str::to_owned);
    let mut actions: Vec<String> = all.collect();
    actions.sort_unstable();
    if statement["Effect"] != "Allow" {
        actions.insert(0, "(denied)".to_owned());
    }
    actions
}

/// The elements of a list, or one thing alone, as IAM has it.
fn list(value: &Json) -> impl Iterator<Item = &Json> + Clone {
    let one = (!value.is_array() && !value.is_null()).then_some(value);
    value.as_array().into_iter().flatten().chain(one)
}
