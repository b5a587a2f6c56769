//! An operation that creates something says where it is.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::entries;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "created-location",
    level: Some(Level::Warning),
    group: Group::Errors,
    what: "a `201` response has no `Location` header",
    why: "Without it, clients have to build the URL of the new resource themselves, and break when paths change.",
    example: Some(Example {
        at: "openapi#/paths/~1things/post/responses/201",
        bad: "\
description: The thing as it was stored.
content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}",
        good: "\
description: The thing as it was stored.
headers:
  Location: {description: Where to read it., required: true, schema: {type: string, maxLength: 100}}
content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in view.operations() {
        for (entry, response) in view.responses_of(operation) {
            let has = entries(response, &["headers"])
                .any(|header| header.key.eq_ignore_ascii_case("location"));
            if entry.key == "201" && !has {
                let message =
                    format!("{} has no `Location` header for the new resource", operation.name());
                let help = "add the header:\nheaders:\n  Location:\n    description: The URL of the new resource.\n    schema: {type: string, maxLength: 256}";
                found.add(entry.key_span, message, help);
            }
        }
    }
}
