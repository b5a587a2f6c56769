//! Conditions and filters that no item of the table meets, and changes that are always refused.
//!
//! Owns what follows from the schema of the items alone: the bounds and values of what is compared, and properties that
//! every item has. Values that requests bring may be any.

use scalars::Decimal;

use super::condition::{Side, Tree, parse};
use super::{Binder, operand};
use crate::diag::catalog::slips as fault;
use crate::model::{BoundAction, Change, Operand, Scalar, ScalarKind, TypeKind, TypeRef};
use crate::parse::{Node, Value};

/// Reports what never holds.
pub(super) fn check(binder: &Binder<'_, '_>, action: &BoundAction) {
    for key in ["filter", "condition"] {
        let Some(node) = binder.node.get(key) else { continue };
        let Some(tree) = node.text().and_then(|text| parse(text).ok()) else { continue };
        let may_be_new = matches!(
            action,
            BoundAction::Put { .. }
                | BoundAction::Upsert { .. }
                | BoundAction::Delete { must_exist: false, .. }
        );
        let search = Search { binder, is_there: !may_be_new };
        if let Some(why) = search.never(&tree) {
            binder.scope.sink.report(fault::never_holds(node.span, key, &why));
        } else if key == "condition" {
            search.check_states(action, &tree, node);
        }
    }
    if let BoundAction::Update { changes, .. } = action {
        changes.iter().for_each(|change| check_sum(binder, change));
    }
}

/// What an expression leaves of the values of one property.
enum Domain {
    /// Any value: nothing is known of them.
    Any,
    Texts(Vec<String>),
    Numbers(Range),
}

/// Numbers between two ends; the flags tell whether an end is outside.
#[derive(Default)]
struct Range {
    least: Option<(Decimal, bool)>,
    most: Option<(Decimal, bool)>,
}

impl Range {
    fn at_least(&mut self, end: Decimal, is_out: bool) {
        if self.least.is_none_or(|known| (end, is_out) > known) {
            self.least = Some((end, is_out));
        }
    }

    fn at_most(&mut self, end: Decimal, is_out: bool) {
        if self.most.is_none_or(|(known, out)| end < known || (end == known && is_out && !out)) {
            self.most = Some((end, is_out));
        }
    }

    fn is_empty(&self) -> bool {
        match (self.least, self.most) {
            (Some((least, out)), Some((most, other))) => {
                least > most || (least == most && (out || other))
            }
            _ => false,
        }
    }
}

struct Search<'s, 'a, 'b> {
    binder: &'s Binder<'a, 'b>,
    /// Whether the expression is about an item that is there.
    is_there: bool,
}

impl Search<'_, '_, '_> {
    /// Why an expression never holds; nothing where it may.
    fn never(&self, tree: &Tree) -> Option<String> {
        match tree {
            Tree::Any(terms) => {
                let mut whys = terms.iter().map(|term| self.never(term));
                let first = whys.next()??;
                whys.all(|why| why.is_some()).then_some(first)
            }
            _ => {
                let terms = conjuncts(tree);
                let alone = |term: &&Tree| match term {
                    Tree::Any(_) => self.never(term),
                    Tree::Call("attribute_not_exists", sides) => self.is_always(sides),
                    Tree::Not(inner) => match &**inner {
                        Tree::Call("attribute_exists", sides) => self.is_always(sides),
                        _ => None,
                    },
                    _ => None,
                };
                let mut paths: Vec<&[String]> =
                    terms.iter().filter_map(|one| path_of(one)).collect();
                paths.dedup();
                let found = terms.iter().find_map(alone);
                found.or_else(|| paths.into_iter().find_map(|path| self.excluded(path, &terms)))
            }
        }
    }

    /// Why a property is never absent.
    fn is_always(&self, sides: &[Side]) -> Option<String> {
        let Some(Side::Path(path)) = sides.first() else { return None };
        let (_, required) = self.property(path)?;
        (required && self.is_there).then(|| format!("every item has `{}`", path.join(".")))
    }

    /// Why no value of a property passes all of the terms.
    fn excluded(&self, path: &[String], terms: &[&Tree]) -> Option<String> {
        let name = path.join(".");
        match self.domain(path, terms)? {
            Domain::Texts(left) if left.is_empty() => {
                Some(format!("`{name}` cannot have these values at once"))
            }
            Domain::Numbers(range) if range.is_empty() => {
                Some(format!("`{name}` is never in this range"))
            }
            _ => None,
        }
    }

    /// The values of a property that pass the terms about it.
    fn domain(&self, path: &[String], terms: &[&Tree]) -> Option<Domain> {
        let (ty, required) = self.property(path)?;
        let has_value = required && self.is_there;
        let mut domain = self.all_values(&ty);
        for term in terms.iter().filter(|term| path_of(term) == Some(path)) {
            match term {
                Tree::Compare(left, sign, right) => {
                    let (sign, value) = match left {
                        Side::Path(_) => (*sign, right),
                        _ => (turned(sign), left),
                    };
                    // What is absent is unlike every value.
                    if has_value || sign != "<>" {
                        self.narrow(&mut domain, sign, &[value], &ty);
                    }
                }
                Tree::Between(_, least, most) => {
                    self.narrow(&mut domain, ">=", &[least], &ty);
                    self.narrow(&mut domain, "<=", &[most], &ty);
                }
                Tree::OneOf(_, values) => {
                    self.narrow(&mut domain, "=", &values.iter().collect::<Vec<_>>(), &ty);
                }
                _ => {}
            }
        }
        Some(domain)
    }

    /// What a comparison with literals leaves; one of several is enough.
    fn narrow(&self, domain: &mut Domain, sign: &str, sides: &[&Side], ty: &TypeRef) {
        let values: Option<Vec<Value>> = sides.iter().map(|side| self.literal(side, ty)).collect();
        let Some(values) = values else { return };
        let texts: Vec<String> =
            values.iter().filter_map(|value| text(value).map(str::to_owned)).collect();
        match (&mut *domain, sign) {
            (Domain::Texts(left), "=") => left.retain(|one| texts.contains(one)),
            (Domain::Texts(left), "<>") => left.retain(|one| !texts.contains(one)),
            (Domain::Any, "=") if texts.len() == values.len() && self.is_text(ty) => {
                *domain = Domain::Texts(texts);
            }
            (Domain::Numbers(range), _) => {
                let [Value::Number(number)] = values.as_slice() else { return };
                let Some(number) = Decimal::parse(number) else { return };
                if ["=", ">=", ">"].contains(&sign) {
                    range.at_least(number, sign == ">");
                }
                if ["=", "<=", "<"].contains(&sign) {
                    range.at_most(number, sign == "<");
                }
            }
            _ => {}
        }
    }

    /// A value that the contract gives: a literal, or `:name` for a value of an enumeration.
    fn literal(&self, side: &Side, ty: &TypeRef) -> Option<Value> {
        match side {
            Side::Literal(value) => Some(value.clone()),
            Side::Named(name) => {
                let is_parameter =
                    self.binder.parameters().iter().any(|one| one.name.wire == *name);
                if is_parameter || self.binder.body_field(name).is_some() {
                    return None;
                }
                let listed = self.binder.choice(ty)?.variants.iter().any(|one| one.wire == *name);
                listed.then(|| Value::Text(name.clone()))
            }
            Side::Path(_) | Side::Size(_) => None,
        }
    }

    /// Plain text, which is stored as it is written.
    fn is_text(&self, ty: &TypeRef) -> bool {
        self.binder.types.scalar_of(ty) == Some(ScalarKind::String)
    }

    fn all_values(&self, ty: &TypeRef) -> Domain {
        if let Some(choice) = self.binder.choice(ty) {
            return Domain::Texts(choice.variants.iter().map(|one| one.wire.clone()).collect());
        }
        match self.binder.types.scalar_of(operand::not_null(ty)) {
            Some(kind) if kind.is_number() => Domain::Numbers(bounds(self.binder, ty)),
            _ => Domain::Any,
        }
    }

    /// A property of the items, and whether every item has it.
    fn property(&self, path: &[String]) -> Option<(TypeRef, bool)> {
        let types = self.binder.types;
        let mut ty = TypeRef::Named(self.binder.table.item);
        let mut required = true;
        for name in path {
            let fields = types.fields(types.id_of(operand::not_null(&ty))?)?;
            let (field, _) = fields.into_iter().find(|(field, _)| field.name.wire == *name)?;
            required &= field.required && !matches!(field.ty, TypeRef::Nullable(_));
            ty = field.ty.clone();
        }
        Some((ty, required))
    }

    /// Reports a change to a state that none of those may become that the condition leaves.
    fn check_states(&self, action: &BoundAction, tree: &Tree, condition: &Node) {
        let BoundAction::Update { changes, .. } = action else { return };
        let terms = conjuncts(tree);
        for change in changes {
            let Change::Set(name, Operand::Literal(value, ty)) = change else { continue };
            let (Some(to), Some(choice)) = (value.as_str(), self.binder.choice(ty)) else {
                continue;
            };
            let has_all =
                self.binder.types.id_of(ty).is_some_and(|id| self.binder.types.has_all_states(id));
            let Some(transitions) = choice.transitions.as_ref().filter(|_| has_all) else {
                continue;
            };
            let path = [name.wire.clone()];
            let Some(Domain::Texts(left)) = self.domain(&path, &terms) else { continue };
            let leads = |from: &String| {
                from == to
                    || transitions
                        .iter()
                        .any(|(one, next)| one == from && next.iter().any(|next| next == to))
            };
            let is_known = transitions.iter().any(|(_, next)| next.iter().any(|next| next == to));
            if is_known && !left.iter().any(leads) {
                let at = self
                    .binder
                    .node
                    .at(&["set", &name.wire])
                    .map_or(condition.span, |node| node.span);
                let report = fault::state_after_condition(at, &left, to, condition.span);
                self.binder.scope.sink.report(report);
            }
        }
    }
}

/// Reports an amount that takes every value of a number beyond its bounds.
fn check_sum(binder: &Binder<'_, '_>, change: &Change) {
    let Change::Add(name, Operand::Literal(amount, _)) = change else { return };
    let fields = binder.item_fields();
    let Some((field, _)) = fields.iter().find(|(field, _)| field.name == *name) else { return };
    let range = bounds(binder, &field.ty);
    let (Some((least, _)), Some((most, _))) = (range.least, range.most) else { return };
    let Some(amount) = Decimal::parse(&amount.to_string()) else { return };
    let Some(room) = most.checked_sub(least) else { return };
    if amount <= room && amount.negated() <= room {
        return;
    }
    let at = binder.node.at(&["add", &name.wire]).map_or(binder.node.span, |node| node.span);
    let why = format!("its values are from {least} to {most}");
    binder.scope.sink.report(fault::sum_out_of_range(at, &name.wire, &why, field.origin.span));
}

/// The terms that all must hold.
fn conjuncts(tree: &Tree) -> Vec<&Tree> {
    match tree {
        Tree::All(terms) => terms.iter().flat_map(conjuncts).collect(),
        tree => vec![tree],
    }
}

/// The property that a test compares.
fn path_of(tree: &Tree) -> Option<&[String]> {
    match tree {
        Tree::Compare(Side::Path(path), _, _)
        | Tree::Compare(_, _, Side::Path(path))
        | Tree::Between(Side::Path(path), _, _)
        | Tree::OneOf(Side::Path(path), _) => Some(path),
        _ => None,
    }
}

/// A comparison with its sides exchanged.
fn turned(sign: &str) -> &str {
    match sign {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        sign => sign,
    }
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// The bounds of a number.
fn bounds(binder: &Binder<'_, '_>, ty: &TypeRef) -> Range {
    let mut range = Range::default();
    let id = binder.types.id_of(operand::not_null(ty));
    if let Some(TypeKind::Newtype(Scalar { number, .. })) = id.and_then(|id| binder.types.kind(id))
    {
        let end =
            |bound: &crate::model::Bound| Some((Decimal::parse(&bound.value)?, bound.exclusive));
        range.least = number.minimum.as_ref().and_then(end);
        range.most = number.maximum.as_ref().and_then(end);
    }
    range
}
