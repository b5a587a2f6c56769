//! Numbers: ends of a range, steps, widths and lists, compared as decimals.

use std::cmp::Ordering;

use scalars::Decimal;
use serde_json::Value;

use super::{FEW, other_kind};
use crate::model::{Bound, Scalar, ScalarKind};

/// Why a number is no value of a scalar; nothing where it is one.
pub(crate) fn number_faults(text: &str, scalar: &Scalar) -> Vec<String> {
    let Some(value) = Decimal::parse(text) else {
        return vec![format!("`{text}` is not a number of at most 38 digits")];
    };
    if scalar.kind.is_integer() && !value.is_integer() {
        return vec![format!("{text} is not an integer")];
    }
    if let Some((.., bits)) =
        width(scalar.kind).filter(|(low, high, _)| value < *low || value > *high)
    {
        return vec![format!("{text} does not fit in {bits} bits")];
    }
    if scalar.kind == ScalarKind::Double && Decimal::of_double(value.to_f64()) != Some(value) {
        return vec![format!("{text} has more digits than a double: `format: decimal` has 38")];
    }
    let rules = &scalar.number;
    let beyond = |bound: &Bound, outside: Ordering| {
        let order = Decimal::parse(&bound.value).map(|limit| value.cmp(&limit));
        order.is_some_and(|order| order == outside || (order.is_eq() && bound.exclusive))
    };
    let mut faults = vec![];
    if let Some(bound) = rules.minimum.as_ref().filter(|bound| beyond(bound, Ordering::Less)) {
        faults.push(format!("{text} is less than the minimum {}", bound.value));
    }
    if let Some(bound) = rules.maximum.as_ref().filter(|bound| beyond(bound, Ordering::Greater)) {
        faults.push(format!("{text} is more than the maximum {}", bound.value));
    }
    let step = rules.multiple_of.as_deref().and_then(Decimal::parse);
    if let Some(step) = step.filter(|step| !value.is_multiple_of(*step)) {
        faults.push(format!("{text} is not a multiple of {step}"));
    }
    if !rules.one_of.is_empty() && !rules.one_of.iter().any(|one| Decimal::from(*one) == value) {
        faults.push(format!("{text} is not one of the values in `enum`"));
    }
    faults
}

/// A JSON number with all its digits: as text where JSON readers would lose some.
pub(crate) fn exact_number(text: &str) -> Value {
    let whole = Decimal::parse(text).and_then(Decimal::to_integer);
    if let Some(whole) = whole.and_then(|whole| i64::try_from(whole).ok()) {
        return whole.into();
    }
    let read = serde_json::from_str::<serde_json::Number>(text).ok();
    read.filter(|read| read.to_string() == text).map_or_else(|| text.into(), Value::Number)
}

/// The least and the greatest number that a Rust integer holds, and its bits.
fn width(kind: ScalarKind) -> Option<(Decimal, Decimal, u32)> {
    let (least, greatest) = kind.range()?;
    let n_bits = if kind == ScalarKind::Int32 { 32 } else { 64 };
    Some((Decimal::from(least), Decimal::from(greatest), n_bits))
}

/// Whether a scalar has numbers of more digits than another one keeps, which is a double.
pub(super) fn loses_digits(from: &Scalar, to: &Scalar) -> bool {
    let is_listed = !from.number.one_of.is_empty();
    to.kind == ScalarKind::Double
        && from.kind.is_number()
        && !is_listed
        && !Range::of(from).snapped().is_kept_by_double(from.kind)
}

/// What one scalar of numbers allows beyond another, in words. Whether a double keeps their digits is
/// [`loses_digits`].
pub(super) fn excess(from: &Scalar, to: &Scalar) -> Vec<String> {
    let (sent, taken) = (Range::of(from).snapped(), Range::of(to));
    let few = match from.number.one_of.as_slice() {
        [] => sent.values(),
        listed => Some(listed.iter().map(|value| Decimal::from(*value)).collect()),
    };
    if let Some(few) = few {
        let texts = few.iter().map(Decimal::to_string);
        let refused: Vec<String> = texts
            .filter(|text| number_faults(text, from).is_empty())
            .filter(|text| !number_faults(text, to).is_empty())
            .collect();
        return match (refused.first(), from.number.one_of.is_empty()) {
            (None, _) => vec![],
            (Some(value), false) => {
                vec![format!("the value `{value}` may be sent, but is not accepted")]
            }
            (Some(value), true) => {
                let found = sent.excess(&taken, from, to);
                let plain =
                    || vec![format!("the value `{value}` may be sent, but is not accepted")];
                if found.is_empty() { plain() } else { found }
            }
        };
    }
    if !to.number.one_of.is_empty() {
        return vec!["more values may be sent than are accepted".to_owned()];
    }
    sent.excess(&taken, from, to)
}

/// The numbers between two ends, all of them or the multiples of a step.
struct Range {
    low: Option<End>,
    high: Option<End>,
    step: Option<Decimal>,
}

#[derive(Clone)]
struct End {
    value: Decimal,
    exclusive: bool,
    /// Whether the contract says so, and not only the Rust type.
    said: bool,
}

impl Range {
    fn of(scalar: &Scalar) -> Self {
        let rules = &scalar.number;
        let step = rules.multiple_of.as_deref().and_then(Decimal::parse);
        let step = match (scalar.kind.is_integer(), step) {
            (true, Some(step)) => step.common_multiple(Decimal::ONE).or(Some(Decimal::ONE)),
            (true, None) => Some(Decimal::ONE),
            (false, step) => step,
        };
        let said = |bound: &Bound| {
            let value = Decimal::parse(&bound.value)?;
            Some(End { value, exclusive: bound.exclusive, said: true })
        };
        let by_width = |value| End { value, exclusive: false, said: false };
        let width = width(scalar.kind);
        let low = rules.minimum.as_ref().and_then(said);
        let high = rules.maximum.as_ref().and_then(said);
        Self {
            low: inner(low, width.map(|(low, ..)| by_width(low)), Ordering::Greater),
            high: inner(high, width.map(|(_, high, _)| by_width(high)), Ordering::Less),
            step,
        }
    }

    /// The same numbers with ends that are numbers of the range, where there is a step.
    fn snapped(self) -> Self {
        let Some(step) = self.step else { return self };
        let low = self.low.map(|end| snapped(end, step, Ordering::Less));
        let high = self.high.map(|end| snapped(end, step, Ordering::Greater));
        Self { low, high, step: self.step }
    }

    /// The numbers, where they are few.
    fn values(&self) -> Option<Vec<Decimal>> {
        let (low, high) = (self.low.as_ref()?, self.high.as_ref()?);
        let order = low.value.cmp(&high.value);
        let open = low.exclusive || high.exclusive;
        match (order, self.step) {
            (Ordering::Greater, _) => return Some(vec![]),
            (Ordering::Equal, _) if open => return Some(vec![]),
            (Ordering::Equal, _) => return Some(vec![low.value]),
            (Ordering::Less, None) => return None,
            (Ordering::Less, Some(_)) if open => return None,
            (Ordering::Less, Some(_)) => {}
        }
        let (mut values, mut at) = (vec![], low.value);
        while at <= high.value {
            values.push(at);
            at = at.checked_add(self.step?)?;
            if values.len() > FEW {
                return None;
            }
        }
        Some(values)
    }

    /// In which respects these are more numbers than others.
    fn excess(&self, taken: &Self, from: &Scalar, to: &Scalar) -> Vec<String> {
        let mut found = vec![];
        let mut narrow = false;
        let mut end = |sent: &Option<End>, taken: &Option<End>, way: Ordering, words: &str| {
            let Some(limit) = taken else { return };
            if sent.as_ref().is_some_and(|sent| !reaches_beyond(sent, limit, way)) {
                return;
            }
            match limit.said {
                true => found.push(format!("{words} {} may be sent", limit.value)),
                false => narrow = true,
            }
        };
        end(&self.low, &taken.low, Ordering::Less, "less than the minimum");
        end(&self.high, &taken.high, Ordering::Greater, "more than the maximum");
        let misses = match (self.step, taken.step) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(sent), Some(step)) => !sent.is_multiple_of(step),
        };
        if narrow || (misses && to.kind.is_integer() && !from.kind.is_integer()) {
            found.insert(0, other_kind(from.kind, to.kind));
        } else if misses {
            found.push("the sender does not require the multiple".to_owned());
        }
        found
    }

    /// Whether doubles keep every digit: those of 15 digits are kept.
    fn is_kept_by_double(&self, kind: ScalarKind) -> bool {
        const KEPT: Decimal = Decimal::constant("1e15");
        if matches!(kind, ScalarKind::Double | ScalarKind::Int32) {
            return true;
        }
        let Some(step) = self.step else { return false };
        let within = |end: &Option<End>| {
            let units = end.as_ref().and_then(|end| end.value.checked_div(step.unit(), 0));
            units.is_some_and(|units| units <= KEPT && units >= KEPT.negated())
        };
        within(&self.low) && within(&self.high)
    }
}

/// Whether one end lies outside of another; `way` is outside.
fn reaches_beyond(sent: &End, taken: &End, way: Ordering) -> bool {
    match sent.value.cmp(&taken.value) {
        Ordering::Equal => taken.exclusive && !sent.exclusive,
        order => order == way,
    }
}

/// The end that lies further inside; `way` is inside.
fn inner(one: Option<End>, other: Option<End>, way: Ordering) -> Option<End> {
    let (Some(first), Some(second)) = (&one, &other) else { return one.or(other) };
    let first_wins = match first.value.cmp(&second.value) {
        Ordering::Equal => true,
        order => order == way,
    };
    if first_wins { one } else { other }
}

/// The multiple of a step that is next to an end, on its inner side; `way` is outside.
fn snapped(end: End, step: Decimal, way: Ordering) -> End {
    let nearest = end.value.checked_div(step, 0).and_then(|n| n.checked_mul(step));
    let Some(nearest) = nearest else { return end };
    let order = nearest.cmp(&end.value);
    let is_outside = order == way || (order.is_eq() && end.exclusive);
    let inward = if way == Ordering::Less { step } else { step.negated() };
    let value = if is_outside { nearest.checked_add(inward) } else { Some(nearest) };
    value.map_or(end.clone(), |value| End { value, exclusive: false, said: end.said })
}
