//! The walker: compares two types and yields their atomic changes, knowing nothing of who sends and who reads.
//!
//! What it promises: when no change narrows or differs, every value of the old type is one of the new; when none
//! widens or differs, the reverse. Properties that neither contract names are outside the promise, since a
//! contract that ignores them says nothing about them.

use super::change::{Change, Effect, Kind};
use super::checks;
use super::count::{compare_least, compare_most};
use super::finite;
use super::shape::{Family, Object, Rest, Shape, resolve};
use super::written::written;
use crate::model::{Service, TypeId, TypeRef, UnionType};
use crate::source::Span;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::rc::Rc;

/// One comparison of an old type with a new one.
pub(crate) struct Walker<'a> {
    pub(crate) old: &'a Service,
    pub(crate) new: &'a Service,
    /// The form in which the values travel.
    pub(crate) form: Form,
    /// How many comparisons inside comparisons led here; bounded, since a type may contain itself.
    pub(crate) depth: u8,
    /// Compares alternatives of unions one by one, so that any change counts: see [`Walker::is_same`].
    pub(crate) by_position: bool,
    /// Whether both sides are of one system, so that what is declared at one place is one type.
    one_system: bool,
    in_progress: BTreeSet<(TypeId, TypeId)>,
    done: BTreeMap<(TypeId, TypeId), Vec<Change>>,
    /// How the values of types changed as a whole, of all comparisons of these services.
    wholes: Rc<RefCell<Wholes>>,
}

type Wholes = BTreeMap<(TypeId, TypeId), Option<Effect>>;

/// The form in which values travel, which decides on some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// JSON.
    Json,
    /// Text, where every number is a string too: parameters and headers.
    Text,
    /// Attributes of a stored item, where properties that the contract does not name are left alone even when
    /// it refuses them: another version may have written them.
    Stored,
}

impl Form {
    /// What really becomes of properties that the contract does not name.
    pub(crate) fn rest<'a>(self, rest: Rest<'a>) -> Rest<'a> {
        match rest {
            Rest::Refused if self == Self::Stored => Rest::Ignored,
            rest => rest,
        }
    }
}

/// Where a comparison stands: the nearest places that have a line of their own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Here {
    /// In the old contracts.
    pub(crate) old: Span,
    /// In the new ones.
    pub(crate) new: Span,
}

/// The changes found so far, at paths relative to the type that is compared.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    pub(crate) list: Vec<Change>,
    /// Where each of the first `n_known` stands in the list; the others are taken in when one more comes.
    known: BTreeMap<Same, usize>,
    n_known: usize,
}

/// What changes have in common that are one: everything but the path.
type Same = (Kind, [Span; 2], [String; 2]);

impl From<Vec<Change>> for Changes {
    fn from(list: Vec<Change>) -> Self {
        Self { list, ..Self::default() }
    }
}

impl Changes {
    /// Adds a change of the compared type itself.
    pub(crate) fn add(&mut self, kind: Kind, here: Here, old: impl Display, new: impl Display) {
        self.push(Change::of(kind, here, old, new));
    }

    /// Adds what was found below a step of the path.
    pub(crate) fn add_below(&mut self, step: &str, mut below: Vec<Change>) {
        below.iter_mut().for_each(|change| change.path.insert_str(0, step));
        if self.list.is_empty() {
            self.list = below;
        } else {
            below.into_iter().for_each(|change| self.push(change));
        }
    }

    /// Adds a change, or counts it when the same place was reached another way.
    pub(crate) fn push(&mut self, change: Change) {
        let same = |change: &Change| {
            let spans = [change.old_span, change.new_span];
            (change.kind, spans, [change.old.clone(), change.new.clone()])
        };
        for (at, other) in self.list.iter().enumerate().skip(self.n_known) {
            self.known.entry(same(other)).or_insert(at);
        }
        self.n_known = self.list.len();
        match self.known.get(&same(&change)).and_then(|at| self.list.get_mut(*at)) {
            Some(other) => other.also = other.also.saturating_add(1 + change.also),
            None => self.list.push(change),
        }
    }
}

/// Whether a type is the schema `false`, which no value fits.
pub(super) fn is_never(service: &Service, named: Option<TypeId>) -> bool {
    let schema = named.and_then(|id| service.type_def(id).schema.as_deref());
    schema.and_then(|name| service.schemas.get(name)) == Some(&serde_json::Value::Bool(false))
}

/// Whether a type may have alternatives or checks, which are compared one by one, where only the whole tells what is taken.
fn is_doubtful(service: &Service, ty: &TypeRef) -> bool {
    let found = resolve(service, ty);
    matches!(found.shape, Shape::Union(_)) || found.is_checked(service)
}

/// How the values of a type change, by a comparison of both types as schemas; none where no schema says what they are.
fn whole(
    (old_service, old): (&Service, &TypeRef),
    (new_service, new): (&Service, &TypeRef),
) -> Option<Effect> {
    let (was, is) = (written(old_service, old)?, written(new_service, new)?);
    Some(checks::order_by(
        |name| was.0.get(name).or_else(|| old_service.schemas.get(name)),
        &was.1,
        |name| is.0.get(name).or_else(|| new_service.schemas.get(name)),
        &is.1,
    ))
}

impl<'a> Walker<'a> {
    /// A comparison of types of two services.
    pub(crate) fn new(old: &'a Service, new: &'a Service, form: Form) -> Self {
        Self {
            old,
            new,
            form,
            depth: 0,
            by_position: false,
            one_system: false,
            in_progress: BTreeSet::new(),
            done: BTreeMap::new(),
            wholes: Rc::default(),
        }
    }

    /// The same of two sides of one system: a schema that both refer to is one type.
    pub(crate) fn in_one_system(mut self) -> Self {
        self.one_system = true;
        self
    }

    /// Another comparison of the same two services, which has seen nothing yet.
    pub(crate) fn afresh(&self) -> Self {
        let wholes = Rc::clone(&self.wholes);
        let one_system = self.one_system;
        Self { one_system, wholes, ..Walker::new(self.old, self.new, self.form) }
    }

    /// The changes from one type to the other.
    pub(crate) fn compare(
        &mut self,
        old: &'a TypeRef,
        new: &'a TypeRef,
        here: Here,
    ) -> Vec<Change> {
        let mut changes = self.compare_types(old, new, here);
        if self.form != Form::Stored && !self.by_position {
            self.refute(old, new, here, &mut changes);
        }
        changes
    }

    /// Drops the changes of values that a comparison of both types as a whole refutes.
    fn refute(&self, old: &TypeRef, new: &TypeRef, here: Here, changes: &mut Vec<Change>) {
        if changes.iter().all(|change| change.kind.effect() == Effect::Neutral)
            || !(is_doubtful(self.old, old) || is_doubtful(self.new, new))
        {
            return;
        }
        let compare = || whole((self.old, old), (self.new, new));
        let found = match (old, new) {
            (TypeRef::Named(was), TypeRef::Named(is)) => {
                *self.wholes.borrow_mut().entry((*was, *is)).or_insert_with(compare)
            }
            _ => compare(),
        };
        let Some(effect) = found else { return };
        let kind = match effect {
            Effect::Differs => return,
            Effect::Neutral => return changes.retain(|one| one.kind.effect() == Effect::Neutral),
            Effect::Narrows => Kind::TypeSpecialized,
            Effect::Widens => Kind::TypeGeneralized,
        };
        changes.retain(|one| [Effect::Neutral, effect].contains(&one.kind.effect()));
        if changes.iter().all(|one| one.kind.effect() == Effect::Neutral) {
            let name = |service, ty| resolve(service, ty).shape.name();
            changes.insert(0, Change::of(kind, here, name(self.old, old), name(self.new, new)));
        }
    }

    fn compare_types(&mut self, old: &'a TypeRef, new: &'a TypeRef, place: Here) -> Vec<Change> {
        let (old_type, new_type) = (resolve(self.old, old), resolve(self.new, new));
        let here = Here {
            old: old_type.span.unwrap_or(place.old),
            new: new_type.span.unwrap_or(place.new),
        };
        let mut out = Changes::default();
        let origin = |service: &'a Service, named: Option<TypeId>| {
            named.map(|id| service.type_def(id).origin.span)
        };
        if self.one_system
            && old_type.nullable == new_type.nullable
            && old_type.named.is_some()
            && origin(self.old, old_type.named) == origin(self.new, new_type.named)
        {
            return out.list;
        }
        let was_never = is_never(self.old, old_type.named);
        match (was_never, is_never(self.new, new_type.named)) {
            (true, true) => return out.list,
            (false, true) => {
                out.add(Kind::TypeSpecialized, here, old_type.shape.name(), "no value at all");
                return out.list;
            }
            (true, false) => {
                out.add(Kind::TypeGeneralized, here, "no value at all", new_type.shape.name());
                return out.list;
            }
            (false, false) => {}
        }
        let sides = ((self.old, &old_type), (self.new, &new_type));
        if self.form != Form::Text && finite::compare_listed(sides.0, sides.1, here, &mut out) {
            return out.list;
        }
        self.compare_checks(&mut out, old_type.named, new_type.named, here);
        // A schema that no type expresses takes less than any value, as its checks say; where they say nothing, nobody can
        // tell.
        let is_unknown = |service: &Service, named: Option<TypeId>| {
            out.list.is_empty() && named.is_some_and(|id| service.type_def(id).schema.is_some())
        };
        match (&old_type.shape, &new_type.shape) {
            (Shape::Json, Shape::Json) => {}
            (shape, Shape::Json) if is_unknown(self.new, new_type.named) => {
                out.add(Kind::TypeChanged, here, shape.name(), "what its schema allows")
            }
            (Shape::Json, shape) if is_unknown(self.old, old_type.named) => {
                out.add(Kind::TypeChanged, here, "what its schema allowed", shape.name())
            }
            (_, Shape::Json) => {
                out.add(Kind::TypeGeneralized, here, old_type.shape.name(), "any JSON value")
            }
            (Shape::Json, _) => {
                out.add(Kind::TypeSpecialized, here, "any JSON value", new_type.shape.name())
            }
            (old_shape, new_shape) => {
                // Beside a reference, and not in what it leads to.
                match (old_type.nullable, new_type.nullable) {
                    (false, true) => out.add(Kind::BecameNullable, place, "", ""),
                    (true, false) => out.add(Kind::BecameNotNullable, place, "", ""),
                    _ => {}
                }
                let key = old_type.named.zip(new_type.named);
                out.add_below("", self.compare_once(key, old_shape, new_shape, here));
            }
        }
        out.list
    }

    /// What became of what is checked beyond a type.
    fn compare_checks(
        &self,
        out: &mut Changes,
        old: Option<TypeId>,
        new: Option<TypeId>,
        here: Here,
    ) {
        let name = |service: &'a Service, id: Option<TypeId>| {
            id.and_then(|id| service.type_def(id).schema.as_deref())
        };
        let old = (&self.old.schemas, name(self.old, old));
        let new = (&self.new.schemas, name(self.new, new));
        if let Some((kind, keywords)) = checks::change(old, new) {
            out.add(kind, here, "", keywords);
        }
    }

    /// Compares two shapes, each pair of named types once: a pair that is met again on its own way has no
    /// changes but those that are being found already.
    fn compare_once(
        &mut self,
        key: Option<(TypeId, TypeId)>,
        old: &Shape<'a>,
        new: &Shape<'a>,
        here: Here,
    ) -> Vec<Change> {
        let Some(key) = key else { return self.compare_shapes(old, new, here) };
        if let Some(done) = self.done.get(&key) {
            return done.clone();
        }
        if !self.in_progress.insert(key) {
            return Vec::new();
        }
        let changes = self.compare_shapes(old, new, here);
        self.in_progress.remove(&key);
        self.done.insert(key, changes.clone());
        changes
    }

    pub(crate) fn compare_shapes(
        &mut self,
        old: &Shape<'a>,
        new: &Shape<'a>,
        here: Here,
    ) -> Vec<Change> {
        let mut out = Changes::default();
        if matches!((old, new), (Shape::Union(_), _) | (_, Shape::Union(_)))
            && let (Some(before), Some(after)) =
                (finite::values(self.old, old), finite::values(self.new, new))
        {
            finite::compare(&before, &after, here, &mut out);
            return out.list;
        }
        if self.form == Form::Text
            && old.family() != new.family()
            && finite::compare_as_texts((self.old, old), (self.new, new), here, &mut out)
        {
            return out.list;
        }
        match (old, new) {
            (Shape::Object(old), Shape::Object(new)) => {
                self.compare_objects(old, new, here, &mut out)
            }
            (Shape::List(old), Shape::List(new)) => self.compare_lists(old, new, here, &mut out),
            (Shape::Union(old), Shape::Union(new)) => self.compare_unions(old, new, here, &mut out),
            (Shape::Scalar(old_scalar), Shape::Scalar(new_scalar))
                if old.family() == new.family() =>
            {
                self.compare_scalars(old_scalar, new_scalar, here, &mut out);
            }
            (Shape::Enum(old), Shape::Enum(new)) => self.compare_enums(old, new, here, &mut out),
            (Shape::Enum(old), Shape::Scalar(new)) => {
                self.compare_enum_to_text(old, new, here, &mut out)
            }
            (Shape::Scalar(old), Shape::Enum(new)) => {
                self.compare_text_to_enum(old, new, here, &mut out)
            }
            (_, Shape::Union(union)) => self.compare_wrapped(old, union, here, &mut out),
            (Shape::Union(union), _) => self.compare_unwrapped(union, new, here, &mut out),
            _ => self.compare_families(old, new, here, &mut out),
        }
        out.list
    }

    /// A type that became one of several.
    fn compare_wrapped(
        &mut self,
        old: &Shape<'a>,
        new: &'a UnionType,
        here: Here,
        out: &mut Changes,
    ) {
        if let Some(changes) = self.wrapped(old, new, here) {
            if !self.is_all_within(new, old, here) {
                out.add(Kind::WrappedInOneOf, here, "", "");
            }
            // What it says besides is said by the alternative that it became.
            return out.add_below("", changes);
        }
        let object = if let Shape::Object(object) = old { Some(object) } else { None };
        match object.and_then(|object| self.told_by_tag((self.old, object), new)) {
            Some(variant) => {
                out.add(Kind::WrappedInOneOf, here, "", "");
                let to = resolve(self.new, &variant.ty).shape;
                out.add_below("", self.compare_shapes(old, &to, here));
            }
            None => self.compare_families(old, &Shape::Union(new), here, out),
        }
    }

    /// One of several types that became one of its own.
    fn compare_unwrapped(
        &mut self,
        old: &'a UnionType,
        new: &Shape<'a>,
        here: Here,
        out: &mut Changes,
    ) {
        let takes_all = self.is_every_within(old, new, here);
        let left = self.unwrapped(old, new, here);
        let object = if let Shape::Object(object) = new { Some(object) } else { None };
        match object.and_then(|object| self.told_by_tag((self.new, object), old)) {
            _ if takes_all && left.is_some() => {}
            _ if takes_all => {
                out.add(Kind::TypeGeneralized, here, Shape::Union(old).name(), new.name());
            }
            _ if left.is_some() => out.add(Kind::UnwrappedOneOf, here, "", ""),
            Some(variant) => {
                out.add(Kind::UnwrappedOneOf, here, "", "");
                let from = resolve(self.old, &variant.ty).shape;
                out.add_below("", self.compare_shapes(&from, new, here));
            }
            None => self.compare_families(&Shape::Union(old), new, here, out),
        }
        out.add_below("", left.unwrap_or_default());
    }

    /// Two types that have no value in common. As text, a string takes what a number or boolean was.
    pub(crate) fn compare_families(
        &self,
        old: &Shape<'_>,
        new: &Shape<'_>,
        here: Here,
        out: &mut Changes,
    ) {
        let wrote = |family| matches!(family, Some(Family::Number | Family::Boolean));
        let kind = if self.form == Form::Text && wrote(old.family()) && new.is_any_text() {
            Kind::TypeGeneralized
        } else if self.form == Form::Text && wrote(new.family()) && old.is_any_text() {
            Kind::TypeSpecialized
        } else {
            Kind::TypeChanged
        };
        out.add(kind, here, old.name(), new.name());
    }

    fn compare_objects(
        &mut self,
        old: &Object<'a>,
        new: &Object<'a>,
        here: Here,
        out: &mut Changes,
    ) {
        let (from, to) = (old.min_properties, new.min_properties);
        // Of an object without others, there are at most the named ones.
        let is_closed = |of: &Object<'_>| matches!(self.form.rest(of.rest), Rest::Refused);
        let most = |of: &Object<'_>, other: &Object<'_>| {
            let named = (of.fields.len() + of.ignored.len()) as u64;
            match other.max_properties {
                _ if !is_closed(of) => of.max_properties,
                Some(_) if !is_closed(other) => {
                    Some(of.max_properties.map_or(named, |most| most.min(named)))
                }
                _ => of.max_properties.filter(|most| *most < named),
            }
        };
        // What is required is there anyway.
        let required =
            |of: &Object<'_>| of.fields.iter().filter(|field| field.required).count() as u64;
        let is_there_anyway = if to > from { required(old) >= to } else { required(new) >= from };
        if !is_there_anyway {
            let kinds = [Kind::MinPropertiesIncreased, Kind::MinPropertiesDecreased];
            compare_least(from, to, kinds, here, out);
        }
        compare_most(
            most(old, new),
            most(new, old),
            [
                Kind::MaxPropertiesSet,
                Kind::MaxPropertiesUnset,
                Kind::MaxPropertiesIncreased,
                Kind::MaxPropertiesDecreased,
            ],
            here,
            out,
        );
        self.compare_rest(old.rest, new.rest, here, out);
        self.compare_properties(old, new, here, out);
    }

    fn compare_rest(&mut self, old: Rest<'a>, new: Rest<'a>, here: Here, out: &mut Changes) {
        match (self.form.rest(old), self.form.rest(new)) {
            (Rest::Ignored, Rest::Ignored) | (Rest::Refused, Rest::Refused) => {}
            (Rest::Typed(ty), Rest::Refused) => {
                out.add(Kind::AdditionalRefused, here, resolve(self.old, ty).shape.name(), "");
            }
            (Rest::Typed(ty), Rest::Ignored)
                if matches!(resolve(self.old, ty).shape, Shape::Json) => {}
            (_, Rest::Refused) => out.add(Kind::AdditionalRefused, here, "", ""),
            (Rest::Refused, _) | (Rest::Typed(_), Rest::Ignored) => {
                out.add(Kind::AdditionalAllowed, here, "", "");
            }
            (Rest::Ignored, Rest::Typed(ty))
                if matches!(resolve(self.new, ty).shape, Shape::Json) => {}
            (Rest::Ignored, Rest::Typed(ty)) => {
                let name = resolve(self.new, ty).shape.name();
                out.add(Kind::AdditionalRestricted, here, "", name);
            }
            (Rest::Typed(old), Rest::Typed(new)) => {
                out.add_below("/*", self.compare(old, new, here));
            }
        }
    }

    /// Whether two types allow the same values, as far as structure tells.
    pub(crate) fn is_same(&self, old: &'a TypeRef, new: &'a TypeRef, here: Here) -> bool {
        let mut walker = self.afresh();
        walker.by_position = true;
        let changes = walker.compare(old, new, here);
        changes.iter().all(|change| change.kind.keeps_values())
    }
}
