//! A property says what it means.

use crate::lint::found::Found;
use crate::lint::uses::fields;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "property-description",
    level: None,
    group: Group::Docs,
    what: "a property has no `description`",
    why: "It is the doc comment of the generated field. A name alone hides units and meaning.",
    example: Some(Example {
        at: "openapi#/components/schemas/Problem/properties/title",
        bad: "\
type: string
maxLength: 100",
        good: "\
description: In a few words.
type: string
maxLength: 100",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        for field in fields(service).filter(|field| field.docs.summary.is_none()) {
            let message = format!("the property `{}` has no description", field.name.wire);
            found.add(field.origin.span, message, "say what it means:\ndescription: …");
        }
    }
}
