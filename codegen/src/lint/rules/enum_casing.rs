//! The values of an enum are spelled alike.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::naming::Casing;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::TypeKind;

pub(super) static RULE: Rule = Rule {
    code: "enum-casing",
    level: Some(Level::Warning),
    group: Group::Naming,
    what: "the values of an enum use different casings",
    why: "Values are case-sensitive, so mixed casings lead to mistakes.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/properties/color",
        bad: "\
type: string
enum: [RED, dark-blue]
description: How it looks.",
        good: "\
type: string
enum: [red, dark-blue]
description: How it looks.",
    }),
    check: Some(check),
};

/// The spellings that values have.
const SPELLINGS: [Casing; 6] =
    [Casing::Screaming, Casing::Kebab, Casing::Snake, Casing::Camel, Casing::Pascal, Casing::Train];

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for def in view.system().services.iter().flat_map(|service| &service.types) {
        let TypeKind::Enum(of) = &def.kind else { continue };
        let values: Vec<&str> = of.variants.iter().map(|variant| variant.wire.as_str()).collect();
        // Codes, versions and sentences have no spelling.
        let is_name = |value: &&str| {
            value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
                && value.starts_with(|c: char| c.is_ascii_alphabetic())
        };
        let one_fits = SPELLINGS.iter().any(|casing| values.iter().all(|value| casing.fits(value)));
        if values.iter().all(is_name) && !one_fits {
            let shown: Vec<_> = values.iter().take(4).map(|value| format!("`{value}`")).collect();
            let message = format!("the values {} use different casings", shown.join(", "));
            found.add(
                def.origin.span,
                message,
                "use one casing; if clients already use these values, add a new property",
            );
        }
    }
}
