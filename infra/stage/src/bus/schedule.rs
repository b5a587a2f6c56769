//! Owns schedule expressions: reading `rate(…)` and `cron(…)`, what EventBridge Scheduler adds to them, and the next time
//! of one. It refuses to wait for it.
//!
//! **Source**: Amazon EventBridge User Guide, "Cron expressions reference" and "Rate expressions reference"; times are UTC.
//! Amazon EventBridge Scheduler User Guide, "Schedule types".

mod cron;
mod scheduler;

use jiff::tz::TimeZone;

pub use cron::Cron;
pub(super) use scheduler::{ATTRIBUTE, fill, is_scheduler};
pub use scheduler::{Scheduler, Times, Wrong};

/// When a rule fires by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Schedule {
    /// Every so often, counted from when the rule was put.
    Rate {
        /// The time between two firings, in milliseconds.
        period_ms: u64,
    },
    /// At times of the calendar, in UTC.
    Cron(Cron),
    /// As EventBridge Scheduler has it.
    Scheduler(Box<Times>),
}

impl Schedule {
    /// Reads an expression. `None` when it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(rate) = inside(text, "rate") {
            return parse_rate(rate).map(|period_ms| Self::Rate { period_ms });
        }
        cron::parse_cron(inside(text, "cron")?).map(Self::Cron)
    }

    /// The first firing after `now_ms`, in milliseconds since the Unix epoch; `None` when there is
    /// none any more. A rate counts from `since_ms`.
    pub fn next_ms(&self, since_ms: u64, now_ms: u64) -> Option<u64> {
        match self {
            Self::Rate { period_ms } => {
                let n_past = now_ms.saturating_sub(since_ms) / period_ms;
                since_ms.checked_add((n_past + 1).checked_mul(*period_ms)?)
            }
            Self::Cron(cron) => cron.next_ms(now_ms, &TimeZone::UTC),
            Self::Scheduler(times) => times.next_ms(since_ms, now_ms),
        }
    }
}

/// What stands in the parentheses after a name.
fn inside<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')')
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;
    use jiff::Timestamp;

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
            ("cron(0/30 20-2 ? * MON-FRI *)", "2026-08-12T20:00:00Z"),
            ("cron(0 0 ? * SAT-MON *)", "2026-08-15T00:00:00Z"),
            ("cron(50-5/5 10 * * ? *)", "2026-08-12T10:00:00Z"),
            ("cron(30 9 L * ? *)", "2026-08-31T09:30:00Z"),
            ("cron(0 0 3W * ? *)", "2026-09-03T00:00:00Z"),
            ("cron(0 0 15W * ? *)", "2026-08-14T00:00:00Z"),
            ("cron(0 0 LW * ? *)", "2026-08-31T00:00:00Z"),
            ("cron(0 0 ? * 5L *)", "2026-08-27T00:00:00Z"),
            ("cron(0 0 ? * 3#2 *)", "2026-09-08T00:00:00Z"),
            ("cron(0 0 29 2 ? *)", "2028-02-29T00:00:00Z"),
            ("cron(0 0 1 JAN ? 2030,2040)", "2030-01-01T00:00:00Z"),
        ] {
            assert_eq!(next(expression, now).as_deref(), Some(wanted), "{expression}");
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
            "cron(0 10 * * ? 2030-2020)",
            "at(2030-01-01T00:00:00)",
            "cron(a 10 * * ? *)",
        ] {
            assert_eq!(Schedule::parse(bad), None, "{bad}");
        }
    }
}
