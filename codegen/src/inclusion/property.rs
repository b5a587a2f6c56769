//! The walker on properties: which came, which went, and what became of those that stayed.

use super::change::{Change, Kind};
use super::shape::{Object, Rest};
use super::walk::{Changes, Form, Here, Walker};
use crate::model::{Docs, Field};

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
                None => self.lost_field(field, new, here, out),
            }
        }
        for field in new.fields {
            if old.field(&field.name.wire).is_none() {
                self.gained_field(field, old, here, out);
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
        if old.docs.deprecated != new.docs.deprecated {
            let ends = [&old.docs.deprecated, &new.docs.deprecated].map(Clone::clone);
            own.push(Change { ends, ..Change::of(Kind::PropertyDeprecated, here, name, name) });
        }
        if let Some((was, is)) = changed_meaning(&old.docs, &new.docs) {
            own.add(Kind::MeaningChanged, here, was, is);
        }
        if old.sensitive && !new.sensitive {
            own.add(Kind::PropertyBecameNotSensitive, here, name, name);
        }
        match (&old.default, &new.default) {
            (None, Some(new)) => own.add(Kind::DefaultAdded, here, "", format!("`{new}`")),
            (Some(old), None) => own.add(Kind::DefaultRemoved, here, format!("`{old}`"), ""),
            (Some(old), Some(new)) if old != new => {
                own.add(Kind::DefaultChanged, here, format!("`{old}`"), format!("`{new}`"));
            }
            _ => {}
        }
        own.add_below("", self.compare(&old.ty, &new.ty, here));
        out.add_below(&step(name), own.list);
    }

    /// A property that the new contract does not name.
    fn lost_field(&mut self, field: &'a Field, new: &Object<'a>, here: Here, out: &mut Changes) {
        let name = &field.name.wire;
        let here = Here { old: field.origin.span, new: here.new };
        let mut own = Changes::default();
        if new.ignores(name) {
            own.add(Kind::PropertyBecameReadOnly, here, name, name);
        } else {
            let kind = match (self.form.rest(new.rest), field.required) {
                (Rest::Refused, true) => Kind::RequiredPropertyRefused,
                (Rest::Refused, false) => Kind::OptionalPropertyRefused,
                (_, true) => Kind::RequiredPropertyRemoved,
                (_, false) => Kind::OptionalPropertyRemoved,
            };
            let ends = [field.docs.deprecated.clone(), None];
            own.push(Change { ends, ..Change::of(kind, here, name, "") });
            if let Rest::Typed(ty) = new.rest {
                own.add_below("", self.compare(&field.ty, ty, here));
            }
        }
        out.add_below(&step(name), own.list);
    }

    /// A property that the old contract does not name.
    fn gained_field(&mut self, field: &'a Field, old: &Object<'a>, here: Here, out: &mut Changes) {
        let name = &field.name.wire;
        let here = Here { old: here.old, new: field.origin.span };
        let mut own = Changes::default();
        if old.ignores(name) {
            own.add(Kind::PropertyBecameNotReadOnly, here, name, name);
            if field.required {
                own.add(Kind::PropertyBecameRequired, here, name, name);
            }
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

/// What old and new contracts say of the meaning of a value, where that is not the same.
pub(crate) fn changed_meaning(old: &Docs, new: &Docs) -> Option<(String, String)> {
    (old.meaning != new.meaning).then(|| (meaning(&old.meaning), meaning(&new.meaning)))
}

/// What a contract says of the meaning of a value, in words.
pub(super) fn meaning(said: &[(String, String)]) -> String {
    if said.is_empty() {
        return "nothing".to_owned();
    }
    let said = said.iter().map(|(key, value)| format!("`{key}: {value}`"));
    said.collect::<Vec<_>>().join(", ")
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
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}
