//! Text that comes from outside is bounded.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::uses::{Shape, incoming, is_unbounded_text, shape_of};
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "string-unbounded",
    level: Some(Level::Warning),
    group: Group::Limits,
    what: "a text that comes from outside may be of any length",
    why: "A row of a table holds 400 kB and a message of a queue 256 kB; what a contract does not bound fails there, late and for the caller without a reason.",
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
    for service in &view.system.services {
        for used in incoming(service) {
            let (shape, what) = shape_of(service, used);
            if matches!(&shape, Shape::Scalar(scalar) if is_unbounded_text(scalar)) {
                found.add(
                    what.span,
                    format!("the text `{}` may be of any length", what.name),
                    "bound it:\nmaxLength: 256",
                );
            }
        }
    }
}
