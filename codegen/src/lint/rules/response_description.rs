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
            match reason(&entry.key) {
                Some(reason) => {
                    let edit = Edit::Set(reason.to_owned());
                    found.add_fixable(description.span, message, help, description.span, edit);
                }
                None => found.add(description.span, message, help),
            }
        }
    }
}

/// The reason phrase of a status (RFC 9110, section 15).
fn reason(status: &str) -> Option<&'static str> {
    Some(match status {
        "200" => "OK",
        "201" => "Created",
        "202" => "Accepted",
        "204" => "No Content",
        "304" => "Not Modified",
        "400" => "Bad Request",
        "401" => "Unauthorized",
        "403" => "Forbidden",
        "404" => "Not Found",
        "405" => "Method Not Allowed",
        "406" => "Not Acceptable",
        "409" => "Conflict",
        "410" => "Gone",
        "412" => "Precondition Failed",
        "413" => "Content Too Large",
        "415" => "Unsupported Media Type",
        "422" => "Unprocessable Content",
        "429" => "Too Many Requests",
        "500" => "Internal Server Error",
        "501" => "Not Implemented",
        "502" => "Bad Gateway",
        "503" => "Service Unavailable",
        "504" => "Gateway Timeout",
        _ => return None,
    })
}
