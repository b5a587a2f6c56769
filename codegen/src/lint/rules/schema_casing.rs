//! Named schemas are PascalCase.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::naming::{Casing, respelled};
use crate::lint::view::View;
use crate::lint::view::entries;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "schema-casing",
    level: Some(Level::Warning),
    group: Group::Naming,
    what: "the name of a schema or message is not PascalCase",
    why: "The name becomes a type name in every generated language.",
    example: Some(Example {
        at: "asyncapi#/components",
        bad: "\
schemas:
  thing_removed: {type: object, description: It is gone.}",
        good: "\
schemas:
  ThingRemoved: {type: object, description: It is gone.}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for document in view.documents() {
        for kind in ["schemas", "messages"] {
            let named = || entries(document.root, &["components", kind]);
            for entry in named().filter(|entry| !Casing::Pascal.fits(&entry.key)) {
                let message = format!("`{}` is not PascalCase", entry.key);
                let spelled = Casing::Pascal.spell(&entry.key);
                let is_taken = named().any(|other| other.key == spelled);
                found.add(entry.key_span, message, respelled(&spelled, is_taken));
            }
        }
    }
}
