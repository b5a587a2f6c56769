//! Credentials are sent safely.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::entries;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "insecure-scheme",
    level: Some(Level::Warning),
    group: Group::Security,
    what: "credentials are sent in an insecure way",
    why: "Basic authentication sends the password with each request. The implicit and password flows of OAuth 2.0 expose tokens or passwords to the client, and OAuth 2.1 removes them.",
    example: Some(Example {
        at: "openapi#/components/securitySchemes/key",
        bad: "\
type: http
scheme: basic",
        good: "\
type: http
scheme: bearer",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for document in &view.openapi {
        for scheme in entries(document.root, &["components", "securitySchemes"]) {
            let Some(node) = view.target(&scheme.value) else { continue };
            let basic = node
                .get("scheme")
                .filter(|kind| kind.text().is_some_and(|kind| kind.eq_ignore_ascii_case("basic")));
            if let Some(kind) = basic {
                found.add(
                    kind.span,
                    format!("`{}` sends the password with each request", scheme.key),
                    "use tokens: `scheme: bearer`",
                );
            }
            for flow in entries(node, &["flows"]) {
                if matches!(flow.key.as_str(), "implicit" | "password") {
                    let message =
                        format!("the flow `{}` of `{}` is insecure", flow.key, scheme.key);
                    found.add(
                        flow.key_span,
                        message,
                        "use `authorizationCode` for people, and `clientCredentials` for programs",
                    );
                }
                let urls = flow.value.entries().iter().filter(|entry| entry.key.ends_with("Url"));
                for url in urls
                    .filter(|entry| entry.value.text().is_some_and(|url| url.starts_with("http:")))
                {
                    found.add(
                        url.value.span,
                        "credentials are sent without encryption",
                        "write `https:`",
                    );
                }
            }
        }
    }
}
