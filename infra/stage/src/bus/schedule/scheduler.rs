//! What EventBridge Scheduler adds to schedules: time zones, single times, a first and a last day, and context attributes
//! in inputs.
//!
//! **Source**: Amazon EventBridge Scheduler User Guide, "Schedule types" and "Adding context attributes".

use std::path::{Component, Path};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::cron::{Cron, parse_cron};
use super::{inside, parse_rate};
use crate::bus::event::{Event, second};

/// Where the system keeps time zones, as do all that follow the IANA database.
const ZONES: &str = "/usr/share/zoneinfo";

/// What every context attribute begins with.
pub(in crate::bus) const ATTRIBUTE: &str = "<aws.scheduler.";

/// A schedule of EventBridge Scheduler, as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scheduler {
    /// The ARN of the schedule.
    pub arn: String,
    /// The time zone of the expression; UTC without.
    pub zone: Option<String>,
    /// Before it, nothing fires.
    pub start: Option<String>,
    /// After it, nothing fires.
    pub end: Option<String>,
}

/// When a schedule of EventBridge Scheduler fires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    when: When,
    zone: TimeZone,
    start_ms: Option<u64>,
    end_ms: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum When {
    /// Every so often, for the first time at once.
    Rate { period_ms: u64 },
    /// At times of the calendar.
    Cron(Cron),
    /// Once.
    At { ms: u64 },
}

/// What of a schedule is wrong: the name of the property, and why.
pub type Wrong = (&'static str, String);

impl Scheduler {
    /// Reads the schedule with this expression.
    ///
    /// # Errors
    /// Not a schedule, and a time zone that this machine does not know.
    pub fn read(&self, expression: &str) -> Result<Times, Wrong> {
        let zone = self.zone.as_deref().map_or(Ok(TimeZone::UTC), zone);
        let zone = zone.map_err(|why| ("ScheduleExpressionTimezone", why))?;
        let when = When::parse(expression, &zone).ok_or_else(|| {
            let forms = "`rate(5 minutes)`, `cron(0 12 * * ? *)` or `at(2030-01-31T12:00:00)`";
            ("ScheduleExpression", format!("must be like {forms}, not `{expression}`"))
        })?;
        let day = |name: &'static str, text: &Option<String>| match text.as_deref() {
            None => Ok(None),
            Some(text) => day_ms(text).map(Some).ok_or_else(|| {
                (name, format!("must be a time like `2030-01-31T12:00:00Z`, not `{text}`"))
            }),
        };
        let (start_ms, end_ms) = (day("StartDate", &self.start)?, day("EndDate", &self.end)?);
        Ok(Times { when, zone, start_ms, end_ms })
    }

    /// All that decides when it fires, as one text.
    pub(in crate::bus) fn text(&self, expression: &str) -> String {
        let parts = [&self.zone, &self.start, &self.end].map(|part| part.as_deref().unwrap_or("-"));
        format!("{expression} {}", parts.join(" "))
    }
}

impl When {
    fn parse(text: &str, zone: &TimeZone) -> Option<Self> {
        if let Some(rate) = inside(text, "rate") {
            return parse_rate(&plural(rate)).map(|period_ms| Self::Rate { period_ms });
        }
        if let Some(cron) = inside(text, "cron") {
            return parse_cron(cron).map(Self::Cron);
        }
        let time = inside(text, "at")?.trim();
        let is_whole = time.len() == "2030-01-31T12:00:00".len() && time.contains('T');
        let time: DateTime = time.parse().ok().filter(|_| is_whole)?;
        let ms = zone.to_timestamp(time).ok()?.as_millisecond();
        u64::try_from(ms).ok().map(|ms| Self::At { ms })
    }
}

impl Times {
    /// Whether nothing fires any more from this time on.
    #[must_use]
    pub fn are_over(&self, now: Timestamp) -> bool {
        let now_ms = u64::try_from(now.as_millisecond()).unwrap_or_default();
        self.next_ms(now_ms, now_ms).is_none()
    }

    /// The first firing after `now_ms`, or at it where nothing fired yet.
    pub(super) fn next_ms(&self, since_ms: u64, now_ms: u64) -> Option<u64> {
        let next_ms = match &self.when {
            When::At { ms } => Some(*ms).filter(|ms| *ms > now_ms),
            When::Rate { period_ms } => {
                let first_ms = self.start_ms.unwrap_or(since_ms + 1);
                match now_ms.checked_sub(first_ms) {
                    None => Some(first_ms),
                    Some(past_ms) => first_ms.checked_add((past_ms / period_ms + 1) * period_ms),
                }
            }
            When::Cron(cron) => {
                let before_start_ms =
                    self.start_ms.map_or(0, |start_ms| start_ms.saturating_sub(1));
                cron.next_ms(now_ms.max(before_start_ms), &self.zone)
            }
        };
        next_ms.filter(|next_ms| self.end_ms.is_none_or(|end_ms| *next_ms <= end_ms))
    }
}

/// A rate as rules write it: EventBridge Scheduler takes `5 minute` and `1 minutes` too.
fn plural(rate: &str) -> String {
    let Some((number, unit)) = rate.trim().split_once(' ') else { return rate.to_owned() };
    let unit = unit.trim().trim_end_matches('s');
    if number == "1" { format!("1 {unit}") } else { format!("{number} {unit}s") }
}

/// The time zone with a name of the IANA database.
fn zone(name: &str) -> Result<TimeZone, String> {
    if matches!(name, "UTC" | "Etc/UTC") {
        return Ok(TimeZone::UTC);
    }
    let unknown =
        || format!("`{name}` is not a time zone of this machine ({ZONES}); install tzdata");
    let is_plain = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if !is_plain || name.is_empty() {
        return Err(format!("`{name}` is not a time zone: `Europe/Berlin` is one"));
    }
    let data = std::fs::read(Path::new(ZONES).join(name)).map_err(|_| unknown())?;
    TimeZone::tzif(name, &data).map_err(|_| unknown())
}

/// A time in UTC, with or without saying so.
fn day_ms(text: &str) -> Option<u64> {
    let in_utc = || TimeZone::UTC.to_timestamp(text.parse::<DateTime>().ok()?).ok();
    let time = text.parse::<Timestamp>().ok().or_else(in_utc)?;
    u64::try_from(time.as_millisecond()).ok()
}

/// Whether an ARN is that of a schedule of EventBridge Scheduler.
pub(in crate::bus) fn is_scheduler(arn: &str) -> bool {
    arn.starts_with("arn:aws:scheduler:")
}

/// Fills context attributes into an input. The first attempt has the number 1.
pub(in crate::bus) fn fill(input: &str, event: &Event, arn: &str, attempt: u32) -> String {
    let attributes = [
        ("schedule-arn", arn.to_owned()),
        ("scheduled-time", second(event.taken_ms as f64)),
        ("execution-id", event.id.to_string()),
        ("attempt-number", attempt.to_string()),
    ];
    attributes.into_iter().fold(input.to_owned(), |text, (name, value)| {
        text.replace(&format!("{ATTRIBUTE}{name}>"), &value)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    fn ms(time: &str) -> u64 {
        time.parse::<Timestamp>().unwrap().as_millisecond() as u64
    }

    fn next(expression: &str, scheduler: &Scheduler, now: &str) -> Option<String> {
        let next_ms = scheduler.read(expression).unwrap().next_ms(ms(now), ms(now))?;
        Some(Timestamp::from_millisecond(next_ms as i64).unwrap().to_string())
    }

    fn of_zone(name: &str) -> Scheduler {
        Scheduler { zone: Some(name.to_owned()), ..Scheduler::default() }
    }

    #[test]
    fn a_zone_has_its_own_clocks_which_skip_and_repeat_an_hour() {
        let berlin = of_zone("Europe/Berlin");
        for (expression, now, wanted) in [
            ("cron(0 9 * * ? *)", "2026-07-01T00:00:00Z", "2026-07-01T07:00:00Z"),
            ("cron(0 9 * * ? *)", "2026-12-01T00:00:00Z", "2026-12-01T08:00:00Z"),
            // 02:30 is skipped on 29 March 2026, and is there twice on 25 October.
            ("cron(30 2 * * ? *)", "2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z"),
            ("cron(30 2 * * ? *)", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"),
            ("cron(30 2 * * ? *)", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"),
            ("at(2026-07-01T09:00:00)", "2026-06-30T00:00:00Z", "2026-07-01T07:00:00Z"),
        ] {
            assert_eq!(
                next(expression, &berlin, now).as_deref(),
                Some(wanted),
                "{expression} {now}"
            );
        }
        assert_eq!(next("at(2026-07-01T09:00:00)", &berlin, "2026-07-01T07:00:00Z"), None);
    }

    #[test]
    fn a_rate_fires_at_once_or_at_its_start_and_ends() {
        let now = "2026-01-01T00:00:00Z";
        let scheduler = Scheduler::default();
        let first = next("rate(5 minute)", &scheduler, now);
        assert_eq!(first.as_deref(), Some("2026-01-01T00:00:00.001Z"));
        let times = scheduler.read("rate(5 minutes)").unwrap();
        assert_eq!(times.next_ms(1_000, 1_001), Some(301_001));
        assert_eq!(times.next_ms(1_000, 301_000), Some(301_001));
        let scheduler = Scheduler {
            start: Some("2026-01-01T00:02:00Z".to_owned()),
            end: Some("2026-01-01T00:10:00".to_owned()),
            ..scheduler
        };
        assert_eq!(
            next("rate(5 minutes)", &scheduler, now).as_deref(),
            Some("2026-01-01T00:02:00Z")
        );
        assert_eq!(
            next("rate(5 minutes)", &scheduler, "2026-01-01T00:02:00Z").as_deref(),
            Some("2026-01-01T00:07:00Z")
        );
        assert_eq!(next("rate(5 minutes)", &scheduler, "2026-01-01T00:07:00Z"), None);
        assert_eq!(
            next("cron(2 * * * ? *)", &scheduler, "2025-01-01T00:00:00Z").as_deref(),
            Some("2026-01-01T00:02:00Z")
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        let read =
            |expression: &str, scheduler: &Scheduler| scheduler.read(expression).unwrap_err().0;
        let utc = Scheduler::default();
        for expression in [
            "at(tomorrow)",
            "at(2026-07-01)",
            "at(2026-07-01T09:00)",
            "rate(0 minutes)",
            "every day",
            "",
        ] {
            assert_eq!(read(expression, &utc), "ScheduleExpression", "{expression}");
        }
        for name in ["Europe/Atlantis", "../../../etc/passwd", "/etc/passwd", ""] {
            assert_eq!(read("rate(1 day)", &of_zone(name)), "ScheduleExpressionTimezone", "{name}");
        }
        let odd = Scheduler { start: Some("soon".to_owned()), ..utc };
        assert_eq!(read("rate(1 day)", &odd), "StartDate");
    }
}
