//! Which values scalars have: whether one is a value, and whether all of one scalar are values of another.
//!
//! Owns both questions, exact to the last digit, for everything that compares contracts with each other or with the
//! values written in them. Owns no diagnostic: the answers are words for one.

mod drawn;
mod number;
pub(crate) mod pattern;
mod text;
pub(crate) mod tree;

use crate::model::{EnumType, Scalar, ScalarKind, TextFormat, TextRules};

pub(crate) use drawn::{Drawn, is_given};
pub(crate) use number::{exact_number, number_faults};

pub(crate) use text::text_fault;

/// How many values of a scalar are looked at one by one.
const FEW: usize = 100;

/// Whether a text is a value.
pub(crate) fn takes_text(scalar: &Scalar, text: &str) -> bool {
    match scalar.kind {
        ScalarKind::DecimalString => number_faults(text, scalar).is_empty(),
        kind => is_text(kind) && text_fault(text, scalar).is_none(),
    }
}

/// Whether a number is a value.
pub(crate) fn takes_number(scalar: &Scalar, number: &str) -> bool {
    scalar.kind.is_number() && number_faults(number, scalar).is_empty()
}

/// What one scalar allows beyond another, in words; nothing where every value of the first is one of the second.
pub(crate) fn excess(from: &Scalar, to: &Scalar) -> Vec<String> {
    use ScalarKind::{Boolean, DecimalString};
    match (from.kind, to.kind) {
        (Boolean, Boolean) => vec![],
        (DecimalString, DecimalString) => number::excess(from, to),
        (from_kind, to_kind) if from_kind.is_number() && to_kind.is_number() => {
            number::excess(from, to)
        }
        (from_kind, to_kind) if is_text(from_kind) && is_text(to_kind) => text::excess(from, to),
        (from, to) => vec![other_kind(from, to)],
    }
}

/// Whether a number that one scalar has may have more digits than the other keeps: both have it, and one rounds it.
pub(crate) fn loses_digits(from: &Scalar, to: &Scalar) -> bool {
    number::loses_digits(from, to)
}

/// Whether every value of a scalar is one of a closed set.
pub(crate) fn is_within_set(from: &Scalar, to: &EnumType) -> bool {
    is_text(from.kind) && text::is_within(from, &text::listed(to))
}

/// The format that texts of a scalar must have.
pub(crate) fn text_format(kind: ScalarKind, rules: &TextRules) -> Option<&'static str> {
    match kind {
        ScalarKind::Uuid => Some("uuid"),
        ScalarKind::DateTime => Some("date-time"),
        ScalarKind::Date => Some("date"),
        ScalarKind::Bytes => Some("byte"),
        ScalarKind::DecimalString => Some("decimal"),
        _ => rules.format.map(TextFormat::name),
    }
}

fn is_text(kind: ScalarKind) -> bool {
    !kind.is_number() && kind != ScalarKind::Boolean
}

fn other_kind(from: ScalarKind, to: ScalarKind) -> String {
    format!("the sender has {}, but the receiver has {}", words(from), words(to))
}

/// What a scalar is, in words.
pub(crate) fn words(kind: ScalarKind) -> &'static str {
    match kind {
        ScalarKind::String => "a string",
        ScalarKind::Boolean => "a boolean",
        ScalarKind::Int32 => "a 32-bit integer",
        ScalarKind::Int64 => "a 64-bit integer",
        ScalarKind::Integer => "an integer",
        ScalarKind::Double | ScalarKind::Decimal => "a number",
        ScalarKind::DecimalString => "a number as a string",
        ScalarKind::Uuid => "a UUID",
        ScalarKind::DateTime => "a date and time",
        ScalarKind::Date => "a date",
        ScalarKind::Bytes => "base64",
    }
}

#[cfg(test)]
mod tests;
