//! Text that comes from outside is bounded.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::uses::{Shape, incoming, is_unbounded_text, shape_of};
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::ScalarKind;

pub(super) static RULE: Rule = Rule {
    code: "string-unbounded",
    level: Some(Level::Warning),
    group: Group::Limits,
    what: "a string in a request or a received event has no `maxLength`",
    why: "DynamoDB items are limited to 400 KB, and messages of queues to 1 MiB. Values without a limit fail there, late and without a reason that the caller can see.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/properties/note",
        bad: "\
type: string
description: What there is to say.",
        good: "\
type: string
maxLength: 100
description: What there is to say.",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        for used in incoming(service) {
            let (shape, what) = shape_of(service, used);
            let Shape::Scalar(scalar) = shape else { continue };
            if is_unbounded_text(&scalar) {
                let help = match scalar.kind {
                    ScalarKind::Bytes => "add a maximum:\nmaxLength: 1000000",
                    _ => "add a maximum:\nmaxLength: 256",
                };
                let message = format!("the string `{}` has no maximum length", what.name);
                found.add(what.span, message, help);
            }
        }
    }
}
