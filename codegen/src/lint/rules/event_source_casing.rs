//! Sources of events are in small letters with dots.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "event-source-casing",
    level: Some(Level::Warning),
    group: Group::Naming,
    what: "the source of an event is not a lowercase name with dots",
    why: "Rules of other accounts and teams match sources exactly. A reversed domain name keeps them unique.",
    example: Some(Example {
        at: "events#/ThingAdded",
        bad: "\
summary: A thing was added.
x-amazon-events-source: Things Service
x-amazon-events-detail-type: ThingAdded
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
        let Some(source) = message.get("x-amazon-events-source") else { continue };
        let name = source.text().unwrap_or_default();
        let fits = |part: &str| {
            part.split('-').all(|word| {
                !word.is_empty()
                    && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
            })
        };
        if !name.contains('.') || !name.split('.').all(fits) {
            let help = "write a reversed domain name: `com.example.orders`";
            found.add(
                source.span,
                format!("the source `{name}` is not a lowercase name with dots"),
                help,
            );
        }
    }
}
