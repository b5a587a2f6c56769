//! Instants by the grammar of RFC 3339, kept as exactly as they were written.

use std::fmt::{self, Debug, Display};

use std::str::FromStr;

use crate::format::{Clock, parse_date, parse_time};

/// An instant in the years 0000 to 9999, to the nanosecond, leap seconds included.
///
/// **Shape** `2026-11-01T12:00:00.000123Z`: always UTC, with six digits of fraction, or nine where six are not enough, so
/// that texts order as the microseconds of their instants do. Any offset is read. A fraction beyond nine digits is
/// refused unless it ends in zeros.
/// **Source** RFC 3339, section 5.6
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Since 1970, without leap seconds.
    seconds: i64,
    /// From one billion on, in the leap second after `seconds`.
    nanos: u32,
}

const NANOS: u32 = 1_000_000_000;
const DAY: i64 = 24 * 60 * 60;

impl Timestamp {
    /// 1 January 1970.
    pub const UNIX_EPOCH: Self = Self { seconds: 0, nanos: 0 };

    /// The present instant, to the microsecond.
    #[must_use]
    pub fn now() -> Self {
        let micros = jiff::Timestamp::now().as_microsecond();
        Self::of_micros(micros).unwrap_or(Self::UNIX_EPOCH)
    }

    /// An instant; none when its year is not from 0000 to 9999.
    #[must_use]
    pub fn new(instant: jiff::Timestamp) -> Option<Self> {
        let nanos = instant.as_nanosecond();
        let billion = i128::from(NANOS);
        let seconds = i64::try_from(nanos.div_euclid(billion)).ok()?;
        Self::bounded(seconds, u32::try_from(nanos.rem_euclid(billion)).ok()?)
    }

    fn of_micros(micros: i64) -> Option<Self> {
        let rest = u32::try_from(micros.rem_euclid(1_000_000)).ok()?;
        Self::bounded(micros.div_euclid(1_000_000), rest * 1_000)
    }

    fn bounded(seconds: i64, nanos: u32) -> Option<Self> {
        const YEAR_0000: i64 = -62_167_219_200;
        const YEAR_10000: i64 = 253_402_300_800;
        (YEAR_0000..YEAR_10000).contains(&seconds).then_some(Self { seconds, nanos })
    }

    /// Reads a text by the grammar of RFC 3339; none when it is no date and time, or finer than nanoseconds.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = (text.get(..10)?, text.get(11..)?);
        if !matches!(text.as_bytes()[10], b'T' | b't') {
            return None;
        }
        let date = parse_date(date)?;
        let Clock { seconds, is_leap, fraction, offset_minutes } = parse_time(time)?;
        let days = days_of(date.year().into(), date.month().into(), date.day().into());
        let nanos = nanos(fraction)? + if is_leap { NANOS } else { 0 };
        Self::bounded(days * DAY + seconds - i64::from(offset_minutes) * 60, nanos)
    }

    /// The instant for calculations, as near as `jiff` knows it: a leap second counts as the end of the second before,
    /// and the last hours of the year 9999 as the moment before them.
    #[must_use]
    pub fn get(self) -> jiff::Timestamp {
        let nanos = i32::try_from(self.nanos.min(NANOS - 1)).unwrap_or_default();
        jiff::Timestamp::new(self.seconds, nanos).unwrap_or(jiff::Timestamp::MAX)
    }

    /// The instant so many microseconds later; none when its year would be beyond 9999. From a leap second on, time
    /// counts as if it were the second before.
    #[must_use]
    pub fn plus_micros(self, micros: i64) -> Option<Self> {
        let nanos = i128::from(self.seconds) * i128::from(NANOS)
            + i128::from(self.nanos % NANOS)
            + i128::from(micros) * 1_000;
        let seconds = i64::try_from(nanos.div_euclid(NANOS.into())).ok()?;
        Self::bounded(seconds, u32::try_from(nanos.rem_euclid(NANOS.into())).ok()?)
    }

    /// Whole seconds since 1970, for the attribute that lets a table forget an item.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// The day in UTC.
    #[must_use]
    pub fn date(self) -> jiff::civil::Date {
        let (year, month, day) = day_of(self.seconds.div_euclid(86_400));
        // Every instant lies between the years 0000 and 9999, which all fit.
        jiff::civil::Date::new(year as i16, month as i8, day as i8).unwrap_or_default()
    }

    /// Whole milliseconds since 1970.
    #[must_use]
    pub fn unix_millis(self) -> i64 {
        self.seconds * 1_000 + i64::from(self.nanos / 1_000_000)
    }
}

/// The nanoseconds of a fraction's digits; none where they are finer.
fn nanos(fraction: &str) -> Option<u32> {
    let digits = fraction.trim_end_matches('0');
    (digits.len() <= 9).then(|| format!("{digits:0<9}").parse().ok())?
}

/// Days since 1970 of a day in the Gregorian calendar, whose years here begin in March and whose leap days end them.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    era * 146_097 + year * 365 + year / 4 - year / 100 + day_of_year - 719_468
}

/// Year, month and day of a day since 1970; the other way round.
fn day_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let is_next_year = month >= 10;
    let year = era * 400 + year + i64::from(is_next_year);
    (year, if is_next_year { month - 9 } else { month + 3 }, day)
}

impl Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = day_of(self.seconds.div_euclid(DAY));
        let second = self.seconds.rem_euclid(DAY);
        let (hour, minute) = (second / 3_600, second / 60 % 60);
        let second = second % 60 + i64::from(self.nanos / NANOS);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.")?;
        let nanos = self.nanos % NANOS;
        match nanos % 1_000 {
            0 => write!(f, "{:06}Z", nanos / 1_000),
            _ => write!(f, "{nanos:09}Z"),
        }
    }
}

impl Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

/// A text is no date and time of RFC 3339 in the years 0000 to 9999, or finer than nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoTimestamp;

impl Display for NoTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date and time such as 2026-11-01T12:00:00Z")
    }
}

impl std::error::Error for NoTimestamp {}

impl FromStr for Timestamp {
    type Err = NoTimestamp;

    fn from_str(text: &str) -> Result<Self, NoTimestamp> {
        Self::parse(text).ok_or(NoTimestamp)
    }
}

impl TryFrom<&str> for Timestamp {
    type Error = NoTimestamp;

    fn try_from(text: &str) -> Result<Self, NoTimestamp> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let epoch = jiff::civil::date(1970, 1, 1);
        let mut date = jiff::civil::date(0, 1, 1);
        while date.year() < 9_999 {
            let days = i64::from((date - epoch).get_days());
            let parts = (date.year().into(), date.month().into(), date.day().into());
            assert_eq!((days_of(parts.0, parts.1, parts.2), day_of(days)), (days, parts));
            let instant = Timestamp::parse(&format!("{date}T23:59:59.5Z")).unwrap();
            assert_eq!(instant.date(), date);
            date = date.checked_add(jiff::Span::new().days(37)).unwrap();
        }
    }
}
