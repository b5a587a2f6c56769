//! The walker on unions.
//!
//! `anyOf` grows with each alternative. `oneOf` does so only while its alternatives have no value in common: where
//! they may overlap, a wider alternative can make a value fit two, which is as bad as none.

use std::collections::BTreeSet;

use super::change::{Change, Effect, Kind};
use super::shape::{Family, Object, Rest, Shape, resolve};
use super::walk::{Changes, Form, Here, Walker};
use crate::model::{Scalar, ScalarKind, Service, TypeRef, UnionTag, UnionType, UnionVariant};

/// How deep types are looked into to tell alternatives apart, and how often a comparison may start another.
const MOST_DEEP: u8 = 2;

impl<'a> Walker<'a> {
    /// Two unions.
    pub(crate) fn compare_unions(
        &mut self,
        old: &'a UnionType,
        new: &'a UnionType,
        here: Here,
        out: &mut Changes,
    ) {
        if self.by_position {
            return self.compare_by_position(old, new, here, out);
        }
        let old_tag = counted(self.old, old, &new.tag);
        let new_tag = counted(self.new, new, &old.tag);
        let exclusive = [old_tag, new_tag].contains(&&UnionTag::ExactlyOne);
        let apart =
            exclusive && is_apart(self.form, self.old, old) && is_apart(self.form, self.new, new);
        if !compare_tags(old_tag, new_tag, apart, here, out) {
            return;
        }
        let (before, after) =
            (alternatives(self.form, self.old, old), alternatives(self.form, self.new, new));
        let pairs = self.pair(old_tag, (&before, &after), here);
        let [added, removed] = match old_tag {
            UnionTag::First => [Kind::AnyOfAdded, Kind::AnyOfRemoved],
            _ => [Kind::OneOfAdded, Kind::OneOfRemoved],
        };
        for (old_at, new_at) in &pairs {
            match (before[*old_at].is_default, after[*new_at].is_default) {
                (true, false) => out.add(removed, here, DEFAULT, ""),
                (false, true) => out.add(added, here, "", DEFAULT),
                _ => {}
            }
            out.add_below("", self.compare(&before[*old_at].ty, &after[*new_at].ty, here));
        }
        // One schema may be an alternative twice, so they are told by their place.
        let (kept, taken): (BTreeSet<usize>, BTreeSet<usize>) = pairs.iter().copied().unzip();
        let gone: Vec<usize> = (0..before.len()).filter(|at| !kept.contains(at)).collect();
        let came: Vec<usize> = (0..after.len()).filter(|at| !taken.contains(at)).collect();
        // What another alternative takes as well was neither lost nor gained.
        let kept = |variant: &&UnionVariant| {
            let was = resolve(self.old, &variant.ty);
            !was.nullable && self.wrapped(&was.shape, new, here).is_some()
        };
        let known = |variant: &&UnionVariant| {
            let is = resolve(self.new, &variant.ty);
            !is.nullable && self.unwrapped(old, &is.shape, here).is_some()
        };
        for variant in gone.iter().map(|at| before[*at]).filter(|one| !kept(one)) {
            out.add(removed, here, label(self.old, &old.tag, variant), "");
        }
        for variant in came.iter().map(|at| after[*at]).filter(|one| !known(one)) {
            out.add(added, here, "", label(self.new, &new.tag, variant));
        }
        if exclusive && !apart {
            let same =
                |(old, new): &(usize, usize)| self.is_same(&before[*old].ty, &after[*new].ty, here);
            let (was, is): (Vec<usize>, Vec<usize>) =
                pairs.iter().copied().filter(|pair| !same(pair)).unzip();
            let overlaps =
                |service, all: &[&UnionVariant], at: &usize| overlaps(self.form, service, all, *at);
            // What has no value in common with the others changes nothing about how many of them fit.
            if gone.iter().chain(&was).any(|at| overlaps(self.old, &before, at))
                || came.iter().chain(&is).any(|at| overlaps(self.new, &after, at))
            {
                out.add(Kind::OneOfOverlapChanged, here, "", "");
            }
        }
    }

    /// Alternatives one by one: used to tell whether anything changed at all.
    fn compare_by_position(
        &mut self,
        old: &'a UnionType,
        new: &'a UnionType,
        here: Here,
        out: &mut Changes,
    ) {
        let tagged = |of: &UnionType| matches!(of.tag, UnionTag::Property(_));
        let names_differ = || {
            let pairs = old.variants.iter().zip(&new.variants);
            tagged(old) && pairs.into_iter().any(|(old, new)| old.name.wire != new.name.wire)
        };
        let tag_differs = match (&old.tag, &new.tag) {
            (UnionTag::Property(old), UnionTag::Property(new)) => old.wire != new.wire,
            (old, new) => old != new,
        };
        let defaults_differ = || {
            let places = |of: &UnionType| of.variants.iter().position(|one| one.is_default);
            places(old) != places(new)
        };
        if tag_differs
            || defaults_differ()
            || old.variants.len() != new.variants.len()
            || names_differ()
        {
            return out.add(Kind::TypeChanged, here, "", "");
        }
        for (old, new) in old.variants.iter().zip(&new.variants) {
            out.add_below("", self.compare(&old.ty, &new.ty, here));
        }
    }

    /// Which alternative became which, by place: by discriminator value, by the name of the schema that both refer to, by
    /// sameness, so that neither renaming nor reordering is a change, and else by what comes nearest.
    fn pair(
        &self,
        tag: &UnionTag,
        (old, new): (&[&'a UnionVariant], &[&'a UnionVariant]),
        here: Here,
    ) -> Vec<(usize, usize)> {
        let by_wire = matches!(tag, UnionTag::Property(_));
        if by_wire {
            let shares = |one: &UnionVariant, other: &UnionVariant| {
                one.tags().any(|tag| other.tags().any(|known| known == tag))
            };
            let paired = |(at, variant): (usize, &&UnionVariant)| {
                Some((at, new.iter().position(|other| shares(variant, other))?))
            };
            return old.iter().enumerate().filter_map(paired).collect();
        }
        let refers = |service: &Service, one: &UnionVariant| {
            let named = resolve(service, &one.ty).named;
            named.is_some_and(|id| service.type_def(id).name.pascal == one.name.pascal)
        };
        let is_called = |was: usize, is: usize| old[was].name.pascal == new[is].name.pascal;
        let by_reference = |was: usize, is: usize| {
            is_called(was, is) && refers(self.old, old[was]) && refers(self.new, new[is])
        };
        let by_title = |was: usize, is: usize| is_called(was, is) && !old[was].is_numbered;
        let same = |was: usize, is: usize| self.is_same(&old[was].ty, &new[is].ty, here);
        let within = |was: usize, is: usize| self.is_within(&old[was].ty, &new[is].ty, here);
        let rules: [&dyn Fn(usize, usize) -> bool; 5] =
            [&by_reference, &same, &by_title, &within, &is_called];
        let mut pairs = Vec::new();
        let (mut left, mut free): (BTreeSet<_>, BTreeSet<_>) =
            ((0..old.len()).collect(), (0..new.len()).collect());
        for rule in rules {
            for was in left.clone() {
                if let Some(is) = free.iter().copied().find(|is| rule(was, *is)) {
                    free.remove(&is);
                    left.remove(&was);
                    pairs.push((was, is));
                }
            }
        }
        pairs.sort_unstable();
        pairs
    }

    /// Whether every value of an old type is one of a new one.
    fn is_within(&self, old: &'a TypeRef, new: &'a TypeRef, here: Here) -> bool {
        if self.depth >= MOST_DEEP {
            return false;
        }
        let mut walker = self.nested();
        walker.compare(old, new, here).iter().all(|change| !change.kind.may_lose())
    }

    /// Whether every alternative of an old union is within a new type.
    pub(crate) fn is_every_within(&self, old: &'a UnionType, new: &Shape<'a>, here: Here) -> bool {
        self.depth < MOST_DEEP
            && !self.by_position
            && alternatives(self.form, self.old, old).into_iter().all(|variant| {
                let was = resolve(self.old, &variant.ty);
                let changes = self.nested().compare_shapes(&was.shape, new, here);
                !was.nullable && changes.iter().all(|change| !change.kind.may_lose())
            })
    }

    /// The alternative that an object is by the one value of its discriminator.
    pub(crate) fn told_by_tag(
        &self,
        (service, object): (&'a Service, &Object<'a>),
        union: &'a UnionType,
    ) -> Option<&'a UnionVariant> {
        let UnionTag::Property(tag) = &union.tag else { return None };
        let field = object.field(&tag.wire).filter(|field| field.required)?;
        let tagged = resolve(service, &field.ty);
        match &tagged.shape {
            Shape::Enum(of) if of.variants.len() == 1 && !tagged.nullable => {
                union.by_tag(&of.variants[0].wire)
            }
            _ => None,
        }
    }

    /// A comparison inside of this one.
    fn nested(&self) -> Self {
        let mut walker = self.afresh();
        walker.depth = self.depth + 1;
        walker
    }

    /// The changes to an alternative that takes everything the old type had, if a union has one.
    pub(crate) fn wrapped(
        &self,
        old: &Shape<'a>,
        new: &'a UnionType,
        here: Here,
    ) -> Option<Vec<Change>> {
        self.alternative(self.new, new, Effect::Widens, |walker, variant| {
            walker.compare_shapes(old, &resolve(walker.new, &variant.ty).shape, here)
        })
    }

    /// Whether the old type takes all that any alternative of a new union takes.
    pub(crate) fn is_all_within(&self, new: &'a UnionType, old: &Shape<'a>, here: Here) -> bool {
        self.depth < MOST_DEEP
            && alternatives(self.form, self.new, new).into_iter().all(|variant| {
                let is = resolve(self.new, &variant.ty);
                let changes = self.nested().compare_shapes(old, &is.shape, here);
                !is.nullable && changes.iter().all(|change| !change.kind.may_gain())
            })
    }

    /// The changes from an alternative that takes everything the new type has, if the old union has one.
    pub(crate) fn unwrapped(
        &self,
        old: &'a UnionType,
        new: &Shape<'a>,
        here: Here,
    ) -> Option<Vec<Change>> {
        self.alternative(self.old, old, Effect::Narrows, |walker, variant| {
            walker.compare_shapes(&resolve(walker.old, &variant.ty).shape, new, here)
        })
    }

    /// The changes between a type and an alternative, if a union takes all that its alternatives take and has one of which
    /// they have no effect but the one given: the one with the fewest.
    fn alternative(
        &self,
        service: &'a Service,
        union: &'a UnionType,
        only: Effect,
        changes: impl Fn(&mut Self, &'a UnionVariant) -> Vec<Change>,
    ) -> Option<Vec<Change>> {
        let additive = match union.tag {
            UnionTag::Property(_) => false,
            UnionTag::First => true,
            UnionTag::ExactlyOne => is_apart(self.form, service, union),
        };
        if self.by_position || !additive || self.depth >= MOST_DEEP {
            return None;
        }
        let keeps = |change: &Change| {
            let effect = change.kind.effect();
            effect == only || effect == Effect::Neutral
        };
        let mut fewest: Option<Vec<Change>> = None;
        for variant in alternatives(self.form, service, union) {
            if is_checked(service, variant) {
                continue;
            }
            let found = changes(&mut self.nested(), variant);
            if found.is_empty() {
                return Some(found);
            }
            let is_fewer = fewest.as_ref().is_none_or(|known| found.len() < known.len());
            if is_fewer && found.iter().all(keeps) {
                fewest = Some(found);
            }
        }
        fewest
    }
}

/// The alternatives of a union, and of those within it that stand for their own alternatives.
fn alternatives<'a>(
    form: Form,
    service: &'a Service,
    union: &'a UnionType,
) -> Vec<&'a UnionVariant> {
    let mut found = Vec::new();
    add_alternatives(form, service, union, MOST_DEEP, &mut found);
    found
}

fn add_alternatives<'a>(
    form: Form,
    service: &'a Service,
    union: &'a UnionType,
    deep: u8,
    found: &mut Vec<&'a UnionVariant>,
) {
    // What fits one of alternatives without a value in common fits exactly one of them, in a union within another as well
    // as in the other itself.
    let is_open = |of: &'a UnionType| match (&union.tag, &of.tag) {
        (UnionTag::Property(_), _) | (_, UnionTag::Property(_)) => false,
        (UnionTag::First, UnionTag::First) => true,
        _ => is_apart(form, service, of),
    };
    for variant in &union.variants {
        let inner = resolve(service, &variant.ty);
        match inner.shape {
            Shape::Union(of)
                if deep > 0 && !inner.nullable && !inner.is_checked(service) && is_open(of) =>
            {
                add_alternatives(form, service, of, deep - 1, found);
            }
            _ => found.push(variant),
        }
    }
}

/// Whether an alternative is checked for what its type does not express.
fn is_checked(service: &Service, variant: &UnionVariant) -> bool {
    resolve(service, &variant.ty).is_checked(service)
}

/// What tells the alternatives of a union apart beside another version of it. Where each alternative lists the values of the
/// discriminator itself, the discriminator says nothing that they do not say.
fn counted<'a>(service: &'a Service, of: &'a UnionType, other: &'a UnionTag) -> &'a UnionTag {
    match (&of.tag, other) {
        (UnionTag::Property(_), UnionTag::Property(_)) => &of.tag,
        (UnionTag::Property(tag), other)
            if of.variants.iter().all(|one| lists_its_tags(service, one, &tag.wire)) =>
        {
            other
        }
        (own, _) => own,
    }
}

/// Whether an alternative takes no value of the discriminator but those that name it.
fn lists_its_tags(service: &Service, variant: &UnionVariant, tag: &str) -> bool {
    let Shape::Object(object) = resolve(service, &variant.ty).shape else { return false };
    let Some(field) = object.field(tag).filter(|field| field.required) else { return false };
    let tagged = resolve(service, &field.ty);
    let Shape::Enum(listed) = tagged.shape else { return false };
    let is_named = |wire: &str| variant.tags().any(|known| known == wire);
    !variant.is_default && !tagged.nullable && listed.variants.iter().all(|one| is_named(&one.wire))
}

/// Whether an alternative may have a value in common with another one.
fn overlaps(form: Form, service: &Service, all: &[&UnionVariant], at: usize) -> bool {
    let mut others = all.iter().enumerate().filter(|(other, _)| *other != at);
    others.any(|(_, other)| !are_disjoint(form, service, (&all[at].ty, &other.ty), 0))
}

/// Reports how alternatives are told apart where that changed; `apart` where they have no value in common. The answer
/// is whether it is worth comparing them at all.
fn compare_tags(
    old: &UnionTag,
    new: &UnionTag,
    apart: bool,
    here: Here,
    out: &mut Changes,
) -> bool {
    use UnionTag::{ExactlyOne, First, Property};
    match (old, new) {
        (Property(old), Property(new)) if old.wire == new.wire => {}
        (Property(old), Property(new)) => {
            out.add(Kind::DiscriminatorPropertyChanged, here, &old.wire, &new.wire);
        }
        (Property(old), _) => {
            out.add(Kind::DiscriminatorRemoved, here, &old.wire, "");
            return false;
        }
        (_, Property(new)) => {
            out.add(Kind::DiscriminatorAdded, here, "", &new.wire);
            return false;
        }
        // Of alternatives without a value in common, one fits and any of them fits say the same.
        (ExactlyOne, First) | (First, ExactlyOne) if apart => {}
        (ExactlyOne, First) => out.add(Kind::OneOfBecameAnyOf, here, "", ""),
        (First, ExactlyOne) => out.add(Kind::AnyOfBecameOneOf, here, "", ""),
        (ExactlyOne, ExactlyOne) | (First, First) => {}
    }
    true
}

/// What the alternative is called of objects that name no other one.
const DEFAULT: &str = "any other value (`defaultMapping`)";

/// What an alternative is called: by the value that tells it from others where there is one, which two may have of one
/// schema.
fn label(service: &Service, tag: &UnionTag, variant: &UnionVariant) -> String {
    if let UnionTag::Property(tag) = tag {
        return format!("{}: {}", tag.wire, variant.name.wire);
    }
    let named = resolve(service, &variant.ty).named;
    named.map_or_else(|| variant.name.wire.clone(), |id| service.type_def(id).name.wire.clone())
}

/// Whether no value can fit two alternatives.
fn is_apart(form: Form, service: &Service, union: &UnionType) -> bool {
    let variants = &union.variants;
    variants.iter().enumerate().all(|(index, one)| {
        let mut others = variants.iter().skip(index + 1);
        others.all(|other| are_disjoint(form, service, (&one.ty, &other.ty), 0))
    })
}

/// Whether two types are known to have no value in common.
fn are_disjoint(form: Form, service: &Service, types: (&TypeRef, &TypeRef), depth: u8) -> bool {
    let (one, other) = (resolve(service, types.0), resolve(service, types.1));
    if depth > MOST_DEEP || (one.nullable && other.nullable) {
        return false;
    }
    match (&one.shape, &other.shape) {
        (Shape::Union(of), _) => is_none_of(form, service, of, types.1, depth),
        (_, Shape::Union(of)) => is_none_of(form, service, of, types.0, depth),
        (Shape::Json, _) | (_, Shape::Json) => false,
        (one, other) if one.family() != other.family() => !may_be_alike(one, other),
        (Shape::Enum(one), Shape::Enum(other)) => {
            let has = |wire: &str| other.variants.iter().any(|variant| variant.wire == wire);
            !one.variants.iter().any(|variant| has(&variant.wire))
        }
        (Shape::Scalar(one), Shape::Scalar(other)) => are_disjoint_numbers(one, other),
        (Shape::Object(one), Shape::Object(other)) => {
            are_told_apart(form, service, (one, other), depth)
                || are_told_apart(form, service, (other, one), depth)
        }
        _ => false,
    }
}

/// Whether no value of a type fits an alternative of a union.
fn is_none_of(form: Form, service: &Service, union: &UnionType, ty: &TypeRef, depth: u8) -> bool {
    union.variants.iter().all(|one| are_disjoint(form, service, (&one.ty, ty), depth + 1))
}

fn are_disjoint_numbers(one: &Scalar, other: &Scalar) -> bool {
    let (one, other) = (&one.number.one_of, &other.number.one_of);
    !one.is_empty() && !other.is_empty() && !one.iter().any(|value| other.contains(value))
}

/// Whether a property that the one requires is refused by the other, or required there with values of its own.
fn are_told_apart(
    form: Form,
    service: &Service,
    (one, other): (&Object<'_>, &Object<'_>),
    depth: u8,
) -> bool {
    one.fields.iter().filter(|field| field.required).any(|field| {
        let name = &field.name.wire;
        match (other.field(name), form.rest(other.rest)) {
            (Some(theirs), _) => are_disjoint(form, service, (&field.ty, &theirs.ty), depth + 1),
            (None, _) if other.ignores(name) => false,
            (None, Rest::Refused) => true,
            (None, Rest::Typed(ty)) => are_disjoint(form, service, (&field.ty, ty), depth + 1),
            (None, Rest::Ignored) => false,
        }
    })
}

/// Whether types of two families may share a value after all: a decimal may be written as a string.
fn may_be_alike(one: &Shape<'_>, other: &Shape<'_>) -> bool {
    let is_decimal = |shape: &Shape<'_>| matches!(shape, Shape::Scalar(scalar) if scalar.kind == ScalarKind::Decimal);
    let is_text = |shape: &Shape<'_>| shape.family() == Some(Family::Text);
    (is_decimal(one) && is_text(other)) || (is_text(one) && is_decimal(other))
}
