//! A named schema says what it is.

use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::{entries, says};
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "schema-description",
    level: None,
    group: Group::Docs,
    what: "a named schema has no `description`",
    why: "It is the doc comment of the generated type.",
    example: Some(Example {
        at: "openapi#/components/schemas/Problem",
        bad: "\
type: object
required: [title]
properties:
  title: {type: string, maxLength: 100, description: In a few words.}",
        good: "\
description: What went wrong.
type: object
required: [title]
properties:
  title: {type: string, maxLength: 100, description: In a few words.}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for document in view.documents() {
        for schema in entries(document.root, &["components", "schemas"]) {
            let told = schema.value.reference().is_some()
                || says(&schema.value, "description")
                || says(&schema.value, "title");
            if !told {
                found.add(
                    schema.key_span,
                    format!("the schema `{}` has no description", schema.key),
                    "say what it is:\ndescription: …",
                );
            }
        }
    }
}
