//! Secrets stay out of URLs.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::sensitive::is_secret;
use crate::lint::view::View;
use crate::lint::view::entries;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "secret-in-url",
    level: Some(Level::Error),
    group: Group::Security,
    what: "a secret is sent in a URL",
    why: "URLs are recorded in access logs, in browser histories, and in the `Referer` header of other requests.",
    example: Some(Example {
        at: "openapi#/components/securitySchemes/key",
        bad: "\
type: apiKey
in: query
name: key",
        good: "\
type: apiKey
in: header
name: X-Api-Key",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for document in &view.openapi {
        for scheme in entries(document.root, &["components", "securitySchemes"]) {
            let place = scheme.value.get("in").filter(|place| place.text() == Some("query"));
            if let Some(place) = place {
                found.add(
                    place.span,
                    format!("the key of `{}` is sent in the URL", scheme.key),
                    "write `in: header`",
                );
            }
        }
    }
    for parameter in view.parameters() {
        let in_url = matches!(parameter.text_at("in"), Some("path" | "query"));
        let Some(name) = parameter.get("name").filter(|_| in_url) else { continue };
        let text = name.text().unwrap_or_default();
        if is_secret(text) {
            found.add(
                name.span,
                format!("`{text}` is sent in the URL"),
                "use a header or the body",
            );
        }
    }
}
