//! Events have a version.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::{Message, Schedule};

pub(super) static RULE: Rule = Rule {
    code: "event-version",
    level: Some(Level::Warning),
    group: Group::Events,
    what: "an event has no version",
    why: "A required `version` with a single value lets two versions of an event coexist, each with its own type, until the last receiver has migrated.",
    example: Some(Example {
        at: "events#/ThingAddedPayload",
        bad: "\
description: The thing that was added.
type: object
required: [id]
properties:
  id: {type: string, minLength: 1, maxLength: 8, description: Which thing.}",
        good: "\
description: The thing that was added.
type: object
required: [version, id]
properties:
  version: {type: integer, format: int32, enum: [1], description: The version of this contract.}
  id: {type: string, minLength: 1, maxLength: 8, description: Which thing.}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        // What a schedule says, its own contract says: there is no sender to come to terms with.
        let unversioned = |message: &&Message| {
            message.version.is_none() && message.source.as_deref() != Some(Schedule::SOURCE)
        };
        for message in service.messages().filter(unversioned) {
            let text = format!("the payload of `{}` has no version", message.name.wire);
            let help = "add a required property with a single value:\nversion:\n  type: integer\n  enum: [1]";
            found.add(service.type_def(message.payload).origin.span, text, help);
        }
    }
}
