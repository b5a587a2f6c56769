//! A schema with everything that `allOf` adds to it, as one.
//!
//! Owns the merge: what several schemas say together, and where they contradict each other.

use indexmap::IndexMap;

use super::dynamic;
use super::exact::remaining;
use super::hidden::{extended_by_sensitive, holds, is_sensitive};
use super::null::takes_null;
use super::plain::{Root, constrains};
use super::scalar::is_within;
use crate::diag::catalog::schema as fault;
use crate::lower::{MAX_ALL_OF, Scope, is_base};
use crate::parse::{Entry, Node, Value, every};
use crate::source::Span;
use scalars::Decimal;

/// Schemas that all hold for one value.
#[derive(Clone)]
pub(super) struct Parts<'a> {
    parts: Vec<Part<'a>>,
    /// The schemas that were asked for, which lead to all parts.
    pub(super) roots: Vec<Root<'a>>,
    /// Whether `false` is one of them, which no value fits.
    pub(super) never: bool,
    /// The properties, each with what every part says of it.
    pub(super) properties: IndexMap<&'a str, Vec<&'a Entry>>,
    /// What must be there, and where that is said.
    pub(super) required: IndexMap<&'a str, Span>,
    /// What the parts say of the items of a list.
    pub(super) items: Vec<&'a Node>,
    pub(super) nullable: bool,
    pub(super) sensitive: bool,
}

#[derive(Clone, Copy)]
struct Part<'a> {
    node: &'a Node,
    /// Its `oneOf` or `anyOf` does not count: this is a variant of that very union.
    chosen: bool,
}

/// What kind of value the parts describe.
pub(super) enum Kind<'a> {
    Anything,
    Scalar(ScalarType),
    List,
    Map,
    Struct,
    /// What its keywords say of objects, or anything else: an object without a type.
    Untyped,
    Union(Alternatives<'a>),
    /// `type` with several names, as JSON Schema allows.
    Several(Vec<&'static str>),
}

impl Kind<'_> {
    /// Whether it has parts with names of their own, so that it takes its place before them.
    pub(super) fn is_composite(&self) -> bool {
        matches!(self, Self::Struct | Self::Untyped | Self::Union(_) | Self::Several(_))
    }
}

/// The types of scalar that JSON Schema has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScalarType {
    String,
    Number,
    Integer,
    Boolean,
}

impl ScalarType {
    /// Its name in a contract.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
        }
    }
}

/// A `oneOf` or `anyOf`.
#[derive(Clone, Copy)]
pub(super) struct Alternatives<'a> {
    /// The schema that it stands in.
    pub(super) node: &'a Node,
    /// `oneOf` or `anyOf`
    pub(super) key: &'static str,
}

impl<'a> Parts<'a> {
    /// The schemas, with what they refer to and what `allOf` adds to them.
    pub(super) fn of(scope: Scope<'a>, nodes: &[&'a Node]) -> Option<Self> {
        let mut found = Expanded::default();
        let mut sound = true;
        for node in nodes {
            sound &= expand(scope, node, &mut vec![], &mut found).is_some();
        }
        let roots = nodes.iter().map(|node| Root { node, chosen: false }).collect();
        sound.then(|| Self::merged(scope, roots, found))
    }

    /// These parts as one alternative of their union has them.
    pub(super) fn with_alternative(&self, scope: Scope<'a>, node: &'a Node) -> Option<Self> {
        let parts = self.parts.iter().map(|part| Part { chosen: true, ..*part }).collect();
        let mut found = Expanded { parts, never: self.never };
        expand(scope, node, &mut vec![], &mut found)?;
        let roots = self.roots.iter().map(|root| Root { chosen: true, ..*root });
        let roots = roots.chain(std::iter::once(Root { node, chosen: false })).collect();
        let mut made = Self::merged(scope, roots, found);
        made.sensitive |= self.checks_sensitive(scope);
        Some(made)
    }

    fn merged(scope: Scope<'a>, roots: Vec<Root<'a>>, found: Expanded<'a>) -> Self {
        let Expanded { parts, never } = found;
        let mut properties: IndexMap<&str, Vec<&Entry>> = IndexMap::new();
        let mut required = IndexMap::new();
        for Part { node, .. } in &parts {
            for entry in node.get("properties").into_iter().flat_map(Node::entries) {
                properties.entry(&entry.key).or_default().push(entry);
            }
            for name in node.get("required").into_iter().flat_map(Node::items) {
                required.entry(name.text().unwrap_or_default()).or_insert(name.span);
            }
        }
        let nullable = !never && roots.iter().all(|root| takes_null(scope, root.node, root.chosen));
        let mut made = Self {
            items: parts.iter().filter_map(|part| part.node.get("items")).collect(),
            nullable,
            sensitive: false,
            properties,
            required,
            parts,
            roots,
            never,
        };
        // Only the type of a base itself keeps what others add to it.
        let is_own_base = |node: &'a Node| is_base(node) && made.is_root(scope, node);
        let sensitive = made.nodes().any(|node| {
            is_sensitive(scope, node) || (is_own_base(node) && extended_by_sensitive(scope, node))
        });
        made.sensitive = sensitive || made.checks_sensitive(scope);
        made
    }

    /// The schemas.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &'a Node> {
        self.parts.iter().map(|part| part.node)
    }

    /// The schemas whose values are values of the parts together. What stands beside a union has values of any of its
    /// alternatives, and not of the one that it is merged with here.
    pub(super) fn with_own_values(&self) -> impl Iterator<Item = &'a Node> {
        let is_variant = self.roots.iter().any(|root| root.chosen);
        let own = move |node: &&'a Node| {
            let is_alternative = |root: &Root<'a>| !root.chosen && root.node.span == node.span;
            !is_variant || self.roots.iter().any(is_alternative)
        };
        self.nodes().filter(own)
    }

    /// Whether a schema is one that was asked for, and not only a part of one.
    pub(super) fn is_root(&self, scope: Scope<'a>, node: &Node) -> bool {
        let leads = |root: &Root<'a>| {
            root.node.span == node.span
                || scope.docs.links(root.node).iter().any(|link| link.span == node.span)
        };
        self.roots.iter().any(leads)
    }

    /// Whether the schemas are of objects by what they are for, though they name no type.
    pub(super) fn is_object_by_use(&self) -> bool {
        self.nodes().any(is_object_by_use)
    }

    /// The values of a keyword, in order.
    pub(super) fn values(&self, key: &str) -> impl Iterator<Item = &'a Node> {
        self.nodes().filter_map(move |node| node.get(key))
    }

    /// The first schema: the one to point at.
    pub(super) fn span(&self) -> Span {
        self.parts.first().map(|part| part.node.span).unwrap_or_default()
    }

    pub(super) fn any_flag(&self, key: &str) -> bool {
        self.nodes().any(|node| node.is_set(key))
    }

    /// The strictest lower count.
    pub(super) fn least_count(&self, key: &str) -> Option<u64> {
        self.values(key).filter_map(Node::count).max()
    }

    /// The strictest upper count.
    pub(super) fn greatest_count(&self, key: &str) -> Option<u64> {
        self.values(key).filter_map(Node::count).min()
    }

    /// Whether a lower count leaves room below an upper one.
    pub(super) fn check_range(&self, scope: Scope<'_>, least: &str, greatest: &str) -> Option<()> {
        let (Some(low), Some(high)) = (self.least_count(least), self.greatest_count(greatest))
        else {
            return Some(());
        };
        if low <= high {
            return Some(());
        }
        let place = |key| self.values(key).last().map_or(self.span(), |node| node.span);
        let (low, high) = (low.to_string(), high.to_string());
        scope.sink.report(fault::empty_range(
            (least, &low, place(least)),
            (greatest, &high, place(greatest)),
        ));
        None
    }

    /// What kind of value all parts describe together; `None` when they contradict each other.
    pub(super) fn kind(&self, scope: Scope<'a>) -> Option<Kind<'a>> {
        if self.never || self.roots.iter().any(|root| dynamic::leads_to(scope, root.node)) {
            return Some(Kind::Anything);
        }
        let unions = self.unions();
        for Alternatives { node, key } in &unions {
            let Some(list) = node.entry(key).filter(|list| list.value.items().is_empty()) else {
                continue;
            };
            scope.sink.report(fault::no_alternative(list.key_span, key));
            return None;
        }
        // A type is made of the first union; what the others say is checked.
        if let Some(union) = unions.first() {
            return Some(Kind::Union(*union));
        }
        if self.nullable && self.is_listed() && self.listed().is_empty() {
            return Some(Kind::Anything);
        }
        self.report_conflict(scope);
        Some(match self.types().as_deref() {
            None => self.guessed(scope),
            Some([]) => Kind::Anything,
            Some([one]) => self.kind_of(scope, one),
            Some(several) => self.of_values(scope, several),
        })
    }

    /// Several types: those that the listed values have, where values are listed.
    fn of_values(&self, scope: Scope<'a>, types: &[&'static str]) -> Kind<'a> {
        if !self.is_listed() {
            return Kind::Several(types.to_vec());
        }
        let listed = self.listed();
        let has_values = |name: &&&'static str| {
            listed.iter().any(|node| is_value_of(name, node) && is_within(self, node))
        };
        let having: Vec<&'static str> = types.iter().filter(has_values).copied().collect();
        match (having.as_slice(), types) {
            ([], [one, ..]) | ([one], _) => self.kind_of(scope, one),
            _ => Kind::Several(having),
        }
    }

    /// Whether the parts list the values that are allowed.
    fn is_listed(&self) -> bool {
        self.values("enum").chain(self.values("const")).next().is_some()
    }

    /// The values that any part lists, but for `null`.
    fn listed(&self) -> Vec<&'a Node> {
        let listed = self.values("enum").flat_map(Node::items).chain(self.values("const"));
        listed.filter(|node| node.value != Value::Null).collect()
    }

    /// The unions that count, in order.
    pub(super) fn unions(&self) -> Vec<Alternatives<'a>> {
        let counting = self.parts.iter().filter(|part| !part.chosen);
        let of = |part: &Part<'a>| {
            let node = part.node;
            let keys = ["oneOf", "anyOf"].into_iter().filter(move |key| node.get(key).is_some());
            keys.map(move |key| Alternatives { node, key })
        };
        counting.flat_map(of).collect()
    }

    /// Whether something is sensitive in a union that only checks: the first one makes the type.
    fn checks_sensitive(&self, scope: Scope<'a>) -> bool {
        let is_held = |one: &Alternatives<'a>| {
            one.node.get(one.key).is_some_and(|list| holds(scope, list.items().iter()))
        };
        self.unions().iter().skip(1).any(is_held)
    }

    /// The constraints of all parts, but for their unions, `allOf` and keywords that say nothing of values.
    pub(super) fn constraints(
        &self,
        scope: Scope<'a>,
    ) -> impl Iterator<Item = (&'a Node, &'a Entry)> {
        self.nodes().flat_map(move |node| {
            let dialect = scope.docs.dialect(node);
            let entries = node.entries().iter();
            entries
                .filter(move |entry| {
                    !matches!(entry.key.as_str(), "oneOf" | "anyOf" | "allOf")
                        && constrains(dialect, node, &entry.key)
                })
                .map(move |entry| (node, entry))
        })
    }

    /// The types that all parts allow, without `null`; none where no part names a type.
    pub(super) fn types(&self) -> Option<Vec<&'static str>> {
        let named = self.values("type").map(named_types);
        let mut types = named.reduce(|before, named| common(&before, &named))?;
        if types.contains(&"number") {
            types.retain(|name| *name != "integer");
        }
        Some(types)
    }

    /// Reports the first part whose types no part before it allows: every value is refused.
    fn report_conflict(&self, scope: Scope<'_>) {
        let mut allowed: Option<(Vec<&'static str>, Span)> = None;
        for node in self.values("type").filter(|_| !self.nullable) {
            let named = named_types(node);
            if let Some((before, place)) = &allowed {
                let both = common(before, &named);
                if both.is_empty() && !before.is_empty() && !named.is_empty() {
                    scope.sink.report(fault::type_conflict(node.span, &named, *place, before));
                    return;
                }
            }
            let both = allowed.map(|(before, _)| common(&before, &named));
            allowed = Some((both.unwrap_or(named), node.span));
        }
    }

    pub(super) fn kind_of(&self, scope: Scope<'a>, name: &str) -> Kind<'a> {
        match name {
            "string" => Kind::Scalar(ScalarType::String),
            "number" => Kind::Scalar(ScalarType::Number),
            "integer" => Kind::Scalar(ScalarType::Integer),
            "boolean" => Kind::Scalar(ScalarType::Boolean),
            "array" => Kind::List,
            "object" => self.object(scope),
            _ => Kind::Anything,
        }
    }

    /// The kind of a schema that names no type: values of every type fit what says nothing of them. Only an enumeration
    /// names its values.
    fn guessed(&self, scope: Scope<'a>) -> Kind<'a> {
        const OF_OBJECTS: [&str; 5] =
            ["properties", "additionalProperties", "required", "minProperties", "maxProperties"];
        let listed = self.listed();
        let all = |is: fn(&Value) -> bool| listed.iter().all(|node| is(&node.value));
        if !listed.is_empty() {
            return match () {
                () if all(|value| matches!(value, Value::Text(_))) => {
                    Kind::Scalar(ScalarType::String)
                }
                () if all(|value| matches!(value, Value::Number(_))) => {
                    Kind::Scalar(ScalarType::Number)
                }
                () if all(|value| matches!(value, Value::Flag(_))) => {
                    Kind::Scalar(ScalarType::Boolean)
                }
                () if all(|value| !matches!(value, Value::List(_) | Value::Map(_))) => {
                    self.of_values(scope, &["boolean", "number", "string"])
                }
                () => Kind::Anything,
            };
        }
        match OF_OBJECTS.iter().any(|key| self.values(key).next().is_some()) {
            true if self.nodes().any(is_object_by_use) => self.object(scope),
            true => Kind::Untyped,
            false => Kind::Anything,
        }
    }

    pub(super) fn object(&self, scope: Scope<'a>) -> Kind<'a> {
        let mut others = self.values("additionalProperties").chain(remaining(scope, self));
        let closed = others.any(takes_nothing);
        if self.properties.is_empty() && self.required.is_empty() && !closed {
            return Kind::Map;
        }
        Kind::Struct
    }
}

/// Whether a listed value is one of a type.
pub(super) fn is_value_of(name: &str, node: &Node) -> bool {
    match (name, &node.value) {
        ("string", Value::Text(_))
        | ("boolean", Value::Flag(_))
        | ("number", Value::Number(_))
        | ("array", Value::List(_))
        | ("object", Value::Map(_)) => true,
        ("integer", Value::Number(text)) => Decimal::parse(text).is_none_or(Decimal::is_integer),
        _ => false,
    }
}

/// Whether a schema is of objects by what it is for.
pub(super) fn is_object_by_use(node: &Node) -> bool {
    node.get("x-dynamodb-table").is_some()
}

/// What schemas lead to by references and `allOf`.
#[derive(Default)]
struct Expanded<'a> {
    parts: Vec<Part<'a>>,
    never: bool,
}

fn expand<'a>(
    scope: Scope<'a>,
    node: &'a Node,
    above: &mut Vec<Span>,
    found: &mut Expanded<'a>,
) -> Option<()> {
    scope.docs.target(node)?;
    let refers = node.reference().is_some();
    if refers && !says_more(scope, node) {
        let next = scope.docs.next(node)?;
        if above.contains(&next.span) {
            scope.sink.report(fault::contains_itself(node.span));
            return None;
        }
        return expand(scope, next, above, found);
    }
    if above.contains(&node.span) {
        scope.sink.report(fault::contains_itself(node.span));
        return None;
    }
    if above.len() > MAX_ALL_OF {
        scope.sink.report(fault::all_of_too_deep(node.span, MAX_ALL_OF));
        return None;
    }
    if found.parts.iter().any(|part| part.node.span == node.span) {
        return Some(());
    }
    match node.value {
        Value::Flag(true) => return Some(()),
        Value::Flag(false) => {
            found.never = true;
            return Some(());
        }
        _ => {}
    }
    // A variant may build on the very schema whose union it belongs to: then it is the one chosen there.
    let alternatives = ["oneOf", "anyOf"].into_iter().filter_map(|key| node.get(key));
    let chosen = alternatives
        .flat_map(Node::items)
        .any(|node| scope.docs.links(node).iter().any(|link| above.contains(&link.span)));
    found.parts.push(Part { node, chosen });
    above.push(node.span);
    let referred = if refers { scope.docs.next(node) } else { None };
    let members = node.get("allOf").into_iter().flat_map(Node::items).chain(referred);
    let sound = every(members, |member| expand(scope, member, above, found).is_some());
    above.pop();
    sound.then_some(())
}

/// Whether a reference has something beside it that counts and makes another schema of it.
pub(super) fn says_more(scope: Scope<'_>, node: &Node) -> bool {
    let dialect = scope.docs.dialect(node);
    let counts = |key: &str| key == "x-dynamodb-table" || constrains(dialect, node, key);
    !dialect.refers_alone() && node.entries().iter().any(|entry| counts(&entry.key))
}

/// The schema that a reference stands for: the first on its way that says more of values than what it refers to does.
pub(crate) fn stands_for<'a>(scope: Scope<'a>, node: &'a Node) -> Option<&'a Node> {
    let mut at = scope.docs.target(node).map(|_| node)?;
    while at.reference().is_some() && !says_more(scope, at) {
        at = scope.docs.next(at)?;
    }
    Some(at)
}

/// Whether a flag is set by a schema itself or by what it builds on.
pub(super) fn is_marked<'a>(scope: Scope<'a>, node: &'a Node, flag: &str) -> bool {
    scope.docs.builds_on(node).into_iter().any(|node| node.is_set(flag))
}

/// Whether a schema allows nothing but `null`.
pub(crate) fn is_null(node: &Node) -> bool {
    let only = |key: &str| {
        node.get(key).is_some_and(|list| matches!(list.items(), [one] if one.value == Value::Null))
    };
    node.get("type").is_some_and(|node| type_names(node).eq(["null"]))
        || only("enum")
        || node.get("const").is_some_and(|node| node.value == Value::Null)
}

pub(crate) fn type_names(node: &Node) -> impl Iterator<Item = &'static str> {
    const NAMES: [&str; 7] = ["string", "number", "integer", "boolean", "array", "object", "null"];
    let one = node.text().into_iter();
    let named = one.chain(node.items().iter().filter_map(Node::text));
    named.filter_map(|name| NAMES.into_iter().find(|known| *known == name))
}

/// The types that a keyword `type` names, without `null`.
fn named_types(node: &Node) -> Vec<&'static str> {
    type_names(node).filter(|name| *name != "null").collect()
}

fn common(a: &[&'static str], b: &[&'static str]) -> Vec<&'static str> {
    let has = |list: &[&str], name: &str| list.contains(&name);
    let mut both: Vec<_> = a.iter().copied().filter(|name| has(b, name)).collect();
    let meets = |a: &[&str], b: &[&str]| has(a, "number") && has(b, "integer") && !has(b, "number");
    if meets(a, b) || meets(b, a) {
        both.push("integer");
    }
    both.dedup();
    both
}

/// Whether a schema takes no value: `false`, or `not` of what takes every value.
pub(crate) fn takes_nothing(node: &Node) -> bool {
    let is_all = |node: &Node| match &node.value {
        Value::Flag(flag) => *flag,
        Value::Map(entries) => entries.is_empty(),
        _ => false,
    };
    match node.entries() {
        [only] if only.key == "not" => is_all(&only.value),
        _ => node.value == Value::Flag(false),
    }
}
