//! Exact decimals, as the bounds of contracts are written.
//!
//! Owns comparison and divisibility without rounding. Knows numbers of up to 38 digits; of longer ones it says
//! that it does not know, and callers then assume the worst.

use std::cmp::Ordering;

/// `mantissa × 10^exponent`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exact {
    mantissa: i128,
    exponent: i32,
}

impl Exact {
    /// A number in decimal notation: `-0.01`, `1e6`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mantissa = format!("{whole}{fraction}").parse::<i128>().ok()?;
        let places = i32::try_from(fraction.len()).ok()?;
        Some(Self { mantissa, exponent: exponent.checked_sub(places)? })
    }

    /// An integer.
    pub(super) fn integer(value: i64) -> Self {
        Self { mantissa: i128::from(value), exponent: 0 }
    }

    /// Which of two is greater; none when they are too far apart to be brought to one scale.
    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        let (left, right) = self.aligned(other)?;
        Some(left.cmp(&right))
    }

    /// Whether this is a multiple of another.
    pub(super) fn is_multiple_of(self, other: Self) -> Option<bool> {
        let (left, right) = self.aligned(other)?;
        left.checked_rem(right).map(|rest| rest == 0)
    }

    fn aligned(self, other: Self) -> Option<(i128, i128)> {
        let exponent = self.exponent.min(other.exponent);
        Some((self.scaled_to(exponent)?, other.scaled_to(exponent)?))
    }

    fn scaled_to(self, exponent: i32) -> Option<i128> {
        if self.mantissa == 0 {
            return Some(0);
        }
        let places = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        self.mantissa.checked_mul(10_i128.checked_pow(places)?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may")]

    use super::*;

    fn compare(left: &str, right: &str) -> Option<Ordering> {
        Exact::parse(left).unwrap().compare(Exact::parse(right).unwrap())
    }

    #[test]
    fn compares_without_rounding() {
        assert_eq!(compare("0.1", "0.10"), Some(Ordering::Equal));
        assert_eq!(compare("1e3", "999.999"), Some(Ordering::Greater));
        assert_eq!(compare("-0.01", "0"), Some(Ordering::Less));
        assert_eq!(
            compare("12345678901234567890.1", "12345678901234567890.2"),
            Some(Ordering::Less)
        );
        assert_eq!(compare("1e300", "1"), None);
    }

    #[test]
    fn knows_multiples() {
        let is_multiple = |left: &str, right: &str| {
            Exact::parse(left).unwrap().is_multiple_of(Exact::parse(right).unwrap())
        };
        assert_eq!(is_multiple("0.3", "0.1"), Some(true));
        assert_eq!(is_multiple("0.35", "0.1"), Some(false));
        assert_eq!(is_multiple("1", "0"), None);
    }

    #[test]
    fn refuses_what_is_no_number() {
        assert_eq!(Exact::parse("ten"), None);
        assert_eq!(Exact::parse(""), None);
        assert_eq!(Exact::parse("1e99999999999"), None);
    }
}
