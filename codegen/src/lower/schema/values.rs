//! Values in contracts (`default`, `example`, `examples`) against the types that they are values of.
//!
//! Owns the check and says where a value does not fit; whether that is an error is its caller's business.

use scalars::Decimal;

use super::Types;
use super::finish::named_in;
use crate::model::{
    Additional, Scalar, ScalarKind, StructType, TypeId, TypeKind, TypeRef, UnionTag, UnionType,
};
use crate::parse::{Node, Value};
use crate::source::Span;
use crate::values;

/// A place in a value that does not fit, and why.
#[derive(Debug)]
pub(crate) struct Misfit {
    pub(crate) span: Span,
    pub(crate) why: String,
}

/// Which properties a value need not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From client to service: read-only properties may be left out.
    Request,
    /// From service to client: write-only properties may be left out.
    Response,
    /// Either.
    Both,
}

impl Types<'_> {
    /// Where a value does not fit a type; nothing where it fits.
    pub(crate) fn misfits(&self, value: &Node, ty: &TypeRef, direction: Direction) -> Vec<Misfit> {
        let mut found = vec![];
        self.value(value, ty, direction, &mut found, 0);
        found
    }

    /// Why a type does not accept a whole number; nothing where it does.
    pub(crate) fn refused(&self, ty: &TypeRef, number: i64) -> Option<String> {
        let span = Span { file: crate::source::FileId(0), start: 0, end: 0 };
        let node = Node { span, value: Value::Number(number.to_string()) };
        self.misfits(&node, ty, Direction::Both).into_iter().next().map(|misfit| misfit.why)
    }

    /// The first number that a type does not accept of those that a counter comes to, and why.
    pub(crate) fn uncounted(&self, ty: &TypeRef, first: i64) -> Option<(i64, String)> {
        let later = [1, 2, 3, 5, 7, 10, 100, 1_000, 100_000, i64::from(i32::MAX)];
        let mut counted = std::iter::once(first).chain(later);
        counted.find_map(|number| Some((number, self.refused(ty, number)?)))
    }

    fn value(
        &self,
        node: &Node,
        ty: &TypeRef,
        way: Direction,
        found: &mut Vec<Misfit>,
        depth: usize,
    ) {
        // Deeper than a contract can nest: only a type that is a name for itself leads here.
        if depth > 1000 {
            return;
        }
        match ty {
            TypeRef::Json => {}
            TypeRef::Boxed(inner) => self.value(node, inner, way, found, depth + 1),
            TypeRef::Nullable(_) if node.value == Value::Null => {}
            TypeRef::Nullable(inner) => self.value(node, inner, way, found, depth + 1),
            TypeRef::Named(id) => self.named(node, *id, way, found, depth + 1),
            TypeRef::Scalar(kind) => {
                let scalar =
                    Scalar { kind: *kind, text: Default::default(), number: Default::default() };
                check_scalar(node, &scalar, found);
            }
            TypeRef::List(list) => {
                let Value::List(items) = &node.value else { return misfit(found, node, "a list") };
                check_count(node, items.len(), list.min_items, list.max_items, "items", found);
                if list.unique {
                    let twice = (1..items.len())
                        .find(|at| items[..*at].iter().any(|i| i.value == items[*at].value));
                    if let Some(at) = twice {
                        let why = "the item occurs twice".to_owned();
                        found.push(Misfit { span: items[at].span, why });
                    }
                }
                items.iter().for_each(|item| self.value(item, &list.item, way, found, depth + 1));
            }
            TypeRef::Map(map) => {
                let Value::Map(entries) = &node.value else {
                    return misfit(found, node, "a mapping");
                };
                check_count(
                    node,
                    entries.len(),
                    map.min_properties,
                    map.max_properties,
                    "properties",
                    found,
                );
                entries
                    .iter()
                    .for_each(|entry| self.value(&entry.value, &map.value, way, found, depth + 1));
            }
        }
    }

    fn named(
        &self,
        node: &Node,
        id: TypeId,
        way: Direction,
        found: &mut Vec<Misfit>,
        depth: usize,
    ) {
        match self.slots[id.0].kind.as_ref() {
            None => {}
            Some(TypeKind::Alias(ty)) => self.value(node, ty, way, found, depth),
            Some(TypeKind::Newtype(scalar)) => check_scalar(node, scalar, found),
            Some(TypeKind::Enum(kind)) => {
                let Some(text) = node.text() else { return misfit(found, node, "a string") };
                if !kind.variants.iter().any(|variant| variant.wire == text) {
                    let known: Vec<&str> = kind.variants.iter().map(|v| v.wire.as_str()).collect();
                    let why = format!(
                        "`{text}` is not one of {}",
                        crate::diag::catalog::shape::listed(&known)
                    );
                    found.push(Misfit { span: node.span, why });
                }
            }
            Some(TypeKind::Struct(kind)) => self.object(node, id, kind, way, found, depth),
            Some(TypeKind::Union(kind)) => self.union(node, kind, way, found, depth),
        }
    }

    fn object(
        &self,
        node: &Node,
        id: TypeId,
        kind: &StructType,
        way: Direction,
        found: &mut Vec<Misfit>,
        depth: usize,
    ) {
        use super::Access;
        let Value::Map(entries) = &node.value else { return misfit(found, node, "a mapping") };
        for (at, field) in kind.fields.iter().enumerate() {
            let access = self.slots[id.0].access.get(at).copied().unwrap_or(Access::Both);
            let optional = match access {
                Access::Both => false,
                Access::Read => way != Direction::Response,
                Access::Write => way != Direction::Request,
            };
            match node.get(&field.name.wire) {
                Some(value) => self.value(value, &field.ty, way, found, depth + 1),
                None if field.required && !optional => {
                    let why = format!("the required property `{}` is missing", field.name.wire);
                    found.push(Misfit { span: node.span, why });
                }
                None => {}
            }
        }
        for entry in entries.iter().filter(|e| kind.fields.iter().all(|f| f.name.wire != e.key)) {
            match &kind.additional {
                Additional::Open => {}
                Additional::Refused => {
                    let why = format!("the property `{}` does not exist", entry.key);
                    found.push(Misfit { span: entry.key_span, why });
                }
                Additional::Typed(ty) => self.value(&entry.value, ty, way, found, depth + 1),
            }
        }
        check_count(
            node,
            entries.len(),
            kind.min_properties,
            kind.max_properties,
            "properties",
            found,
        );
    }

    fn union(
        &self,
        node: &Node,
        kind: &UnionType,
        way: Direction,
        found: &mut Vec<Misfit>,
        depth: usize,
    ) {
        if let UnionTag::Property(name) = &kind.tag {
            let tag = node.text_at(&name.wire);
            if let (None, Some(default)) = (tag, kind.default()) {
                return self.value(node, &default.ty, way, found, depth + 1);
            }
            let Some(tag) = tag else {
                let why = format!("the discriminator `{}` is missing", name.wire);
                return found.push(Misfit { span: node.span, why });
            };
            match kind.by_tag(tag) {
                Some(variant) => self.value(node, &variant.ty, way, found, depth + 1),
                None => {
                    let known: Vec<&str> =
                        kind.variants.iter().flat_map(|variant| variant.tags()).collect();
                    let why = format!(
                        "`{tag}` is not one of {}",
                        crate::diag::catalog::shape::listed(&known)
                    );
                    let span = node.get(&name.wire).map_or(node.span, |tag| tag.span);
                    found.push(Misfit { span, why });
                }
            }
            return;
        }
        let mut nearest: Option<Vec<Misfit>> = None;
        let mut fits = vec![];
        for variant in &kind.variants {
            let mut here = vec![];
            self.value(node, &variant.ty, way, &mut here, depth + 1);
            if here.is_empty() {
                fits.push(&variant.ty);
            } else if nearest.as_ref().is_none_or(|nearest| here.len() < nearest.len()) {
                nearest = Some(here);
            }
        }
        match (fits.len(), &kind.tag) {
            (0, _) => found.extend(nearest.unwrap_or_default()),
            // A type may take more than its schema does, which the schema itself decides.
            (2.., UnionTag::ExactlyOne) if !fits.iter().any(|ty| self.is_wider(ty)) => {
                let why = "it matches more than one alternative of `oneOf`".to_owned();
                found.push(Misfit { span: node.span, why });
            }
            _ => {}
        }
    }
}

impl Types<'_> {
    /// Whether a schema in a type says more than the type expresses.
    fn is_wider(&self, ty: &TypeRef) -> bool {
        self.reached(named_in(ty), named_in).into_iter().any(|id| self.is_judged(id))
    }
}

/// The numbers in a value that it does not keep on its way into generated code, where it travels as JSON.
pub(crate) fn rounded(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::Number(text) => {
            let kept = Decimal::parse(&node.to_json().to_string());
            if kept == Decimal::parse(text) { vec![] } else { vec![node] }
        }
        Value::List(items) => items.iter().flat_map(rounded).collect(),
        Value::Map(entries) => entries.iter().flat_map(|entry| rounded(&entry.value)).collect(),
        _ => vec![],
    }
}

fn misfit(found: &mut Vec<Misfit>, node: &Node, expected: &str) {
    found.push(Misfit {
        span: node.span,
        why: format!("expected {expected}, found {}", node.kind()),
    });
}

fn check_count(
    node: &Node,
    n: usize,
    least: Option<u64>,
    greatest: Option<u64>,
    what: &str,
    found: &mut Vec<Misfit>,
) {
    let n = n as u64;
    if let Some(least) = least.filter(|least| n < *least) {
        found.push(Misfit {
            span: node.span,
            why: format!("{n} {what} are fewer than the minimum of {least}"),
        });
    }
    if let Some(greatest) = greatest.filter(|greatest| n > *greatest) {
        found.push(Misfit {
            span: node.span,
            why: format!("{n} {what} are more than the maximum of {greatest}"),
        });
    }
}

pub(crate) fn check_scalar(node: &Node, scalar: &Scalar, found: &mut Vec<Misfit>) {
    let mut say = |faults: Vec<String>| {
        found.extend(faults.into_iter().map(|why| Misfit { span: node.span, why }));
    };
    match (&node.value, scalar.kind) {
        (Value::Flag(_), ScalarKind::Boolean) => {}
        (Value::Number(text), kind) if kind.is_number() => say(values::number_faults(text, scalar)),
        (Value::Text(text), ScalarKind::DecimalString) => say(values::number_faults(text, scalar)),
        (_, ScalarKind::Boolean) => misfit(found, node, "a boolean"),
        (_, kind) if kind.is_integer() => misfit(found, node, "an integer"),
        (_, kind) if kind.is_number() => misfit(found, node, "a number"),
        (Value::Text(text), _) => say(values::text_fault(text, scalar).into_iter().collect()),
        _ => misfit(found, node, "a string"),
    }
}
