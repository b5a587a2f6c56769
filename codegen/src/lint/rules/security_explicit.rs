//! Who may call is a decision.

use crate::diag::{Level, catalog::security::security_unsaid_of};
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "security-explicit",
    level: Some(Level::Warning),
    group: Group::Security,
    what: "a document does not say who may call",
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
        let silent = own.filter(|operation| operation.node().get("security").is_none()).count();
        let Some(paths) = document.root.entry("paths") else { continue };
        if silent > 0 && document.root.get("security").is_none() {
            let message = security_unsaid_of(silent);
            found.add(
                paths.key_span,
                message,
                "write `security: []` at the root if they are public, or name a scheme",
            );
        }
    }
}
