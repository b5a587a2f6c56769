//! Days, times of day and durations.

use jiff::civil::Date;

/// Whether a text is a time of day with an offset (RFC 3339, section 5.6, `full-time`): `12:00:00.5+01:00`.
///
/// A leap second is taken where one can be: in the last minute of a day in UTC.
#[must_use]
pub fn is_time(text: &str) -> bool {
    parse_time(text).is_some()
}

/// A time of day, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock<'a> {
    /// Since midnight; of a leap second, those of the second before.
    pub seconds: i64,
    /// Whether it is the second 60.
    pub is_leap: bool,
    /// The digits of the fraction.
    pub fraction: &'a str,
    /// How far ahead of UTC it is.
    pub offset_minutes: i32,
}

/// Reads a time of day with an offset; `None` if the text is not one.
#[must_use]
pub fn parse_time(text: &str) -> Option<Clock<'_>> {
    let (clock, rest) = text.split_at_checked(8)?;
    let [hour, minute, second] = numbers(clock)?;
    let after = after_fraction(rest)?;
    let fraction = rest[..rest.len() - after.len()].trim_start_matches('.');
    let offset_minutes = offset_minutes(after)?;
    let minute_of_day = i32::from(hour) * 60 + i32::from(minute);
    let is_last = (minute_of_day - offset_minutes).rem_euclid(24 * 60) == 24 * 60 - 1;
    let is_leap = second == 60;
    let is_good = hour < 24 && minute < 60 && (second < 60 || (is_leap && is_last));
    let seconds = i64::from(minute_of_day) * 60 + i64::from(second) - i64::from(is_leap);
    is_good.then_some(Clock { seconds, is_leap, fraction, offset_minutes })
}

/// The numbers of `12:34:56` or `12:34`, each of two digits.
fn numbers<const N: usize>(text: &str) -> Option<[u8; N]> {
    let bytes = text.as_bytes();
    let colons = bytes.iter().skip(2).step_by(3);
    if bytes.len() + 1 != 3 * N || colons.into_iter().any(|byte| *byte != b':') {
        return None;
    }
    let mut numbers = [0; N];
    for (number, digits) in numbers.iter_mut().zip(bytes.chunks(3)) {
        if !digits[..2].iter().all(u8::is_ascii_digit) {
            return None;
        }
        *number = 10 * (digits[0] - b'0') + digits[1] - b'0';
    }
    Some(numbers)
}

/// What follows the fraction of a second, if there is a fraction; none when the fraction has no digit.
fn after_fraction(text: &str) -> Option<&str> {
    let Some(fraction) = text.strip_prefix('.') else { return Some(text) };
    let rest = fraction.trim_start_matches(|character: char| character.is_ascii_digit());
    (rest.len() < fraction.len()).then_some(rest)
}

/// How far an offset is ahead of UTC.
fn offset_minutes(text: &str) -> Option<i32> {
    let sign = match text.as_bytes() {
        [b'Z' | b'z'] => return Some(0),
        [b'+', ..] => 1,
        [b'-', ..] => -1,
        _ => return None,
    };
    let [hours, minutes] = numbers(&text[1..])?;
    (hours < 24 && minutes < 60).then(|| sign * (i32::from(hours) * 60 + i32::from(minutes)))
}

/// Whether a text is a day (RFC 3339, section 5.6, `full-date`): `2026-11-01`.
#[must_use]
pub fn is_date(text: &str) -> bool {
    parse_date(text).is_some()
}

/// Reads a day; none when it is no day of the calendar.
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    let shape = |(index, byte): (usize, u8)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    let shaped = text.len() == 10 && text.bytes().enumerate().all(shape);
    shaped.then(|| text.parse().ok())?
}

/// Whether a text is a date and time (RFC 3339, section 5.6) that a [`Timestamp`](crate::Timestamp) keeps as it is.
#[must_use]
pub fn is_date_time(text: &str) -> bool {
    crate::Timestamp::parse(text).is_some()
}

/// Whether a text is a duration (RFC 3339, appendix A): `P1DT12H`, `PT15M`, `P2W`. Units follow each other without
/// a gap, as that grammar has it.
#[must_use]
pub fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    if let Some(weeks) = rest.strip_suffix('W') {
        return is_digits(weeks);
    }
    match rest.split_once('T') {
        Some((date, time)) => (date.is_empty() || is_run(date, "YMD")) && is_run(time, "HMS"),
        None => is_run(rest, "YMD"),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is one number or more, each followed by its unit, the units neighbours in their order.
fn is_run(text: &str, units: &str) -> bool {
    let found: String = text.chars().filter(|character| !character.is_ascii_digit()).collect();
    !found.is_empty()
        && units.contains(&found)
        && text.ends_with(|character: char| !character.is_ascii_digit())
        && text.split_terminator(|character: char| !character.is_ascii_digit()).all(is_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(is_met: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(is_met(text), "{text:?} is refused");
        }
        for text in bad {
            assert!(!is_met(text), "{text:?} is taken");
        }
    }

    #[test]
    fn times() {
        check(
            is_time,
            &["12:00:00Z", "23:59:60Z", "15:59:60-08:00", "00:00:00.123456789z", "01:02:03+23:59"],
            &[
                "",
                "12:00:00",
                "24:00:00Z",
                "12:60:00Z",
                "12:00:60Z",
                "12:00:61Z",
                "1:00:00Z",
                "12:00Z",
                "12:00:00.Z",
                "12:00:00,5Z",
                "12:00:00+24:00",
                "12:00:00+01",
                "12:00:00+0100",
                "12:00:00Z ",
                "é2:00:00Z",
                "12:00:0é",
            ],
        );
    }

    #[test]
    fn durations() {
        check(
            is_duration,
            &["P4DT12H30M5S", "P1Y2M3D", "PT15M", "P2W", "P1M", "PT1H2M", "P1DT1S"],
            &[
                "", "P", "PT", "P1", "1D", "P1H", "PT1D", "P1Y1D", "PT1H1S", "P1W1D", "P-1D",
                "P1.5D", "P1DT", "PTS", "p1d",
            ],
        );
    }
}
