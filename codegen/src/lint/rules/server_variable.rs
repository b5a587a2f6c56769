//! The URL of a server has a variable that is not defined, or whose default is not among its values.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::parse::Node;

pub(super) static RULE: Rule = Rule {
    code: "server-variable",
    level: Some(Level::Warning),
    group: Group::Structure,
    what: "a variable of a server URL is undefined, or its default is not one of its values",
    why: "Clients then send requests to a URL that does not exist.",
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
            for variable in server.get("variables").into_iter().flat_map(Node::entries) {
                check_values(&variable.key, &variable.value, found);
            }
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

/// Reports a default that is not listed, as OpenAPI requires; in an empty list there is none.
fn check_values(name: &str, variable: &Node, found: &mut Found<'_>) {
    let (Some(listed), Some(default)) = (variable.get("enum"), variable.get("default")) else {
        return;
    };
    if !listed.items().iter().any(|value| value.value == default.value) {
        let message = format!("the default of the variable `{name}` is not in its `enum`");
        found.add(listed.span, message, "list it, or leave `enum` out".to_owned());
    }
}

/// The names between braces.
fn variables(url: &str) -> impl Iterator<Item = &str> {
    url.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}
