//! Whether every value of one type is a value of another: what a sender sends against what a receiver takes.
//!
//! Owns the comparison of types, not the words for what it finds.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::diag::catalog::rules::Misfit;
use crate::model::{
    Additional, EnumType, ListType, MapType, NumberRules, Scalar, ScalarKind, Service, StructType,
    TextRules, TypeId, TypeKind, TypeRef, UnionTag, UnionType,
};
use crate::source::Span;
use crate::values;

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
    Enum(&'s EnumType),
    List(&'s ListType),
    Map(&'s MapType),
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
            TypeRef::Map(map) => Bare::Map(map),
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
                TypeKind::Enum(kind) => Bare::Enum(kind),
                TypeKind::Struct(kind) => Bare::Struct(kind),
                TypeKind::Union(kind) => Bare::Union(kind),
            },
        };
        return (bare, null);
    }
}

/// The schemas that a value is checked against besides its type, through names for names.
fn checks<'s>(service: &'s Service, ty: &TypeRef) -> Vec<&'s Json> {
    let mut found = vec![];
    let mut next = named(ty);
    // A name leads to another one at most as often as there are names.
    for _ in 0..=service.types.len() {
        let Some(def) = next.map(|id| service.type_def(id)) else { break };
        found.extend(def.schema.as_ref().and_then(|name| service.schemas.get(name)));
        next = match &def.kind {
            TypeKind::Alias(inner) => named(inner),
            _ => None,
        };
    }
    found
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
        self.report(true, why);
    }

    fn report(&mut self, is_certain: bool, why: impl Into<String>) {
        let Place { path, sent, taken } = self.place.clone();
        self.found.push(Misfit { path, why: why.into(), is_certain, sent, taken });
    }

    /// Whether the receiver checks what no type expresses, and the sender's values are not known to pass.
    fn is_checked_further(&self, sent: &TypeRef, taken: &TypeRef) -> bool {
        let refers = |check: &Json| check.to_string().contains("\"$ref\"");
        let sent = checks(self.sender, sent);
        checks(self.receiver, taken).iter().any(|check| refers(check) || !sent.contains(check))
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
        if self.is_checked_further(sent, taken) {
            self.report(false, "the receiver validates more than the type");
        }
        let (sender, receiver) = (self.sender, self.receiver);
        let ((from, null_sent), (to, null_taken)) = (bare(sender, sent), bare(receiver, taken));
        if matches!(to, Bare::Json) {
            return;
        }
        if null_sent && !null_taken {
            self.say("it may be null when it is sent");
        }
        match (&from, &to) {
            (Bare::Scalar(from), Bare::Scalar(to)) => {
                values::excess(from, to).into_iter().for_each(|why| self.say(why));
            }
            (Bare::Enum(from), Bare::Enum(to)) => {
                let taken = |value: &str| to.variants.iter().any(|one| one.wire == value);
                let mut values = from.variants.iter().map(|one| one.wire.as_str());
                if let Some(extra) = values.find(|value| !taken(value)) {
                    self.say(format!("the value `{extra}` may be sent, but is not accepted"));
                }
            }
            (Bare::Enum(from), Bare::Scalar(to)) => {
                if let Some(extra) = values::set_excess(from, to).first() {
                    self.say(format!("the value `{extra}` may be sent, but is not accepted"));
                }
            }
            (Bare::Scalar(from), Bare::Enum(to)) if from.kind == ScalarKind::String => {
                if !values::is_within_set(from, to) {
                    self.say("any string may be sent, but only some are accepted");
                }
            }
            (Bare::List(from), Bare::List(to)) => {
                self.counts(from.min_items, from.max_items, to.min_items, to.max_items, "items");
                if to.unique && !from.unique && from.max_items.is_none_or(|most| most > 1) {
                    self.say("duplicate items may be sent, but are not accepted");
                }
                self.below("[]", None, None, |fit| fit.types(&from.item, &to.item));
            }
            (Bare::Map(from), Bare::Map(to)) => {
                let (least, most) = (from.min_properties, from.max_properties);
                self.counts(least, most, to.min_properties, to.max_properties, "properties");
                self.below("[]", None, None, |fit| fit.types(&from.value, &to.value));
            }
            (Bare::Struct(from), Bare::Struct(to)) => self.structs(from, to),
            (Bare::Struct(from), Bare::Map(to)) => {
                self.struct_counts(from, to.min_properties, to.max_properties);
                for field in &from.fields {
                    self.below(&field.name.wire, Some(field.origin.span), None, |fit| {
                        fit.types(&field.ty, &to.value);
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
            _ => self.say(format!(
                "the sender has {}, but the receiver has {}",
                words(&from),
                words(&to)
            )),
        }
    }

    /// How many properties an object may have, by those that it names.
    fn struct_counts(&mut self, from: &StructType, least: Option<u64>, most: Option<u64>) {
        let n = |required: bool| {
            from.fields.iter().filter(|field| field.required || !required).count() as u64
        };
        let least_sent = from.min_properties.unwrap_or(0).max(n(true));
        let most_sent = match from.additional {
            Additional::Typed(_) => from.max_properties,
            // What the sender's contract does not name is outside of what is promised.
            Additional::Open | Additional::Refused => {
                Some(from.max_properties.map_or(n(false), |most| most.min(n(false))))
            }
        };
        self.counts(Some(least_sent), most_sent, least, most, "properties");
    }

    fn structs(&mut self, from: &StructType, to: &StructType) {
        self.struct_counts(from, to.min_properties, to.max_properties);
        for field in &to.fields {
            let wire = &field.name.wire;
            let sent = from.fields.iter().find(|sent| sent.name == field.name);
            let span = sent.map(|sent| sent.origin.span);
            self.below(wire, span, Some(field.origin.span), |fit| match sent {
                None if field.required => fit.say("it is required, but never sent"),
                None => {}
                Some(sent) => {
                    if field.required && !sent.required {
                        fit.say("it is required, but optional for the sender");
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
                    Additional::Refused => {
                        fit.say("it is sent, but additional properties are not accepted")
                    }
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
                None => {
                    self.say(format!("the alternative `{wire}` may be sent, but is not accepted"))
                }
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
            trial.found.iter().all(|misfit| !misfit.is_certain)
        });
        if !fits {
            self.say("no alternative accepts everything that is sent");
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

fn words(bare: &Bare<'_>) -> &'static str {
    match bare {
        Bare::Json => "any value",
        Bare::Scalar(scalar) => values::words(scalar.kind),
        Bare::Enum(_) => "a string",
        Bare::List(_) => "an array",
        Bare::Map(_) | Bare::Struct(_) | Bare::Union(_) => "an object",
    }
}
