//! What a sender sends and a receiver refuses, in words.
//!
//! Owns which changes from the sender's type to the receiver's matter between the two. Compares nothing itself:
//! [`crate::inclusion`] does, as it does for contracts before and after.

use crate::diag::catalog::rules::{Misfit, Misspelt};
use crate::diag::catalog::shape::resembling;
use crate::inclusion::{Change, Form, Here, Kind, Walker};
use crate::model::{Service, TypeId, TypeRef};
use crate::source::Span;

/// A type, with the service whose it is.
#[derive(Clone, Copy)]
pub(crate) struct Side<'s> {
    pub(crate) service: &'s Service,
    pub(crate) ty: TypeId,
}

/// Everything in which the first type is wider than the second, of the changes between them.
pub(crate) fn misfits(changes: &[Change]) -> Vec<Misfit> {
    changes.iter().filter_map(misfit).collect()
}

/// The optional properties of the receiver that the sender never has, while it sends one of almost the same name that the
/// receiver does not have.
pub(crate) fn misspelt(changes: &[Change]) -> Vec<Misspelt> {
    let is_lost = |change: &&Change| {
        matches!(change.kind, Kind::RequiredPropertyRemoved | Kind::OptionalPropertyRemoved)
    };
    let near = |added: &Change| {
        let (parent, name) = added.path.rsplit_once('/')?;
        let siblings = changes.iter().filter(is_lost).filter_map(|lost| {
            let (of, name) = lost.path.rsplit_once('/')?;
            (of == parent).then_some((name, lost.old_span))
        });
        let siblings: Vec<(&str, Span)> = siblings.collect();
        let (distance, meant) = resembling(name, siblings.iter().map(|(name, _)| *name))?;
        let (_, sent) = siblings.iter().find(|(name, _)| *name == meant)?;
        // Short words are often other words.
        (distance <= name.len() / 5).then(|| Misspelt {
            path: path(&added.path),
            meant: scalars::pointer::unescape(meant),
            sent: *sent,
            taken: added.new_span,
        })
    };
    changes.iter().filter(|one| one.kind == Kind::OptionalPropertyAdded).filter_map(near).collect()
}

/// What changes from the sender's type to the receiver's.
pub(crate) fn changes(sent: Side<'_>, taken: Side<'_>) -> Vec<Change> {
    let span = |side: Side<'_>| side.service.type_def(side.ty).origin.span;
    let (from, to) = (TypeRef::Named(sent.ty), TypeRef::Named(taken.ty));
    let here = Here { old: span(sent), new: span(taken) };
    let mut walker = Walker::new(sent.service, taken.service, Form::Json).in_one_system();
    walker.compare(&from, &to, here)
}

fn misfit(change: &Change) -> Option<Misfit> {
    let (why, is_certain) = why(change)?;
    let (sent, taken) = (change.old_span, change.new_span);
    Some(Misfit { path: path(&change.path), why, is_certain, sent, taken })
}

/// A path as people write it: `items[].price`.
fn path(pointer: &str) -> String {
    let mut out = String::new();
    for step in pointer.split('/').skip(1) {
        match step {
            "*" => out.push_str("[]"),
            name => {
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(&scalars::pointer::unescape(name));
            }
        }
    }
    out
}

/// What is refused, and whether that is certain; nothing where the receiver takes all.
fn why(change: &Change) -> Option<(String, bool)> {
    let Change { kind, old, new, .. } = change;
    let certain = |why: String| Some((why, true));
    match kind {
        // What the sender's contract does not name is outside of what it promises.
        Kind::AdditionalRefused if old.is_empty() => None,
        Kind::AdditionalRestricted => None,
        Kind::ChecksNarrowed | Kind::ChecksChanged => {
            Some(("the receiver validates more than the type".to_owned(), false))
        }
        Kind::OneOfOverlapChanged | Kind::AnyOfBecameOneOf => {
            let why = "a value may match several alternatives, of which the receiver accepts one";
            Some((why.to_owned(), false))
        }
        Kind::DiscriminatorAdded
        | Kind::DiscriminatorRemoved
        | Kind::DiscriminatorPropertyChanged => {
            let why = "sender and receiver select alternatives by different discriminators";
            Some((why.to_owned(), false))
        }
        Kind::DigitsLost => Some(("it may have more digits than a double".to_owned(), false)),
        kind if kind.may_lose() => certain(words(*kind, old, new)),
        _ => None,
    }
}

/// What a receiver refuses, by the kind of change that leads from the sender to it.
fn words(kind: Kind, old: &str, new: &str) -> String {
    match kind {
        Kind::TypeChanged | Kind::TypeSpecialized => {
            format!("the sender has {old}, but the receiver has {new}")
        }
        Kind::FormatAdded | Kind::FormatChanged | Kind::FormatSpecialized => {
            format!("the sender does not require the format {new}")
        }
        Kind::BecameNotNullable => "it may be null when it is sent".to_owned(),
        Kind::BecameEnum => format!("other values than {new} may be sent, but are not accepted"),
        Kind::EnumValueRemoved => {
            format!("the value `{old}` may be sent, but is not accepted")
        }
        Kind::MinLengthIncreased => format!("fewer than {new} characters may be sent"),
        Kind::MaxLengthSet | Kind::MaxLengthDecreased => {
            format!("more than {new} characters may be sent")
        }
        Kind::PatternAdded | Kind::PatternChanged | Kind::PatternSpecialized => {
            format!("the sender does not require the pattern `{new}`")
        }
        Kind::MinSet | Kind::MinIncreased => {
            format!("less than the minimum {new} may be sent")
        }
        Kind::MaxSet | Kind::MaxDecreased => {
            format!("more than the maximum {new} may be sent")
        }
        Kind::MultipleOfAdded | Kind::MultipleOfChanged | Kind::MultipleOfSpecialized => {
            format!("the sender does not require multiples of {new}")
        }
        Kind::MinItemsIncreased => format!("fewer than {new} items may be sent"),
        Kind::MaxItemsSet | Kind::MaxItemsDecreased => {
            format!("more than {new} items may be sent")
        }
        Kind::UniqueItemsAdded => "duplicate items may be sent, but are not accepted".to_owned(),
        Kind::MinPropertiesIncreased => format!("fewer than {new} properties may be sent"),
        Kind::MaxPropertiesSet | Kind::MaxPropertiesDecreased => {
            format!("more than {new} properties may be sent")
        }
        Kind::AdditionalRefused => {
            "additional properties may be sent, but are not accepted".to_owned()
        }
        Kind::RequiredPropertyRefused | Kind::OptionalPropertyRefused => {
            "it is sent, but additional properties are not accepted".to_owned()
        }
        Kind::RequiredPropertyAdded => "it is required, but never sent".to_owned(),
        Kind::PropertyBecameRequired => "it is required, but optional for the sender".to_owned(),
        Kind::OneOfRemoved | Kind::AnyOfRemoved => {
            format!("the alternative `{old}` may be sent, but is not accepted")
        }
        Kind::UnwrappedOneOf => "other alternatives may be sent, but are not accepted".to_owned(),
        _ => "the receiver accepts less than the sender may send".to_owned(),
    }
}
