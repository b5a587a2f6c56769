//! Rules for numbers (JSON Schema validation, section 6.2), checked in exact decimals.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Rules;
use crate::number::{decimal, decimal_of_double, decimal_text};
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
/// 28 digits does not compile in a constant.
impl NumberRules {
    /// Any number.
    #[must_use]
    pub const fn new() -> Self {
        Self { minimum: None, maximum: None, multiple_of: None, one_of: &[] }
    }

    /// At least this.
    #[must_use]
    pub const fn minimum(self, text: &str) -> Self {
        Self { minimum: Some(Bound { value: decimal(text), exclusive: false }), ..self }
    }

    /// More than this.
    #[must_use]
    pub const fn above(self, text: &str) -> Self {
        Self { minimum: Some(Bound { value: decimal(text), exclusive: true }), ..self }
    }

    /// At most this.
    #[must_use]
    pub const fn maximum(self, text: &str) -> Self {
        Self { maximum: Some(Bound { value: decimal(text), exclusive: false }), ..self }
    }

    /// Less than this.
    #[must_use]
    pub const fn below(self, text: &str) -> Self {
        Self { maximum: Some(Bound { value: decimal(text), exclusive: true }), ..self }
    }

    /// A multiple of this.
    #[must_use]
    pub const fn multiple_of(self, text: &str) -> Self {
        Self { multiple_of: Some(decimal(text)), ..self }
    }

    /// One of these.
    #[must_use]
    pub const fn one_of(self, values: &'static [i64]) -> Self {
        Self { one_of: values, ..self }
    }
}

impl<T: Numeric> Rules<T> for NumberRules {
    fn check(&self, value: &T, at: &At<'_>, out: &mut Violations) {
        if let Some(bound) = self.minimum.filter(|bound| !bound.is_below(value)) {
            let words = if bound.exclusive { "more than" } else { "at least" };
            out.expected(at, format_args!("{words} {}", decimal_text(bound.value)));
        }
        if let Some(bound) = self.maximum.filter(|bound| !bound.is_above(value)) {
            let words = if bound.exclusive { "less than" } else { "at most" };
            out.expected(at, format_args!("{words} {}", decimal_text(bound.value)));
        }
        if let Some(step) = self.multiple_of.filter(|step| !is_multiple(value, *step)) {
            out.expected(at, format_args!("a multiple of {}", decimal_text(step)));
        }
        let listed = |listed: &i64| value.to_decimal() == Some(Decimal::from(*listed));
        if !self.one_of.is_empty() && !self.one_of.iter().any(listed) {
            let values: Vec<String> = self.one_of.iter().map(i64::to_string).collect();
            out.expected(at, values.join(" or "));
        }
    }
}

impl Bound {
    fn is_below(self, value: &impl Numeric) -> bool {
        match value.to_decimal() {
            Some(value) => self.value < value || (!self.exclusive && self.value == value),
            // Not a decimal of 28 digits, so equal to no bound.
            None => double(self.value) < value.to_f64(),
        }
    }

    fn is_above(self, value: &impl Numeric) -> bool {
        match value.to_decimal() {
            Some(value) => self.value > value || (!self.exclusive && self.value == value),
            None => double(self.value) > value.to_f64(),
        }
    }
}

fn is_multiple(value: &impl Numeric, step: Decimal) -> bool {
    match value.to_decimal().and_then(|value| value.checked_rem(step)) {
        Some(rest) => rest.is_zero(),
        None => value.to_f64() % double(step) == 0.0,
    }
}

fn double(decimal: Decimal) -> f64 {
    ToPrimitive::to_f64(&decimal).unwrap_or(f64::NAN)
}

/// A number that rules can be checked on.
pub trait Numeric {
    /// The number as a decimal, if 28 digits are enough for it.
    fn to_decimal(&self) -> Option<Decimal>;

    /// The double that is nearest.
    fn to_f64(&self) -> f64;
}

impl Numeric for i32 {
    fn to_decimal(&self) -> Option<Decimal> {
        Some(Decimal::from(*self))
    }

    fn to_f64(&self) -> f64 {
        f64::from(*self)
    }
}

impl Numeric for i64 {
    fn to_decimal(&self) -> Option<Decimal> {
        Some(Decimal::from(*self))
    }

    #[allow(clippy::cast_precision_loss, reason = "the nearest double is what is asked for")]
    fn to_f64(&self) -> f64 {
        *self as f64
    }
}

impl Numeric for f64 {
    fn to_decimal(&self) -> Option<Decimal> {
        decimal_of_double(*self)
    }

    fn to_f64(&self) -> f64 {
        *self
    }
}

impl Numeric for Decimal {
    fn to_decimal(&self) -> Option<Decimal> {
        Some(*self)
    }

    fn to_f64(&self) -> f64 {
        double(*self)
    }
}
