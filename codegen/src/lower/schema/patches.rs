//! Types of merge patches (RFC 7396): what a patch leaves out stays as it is, so that no default is filled in.
//!
//! Owns which types such a body needs of its own. What merging does is a matter of the runtime.

use std::collections::{BTreeMap, BTreeSet};

use super::Types;
use super::finish::{named_in, uses, uses_mut};
use crate::diag::catalog::schema as fault;
use crate::model::{Field, TypeId, TypeKind, TypeRef};

impl Types<'_> {
    /// Gives merge patches types without defaults. `others` are all uses that fill them in: a type that is among those too
    /// gets a second form, and any other loses its defaults.
    pub(crate) fn leave_out_defaults(
        &mut self,
        mut patches: Vec<&mut TypeRef>,
        others: Vec<TypeRef>,
    ) {
        let roots = patches.iter().flat_map(|ty| merged_in(ty)).collect();
        let merged = self.reached(roots, merged_in);
        let differing = self.with_defaults(&merged);
        if differing.is_empty() {
            return;
        }
        // The items of a list are replaced as a whole, and so have their defaults.
        let within = merged.iter().filter_map(|id| self.slots[id.0].kind.as_ref()).flat_map(uses);
        let items = within.chain(patches.iter().map(|ty| &**ty)).flat_map(replaced_in);
        let whole = others.iter().flat_map(named_in).chain(items).collect();
        let whole = self.reached(whole, named_in);
        let mut forms: BTreeMap<TypeId, TypeId> = BTreeMap::new();
        for id in &differing {
            let form = match whole.contains(id) {
                false => *id,
                true => {
                    let mut slot = self.slots[id.0].clone();
                    slot.wanted.push_str("Patch");
                    slot.named = false;
                    self.slots.push(slot);
                    TypeId(self.slots.len() - 1)
                }
            };
            forms.insert(*id, form);
        }
        for (id, form) in &forms {
            if id == form {
                self.report_defaults(*id);
            }
            let Some(kind) = &mut self.slots[form.0].kind else { continue };
            uses_mut(kind).into_iter().for_each(|ty| in_patch(ty, &forms));
            if let TypeKind::Struct(object) = kind {
                object.fields.iter_mut().filter(|field| has_fallback(field)).for_each(|field| {
                    field.default = None;
                });
            }
        }
        patches.iter_mut().for_each(|ty| in_patch(ty, &forms));
    }

    /// The types that uses lead to.
    pub(super) fn reached(
        &self,
        mut open: Vec<TypeId>,
        next: impl Fn(&TypeRef) -> Vec<TypeId>,
    ) -> BTreeSet<TypeId> {
        let mut found = BTreeSet::new();
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(self.slots[id.0].kind.iter().flat_map(uses).flat_map(&next));
            }
        }
        found
    }

    /// Those of the types that have a default somewhere in them.
    fn with_defaults(&self, among: &BTreeSet<TypeId>) -> BTreeSet<TypeId> {
        let mut leading: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
        let mut open: Vec<TypeId> = vec![];
        for id in among {
            let kind = self.slots[id.0].kind.as_ref();
            for target in kind.into_iter().flat_map(uses).flat_map(merged_in) {
                leading.entry(target).or_default().push(*id);
            }
            if let Some(TypeKind::Struct(object)) = kind
                && object.fields.iter().any(has_fallback)
            {
                open.push(*id);
            }
        }
        let mut found = BTreeSet::new();
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(leading.get(&id).into_iter().flatten());
            }
        }
        found
    }

    /// Says of the defaults that only patches have that nothing is filled in.
    fn report_defaults(&self, id: TypeId) {
        let Some(TypeKind::Struct(object)) = &self.slots[id.0].kind else { return };
        for field in object.fields.iter().filter(|field| has_fallback(field)) {
            // One that a schema of other uses has is filled in there.
            let schema = self.slots[id.0].node.at(&["properties", &field.name.wire]);
            if let Some(default) = schema.and_then(|schema| schema.get("default")) {
                self.scope.sink.report(fault::patch_default(default.span, &field.name.wire));
            }
        }
    }
}

fn has_fallback(field: &Field) -> bool {
    field.fallback().is_some()
}

/// The types that a patch is merged by: not those of items, which are replaced with their list.
fn merged_in(ty: &TypeRef) -> Vec<TypeId> {
    match ty {
        TypeRef::List(_) => vec![],
        TypeRef::Map(map) => merged_in(&map.value),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => merged_in(inner),
        TypeRef::Named(_) | TypeRef::Scalar(_) | TypeRef::Json => named_in(ty),
    }
}

/// The types that stand in lists.
fn replaced_in(ty: &TypeRef) -> Vec<TypeId> {
    match ty {
        TypeRef::List(list) => named_in(&list.item),
        TypeRef::Map(map) => replaced_in(&map.value),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => replaced_in(inner),
        TypeRef::Named(_) | TypeRef::Scalar(_) | TypeRef::Json => vec![],
    }
}

/// Makes a use one of a patch.
fn in_patch(ty: &mut TypeRef, forms: &BTreeMap<TypeId, TypeId>) {
    match ty {
        TypeRef::Named(id) => *id = forms.get(id).copied().unwrap_or(*id),
        TypeRef::Map(map) => in_patch(&mut map.value, forms),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => in_patch(inner, forms),
        TypeRef::List(_) | TypeRef::Scalar(_) | TypeRef::Json => {}
    }
}
