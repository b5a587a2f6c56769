//! What no client changes: keys, versions, and what only the service sets, in objects within an item too.

use std::collections::{BTreeMap, BTreeSet};

use super::super::schema::Access;
use super::{Binder, operand};
use crate::diag::catalog::bindings as fault;
use crate::model::{BoundAction, Field, TypeId};

/// A property that no client sets.
struct Fixed<'f> {
    /// The keys that lead to it, as steps of a pointer.
    path: String,
    /// How deep it is within objects.
    depth: usize,
    field: &'f Field,
}

impl<'b> Binder<'_, 'b> {
    /// What a patch may not name, as pointers without their first slash.
    pub(super) fn fixed(&self) -> Vec<String> {
        self.all_fixed().into_iter().map(|fixed| fixed.path).collect()
    }

    /// Reports that a write of whole objects loses what only the service sets within them.
    pub(super) fn check_nested(&self, action: &BoundAction) -> Option<()> {
        let replaces = matches!(
            action,
            BoundAction::Put { .. } | BoundAction::Upsert { .. } | BoundAction::Replace { .. }
        );
        if !replaces {
            return Some(());
        }
        let mut sound = true;
        for fixed in self.all_fixed().iter().filter(|fixed| fixed.depth > 0) {
            let is_missed = fixed.field.required && fixed.field.default.is_none();
            let (path, place) = (&fixed.path, fixed.field.origin.span);
            let report = fault::nested_lost(self.span(), self.action, path, is_missed, place);
            self.scope.sink.report(report);
            sound &= !is_missed;
        }
        sound.then_some(())
    }

    fn all_fixed(&self) -> Vec<Fixed<'b>> {
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
        found: &mut Vec<Fixed<'b>>,
    ) {
        let Some(fields) = self.types.fields(object).filter(|_| !within.contains(&object)) else {
            return;
        };
        within.push(object);
        for (field, access) in fields {
            let path = format!("{before}{}", scalars::pointer::escape(&field.name.wire));
            let depth = within.len() - 1;
            let is_own = depth == 0 && (field.version || self.is_key(&field.name));
            if is_own || access == Access::Read {
                found.push(Fixed { path, depth, field });
            } else if let Some(inner) = self.types.id_of(operand::not_null(&field.ty))
                && leading.contains(&inner)
            {
                self.find_fixed(inner, &format!("{path}/"), leading, within, found);
            }
        }
        within.pop();
    }
}
