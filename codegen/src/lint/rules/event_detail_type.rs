//! Events name their detail-type.

use crate::diag::{Edit, Level};
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::{Message, Service};

pub(super) static RULE: Rule = Rule {
    code: "event-detail-type",
    level: Some(Level::Warning),
    group: Group::Events,
    what: "a message has no explicit detail-type",
    why: "The detail-type is then the name of the message. Renaming the message changes what EventBridge rules match, and events are lost without an error.",
    example: Some(Example {
        at: "events#/ThingAdded",
        bad: "\
summary: A thing was added.
x-amazon-events-source: org.example.things
payload: {$ref: '#/ThingAddedPayload'}",
        good: "\
summary: A thing was added.
x-amazon-events-source: org.example.things
x-amazon-events-detail-type: ThingAdded
payload: {$ref: '#/ThingAddedPayload'}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for message in view.messages() {
        // A message without a source is made by a schedule, whose events have a detail-type of their own.
        let has_source = message.get("x-amazon-events-source").is_some();
        if has_source && message.get("x-amazon-events-detail-type").is_none() {
            let help = "set it explicitly:\nx-amazon-events-detail-type: OrderPlaced";
            let (place, why) = (
                view.place(message),
                "the detail-type is the name of the message, because none is set",
            );
            let key = "x-amazon-events-detail-type".to_owned();
            match known(view).find(|known| known.origin.span == place) {
                Some(known) => {
                    let block = serde_json::Value::from(known.detail_type.as_str()).to_string();
                    let edit = Edit::Insert { key, block };
                    found.add_fixable(place, why, help, message.span, edit);
                }
                None => found.add(place, why, help),
            }
        }
    }
}

/// What is known of messages that are sent or received.
fn known<'a>(view: &'a View<'_>) -> impl Iterator<Item = &'a Message> {
    view.system().services.iter().flat_map(Service::messages)
}
