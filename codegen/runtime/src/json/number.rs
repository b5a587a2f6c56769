//! A number as its text, and what types can hold of it without a change.

use std::borrow::Cow;
use std::fmt::{self, Display, Write as _};

use scalars::{Decimal, is_json_number};

/// A number by the grammar of JSON (RFC 8259, section 6), with all its digits. Equal numbers are equal however they
/// are written.
#[derive(Debug, Clone)]
pub struct Number<'a>(Cow<'a, str>);

impl<'a> Number<'a> {
    /// A number's text; none when it is no such text.
    #[must_use]
    pub fn new(text: impl Into<Cow<'a, str>>) -> Option<Self> {
        let text = text.into();
        is_json_number(&text).then_some(Self(text))
    }

    /// A text that is known to be a number.
    pub(super) fn known(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// `serde_json` writes an integer with all its digits, and the shortest text of a double.
    pub(super) fn of_json(number: &serde_json::Number) -> Self {
        Self(Cow::Owned(number.to_string()))
    }

    /// The number as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The integer that it is, if it fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        Digits(&self.0).to_i64()
    }

    /// The decimal that it is, if 38 digits are enough for it.
    #[must_use]
    pub fn to_decimal(&self) -> Option<Decimal> {
        Decimal::parse(&self.0)
    }

    /// The double that it is; none when a double would be another number, as with more than 17 digits.
    #[must_use]
    pub fn to_f64(&self) -> Option<f64> {
        Digits(&self.0).to_f64()
    }

    pub(super) fn into_owned(self) -> Number<'static> {
        Number(Cow::Owned(self.0.into_owned()))
    }
}

impl PartialEq for Number<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || canonical(&self.0) == canonical(&other.0)
    }
}

impl Eq for Number<'_> {}

impl Display for Number<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<i64> for Number<'static> {
    fn from(value: i64) -> Self {
        Self(Cow::Owned(value.to_string()))
    }
}

impl From<Decimal> for Number<'static> {
    fn from(value: Decimal) -> Self {
        Self(Cow::Owned(value.to_string()))
    }
}

/// What may be the text of a number: of JSON, of a stored attribute, or of a parameter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Digits<'a>(pub(crate) &'a str);

impl Digits<'_> {
    /// The integer; `2.0` and `2e3` are integers too (JSON Schema, section 6.1.1).
    pub(crate) fn to_i64(self) -> Option<i64> {
        match self.0.parse() {
            Ok(integer) if is_json_number(self.0) => Some(integer),
            _ => self.to_i128()?.try_into().ok(),
        }
    }

    /// As [`Digits::to_i64`], of up to 38 digits.
    pub(crate) fn to_i128(self) -> Option<i128> {
        Decimal::parse(self.0)?.to_integer()
    }

    /// The decimal, if 38 digits are enough for it.
    pub(crate) fn to_decimal(self) -> Option<Decimal> {
        Decimal::parse(self.0)
    }

    /// The double; none when the shortest text of the nearest one is another number.
    pub(crate) fn to_f64(self) -> Option<f64> {
        /// So many digits survive the way through a double, and more do not always.
        const SAFE_BYTES: usize = 15;
        if !is_json_number(self.0) {
            return None;
        }
        let double: f64 = self.0.parse().ok()?;
        let is_plain = self.0.len() <= SAFE_BYTES && !self.0.contains(['e', 'E']);
        let is_kept =
            || Decimal::of_double(double).is_some_and(|kept| self.to_decimal() == Some(kept));
        (is_plain || is_kept()).then_some(double)
    }

    /// Writes a text that equal numbers share, whatever their length.
    pub(crate) fn push_canonical(self, out: &mut String) {
        let (negative, digits, exponent) = canonical(self.0);
        let _ = write!(out, "{}{digits}e{exponent}", if negative { "-" } else { "" });
    }
}

/// Sign, digits without zeros at either end, and the power of ten of the last digit.
fn canonical(text: &str) -> (bool, String, i64) {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let unsigned = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (integer, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = format!("{integer}{fraction}");
    let significant = digits.trim_end_matches('0');
    let n_zeros = digits.len() - significant.len();
    let significant = significant.trim_start_matches('0').to_owned();
    if significant.is_empty() {
        return (false, significant, 0);
    }
    // The reader of JSON takes no exponent of more than nine digits.
    let exponent: i64 = exponent.parse().unwrap_or(0);
    let places = i64::try_from(fraction.len()).unwrap_or(0);
    let n_zeros = i64::try_from(n_zeros).unwrap_or(0);
    (mantissa.starts_with('-'), significant, exponent - places + n_zeros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_is_taken_only_where_it_is_the_number() {
        for kept in [
            "0",
            "-0.0",
            "0.1",
            "1e300",
            "5e-324",
            "0.30000000000000004",
            "1e23",
            "123456789012345",
        ] {
            assert!(Digits(kept).to_f64().is_some(), "{kept}");
        }
        for changed in [
            "1e400",
            "1e-999999",
            "1e-400",
            "9007199254740993",
            "0.1234567890123456789",
            "3.14159265358979323846",
            "+1",
            "NaN",
            "",
        ] {
            assert_eq!(Digits(changed).to_f64(), None, "{changed}");
        }
    }

    #[test]
    fn equal_numbers_are_equal_however_they_are_written() {
        let number = |text: &'static str| Number(Cow::Borrowed(text));
        for same in [["1", "1.0"], ["100", "1e2"], ["-0.0", "0"], ["0.010", "1E-2"]] {
            assert_eq!(number(same[0]), number(same[1]));
        }
        for other in [
            ["1", "-1"],
            [
                "12345678901234567890123456789012345678901",
                "12345678901234567890123456789012345678902",
            ],
            ["1e400", "1e401"],
        ] {
            assert_ne!(number(other[0]), number(other[1]));
        }
    }
}
