//! Defaults that lead back to themselves: reading one fills in another one, and so on without end.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::Types;
use crate::diag::catalog::schema as fault;
use crate::model::{Additional, StructType, TypeId, TypeKind, TypeRef};

/// A property that is filled in: its object, and its place there.
type Fill = (TypeId, usize);

/// How many names may lead to one another within a value.
const MAX_NAMES: usize = 100;

impl Types<'_> {
    /// Takes away the defaults that lead back to themselves.
    pub(super) fn drop_endless_defaults(&mut self) {
        let endless = self.endless();
        for (id, at) in endless {
            let Some(TypeKind::Struct(object)) = &mut self.slots[id.0].kind else { continue };
            let field = &mut object.fields[at];
            field.default = None;
            let (place, name) = (field.origin.span, field.name.wire.clone());
            let at = self.default_of(place).unwrap_or(place);
            self.scope.sink.report(fault::endless_default(at, &name));
        }
    }

    fn endless(&self) -> BTreeSet<Fill> {
        let mut leads: BTreeMap<Fill, BTreeSet<Fill>> = BTreeMap::new();
        for (at, slot) in self.slots.iter().enumerate() {
            let Some(TypeKind::Struct(object)) = &slot.kind else { continue };
            for (nth, field) in object.fields.iter().enumerate() {
                if let Some(default) = field.default.as_ref().filter(|_| !field.required) {
                    let mut next = BTreeSet::new();
                    self.filled(default, &field.ty, MAX_NAMES, &mut next);
                    leads.insert((TypeId(at), nth), next);
                }
            }
        }
        // Whatever leads to nothing that is left comes to an end.
        loop {
            let left: BTreeSet<Fill> = leads.keys().copied().collect();
            leads.retain(|_, next| next.iter().any(|fill| left.contains(fill)));
            if leads.len() == left.len() {
                break;
            }
        }
        let on_circle = |fill: &Fill| {
            let (mut open, mut seen) = (vec![*fill], BTreeSet::new());
            while let Some(next) = open.pop().and_then(|one| leads.get(&one)) {
                if next.contains(fill) {
                    return true;
                }
                open.extend(
                    next.iter().filter(|one| leads.contains_key(one) && seen.insert(**one)),
                );
            }
            false
        };
        leads.keys().copied().filter(on_circle).collect()
    }

    /// The properties that are filled in where a value is read.
    fn filled(&self, value: &Json, ty: &TypeRef, n_names: usize, found: &mut BTreeSet<Fill>) {
        let Some(n_names) = n_names.checked_sub(1) else { return };
        match (ty, value) {
            (TypeRef::Boxed(inner) | TypeRef::Nullable(inner), _) => {
                self.filled(value, inner, n_names, found);
            }
            (TypeRef::List(list), Json::Array(items)) => {
                items.iter().for_each(|item| self.filled(item, &list.item, MAX_NAMES, found));
            }
            (TypeRef::Map(map), Json::Object(members)) => {
                members.values().for_each(|one| self.filled(one, &map.value, MAX_NAMES, found));
            }
            (TypeRef::Named(id), _) => match self.slots[id.0].kind.as_ref() {
                Some(TypeKind::Alias(ty)) => self.filled(value, ty, n_names, found),
                Some(TypeKind::Union(union)) => {
                    let types = union.variants.iter().map(|variant| &variant.ty);
                    types.for_each(|ty| self.filled(value, ty, n_names, found));
                }
                Some(TypeKind::Struct(object)) => self.filled_in(*id, object, value, found),
                _ => {}
            },
            _ => {}
        }
    }

    fn filled_in(&self, id: TypeId, object: &StructType, value: &Json, found: &mut BTreeSet<Fill>) {
        let Json::Object(members) = value else { return };
        for (at, field) in object.fields.iter().enumerate() {
            match members.get(&field.name.wire) {
                Some(value) => self.filled(value, &field.ty, MAX_NAMES, found),
                None if field.default.is_some() && !field.required => _ = found.insert((id, at)),
                None => {}
            }
        }
        if let Additional::Typed(ty) = &object.additional {
            let is_other = |name: &str| object.fields.iter().all(|field| field.name.wire != name);
            let others = members.iter().filter(|(name, _)| is_other(name));
            others.for_each(|(_, value)| self.filled(value, ty, MAX_NAMES, found));
        }
    }
}
