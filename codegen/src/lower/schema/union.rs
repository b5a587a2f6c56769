//! `oneOf`, `anyOf` and `type` with several names.

use super::parts::{Alternatives, is_null};
use super::{Made, Parts, TypeId, TypeRef, Types, nullable};
use crate::diag::catalog::schema as fault;
use crate::lower::names::{self, Unique};
use crate::model::{ListType, MapType, ScalarKind, TypeKind, UnionTag, UnionType, UnionVariant};
use crate::parse::{Node, Value};
use crate::source::Span;

/// A union that tells its variants by a property, to be looked at when all types are there.
#[derive(Clone)]
pub(super) struct Tagged {
    pub(super) union: TypeId,
    pub(super) property: String,
    /// Where the property is named.
    pub(super) span: Span,
}

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
        if let ([node], [_, ..]) = (nodes.as_slice(), nulls.as_slice()) {
            let ty = self.alternative(parts, node, hint)?;
            return Some(Made::Plain(nullable(ty)));
        }
        let mut lowered = vec![];
        let mut sound = true;
        for (place, node) in nodes.iter().enumerate() {
            let name = self.variant_name(node, place);
            match self.alternative(parts, node, &names::joined(&[hint, &name])) {
                Some(ty) => lowered.push((name, ty, *node)),
                None => sound = false,
            }
        }
        let discriminator = parts.values("discriminator").next();
        if !sound {
            return None;
        }
        let mut names = Unique::default();
        let made = match discriminator {
            Some(discriminator) => self.tagged(discriminator, &lowered, &mut names, slot)?,
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

    /// One alternative, with what stands beside the union where that says anything of properties.
    fn alternative(&mut self, parts: &Parts<'a>, node: &'a Node, hint: &str) -> Option<TypeRef> {
        if parts.properties.is_empty() && parts.required.is_empty() {
            return Some(self.lower_all(&[node], hint)?.ty);
        }
        let merged = parts.with_alternative(self.scope, node)?;
        Some(self.lower_parts(&merged, None, hint)?.ty)
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
        slot: Option<TypeId>,
    ) -> Option<UnionType> {
        let named = discriminator.get("propertyName").unwrap_or(discriminator);
        let property = named.text()?;
        let mapped = self.mapping(discriminator, lowered)?;
        let mut variants = vec![];
        for (at, (name, ty, node)) in lowered.iter().enumerate() {
            let target = self.scope.docs.target(node)?;
            let mut wires: Vec<String> =
                mapped.iter().filter(|(_, to)| *to == at).map(|(wire, _)| wire.clone()).collect();
            if wires.is_empty() {
                wires.push(single_value(target, property).unwrap_or_else(|| name.clone()));
            }
            for wire in wires {
                let spelling = if wire.chars().any(char::is_alphabetic) { &wire } else { name };
                variants.push(UnionVariant { name: names.among(&wire, spelling), ty: ty.clone() });
            }
        }
        if let Some(union) = slot {
            self.tagged.push(Tagged { union, property: property.to_owned(), span: named.span });
        }
        Some(UnionType { tag: UnionTag::Property(names::name(property)), variants })
    }

    /// The values of `mapping`, each with the alternative that it leads to.
    fn mapping(
        &self,
        discriminator: &'a Node,
        lowered: &[(String, TypeRef, &'a Node)],
    ) -> Option<Vec<(String, usize)>> {
        let mut mapped = vec![];
        let mut sound = true;
        for entry in discriminator.get("mapping").into_iter().flat_map(Node::entries) {
            let text = entry.value.text().unwrap_or_default();
            let by_name = || lowered.iter().position(|(name, ..)| name == text);
            let target = self.scope.docs.step(entry.value.span.file, text).ok();
            let by_place = || {
                let target = target?;
                lowered.iter().position(|(.., node)| {
                    self.scope.docs.target(node).is_some_and(|node| node.span == target.span)
                })
            };
            match by_place().or_else(by_name) {
                Some(at) => mapped.push((entry.key.clone(), at)),
                None => {
                    let known: Vec<&str> = lowered.iter().map(|(name, ..)| name.as_str()).collect();
                    self.scope.sink.report(fault::mapping_elsewhere(
                        entry.value.span,
                        text,
                        &known,
                    ));
                    sound = false;
                }
            }
        }
        sound.then_some(mapped)
    }

    /// `type: [string, integer]`: one variant for each, without constraints.
    pub(super) fn make_mixture(&mut self, types: &[&'static str]) -> Made {
        let mut names = Unique::default();
        let variants = types
            .iter()
            .map(|name| UnionVariant { name: names.name(name), ty: bare(name) })
            .collect();
        Made::Named(TypeKind::Union(UnionType { tag: UnionTag::First, variants }), vec![])
    }

    /// Looks at the unions that tell their variants by a property: each variant must have it.
    pub(super) fn check_tagged(&self) {
        for tagged in &self.tagged {
            let Some(TypeKind::Union(union)) = &self.slots[tagged.union.0].kind else { continue };
            for variant in &union.variants {
                let TypeRef::Named(id) = variant.ty else {
                    self.scope
                        .sink
                        .report(fault::variant_not_object(tagged.span, &variant.name.wire));
                    continue;
                };
                match self.kind(id) {
                    Some(TypeKind::Struct(kind)) => {
                        let field =
                            kind.fields.iter().find(|field| field.name.wire == tagged.property);
                        if field.is_none_or(|field| !field.required) {
                            let node = self.node(id);
                            let name = &self.slots[id.0].wanted;
                            let report = fault::variant_without_tag(
                                tagged.span,
                                &tagged.property,
                                name,
                                node.span,
                                field.is_some(),
                            );
                            self.scope.sink.report(report);
                        }
                    }
                    Some(TypeKind::Union(_)) | None => {}
                    Some(_) => self
                        .scope
                        .sink
                        .report(fault::variant_not_object(tagged.span, &variant.name.wire)),
                }
            }
        }
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

/// A type without constraints.
fn bare(name: &str) -> TypeRef {
    match name {
        "string" => TypeRef::Scalar(ScalarKind::String),
        "number" => TypeRef::Scalar(ScalarKind::Double),
        "integer" => TypeRef::Scalar(ScalarKind::Integer),
        "boolean" => TypeRef::Scalar(ScalarKind::Boolean),
        "array" => TypeRef::List(Box::new(ListType {
            item: TypeRef::Json,
            min_items: None,
            max_items: None,
            unique: false,
        })),
        "object" => TypeRef::Map(Box::new(MapType {
            value: TypeRef::Json,
            min_properties: None,
            max_properties: None,
        })),
        _ => TypeRef::Json,
    }
}
