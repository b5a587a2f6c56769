//! `oneOf`, `anyOf` and `type` with several names.

use super::merged::TypeOrigin;
use super::null::takes_null;
use super::parts::{Alternatives, Kind, is_null};
use super::tags::{Tags, are_objects, default_of, name_of, tags, untagged};
use super::{Made, Parts, TypeId, TypeRef, Types, nullable};
use crate::diag::catalog::schema as fault;
use crate::lower::names::{self, Unique};
use crate::model::{TypeKind, UnionTag, UnionType, UnionVariant};
use crate::parse::Node;

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
        let tags = discriminator.and_then(|node| self.tags(parts, node, &nodes));
        if let Some(slot) = slot
            && (nodes.is_empty()
                || self.is_more(parts, &nodes)
                || (union.key == "oneOf" && self.is_null_twice(list))
                || (discriminator.is_some() && tags.is_none()))
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
            let name = self.variant_name(node);
            let name = name.unwrap_or_else(|| format!("variant {}", place + 1));
            match self.alternative(parts, node, &names::joined(&[hint, &name])) {
                Some(ty) => lowered.push((name, super::without_null(ty))),
                None => sound = false,
            }
        }
        if !sound {
            return None;
        }
        let mut names = Unique::default();
        let made = match tags {
            Some((property, tags)) => tagged(property, tags, &lowered, &mut names),
            None => UnionType {
                tag: if union.key == "oneOf" { UnionTag::ExactlyOne } else { UnionTag::First },
                variants: lowered
                    .iter()
                    .zip(&nodes)
                    .map(|((name, ty), node)| UnionVariant {
                        is_numbered: self.variant_name(node).is_none(),
                        ..UnionVariant::new(names.name(name), ty.clone())
                    })
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

    /// Whether `null` fits several alternatives: the type of one that takes any JSON would take it.
    fn is_null_twice(&self, alternatives: &'a [Node]) -> bool {
        alternatives.iter().filter(|node| takes_null(self.scope, node, false)).nth(1).is_some()
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

    /// The property of a discriminator, with the values that name each alternative; `None` where it does not select one,
    /// which has been reported.
    fn tags(
        &self,
        parts: &Parts<'a>,
        discriminator: &'a Node,
        alternatives: &[&'a Node],
    ) -> Option<(&'a str, Vec<Tags>)> {
        let named = discriminator.get("propertyName").unwrap_or(discriminator);
        let property = named.text()?;
        if let Some(default) = discriminator.get("defaultMapping") {
            default_of(self.scope, default, alternatives)?;
            are_objects(self.scope, parts, alternatives).then_some(())?;
        } else if let Some(node) = untagged(self.scope, parts, property, alternatives) {
            self.report_untagged(parts, named, property, node);
            return None;
        }
        Some((property, tags(self.scope, discriminator, alternatives)?))
    }

    fn report_untagged(
        &self,
        parts: &Parts<'a>,
        named: &Node,
        property: &str,
        alternative: &'a Node,
    ) {
        let name = name_of(self.scope, alternative);
        let own = parts.with_alternative(self.scope, alternative);
        let known = own.iter().flat_map(|own| own.properties.keys().copied());
        let is_known = own.iter().any(|own| own.properties.contains_key(property));
        let near = crate::diag::catalog::shape::nearest(property, known).filter(|_| !is_known);
        let report = match near {
            Some(near) => fault::misspelt_tag(named.span, property, &name, near, alternative.span),
            None => fault::optional_tag(named.span, property, &name, alternative.span),
        };
        self.scope.sink.report(report);
    }

    /// One alternative, with what stands beside the union where that says anything of properties.
    fn alternative(&mut self, parts: &Parts<'a>, node: &'a Node, hint: &str) -> Option<TypeRef> {
        if !is_merged(parts) {
            let used = self.lower_all(&[node], hint)?;
            return Some(self.hidden(used, node, hint).ty);
        }
        let merged = parts.with_alternative(self.scope, node)?;
        Some(self.lower_parts(&merged, TypeOrigin::None, hint)?.ty)
    }

    /// The name of an alternative; nothing for one that has none but its place.
    fn variant_name(&self, node: &'a Node) -> Option<String> {
        if node.reference().is_some() {
            return Some(name_of(self.scope, node));
        }
        match (node.text_at("title"), node.text_at("type")) {
            (Some(title), _) => Some(title.to_owned()),
            (None, Some("object") | None) => None,
            (None, Some(kind)) => Some(kind.to_owned()),
        }
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
            let kind = parts.kind_of(self.scope, name);
            let hint = names::joined(&[hint, name]);
            let ty = match self.make(parts, kind, &hint, None)? {
                Made::Plain(ty) => super::without_null(ty),
                made @ Made::Named(..) => {
                    let slot = self.reserve_in_place(parts, &TypeOrigin::None, &hint);
                    self.fill(slot, made, parts);
                    TypeRef::Named(slot)
                }
            };
            variants.push(UnionVariant::new(names.name(name), ty));
        }
        Some(Made::Named(TypeKind::Union(UnionType { tag: UnionTag::First, variants }), vec![]))
    }

    /// Keywords of objects without a type: an object, or whatever else.
    pub(super) fn make_untyped(&mut self, parts: &Parts<'a>, hint: &str) -> Option<Made> {
        self.scope.sink.report(fault::untyped_object(parts.span()));
        let hint = names::joined(&[hint, "object"]);
        let object = match parts.object(self.scope) {
            Kind::Struct => self.make_struct(parts, &hint)?,
            _ => self.make_map(parts, &hint)?,
        };
        let object = match object {
            Made::Plain(ty) => ty,
            made @ Made::Named(..) => {
                let slot = self.reserve_in_place(parts, &TypeOrigin::None, &hint);
                self.fill(slot, made, parts);
                TypeRef::Named(slot)
            }
        };
        let variant = |name: &str, ty| UnionVariant::new(names::name(name), ty);
        let variants = vec![variant("object", object), variant("other", TypeRef::Json)];
        Some(Made::Named(TypeKind::Union(UnionType { tag: UnionTag::First, variants }), vec![]))
    }
}

/// Whether what stands beside a union becomes a part of each alternative: properties would be lost otherwise.
fn is_merged(parts: &Parts<'_>) -> bool {
    !parts.properties.is_empty() || !parts.required.is_empty()
}

/// The variants by the value of a property. An alternative that lists its values is one variant, which has its own.
fn tagged(
    property: &str,
    tags: Vec<Tags>,
    lowered: &[(String, TypeRef)],
    names: &mut Unique,
) -> UnionType {
    let mut variants = vec![];
    for (Tags { texts, listed, is_default }, (name, ty)) in tags.into_iter().zip(lowered) {
        let each: Vec<Vec<String>> = match listed {
            // The default is one variant, which keeps whatever value it has.
            _ if is_default => vec![if texts.is_empty() { vec![name.clone()] } else { texts }],
            true => vec![texts],
            false => texts.into_iter().map(|text| vec![text]).collect(),
        };
        for mut wires in each {
            let also = wires.split_off(1.min(wires.len()));
            let Some(wire) = wires.pop() else { continue };
            let is_named = also.is_empty() && wire.chars().any(char::is_alphabetic);
            let spelling = if is_named { &wire } else { name };
            let name = names.among(&wire, spelling);
            variants.push(UnionVariant { also, is_default, ..UnionVariant::new(name, ty.clone()) });
        }
    }
    UnionType { tag: UnionTag::Property(names::name(property)), variants }
}
