//! Calendar days, for sunset dates.

use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads `2027-01-31`, or a date-time of RFC 3339 whose time is not looked at.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = match text.split_once(['T', 't', ' ']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        if time.is_some_and(|time| !time.starts_with(|first: char| first.is_ascii_digit())) {
            return None;
        }
        let mut parts = date.split('-').map(|part| (part.len(), part.parse::<u16>()));
        let mut next = |length| match parts.next() {
            Some((found, Ok(number))) if found == length => Some(number),
            _ => None,
        };
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let valid = parts.next().is_none() && day >= 1 && day <= days_in(year, month)?;
        valid.then_some(Self { year, month, day })
    }

    /// The day that is so many days after 1970-01-01.
    #[must_use]
    pub fn from_days_since_1970(mut days: u64) -> Option<Self> {
        let mut year = 1970;
        loop {
            let length = if is_leap(year) { 366 } else { 365 };
            if days < length {
                break;
            }
            days -= length;
            year = year.checked_add(1)?;
        }
        for month in 1..=12 {
            let length = u64::from(days_in(year, month)?);
            if days < length {
                return Some(Self { year, month, day: u8::try_from(days + 1).ok()? });
            }
            days -= length;
        }
        None
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_in(year: u16, month: u8) -> Option<u8> {
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_and_nothing_else() {
        for good in ["2027-01-31", "2024-02-29", "2027-01-31T12:00:00Z"] {
            assert_eq!(Date::parse(good).map(|date| date.to_string()).as_deref(), good.get(..10));
        }
        for bad in
            ["2027-1-31", "2023-02-29", "2027-13-01", "soon", "", "2027-01-31-01", "2027-00-10"]
        {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn counts_days() {
        let day = |days| Date::from_days_since_1970(days).map(|date| date.to_string());
        assert_eq!(day(0).as_deref(), Some("1970-01-01"));
        assert_eq!(day(19_782).as_deref(), Some("2024-02-29"));
        assert_eq!(day(20_819).as_deref(), Some("2027-01-01"));
    }
}
