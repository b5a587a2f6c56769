//! Objects of free keys that come from outside are bounded.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::uses::{Shape, incoming, shape_of};
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::Additional;

pub(super) static RULE: Rule = Rule {
    code: "map-unbounded",
    level: Some(Level::Warning),
    group: Group::Limits,
    what: "an object with free keys in a request or a received event has no `maxProperties`",
    why: "Every key is stored, copied and logged, and nothing refuses a request with a million keys.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/properties/labels",
        bad: "\
type: object
description: What stands on it.
additionalProperties: {type: string, maxLength: 20}",
        good: "\
type: object
maxProperties: 10
description: What stands on it.
additionalProperties: {type: string, maxLength: 20}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        for used in incoming(service) {
            let (shape, what) = shape_of(service, used);
            let is_open = match shape {
                Shape::Map(map) => map.max_properties.is_none(),
                Shape::Struct(of) => {
                    matches!(of.additional, Additional::Typed(_)) && of.max_properties.is_none()
                }
                _ => false,
            };
            if is_open {
                found.add(
                    what.span,
                    format!("`{}` has no maximum number of keys", what.name),
                    "add a maximum:\nmaxProperties: 100",
                );
            }
        }
    }
}
