//! Owns schedule expressions: reading `rate(…)` and `cron(…)`, and the next time of one. It refuses
//! to wait for it.
//!
//! **Source**: Amazon EventBridge User Guide, "Cron expressions reference" and "Rate expressions
//! reference". Times are UTC.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// When a rule fires by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Schedule {
    /// Every so often, counted from when the rule was put.
    Rate {
        /// The time between two firings, in milliseconds.
        period_ms: u64,
    },
    /// At times of the calendar.
    Cron(Cron),
}

/// Times of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cron {
    minutes: u64,
    hours: u64,
    days: Days,
    months: u64,
    years: Vec<i16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Days {
    /// A set of days of the month.
    OfMonth(u64),
    /// `L`
    LastOfMonth,
    /// `LW`
    LastWeekdayOfMonth,
    /// `15W`: the working day nearest to this day, within the month.
    NearestWeekday(i8),
    /// A set of days of the week, of which Sunday is 1.
    OfWeek(u64),
    /// `5L`: the last such day of the month.
    LastOfWeek(i8),
    /// `3#2`: the second such day of the month.
    Nth(i8, i8),
}

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const FIRST_YEAR: i16 = 1_970;
const LAST_YEAR: i16 = 2_199;

impl Schedule {
    /// Reads an expression. `None` when it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let inside = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
        if let Some(rate) = inside("rate") {
            return parse_rate(rate).map(|period_ms| Self::Rate { period_ms });
        }
        parse_cron(inside("cron")?).map(Self::Cron)
    }

    /// The first firing after `now_ms`, in milliseconds since the Unix epoch; `None` when there is
    /// none any more. A rate counts from `since_ms`.
    pub fn next_ms(&self, since_ms: u64, now_ms: u64) -> Option<u64> {
        match self {
            Self::Rate { period_ms } => {
                let n_past = now_ms.saturating_sub(since_ms) / period_ms;
                since_ms.checked_add((n_past + 1).checked_mul(*period_ms)?)
            }
            Self::Cron(cron) => cron.next_ms(now_ms),
        }
    }
}

fn parse_rate(text: &str) -> Option<u64> {
    let (number, unit) = text.split_once(' ')?;
    let number: u64 = number.parse().ok().filter(|number| *number > 0)?;
    let minutes = match (unit, number) {
        ("minute", 1) | ("minutes", 2..) => 1,
        ("hour", 1) | ("hours", 2..) => 60,
        ("day", 1) | ("days", 2..) => 1_440,
        _ => return None,
    };
    number.checked_mul(minutes * 60_000)
}

fn parse_cron(text: &str) -> Option<Cron> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [minutes, hours, of_month, months, of_week, years] = fields.try_into().ok()?;
    // One of the two says which days; the other says nothing.
    let days = match (of_month, of_week) {
        ("?", _) => parse_of_week(of_week)?,
        (_, "?") => parse_of_month(of_month)?,
        _ => return None,
    };
    Some(Cron {
        minutes: set(minutes, 0, 59, &[])?,
        hours: set(hours, 0, 23, &[])?,
        days,
        months: set(months, 1, 12, &MONTHS)?,
        years: parse_years(years)?,
    })
}

fn parse_of_month(text: &str) -> Option<Days> {
    match text {
        "L" => Some(Days::LastOfMonth),
        "LW" => Some(Days::LastWeekdayOfMonth),
        _ => match text.strip_suffix('W') {
            Some(day) => number(day, 1, 31, &[]).map(|day| Days::NearestWeekday(day as i8)),
            None => set(text, 1, 31, &[]).map(Days::OfMonth),
        },
    }
}

fn parse_of_week(text: &str) -> Option<Days> {
    let weekday = |text: &str| number(text, 1, 7, &WEEKDAYS).map(|day| day as i8);
    if text == "L" {
        return Some(Days::OfWeek(1 << 7));
    }
    if let Some((day, nth)) = text.split_once('#') {
        return Some(Days::Nth(weekday(day)?, number(nth, 1, 5, &[])? as i8));
    }
    match text.strip_suffix('L') {
        Some(day) => weekday(day).map(Days::LastOfWeek),
        None => set(text, 1, 7, &WEEKDAYS).map(Days::OfWeek),
    }
}

fn parse_years(text: &str) -> Option<Vec<i16>> {
    let (first, last) = (i64::from(FIRST_YEAR), i64::from(LAST_YEAR));
    let mut years = Vec::new();
    for item in text.split(',') {
        let (from, to, step) = range(item, first, last, &[])?;
        years.extend((from..=to).step_by(step).map(|year| year as i16));
    }
    years.sort_unstable();
    years.dedup();
    Some(years)
}

/// A field as a set of bits.
fn set(text: &str, least: i64, most: i64, names: &[&str]) -> Option<u64> {
    let mut bits = 0;
    for item in text.split(',') {
        let (from, to, step) = range(item, least, most, names)?;
        bits = (from..=to).step_by(step).fold(bits, |bits, value| bits | 1 << value);
    }
    Some(bits)
}

/// One item of a field: `*`, `3`, `3-5`, each perhaps with `/step`.
fn range(item: &str, least: i64, most: i64, names: &[&str]) -> Option<(i64, i64, usize)> {
    let (span, step) = match item.split_once('/') {
        Some((span, step)) => (span, Some(number(step, 1, most.max(1), &[])? as usize)),
        None => (item, None),
    };
    let (from, to) = match span.split_once('-') {
        _ if span == "*" => (least, most),
        Some((from, to)) => (number(from, least, most, names)?, number(to, least, most, names)?),
        None => {
            let from = number(span, least, most, names)?;
            // A start with a step runs to the end.
            (from, if step.is_some() { most } else { from })
        }
    };
    (from <= to).then_some((from, to, step.unwrap_or(1)))
}

fn number(text: &str, least: i64, most: i64, names: &[&str]) -> Option<i64> {
    if let Some(index) = names.iter().position(|name| name.eq_ignore_ascii_case(text)) {
        return Some(index as i64 + 1);
    }
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && (least..=most).contains(number))
}

impl Cron {
    fn next_ms(&self, now_ms: u64) -> Option<u64> {
        // The next whole minute.
        let minute = i64::try_from(now_ms / 60_000).ok()?.checked_add(1)?;
        let start = Timestamp::from_second(minute.checked_mul(60)?).ok()?;
        let start = TimeZone::UTC.to_datetime(start);
        let mut date = start.date();
        let mut earliest = (start.hour(), start.minute());
        while date.year() <= LAST_YEAR {
            if !self.years.contains(&date.year()) {
                date = self.next_year(date.year())?;
                earliest = (0, 0);
                continue;
            }
            if self.includes(date)
                && let Some((hour, minute)) = self.time_from(earliest)
            {
                let time = TimeZone::UTC.to_timestamp(date.at(hour, minute, 0, 0)).ok()?;
                return u64::try_from(time.as_millisecond()).ok();
            }
            date = date.checked_add(1.day()).ok()?;
            earliest = (0, 0);
        }
        None
    }

    fn next_year(&self, year: i16) -> Option<Date> {
        let next = self.years.iter().find(|candidate| **candidate > year)?;
        Date::new(*next, 1, 1).ok()
    }

    fn time_from(&self, (hour, minute): (i8, i8)) -> Option<(i8, i8)> {
        let times = (hour..24).flat_map(|h| {
            let first = if h == hour { minute } else { 0 };
            (first..60).map(move |m| (h, m))
        });
        times.into_iter().find(|(h, m)| has(self.hours, *h) && has(self.minutes, *m))
    }

    fn includes(&self, date: Date) -> bool {
        if !has(self.months, date.month()) {
            return false;
        }
        let last = date.days_in_month();
        let weekday = date.weekday().to_sunday_one_offset();
        match self.days {
            Days::OfMonth(days) => has(days, date.day()),
            Days::OfWeek(days) => has(days, weekday),
            Days::LastOfMonth => date.day() == last,
            Days::LastWeekdayOfMonth => nearest_weekday(date, last) == date.day(),
            Days::NearestWeekday(day) => day <= last && nearest_weekday(date, day) == date.day(),
            Days::LastOfWeek(day) => weekday == day && date.day() > last - 7,
            Days::Nth(day, nth) => weekday == day && (date.day() - 1) / 7 + 1 == nth,
        }
    }
}

fn has(set: u64, value: i8) -> bool {
    set & (1 << value) != 0
}

/// The working day of the date's month that is nearest to this day of it.
fn nearest_weekday(date: Date, day: i8) -> i8 {
    let Ok(wanted) = Date::new(date.year(), date.month(), day) else { return 0 };
    let last = date.days_in_month();
    match wanted.weekday().to_sunday_one_offset() {
        1 if day == last => day - 2,
        1 => day + 1,
        7 if day == 1 => 3,
        7 => day - 1,
        _ => day,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    fn ms(time: &str) -> u64 {
        time.parse::<Timestamp>().unwrap().as_millisecond() as u64
    }

    fn next(expression: &str, after: &str) -> Option<String> {
        let schedule = Schedule::parse(expression).unwrap();
        let ms = schedule.next_ms(ms(after), ms(after))?;
        Some(Timestamp::from_millisecond(ms as i64).unwrap().to_string())
    }

    #[test]
    fn rates_count_from_when_the_rule_was_put() {
        let schedule = Schedule::parse("rate(5 minutes)").unwrap();
        assert_eq!(schedule.next_ms(1_000, 1_000), Some(301_000));
        assert_eq!(schedule.next_ms(1_000, 301_000), Some(601_000));
        assert_eq!(schedule.next_ms(1_000, 1_000_000), Some(1_201_000));
        assert_eq!(Schedule::parse("rate(1 day)"), Some(Schedule::Rate { period_ms: 86_400_000 }));
        for bad in [
            "rate(1 minutes)",
            "rate(2 hour)",
            "rate(0 minutes)",
            "rate(1 second)",
            "rate(-1 day)",
            "rate()",
        ] {
            assert_eq!(Schedule::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_examples_of_the_user_guide_fire_when_it_says() {
        let now = "2026-08-12T09:59:30Z"; // a Wednesday
        for (expression, wanted) in [
            ("cron(0 10 * * ? *)", "2026-08-12T10:00:00Z"),
            ("cron(15 12 * * ? *)", "2026-08-12T12:15:00Z"),
            ("cron(0 18 ? * MON-FRI *)", "2026-08-12T18:00:00Z"),
            ("cron(0 8 1 * ? *)", "2026-09-01T08:00:00Z"),
            ("cron(0/15 * * * ? *)", "2026-08-12T10:00:00Z"),
            ("cron(0/10 * ? * MON-FRI *)", "2026-08-12T10:00:00Z"),
            ("cron(0/5 8-17 ? * MON-FRI *)", "2026-08-12T10:00:00Z"),
            ("cron(0/30 20-2 ? * MON-FRI *)", ""),
            ("cron(30 9 L * ? *)", "2026-08-31T09:30:00Z"),
            ("cron(0 0 3W * ? *)", "2026-09-03T00:00:00Z"),
            ("cron(0 0 15W * ? *)", "2026-08-14T00:00:00Z"),
            ("cron(0 0 LW * ? *)", "2026-08-31T00:00:00Z"),
            ("cron(0 0 ? * 5L *)", "2026-08-27T00:00:00Z"),
            ("cron(0 0 ? * 3#2 *)", "2026-09-08T00:00:00Z"),
            ("cron(0 0 29 2 ? *)", "2028-02-29T00:00:00Z"),
            ("cron(0 0 1 JAN ? 2030,2040)", "2030-01-01T00:00:00Z"),
        ] {
            if wanted.is_empty() {
                assert_eq!(Schedule::parse(expression), None, "{expression}");
            } else {
                assert_eq!(next(expression, now).as_deref(), Some(wanted), "{expression}");
            }
        }
    }

    #[test]
    fn a_firing_is_always_after_now_and_some_schedules_end() {
        assert_eq!(
            next("cron(0 10 * * ? *)", "2026-08-12T10:00:00Z").as_deref(),
            Some("2026-08-13T10:00:00Z")
        );
        assert_eq!(next("cron(0 0 1 1 ? 2020)", "2026-01-01T00:00:00Z"), None);
        assert_eq!(next("cron(0 0 31 2 ? *)", "2026-01-01T00:00:00Z"), None);
    }

    #[test]
    fn what_is_no_schedule_is_refused() {
        for bad in [
            "",
            "5 minutes",
            "cron()",
            "cron(0 10 * * *)",
            "cron(0 10 * * * *)",
            "cron(0 10 ? * ? *)",
            "cron(60 10 * * ? *)",
            "cron(0 24 * * ? *)",
            "cron(0 10 32 * ? *)",
            "cron(0 10 * 13 ? *)",
            "cron(0 10 ? * 8 *)",
            "cron(0 10 * * ? 1969)",
            "cron(0 10 * * ? 2200)",
            "cron(+1 10 * * ? *)",
            "cron(5-1 10 * * ? *)",
            "cron(a 10 * * ? *)",
        ] {
            assert_eq!(Schedule::parse(bad), None, "{bad}");
        }
    }
}
