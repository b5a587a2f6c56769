//! A message says what happened.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::says;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "message-summary",
    level: Some(Level::Warning),
    group: Group::Docs,
    what: "a message has no summary",
    why: "Other teams write receivers. The summary is the only place that tells them what the event means and when it is sent.",
    example: Some(Example {
        at: "events#/ThingAdded",
        bad: "\
contentType: application/json
x-amazon-events-source: org.example.things
x-amazon-events-detail-type: ThingAdded
payload: {$ref: '#/ThingAddedPayload'}",
        good: "\
summary: A thing was added.
contentType: application/json
x-amazon-events-source: org.example.things
x-amazon-events-detail-type: ThingAdded
payload: {$ref: '#/ThingAddedPayload'}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for message in view.messages() {
        if !["summary", "description", "title"].iter().any(|key| says(message, key)) {
            found.add(
                view.place(message),
                "the message has no summary",
                "say what happened in one sentence:\nsummary: …",
            );
        }
    }
}
