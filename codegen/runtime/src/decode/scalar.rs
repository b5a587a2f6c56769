//! Reading scalars that have no rules beyond their kind.

use uuid::Uuid;

use super::node::View;
use super::{At, Decode, Violations};
use crate::json::Digits;
use crate::value::{Bytes, Date, Decimal, DecimalString, Sensitive, Timestamp, from_base64};
use crate::{Json, format};

impl Decode for String {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        at.string("a string", out).map(str::to_owned)
    }
}

impl Decode for bool {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        match at.view() {
            View::Boolean(value) => return Some(value),
            View::Text("true") => return Some(true),
            View::Text("false") => return Some(false),
            _ => out.expected(at, "true or false"),
        }
        None
    }
}

/// A number read by a function that may find it out of range.
fn number<T>(
    at: &At<'_>,
    out: &mut Violations,
    expected: &str,
    read: impl FnOnce(Digits<'_>) -> Option<T>,
) -> Option<T> {
    let value = match at.view() {
        View::Number(number) => read(number),
        View::Text(text) => read(Digits(text)),
        _ => None,
    };
    if value.is_none() {
        out.expected(at, expected);
    }
    value
}

impl Decode for i32 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let expected = "an integer from -2147483648 to 2147483647";
        number(at, out, expected, |number| number.to_i64()?.try_into().ok())
    }
}

impl Decode for i64 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let expected = "an integer from -9223372036854775808 to 9223372036854775807";
        number(at, out, expected, |number| number.to_i64())
    }
}

impl Decode for i128 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        number(at, out, "an integer of at most 38 digits", |number| number.to_i128())
    }
}

impl Decode for f64 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let expected = "a number that a double keeps, of at most 17 digits";
        match at.view() {
            // What no double can be is a matter of its own.
            View::Number(_) | View::Text(_) => number(at, out, expected, |number| number.to_f64()),
            _ => number(at, out, "a number", |number| number.to_f64()),
        }
    }
}

impl Decode for Decimal {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        number(at, out, "a decimal number of at most 38 digits", |number| number.to_decimal())
    }
}

impl Decode for DecimalString {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let expected = "a string with a decimal number of at most 38 digits";
        let decimal = Self::parse(at.string(expected, out)?);
        if decimal.is_none() {
            out.expected(at, expected);
        }
        decimal
    }
}

impl Decode for Uuid {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const HYPHENATED_BYTES: usize = 36;
        let expected = "a UUID such as 123e4567-e89b-42d3-a456-426614174000";
        let text = at.string(expected, out)?;
        let uuid = Some(text)
            .filter(|text| text.len() == HYPHENATED_BYTES)
            .and_then(|text| Self::try_parse(text).ok());
        if uuid.is_none() {
            out.expected(at, expected);
        }
        uuid
    }
}

impl Decode for Timestamp {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let expected = "a date and time such as 2026-11-01T12:00:00Z";
        let timestamp = Self::parse(at.string(expected, out)?);
        if timestamp.is_none() {
            out.expected(at, expected);
        }
        timestamp
    }
}

impl Decode for Date {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let expected = "a date such as 2026-11-01";
        let date = format::parse_date(at.string(expected, out)?);
        if date.is_none() {
            out.expected(at, expected);
        }
        date
    }
}

impl Decode for Bytes {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        if let View::Bytes(bytes) = at.view() {
            return Some(Self::copy_from_slice(bytes));
        }
        let expected = "base64 with padding";
        let bytes = from_base64(at.string(expected, out)?);
        if bytes.is_none() {
            out.expected(at, expected);
        }
        bytes
    }
}

impl Decode for Json {
    fn decode(at: &At<'_>, _: &mut Violations) -> Option<Self> {
        Some(at.to_json())
    }
}

impl<T: Decode> Decode for Sensitive<T> {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        T::decode(&at.secret(), out).map(Self::new)
    }
}
