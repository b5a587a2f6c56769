//! Receivers take what a later sender adds.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::{Additional, TypeKind};

pub(super) static RULE: Rule = Rule {
    code: "event-closed",
    level: Some(Level::Warning),
    group: Group::Events,
    what: "a received event takes no properties that its contract does not name",
    why: "A sender can then add none, not even an optional one, before all receivers were deployed; what comes too early ends in the dead letters.",
    example: Some(Example {
        at: "events#/ThingAddedPayload/additionalProperties",
        bad: "\
false",
        good: "\
true",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system.services {
        for message in service.receives.iter().flat_map(|receive| &receive.messages) {
            let def = service.type_def(message.payload);
            if matches!(&def.kind, TypeKind::Struct(of) if of.additional == Additional::Refused) {
                let text =
                    format!("`{}` refuses properties that a later sender adds", message.name.wire);
                found.add(def.origin.span, text, "remove `additionalProperties: false`");
            }
        }
    }
}
