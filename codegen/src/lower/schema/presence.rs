//! Which properties an object may be without, and yet not get: where keywords look at which properties there are, or at how
//! many, a default that is filled in could make a value invalid that was accepted.

use super::parts::{Parts, takes_nothing};
use crate::lower::Scope;
use crate::parse::{Node, Value};
use crate::source::Span;

/// How deep keywords may lie in one another that are looked at.
const MAX_DEPTH: usize = 24;

/// How a schema counts for the object that it is looked at for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

impl<'a> Presence<'a> {
    pub(super) fn of(scope: Scope<'a>, parts: &Parts<'a>) -> Self {
        let targets = parts.roots.iter().flat_map(|root| scope.docs.links(root.node));
        let mut found = Self { chosen: targets.map(|node| node.span).collect(), ..Self::default() };
        for root in &parts.roots {
            found.schema(scope, root.node, Role::Holds, MAX_DEPTH);
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

    fn schema(&mut self, scope: Scope<'a>, node: &'a Node, role: Role, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        for link in scope.docs.links(node) {
            for entry in link.entries() {
                self.keyword(scope, link, (&entry.key, entry.key_span), &entry.value, role, depth);
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
        depth: usize,
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
                schemas.for_each(|one| self.schema(scope, one, Role::Decides, depth));
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
            "allOf" => value.items().iter().for_each(|one| self.schema(scope, one, role, depth)),
            "not" | "if" | "then" | "else" => self.schema(scope, value, Role::Decides, depth),
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
                others.into_iter().for_each(|one| self.schema(scope, one, role, depth));
            }
            _ => {}
        }
    }
}

fn takes_all(node: &Node) -> bool {
    node.value == Value::Flag(true) || (!takes_nothing(node) && node.entries().is_empty())
}
