//! Scopes are declared.

use std::collections::BTreeMap;

use crate::diag::Level;
use crate::diag::catalog::shape::nearest;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::entries;
use crate::lint::{Example, Group, Rule};
use crate::lower::scheme_name;
use crate::parse::{Entry, Node};

pub(super) static RULE: Rule = Rule {
    code: "scope-declared",
    level: Some(Level::Warning),
    group: Group::Security,
    what: "an operation requires a scope that its scheme does not declare",
    why: "No token has the scope, so every call is refused. It is usually a spelling mistake.",
    example: Some(Example {
        at: "openapi#/paths/~1things/delete",
        bad: "\
operationId: clearThings
summary: Remove all things
description: There are none afterwards.
tags: [thing]
security: [{login: [reed]}]
responses:
  '204': {description: There are none any more.}
  '401': {$ref: '#/components/responses/Refused'}",
        good: "\
operationId: clearThings
summary: Remove all things
description: There are none afterwards.
tags: [thing]
security: [{login: [read]}]
responses:
  '204': {description: There are none any more.}
  '401': {$ref: '#/components/responses/Refused'}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for document in &view.openapi {
        let asked = asked(view, document.root);
        for one in &asked {
            let name = scheme_name(&one.key);
            let scheme = document.root.at(&["components", "securitySchemes", name]);
            let scheme = scheme.and_then(|scheme| view.target(scheme));
            match scheme.and_then(|scheme| scheme.text_at("type")) {
                Some("oauth2") => check_flows(one, &declared(scheme), found),
                Some("openIdConnect") => check_alike(one, &asked, found),
                _ => {}
            }
        }
        check_owners(view, document.root, &asked, found);
    }
}

/// What a document and its operations ask of callers: the scheme of each entry with its scopes.
pub(super) fn asked<'v>(view: &View<'v>, root: &'v Node) -> Vec<&'v Entry> {
    let own = view.operations().filter(|operation| operation.document.root.span == root.span);
    let required = std::iter::once(root).chain(own.map(|operation| operation.node()));
    let required = required.filter_map(|node| node.get("security")).flat_map(Node::items);
    required.flat_map(Node::entries).collect()
}

/// The scopes of those who may use the items of others (`x-owner.unless`).
pub(super) fn of_owners(root: &Node) -> Vec<&Node> {
    let (mut open, mut scopes) = (vec![root], Vec::new());
    while let Some(node) = open.pop() {
        scopes.extend(node.at(&["x-owner", "unless"]));
        open.extend(node.entries().iter().map(|entry| &entry.value).chain(node.items()));
    }
    scopes
}

/// The scopes that the flows of a scheme declare.
fn declared(scheme: Option<&Node>) -> Vec<&str> {
    let flows = scheme.into_iter().flat_map(|scheme| entries(scheme, &["flows"]));
    let scopes = flows.flat_map(|flow| entries(&flow.value, &["scopes"]));
    scopes.map(|scope| scope.key.as_str()).collect()
}

fn check_flows(asked: &Entry, declared: &[&str], found: &mut Found<'_>) {
    for scope in asked.value.items() {
        let name = scope.text().unwrap_or_default();
        if !declared.contains(&name) {
            let message = format!("`{}` does not declare the scope `{name}`", asked.key);
            found.add(scope.span, message, help(name, declared));
        }
    }
}

fn help(name: &str, declared: &[&str]) -> String {
    match nearest(name, declared.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "add it to the `scopes` of a flow".to_owned(),
    }
}

/// A scheme of OpenID Connect declares no scopes. One that is asked for once, and nearly the same several times, is
/// probably misspelt.
fn check_alike(asked: &Entry, all: &[&Entry], found: &mut Found<'_>) {
    let same = all.iter().filter(|other| other.key == asked.key);
    let names: Vec<&str> =
        same.flat_map(|other| other.value.items()).filter_map(Node::text).collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &names {
        *uses.entry(name).or_default() += 1;
    }
    for scope in asked.value.items() {
        let name = scope.text().unwrap_or_default();
        if uses.get(name) != Some(&1) {
            continue;
        }
        let often = names.iter().copied().filter(|one| uses[one] > 1);
        if let Some(near) = nearest(name, often) {
            let message = format!("only this operation requires the scope `{name}`");
            found.add(scope.span, message, format!("did you mean `{near}`?"));
        }
    }
}

/// The scopes of those who may use the items of others (`x-owner.unless`) are among those that a scheme declares; with
/// OpenID Connect, none is nearly one that operations require.
fn check_owners(view: &View<'_>, root: &Node, asked: &[&Entry], found: &mut Found<'_>) {
    let schemes = entries(root, &["components", "securitySchemes"]);
    let schemes: Vec<&Node> = schemes.filter_map(|scheme| view.target(&scheme.value)).collect();
    let is = |ty: &str| schemes.iter().any(|scheme| scheme.text_at("type") == Some(ty));
    let declares_all = is("oauth2") && !is("openIdConnect");
    if !declares_all && !is("openIdConnect") {
        return;
    }
    let required = asked.iter().flat_map(|one| one.value.items()).filter_map(Node::text);
    let declared = schemes.iter().flat_map(|scheme| declared(Some(scheme)));
    let known: Vec<&str> = declared.chain(required.filter(|_| !declares_all)).collect();
    for scope in of_owners(root) {
        if let Some(name) = scope.text().filter(|name| !known.contains(name))
            && (declares_all || nearest(name, known.iter().copied()).is_some())
        {
            let message = match declares_all {
                true => format!("no scheme declares the scope `{name}`"),
                false => format!("no operation requires the scope `{name}`"),
            };
            found.add(scope.span, message, help(name, &known));
        }
    }
}
