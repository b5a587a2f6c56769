//! Criteria: what they read, and whether they can ever hold.

use super::parts::statuses;
use super::type_use::{Bare, Kinds, TypeUse};
use super::{At, View};
use crate::diag::catalog::{shape::nearest, workflows as fault};
use crate::lower::workflows::criterion::sample;
use crate::lower::workflows::jsonpath;
use crate::model::{
    Comparison, Condition, Criterion, CriterionKind, Expression, ExpressionKind, Literal, Status,
    Target, TypeKind,
};

/// Checks a criterion; `is_success` tells that the step succeeds by it.
pub(super) fn check<'a>(view: &View<'a>, at: At<'a>, criterion: &'a Criterion, is_success: bool) {
    for expression in criterion.expressions() {
        view.expression(at, expression);
    }
    if is_success {
        check_statuses(view, at, criterion);
    }
    match &criterion.kind {
        CriterionKind::Simple(condition) => check_condition(view, at, condition),
        CriterionKind::Regex { .. } => {}
        CriterionKind::JsonPath { context, path, .. } => {
            if let [crate::model::TextPart::Text(path)] = path.as_slice() {
                check_path(view, at, context, path, criterion);
            } else {
                let places = view.types_of(at, context).unwrap_or_default();
                check_filter(view, at, &places, &sample(path, "0"), criterion);
            }
        }
    }
}

/// Reports a status of success that the operation does not declare.
fn check_statuses(view: &View<'_>, at: At<'_>, criterion: &Criterion) {
    let Some((_, step)) = at.step else { return };
    let Target::Operation(reference) = &step.target else { return };
    let operation = reference.of(view.services()).1;
    let declares = |status: u16| operation.answering(status).is_some();
    for status in statuses(criterion).into_iter().filter(|status| !declares(*status)) {
        let known: Vec<String> = operation
            .responses
            .iter()
            .filter_map(|response| match response.status {
                Status::Code(code) => Some(code.to_string()),
                _ => None,
            })
            .collect();
        view.fault(fault::undeclared_status(criterion.span, &operation.id.wire, status, &known));
    }
}

/// Reports comparisons that never hold because of the types on their sides.
fn check_condition<'a>(view: &View<'a>, at: At<'a>, condition: &'a Condition) {
    match condition {
        Condition::Literal(_) | Condition::Value(_) => {}
        Condition::Not(inner) => check_condition(view, at, inner),
        Condition::And(left, right) | Condition::Or(left, right) => {
            check_condition(view, at, left);
            check_condition(view, at, right);
        }
        Condition::Compare(comparison, left, right) => {
            let pair = match (left.as_ref(), right.as_ref()) {
                (Condition::Value(value), Condition::Literal(literal))
                | (Condition::Literal(literal), Condition::Value(value)) => Some((value, literal)),
                _ => None,
            };
            if let Some((value, literal)) = pair {
                check_literal(view, at, *comparison, value, literal);
            }
        }
    }
}

fn check_literal<'a>(
    view: &View<'a>,
    at: At<'a>,
    comparison: Comparison,
    value: &'a Expression,
    literal: &Literal,
) {
    let Some(places) = view.types_of(at, value) else { return };
    let kinds = places.iter().map(|place| place.kinds()).fold(Kinds::NULL, Kinds::or);
    let (fits, told) = match literal {
        // What a contract requires may still be looked for.
        Literal::Null => return,
        Literal::Flag(flag) => (Kinds::BOOLEAN.or(Kinds::STRING), flag.to_string()),
        Literal::Number(number) => (Kinds::NUMBER.or(Kinds::STRING), number.clone()),
        Literal::Text(text) => {
            let is_number = scalars::Decimal::parse(text).is_some();
            let fits = if is_number { Kinds::STRING.or(Kinds::NUMBER) } else { Kinds::STRING };
            (fits, format!("'{text}'"))
        }
    };
    if !kinds.meets(fits) {
        let found = kinds.without(Kinds::NULL).in_words();
        let is_equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        view.fault(match is_equality {
            true => fault::never_equal(value.span, &value.text, &found, &told),
            false => fault::never_compared(value.span, &value.text, &found, &told),
        });
        return;
    }
    let is_equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    let (Literal::Text(text), true) = (literal, is_equality) else { return };
    if let (ExpressionKind::Method, Some(method)) = (&value.kind, method(view, at)) {
        // An action of several steps may mean those of one method.
        if view.shared_by.get().is_none() && !method.eq_ignore_ascii_case(text) {
            view.fault(fault::never_equal(value.span, &value.text, &format!("`{method}`"), &told));
        }
        return;
    }
    let mut known = vec![];
    for bare in places.iter().flat_map(|place| place.bare()) {
        match bare {
            Bare::Null => {}
            Bare::Kind(TypeKind::Enum(kind)) => {
                known.extend(kind.variants.iter().map(|variant| variant.wire.as_str()));
            }
            _ => return,
        }
    }
    // Texts are compared without regard to case.
    if !known.iter().any(|known| known.eq_ignore_ascii_case(text)) {
        let near = nearest(text, known.iter().copied());
        view.fault(fault::no_variant(value.span, text, near, &known));
    }
}

/// The method of the step's request.
fn method(view: &View<'_>, at: At<'_>) -> Option<&'static str> {
    match &at.step?.1.target {
        Target::Operation(reference) => Some(reference.of(view.services()).1.method.as_str()),
        _ => None,
    }
}

/// Reports a query whose first names lead to nothing that the context can have.
fn check_path<'a>(
    view: &View<'a>,
    at: At<'a>,
    context: &'a Expression,
    path: &str,
    criterion: &Criterion,
) {
    let span = criterion.span;
    let Some((pointer, rest)) = jsonpath::names(path) else { return };
    let Some(places) = view.types_of(at, context) else { return };
    match super::type_use::follow(places, &pointer) {
        Ok(None) => {}
        Ok(Some(places)) if pointer.is_empty() => check_filter(view, at, &places, path, criterion),
        Ok(Some(places)) => warn_of_filter(view, &places, path, rest, span),
        Err((step, known)) => {
            let near = nearest(&step, known.iter().copied());
            view.fault(fault::nothing_below(span, path, &step, near, &known));
        }
    }
}

/// Checks a filter of what these places hold: one that asks for what no member of an object has, and the object itself has,
/// looks at that, as some tools read it.
fn check_filter<'a>(
    view: &View<'a>,
    at: At<'a>,
    places: &[TypeUse<'a>],
    path: &str,
    criterion: &Criterion,
) {
    let span = criterion.span;
    let Some(rest) = path.strip_prefix('$') else { return };
    let asked = jsonpath::asked_members(rest);
    let is_object = |place: &TypeUse<'_>| place.kinds().without(Kinds::NULL) == Kinds::OBJECT;
    let has = |places: &[TypeUse<'a>]| {
        asked.iter().all(|way| super::type_use::follow(places.to_vec(), way).is_ok())
    };
    let members = places.iter().map(|one| one.members()).collect::<Option<Vec<_>>>();
    let is_of_itself = !asked.is_empty()
        && places.iter().all(is_object)
        && members.is_some_and(|all| !has(&all.concat()))
        && has(places);
    match at.step {
        Some((step, _)) if is_of_itself => {
            view.warn(fault::filter_of_itself(span, &criterion.text));
            view.of_themselves.borrow_mut().push((at.index, step, span));
        }
        _ => warn_of_filter(view, places, &criterion.text, rest, span),
    }
}

/// Warns of a filter that asks the members of these places for what none of them has.
fn warn_of_filter(
    view: &View<'_>,
    places: &[TypeUse<'_>],
    path: &str,
    rest: &str,
    span: crate::source::Span,
) {
    let members: Option<Vec<Vec<TypeUse<'_>>>> = places.iter().map(|one| one.members()).collect();
    let Some(members) = members.map(|all| all.concat()).filter(|all| !all.is_empty()) else {
        return;
    };
    for way in jsonpath::asked_members(rest) {
        if let Err((step, _)) = super::type_use::follow(members.clone(), &way) {
            let is_object = places.iter().any(|place| place.kinds().meets(Kinds::OBJECT));
            view.warn(fault::filter_finds_nothing(span, path, &step, is_object));
            return;
        }
    }
}
