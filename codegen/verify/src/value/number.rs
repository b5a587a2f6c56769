//! Numbers: their constraints, and values at and beyond them.

use codegen::model::{Bound, NumberRules, Scalar, ScalarKind};
use rust_decimal::Decimal;
use serde_json::{Number, Value};

/// Whether a number is whole; `2.0` is (JSON Schema, section 6.1.1).
pub(crate) fn is_integer(number: &Number) -> bool {
    number.is_i64()
        || number.is_u64()
        || number.as_f64().is_some_and(|value| value.fract() == 0.0 && value.is_finite())
}

/// Tells every rule of a scalar that a number violates.
pub(super) fn check_number(
    number: &Number,
    scalar: &Scalar,
    say: &mut impl FnMut(&'static str, String),
) {
    let value = number.as_f64().unwrap_or(f64::NAN);
    let range = match scalar.kind {
        ScalarKind::Int32 => Some((f64::from(i32::MIN), f64::from(i32::MAX), "32 bits")),
        // The doubles at the ends of the range; what lies between doubles cannot be told apart here anyway.
        ScalarKind::Int64 => Some((i64::MIN as f64, i64::MAX as f64, "64 bits")),
        _ => None,
    };
    if let Some((_, _, bits)) = range.filter(|(least, most, _)| value < *least || value > *most) {
        say("format", format!("{number} does not fit in {bits}"));
    }
    let exact = decimal(&number.to_string());
    let compare = |bound: &Bound| match (exact, decimal(&bound.value)) {
        (Some(value), Some(bound)) => Some(value.cmp(&bound)),
        _ => value.partial_cmp(&bound.value.parse().unwrap_or(f64::NAN)),
    };
    let rules = &scalar.number;
    if let Some(bound) = &rules.minimum {
        let outside = match compare(bound) {
            Some(order) => order.is_lt() || (bound.exclusive && order.is_eq()),
            None => true,
        };
        if outside {
            say("minimum", format!("{number} is below the minimum {}", bound.value));
        }
    }
    if let Some(bound) = &rules.maximum {
        let outside = match compare(bound) {
            Some(order) => order.is_gt() || (bound.exclusive && order.is_eq()),
            None => true,
        };
        if outside {
            say("maximum", format!("{number} is above the maximum {}", bound.value));
        }
    }
    if let Some(step) = &rules.multiple_of
        && !is_multiple(exact, value, step)
    {
        say("multipleOf", format!("{number} is not a multiple of {step}"));
    }
    if !rules.one_of.is_empty() && !rules.one_of.iter().any(|one| value == *one as f64) {
        let known: Vec<_> = rules.one_of.iter().map(i64::to_string).collect();
        say("enum", format!("{number} is not one of {}", known.join(", ")));
    }
}

fn is_multiple(exact: Option<Decimal>, value: f64, step: &str) -> bool {
    match (exact, decimal(step)) {
        (Some(value), Some(step)) => value.checked_rem(step).is_none_or(|rest| rest.is_zero()),
        _ => step.parse::<f64>().is_ok_and(|step| value % step == 0.0),
    }
}

/// A number of a contract or of JSON as a decimal, if 28 digits are enough for it.
pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    match text.contains(['e', 'E']) {
        true => Decimal::from_scientific(text).ok(),
        false => text.parse().ok(),
    }
}

/// A number on one side of a constraint.
pub(super) struct Candidate {
    pub(super) keyword: &'static str,
    pub(super) keeps: bool,
    /// None where there is no such number.
    pub(super) value: Option<Value>,
}

/// Numbers at every bound and just beyond it. Whether each does what it is meant to is for the caller to check.
pub(super) fn candidates(scalar: &Scalar) -> Vec<Candidate> {
    let rules = &scalar.number;
    let mut out = Vec::new();
    let mut add = |keyword, keeps, value: Option<Value>| {
        out.push(Candidate { keyword, keeps, value });
    };
    let step = smallest_step(scalar);
    let json = |value: Option<Decimal>| value.and_then(to_json);
    for (keyword, bound, sign) in
        [("minimum", &rules.minimum, Decimal::ONE), ("maximum", &rules.maximum, -Decimal::ONE)]
    {
        let Some(bound) = bound else { continue };
        let Some(limit) = decimal(&bound.value) else { continue };
        let inner = step.checked_mul(sign);
        let first = match bound.exclusive {
            true => inner.and_then(|inner| limit.checked_add(inner)),
            false => Some(limit),
        };
        // A bound that is no multiple of the step is not itself a value; the next one inside is.
        let first = first.and_then(|first| onto_grid(first, rules, sign));
        add(keyword, true, json(first));
        let beyond = match bound.exclusive {
            true => Some(limit),
            false => inner.and_then(|inner| limit.checked_sub(inner)),
        };
        let beyond = beyond.and_then(|beyond| onto_grid(beyond, rules, -sign));
        add(keyword, false, json(beyond));
    }
    if let Some(grid) = rules.multiple_of.as_deref().and_then(decimal) {
        let some = valid(scalar);
        add("multipleOf", true, some.and_then(to_json));
        let off = grid.checked_div(Decimal::TWO);
        let off = off.and_then(|off| some.and_then(|some| some.checked_add(off)));
        add("multipleOf", false, json(off));
    }
    for one in &rules.one_of {
        add("enum", true, Some(Value::from(*one)));
    }
    if !rules.one_of.is_empty() {
        let other = (0..=rules.one_of.len() as i64).find(|one| !rules.one_of.contains(one));
        add("enum", false, other.map(Value::from));
    }
    match scalar.kind {
        ScalarKind::Int32 => {
            add("format", false, Some(Value::from(i64::from(i32::MAX) + 1)));
            add("format", false, Some(Value::from(i64::from(i32::MIN) - 1)));
            add("type", false, Some(Value::from(1.5)));
        }
        ScalarKind::Int64 => {
            add("format", false, Some(Value::from(1e30)));
            add("type", false, Some(Value::from(1.5)));
        }
        ScalarKind::Integer => add("type", false, Some(Value::from(1.5))),
        _ => {}
    }
    out
}

/// A number that obeys the rules, if one is near at hand.
pub(super) fn sample(scalar: &Scalar) -> Option<Value> {
    let rules = &scalar.number;
    if let Some(one) = rules.one_of.first() {
        return Some(Value::from(*one));
    }
    valid(scalar).and_then(to_json)
}

/// A number between the bounds, drawn by a share of the way from the least to the greatest in thousandths.
pub(super) fn drawn(scalar: &Scalar, share: u32) -> Option<Value> {
    let rules = &scalar.number;
    let (least, most) = bounds(scalar)?;
    let way = most.checked_sub(least)?.checked_mul(Decimal::from(share))?;
    let value = least.checked_add(way.checked_div(Decimal::from(1000))?)?;
    let whole = scalar.kind.is_integer();
    let value = if whole { value.floor() } else { value };
    onto_grid(value, rules, Decimal::ONE).and_then(to_json)
}

/// The least and the greatest number that are drawn. An open side is at most 2,000 away from the other one, or from
/// what is near zero.
fn bounds(scalar: &Scalar) -> Option<(Decimal, Decimal)> {
    const SPAN: Decimal = Decimal::from_parts(2000, 0, 0, false, 0);
    let rules = &scalar.number;
    let whole = scalar.kind.is_integer();
    let inner = |bound: &Option<Bound>, sign: Decimal| {
        let bound = bound.as_ref()?;
        let limit = decimal(&bound.value)?;
        let first = match (whole, sign > Decimal::ZERO) {
            (true, true) => limit.ceil(),
            (true, false) => limit.floor(),
            (false, _) => limit,
        };
        let first = onto_grid(first, rules, sign)?;
        let is_out = bound.exclusive && first == limit;
        if is_out { first.checked_add(smallest_step(scalar) * sign) } else { Some(first) }
    };
    let least = inner(&rules.minimum, Decimal::ONE);
    let most = inner(&rules.maximum, -Decimal::ONE);
    let range = scalar.kind.range().map(|(least, most)| (least.into(), most.into()));
    let (lowest, highest) = range.unwrap_or((Decimal::MIN, Decimal::MAX));
    let near = -SPAN.checked_div(Decimal::TWO)?;
    Some(match (least, most) {
        // Excluded bounds, nearer to each other than two steps.
        (Some(least), Some(most)) if least > most => {
            let middle = least.checked_add(most)?.checked_div(Decimal::TWO)?;
            (middle, middle)
        }
        (Some(least), Some(most)) => (least, most),
        (Some(least), None) => (least, least.saturating_add(SPAN).min(highest)),
        (None, Some(most)) => (most.saturating_sub(SPAN).min(near).max(lowest), most),
        (None, None) => (near, near.saturating_add(SPAN)),
    })
}

/// The least number that obeys bounds and step, or the greatest where there is no least.
fn valid(scalar: &Scalar) -> Option<Decimal> {
    let rules = &scalar.number;
    let step = rules.multiple_of.as_deref().and_then(decimal).unwrap_or(Decimal::ONE);
    match (&rules.minimum, &rules.maximum) {
        (Some(bound), _) => {
            let limit = decimal(&bound.value)?;
            let limit = if bound.exclusive { limit.checked_add(step)? } else { limit };
            let first = onto_grid(limit, rules, Decimal::ONE)?;
            let (least, most) = bounds(scalar)?;
            Some(if first > most { least } else { first })
        }
        (None, Some(bound)) => {
            let limit = decimal(&bound.value)?;
            let limit = if bound.exclusive { limit.checked_sub(step)? } else { limit };
            onto_grid(limit, rules, -Decimal::ONE)
        }
        (None, None) => Some(step),
    }
}

/// The nearest multiple of the step, going in a direction.
fn onto_grid(value: Decimal, rules: &NumberRules, direction: Decimal) -> Option<Decimal> {
    let Some(grid) = rules.multiple_of.as_deref().and_then(decimal) else { return Some(value) };
    let n_steps = value.checked_div(grid)?;
    let n_steps = if direction > Decimal::ZERO { n_steps.ceil() } else { n_steps.floor() };
    n_steps.checked_mul(grid)
}

/// How far the next value is at the nearest.
fn smallest_step(scalar: &Scalar) -> Decimal {
    let whole = scalar.kind.is_integer();
    let grid = scalar.number.multiple_of.as_deref().and_then(decimal);
    grid.unwrap_or_else(|| if whole { Decimal::ONE } else { Decimal::new(1, 2) })
}

fn to_json(value: Decimal) -> Option<Value> {
    serde_json::from_str(&value.normalize().to_string()).ok()
}
