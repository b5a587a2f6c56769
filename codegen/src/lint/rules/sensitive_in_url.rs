//! What is personal stays out of URLs.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::sensitive::is_personal;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::ParameterLocation;

pub(super) static RULE: Rule = Rule {
    code: "sensitive-in-url",
    level: Some(Level::Warning),
    group: Group::Security,
    what: "personal data is sent in a URL",
    why: "URLs are recorded in the access logs of gateways and proxies, where `x-sensitive` has no effect.",
    example: Some(Example {
        at: "openapi#/paths/~1things/get/parameters/1",
        bad: "\
name: email
in: query
description: Whose things.
schema: {type: string, format: email, x-sensitive: true}",
        good: "\
name: owner
in: query
description: Whose things.
schema: {type: string, minLength: 1, maxLength: 8}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for parameter in view
        .system()
        .services
        .iter()
        .flat_map(|service| &service.operations)
        .flat_map(|operation| &operation.parameters)
    {
        let in_url = parameter.location != ParameterLocation::Header;
        if in_url && (parameter.sensitive || is_personal(&parameter.name.wire)) {
            let message = format!(
                "`{}` is part of the URL, and therefore recorded in access logs",
                parameter.name.wire
            );
            found.add(
                parameter.origin.span,
                message,
                "send it in the body of a `post`, or identify the person by an ID",
            );
        }
    }
}
