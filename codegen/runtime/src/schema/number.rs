//! Numbers of any size, compared exactly.

use std::cmp::Ordering;

/// A decimal number of any size: its digits without zeros at either end, and the power of ten of the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exact {
    negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

impl Exact {
    /// The number that a JSON text spells.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if !scalars::is_json_number(text) {
            return None;
        }
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i64 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let places = i64::try_from(fraction.len()).ok()?;
        let digits = whole.trim_start_matches('-').bytes().chain(fraction.bytes());
        let mut digits: Vec<u8> = digits.map(|digit| digit - b'0').collect();
        let mut exponent = exponent.checked_sub(places)?;
        while digits.last() == Some(&0) {
            digits.pop();
            exponent = exponent.checked_add(1)?;
        }
        let zeros = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..zeros);
        if digits.is_empty() {
            return Some(Self { negative: false, digits, exponent: 0 });
        }
        Some(Self { negative: mantissa.starts_with('-'), digits, exponent })
    }

    /// Whether it has no fraction.
    pub(super) fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    pub(super) fn cmp(&self, other: &Self) -> Ordering {
        match (self.sign(), other.sign()) {
            (one, two) if one != two => one.cmp(&two),
            (0, _) => Ordering::Equal,
            (1, _) => self.cmp_size(other),
            _ => other.cmp_size(self),
        }
    }

    /// Whether it is a multiple of a step above zero.
    ///
    /// A number that is far larger than its step is divided digit by digit, at most as many as a double can stand for.
    pub(super) fn is_multiple_of(&self, step: &Self) -> bool {
        const MAX_DIGITS: i64 = 2000;
        if self.digits.is_empty() {
            return true;
        }
        let shift = self.exponent.saturating_sub(step.exponent);
        if !(0..=MAX_DIGITS).contains(&shift) {
            // With a smaller last digit than the step has, or beyond what anybody sends: a power of ten times the
            // digits decides, and a step of one digit of 1, 2 or 5 divides each such power.
            return shift > 0 && matches!(step.digits.as_slice(), [1 | 2 | 5]);
        }
        let zeros = usize::try_from(shift).unwrap_or(0);
        let mut rest: Vec<u8> = Vec::new();
        for digit in self.digits.iter().copied().chain(std::iter::repeat_n(0, zeros)) {
            if !(rest.is_empty() && digit == 0) {
                rest.push(digit);
            }
            while at_least(&rest, &step.digits) {
                subtract(&mut rest, &step.digits);
            }
        }
        rest.is_empty()
    }

    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    /// Compares the sizes of two numbers that are not zero.
    fn cmp_size(&self, other: &Self) -> Ordering {
        let top = |number: &Self| {
            number.exponent.saturating_add(i64::try_from(number.digits.len()).unwrap_or(i64::MAX))
        };
        // Digits without zeros at the end order as texts do, once they begin at the same power of ten.
        top(self).cmp(&top(other)).then_with(|| self.digits.cmp(&other.digits))
    }
}

/// Whether a number is at least another one, both as digits without zeros before them.
fn at_least(number: &[u8], other: &[u8]) -> bool {
    number.len().cmp(&other.len()).then_with(|| number.cmp(other)) != Ordering::Less
}

/// Takes a number from another one that is at least as large.
fn subtract(number: &mut Vec<u8>, other: &[u8]) {
    let offset = number.len() - other.len();
    let mut borrow = 0;
    for index in (0..number.len()).rev() {
        let taken = borrow + index.checked_sub(offset).map_or(0, |index| other[index]);
        let (digit, next) = match number[index].checked_sub(taken) {
            Some(digit) => (digit, 0),
            None => (number[index] + 10 - taken, 1),
        };
        (number[index], borrow) = (digit, next);
    }
    let zeros = number.iter().take_while(|digit| **digit == 0).count();
    number.drain(..zeros);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn numbers_compare_by_value_whatever_their_size() {
        let number = |text: &str| Exact::parse(text).unwrap();
        let ordered = ["-1e400", "-2", "-1.5", "0", "1e-400", "0.1", "1", "1.01", "12", "1e400"];
        for (index, text) in ordered.iter().enumerate() {
            for (other_index, other) in ordered.iter().enumerate() {
                let found = number(text).cmp(&number(other));
                assert_eq!(found, index.cmp(&other_index), "{text} and {other}");
            }
        }
        assert_eq!(number("1.00e2"), number("100"));
        assert_eq!(number("-0.0"), number("0"));
    }

    #[test]
    fn multiples_are_exact() {
        let number = |text: &str| Exact::parse(text).unwrap();
        let cases = [
            ("4.5", "1.5", true),
            ("0.0075", "0.0001", true),
            ("0.00751", "0.0001", false),
            ("19.99", "0.01", true),
            ("1e300", "0.01", true),
            ("1e308", "0.5", true),
            ("12391239123", "1e-8", true),
            ("35", "3", false),
            ("0", "7", true),
            ("1.1", "2", false),
        ];
        for (value, step, expected) in cases {
            assert_eq!(number(value).is_multiple_of(&number(step)), expected, "{value} by {step}");
        }
    }

    #[test]
    fn integers_have_no_fraction() {
        let number = |text: &str| Exact::parse(text).unwrap();
        assert!(number("1.0").is_integer() && number("1e3").is_integer());
        assert!(!number("1.5").is_integer() && !number("1e-3").is_integer());
    }
}
