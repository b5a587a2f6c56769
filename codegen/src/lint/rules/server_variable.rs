//! The URL of a server has a variable that nobody defines.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::parse::Node;

pub(super) static RULE: Rule = Rule {
    code: "server-variable",
    level: Some(Level::Warning),
    group: Group::Structure,
    what: "a server URL has an undefined variable",
    why: "Clients then send requests to the literal URL, including the braces.",
    example: Some(Example {
        at: "openapi#/servers/0",
        bad: "\
url: https://{region}.example.org",
        good: "\
url: https://{region}.example.org
variables: {region: {default: eu}}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for document in &view.openapi {
        for server in document.root.get("servers").into_iter().flat_map(Node::items) {
            let Some(node) = server.get("url") else { continue };
            for name in variables(node.text().unwrap_or_default()) {
                if server.at(&["variables", name]).is_none() {
                    let message = format!("the variable `{name}` is not defined");
                    let help = format!("define it:\nvariables: {{{name}: {{default: …}}}}");
                    found.add(node.span, message, help);
                }
            }
        }
    }
}

/// The names between braces.
fn variables(url: &str) -> impl Iterator<Item = &str> {
    url.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}
