//! The values that contracts use beside those of Rust's own library.
//!
//! Owns their text forms: times always in UTC with microseconds, so that their texts order as they do.

use std::fmt::{self, Debug, Display};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub use bytes::Bytes;
pub use jiff::civil::Date;
pub use rust_decimal::Decimal;
pub use serde_json::Value as Json;
pub use uuid::Uuid;

/// A property that may be absent, and may be `null`, which means something else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Maybe<T> {
    /// The property is not there.
    #[default]
    Absent,
    /// The property is `null`.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// The value, if there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The same with a reference to the value.
    pub fn as_ref(&self) -> Maybe<&T> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(value),
        }
    }

    /// Whether the property is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

/// A value that a contract marks `x-sensitive`: `Debug` does not show it, and it cannot be displayed.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sensitive<T>(T);

impl<T> Sensitive<T> {
    /// Hides a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself, for where it must be used.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The value itself, taken out.
    pub fn into_exposed(self) -> T {
        self.0
    }
}

impl<T> From<T> for Sensitive<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

/// An instant in the years 0000 to 9999, to the microsecond.
///
/// **Shape** `2026-11-01T12:00:00.000123Z`, always UTC with six digits of fraction, so that texts order by time.
/// Any offset is read; a finer fraction is cut off.
/// **Source** RFC 3339, section 5.6
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

impl Timestamp {
    /// 1 January 1970.
    pub const UNIX_EPOCH: Self = Self(jiff::Timestamp::UNIX_EPOCH);

    /// The present instant.
    #[must_use]
    pub fn now() -> Self {
        Self::new(jiff::Timestamp::now()).unwrap_or(Self::UNIX_EPOCH)
    }

    /// An instant, cut to the microsecond; none when its year is not from 0000 to 9999.
    #[must_use]
    pub fn new(instant: jiff::Timestamp) -> Option<Self> {
        const NANOSECONDS: i128 = 1_000;
        let micros = i64::try_from(instant.as_nanosecond().div_euclid(NANOSECONDS)).ok()?;
        let cut = jiff::Timestamp::from_microsecond(micros).ok()?;
        (civil(cut).year() >= 0).then_some(Self(cut))
    }

    /// Reads a text by the grammar of RFC 3339; none when it is no date and time.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = (text.get(..10)?, text.get(11..)?);
        let separated = matches!(text.as_bytes().get(10), Some(b'T' | b't'));
        if !separated || parse_date(date).is_none() || !crate::format::is_time(time) {
            return None;
        }
        // The parser below takes upper case only where the grammar takes both.
        Self::new(text.to_ascii_uppercase().parse().ok()?)
    }

    /// The instant for calculations.
    #[must_use]
    pub const fn get(self) -> jiff::Timestamp {
        self.0
    }

    /// The instant so many microseconds later; none when its year would be beyond 9999.
    #[must_use]
    pub fn plus_micros(self, micros: i64) -> Option<Self> {
        Self::new(self.0.checked_add(jiff::SignedDuration::from_micros(micros)).ok()?)
    }

    /// Whole seconds since 1970, for the attribute that lets a table forget an item.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.0.as_second()
    }
}

/// An instant as a date and time in UTC.
fn civil(instant: jiff::Timestamp) -> jiff::civil::DateTime {
    jiff::tz::Offset::UTC.to_datetime(instant)
}

impl Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = civil(self.0);
        let micros = at.subsec_nanosecond() / 1_000;
        write!(f, "{:04}-{:02}-{:02}", at.year(), at.month(), at.day())?;
        write!(f, "T{:02}:{:02}:{:02}.{micros:06}Z", at.hour(), at.minute(), at.second())
    }
}

impl Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

impl TryFrom<&str> for Timestamp {
    type Error = crate::Invalid;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        crate::rules::decode_value("Timestamp", text)
    }
}

/// Reads `2026-11-01` (RFC 3339, `full-date`); none when it is no day of the calendar.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let shape = |(index, byte): (usize, u8)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    let shaped = text.len() == 10 && text.bytes().enumerate().all(shape);
    shaped.then(|| text.parse().ok())?
}

/// Bytes as base64 (RFC 4648, section 4), with padding.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of a base64 text, which must have its padding and no stray bits.
pub(crate) fn from_base64(text: &str) -> Option<Bytes> {
    STANDARD.decode(text).ok().map(Bytes::from)
}
