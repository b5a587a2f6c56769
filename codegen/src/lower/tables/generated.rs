//! `x-generated` on the properties of items: whether the service can make the value, and when it does.

use super::super::schema::{Access, values::Direction};
use super::keys::Keys;
use crate::diag::catalog::tables as fault;
use crate::model::{Field, Generated, ScalarKind, TypeRef};
use crate::parse::{Node, Value, every};

impl Keys<'_, '_> {
    /// Whether each value that is made is one of its property, and is stored.
    pub(super) fn are_generated(&self) -> bool {
        let fields = self.types.fields(self.item).unwrap_or_default();
        every(fields, |(field, access)| {
            let Some(generated) = field.generated else { return true };
            let why = self.misfit(field, generated).or_else(|| unused(field, access, generated));
            let Some(why) = why else { return true };
            let said = self.said(field, "x-generated");
            let at = said.map_or(field.origin.span, |entry| entry.value.span);
            self.scope.sink.report(fault::bad_generated(at, &field.name.wire, &why));
            false
        })
    }

    /// Why the property cannot hold what is made.
    fn misfit(&self, field: &Field, generated: Generated) -> Option<String> {
        let scalar = self.types.scalar_of(&field.ty);
        let made = match generated {
            Generated::Uuid => Value::Text("0b8a6f0e-6f0d-4d1c-9d52-3f0f5a3c7b21".to_owned()),
            Generated::Now | Generated::Updated if scalar != Some(ScalarKind::DateTime) => {
                return Some(
                    "it is not a timestamp (`type: string`, `format: date-time`)".to_owned(),
                );
            }
            Generated::Now | Generated::Updated => {
                Value::Text("2026-01-31T12:30:15.123456Z".to_owned())
            }
            Generated::Version if !scalar.is_some_and(ScalarKind::is_integer) => {
                return Some("it is not an integer".to_owned());
            }
            Generated::Version => Value::Number("1".to_owned()),
        };
        let made = Node { span: field.origin.span, value: made };
        let misfits = self.types.misfits(&made, &field.ty, Direction::Both);
        misfits.into_iter().next().map(|misfit| misfit.why)
    }
}

/// Why the value is never stored.
fn unused(field: &Field, access: Access, generated: Generated) -> Option<String> {
    let is_left_out = !field.required || matches!(field.ty, TypeRef::Nullable(_));
    match generated {
        _ if access != Access::Read => Some("clients set it: add `readOnly: true`".to_owned()),
        Generated::Updated => None,
        _ if is_left_out => {
            Some("new items are stored without it: it is not `required`, or may be null".to_owned())
        }
        _ => None,
    }
}
