//! The properties of a service are spelled alike.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::naming::{Casing, respelled, tells};
use crate::lint::uses::fields;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "property-casing",
    level: Some(Level::Warning),
    group: Group::Naming,
    what: "the casing of a property differs from most properties of its service",
    why: "People who write clients by hand guess the casing from other properties.",
    example: Some(Example {
        at: "openapi#/components/schemas/Problem",
        bad: "\
description: What went wrong.
type: object
required: [title]
properties:
  title: {type: string, maxLength: 100, description: In a few words.}
  error_code: {type: string, maxLength: 10, description: Its code.}",
        good: "\
description: What went wrong.
type: object
required: [title]
properties:
  title: {type: string, maxLength: 100, description: In a few words.}
  errorCode: {type: string, maxLength: 10, description: Its code.}",
    }),
    check: Some(check),
};

/// The spellings that properties have.
const SPELLINGS: [Casing; 4] = [Casing::Camel, Casing::Snake, Casing::Pascal, Casing::Kebab];

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        let names = fields(service).map(|field| field.name.wire.as_str());
        let Some(usual) = Casing::most_of(names, &SPELLINGS) else { continue };
        for field in fields(service) {
            let name = field.name.wire.trim_start_matches(['_', '$', '@']);
            // Words in one piece of small letters are of every spelling.
            if tells(name) && !usual.fits(name) {
                let message = format!(
                    "the property `{}` is not {usual}, unlike most of `{}`",
                    field.name.wire, service.name.wire
                );
                let spelled = usual.spell(name);
                let is_taken = fields(service).any(|other| other.name.wire == spelled);
                found.add(field.origin.span, message, respelled(&spelled, is_taken));
            }
        }
    }
}
