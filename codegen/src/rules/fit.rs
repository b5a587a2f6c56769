//! Whether every value of one type is a value of another: what a sender sends against what a receiver takes.
//!
//! Owns the comparison of types, not the words for what it finds.

use std::collections::BTreeSet;

use crate::diag::catalog::rules::Misfit;
use crate::model::{
    Additional, Bound, ListType, NumberRules, Scalar, ScalarKind, Service, StructType, TextRules,
    TypeId, TypeKind, TypeRef, UnionTag, UnionType,
};
use crate::source::Span;

/// A type, with the service whose it is.
#[derive(Clone, Copy)]
pub(crate) struct Side<'s> {
    pub(crate) service: &'s Service,
    pub(crate) ty: TypeId,
}

/// Everything in which the first type is wider than the second.
pub(crate) fn misfits(sent: Side<'_>, taken: Side<'_>) -> Vec<Misfit> {
    let origin = |side: Side<'_>| side.service.type_def(side.ty).origin.span;
    let mut fit = Fit {
        sender: sent.service,
        receiver: taken.service,
        seen: BTreeSet::new(),
        depth: 0,
        place: Place { path: String::new(), sent: origin(sent), taken: origin(taken) },
        found: vec![],
    };
    fit.types(&TypeRef::Named(sent.ty), &TypeRef::Named(taken.ty));
    fit.found
}

#[derive(Clone)]
struct Place {
    path: String,
    sent: Span,
    taken: Span,
}

struct Fit<'s> {
    sender: &'s Service,
    receiver: &'s Service,
    /// The pairs that were compared already, or are being compared.
    seen: BTreeSet<(TypeId, TypeId)>,
    depth: usize,
    place: Place,
    found: Vec<Misfit>,
}

const MAX_DEPTH: usize = 200;

/// A type without the names and boxes around it.
enum Bare<'s> {
    Json,
    Scalar(Scalar),
    Enum(Vec<&'s str>),
    List(&'s ListType),
    Map(&'s TypeRef),
    Struct(&'s StructType),
    Union(&'s UnionType),
}

/// The type behind names; the flag tells whether `null` is among its values.
fn bare<'s>(service: &'s Service, ty: &'s TypeRef) -> (Bare<'s>, bool) {
    let mut ty = ty;
    let mut null = false;
    loop {
        let bare = match ty {
            TypeRef::Nullable(inner) => {
                null = true;
                ty = inner;
                continue;
            }
            TypeRef::Boxed(inner) => {
                ty = inner;
                continue;
            }
            TypeRef::Json => return (Bare::Json, true),
            TypeRef::List(list) => Bare::List(list),
            TypeRef::Map(map) => Bare::Map(&map.value),
            TypeRef::Scalar(kind) => Bare::Scalar(Scalar {
                kind: *kind,
                text: TextRules::default(),
                number: NumberRules::default(),
            }),
            TypeRef::Named(id) => match &service.type_def(*id).kind {
                TypeKind::Alias(inner) => {
                    ty = inner;
                    continue;
                }
                TypeKind::Newtype(scalar) => Bare::Scalar(scalar.clone()),
                TypeKind::Enum(kind) => {
                    Bare::Enum(kind.variants.iter().map(|variant| variant.wire.as_str()).collect())
                }
                TypeKind::Struct(kind) => Bare::Struct(kind),
                TypeKind::Union(kind) => Bare::Union(kind),
            },
        };
        return (bare, null);
    }
}

/// The name that a use goes by, so that a pair is compared once.
fn named(ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) => Some(*id),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => named(inner),
        _ => None,
    }
}

impl Fit<'_> {
    fn say(&mut self, why: impl Into<String>) {
        let Place { path, sent, taken } = self.place.clone();
        self.found.push(Misfit { path, why: why.into(), sent, taken });
    }

    fn below(
        &mut self,
        step: &str,
        sent: Option<Span>,
        taken: Option<Span>,
        look: impl FnOnce(&mut Self),
    ) {
        let here = self.place.clone();
        if !step.starts_with('[') && !here.path.is_empty() {
            self.place.path.push('.');
        }
        self.place.path.push_str(step);
        self.place.sent = sent.unwrap_or(here.sent);
        self.place.taken = taken.unwrap_or(here.taken);
        self.depth += 1;
        look(self);
        self.depth -= 1;
        self.place = here;
    }

    fn types(&mut self, sent: &TypeRef, taken: &TypeRef) {
        // No payload nests that deep: only types that lead to each other without end do.
        if self.depth > MAX_DEPTH {
            return;
        }
        if let (Some(from), Some(to)) = (named(sent), named(taken)) {
            // One schema that both refer to is one type, whatever it holds.
            let same = self.sender.type_def(from).origin == self.receiver.type_def(to).origin;
            if !self.seen.insert((from, to)) || (same && sent_null(sent) == sent_null(taken)) {
                return;
            }
        }
        let (sender, receiver) = (self.sender, self.receiver);
        let ((from, null_sent), (to, null_taken)) = (bare(sender, sent), bare(receiver, taken));
        if matches!(to, Bare::Json) {
            return;
        }
        if null_sent && !null_taken {
            self.say("it may be null where it is sent");
        }
        match (&from, &to) {
            (Bare::Scalar(from), Bare::Scalar(to)) => self.scalars(from, to),
            (Bare::Enum(from), Bare::Enum(to)) => {
                if let Some(extra) = from.iter().find(|value| !to.contains(value)) {
                    self.say(format!("the value `{extra}` may be sent, and is not taken"));
                }
            }
            (Bare::Enum(_), Bare::Scalar(to)) if to.kind == ScalarKind::String => {}
            (Bare::Scalar(from), Bare::Enum(_)) if from.kind == ScalarKind::String => {
                self.say("any string may be sent, and only some are taken");
            }
            (Bare::List(from), Bare::List(to)) => {
                self.counts(from.min_items, from.max_items, to.min_items, to.max_items, "items");
                if to.unique && !from.unique {
                    self.say("items may be sent twice, and are taken once");
                }
                self.below("[]", None, None, |fit| fit.types(&from.item, &to.item));
            }
            (Bare::Map(from), Bare::Map(to)) => {
                self.below("[]", None, None, |fit| fit.types(from, to))
            }
            (Bare::Struct(from), Bare::Struct(to)) => self.structs(from, to),
            (Bare::Struct(from), Bare::Map(to)) => {
                for field in &from.fields {
                    self.below(&field.name.wire, Some(field.origin.span), None, |fit| {
                        fit.types(&field.ty, to)
                    });
                }
            }
            (Bare::Union(from), Bare::Union(to)) => self.unions(from, to),
            (Bare::Union(from), _) => {
                for variant in &from.variants {
                    self.types(&variant.ty, taken);
                }
            }
            (_, Bare::Union(to)) => self.one_of_union(sent, to),
            _ => self.say(format!("{} is sent, and {} is taken", words(&from), words(&to))),
        }
    }

    fn structs(&mut self, from: &StructType, to: &StructType) {
        for field in &to.fields {
            let wire = &field.name.wire;
            let sent = from.fields.iter().find(|sent| sent.name == field.name);
            let span = sent.map(|sent| sent.origin.span);
            self.below(wire, span, Some(field.origin.span), |fit| match sent {
                None if field.required => fit.say("it is required, and never sent"),
                None => {}
                Some(sent) => {
                    if field.required && !sent.required {
                        fit.say("it is required, and may be left out where it is sent");
                    }
                    fit.types(&sent.ty, &field.ty);
                }
            });
        }
        for field in from.fields.iter().filter(|sent| to.fields.iter().all(|f| f.name != sent.name))
        {
            self.below(&field.name.wire, Some(field.origin.span), None, |fit| {
                match &to.additional {
                    Additional::Open => {}
                    Additional::Refused => fit.say("it is sent, and no other property is taken"),
                    Additional::Typed(ty) => fit.types(&field.ty, ty),
                }
            });
        }
    }

    fn unions(&mut self, from: &UnionType, to: &UnionType) {
        let (UnionTag::Property(_), UnionTag::Property(_)) = (&from.tag, &to.tag) else {
            for variant in &from.variants {
                self.one_of_union(&variant.ty, to);
            }
            return;
        };
        for variant in &from.variants {
            let wire = &variant.name.wire;
            match to.variants.iter().find(|taken| taken.name.wire == *wire) {
                Some(taken) => self.types(&variant.ty, &taken.ty),
                None => self.say(format!("the alternative `{wire}` may be sent, and is not taken")),
            }
        }
    }

    /// A value of any type into a union: one of the alternatives must take all of it.
    fn one_of_union(&mut self, sent: &TypeRef, to: &UnionType) {
        let fits = to.variants.iter().any(|variant| {
            let mut trial = Fit {
                sender: self.sender,
                receiver: self.receiver,
                seen: self.seen.clone(),
                depth: self.depth + 1,
                place: self.place.clone(),
                found: vec![],
            };
            trial.types(sent, &variant.ty);
            trial.found.is_empty()
        });
        if !fits {
            self.say("no alternative takes all of what is sent");
        }
    }

    fn scalars(&mut self, from: &Scalar, to: &Scalar) {
        if !kind_fits(from.kind, to.kind) {
            let (from, to) = (scalar_words(from.kind), scalar_words(to.kind));
            return self.say(format!("{from} is sent, and {to} is taken"));
        }
        self.counts(
            from.text.min_length,
            from.text.max_length,
            to.text.min_length,
            to.text.max_length,
            "characters",
        );
        if to.text.pattern.is_some() && from.text.pattern != to.text.pattern {
            self.say("what is sent need not match the pattern");
        }
        if to.text.format.is_some()
            && from.text.format != to.text.format
            && from.kind == ScalarKind::String
        {
            self.say("what is sent need not be of the format");
        }
        self.numbers(&from.number, &to.number);
    }

    fn numbers(&mut self, from: &NumberRules, to: &NumberRules) {
        if !to.one_of.is_empty() {
            let known = !from.one_of.is_empty()
                && from.one_of.iter().all(|value| to.one_of.contains(value));
            if !known {
                self.say("other values may be sent than are taken");
            }
            return;
        }
        let listed =
            |beyond: &dyn Fn(f64) -> bool| from.one_of.iter().any(|value| beyond(*value as f64));
        if let Some(least) = &to.minimum {
            let wider = if from.one_of.is_empty() {
                !from.minimum.as_ref().is_some_and(|from| inside(from, least, |a, b| a > b))
            } else {
                listed(&|value| number(least) > value)
            };
            if wider {
                self.say(format!("less than the minimum {} may be sent", least.value));
            }
        }
        if let Some(greatest) = &to.maximum {
            let wider = if from.one_of.is_empty() {
                !from.maximum.as_ref().is_some_and(|from| inside(from, greatest, |a, b| a < b))
            } else {
                listed(&|value| number(greatest) < value)
            };
            if wider {
                self.say(format!("more than the maximum {} may be sent", greatest.value));
            }
        }
        if to.multiple_of.is_some() && from.multiple_of != to.multiple_of && from.one_of.is_empty()
        {
            self.say("what is sent need not be such a multiple");
        }
    }

    fn counts(
        &mut self,
        least_sent: Option<u64>,
        most_sent: Option<u64>,
        least: Option<u64>,
        most: Option<u64>,
        what: &str,
    ) {
        if let Some(least) = least.filter(|least| least_sent.unwrap_or(0) < *least) {
            self.say(format!("fewer than {least} {what} may be sent"));
        }
        if let Some(most) = most.filter(|most| most_sent.is_none_or(|sent| sent > *most)) {
            self.say(format!("more than {most} {what} may be sent"));
        }
    }
}

fn sent_null(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Nullable(_))
}

fn number(bound: &Bound) -> f64 {
    bound.value.parse().unwrap_or(0.0)
}

/// Whether a bound lies at least as far inside as another.
fn inside(from: &Bound, to: &Bound, further: impl Fn(f64, f64) -> bool) -> bool {
    let (a, b) = (number(from), number(to));
    further(a, b) || (!further(b, a) && (from.exclusive || !to.exclusive))
}

fn kind_fits(from: ScalarKind, to: ScalarKind) -> bool {
    use ScalarKind::{
        Boolean, Bytes, Date, DateTime, Decimal, DecimalString, Double, Int32, Int64, Integer,
        String, Uuid,
    };
    match (from, to) {
        (from, to) if from == to => true,
        (Int32, Int64 | Integer | Double | Decimal)
        | (Int64, Integer | Decimal)
        | (Integer | Double, Decimal) => true,
        (Uuid | DateTime | Date | Bytes | DecimalString, String) => true,
        (Boolean, _) | (_, Boolean) => false,
        _ => false,
    }
}

fn words(bare: &Bare<'_>) -> &'static str {
    match bare {
        Bare::Json => "any value",
        Bare::Scalar(scalar) => scalar_words(scalar.kind),
        Bare::Enum(_) => "a string",
        Bare::List(_) => "a list",
        Bare::Map(_) | Bare::Struct(_) | Bare::Union(_) => "an object",
    }
}

fn scalar_words(kind: ScalarKind) -> &'static str {
    match kind {
        ScalarKind::String => "a string",
        ScalarKind::Boolean => "a boolean",
        ScalarKind::Int32 => "a whole number of 32 bits",
        ScalarKind::Int64 => "a whole number of 64 bits",
        ScalarKind::Integer => "a whole number",
        ScalarKind::Double | ScalarKind::Decimal => "a number",
        ScalarKind::DecimalString => "a number as a string",
        ScalarKind::Uuid => "a UUID",
        ScalarKind::DateTime => "a date and time",
        ScalarKind::Date => "a date",
        ScalarKind::Bytes => "base64",
    }
}
