//! Numbers that come from outside are bounded.

use crate::lint::found::Found;
use crate::lint::uses::{Shape, incoming, shape_of};
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "number-unbounded",
    level: None,
    group: Group::Limits,
    what: "a number in a request or a received event has no `minimum` or no `maximum`",
    why: "A quantity of minus one or of a trillion is rarely intended, and business rules seldom check for it.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/properties/count",
        bad: "\
type: integer
format: int32
minimum: 0
description: How many there are.",
        good: "\
type: integer
format: int32
minimum: 0
maximum: 100
description: How many there are.",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        for used in incoming(service) {
            let (shape, what) = shape_of(service, used);
            let Shape::Scalar(scalar) = shape else { continue };
            let is_number = scalar.kind.is_number();
            let rules = &scalar.number;
            if is_number
                && rules.one_of.is_empty()
                && (rules.minimum.is_none() || rules.maximum.is_none())
            {
                let missing = if rules.minimum.is_none() { "minimum" } else { "maximum" };
                found.add(
                    what.span,
                    format!("the number `{}` has no `{missing}`", what.name),
                    format!("add a `{missing}`"),
                );
            }
        }
    }
}
