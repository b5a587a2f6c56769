//! `oneOf`, `anyOf` and `type` with several names.

use super::merged::Place;
use super::parts::{Alternatives, Kind, is_null};
use super::{Made, Parts, TypeId, TypeRef, Types, nullable};
use crate::diag::catalog::schema as fault;
use crate::lower::Scope;
use crate::lower::names::{self, Unique};
use crate::model::{TypeKind, UnionTag, UnionType, UnionVariant};
use crate::parse::{Node, Value};

impl<'a> Types<'a> {
    pub(super) fn make_union(
        &mut self,
        parts: &Parts<'a>,
        union: Alternatives<'a>,
        hint: &str,
        slot: Option<TypeId>,
    ) -> Option<Made> {
        let list = union.node.get(union.key)?.items();
        let (nulls, nodes): (Vec<&Node>, Vec<&Node>) =
            list.iter().partition(|node| self.scope.docs.target(node).is_some_and(is_null));
        let discriminator = parts.values("discriminator").next();
        if let Some(slot) = slot
            && (self.is_more(parts, &nodes)
                || discriminator.is_some_and(|node| !self.is_always_tagged(parts, node, &nodes)))
        {
            self.slots[slot.0].check.clone_from(&parts.roots);
        }
        match (nodes.as_slice(), nulls.as_slice()) {
            ([], _) => return Some(Made::Plain(TypeRef::Json)),
            ([node], [_, ..]) => {
                let ty = self.alternative(parts, node, hint)?;
                return Some(Made::Plain(nullable(ty)));
            }
            _ => {}
        }
        let mut lowered = vec![];
        let mut sound = true;
        for (place, node) in nodes.iter().enumerate() {
            let name = self.variant_name(node, place);
            match self.alternative(parts, node, &names::joined(&[hint, &name])) {
                Some(ty) => lowered.push((name, super::without_null(ty), *node)),
                None => sound = false,
            }
        }
        if !sound {
            return None;
        }
        let mut names = Unique::default();
        let tag = discriminator.filter(|node| self.is_always_tagged(parts, node, &nodes));
        let made = match tag {
            Some(discriminator) => self.tagged(discriminator, &lowered, &mut names)?,
            None => UnionType {
                tag: if union.key == "oneOf" { UnionTag::ExactlyOne } else { UnionTag::First },
                variants: lowered
                    .iter()
                    .map(|(name, ty, _)| UnionVariant { name: names.name(name), ty: ty.clone() })
                    .collect(),
            },
        };
        if nulls.is_empty() {
            return Some(Made::Named(TypeKind::Union(made), vec![]));
        }
        // `null` beside several others: the union keeps a place of its own, and its name means "or null".
        let others = self.reserve(union.node, names::joined(&[hint, "value"]), false);
        self.slots[others.0].kind = Some(TypeKind::Union(made));
        Some(Made::Plain(nullable(TypeRef::Named(others))))
    }

    /// Whether what stands beside a union says more than its alternatives do, so that it has to be checked.
    fn is_more(&self, parts: &Parts<'a>, alternatives: &[&'a Node]) -> bool {
        if parts.unions().len() > 1 {
            return true;
        }
        let merged = is_merged(parts);
        let types = parts.types();
        let is_typed = |node: &&'a Node| {
            let known = Parts::of(self.scope, &[node]).and_then(|own| own.types());
            let both = known.zip(types.as_ref());
            both.is_some_and(|(own, types)| own.iter().all(|name| types.contains(name)))
        };
        let typed = types.is_none() || merged || alternatives.iter().all(is_typed);
        let says_more = |(node, entry): (&Node, &crate::parse::Entry)| {
            let key = entry.key.as_str();
            let in_alternatives = merged && !key.starts_with("unevaluated");
            !(in_alternatives || key == "type" || key == "nullable")
                // Of a part that is only built on, a discriminator asks for nothing.
                && (key != "discriminator" || parts.is_root(self.scope, node))
        };
        !typed || parts.constraints(self.scope).any(says_more)
    }

    /// Whether each alternative is an object that has the property of a discriminator.
    fn is_always_tagged(
        &self,
        parts: &Parts<'a>,
        discriminator: &'a Node,
        alternatives: &[&'a Node],
    ) -> bool {
        let named = discriminator.get("propertyName").unwrap_or(discriminator);
        let Some(property) = named.text() else { return true };
        let mut untagged = alternatives.iter().filter_map(|node| {
            let own = parts.with_alternative(self.scope, node)?;
            let is_nested = !own.unions().is_empty();
            let is_object = own.types().is_some_and(|types| types == ["object"]);
            let is_tagged = own.required.contains_key(property)
                && own.properties.contains_key(property)
                && is_object;
            (!is_nested && !is_tagged).then_some(*node)
        });
        let Some(node) = untagged.next() else { return true };
        let name = self.scope.docs.target(node).map(|node| self.scope.docs.name_of(node));
        let name = name.unwrap_or_default();
        let own = parts.with_alternative(self.scope, node);
        let known = own.iter().flat_map(|own| own.properties.keys().copied());
        let is_known = own.iter().any(|own| own.properties.contains_key(property));
        let near = crate::diag::catalog::shape::nearest(property, known).filter(|_| !is_known);
        let report = match near {
            Some(near) => fault::misspelt_tag(named.span, property, &name, near, node.span),
            None => fault::optional_tag(named.span, property, &name, node.span),
        };
        self.scope.sink.report(report);
        false
    }

    /// One alternative, with what stands beside the union where that says anything of properties.
    fn alternative(&mut self, parts: &Parts<'a>, node: &'a Node, hint: &str) -> Option<TypeRef> {
        if !is_merged(parts) {
            return Some(self.lower_all(&[node], hint)?.ty);
        }
        let merged = parts.with_alternative(self.scope, node)?;
        Some(self.lower_parts(&merged, Place::None, hint)?.ty)
    }

    fn variant_name(&self, node: &Node, place: usize) -> String {
        if node.reference().is_some() {
            return self
                .scope
                .docs
                .target(node)
                .map_or_else(String::new, |t| self.scope.docs.name_of(t));
        }
        match (node.text_at("title"), node.text_at("type")) {
            (Some(title), _) => title.to_owned(),
            (None, Some("object") | None) => format!("variant {}", place + 1),
            (None, Some(kind)) => kind.to_owned(),
        }
    }

    /// The variants by the value of a property.
    fn tagged(
        &mut self,
        discriminator: &'a Node,
        lowered: &[(String, TypeRef, &'a Node)],
        names: &mut Unique,
    ) -> Option<UnionType> {
        let named = discriminator.get("propertyName").unwrap_or(discriminator);
        let property = named.text()?;
        let nodes: Vec<&Node> = lowered.iter().map(|(.., node)| *node).collect();
        let mut variants = vec![];
        for (wire, at) in wires(self.scope, discriminator, &nodes)? {
            let (name, ty, _) = &lowered[at];
            let spelling = if wire.chars().any(char::is_alphabetic) { &wire } else { name };
            variants.push(UnionVariant { name: names.among(&wire, spelling), ty: ty.clone() });
        }
        Some(UnionType { tag: UnionTag::Property(names::name(property)), variants })
    }

    /// `type: [string, integer]`: one variant for each.
    pub(super) fn make_mixture(
        &mut self,
        parts: &Parts<'a>,
        types: &[&'static str],
        hint: &str,
    ) -> Option<Made> {
        let mut names = Unique::default();
        let mut variants = vec![];
        for name in types {
            let kind = parts.kind_of(name);
            let hint = names::joined(&[hint, name]);
            let ty = match self.make(parts, kind, &hint, None)? {
                Made::Plain(ty) => super::without_null(ty),
                made @ Made::Named(..) => {
                    let slot = self.reserve_in_place(parts, &Place::None, &hint);
                    self.fill(slot, made, parts);
                    TypeRef::Named(slot)
                }
            };
            variants.push(UnionVariant { name: names.name(name), ty });
        }
        Some(Made::Named(TypeKind::Union(UnionType { tag: UnionTag::First, variants }), vec![]))
    }

    /// Keywords of objects without a type: an object, or whatever else.
    pub(super) fn make_untyped(&mut self, parts: &Parts<'a>, hint: &str) -> Option<Made> {
        self.scope.sink.report(fault::untyped_object(parts.span()));
        let hint = names::joined(&[hint, "object"]);
        let object = match parts.object() {
            Kind::Struct => self.make_struct(parts, &hint)?,
            _ => self.make_map(parts, &hint)?,
        };
        let object = match object {
            Made::Plain(ty) => ty,
            made @ Made::Named(..) => {
                let slot = self.reserve_in_place(parts, &Place::None, &hint);
                self.fill(slot, made, parts);
                TypeRef::Named(slot)
            }
        };
        let variant = |name: &str, ty| UnionVariant { name: names::name(name), ty };
        let variants = vec![variant("object", object), variant("other", TypeRef::Json)];
        Some(Made::Named(TypeKind::Union(UnionType { tag: UnionTag::First, variants }), vec![]))
    }
}

/// The one value that a schema allows a property to have.
fn single_value(schema: &Node, property: &str) -> Option<String> {
    let found = schema.at(&["properties", property]);
    let inherited = || {
        let members = schema.get("allOf").into_iter().flat_map(Node::items);
        members.filter_map(|node| node.at(&["properties", property])).next()
    };
    let node = found.or_else(inherited)?;
    if let Some(Value::Text(text)) = node.get("const").map(|node| &node.value) {
        return Some(text.clone());
    }
    match node.get("enum")?.items() {
        [one] => one.text().map(str::to_owned),
        _ => None,
    }
}

/// Whether what stands beside a union becomes a part of each alternative: properties would be lost otherwise.
fn is_merged(parts: &Parts<'_>) -> bool {
    !parts.properties.is_empty() || !parts.required.is_empty()
}

/// The values of a discriminator, each with the place of the alternative that it names.
pub(super) fn wires<'a>(
    scope: Scope<'a>,
    discriminator: &'a Node,
    alternatives: &[&'a Node],
) -> Option<Vec<(String, usize)>> {
    let property = discriminator.get("propertyName").unwrap_or(discriminator).text()?;
    let name_of = |node: &&'a Node| {
        scope.docs.target(node).map_or_else(String::new, |target| scope.docs.name_of(target))
    };
    let mut mapped = vec![];
    for entry in discriminator.get("mapping").into_iter().flat_map(Node::entries) {
        let text = entry.value.text().unwrap_or_default();
        let by_name = || alternatives.iter().position(|node| name_of(node) == text);
        let named = scope.docs.step(entry.value.span, text).ok();
        let target = named.map(|node| scope.docs.target(node).unwrap_or(node));
        let is_target = |node: &&'a Node| {
            scope
                .docs
                .target(node)
                .zip(target)
                .is_some_and(|(node, target)| node.span == target.span)
        };
        match alternatives.iter().position(is_target).or_else(by_name) {
            Some(at) => mapped.push((entry.key.clone(), at)),
            None => {
                let known: Vec<String> = alternatives.iter().map(name_of).collect();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                scope.sink.report(fault::mapping_elsewhere(entry.value.span, text, &known));
            }
        }
    }
    let mut wires = vec![];
    for (at, node) in alternatives.iter().enumerate() {
        let own: Vec<_> = mapped.iter().filter(|(_, to)| *to == at).cloned().collect();
        if own.is_empty() {
            let single = scope.docs.target(node).and_then(|node| single_value(node, property));
            wires.push((single.unwrap_or_else(|| name_of(node)), at));
        }
        wires.extend(own);
    }
    Some(wires)
}
