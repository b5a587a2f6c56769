//! Who may call is a decision.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "security-explicit",
    level: Some(Level::Warning),
    group: Group::Security,
    what: "neither an operation nor its document says who may call",
    why: "Silence means that everybody may. That is fine for a catalogue, and must be a decision: `security: []` alone says it.",
    example: Some(Example {
        at: "openapi#/security",
        bad: "\
!absent",
        good: "\
[]",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for document in &view.openapi {
        let own = view
            .operations()
            .filter(|operation| operation.document.root.span == document.root.span);
        if document.root.get("security").is_some() {
            continue;
        }
        // One finding an operation, so that one that comes later is a new finding.
        for operation in own.filter(|operation| operation.node().get("security").is_none()) {
            found.add(
                operation.entry.key_span,
                "the operation does not declare `security`, so anyone can call it",
                "write `security: []` at the root if all are public, or name a scheme",
            );
        }
    }
}
