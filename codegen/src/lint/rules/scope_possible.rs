//! Scopes are such that a token can hold them.

use super::scope_declared::{asked, of_owners};
use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::parse::Node;

pub(super) static RULE: Rule = Rule {
    code: "scope-possible",
    level: Some(Level::Warning),
    group: Group::Security,
    what: "an operation requires a scope that no token can hold",
    why: "A token lists its scopes with spaces between them (RFC 6749, section 3.3), so a scope with a space or a quote in it, or an empty one, is never among them: every call is refused.",
    example: Some(Example {
        at: "openapi#/paths/~1things/delete",
        bad: "\
operationId: clearThings
summary: Remove all things
description: There are none afterwards.
tags: [thing]
security: [{login: ['read write']}]
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
        let asked = asked(view, document.root).into_iter().flat_map(|one| one.value.items());
        asked.chain(of_owners(document.root)).for_each(|scope| check_scope(scope, found));
    }
}

fn check_scope(scope: &Node, found: &mut Found<'_>) {
    let Some(text) = scope.text() else { return };
    let is_sign = |c: char| matches!(c, '!' | '#'..='[' | ']'..='~');
    if text.is_empty() || !text.chars().all(is_sign) {
        let message = format!("no token can hold the scope `{text}`");
        let help = "write each scope as an element of the list: `[read, write]`";
        found.add(scope.span, message, help);
    }
}
