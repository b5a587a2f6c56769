//! Rules for numbers (JSON Schema validation, section 6.2), checked in exact decimals.

use std::cmp::Ordering;

use scalars::Decimal;

use super::Rules;
use crate::value::DecimalString;
use crate::{At, Violations};

/// What a contract demands of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NumberRules {
    minimum: Option<Bound>,
    maximum: Option<Bound>,
    multiple_of: Option<Decimal>,
    one_of: &'static [i64],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bound {
    value: Decimal,
    exclusive: bool,
}

/// The methods that take a number take its text as the contract writes it; a text that spells no number of at most
/// 38 digits does not compile in a constant.
impl NumberRules {
    /// Any number.
    #[must_use]
    pub const fn new() -> Self {
        Self { minimum: None, maximum: None, multiple_of: None, one_of: &[] }
    }

    /// At least this.
    #[must_use]
    pub const fn minimum(self, text: &str) -> Self {
        Self { minimum: Some(Bound { value: Decimal::constant(text), exclusive: false }), ..self }
    }

    /// More than this.
    #[must_use]
    pub const fn above(self, text: &str) -> Self {
        Self { minimum: Some(Bound { value: Decimal::constant(text), exclusive: true }), ..self }
    }

    /// At most this.
    #[must_use]
    pub const fn maximum(self, text: &str) -> Self {
        Self { maximum: Some(Bound { value: Decimal::constant(text), exclusive: false }), ..self }
    }

    /// Less than this.
    #[must_use]
    pub const fn below(self, text: &str) -> Self {
        Self { maximum: Some(Bound { value: Decimal::constant(text), exclusive: true }), ..self }
    }

    /// A multiple of this.
    #[must_use]
    pub const fn multiple_of(self, text: &str) -> Self {
        Self { multiple_of: Some(Decimal::constant(text)), ..self }
    }

    /// One of these.
    #[must_use]
    pub const fn one_of(self, values: &'static [i64]) -> Self {
        Self { one_of: values, ..self }
    }
}

impl NumberRules {
    /// The comparison that a number must meet so that it is within the bounds after this is added to it, if it was
    /// before: only in the direction of the change can a bound be passed.
    pub(crate) fn before_adding(&self, amount: Decimal) -> Option<(&'static str, Decimal)> {
        let (bound, [inclusive, exclusive]) = match amount.cmp(&Decimal::default()) {
            Ordering::Less => (self.minimum?, [">=", ">"]),
            Ordering::Greater => (self.maximum?, ["<=", "<"]),
            Ordering::Equal => return None,
        };
        Some(match bound.value.checked_sub(amount) {
            Some(before) if bound.exclusive => (exclusive, before),
            Some(before) => (inclusive, before),
            // The difference has too many digits: the amount is nothing beside the bound.
            None => (exclusive, bound.value),
        })
    }

    /// Whether a number is within the bounds.
    pub(crate) fn bounds(&self, number: Decimal) -> bool {
        self.minimum.is_none_or(|bound| bound.admits(number, Ordering::Greater))
            && self.maximum.is_none_or(|bound| bound.admits(number, Ordering::Less))
    }
}

impl<T: Numeric> Rules<T> for NumberRules {
    fn check(&self, value: &T, at: &At<'_>, out: &mut Violations) {
        // A double that is not finite is within no bounds.
        let number = value.to_decimal();
        let within = |bound: &Bound, side| number.is_some_and(|number| bound.admits(number, side));
        if let Some(bound) = self.minimum.filter(|bound| !within(bound, Ordering::Greater)) {
            let words = if bound.exclusive { "more than" } else { "at least" };
            out.expected(at, format_args!("{words} {}", bound.value));
        }
        if let Some(bound) = self.maximum.filter(|bound| !within(bound, Ordering::Less)) {
            let words = if bound.exclusive { "less than" } else { "at most" };
            out.expected(at, format_args!("{words} {}", bound.value));
        }
        if let Some(step) =
            self.multiple_of.filter(|step| !number.is_some_and(|n| n.is_multiple_of(*step)))
        {
            out.expected(at, format_args!("a multiple of {}", step));
        }
        let listed = |listed: &i64| number == Some(Decimal::from(*listed));
        if !self.one_of.is_empty() && !self.one_of.iter().any(listed) {
            let values: Vec<String> = self.one_of.iter().map(i64::to_string).collect();
            out.expected(at, values.join(" or "));
        }
    }
}

impl Bound {
    /// Whether a number lies on a side of the bound, or on the bound itself where that counts.
    fn admits(self, number: Decimal, side: Ordering) -> bool {
        let order = number.cmp(&self.value);
        order == side || (order.is_eq() && !self.exclusive)
    }
}

/// A number that rules can be checked on.
pub trait Numeric {
    /// The number as a decimal; none for a double that is not finite.
    fn to_decimal(&self) -> Option<Decimal>;
}

impl Numeric for i32 {
    fn to_decimal(&self) -> Option<Decimal> {
        Some(Decimal::from(*self))
    }
}

impl Numeric for i64 {
    fn to_decimal(&self) -> Option<Decimal> {
        Some(Decimal::from(*self))
    }
}

/// None beyond 38 digits.
impl Numeric for i128 {
    fn to_decimal(&self) -> Option<Decimal> {
        Decimal::of_integer(*self)
    }
}

impl Numeric for f64 {
    fn to_decimal(&self) -> Option<Decimal> {
        Decimal::of_double(*self)
    }
}

impl Numeric for Decimal {
    fn to_decimal(&self) -> Option<Decimal> {
        Some(*self)
    }
}

impl Numeric for DecimalString {
    fn to_decimal(&self) -> Option<Decimal> {
        Some(self.get())
    }
}
