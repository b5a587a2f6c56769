//! Times have a form.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::naming::words;
use crate::lint::uses::{fields, scalar_of};
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::ScalarKind;

pub(super) static RULE: Rule = Rule {
    code: "time-as-text",
    level: Some(Level::Warning),
    group: Group::Data,
    what: "a timestamp is a string without a format",
    why: "Every sender then chooses its own format, and sorting by the value, for example as a sort key, gives a wrong order.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/properties/madeAt",
        bad: "\
type: string
maxLength: 40
description: When it was made.",
        good: "\
type: string
format: date-time
description: When it was made.",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        for field in fields(service) {
            let words = words(&field.name.wire);
            let is_time = match words.last().map(String::as_str) {
                Some("at") => words.len() > 1,
                Some("date" | "time" | "timestamp" | "datetime") => true,
                _ => false,
            };
            let is_free = scalar_of(service, &field.ty).is_some_and(|scalar| {
                scalar.kind == ScalarKind::String
                    && scalar.text.format.is_none()
                    && scalar.text.pattern.is_none()
            });
            if is_time && is_free {
                let message = format!(
                    "`{}` looks like a timestamp, but is a string without a format",
                    field.name.wire
                );
                found.add(field.origin.span, message, "add the format:\nformat: date-time");
            }
        }
    }
}
