//! What no client changes: keys, versions, and what only the service sets, within an item too.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::super::schema::Access;
use super::{Binder, operand};
use crate::diag::catalog::bindings as fault;
use crate::model::{Body, BoundAction, Field, TypeId, TypeKind, TypeRef};

/// A property that no client sets, in an object within the item.
struct Lost<'f> {
    /// The keys that lead to it, as steps of a pointer; `*` for elements and any keys.
    path: String,
    field: &'f Field,
}

/// An object within the item.
struct Inner {
    ty: TypeId,
    path: String,
    /// Whether it stands in a list, which even a patch replaces as a whole.
    is_listed: bool,
}

impl<'b> Binder<'_, 'b> {
    /// Reports that a write of whole objects loses what only the service sets within them.
    pub(super) fn check_nested(&self, action: &BoundAction) -> Option<()> {
        let is_patch = matches!(action, BoundAction::Patch { .. });
        let is_new = matches!(action, BoundAction::Create { .. });
        let replaces = matches!(
            action,
            BoundAction::Put { .. } | BoundAction::Upsert { .. } | BoundAction::Replace { .. }
        );
        if !(is_patch || is_new || replaces) {
            return Some(());
        }
        let mut sound = true;
        for lost in self.all_lost(is_patch) {
            let is_missed = lost.field.required && lost.field.default.is_none();
            if is_new && !is_missed {
                continue;
            }
            let (path, place) = (&lost.path, lost.field.origin.span);
            let report = fault::nested_lost(self.span(), self.action, path, is_missed, place);
            self.scope.sink.report(report);
            sound &= !is_missed;
        }
        sound.then_some(())
    }

    /// What only the service sets within the item, each property once; of a patch, what is in lists that it has.
    fn all_lost(&self, is_patch: bool) -> Vec<Lost<'b>> {
        let sent = self.draft.operation.body.as_ref().and_then(Body::json);
        let sent = sent.and_then(|body| self.types.fields(self.types.id_of(&body.ty)?));
        let is_sent = |field: &Field| {
            sent.as_ref().is_none_or(|all| all.iter().any(|(one, _)| one.name == field.name))
        };
        let (mut open, mut lost) = (VecDeque::new(), vec![]);
        for (field, access) in self.item_fields() {
            if access != Access::Read && (!is_patch || is_sent(field)) {
                let path = scalars::pointer::escape(&field.name.wire).into_owned();
                self.find_inner(&field.ty, path, false, &mut vec![], &mut open);
            }
        }
        let mut known = BTreeSet::new();
        while let Some(inner) = open.pop_front() {
            if !known.insert((inner.ty, is_patch && inner.is_listed)) {
                continue;
            }
            for (field, access) in self.types.fields(inner.ty).into_iter().flatten() {
                let path = format!("{}/{}", inner.path, scalars::pointer::escape(&field.name.wire));
                match access {
                    Access::Read if inner.is_listed || !is_patch => lost.push(Lost { path, field }),
                    Access::Read => {}
                    _ => self.find_inner(&field.ty, path, inner.is_listed, &mut vec![], &mut open),
                }
            }
        }
        lost
    }

    /// The objects that a use leads to, through lists, maps and unions.
    fn find_inner(
        &self,
        ty: &TypeRef,
        path: String,
        is_listed: bool,
        within: &mut Vec<TypeId>,
        found: &mut VecDeque<Inner>,
    ) {
        match ty {
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                self.find_inner(inner, path, is_listed, within, found);
            }
            TypeRef::List(list) => {
                self.find_inner(&list.item, format!("{path}/*"), true, within, found);
            }
            TypeRef::Map(map) => {
                self.find_inner(&map.value, format!("{path}/*"), is_listed, within, found);
            }
            TypeRef::Named(ty) if !within.contains(ty) => match self.types.kind(*ty) {
                Some(TypeKind::Struct(_)) => {
                    found.push_back(Inner { ty: *ty, path, is_listed });
                }
                Some(TypeKind::Alias(inner)) => {
                    self.find_inner(inner, path, is_listed, within, found);
                }
                Some(TypeKind::Union(union)) => {
                    within.push(*ty);
                    for variant in &union.variants {
                        self.find_inner(&variant.ty, path.clone(), is_listed, within, found);
                    }
                    within.pop();
                }
                _ => {}
            },
            TypeRef::Named(_) | TypeRef::Scalar(_) | TypeRef::Json => {}
        }
    }

    /// What a patch may not name, as pointers without their first slash.
    pub(super) fn fixed(&self) -> Vec<String> {
        let mut found = vec![];
        let leading = self.leading_to_fixed();
        self.find_fixed(self.table.item, "", &leading, &mut vec![], &mut found);
        found
    }

    /// The objects within the item that have a property which only the service sets, or lead to one: others need not be
    /// looked at on each of the ways to them.
    fn leading_to_fixed(&self) -> BTreeSet<TypeId> {
        let inner = |field: &Field| self.types.id_of(operand::not_null(&field.ty));
        let (mut known, mut open) = (BTreeSet::from([self.table.item]), vec![self.table.item]);
        let (mut leading, mut above) = (BTreeSet::new(), BTreeMap::<TypeId, Vec<TypeId>>::new());
        while let Some(object) = open.pop() {
            for (field, access) in self.types.fields(object).into_iter().flatten() {
                if access == Access::Read {
                    leading.insert(object);
                } else if let Some(inner) = inner(field) {
                    above.entry(inner).or_default().push(object);
                    open.extend(known.insert(inner).then_some(inner));
                }
            }
        }
        open.extend(&leading);
        while let Some(object) = open.pop() {
            let above = above.get(&object).into_iter().flatten();
            open.extend(above.filter(|one| leading.insert(**one)));
        }
        leading
    }

    fn find_fixed(
        &self,
        object: TypeId,
        before: &str,
        leading: &BTreeSet<TypeId>,
        within: &mut Vec<TypeId>,
        found: &mut Vec<String>,
    ) {
        let Some(fields) = self.types.fields(object).filter(|_| !within.contains(&object)) else {
            return;
        };
        within.push(object);
        for (field, access) in fields {
            let path = format!("{before}{}", scalars::pointer::escape(&field.name.wire));
            let is_own = within.len() == 1 && (field.version || self.is_key(&field.name));
            if is_own || access == Access::Read {
                found.push(path);
            } else if let Some(inner) = self.types.id_of(operand::not_null(&field.ty))
                && leading.contains(&inner)
            {
                self.find_fixed(inner, &format!("{path}/"), leading, within, found);
            }
        }
        within.pop();
    }
}
