//! Objects with known properties.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::beside;
use super::parts::{is_marked, takes_nothing};
use super::presence::Presence;
use super::{Made, Parts, TypeRef, Types, exact};
use crate::diag::catalog::schema as fault;
use crate::lower::Documents;
use crate::lower::names::{self, Unique};
use crate::lower::owner::{declared_owner, lower_owner};
use crate::model::{Additional, Field, Generated, StructType, TypeKind};
use crate::parse::{Entry, Node, Value};
use crate::source::Span;

/// Which way a property travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Both,
    /// `readOnly`: from the service only.
    Read,
    /// `writeOnly`: to the service only.
    Write,
}

impl<'a> Types<'a> {
    pub(super) fn make_struct(&mut self, parts: &Parts<'a>, hint: &str) -> Option<Made> {
        let range = parts.check_range(self.scope, "minProperties", "maxProperties");
        let mut names = Unique::default();
        let (mut fields, mut access) = (vec![], vec![]);
        let mut sound = range.is_some();
        let (presence, scope) = (OnceCell::new(), self.scope);
        let deciding = Rc::clone(&self.deciding);
        let deciding = || deciding.get_or_init(|| beside::deciding(scope.docs));
        let presence = || presence.get_or_init(|| Presence::of(scope, parts, deciding()));
        for (name, entries) in &parts.properties {
            match self.field(parts, name, entries, hint, &mut names) {
                Some((mut field, way)) => {
                    if field.default.is_some() && !field.required {
                        self.drop_shaky_default(&mut field, presence());
                    }
                    fields.push(field);
                    access.push(way);
                }
                None => sound = false,
            }
        }
        // Parts that each judge other properties for themselves are checked, and what they allow is kept.
        let additional = match exact::is_one_object(parts) {
            true => self.additional(parts, hint),
            false => Some(Additional::Open),
        };
        let other = match &additional {
            Some(Additional::Typed(ty)) => ty.clone(),
            _ => TypeRef::Json,
        };
        sound &= self.required_but_unknown(parts, &other, &mut fields, &mut names).is_some();
        let least = parts.least_count("minProperties");
        if additional == Some(Additional::Refused)
            && least.is_some_and(|least| least > fields.len() as u64)
        {
            self.scope.sink.report(fault::never_valid(parts.span(), parts.nullable));
        }
        access.resize(fields.len(), Access::Both);
        let kind = StructType {
            fields,
            additional: additional?,
            ignored: vec![],
            min_properties: parts.least_count("minProperties"),
            max_properties: parts.greatest_count("maxProperties"),
        };
        sound.then_some(Made::Named(TypeKind::Struct(kind), access))
    }

    /// Takes away a default that could make an object invalid which was accepted without it.
    fn drop_shaky_default(&self, field: &mut Field, presence: &Presence<'a>) {
        if let Some(keyword) = presence.looks_at(&field.name.wire) {
            field.default = None;
            let at = self.default_of(field.origin.span).unwrap_or(field.origin.span);
            self.scope.sink.report(fault::shaky_default(at, &field.name.wire, keyword));
        }
    }

    fn field(
        &mut self,
        parts: &Parts<'a>,
        name: &str,
        entries: &[&'a Entry],
        hint: &str,
        names: &mut Unique,
    ) -> Option<(Field, Access)> {
        let first = entries.first()?;
        let nodes: Vec<&Node> = entries.iter().map(|entry| &entry.value).collect();
        let used = self.lower_all(&nodes, &names::joined(&[hint, name]))?;
        let access = match (used.read_only, used.write_only) {
            (true, true) => {
                self.scope.sink.report(fault::both_ways(first.key_span, name));
                return None;
            }
            (true, false) => Access::Read,
            (false, true) => Access::Write,
            (false, false) => Access::Both,
        };
        let default = self.fitting_default(&used);
        let origin = self.scope.origin(first.value.span);
        self.defaults.extend(default.map(|node| (node.span, origin.span)));
        self.examples.extend(used.example.map(|node| (node.span, origin.span)));
        let example = self.example_beside_type(&used).map(Node::to_json);
        let owner = match nodes.iter().find_map(|node| declared_owner(self.scope, node)) {
            Some(declared) => Some(lower_owner(self.scope, declared, name)?),
            None => None,
        };
        let field = Field {
            name: names.name(name),
            docs: used.docs,
            origin,
            ty: used.ty,
            required: parts.required.contains_key(name),
            default: default.map(Node::to_json),
            example,
            generated: entries.iter().find_map(|entry| generated(&entry.value)),
            owner,
            version: nodes.iter().any(|node| is_marked(self.scope, node, "x-version")),
            sensitive: used.sensitive,
        };
        Some((field, access))
    }

    /// A property that must be there and that no part describes is what the others are; none where a part refuses it.
    fn required_but_unknown(
        &self,
        parts: &Parts<'a>,
        other: &TypeRef,
        fields: &mut Vec<Field>,
        names: &mut Unique,
    ) -> Option<()> {
        let mut sound = true;
        for (name, span) in &parts.required {
            if let Some(said) = parts.properties.get(name) {
                if said.iter().any(|entry| super::takes_nothing(&entry.value)) {
                    self.scope.sink.report(fault::required_never(*span, name));
                }
                continue;
            }
            let known = parts.properties.keys().copied();
            let near = crate::diag::catalog::shape::nearest(name, known);
            if let Some(closed) = refusing(parts, name) {
                self.scope.sink.report(fault::required_refused(*span, name, closed, near));
                sound = false;
                continue;
            }
            if !self.is_described_beside(parts, name) {
                let is_any = *other == TypeRef::Json;
                self.scope.sink.report(fault::required_unknown(*span, name, is_any, near));
            }
            fields.push(Field {
                name: names.name(name),
                docs: crate::model::Docs::default(),
                origin: self.scope.origin(*span),
                ty: other.clone(),
                required: true,
                default: None,
                example: None,
                generated: None,
                owner: None,
                version: false,
                sensitive: false,
            });
        }
        sound.then_some(())
    }

    /// Whether the schema is a part of an `allOf` of which another part describes a property: whoever builds on a schema
    /// says what it leaves open.
    fn is_described_beside(&self, parts: &Parts<'a>, name: &str) -> bool {
        let docs = self.scope.docs;
        let describes = |node: &'a Node| {
            docs.links(node).iter().any(|node| node.at(&["properties", name]).is_some())
        };
        let wholes = self.wholes.get_or_init(|| wholes(docs)).get(&parts.span());
        let part_describes = |whole: &'a Node| {
            whole.get("allOf").map(Node::items).unwrap_or_default().iter().any(describes)
        };
        wholes.into_iter().flatten().any(|whole| part_describes(whole) || describes(whole))
    }

    /// What becomes of properties that the parts do not name: the strictest that any part says.
    pub(super) fn additional(&mut self, parts: &Parts<'a>, hint: &str) -> Option<Additional> {
        if parts.values("patternProperties").next().is_some() {
            return Some(Additional::Open);
        }
        let others = parts.values("additionalProperties");
        let values: Vec<&Node> = others.chain(exact::remaining(self.scope, parts)).collect();
        if values.iter().any(|node| takes_nothing(node)) {
            return Some(Additional::Refused);
        }
        let schemas: Vec<&Node> =
            values.into_iter().filter(|node| !matches!(node.value, Value::Flag(_))).collect();
        if schemas.is_empty() {
            return Some(Additional::Open);
        }
        let used = self.lower_all(&schemas, &names::joined(&[hint, "value"]))?;
        Some(Additional::Typed(used.ty))
    }
}

/// The schemas with an `allOf`, by the places of its parts.
fn wholes<'a>(docs: &Documents<'a>) -> BTreeMap<Span, Vec<&'a Node>> {
    let mut found: BTreeMap<Span, Vec<&Node>> = BTreeMap::new();
    let mut open: Vec<&Node> = docs.trees().map(|(_, tree)| tree).collect();
    while let Some(node) = open.pop() {
        for part in node.get("allOf").map(Node::items).unwrap_or_default() {
            for link in docs.links(part) {
                found.entry(link.span).or_default().push(node);
            }
        }
        open.extend(node.items());
        open.extend(node.entries().iter().map(|entry| &entry.value));
    }
    found
}

/// What a property is filled with, by `x-generated`.
fn generated(node: &Node) -> Option<Generated> {
    match node.text_at("x-generated")? {
        "uuid" => Some(Generated::Uuid),
        "now" => Some(Generated::Now),
        "updated" => Some(Generated::Updated),
        "version" => Some(Generated::Version),
        _ => None,
    }
}

/// The keywords by which other schemas may evaluate a property of the object that they describe together.
const EVALUATING: [&str; 11] = [
    "$ref",
    "$dynamicRef",
    "allOf",
    "anyOf",
    "oneOf",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "patternProperties",
    "additionalProperties",
];

/// The keyword, with its place, whose `false` refuses a property which no part describes.
fn refusing<'a>(parts: &Parts<'a>, name: &str) -> Option<(&'static str, Span)> {
    let mut unnamed = parts.nodes().filter(|node| node.at(&["properties", name]).is_none());
    unnamed.find_map(|node| {
        let closed = |key: &'static str| {
            node.get(key).filter(|one| takes_nothing(one)).map(|one| (key, one.span))
        };
        let is_alone = || EVALUATING.iter().all(|key| node.get(key).is_none());
        closed("additionalProperties")
            .filter(|_| node.get("patternProperties").is_none())
            .or_else(|| closed("unevaluatedProperties").filter(|_| is_alone()))
    })
}
