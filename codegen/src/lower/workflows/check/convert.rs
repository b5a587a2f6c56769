//! Single values of another kind than their place: a load test sends the number that a text writes, and the text of a
//! number. What no value of the one type can become stays an error.

use super::At;
use super::type_use::{Bare, Kinds, TypeUse};
use crate::diag::Diagnostic;
use crate::diag::catalog::workflows as fault;
use crate::model::{Expression, ExpressionKind, ScalarKind, TypeKind, TypeRef};

/// Whether an expression is an input whose values are names, and write no number.
pub(super) fn is_name(at: At<'_>, expression: &Expression) -> bool {
    let ExpressionKind::Input(name) = &expression.kind else { return false };
    let mut inputs = at.workflow.inputs.iter().flat_map(|inputs| &inputs.list);
    inputs.any(|input| input.name.wire == *name && input.data.unique)
}

/// Whether values fit only when they are written as another kind, and some of them can be.
pub(super) fn may(types: &[TypeUse<'_>], place: TypeUse<'_>) -> bool {
    let given = types.iter().map(|one| one.kinds()).fold(Kinds::NULL, Kinds::or);
    if given.without(Kinds::NULL).meets(place.kinds()) {
        return false;
    }
    let wanted = place.bare();
    let given = types.iter().flat_map(|one| one.bare());
    given.into_iter().any(|from| wanted.iter().any(|to| becomes(&from, to)))
}

/// The warning about that.
pub(super) fn warning(
    expression: &Expression,
    types: &[TypeUse<'_>],
    place: TypeUse<'_>,
) -> Diagnostic {
    let given = types.iter().map(|one| one.kinds()).fold(Kinds::NULL, Kinds::or);
    let text = format!("`{}`", expression.text);
    let (given, wanted) = (given.without(Kinds::NULL).in_words(), place.kinds().in_words());
    fault::kind_converted(expression.span, &text, &given, &wanted)
}

fn becomes(from: &Bare<'_>, to: &Bare<'_>) -> bool {
    let (Some(given), Some(wanted)) = (scalar(from), scalar(to)) else { return false };
    if is_text(given) == is_text(wanted) {
        return false;
    }
    let (text, other) = if is_text(given) { (from, wanted) } else { (to, given) };
    writes(text, other)
}

/// The kind of a single value; an enum is one of texts.
fn scalar(bare: &Bare<'_>) -> Option<ScalarKind> {
    match bare {
        Bare::Plain(TypeRef::Scalar(kind)) => Some(*kind),
        Bare::Kind(TypeKind::Newtype(scalar)) => Some(scalar.kind),
        Bare::Kind(TypeKind::Enum(_)) => Some(ScalarKind::String),
        _ => None,
    }
}

fn is_text(kind: ScalarKind) -> bool {
    kind != ScalarKind::Boolean && !kind.is_number()
}

/// Whether a text of a type may write a value of a kind.
fn writes(text: &Bare<'_>, other: ScalarKind) -> bool {
    let is_written = |text: &str| match other {
        ScalarKind::Boolean => matches!(text, "true" | "false"),
        _ => scalars::Decimal::parse(text).is_some(),
    };
    match text {
        Bare::Kind(TypeKind::Enum(kind)) => kind.variants.iter().any(|one| is_written(&one.wire)),
        Bare::Kind(TypeKind::Newtype(scalar)) if scalar.text.format.is_some() => false,
        _ => match scalar(text) {
            Some(ScalarKind::DecimalString) => other.is_number(),
            kind => kind == Some(ScalarKind::String),
        },
    }
}

/// The reason why no value of an expression equals one of a place, where both travel as text: the form of the one, and of
/// the other.
pub(super) fn never_same(
    at: At<'_>,
    expression: &Expression,
    types: &[TypeUse<'_>],
    place: TypeUse<'_>,
) -> Option<(&'static str, &'static str)> {
    let forms = |bares: Vec<Bare<'_>>| -> Option<Vec<&'static str>> {
        let real = bares.into_iter().filter(|bare| !matches!(bare, Bare::Null));
        real.map(|bare| form(&bare)).collect()
    };
    let wanted = forms(place.bare())?;
    let given = match is_name(at, expression) {
        true => vec!["a unique name"],
        false => forms(types.iter().flat_map(|one| one.bare()).collect())?,
    };
    let (first, other) = (*given.first()?, *wanted.first()?);
    (!given.iter().any(|form| wanted.contains(form))).then_some((first, other))
}

/// What the texts of a type look like, and those of no other one; nothing of a type that may be any text.
fn form(bare: &Bare<'_>) -> Option<&'static str> {
    match scalar(bare)? {
        ScalarKind::Uuid => Some("a UUID"),
        ScalarKind::DateTime => Some("a date-time"),
        ScalarKind::Date => Some("a date"),
        ScalarKind::Boolean => Some("a boolean"),
        kind => kind.is_number().then_some("a number"),
    }
}
