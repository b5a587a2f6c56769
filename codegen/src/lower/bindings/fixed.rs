//! What no client changes: keys, versions, and what only the service sets, in objects within an item too.

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
        let mut sound = true;
        for fixed in self.all_fixed().iter().filter(|fixed| replaces && fixed.depth > 0) {
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
        self.find_fixed(self.table.item, "", &mut vec![], &mut found);
        found
    }

    fn find_fixed(
        &self,
        object: TypeId,
        before: &str,
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
            } else if let Some(inner) = self.types.id_of(operand::not_null(&field.ty)) {
                self.find_fixed(inner, &format!("{path}/"), within, found);
            }
        }
        within.pop();
    }
}
