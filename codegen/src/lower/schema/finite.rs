//! Types that no value is finite of: one that requires itself, and a union that is nothing but itself.

use std::collections::BTreeSet;

use super::Types;
use crate::diag::catalog::schema as fault;
use crate::model::{TypeId, TypeKind, TypeRef};

impl Types<'_> {
    /// Reports the types without a finite value, the first of each circle. True if it reported nothing.
    pub(super) fn check_finite(&self) -> bool {
        let mut finite: BTreeSet<TypeId> = BTreeSet::new();
        let made = || (0..self.slots.len()).map(TypeId);
        loop {
            let before = finite.len();
            let ends = |id: &TypeId| {
                let kind = self.slots[id.0].kind.as_ref();
                kind.is_none_or(|kind| ends(kind, &finite))
            };
            let found: Vec<TypeId> =
                made().filter(|id| !finite.contains(id)).filter(ends).collect();
            finite.extend(found);
            if finite.len() == before {
                break;
            }
        }
        let endless: Vec<TypeId> = made().filter(|id| !finite.contains(id)).collect();
        for id in &endless {
            let slot = &self.slots[id.0];
            if slot.named {
                self.scope.sink.report(fault::no_finite_value(slot.node.span, &slot.wanted));
            }
        }
        endless.is_empty() & self.check_circles()
    }

    /// Reports unions and names that lead to themselves without a part in between: reading one would never end.
    fn check_circles(&self) -> bool {
        let direct = |kind: &TypeKind| match kind {
            TypeKind::Union(union) => {
                union.variants.iter().filter_map(|variant| itself(&variant.ty)).collect()
            }
            TypeKind::Alias(ty) => itself(ty).into_iter().collect(),
            _ => vec![],
        };
        let circles = self.on_circles(direct);
        for id in &circles {
            self.scope.sink.report(fault::contains_itself(self.slots[id.0].node.span));
        }
        circles.is_empty()
    }
}

/// Whether a type has a finite value, given those that are known to have one.
fn ends(kind: &TypeKind, finite: &BTreeSet<TypeId>) -> bool {
    match kind {
        TypeKind::Enum(_) | TypeKind::Newtype(_) => true,
        TypeKind::Alias(ty) => use_ends(ty, finite),
        TypeKind::Union(union) => union.variants.iter().any(|one| use_ends(&one.ty, finite)),
        TypeKind::Struct(object) => {
            let mut required = object.fields.iter().filter(|field| field.required);
            required.all(|field| use_ends(&field.ty, finite))
        }
    }
}

fn use_ends(ty: &TypeRef, finite: &BTreeSet<TypeId>) -> bool {
    match ty {
        TypeRef::Scalar(_) | TypeRef::Json | TypeRef::Nullable(_) => true,
        TypeRef::Named(id) => finite.contains(id),
        TypeRef::Boxed(inner) => use_ends(inner, finite),
        TypeRef::List(list) => list.min_items.unwrap_or(0) == 0 || use_ends(&list.item, finite),
        TypeRef::Map(map) => map.min_properties.unwrap_or(0) == 0 || use_ends(&map.value, finite),
    }
}

/// The type that a use is, not one that it holds.
fn itself(ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) => Some(*id),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => itself(inner),
        _ => None,
    }
}
