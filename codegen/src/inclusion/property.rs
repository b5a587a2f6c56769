//! The walker on properties: added, removed, and how the remaining ones changed.

use scalars::Decimal;
use serde_json::Value;

use super::change::{Change, Kind};
use super::meaning::{self, Said};
use super::shape::{Object, Rest, Shape, resolve};
use super::walk::{Changes, Form, Here, Walker};
use crate::model::{Field, TypeRef};

impl<'a> Walker<'a> {
    /// The changes of properties from one object to the other.
    pub(crate) fn compare_properties(
        &mut self,
        old: &Object<'a>,
        new: &Object<'a>,
        here: Here,
        out: &mut Changes,
    ) {
        for field in old.fields {
            match new.field(&field.name.wire) {
                Some(kept) => self.compare_field(field, kept, out),
                None => self.lost_field(field, (old, new), here, out),
            }
        }
        for field in new.fields {
            if old.field(&field.name.wire).is_none() {
                self.gained_field(field, (old, new), here, out);
            }
        }
        compare_ignored(self.form, old, new, here, out);
    }

    fn compare_field(&mut self, old: &'a Field, new: &'a Field, out: &mut Changes) {
        let here = Here { old: old.origin.span, new: new.origin.span };
        let name = &new.name.wire;
        let mut own = Changes::default();
        match (old.required, new.required) {
            (false, true) => own.add(Kind::PropertyBecameRequired, here, name, name),
            (true, false) => own.add(Kind::PropertyBecameOptional, here, name, name),
            _ => {}
        }
        let is_any = |service, ty| matches!(resolve(service, ty).shape, Shape::Json);
        if new.is_only_required() && is_any(self.new, &new.ty) && !is_any(self.old, &old.ty) {
            // What it was called besides is gone with it.
            own.add(Kind::PropertyOnlyRequired, here, name, name);
            return out.add_below(&step(name), own.list);
        }
        let ends = [(self.old, old), (self.new, new)]
            .map(|(service, of)| meaning::end(service, &of.docs, &of.ty).cloned());
        if ends[0] != ends[1] {
            own.push(Change { ends, ..Change::of(Kind::PropertyDeprecated, here, name, name) });
        }
        if old.sensitive && !new.sensitive {
            own.add(Kind::PropertyBecameNotSensitive, here, name, name);
        }
        match (old.fallback(), new.fallback()) {
            (None, Some(new)) => own.add(Kind::DefaultAdded, here, "", format!("`{new}`")),
            (Some(old), None) => own.add(Kind::DefaultRemoved, here, format!("`{old}`"), ""),
            (Some(old), Some(new)) if !is_same_value(old, new) => {
                own.add(Kind::DefaultChanged, here, format!("`{old}`"), format!("`{new}`"));
            }
            _ => {}
        }
        let mut of_values = self.compare(&old.ty, &new.ty, here);
        let was = Said { service: self.old, ty: &old.ty, meaning: &old.docs.meaning };
        let is = Said { service: self.new, ty: &new.ty, meaning: &new.docs.meaning };
        meaning::compare(was, is, here, &mut of_values);
        own.add_below("", of_values);
        out.add_below(&step(name), own.list);
    }

    /// A property that the new contract does not name.
    fn lost_field(
        &mut self,
        field: &'a Field,
        (old, new): (&Object<'a>, &Object<'a>),
        here: Here,
        out: &mut Changes,
    ) {
        let name = &field.name.wire;
        let here = Here { old: field.origin.span, new: here.new };
        let mut own = Changes::default();
        if new.ignores(name) {
            own.add(Kind::PropertyBecameReadOnly, here, name, name);
        } else if let Rest::Typed(ty) = new.rest
            && old.only_requires(field)
        {
            own.add(Kind::PropertyBecameOptional, here, name, name);
            own.add_below("", self.compare(&field.ty, ty, here));
        } else {
            let kind = match (self.form.rest(new.rest), field.required) {
                (Rest::Refused, true) => Kind::RequiredPropertyRefused,
                (Rest::Refused, false) => Kind::OptionalPropertyRefused,
                (_, true) => Kind::RequiredPropertyRemoved,
                (_, false) => Kind::OptionalPropertyRemoved,
            };
            let ends = [meaning::end(self.old, &field.docs, &field.ty).cloned(), None];
            own.push(Change { ends, ..Change::of(kind, here, name, "") });
            if let Rest::Typed(ty) = new.rest
                && !self.is_open(new)
            {
                own.add_below("", self.compare(&field.ty, ty, here));
            }
        }
        out.add_below(&step(name), own.list);
    }

    /// Whether an object names nothing and takes anything, so that it says no more of a property than one does that only
    /// leaves it out.
    fn is_open(&self, object: &Object<'a>) -> bool {
        let takes_all = |ty: &'a TypeRef| matches!(resolve(self.new, ty).shape, Shape::Json);
        object.is_map && matches!(object.rest, Rest::Typed(ty) if takes_all(ty))
    }

    /// A property that the old contract does not name.
    fn gained_field(
        &mut self,
        field: &'a Field,
        (old, new): (&Object<'a>, &Object<'a>),
        here: Here,
        out: &mut Changes,
    ) {
        let name = &field.name.wire;
        let here = Here { old: here.old, new: field.origin.span };
        let mut own = Changes::default();
        if old.ignores(name) {
            own.add(Kind::PropertyBecameNotReadOnly, here, name, name);
            if field.required {
                own.add(Kind::PropertyBecameRequired, here, name, name);
            }
        } else if let Rest::Typed(ty) = old.rest
            && new.only_requires(field)
        {
            own.add(Kind::PropertyBecameRequired, here, name, name);
            own.add_below("", self.compare(ty, &field.ty, here));
        } else {
            let kind = if field.required {
                Kind::RequiredPropertyAdded
            } else {
                Kind::OptionalPropertyAdded
            };
            own.add(kind, here, "", name);
            match self.form.rest(old.rest) {
                Rest::Ignored => {}
                Rest::Refused => own.add(Kind::PropertyAddedToClosed, here, "", name),
                Rest::Typed(ty) => own.add_below("", self.compare(ty, &field.ty, here)),
            }
        }
        out.add_below(&step(name), own.list);
    }
}

/// Names that one side ignores, whatever they hold.
fn compare_ignored(form: Form, old: &Object<'_>, new: &Object<'_>, here: Here, out: &mut Changes) {
    for name in old.ignored {
        if new.ignores(name) || new.field(name).is_some() {
            continue;
        }
        let mut own = Changes::default();
        match form.rest(new.rest) {
            Rest::Ignored => {}
            Rest::Refused => own.add(Kind::OptionalPropertyRefused, here, name, ""),
            Rest::Typed(_) => {
                own.add(Kind::AdditionalRestricted, here, "", "of the others");
            }
        }
        out.add_below(&step(name), own.list);
    }
    for name in new.ignored {
        let came = !old.ignores(name) && old.field(name).is_none();
        if came && !matches!(form.rest(old.rest), Rest::Ignored) {
            let mut own = Changes::default();
            own.add(Kind::PropertyAddedToClosed, here, "", name);
            out.add_below(&step(name), own.list);
        }
    }
}

/// A step of a JSON Pointer (RFC 6901).
fn step(name: &str) -> String {
    format!("/{}", scalars::pointer::escape(name))
}

/// Whether two values are equal as JSON Schema has it: `1.0` is `1`.
fn is_same_value(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let read = |number: &serde_json::Number| Decimal::parse(&number.to_string());
            one == other || read(one).zip(read(other)).is_some_and(|(one, other)| one == other)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| is_same_value(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has = |(key, value): (&String, &Value)| {
                other.get(key).is_some_and(|other| is_same_value(value, other))
            };
            one.len() == other.len() && one.iter().all(has)
        }
        (one, other) => one == other,
    }
}
