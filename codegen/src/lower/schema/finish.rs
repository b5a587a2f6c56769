//! The last steps of a service's types, when all are there: boxes, request forms and names.

use std::collections::{BTreeMap, BTreeSet};

use super::plain::{Definitions, Way};
use super::{Access, Types};
use crate::diag::catalog::schema as fault;
use crate::lower::names::{self, Unique};
use crate::model::{Additional, Name, StructType, TypeDef, TypeId, TypeKind, TypeRef};

/// The types of a service, complete.
pub(crate) struct Finished {
    pub(crate) types: Vec<TypeDef>,
    /// The request form of each type that has one.
    forms: BTreeMap<TypeId, TypeId>,
    /// The schemas that types do not express.
    pub(crate) schemas: BTreeMap<String, serde_json::Value>,
}

/// What is checked before types are read.
struct Checks {
    /// The schema of each type, by its place.
    names: Vec<Option<String>>,
    schemas: BTreeMap<String, serde_json::Value>,
}

impl Finished {
    /// A use of a type in a request.
    pub(crate) fn requested(&self, ty: &TypeRef) -> TypeRef {
        in_form(ty, &self.forms)
    }
}

impl Types<'_> {
    /// Completes the types. `requests` are those that requests use, `stored` those that tables and events use,
    /// which have only one form. `None` when a type is missing, which has been reported.
    pub(crate) fn finish(
        mut self,
        requests: &[TypeRef],
        stored: &[TypeId],
        kept: Vec<String>,
    ) -> Option<Finished> {
        let is_finite = self.check_finite();
        self.open_endless_lists();
        self.drop_endless_defaults();
        self.judge_claims();
        self.check_stored(stored);
        self.place_boxes();
        let forms = self.request_forms(requests);
        self.drop_write_only();
        if !is_finite {
            return None;
        }
        let checks = self.checks(&forms);
        let names = self.names(&forms, kept);
        let form_of: BTreeMap<TypeId, TypeId> =
            forms.iter().map(|(base, form)| (*form, *base)).collect();
        let mut types = vec![];
        for (at, (slot, name)) in self.slots.iter().zip(names).enumerate() {
            let origin = self.origin(slot.node);
            types.push(TypeDef {
                name,
                docs: slot.docs.clone(),
                origin,
                kind: slot.kind.clone()?,
                sensitive: slot.sensitive,
                example: self.fitting_example(slot.node),
                request_form_of: form_of.get(&TypeId(at)).copied(),
                schema: checks.names[at].clone(),
            });
        }
        Some(Finished { types, forms, schemas: checks.schemas })
    }

    /// The schemas that types do not express, and which of them each type is checked against.
    fn checks(&self, forms: &BTreeMap<TypeId, TypeId>) -> Checks {
        let of_form: BTreeSet<TypeId> = forms.values().copied().collect();
        let mut definitions = Definitions::new(self.scope);
        let mut names = vec![];
        for (at, slot) in self.slots.iter().enumerate() {
            let way = if of_form.contains(&TypeId(at)) { Way::Sent } else { Way::Answered };
            let is_checked = !slot.check.is_empty();
            names.push(is_checked.then(|| definitions.add(&slot.check, &slot.wanted, way)));
        }
        Checks { names, schemas: definitions.finish() }
    }

    /// A list or map that holds nothing but itself has no type in Rust: it is any value, and its schema decides.
    fn open_endless_lists(&mut self) {
        let named = |kind: &TypeKind| match kind {
            TypeKind::Alias(ty) => named_in(ty),
            _ => vec![],
        };
        for id in self.on_circles(named) {
            let slot = &mut self.slots[id.0];
            slot.kind = Some(TypeKind::Alias(TypeRef::Json));
            slot.check.clone_from(&slot.roots);
        }
    }

    /// The types that lead back to themselves, and those between such; `next` tells where a type leads.
    pub(super) fn on_circles(&self, next: impl Fn(&TypeKind) -> Vec<TypeId>) -> BTreeSet<TypeId> {
        let ahead: Vec<Vec<TypeId>> = self
            .slots
            .iter()
            .map(|slot| slot.kind.as_ref().map(&next).unwrap_or_default())
            .collect();
        let mut behind = vec![vec![]; ahead.len()];
        for (at, targets) in ahead.iter().enumerate() {
            targets.iter().for_each(|id| behind[id.0].push(TypeId(at)));
        }
        let mut left: BTreeSet<TypeId> = (0..ahead.len()).map(TypeId).collect();
        for (forth, back) in [(&ahead, &behind), (&behind, &ahead)] {
            // Whatever leads to nothing that is left is on no circle, and so on back along the way.
            let n_left = |id: &TypeId, left: &BTreeSet<TypeId>| {
                forth[id.0].iter().filter(|id| left.contains(id)).count()
            };
            let mut n: Vec<usize> = (0..forth.len()).map(|at| n_left(&TypeId(at), &left)).collect();
            let mut ends: Vec<TypeId> = left.iter().copied().filter(|id| n[id.0] == 0).collect();
            while let Some(end) = ends.pop() {
                left.remove(&end);
                for id in back[end.0].iter().filter(|id| left.contains(id)) {
                    n[id.0] -= 1;
                    if n[id.0] == 0 {
                        ends.push(*id);
                    }
                }
            }
        }
        left
    }

    /// What is stored or sent as an event has one form, so a property that only requests have would be lost.
    fn check_stored(&self, stored: &[TypeId]) {
        let mut seen = BTreeSet::new();
        let mut open = stored.to_vec();
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let slot = &self.slots[id.0];
            if let Some(TypeKind::Struct(kind)) = &slot.kind {
                for (field, _) in
                    kind.fields.iter().zip(&slot.access).filter(|(_, a)| **a == Access::Write)
                {
                    self.scope
                        .sink
                        .report(fault::write_only_stored(field.origin.span, &field.name.wire));
                }
            }
            open.extend(slot.kind.iter().flat_map(uses).flat_map(named_in));
        }
    }

    /// Puts a box wherever a type would otherwise hold itself without end.
    fn place_boxes(&mut self) {
        let direct = |kind: &TypeKind| uses(kind).into_iter().filter_map(held).collect();
        for TypeId(at) in self.on_circles(direct) {
            let n_uses = self.slots[at].kind.as_ref().map_or(0, |kind| uses(kind).len());
            for nth in 0..n_uses {
                let direct = self.slots[at].kind.as_ref().and_then(|kind| held(uses(kind)[nth]));
                let Some(target) = direct else { continue };
                if !self.holds(target, TypeId(at)) {
                    continue;
                }
                let kind = self.slots[at].kind.as_mut();
                if let Some(ty) = kind.and_then(|kind| uses_mut(kind).into_iter().nth(nth)) {
                    boxed(ty);
                }
            }
        }
    }

    /// Whether a type holds another one in itself, not by way of a list, a map or a box.
    fn holds(&self, outer: TypeId, inner: TypeId) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![outer];
        while let Some(id) = open.pop() {
            if id == inner {
                return true;
            }
            if seen.insert(id) {
                open.extend(self.slots[id.0].kind.iter().flat_map(uses).filter_map(held));
            }
        }
        false
    }

    /// Makes the request forms of all types that requests use and that differ there.
    fn request_forms(&mut self, requests: &[TypeRef]) -> BTreeMap<TypeId, TypeId> {
        let differs = self.one_way();
        let mut needed = BTreeSet::new();
        let mut open: Vec<TypeId> = requests.iter().flat_map(named_in).collect();
        while let Some(id) = open.pop() {
            if differs.contains(&id) && needed.insert(id) {
                open.extend(self.slots[id.0].kind.iter().flat_map(uses).flat_map(named_in));
            }
        }
        let first = self.slots.len();
        let forms: BTreeMap<TypeId, TypeId> =
            needed.iter().zip(first..).map(|(base, form)| (*base, TypeId(form))).collect();
        for base in forms.keys() {
            let mut slot = self.slots[base.0].clone();
            if let Some(kind) = &mut slot.kind {
                if let TypeKind::Struct(kind) = kind {
                    keep(kind, &slot.access, Access::Read);
                }
                uses_mut(kind).into_iter().for_each(|ty| *ty = in_form(ty, &forms));
            }
            slot.access.clear();
            self.slots.push(slot);
        }
        forms
    }

    /// The types that have, somewhere in them, a property that travels one way only.
    fn one_way(&self) -> BTreeSet<TypeId> {
        let mut found: BTreeSet<TypeId> = self
            .slots
            .iter()
            .enumerate()
            .filter(|(_, slot)| slot.access.iter().any(|access| *access != Access::Both))
            .map(|(at, _)| TypeId(at))
            .collect();
        loop {
            let before = found.len();
            for (at, slot) in self.slots.iter().enumerate() {
                if slot.kind.iter().flat_map(uses).flat_map(named_in).any(|id| found.contains(&id))
                {
                    found.insert(TypeId(at));
                }
            }
            if found.len() == before {
                return found;
            }
        }
    }

    fn drop_write_only(&mut self) {
        for slot in &mut self.slots {
            if let Some(TypeKind::Struct(kind)) = &mut slot.kind {
                keep(kind, &slot.access, Access::Write);
            }
        }
    }

    /// A name for each type: first those that the contracts name, then those named after their place.
    fn names(&self, forms: &BTreeMap<TypeId, TypeId>, kept: Vec<String>) -> Vec<Name> {
        let base_of: BTreeMap<usize, usize> =
            forms.iter().map(|(base, form)| (form.0, base.0)).collect();
        let mut unique = Unique::default();
        kept.into_iter().for_each(|name| unique.keep(name));
        let mut given: Vec<Option<Name>> = vec![None; self.slots.len()];
        for named in [true, false] {
            for (at, slot) in self.slots.iter().enumerate() {
                if slot.named == named && !base_of.contains_key(&at) {
                    let wire =
                        if named { slot.wanted.clone() } else { names::joined(&[&slot.wanted]) };
                    given[at] = Some(unique.among(&wire, &names::type_name(&slot.wanted)));
                }
            }
        }
        for (form, base) in base_of {
            let base = given[base].as_ref().map_or("", |name| name.pascal.as_str());
            let wanted = format!("{base}Request");
            given[form] = Some(unique.name(&wanted));
        }
        given.into_iter().map(|name| name.unwrap_or_else(|| names::name(""))).collect()
    }
}

/// Leaves out the fields of one way; read-only ones are remembered as such that a client may send.
fn keep(kind: &mut StructType, access: &[Access], left_out: Access) {
    let fields = std::mem::take(&mut kind.fields);
    for (at, field) in fields.into_iter().enumerate() {
        if access.get(at) != Some(&left_out) {
            kind.fields.push(field);
        } else if left_out == Access::Read {
            kind.ignored.push(field.name.wire);
        }
    }
}

/// The uses of types in a type.
pub(super) fn uses(kind: &TypeKind) -> Vec<&TypeRef> {
    match kind {
        TypeKind::Alias(ty) => vec![ty],
        TypeKind::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::Struct(kind) => {
            let additional = match &kind.additional {
                Additional::Typed(ty) => Some(ty),
                Additional::Open | Additional::Refused => None,
            };
            kind.fields.iter().map(|field| &field.ty).chain(additional).collect()
        }
        TypeKind::Enum(_) | TypeKind::Newtype(_) => vec![],
    }
}

pub(super) fn uses_mut(kind: &mut TypeKind) -> Vec<&mut TypeRef> {
    match kind {
        TypeKind::Alias(ty) => vec![ty],
        TypeKind::Union(union) => {
            union.variants.iter_mut().map(|variant| &mut variant.ty).collect()
        }
        TypeKind::Struct(kind) => {
            let additional = match &mut kind.additional {
                Additional::Typed(ty) => Some(ty),
                Additional::Open | Additional::Refused => None,
            };
            kind.fields.iter_mut().map(|field| &mut field.ty).chain(additional).collect()
        }
        TypeKind::Enum(_) | TypeKind::Newtype(_) => vec![],
    }
}

/// The types that a use names, however deep.
pub(super) fn named_in(ty: &TypeRef) -> Vec<TypeId> {
    match ty {
        TypeRef::Named(id) => vec![*id],
        TypeRef::List(list) => named_in(&list.item),
        TypeRef::Map(map) => named_in(&map.value),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => named_in(inner),
        TypeRef::Scalar(_) | TypeRef::Json => vec![],
    }
}

/// The type that a use holds in itself.
pub(super) fn held(ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) => Some(*id),
        TypeRef::Nullable(inner) => held(inner),
        _ => None,
    }
}

fn boxed(ty: &mut TypeRef) {
    match ty {
        TypeRef::Nullable(inner) => boxed(inner),
        ty => *ty = TypeRef::Boxed(Box::new(ty.clone())),
    }
}

/// The same use with request forms where there are any.
fn in_form(ty: &TypeRef, forms: &BTreeMap<TypeId, TypeId>) -> TypeRef {
    match ty {
        TypeRef::Named(id) => TypeRef::Named(forms.get(id).copied().unwrap_or(*id)),
        TypeRef::Nullable(inner) => TypeRef::Nullable(Box::new(in_form(inner, forms))),
        TypeRef::Boxed(inner) => TypeRef::Boxed(Box::new(in_form(inner, forms))),
        TypeRef::List(list) => {
            let mut list = list.clone();
            list.item = in_form(&list.item, forms);
            TypeRef::List(list)
        }
        TypeRef::Map(map) => {
            let mut map = map.clone();
            map.value = in_form(&map.value, forms);
            TypeRef::Map(map)
        }
        TypeRef::Scalar(_) | TypeRef::Json => ty.clone(),
    }
}
