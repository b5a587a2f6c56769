//! Exact decimal numbers.

use std::cmp::Ordering;
use std::fmt::{self, Debug, Display};
use std::str::FromStr;

/// An exact decimal number of at most 38 significant digits, as many as DynamoDB keeps.
///
/// Nothing rounds unless it says so: arithmetic answers `None` where a result needs more digits.
///
/// **Shape** `19.99`, `-0.5`, `1e400`: the number in JSON; without superfluous zeros, so that equal numbers are
/// written alike.
///
/// ```
/// use scalars::Decimal;
///
/// let price: Decimal = "19.99".parse()?;
/// let total = price.checked_mul(Decimal::from(3)).ok_or("too many digits")?;
/// assert_eq!(total.to_string(), "59.97");
/// assert_eq!(total.checked_div(Decimal::from(7), 2), Some(Decimal::new(857, 2)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// Below 10^38, and no multiple of ten unless it is zero, so that equal numbers are equal here.
    coefficient: i128,
    /// Of ten; zero where the coefficient is.
    exponent: i32,
}

/// The greatest coefficient there is, and one.
const LIMIT: i128 = 10_i128.pow(Decimal::DIGITS);

impl Decimal {
    /// 0
    pub const ZERO: Self = Self { coefficient: 0, exponent: 0 };
    /// 1
    pub const ONE: Self = Self { coefficient: 1, exponent: 0 };
    /// How many significant digits a number may have.
    pub const DIGITS: u32 = 38;

    /// An integer divided by a power of ten: `new(1999, 2)` is 19.99.
    #[must_use]
    pub const fn new(number: i64, places: u32) -> Self {
        let places = if places > i32::MAX as u32 { i32::MAX } else { places as i32 };
        Self::normal(number as i128, -places)
    }

    /// The number that a contract writes, for constants.
    ///
    /// # Panics
    /// At compile time: the text is no JSON number, or needs more than 38 digits.
    #[must_use]
    pub const fn constant(text: &str) -> Self {
        match Self::parse(text) {
            Some(number) => number,
            None => panic!("not a decimal number of at most 38 digits"),
        }
    }

    /// Reads a number by the grammar of JSON (RFC 8259, section 6); none when it is no such text, or needs more than
    /// 38 significant digits or an exponent beyond 32 bits.
    #[must_use]
    pub const fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if !is_json_number(text) {
            return None;
        }
        let negative = bytes[0] == b'-';
        let (mut coefficient, mut exponent): (i128, i64) = (0, 0);
        // Zeros wait until a digit follows, so that those at the end count in the exponent only.
        let mut zeros: i64 = 0;
        let mut in_fraction = false;
        let mut index = negative as usize;
        while index < bytes.len() && bytes[index] != b'e' && bytes[index] != b'E' {
            match bytes[index] {
                b'.' => in_fraction = true,
                b'0' => {
                    zeros += 1;
                    exponent -= in_fraction as i64;
                }
                digit => {
                    let mut shift = if coefficient == 0 { 1 } else { zeros + 1 };
                    while shift > 0 {
                        if coefficient >= LIMIT / 10 {
                            return None;
                        }
                        coefficient *= 10;
                        shift -= 1;
                    }
                    coefficient += (digit - b'0') as i128;
                    zeros = 0;
                    exponent -= in_fraction as i64;
                }
            }
            index += 1;
        }
        if coefficient == 0 {
            return Some(Self::ZERO);
        }
        exponent += zeros;
        if index < bytes.len() {
            exponent += written_exponent(bytes, index + 1);
        }
        if exponent < i32::MIN as i64 || exponent > i32::MAX as i64 {
            return None;
        }
        let coefficient = if negative { -coefficient } else { coefficient };
        Some(Self { coefficient, exponent: exponent as i32 })
    }

    /// The shortest decimal that is read as this double; none when it is not finite.
    #[must_use]
    pub fn of_double(double: f64) -> Option<Self> {
        // The standard library writes the shortest digits that are read as this very double.
        double.is_finite().then(|| Self::parse(&format!("{double:e}")))?
    }

    /// An integer; none beyond 38 digits.
    #[must_use]
    pub const fn of_integer(number: i128) -> Option<Self> {
        if number > -LIMIT && number < LIMIT { Some(Self::normal(number, 0)) } else { None }
    }

    /// Moves zeros from the coefficient to the exponent.
    const fn normal(mut coefficient: i128, mut exponent: i32) -> Self {
        if coefficient == 0 {
            return Self::ZERO;
        }
        while coefficient % 10 == 0 && exponent < i32::MAX {
            coefficient /= 10;
            exponent += 1;
        }
        Self { coefficient, exponent }
    }

    /// The number with so many significant digits as its coefficient has; none beyond 38.
    const fn bounded(coefficient: i128, exponent: i32) -> Option<Self> {
        let number = Self::normal(coefficient, exponent);
        if number.coefficient > -LIMIT && number.coefficient < LIMIT { Some(number) } else { None }
    }

    /// Whether it is an integer.
    #[must_use]
    pub const fn is_integer(self) -> bool {
        self.exponent >= 0
    }

    /// Whether it is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.coefficient == 0
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.coefficient < 0
    }

    /// The power of ten of its first digit: 1 for 19.99, 0 for zero.
    #[must_use]
    pub const fn magnitude(self) -> i64 {
        if self.coefficient == 0 {
            return 0;
        }
        self.exponent as i64 + self.coefficient.unsigned_abs().ilog10() as i64
    }

    /// The power of ten of its last digit: 0.01 for 19.99, 10 for 50.
    #[must_use]
    pub const fn unit(self) -> Self {
        Self { coefficient: 1, exponent: self.exponent }
    }

    /// The integer that it is; none when it has a fraction or does not fit.
    #[must_use]
    pub const fn to_integer(self) -> Option<i128> {
        if self.exponent < 0 {
            None
        } else {
            scaled(self.coefficient, self.exponent.unsigned_abs())
        }
    }

    /// The double that is nearest, which may be infinite.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        format!("{}e{}", self.coefficient, self.exponent).parse().unwrap_or(f64::NAN)
    }

    /// The sum.
    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        let exponent = if self.exponent < other.exponent { self.exponent } else { other.exponent };
        let (Some(left), Some(right)) = (self.scaled_to(exponent), other.scaled_to(exponent))
        else {
            return match (self.coefficient, other.coefficient) {
                (0, _) => Some(other),
                (_, 0) => Some(self),
                _ => None,
            };
        };
        match left.checked_add(right) {
            Some(sum) => Self::bounded(sum, exponent),
            None => None,
        }
    }

    /// The difference.
    #[must_use]
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.negated())
    }

    /// The product.
    #[must_use]
    pub const fn checked_mul(self, other: Self) -> Option<Self> {
        match (
            self.coefficient.checked_mul(other.coefficient),
            self.exponent.checked_add(other.exponent),
        ) {
            (Some(coefficient), Some(exponent)) => Self::bounded(coefficient, exponent),
            _ => None,
        }
    }

    /// The quotient, rounded to so many places, half to even; none by zero.
    #[must_use]
    pub fn checked_div(self, other: Self, places: u32) -> Option<Self> {
        let places = i32::try_from(places).ok()?;
        // The quotient's units are 10^-places.
        let shift = self.exponent.checked_sub(other.exponent)?.checked_add(places)?;
        let (mut dividend, mut divisor) = (self.coefficient, other.coefficient);
        if shift >= 0 {
            dividend = scaled(dividend, shift.unsigned_abs())?;
        } else {
            divisor = scaled(divisor, shift.unsigned_abs())?;
        }
        Self::bounded(half_to_even(dividend, divisor)?, -places)
    }

    /// The number rounded to so many places, half to even.
    #[must_use]
    pub fn round(self, places: u32) -> Self {
        let places = i32::try_from(places).unwrap_or(i32::MAX);
        let drop = -i64::from(self.exponent) - i64::from(places);
        let Ok(drop @ 1..) = u32::try_from(drop) else { return self };
        match 10_i128.checked_pow(drop) {
            Some(unit) => half_to_even(self.coefficient, unit)
                .map_or(self, |coefficient| Self::normal(coefficient, -places)),
            None => Self::ZERO,
        }
    }

    /// The greatest integer that is not above it.
    #[must_use]
    pub fn floor(self) -> Self {
        if self.is_integer() {
            return self;
        }
        match 10_i128.checked_pow(self.exponent.unsigned_abs()) {
            Some(unit) => Self::normal(self.coefficient.div_euclid(unit), 0),
            None if self.is_negative() => Self::ONE.negated(),
            None => Self::ZERO,
        }
    }

    /// The least integer that is not below it.
    #[must_use]
    pub fn ceil(self) -> Self {
        self.negated().floor().negated()
    }

    /// The number with the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { coefficient: -self.coefficient, exponent: self.exponent }
    }

    /// Whether it is an integer times another; nothing but zero is a multiple of zero.
    #[must_use]
    pub fn is_multiple_of(self, step: Self) -> bool {
        if self.is_zero() || step.is_zero() {
            return self.is_zero();
        }
        let divisor = step.coefficient.unsigned_abs();
        let value = self.coefficient.unsigned_abs();
        let shift = i64::from(self.exponent) - i64::from(step.exponent);
        // A coefficient never ends in zero, so it is no multiple of what is ten times greater.
        if shift < 0 {
            return false;
        }
        // What of the divisor is made of twos and fives is gone after so many powers of ten as it has bits.
        let mut rest = value % divisor;
        for _ in 0..shift.min(i64::from(u128::BITS)) {
            rest = times_ten(rest, divisor);
        }
        rest == 0
    }

    /// The least number above zero that is a multiple of both; none where it needs too many digits.
    #[must_use]
    pub fn common_multiple(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let (left, right) = (self.scaled_to(exponent)?, other.scaled_to(exponent)?);
        let (mut a, mut b) = (left.unsigned_abs(), right.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let divisor = i128::try_from(a).ok().filter(|divisor| *divisor != 0)?;
        Self::bounded((left / divisor).checked_mul(right)?.checked_abs()?, exponent)
    }

    /// The coefficient that it has for a smaller exponent.
    const fn scaled_to(self, exponent: i32) -> Option<i128> {
        match self.exponent.checked_sub(exponent) {
            Some(shift) if shift >= 0 => scaled(self.coefficient, shift.unsigned_abs()),
            _ => None,
        }
    }
}

/// A number times a power of ten.
const fn scaled(number: i128, shift: u32) -> Option<i128> {
    if number == 0 {
        return Some(0);
    }
    match 10_i128.checked_pow(shift) {
        Some(factor) => number.checked_mul(factor),
        None => None,
    }
}

/// A quotient rounded to the nearest integer, halves to the even one.
fn half_to_even(dividend: i128, divisor: i128) -> Option<i128> {
    let (quotient, rest) = (dividend.checked_div(divisor)?, dividend.checked_rem(divisor)?);
    let (rest, size) = (rest.unsigned_abs(), divisor.unsigned_abs());
    let away = match rest.cmp(&(size - rest)) {
        Ordering::Less => false,
        Ordering::Equal => quotient % 2 != 0,
        Ordering::Greater => true,
    };
    let step = if (dividend < 0) == (divisor < 0) { 1 } else { -1 };
    Some(if away { quotient + step } else { quotient })
}

/// Ten times a rest, modulo a divisor below 2^127, so that no sum of two rests overflows.
const fn times_ten(rest: u128, divisor: u128) -> u128 {
    let twice = (rest + rest) % divisor;
    let four = (twice + twice) % divisor;
    let eight = (four + four) % divisor;
    (eight + twice) % divisor
}

/// The exponent that is written from an index on; one beyond 32 bits is some number far beyond them.
const fn written_exponent(bytes: &[u8], mut index: usize) -> i64 {
    let negative = bytes[index] == b'-';
    if negative || bytes[index] == b'+' {
        index += 1;
    }
    let mut value: i64 = 0;
    while index < bytes.len() {
        if value < 1 << 50 {
            value = value * 10 + (bytes[index] - b'0') as i64;
        }
        index += 1;
    }
    if negative { -value } else { value }
}

/// Whether a text is a number by the grammar of JSON (RFC 8259, section 6): no `+`, no leading zero, no blank.
#[must_use]
pub const fn is_json_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let start = (!bytes.is_empty() && bytes[0] == b'-') as usize;
    let mut index = after_digits(bytes, start);
    if index == start || (bytes[start] == b'0' && index > start + 1) {
        return false;
    }
    if index < bytes.len() && bytes[index] == b'.' {
        let fraction = index + 1;
        index = after_digits(bytes, fraction);
        if index == fraction {
            return false;
        }
    }
    if index < bytes.len() && (bytes[index] == b'e' || bytes[index] == b'E') {
        index += 1;
        if index < bytes.len() && (bytes[index] == b'+' || bytes[index] == b'-') {
            index += 1;
        }
        let exponent = index;
        index = after_digits(bytes, exponent);
        if index == exponent {
            return false;
        }
    }
    index == bytes.len()
}

const fn after_digits(bytes: &[u8], mut index: usize) -> usize {
    while index < bytes.len() && bytes[index].is_ascii_digit() {
        index += 1;
    }
    index
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let signs = self.coefficient.signum().cmp(&other.coefficient.signum());
        if signs.is_ne() || self.is_zero() {
            return signs;
        }
        let sizes = self.magnitude().cmp(&other.magnitude()).then_with(|| {
            // Of one magnitude and 38 digits at most, so both fit.
            let exponent = self.exponent.min(other.exponent);
            let size = |number: Self| number.scaled_to(exponent).map(i128::unsigned_abs);
            size(*self).cmp(&size(*other))
        });
        if self.is_negative() { sizes.reverse() } else { sizes }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Beyond so many zeros, an exponent reads better.
        const MAX_ZEROS: u32 = 40;
        let sign = if self.is_negative() { "-" } else { "" };
        // Numbers of 128 bits are divided by software.
        let digits = match u64::try_from(self.coefficient.unsigned_abs()) {
            Ok(small) => small.to_string(),
            Err(_) => self.coefficient.unsigned_abs().to_string(),
        };
        let shift = self.exponent.unsigned_abs();
        if shift > MAX_ZEROS {
            return write!(f, "{sign}{digits}e{}", self.exponent);
        }
        let shift = shift as usize;
        f.write_str(sign)?;
        if self.exponent >= 0 {
            f.write_str(&digits)?;
            return (0..shift).try_for_each(|_| f.write_str("0"));
        }
        match digits.len().checked_sub(shift).filter(|whole| *whole > 0) {
            Some(whole) => {
                f.write_str(&digits[..whole])?;
                f.write_str(".")?;
                f.write_str(&digits[whole..])
            }
            None => write!(f, "0.{digits:0>shift$}"),
        }
    }
}

impl Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

/// A text is no decimal number of at most 38 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDecimal;

impl Display for NoDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number of at most 38 digits")
    }
}

impl std::error::Error for NoDecimal {}

impl FromStr for Decimal {
    type Err = NoDecimal;

    fn from_str(text: &str) -> Result<Self, NoDecimal> {
        Self::parse(text).ok_or(NoDecimal)
    }
}

impl From<i32> for Decimal {
    fn from(number: i32) -> Self {
        Self::normal(number.into(), 0)
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self::normal(number.into(), 0)
    }
}

impl From<u32> for Decimal {
    fn from(number: u32) -> Self {
        Self::normal(number.into(), 0)
    }
}

impl From<u64> for Decimal {
    fn from(number: u64) -> Self {
        Self::normal(number.into(), 0)
    }
}
