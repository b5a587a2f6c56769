//! A yes or no is a boolean.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::TypeKind;

pub(super) static RULE: Rule = Rule {
    code: "boolean-as-text",
    level: Some(Level::Warning),
    group: Group::Data,
    what: "a boolean is described as a string",
    why: "Every client then needs its own conversion. `type: boolean` needs none.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/properties/color",
        bad: "\
type: string
enum: ['true', 'false']
description: Whether it is dark.",
        good: "\
type: boolean
description: Whether it is dark.",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    const PAIRS: [[&str; 2]; 5] =
        [["false", "true"], ["no", "yes"], ["n", "y"], ["0", "1"], ["off", "on"]];
    for def in view.system().services.iter().flat_map(|service| &service.types) {
        let TypeKind::Enum(of) = &def.kind else { continue };
        let mut values: Vec<String> =
            of.variants.iter().map(|variant| variant.wire.to_lowercase()).collect();
        values.sort();
        if PAIRS.iter().any(|pair| values == pair) {
            found.add(
                def.origin.span,
                "a boolean value is described as a string",
                "write `type: boolean`, without `enum`",
            );
        }
    }
}
