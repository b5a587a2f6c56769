//! The parameters of a service are spelled alike.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::naming::{Casing, tells};
use crate::lint::uses::fields;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::{Parameter, ParameterLocation};

pub(super) static RULE: Rule = Rule {
    code: "parameter-casing",
    level: Some(Level::Warning),
    group: Group::Naming,
    what: "the casing of a parameter differs from most parameters of its service",
    why: "People who write requests by hand guess the casing from other parameters. Headers use Train-Case by convention.",
    example: Some(Example {
        at: "openapi#/paths/~1things/get/parameters/1",
        bad: "\
name: next_page
in: query
description: The `next` of the page before.
schema: {type: string, minLength: 1, maxLength: 200}",
        good: "\
name: nextPage
in: query
description: The `next` of the page before.
schema: {type: string, minLength: 1, maxLength: 200}",
    }),
    check: Some(check),
};

/// The spellings that parameters have.
const SPELLINGS: [Casing; 3] = [Casing::Camel, Casing::Snake, Casing::Kebab];

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        let all = || service.operations.iter().flat_map(|operation| &operation.parameters);
        let is_header = |parameter: &&Parameter| parameter.location == ParameterLocation::Header;
        let own = all()
            .filter(|parameter| !is_header(parameter))
            .map(|parameter| parameter.name.wire.as_str());
        // Where parameters do not tell, properties do.
        let names: Vec<&str> =
            own.chain(fields(service).map(|field| field.name.wire.as_str())).collect();
        let usual = Casing::most_of(names.into_iter(), &SPELLINGS).unwrap_or(Casing::Camel);
        for parameter in all() {
            let (name, usual) = (
                parameter.name.wire.trim_start_matches(['$', '_', '@']),
                if is_header(&parameter) { Casing::Train } else { usual },
            );
            let speaks = is_header(&parameter) || tells(name);
            if speaks
                && !usual.fits(&if is_header(&parameter) {
                    capitals(name)
                } else {
                    name.to_owned()
                })
            {
                let message = format!("the parameter `{name}` is not {usual}");
                found.add(parameter.origin.span, message, format!("write `{}`", usual.spell(name)));
            }
        }
    }
}

/// Headers are compared without regard to case, so only their hyphens matter.
fn capitals(name: &str) -> String {
    let parts: Vec<String> = name
        .split('-')
        .map(|part| {
            let mut chars = part.chars();
            chars
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
        })
        .collect();
    parts.join("-")
}
