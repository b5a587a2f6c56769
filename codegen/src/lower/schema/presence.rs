//! Which properties an object may be without, and yet not get: where keywords look at which properties there are, or at how
//! many, a default that is filled in could make a value invalid that was accepted.

use std::collections::BTreeSet;

use super::beside::Deciding;
use super::parts::{Parts, takes_nothing};
use crate::lower::Scope;
use crate::parse::{Node, Value};
use crate::source::Span;

/// How a schema counts for the object that it is looked at for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    /// It holds.
    Holds,
    /// It may hold, so that whatever it says of a property decides.
    Decides,
    /// It must not hold as another one does, so that a property more may be one too many.
    Competes,
}

/// The keywords that look at which properties there are.
#[derive(Default)]
pub(super) struct Presence<'a> {
    /// Those that look at all of them.
    all: Option<Span>,
    /// Those that look at one, by its name.
    names: Vec<(&'a str, Span)>,
    /// Those that look at the ones of a pattern.
    patterns: Vec<(&'a str, Span)>,
    /// The alternatives that were chosen.
    chosen: Vec<Span>,
    /// The schemas that were looked at, each for a role: they may lead back to each other.
    seen: BTreeSet<(Span, Role)>,
    /// Those that are still to be looked at.
    open: Vec<(&'a Node, Role)>,
}

impl<'a> Presence<'a> {
    pub(super) fn of(scope: Scope<'a>, parts: &Parts<'a>, deciding: &Deciding<'a>) -> Self {
        let targets = parts.roots.iter().flat_map(|root| scope.docs.links(root.node));
        let mut found = Self { chosen: targets.map(|node| node.span).collect(), ..Self::default() };
        // What a schema says of itself decides nothing from outside, whoever repeats the reference.
        found.seen.extend(found.chosen.iter().map(|span| (*span, Role::Decides)));
        for root in &parts.roots {
            found.open.push((root.node, Role::Holds));
            let outside = scope.docs.links(root.node).into_iter();
            let outside = outside.filter_map(|link| deciding.get(&link.span)).flatten();
            found.open.extend(outside.map(|node| (*node, Role::Decides)));
            while let Some((node, role)) = found.open.pop() {
                found.schema(scope, node, role);
            }
        }
        found
    }

    /// The keyword that looks at whether a property is there.
    pub(super) fn looks_at(&self, name: &str) -> Option<Span> {
        let matches = |pattern: &str| {
            let pattern = scalars::Pattern::new(pattern);
            pattern.is_ok_and(|pattern| pattern.is_match(name).unwrap_or(true))
        };
        let named = self.names.iter().find(|(known, _)| *known == name);
        let named = named.or_else(|| self.patterns.iter().find(|(pattern, _)| matches(pattern)));
        named.map(|(_, span)| *span).or(self.all)
    }

    fn schema(&mut self, scope: Scope<'a>, node: &'a Node, role: Role) {
        for link in scope.docs.links(node) {
            if !self.seen.insert((link.span, role)) {
                continue;
            }
            for entry in link.entries() {
                self.keyword(scope, link, (&entry.key, entry.key_span), &entry.value, role);
            }
        }
    }

    fn keyword(
        &mut self,
        scope: Scope<'a>,
        node: &'a Node,
        (key, at): (&'a str, Span),
        value: &'a Node,
        role: Role,
    ) {
        let names = || value.entries().iter().map(move |entry| (entry.key.as_str(), at));
        match key {
            "maxProperties" if role != Role::Competes => self.all = self.all.or(Some(at)),
            "minProperties" if role != Role::Holds => self.all = self.all.or(Some(at)),
            "propertyNames" => self.all = self.all.or(Some(at)),
            "patternProperties" => self.patterns.extend(names()),
            "dependentRequired" => self.names.extend(names()),
            "dependentSchemas" | "dependencies" => {
                self.names.extend(names());
                let schemas = value.entries().iter().map(|entry| &entry.value);
                let schemas = schemas.filter(|one| matches!(one.value, Value::Map(_)));
                self.open.extend(schemas.map(|one| (one, Role::Decides)));
            }
            "required" if role != Role::Holds => {
                self.names
                    .extend(value.items().iter().filter_map(Node::text).map(|name| (name, at)));
            }
            "properties" if role == Role::Decides => self.names.extend(names()),
            "additionalProperties" | "unevaluatedProperties"
                if role == Role::Decides && !takes_all(value) =>
            {
                self.all = self.all.or(Some(at));
            }
            "allOf" => self.open.extend(value.items().iter().map(|one| (one, role))),
            "not" | "if" | "then" | "else" => self.open.push((value, Role::Decides)),
            "oneOf" | "anyOf" if node.get("discriminator").is_none() => {
                let is_chosen = |one: &&'a Node| {
                    scope.docs.links(one).iter().any(|link| self.chosen.contains(&link.span))
                };
                let (chosen, others): (Vec<&Node>, Vec<&Node>) =
                    value.items().iter().partition(is_chosen);
                let role = match (key, chosen.is_empty()) {
                    ("anyOf", false) => return,
                    (_, false) => Role::Competes,
                    (_, true) => Role::Decides,
                };
                self.open.extend(others.into_iter().map(|one| (one, role)));
            }
            _ => {}
        }
    }
}

fn takes_all(node: &Node) -> bool {
    node.value == Value::Flag(true) || (!takes_nothing(node) && node.entries().is_empty())
}
