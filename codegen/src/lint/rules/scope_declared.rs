//! Scopes are declared.

use crate::diag::Level;
use crate::diag::catalog::shape::nearest;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::entries;
use crate::lint::{Example, Group, Rule};
use crate::lower::scheme_name;
use crate::parse::Node;

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
        let own = view
            .operations()
            .filter(|operation| operation.document.root.span == document.root.span);
        let required = std::iter::once(document.root).chain(own.map(|operation| operation.node()));
        let required = required.filter_map(|node| node.get("security")).flat_map(Node::items);
        for asked in required.flat_map(Node::entries) {
            let name = scheme_name(&asked.key);
            let scheme = document.root.at(&["components", "securitySchemes", name]);
            let scheme = scheme.and_then(|scheme| view.target(scheme));
            let Some(scheme) = scheme.filter(|scheme| scheme.text_at("type") == Some("oauth2"))
            else {
                continue;
            };
            let flows = entries(scheme, &["flows"]);
            let declared: Vec<&str> = flows
                .flat_map(|flow| entries(&flow.value, &["scopes"]))
                .map(|scope| scope.key.as_str())
                .collect();
            for scope in asked.value.items() {
                let name = scope.text().unwrap_or_default();
                if !declared.contains(&name) {
                    let help = match nearest(name, declared.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "add it to the `scopes` of a flow".to_owned(),
                    };
                    found.add(
                        scope.span,
                        format!("`{}` does not declare the scope `{name}`", asked.key),
                        help,
                    );
                }
            }
        }
    }
}
