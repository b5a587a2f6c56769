//! Who asks for something gets it described.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::entries;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "response-content",
    level: Some(Level::Warning),
    group: Group::Structure,
    what: "the `200` response of a `GET` has no content",
    why: "Generated clients return no value for it. The status of an empty response is `204`.",
    example: Some(Example {
        at: "openapi#/paths/~1things~1{id}/get/responses/200",
        bad: "\
description: The thing.",
        good: "\
description: The thing.
content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in view.operations().filter(|operation| operation.entry.key == "get") {
        for (entry, response) in view.responses_of(operation) {
            if entry.key == "200" && entries(response, &["content"]).next().is_none() {
                let message = format!("the `200` response of {} has no content", operation.name());
                found.add(
                    entry.key_span,
                    message,
                    "describe the response in `content`, or use `204`",
                );
            }
        }
    }
}
