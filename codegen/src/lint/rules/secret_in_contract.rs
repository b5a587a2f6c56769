//! Contracts name secrets and do not have them.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::sensitive::{has_secret, is_secret};
use crate::lint::view::{View, entries};
use crate::lint::{Example, Group, Rule};
use crate::parse::{Entry, Node};

pub(super) static RULE: Rule = Rule {
    code: "secret-in-contract",
    level: Some(Level::Warning),
    group: Group::Security,
    what: "a contract contains a secret, such as a key or a password",
    why: "Everyone with the repository or the template can read it, its history keeps it, and changing it takes a deployment.",
    example: Some(Example {
        at: "openapi#/x-lambda",
        bad: "\
environment:
  DB_PASSWORD: correct-horse
services:
  rates: {url: 'https://rates.example.com?token=3f9a0c1d'}",
        good: "\
environment:
  DB_PASSWORD: {secret: shop/db, key: password}
services:
  rates: {url: 'https://rates.example.com', secret: shop/rates, key: token}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for lambda in view.objects().filter_map(|node| node.get("x-lambda")) {
        for variable in entries(lambda, &["environment"]) {
            check_variable(variable, found);
        }
        for service in entries(lambda, &["services"]) {
            let (name, node) = (&service.key, &service.value);
            if let Some((at, _)) = given(node.get("url")).filter(|(_, url)| has_secret(url)) {
                let help = format!("store it in Secrets Manager, and name it: `secret: {name}`");
                found.add(at, format!("the URL of `{name}` contains a secret"), help);
            }
            check_name(name, node, found);
        }
    }
}

fn check_variable(variable: &Entry, found: &mut Found<'_>) {
    let (name, node) = (&variable.key, &variable.value);
    check_name(name, node, found);
    let Some((at, text)) = given(Some(node)) else { return };
    // What is elsewhere is named by a path, a URL or an ARN, or by what CloudFormation puts there.
    // Switches and amounts are about secrets: `TOKEN_TTL: '900'`.
    let is_setting = ["true", "false", "none", "enabled", "disabled"].contains(&text)
        || text.parse::<u32>().is_ok();
    let is_value = !text.is_empty() && !is_setting && !text.contains(['/', ':', '$', ' ']);
    if has_secret(text) || (is_secret(name) && is_value) {
        let help =
            format!("store it in Secrets Manager, and write its name: `{name}: {{secret: NAME}}`");
        found.add(at, format!("`{name}` contains the secret itself"), help);
    }
}

/// What stands where the name of a secret does.
fn check_name(name: &str, node: &Node, found: &mut Found<'_>) {
    for key in ["secret", "parameter"] {
        let named = node.get(key).filter(|named| named.text().is_some_and(has_secret));
        if let Some(named) = named {
            let message = format!("`{key}` of `{name}` is the secret itself");
            found.add(named.span, message, "write the name under which it is stored: `shop/db`");
        }
    }
}

/// The text that a variable is given, or has by default.
fn given(node: Option<&Node>) -> Option<(crate::source::Span, &str)> {
    let node = node?;
    let node = if node.text().is_some() { node } else { node.get("default")? };
    Some((node.span, node.text()?))
}
