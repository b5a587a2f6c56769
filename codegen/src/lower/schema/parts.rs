//! A schema with everything that `allOf` adds to it, as one.
//!
//! Owns the merge: what several schemas say together, and where they contradict each other.

use indexmap::IndexMap;

use crate::diag::catalog::schema as fault;
use crate::lower::Scope;
use crate::parse::{Entry, Node, Value, every};
use crate::source::Span;

/// Schemas that all hold for one value.
#[derive(Clone)]
pub(super) struct Parts<'a> {
    parts: Vec<Part<'a>>,
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
    Union(Alternatives<'a>),
    /// `type` with several names, as JSON Schema allows.
    Several(Vec<&'static str>),
}

impl Kind<'_> {
    /// Whether it has parts with names of their own, so that it takes its place before them.
    pub(super) fn is_composite(&self) -> bool {
        matches!(self, Self::Struct | Self::Union(_) | Self::Several(_))
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
        let mut parts = vec![];
        let mut above = vec![];
        let mut sound = true;
        for node in nodes {
            sound &= expand(scope, node, &mut above, &mut parts).is_some();
        }
        sound.then(|| Self::merged(parts))
    }

    /// These parts as one alternative of their union has them.
    pub(super) fn with_alternative(&self, scope: Scope<'a>, node: &'a Node) -> Option<Self> {
        let mut parts: Vec<_> =
            self.parts.iter().map(|part| Part { chosen: true, ..*part }).collect();
        expand(scope, node, &mut vec![], &mut parts)?;
        Some(Self::merged(parts))
    }

    fn merged(parts: Vec<Part<'a>>) -> Self {
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
        Self {
            items: parts.iter().filter_map(|part| part.node.get("items")).collect(),
            nullable: parts.iter().any(|part| is_nullable(part.node)),
            sensitive: parts.iter().any(|part| part.node.is_set("x-sensitive")),
            properties,
            required,
            parts,
        }
    }

    /// The schemas.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &'a Node> {
        self.parts.iter().map(|part| part.node)
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
        if let Some(union) = self.union(scope)? {
            return Some(Kind::Union(union));
        }
        let types = self.types(scope)?;
        Some(match types.as_slice() {
            [] => self.guessed(),
            [one] => self.kind_of(one),
            several => Kind::Several(several.to_vec()),
        })
    }

    fn union(&self, scope: Scope<'a>) -> Option<Option<Alternatives<'a>>> {
        let mut found: Option<Alternatives<'a>> = None;
        for part in self.parts.iter().filter(|part| !part.chosen) {
            for key in ["oneOf", "anyOf"] {
                let Some(list) = part.node.entry(key) else { continue };
                if let Some(first) = found {
                    let other = first.node.entry(first.key).map_or(first.node.span, |e| e.key_span);
                    scope.sink.report(fault::several_unions(list.key_span, other));
                    return None;
                }
                if list.value.items().is_empty() {
                    scope.sink.report(fault::no_alternative(list.key_span, key));
                    return None;
                }
                found = Some(Alternatives { node: part.node, key });
            }
        }
        Some(found)
    }

    /// The types that all parts allow, without `null`; nothing where no part names a type.
    fn types(&self, scope: Scope<'_>) -> Option<Vec<&'static str>> {
        let mut allowed: Option<(Vec<&'static str>, Span)> = None;
        for node in self.values("type") {
            let named: Vec<_> = type_names(node).filter(|name| *name != "null").collect();
            let Some((before, place)) = &allowed else {
                allowed = Some((named, node.span));
                continue;
            };
            let both = common(before, &named);
            if both.is_empty() && !before.is_empty() && !named.is_empty() {
                scope.sink.report(fault::type_conflict(node.span, &named, *place, before));
                return None;
            }
            allowed = Some((both, node.span));
        }
        Some(allowed.map(|(types, _)| types).unwrap_or_default())
    }

    fn kind_of(&self, name: &str) -> Kind<'a> {
        match name {
            "string" => Kind::Scalar(ScalarType::String),
            "number" => Kind::Scalar(ScalarType::Number),
            "integer" => Kind::Scalar(ScalarType::Integer),
            "boolean" => Kind::Scalar(ScalarType::Boolean),
            "array" => Kind::List,
            "object" => self.object(),
            _ => Kind::Anything,
        }
    }

    /// A schema that names no type has the one that its keywords are about.
    fn guessed(&self) -> Kind<'a> {
        let has = |keys: &[&str]| keys.iter().any(|key| self.values(key).next().is_some());
        if has(&[
            "properties",
            "additionalProperties",
            "required",
            "minProperties",
            "maxProperties",
        ]) {
            return self.object();
        }
        if has(&["items", "minItems", "maxItems", "uniqueItems"]) {
            return Kind::List;
        }
        if has(&["pattern", "minLength", "maxLength"]) {
            return Kind::Scalar(ScalarType::String);
        }
        if has(&["minimum", "maximum", "multipleOf"]) {
            return Kind::Scalar(ScalarType::Number);
        }
        let allowed = self.values("enum").flat_map(Node::items).chain(self.values("const"));
        match allowed.map(|node| &node.value).find(|value| !matches!(value, Value::Null)) {
            Some(Value::Text(_)) => Kind::Scalar(ScalarType::String),
            Some(Value::Number(_)) => Kind::Scalar(ScalarType::Integer),
            Some(Value::Flag(_)) => Kind::Scalar(ScalarType::Boolean),
            _ if has(&["format"]) => Kind::Scalar(ScalarType::String),
            _ => Kind::Anything,
        }
    }

    fn object(&self) -> Kind<'a> {
        let closed =
            self.values("additionalProperties").any(|node| node.value == Value::Flag(false));
        if self.properties.is_empty() && self.required.is_empty() && !closed {
            return Kind::Map;
        }
        Kind::Struct
    }
}

fn expand<'a>(
    scope: Scope<'a>,
    node: &'a Node,
    above: &mut Vec<Span>,
    parts: &mut Vec<Part<'a>>,
) -> Option<()> {
    let target = scope.docs.target(node)?;
    if above.contains(&target.span) {
        scope.sink.report(fault::contains_itself(node.span));
        return None;
    }
    if above.len() > MAX_ABOVE {
        scope.sink.report(fault::all_of_too_deep(node.span, MAX_ABOVE));
        return None;
    }
    if parts.iter().any(|part| part.node.span == target.span) {
        return Some(());
    }
    match target.value {
        Value::Flag(true) => return Some(()),
        Value::Flag(false) => {
            scope.sink.report(fault::nothing_fits(target.span));
            return None;
        }
        _ => {}
    }
    // A variant may build on the very schema whose union it belongs to: then it is the one chosen there.
    let alternatives = ["oneOf", "anyOf"].into_iter().filter_map(|key| target.get(key));
    let chosen = alternatives
        .flat_map(Node::items)
        .any(|node| scope.docs.target(node).is_some_and(|node| above.contains(&node.span)));
    parts.push(Part { node: target, chosen });
    above.push(target.span);
    let members = target.get("allOf").into_iter().flat_map(Node::items);
    let sound = every(members, |member| expand(scope, member, above, parts).is_some());
    above.pop();
    sound.then_some(())
}

/// How deep `allOf` may lead.
const MAX_ABOVE: usize = 100;

/// A schema and all that it refers to or builds on by `allOf`, each once.
fn builds_on<'a>(scope: Scope<'a>, node: &'a Node) -> Vec<&'a Node> {
    let mut found: Vec<&Node> = vec![];
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        let Some(target) = scope.docs.target(node) else { continue };
        if !found.iter().any(|known| known.span == target.span) {
            found.push(target);
            open.extend(target.get("allOf").into_iter().flat_map(Node::items));
        }
    }
    found
}

/// Whether `null` is a value of a schema, by itself or by what it builds on.
pub(super) fn allows_null<'a>(scope: Scope<'a>, node: &'a Node) -> bool {
    let by_alternative = |node: &'a Node, key: &str| {
        let list = node.get(key).into_iter().flat_map(Node::items);
        list.filter_map(|node| scope.docs.target(node)).any(is_null)
    };
    builds_on(scope, node).into_iter().any(|node| {
        is_nullable(node) || by_alternative(node, "oneOf") || by_alternative(node, "anyOf")
    })
}

/// Whether a schema is sensitive, by itself or by what it builds on.
pub(super) fn is_sensitive<'a>(scope: Scope<'a>, node: &'a Node) -> bool {
    builds_on(scope, node).into_iter().any(|node| node.is_set("x-sensitive"))
}

/// Whether a schema itself allows `null`.
pub(super) fn is_nullable(node: &Node) -> bool {
    let by_type = node
        .get("type")
        .is_some_and(|types| types.items().len() > 1 && type_names(types).any(|t| t == "null"));
    let by_value = node.get("enum").is_some_and(|list| {
        list.items().len() > 1 && list.items().iter().any(|item| item.value == Value::Null)
    });
    node.is_set("nullable") || by_type || by_value
}

/// Whether a schema allows nothing but `null`.
pub(super) fn is_null(node: &Node) -> bool {
    let only = |key: &str| {
        node.get(key).is_some_and(|list| matches!(list.items(), [one] if one.value == Value::Null))
    };
    node.get("type").is_some_and(|node| type_names(node).eq(["null"])) || only("enum")
}

fn type_names(node: &Node) -> impl Iterator<Item = &'static str> {
    const NAMES: [&str; 7] = ["string", "number", "integer", "boolean", "array", "object", "null"];
    let one = node.text().into_iter();
    let named = one.chain(node.items().iter().filter_map(Node::text));
    named.filter_map(|name| NAMES.into_iter().find(|known| *known == name))
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
