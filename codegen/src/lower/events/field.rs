//! Fields of payloads that a queue relies on: its message group, and what it recognises repetitions by.

use crate::diag::catalog::events as fault;
use crate::lower::Scope;
use crate::lower::schema::Types;
use crate::model::{Message, ScalarKind, TypeId, TypeKind, TypeRef};
use crate::parse::Node;

/// What may stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Text, or a number.
    TextOrNumber,
    /// Text.
    Text,
}

/// The path of a field that each of the messages surely has: `$.detail.userName`.
pub(super) fn lower_field(
    scope: Scope<'_>,
    types: &Types<'_>,
    node: &Node,
    messages: &[Message],
    holds: Holds,
) -> Option<String> {
    let path = node.text()?;
    let steps = path.strip_prefix("$.detail.").unwrap_or_default();
    let legal = |step: &str| {
        !step.is_empty() && step.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
    };
    if !steps.split('.').all(legal) {
        scope.sink.report(fault::bad_field_path(node.span, path));
        return None;
    }
    let steps: Vec<&str> = steps.split('.').collect();
    let mut sound = true;
    for message in messages {
        if let Err(why) = find(types, message.payload, &steps, holds) {
            let (name, place) = (&message.name.wire, message.origin.span);
            scope.sink.report(fault::field_not_sure(node.span, path, name, &why, place));
            sound = false;
        }
    }
    sound.then(|| path.to_owned())
}

/// Follows the steps from one type; the error says where they end.
fn find(types: &Types<'_>, from: TypeId, steps: &[&str], holds: Holds) -> Result<(), String> {
    let Some((step, rest)) = steps.split_first() else { return Ok(()) };
    if let Some(TypeKind::Union(union)) = types.kind(from) {
        return union.variants.iter().try_for_each(|variant| match types.id_of(&variant.ty) {
            Some(id) if id != from => find(types, id, steps, holds),
            _ => Err("its alternatives are not objects".to_owned()),
        });
    }
    let fields = types.fields(from).unwrap_or_default();
    let Some((field, _)) = fields.iter().find(|(field, _)| field.name.wire == *step) else {
        return Err(format!("`{step}` does not exist"));
    };
    if !field.required {
        return Err(format!("`{step}` is not `required`"));
    }
    if matches!(field.ty, TypeRef::Nullable(_)) {
        return Err(format!("`{step}` may be null"));
    }
    if !rest.is_empty() {
        let inner = types.id_of(&field.ty).filter(|id| types.fields(*id).is_some());
        let inner = inner.ok_or_else(|| format!("`{step}` is not an object"))?;
        return find(types, inner, rest, holds);
    }
    match (types.scalar_of(&field.ty), holds) {
        (Some(kind), _) if is_text(kind) => Ok(()),
        (Some(kind), Holds::TextOrNumber) if kind != ScalarKind::Boolean => Ok(()),
        (_, Holds::Text) => Err(format!("`{step}` is not a string")),
        (_, Holds::TextOrNumber) => Err(format!("`{step}` is not a string or a number")),
    }
}

/// Whether a scalar travels as a JSON string.
fn is_text(kind: ScalarKind) -> bool {
    use ScalarKind::{Bytes, Date, DateTime, String, Uuid};
    matches!(kind, String | Uuid | DateTime | Date | Bytes)
}
