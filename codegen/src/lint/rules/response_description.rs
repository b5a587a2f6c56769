//! A response says when it is given.

use crate::diag::{Edit, Level};
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "response-description",
    level: Some(Level::Warning),
    group: Group::Docs,
    what: "a response has an empty `description`",
    why: "The description says when the response is sent, which the status alone does not.",
    example: Some(Example {
        at: "openapi#/paths/~1things/delete/responses/204",
        bad: "\
description: ''",
        good: "\
description: There are none any more.",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for (entry, response) in view.operations().flat_map(|operation| view.responses_of(operation)) {
        let Some(description) = response.get("description") else { continue };
        if description.text().is_some_and(|text| text.trim().is_empty()) {
            let message = format!("the response `{}` has no description", entry.key);
            let help = "say when it is sent, for example `The product does not exist.`";
            match entry.key.parse().ok().and_then(scalars::status::phrase) {
                Some(reason) => {
                    let edit = Edit::Set(reason.to_owned());
                    found.add_fixable(description.span, message, help, description.span, edit);
                }
                None => found.add(description.span, message, help),
            }
        }
    }
}
