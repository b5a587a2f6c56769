//! What an update adds to a number, and what it leaves unchecked: no update may store what the contract refuses, because
//! such an item is never read again.

use scalars::Decimal;

use super::{Binder, operand};
use crate::diag::catalog::bindings as fault;
use crate::model::{Change, Field, NumberRules, Operand, ScalarKind, TypeKind, TypeRef};
use crate::parse::{Node, Value};

impl Binder<'_, '_> {
    /// What is added to a number.
    pub(super) fn amount(&self, node: &Node, field: &Field) -> Option<Operand> {
        let (name, place) = (&field.name.wire, field.origin.span);
        let scalar = self.types.scalar_of(&field.ty);
        let Some(scalar) = scalar.filter(|scalar| scalar.is_number()) else {
            self.scope.sink.report(fault::added_to_other_type(node.span, name, place));
            return None;
        };
        if let Some((why, help)) = self.breaks_with_sums(field) {
            self.scope.sink.report(fault::sum_refused(node.span, name, why, help, place));
            return None;
        }
        let (amount, step) = match node.text().and_then(|text| text.strip_prefix(':')) {
            Some(text) => {
                let (amount, own, is_there) = self.named(text, None, node.span)?;
                let kind = self.types.scalar_of(&own);
                let fits = kind.is_some_and(|kind| match scalar.is_integer() {
                    true => kind.is_integer(),
                    false => kind.is_number(),
                });
                if !fits || !is_there {
                    let found = format!(":{text}");
                    self.scope.sink.report(fault::bad_amount(node.span, &found, name, place));
                    return None;
                }
                (amount, self.numbers(&own).and_then(|rules| rules.multiple_of.clone()))
            }
            None => {
                let Value::Number(number) = &node.value else {
                    let found = node.text().unwrap_or_default();
                    self.scope.sink.report(fault::bad_amount(node.span, found, name, place));
                    return None;
                };
                let kind =
                    if scalar.is_integer() { ScalarKind::Int64 } else { ScalarKind::Decimal };
                let ty = TypeRef::Scalar(kind);
                let amount = self.literal(&node.value, &ty, node.span, fault::bad_value)?;
                (amount, Some(number.clone()))
            }
        };
        self.check_step(node, field, step.as_deref())?;
        Some(amount)
    }

    /// The rules of a number.
    fn numbers(&self, ty: &TypeRef) -> Option<&NumberRules> {
        let id = self.types.id_of(operand::not_null(ty))?;
        match self.types.kind(id)? {
            TypeKind::Newtype(scalar) => Some(&scalar.number),
            _ => None,
        }
    }

    /// Why sums may be numbers that a property does not accept, whatever is added, and what to do about it.
    fn breaks_with_sums(&self, field: &Field) -> Option<(&'static str, &'static str)> {
        if matches!(field.ty, TypeRef::Nullable(_)) {
            return Some(("it may be null", "leave out `null`: an absent number counts as 0"));
        }
        let is_listed = self.numbers(&field.ty).is_some_and(|rules| !rules.one_of.is_empty());
        let id = self.types.id_of(&field.ty);
        if is_listed || id.is_some_and(|id| self.types.is_judged(id)) {
            let why = "it accepts only some numbers between its bounds";
            return Some((why, "use `minimum` and `maximum`, which are checked, or `set`"));
        }
        None
    }

    /// Whether all that is added is a multiple of what the property must be a multiple of.
    fn check_step(&self, node: &Node, field: &Field, added: Option<&str>) -> Option<()> {
        let of = self.numbers(&field.ty).and_then(|rules| rules.multiple_of.as_deref());
        let Some(of) = of else { return Some(()) };
        let step = Decimal::parse(of);
        let added = added.and_then(Decimal::parse);
        if step.is_some_and(|step| added.is_some_and(|added| added.is_multiple_of(step))) {
            return Some(());
        }
        let (name, place) = (&field.name.wire, field.origin.span);
        self.scope.sink.report(fault::sum_no_multiple(node.span, name, of, place));
        None
    }

    /// Reports rules across the properties of the items, which no update checks.
    pub(super) fn check_across(&self, changes: &[Change]) {
        let Some(TypeKind::Struct(item)) = self.types.kind(self.table.item) else { return };
        let removes = changes.iter().any(|change| matches!(change, Change::Remove(_)));
        let adds = changes.iter().any(|change| {
            let field = item.fields.iter().find(|field| field.name == *change.name());
            !matches!(change, Change::Remove(_)) && field.is_some_and(|field| !field.required)
        });
        let counts =
            (removes && item.min_properties.is_some()) || (adds && item.max_properties.is_some());
        if counts || self.types.is_judged(self.table.item) {
            let place = self.types.node(self.table.item).span;
            let report = fault::rules_unchecked(self.span(), self.action, self.item, place);
            self.scope.sink.report(report);
        }
    }
}
