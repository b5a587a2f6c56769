//! Whether `null` is a value of a schema, decided by the schema alone.

use std::collections::BTreeMap;

use crate::diag::catalog::dialect as fault;
use crate::lower::Scope;
use crate::parse::{Node, Value};
use crate::source::Span;

use super::parts::{is_object_by_use, type_names};

/// Whether a schema allows `null`. `chosen`: its own `oneOf` or `anyOf` does not count.
pub(super) fn takes_null<'a>(scope: Scope<'a>, node: &'a Node, chosen: bool) -> bool {
    Question { scope, above: vec![], known: BTreeMap::new() }.schema(node, chosen)
}

/// Reports a schema that allows `null` by its type, and refuses it by what it builds on or chooses from.
pub(super) fn check_refused<'a>(scope: Scope<'a>, node: &'a Node) {
    let listed = ["enum", "const"].iter().any(|key| node.get(key).is_some());
    let siblings = ["allOf", "oneOf", "anyOf", "$ref"];
    let sibling = siblings.into_iter().find(|key| node.get(key).is_some());
    let Some(sibling) = sibling.filter(|_| !listed) else { return };
    let alone = node.reference().is_some() && scope.docs.dialect(node).refers_alone();
    let is_nullable = scope.docs.dialect(node).knows_nullable() && node.is_set("nullable");
    let said = match node.entry("type") {
        Some(_) if is_nullable => node.entry("nullable"),
        typed => typed.filter(|entry| type_names(&entry.value).any(|name| name == "null")),
    };
    if let Some(said) = said.filter(|_| !alone && !takes_null(scope, node, false)) {
        scope.sink.report(fault::null_refused(said.named(), sibling));
    }
}

struct Question<'a> {
    scope: Scope<'a>,
    /// The schemas that lead here; one that leads to itself asks for nothing new.
    above: Vec<Span>,
    /// What was found of schemas, which may be met on many ways.
    known: BTreeMap<(Span, bool), bool>,
}

/// How many schemas may lead to one that is looked at; longer chains are refused elsewhere.
const MAX_ABOVE: usize = 150;

impl<'a> Question<'a> {
    fn schema(&mut self, node: &'a Node, chosen: bool) -> bool {
        if let Value::Flag(flag) = node.value {
            return flag;
        }
        if let Some(known) = self.known.get(&(node.span, chosen)) {
            return *known;
        }
        if self.above.len() > MAX_ABOVE || self.above.contains(&node.span) {
            return true;
        }
        self.above.push(node.span);
        let referred = node.reference().is_none()
            || self.scope.docs.next(node).is_none_or(|target| self.schema(target, false));
        let alone = node.reference().is_some() && self.scope.docs.dialect(node).refers_alone();
        let fits = referred && (alone || self.own(node, chosen));
        self.above.pop();
        self.known.insert((node.span, chosen), fits);
        fits
    }

    fn own(&mut self, node: &'a Node, chosen: bool) -> bool {
        let is_null = |node: &Node| node.value == Value::Null;
        is_nullable(self.scope, node)
            && node.get("enum").is_none_or(|list| list.items().iter().any(is_null))
            && node.get("const").is_none_or(is_null)
            && self.count(node, "allOf").is_none_or(|(n_fitting, n)| n_fitting == n)
            && (chosen
                || (self.count(node, "anyOf").is_none_or(|(n_fitting, _)| n_fitting > 0)
                    && self.count(node, "oneOf").is_none_or(|(n_fitting, _)| n_fitting == 1)))
            && node.get("not").is_none_or(|node| !self.schema(node, false))
            && self.conditional(node)
    }

    fn count(&mut self, node: &'a Node, key: &str) -> Option<(usize, usize)> {
        let list = node.get(key)?.items();
        Some((list.iter().filter(|node| self.schema(node, false)).count(), list.len()))
    }

    fn conditional(&mut self, node: &'a Node) -> bool {
        let Some(condition) = node.get("if") else { return true };
        let next = if self.schema(condition, false) { "then" } else { "else" };
        node.get(next).is_none_or(|node| self.schema(node, false))
    }
}

/// Whether the type that a schema names, if it names any, allows `null`.
fn is_nullable(scope: Scope<'_>, node: &Node) -> bool {
    let Some(types) = node.get("type") else { return !is_object_by_use(node) };
    let by_flag = scope.docs.dialect(node).knows_nullable() && node.is_set("nullable");
    by_flag || type_names(types).any(|name| name == "null")
}
