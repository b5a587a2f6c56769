//! What a write may make of properties with states (`x-transitions`) and with bounds.

use super::super::schema::Access;
use super::{Binder, operand};
use crate::diag::catalog::bindings as binding_fault;
use crate::model::{Additional, BoundAction, Change, Field, TypeKind};
use crate::parse::Node;

impl Binder<'_, '_> {
    /// Reports a state that no other one may become.
    pub(super) fn check_state(&self, value: &Node, field: &Field) {
        let id = self.types.id_of(operand::not_null(&field.ty));
        let (Some(text), Some(TypeKind::Enum(kind))) =
            (value.text(), id.and_then(|id| self.types.kind(id)))
        else {
            return;
        };
        let is_state = kind.variants.iter().any(|variant| variant.wire == text);
        let leads = |(_, to): &(String, Vec<String>)| to.iter().any(|state| state == text);
        // Transitions that were reported are left out, and may be the ones that are missing.
        if let Some(transitions) = &kind.transitions
            && is_state
            && id.is_none_or(|id| self.types.has_all_states(id))
            && !transitions.iter().any(leads)
        {
            let place = id.map_or(field.origin.span, |id| self.types.node(id).span);
            let report = binding_fault::state_never_set(value.span, text, place);
            self.scope.sink.report(report);
        }
    }

    /// Refuses the removal of a property that is, or holds, a state.
    pub(super) fn check_kept(&self, node: &Node, field: &Field) -> Option<()> {
        let state = self.table.states.iter().find(|state| state.is_in(&field.name.wire));
        let Some(state) = state else { return Some(()) };
        let (path, place) = (state.path.join("."), self.types.node(state.states).span);
        self.scope.sink.report(binding_fault::state_removed(node.span, &path, place));
        None
    }

    /// Whether a write may leave what a property may become, or the bounds of a number.
    pub(super) fn may_be_refused(&self, action: &BoundAction) -> Option<&'static str> {
        let fields = self.item_fields();
        let states = "it is returned when `x-transitions` does not allow the change";
        let mut written =
            fields.iter().filter(|(field, access)| self.writes(action, field, *access));
        if written.any(|(field, _)| self.has_states(field)) {
            return Some(states);
        }
        let BoundAction::Update { changes, .. } = action else { return None };
        changes.iter().find_map(|change| {
            let Change::Add(name, _) = change else { return None };
            let (field, _) = fields.iter().find(|(field, _)| field.name == *name)?;
            self.is_bounded(field).then_some("it is returned when the sum is out of range")
        })
    }

    /// Reports states that a write does not check, because no condition reaches them.
    pub(super) fn check_reached(&self, action: &BoundAction) {
        for (field, access) in self.item_fields() {
            if !self.writes(action, field, access) {
                continue;
            }
            for loose in self.loose.iter().filter(|one| one.property == field.name.wire) {
                let place = self.types.node(loose.states).span;
                self.scope.sink.report(binding_fault::transition_unchecked(
                    self.span(),
                    self.action,
                    &loose.path,
                    place,
                ));
            }
        }
    }

    /// Whether an action gives an existing item another value of this property.
    fn writes(&self, action: &BoundAction, field: &Field, access: Access) -> bool {
        let is_sent = access != Access::Read;
        match action {
            BoundAction::Put { .. } => true,
            BoundAction::Upsert { .. } | BoundAction::Replace { .. } => is_sent,
            BoundAction::Patch { .. } => is_sent && self.may_patch(field),
            BoundAction::Update { changes, .. } => changes
                .iter()
                .any(|change| matches!(change, Change::Set(name, _) if *name == field.name)),
            _ => false,
        }
    }

    /// Whether the body of a patch has a property, or may have it because it is open.
    fn may_patch(&self, field: &Field) -> bool {
        let body = self.draft.operation.body.as_ref().and_then(|body| body.json());
        let kind = body.and_then(|body| self.types.kind(self.types.id_of(&body.ty)?));
        let Some(TypeKind::Struct(sent)) = kind else { return false };
        sent.additional != Additional::Refused
            || sent.fields.iter().any(|sent| sent.name.wire == field.name.wire)
    }

    fn has_states(&self, field: &Field) -> bool {
        let id = self.types.id_of(operand::not_null(&field.ty));
        // A type that could not be read has been reported, and may have had states.
        let is_unread = id.is_some_and(|id| self.types.kind(id).is_none());
        is_unread || self.table.states.iter().any(|state| state.is_in(&field.name.wire))
    }

    fn is_bounded(&self, field: &Field) -> bool {
        let kind = self.types.id_of(operand::not_null(&field.ty));
        match kind.and_then(|id| self.types.kind(id)) {
            Some(TypeKind::Newtype(scalar)) => {
                scalar.number.minimum.is_some() || scalar.number.maximum.is_some()
            }
            _ => false,
        }
    }
}
