//! Owns times of the calendar: reading the fields of `cron(…)`, and the next time of one in a time zone.

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};

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

/// Reads the fields.
pub(super) fn parse_cron(text: &str) -> Option<Cron> {
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
    let mut years = Vec::new();
    for item in text.split(',') {
        let range = Range::parse(item, FIRST_YEAR.into(), LAST_YEAR.into(), &[])?;
        // The fields above repeat; years do not.
        years.extend((range.from <= range.to).then(|| range.values())?.map(|year| year as i16));
    }
    years.sort_unstable();
    years.dedup();
    Some(years)
}

/// A field as a set of bits.
fn set(text: &str, least: i64, most: i64, names: &[&str]) -> Option<u64> {
    let mut bits = 0;
    for item in text.split(',') {
        let range = Range::parse(item, least, most, names)?;
        bits = range.values().fold(bits, |bits, value| bits | 1 << value);
    }
    Some(bits)
}

/// One item of a field: `*`, `3`, `3-5`, each perhaps with `/step`. A range may lead over the end: `20-2`.
struct Range {
    least: i64,
    most: i64,
    from: i64,
    to: i64,
    step: usize,
}

impl Range {
    fn parse(item: &str, least: i64, most: i64, names: &[&str]) -> Option<Self> {
        let (span, step) = match item.split_once('/') {
            Some((span, step)) => (span, Some(number(step, 1, most.max(1), &[])? as usize)),
            None => (item, None),
        };
        let (from, to) = match span.split_once('-') {
            _ if span == "*" => (least, most),
            Some((from, to)) => {
                (number(from, least, most, names)?, number(to, least, most, names)?)
            }
            None => {
                let from = number(span, least, most, names)?;
                // A start with a step runs to the end.
                (from, if step.is_some() { most } else { from })
            }
        };
        Some(Self { least, most, from, to, step: step.unwrap_or(1) })
    }

    fn values(self) -> impl Iterator<Item = i64> {
        let n_all = self.most - self.least + 1;
        let n = (self.to - self.from).rem_euclid(n_all) + 1;
        let after = move |by: i64| self.least + (self.from - self.least + by) % n_all;
        (0..n).step_by(self.step).map(after)
    }
}

fn number(text: &str, least: i64, most: i64, names: &[&str]) -> Option<i64> {
    if let Some(index) = names.iter().position(|name| name.eq_ignore_ascii_case(text)) {
        return Some(index as i64 + 1);
    }
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && (least..=most).contains(number))
}

impl Cron {
    /// The first firing after `now_ms` by the clocks of a zone, in milliseconds since the Unix epoch.
    ///
    /// A time that clocks skip does not fire; one that they show twice fires the first time.
    pub(super) fn next_ms(&self, now_ms: u64, zone: &TimeZone) -> Option<u64> {
        // The next whole minute.
        let minute = i64::try_from(now_ms / 60_000).ok()?.checked_add(1)?;
        let start = Timestamp::from_second(minute.checked_mul(60)?).ok()?;
        let mut from = zone.to_datetime(start);
        loop {
            let found = self.first_from(from)?;
            if let Some(time) = instant(found, zone).filter(|time| *time >= start) {
                return u64::try_from(time.as_millisecond()).ok();
            }
            from = found.checked_add(1.minute()).ok()?;
        }
    }

    /// The first time of the calendar that is not before this one.
    fn first_from(&self, start: DateTime) -> Option<DateTime> {
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
                return Some(date.at(hour, minute, 0, 0));
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

/// When clocks of a zone show a time, the first time that they do.
fn instant(time: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let time = zone.to_ambiguous_timestamp(time);
    match time.offset() {
        AmbiguousOffset::Gap { .. } => None,
        _ => time.earlier().ok(),
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
