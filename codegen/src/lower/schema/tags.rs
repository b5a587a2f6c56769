//! The values of a discriminator, and which alternative each of them names.
//!
//! Owns the rule that a discriminator changes no verdict (OpenAPI 3.2, Discriminator Object): a value that an alternative
//! refuses never names it, and where the values cannot tell the alternatives apart, there is no discriminator.

use super::Parts;
use super::parts::{Alternatives, is_null, stands_for};
use crate::diag::catalog::schema as fault;
use crate::lower::Scope;
use crate::model::{Scalar, ScalarKind, TextRules};
use crate::parse::{Node, Value};
use crate::source::Span;
use crate::values::takes_text;

/// A schema that a discriminator may name.
pub(super) struct Candidate<'a> {
    pub(super) node: &'a Node,
    /// What it is called; empty where only `mapping` names it.
    pub(super) name: String,
    /// Whether it is the base that all others build on, or the default, which none of them is told from.
    pub(super) is_base: bool,
    /// What it builds on, where a value of it may be told in several steps.
    pub(super) above: Vec<Span>,
}

impl Candidate<'_> {
    /// Whether a value of this one is one of another, which tells its own ones apart.
    fn is_below(&self, other: &Self) -> bool {
        self.node.span != other.node.span && self.above.contains(&other.node.span)
    }
}

/// The values that name one alternative.
#[derive(Debug, Default, Clone)]
pub(super) struct Tags {
    pub(super) texts: Vec<String>,
    /// Whether the alternative lists them, so that its own value is the right one.
    pub(super) listed: bool,
    /// Whether it is the default of objects that name no other one.
    pub(super) is_default: bool,
}

/// The values of a discriminator that name each alternative; `None` where they do not tell them apart, which has been
/// reported.
pub(super) fn tags<'a>(
    scope: Scope<'a>,
    discriminator: &'a Node,
    alternatives: &[&'a Node],
) -> Option<Vec<Tags>> {
    let default = discriminator.get("defaultMapping");
    let default = default.and_then(|default| default_of(scope, default, alternatives));
    let candidate = |node: &&'a Node| Candidate {
        node,
        name: name_of(scope, node),
        is_base: default.is_some_and(|default| default.span == node.span),
        above: vec![],
    };
    let candidates: Vec<Candidate<'a>> = alternatives.iter().map(candidate).collect();
    let mut found = assign(scope, discriminator, &candidates, MAX_NESTED)?;
    for (tags, one) in found.iter_mut().zip(&candidates) {
        tags.is_default = one.is_base;
    }
    Some(found)
}

/// Whether every alternative takes objects only, so that what names none of them is the default.
pub(super) fn are_objects<'a>(
    scope: Scope<'a>,
    parts: &Parts<'a>,
    alternatives: &[&'a Node],
) -> bool {
    alternatives.iter().all(|node| {
        let own = parts.with_alternative(scope, node);
        own.is_none_or(|own| own.types().is_some_and(|types| types == ["object"]))
    })
}

/// The alternative that a discriminator does not choose by its property, because it may be without it.
pub(super) fn untagged<'a>(
    scope: Scope<'a>,
    parts: &Parts<'a>,
    property: &str,
    alternatives: &[&'a Node],
) -> Option<&'a Node> {
    let is_untagged = |node: &&&'a Node| {
        let own = parts.with_alternative(scope, node);
        own.is_some_and(|own| !is_tagged(scope, &own, property, MAX_NESTED))
    };
    alternatives.iter().find(is_untagged).copied()
}

/// Whether every value is an object that has a property.
fn is_tagged<'a>(scope: Scope<'a>, own: &Parts<'a>, property: &str, depth: usize) -> bool {
    if own.required.contains_key(property) && own.properties.contains_key(property) {
        return own.types().is_some_and(|types| types == ["object"]) || !own.unions().is_empty();
    }
    let Some(depth) = depth.checked_sub(1) else { return true };
    let is_each_tagged = |union: Alternatives<'a>| {
        let nodes = union.node.get(union.key).map(Node::items).unwrap_or_default();
        nodes.iter().filter(|node| !is_null(node)).all(|node| {
            let own = own.with_alternative(scope, node);
            own.is_none_or(|own| is_tagged(scope, &own, property, depth))
        })
    };
    own.unions().into_iter().any(is_each_tagged)
}

/// What an alternative is called: the first component on its way, or else what its reference ends at.
pub(super) fn name_of<'a>(scope: Scope<'a>, node: &'a Node) -> String {
    let Some(end) = scope.docs.target(node) else { return String::new() };
    let mut at = node;
    while let Some((text, span)) = at.reference()
        && let Ok(next) = scope.docs.step(span, text)
    {
        at = next;
        if scope.docs.is_component(at) {
            return scope.docs.name_of(at);
        }
    }
    scope.docs.name_of(end)
}

/// The alternative that `defaultMapping` names, by its name or a reference; `None` for one that is none of them, which is
/// reported.
pub(super) fn default_of<'a>(
    scope: Scope<'a>,
    default: &'a Node,
    alternatives: &[&'a Node],
) -> Option<&'a Node> {
    let text = default.text()?;
    let end = |node: &'a Node| stands_for(scope, node);
    let target = scope.docs.step(default.span, text).ok().and_then(end).map(|node| node.span);
    let names: Vec<String> = alternatives.iter().map(|node| name_of(scope, node)).collect();
    let is_target = |node: &&'a Node| target.is_some() && end(node).map(|node| node.span) == target;
    let at = alternatives.iter().position(is_target);
    let at = at.or_else(|| names.iter().position(|name| name == text));
    if at.is_none() {
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        scope.sink.report(fault::default_elsewhere(default.span, text, &known));
    }
    alternatives.get(at?).copied()
}

/// How deep unions may nest that are asked for the values of a discriminator.
pub(super) const MAX_NESTED: usize = 8;

/// The same for schemas that already have names.
pub(super) fn assign<'a>(
    scope: Scope<'a>,
    discriminator: &'a Node,
    candidates: &[Candidate<'a>],
    depth: usize,
) -> Option<Vec<Tags>> {
    let named = discriminator.get("propertyName").unwrap_or(discriminator);
    let property = named.text()?;
    let depth = depth.checked_sub(1)?;
    let admitted = candidates.iter().map(|one| {
        let parts = Parts::of(scope, &[one.node]);
        parts.map(|parts| Admitted::of(scope, &parts, property, depth)).unwrap_or_default()
    });
    let admitted: Vec<Admitted> = admitted.collect();
    let mapped = mapped(scope, discriminator, property, candidates, &admitted);
    let owner = |text: &str| mapped.iter().find(|(key, _)| key == text).map(|(_, at)| *at);
    // A value that several alternatives list names the one that is called so, if any.
    let owner = |text: &str, at: usize| match owner(text) {
        Some(owner) => owner == at,
        None if candidates[at].name == text => true,
        None => (0..candidates.len()).all(|other| {
            other == at
                || candidates[other].is_base
                || candidates[other].is_below(&candidates[at])
                || !admitted[other].names(text, &candidates[other])
        }),
    };
    let mut found = vec![];
    for (at, (one, admits)) in candidates.iter().zip(&admitted).enumerate() {
        let mut own: Vec<String> =
            mapped.iter().filter(|(_, to)| *to == at).map(|(key, _)| key.clone()).collect();
        let texts = match &admits.texts {
            Some(texts) => texts.iter().filter(|text| owner(text, at)).cloned().collect(),
            None => {
                let is_told = own.is_empty()
                    && !one.name.is_empty()
                    && owner(&one.name, at)
                    && !admits.refuses(&one.name);
                own.extend(is_told.then(|| one.name.clone()));
                own
            }
        };
        let is_told_above = || candidates.iter().any(|other| !other.is_base && one.is_below(other));
        let is_unnamed = one.is_base || one.name.is_empty();
        if (texts.is_empty() && !is_unnamed && !is_told_above()) || admits.others {
            scope.sink.report(fault::refused_tag(named.span, property, &one.name, one.node.span));
            return None;
        }
        found.push(Tags { texts, listed: admits.texts.is_some(), is_default: false });
    }
    let is_shared = |text: &&String| found.iter().all(|tags: &Tags| !tags.texts.contains(text));
    let listed = admitted.iter().filter_map(|one| one.texts.as_ref()).flatten();
    let mut shared: Vec<&str> = listed.filter(is_shared).map(String::as_str).collect();
    shared.sort_unstable();
    shared.dedup();
    if !shared.is_empty() {
        scope.sink.report(fault::shared_tags(named.span, property, &shared));
    }
    Some(found)
}

/// What `mapping` says, each value with the place of its alternative. What leads to none, or to one that refuses the
/// value, is reported and left out.
fn mapped<'a>(
    scope: Scope<'a>,
    discriminator: &'a Node,
    property: &str,
    candidates: &[Candidate<'a>],
    admitted: &[Admitted],
) -> Vec<(String, usize)> {
    let mut found = vec![];
    for entry in discriminator.get("mapping").into_iter().flat_map(Node::entries) {
        let text = entry.value.text().unwrap_or_default();
        let end = |node: &'a Node| stands_for(scope, node).map(|target| target.span);
        let target: Option<Span> = scope.docs.step(entry.value.span, text).ok().and_then(end);
        let is_target = |one: &Candidate<'a>| target.is_some() && end(one.node) == target;
        let by_name = || candidates.iter().position(|one| one.name == text);
        match candidates.iter().position(is_target).or_else(by_name) {
            Some(at) if admitted[at].refuses(&entry.key) => {
                let name = &candidates[at].name;
                scope.sink.report(fault::mapping_refused(
                    entry.key_span,
                    &entry.key,
                    property,
                    name,
                ));
            }
            Some(at) => found.push((entry.key.clone(), at)),
            None => {
                let known: Vec<&str> = candidates
                    .iter()
                    .map(|one| one.name.as_str())
                    .filter(|n| !n.is_empty())
                    .collect();
                scope.sink.report(fault::mapping_elsewhere(entry.value.span, text, &known));
            }
        }
    }
    found
}

/// The values that a schema allows its discriminator to have.
#[derive(Default)]
struct Admitted {
    /// The texts, where the schema lists them.
    texts: Option<Vec<String>>,
    /// Whether it lists values that are no texts.
    others: bool,
    /// What it asks of texts that it does not list.
    rules: Vec<Scalar>,
}

impl Admitted {
    fn of<'a>(scope: Scope<'a>, parts: &Parts<'a>, property: &str, depth: usize) -> Self {
        let mut found = Self::default();
        if let Some(said) = parts.properties.get(property) {
            let nodes: Vec<&Node> = said.iter().map(|entry| &entry.value).collect();
            if let Some(own) = Parts::of(scope, &nodes) {
                found = Self::value(scope, &own, depth);
            }
        }
        let Some(depth) = depth.checked_sub(1) else { return found };
        for union in parts.unions() {
            let list = union.node.get(union.key).map(Node::items).unwrap_or_default();
            let list: Vec<&Node> = list.iter().filter(|node| !is_null(node)).collect();
            let inner = union
                .node
                .get("discriminator")
                .filter(|node| node.get("propertyName").unwrap_or(node).text() == Some(property));
            found.narrow(match inner {
                Some(inner) => Self::of_tags(scope, inner, &list, depth),
                None => Self::any(list.into_iter().filter_map(|node| {
                    let parts = Parts::of(scope, &[node])?;
                    Some(Self::of(scope, &parts, property, depth))
                })),
            });
        }
        found
    }

    /// The values that select an alternative of a union within the union.
    fn of_tags<'a>(scope: Scope<'a>, inner: &'a Node, list: &[&'a Node], depth: usize) -> Self {
        let candidates = list.iter().map(|node| Candidate {
            node,
            name: name_of(scope, node),
            is_base: false,
            above: vec![],
        });
        let candidates: Vec<Candidate<'a>> = candidates.collect();
        let texts = assign(scope, inner, &candidates, depth)
            .map(|tags| tags.into_iter().flat_map(|tags| tags.texts).collect());
        Self { others: texts.is_none(), texts, rules: vec![] }
    }

    /// What the schema of the property itself allows.
    fn value<'a>(scope: Scope<'a>, own: &Parts<'a>, depth: usize) -> Self {
        let mut found = Self::default();
        let texts_of = |nodes: &[Node]| Self {
            texts: Some(nodes.iter().filter_map(Node::text).map(str::to_owned).collect()),
            others: nodes.iter().any(|node| node.text().is_none() && node.value != Value::Null),
            rules: vec![],
        };
        own.values("enum").for_each(|node| found.narrow(texts_of(node.items())));
        own.values("const").for_each(|node| found.narrow(texts_of(std::slice::from_ref(node))));
        if let Some(depth) = depth.checked_sub(1) {
            for union in own.unions() {
                let list = union.node.get(union.key).map(Node::items).unwrap_or_default();
                found.narrow(Self::any(list.iter().filter(|node| !is_null(node)).filter_map(
                    |node| Some(Self::value(scope, &Parts::of(scope, &[node])?, depth)),
                )));
            }
        }
        if own.types().is_some_and(|types| !types.contains(&"string")) {
            found.texts = Some(vec![]);
        }
        found.rules.extend(own.nodes().map(rules));
        if let Some(texts) = found.texts.take() {
            let fits = |text: &String| !found.refuses(text);
            found.texts = Some(texts.into_iter().filter(fits).collect());
        }
        found
    }

    /// What any of several allow.
    fn any(several: impl Iterator<Item = Self>) -> Self {
        several
            .reduce(|one, other| Self {
                texts: one.texts.zip(other.texts).map(|(mut one, other)| {
                    one.extend(other);
                    one.sort();
                    one.dedup();
                    one
                }),
                others: one.others || other.others,
                rules: vec![],
            })
            .unwrap_or_default()
    }

    /// Takes away what another schema does not allow, which holds as well.
    fn narrow(&mut self, other: Self) {
        self.texts = match (self.texts.take(), other.texts) {
            (Some(one), Some(both)) => {
                Some(one.into_iter().filter(|text| both.contains(text)).collect())
            }
            (one, both) => one.or(both),
        };
        self.others |= other.others;
        self.rules.extend(other.rules);
    }

    /// Whether a text is certainly none of the values.
    fn refuses(&self, text: &str) -> bool {
        self.texts.as_ref().is_some_and(|texts| !texts.iter().any(|one| one == text))
            || self.rules.iter().any(|rules| !takes_text(rules, text))
    }

    /// Whether a text may name an alternative that no mapping names.
    fn names(&self, text: &str, one: &Candidate<'_>) -> bool {
        match &self.texts {
            Some(texts) => texts.iter().any(|known| known == text),
            None => one.name == text,
        }
    }
}

/// What a schema asks of texts.
fn rules(node: &Node) -> Scalar {
    let pattern = node.text_at("pattern").filter(|text| scalars::Pattern::new(text).is_ok());
    let text = TextRules {
        min_length: node.count_at("minLength"),
        max_length: node.count_at("maxLength"),
        pattern: pattern.map(str::to_owned),
        format: None,
    };
    Scalar { kind: ScalarKind::String, text, number: Default::default() }
}
