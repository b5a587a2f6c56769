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
    what: "a received event refuses additional properties",
    why: "Senders then cannot add a property, not even an optional one, before all receivers are deployed. Events that arrive earlier end in the dead-letter queue.",
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
    for service in &view.system().services {
        for message in service.receives.iter().flat_map(|receive| &receive.messages) {
            let def = service.type_def(message.payload);
            if matches!(&def.kind, TypeKind::Struct(of) if of.additional == Additional::Refused) {
                let text =
                    format!("`{}` refuses properties that a newer sender adds", message.name.wire);
                found.add(def.origin.span, text, "remove `additionalProperties: false`");
            }
        }
    }
}
