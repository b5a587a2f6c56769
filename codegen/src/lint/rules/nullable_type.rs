//! `nullable` stands without a type.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::{View, mappings};
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "nullable-type",
    level: Some(Level::Warning),
    group: Group::Structure,
    what: "`nullable` stands without a type",
    why: "OpenAPI 3.0 gives `nullable` a meaning only beside `type`; other tools ignore it here.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/properties/color",
        bad: "\
nullable: true
description: Its color.
enum: [red, blue, null]",
        good: "\
type: string
nullable: true
description: Its color.
enum: [red, blue, null]",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    let of_3_0 = view.openapi.iter().filter(|document| {
        document.root.text_at("openapi").is_some_and(|version| version.starts_with("3.0"))
    });
    for document in of_3_0 {
        for node in mappings(document.root).into_iter().filter(|node| node.is_set("nullable")) {
            let Some(nullable) = node.entry("nullable") else { continue };
            if node.get("type").is_none() {
                let help = "write the type beside it:\ntype: string";
                found.add(nullable.key_span, "`nullable` means nothing without `type`", help);
            }
        }
    }
}
