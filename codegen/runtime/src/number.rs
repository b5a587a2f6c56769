//! Numbers as text: the grammar of JSON, exact decimals, and doubles as the decimals they stand for.

use rust_decimal::Decimal;

/// Whether a text is a number by the grammar of JSON (RFC 8259, section 6): no `+`, no leading zero, no blank.
pub(crate) fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let unsigned = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (integer, fraction) = match unsigned.split_once('.') {
        Some((integer, fraction)) => (integer, Some(fraction)),
        None => (unsigned, None),
    };
    digits(integer)
        && (integer == "0" || !integer.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
}

/// The decimal that a JSON number spells; none when it is no number or needs more than 28 digits.
pub(crate) fn parse_decimal(text: &str) -> Option<Decimal> {
    if !is_json_number(text) {
        return None;
    }
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return Decimal::from_str_exact(text).ok();
    };
    let exponent: i32 = exponent.parse().ok()?;
    let mantissa = Decimal::from_str_exact(mantissa).ok()?.normalize();
    if mantissa.is_zero() {
        return Some(Decimal::ZERO);
    }
    let scale = i32::try_from(mantissa.scale()).ok()?.checked_sub(exponent)?;
    match u32::try_from(scale) {
        Ok(scale) => Decimal::try_from_i128_with_scale(mantissa.mantissa(), scale).ok(),
        Err(_) => {
            let factor = 10i128.checked_pow(scale.unsigned_abs())?;
            Decimal::try_from_i128_with_scale(mantissa.mantissa().checked_mul(factor)?, 0).ok()
        }
    }
}

/// The shortest decimal that is read as this double; none when it needs more than 28 digits.
pub(crate) fn decimal_of_double(double: f64) -> Option<Decimal> {
    // Display writes every zero out: beyond these bounds that is a long text for nothing.
    const GREATEST: f64 = 8e28;
    const LEAST: f64 = 1e-28;
    if double == 0.0 {
        return Some(Decimal::ZERO);
    }
    let size = double.abs();
    (LEAST..GREATEST).contains(&size).then(|| Decimal::from_str_exact(&double.to_string()).ok())?
}

/// A decimal without superfluous zeros, so that equal numbers are written alike.
pub(crate) fn decimal_text(decimal: Decimal) -> String {
    decimal.normalize().to_string()
}

/// A finite double as JSON writes it; none for the others, which JSON cannot write.
pub(crate) fn double_text(double: f64) -> Option<String> {
    serde_json::Number::from_f64(double).map(|number| number.to_string())
}

/// The decimal that a number in a contract spells.
///
/// For constants of generated code: a number that is none, or that needs more than 28 digits, does not compile.
///
/// # Panics
/// As said, at compile time.
#[must_use]
pub(crate) const fn decimal(text: &str) -> Decimal {
    let bytes = text.as_bytes();
    let negative = !bytes.is_empty() && bytes[0] == b'-';
    let mut mantissa: u128 = 0;
    let mut scale: i32 = 0;
    let mut in_fraction = false;
    let mut index = if negative { 1 } else { 0 };
    while index < bytes.len() {
        match bytes[index] {
            b'.' => in_fraction = true,
            b'e' | b'E' => {
                scale -= exponent(bytes, index + 1);
                break;
            }
            digit => {
                assert!(digit.is_ascii_digit(), "not a decimal number");
                mantissa = mantissa * 10 + (digit - b'0') as u128;
                scale += in_fraction as i32;
            }
        }
        assert!(mantissa >> 96 == 0, "a decimal number has at most 28 digits");
        index += 1;
    }
    while scale < 0 {
        mantissa *= 10;
        scale += 1;
        assert!(mantissa >> 96 == 0, "a decimal number has at most 28 digits");
    }
    assert!(scale <= 28, "a decimal number has at most 28 digits");
    Decimal::from_parts(
        mantissa as u32,
        (mantissa >> 32) as u32,
        (mantissa >> 64) as u32,
        negative && mantissa != 0,
        scale as u32,
    )
}

/// The exponent that starts at an index.
const fn exponent(bytes: &[u8], mut index: usize) -> i32 {
    let negative = index < bytes.len() && bytes[index] == b'-';
    if index < bytes.len() && (bytes[index] == b'-' || bytes[index] == b'+') {
        index += 1;
    }
    let mut value = 0;
    while index < bytes.len() {
        assert!(bytes[index].is_ascii_digit(), "not a decimal number");
        value = value * 10 + (bytes[index] - b'0') as i32;
        assert!(value <= 100, "a decimal number has at most 28 digits");
        index += 1;
    }
    if negative { -value } else { value }
}
