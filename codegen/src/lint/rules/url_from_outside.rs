//! URLs that a caller chooses.

use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "url-from-outside",
    level: None,
    group: Group::Security,
    what: "a parameter is a URL",
    why: "A function that fetches a URL from a caller can be made to call internal systems (server-side request forgery). Accept a name from a fixed list, or fetch through a proxy with an allowlist.",
    example: Some(Example {
        at: "openapi#/paths/~1things/post/parameters/0",
        bad: "\
{name: callback, in: query, description: Whom to tell., schema: {type: string, format: uri, maxLength: 200}}",
        good: "\
{name: partner, in: query, description: Whom to tell., schema: {type: string, enum: [ours, theirs]}}",
    }),
    check: Some(check),
};

/// Words that name a place to fetch from or to go to.
const NAMES: [&str; 9] = [
    "url",
    "uri",
    "callback",
    "redirect",
    "redirecturl",
    "redirecturi",
    "returnurl",
    "webhook",
    "href",
];

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for parameter in view.parameters() {
        let Some(node) = parameter.get("name") else { continue };
        let name = node.text().unwrap_or_default();
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let schemas = view.whole(parameter.get("schema"));
        let mut formats = schemas.iter().filter_map(|schema| schema.text_at("format"));
        let is_url = formats.any(|format| ["uri", "iri", "url"].contains(&format));
        let is_closed = schemas.iter().any(|schema| schema.get("enum").is_some());
        if is_url || (NAMES.contains(&plain.to_ascii_lowercase().as_str()) && !is_closed) {
            let message = format!("the caller chooses the URL `{name}`");
            found.add(node.span, message, "accept a name from a fixed list instead: `enum: […]`");
        }
    }
}
