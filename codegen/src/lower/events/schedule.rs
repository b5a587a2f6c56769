//! Schedules: the times of a rule that waits for no event, and what its events say.
//!
//! **Source** Amazon EventBridge User Guide, "Cron expressions reference" and "Rate expressions reference".

use crate::diag::catalog::events as fault;
use crate::lower::schema::{Types, values::Direction};
use crate::lower::{Reported, Scope};
use crate::model::{Message, Schedule, TypeRef};
use crate::parse::Node;

const MONTHS: &[&str] =
    &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: &[&str] = &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// Nothing was generated before this year, so a schedule that ends before it never fires.
const FIRST_YEAR: u32 = 2026;

/// The schedule of an `x-eventbridge` binding, where it has one.
pub(super) fn lower_schedule(
    scope: Scope<'_>,
    types: &Types<'_>,
    binding: &Node,
    messages: &[Message],
) -> Result<Option<Schedule>, Reported> {
    let Some(node) = binding.get("schedule") else {
        if let Some(entry) = binding.entry("input") {
            scope.sink.report(fault::input_without_schedule(entry.named()));
            return Err(Reported);
        }
        return Ok(None);
    };
    let expression = node.text().ok_or(Reported)?;
    let mut sound = true;
    if let Err(why) = check_expression(expression) {
        scope.sink.report(fault::bad_schedule(node.span, expression, &why));
        sound = false;
    }
    if let Some(bus) = binding.get("bus").filter(|bus| bus.text() != Some("default")) {
        let name = bus.text().unwrap_or_default();
        scope.sink.report(fault::schedule_elsewhere(bus.span, name, node.span));
        sound = false;
    }
    for key in ["pattern", "messageGroupId", "deduplicationId"] {
        if let Some(entry) = binding.entry(key) {
            scope.sink.report(fault::not_for_schedule(entry.named(), node.span));
            sound = false;
        }
    }
    let [message] = messages else {
        scope.sink.report(fault::schedule_messages(node.span, messages.len(), node.span));
        return Err(Reported);
    };
    let input = match binding.get("input") {
        Some(input) => {
            let payload = TypeRef::Named(message.payload);
            for misfit in types.misfits(input, &payload, Direction::Both) {
                let place = message.origin.span;
                scope.sink.report(fault::input_off_contract(misfit.span, &misfit.why, place));
                sound = false;
            }
            input.to_json()
        }
        None => {
            let fields = types.fields(message.payload).unwrap_or_default();
            for (field, _) in fields.iter().filter(|(field, _)| field.required) {
                let why =
                    format!("a scheduled event has no `{}`: add it to `input`", field.name.wire);
                scope.sink.report(fault::input_off_contract(node.span, &why, field.origin.span));
                sound = false;
            }
            serde_json::json!({})
        }
    };
    let schedule = Schedule { expression: expression.to_owned(), input };
    let length = schedule.template().chars().count();
    if length > limits::EVENT_INPUT_TEMPLATE as usize {
        let at = binding.get("input").map_or(node.span, |input| input.span);
        scope.sink.report(fault::long_input(at, length, limits::EVENT_INPUT_TEMPLATE));
        sound = false;
    }
    sound.then_some(Some(schedule)).ok_or(Reported)
}

/// What is wrong with an expression, in a few words.
fn check_expression(text: &str) -> Result<(), String> {
    let inside = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
    if let Some(rate) = inside("rate") {
        return check_rate(rate);
    }
    match inside("cron") {
        Some(cron) => check_cron(cron),
        None => Err("write a `rate(…)` or a `cron(…)`".to_owned()),
    }
}

fn check_rate(text: &str) -> Result<(), String> {
    let form = || "a rate needs a number and a unit: `5 minutes`, `1 hour`, `2 days`".to_owned();
    let (number, unit) = text.split_once(' ').ok_or_else(form)?;
    let is_number = number.len() <= 9 && number.bytes().all(|byte| byte.is_ascii_digit());
    let number: u32 = number.parse().ok().filter(|_| is_number).ok_or_else(form)?;
    let one = unit.strip_suffix('s').unwrap_or(unit);
    if !["minute", "hour", "day"].contains(&one) {
        return Err(form());
    }
    match (number, unit.ends_with('s')) {
        (0, _) => Err("the minimum rate is one minute".to_owned()),
        (1, true) => Err(format!("write the singular: `1 {one}`")),
        (2.., false) => Err(format!("write the plural: `{number} {one}s`")),
        _ => Ok(()),
    }
}

fn check_cron(text: &str) -> Result<(), String> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [minutes, hours, days, months, weekdays, years] = fields[..] else {
        let form = "minutes, hours, day of month, month, day of week, year";
        return Err(format!("it has {} fields, but needs six: {form}", fields.len()));
    };
    check_field("minutes", minutes, 0..=59, &[])?;
    check_field("hours", hours, 0..=23, &[])?;
    check_field("month", months, 1..=12, MONTHS)?;
    check_field("year", years, 1970..=2199, &[])?;
    let all_years = values(years, 1970..=2199, &[]);
    if all_years.iter().all(|year| *year < FIRST_YEAR) {
        return Err(format!("it never fires: `{years}` is over"));
    }
    match (days, weekdays) {
        ("?", "?") => Err("day of month and day of week cannot both be `?`".to_owned()),
        ("?", _) => check_weekdays(weekdays),
        (_, "?") => {
            check_days(days)?;
            let all_months = values(months, 1..=12, MONTHS);
            check_dates(days, &all_months, &all_years)
        }
        _ => Err("one of day of month and day of week must be `?`".to_owned()),
    }
}

fn check_days(text: &str) -> Result<(), String> {
    match text {
        "L" | "LW" => Ok(()),
        _ => match text.strip_suffix('W') {
            Some(day) => check_number("day of month", day, &(1..=31), &[]).map(|_| ()),
            None => check_field("day of month", text, 1..=31, &[]),
        },
    }
}

/// Whether any month of any year has one of the days.
fn check_dates(text: &str, months: &[u32], years: &[u32]) -> Result<(), String> {
    if ["L", "LW"].contains(&text) {
        return Ok(());
    }
    let days = values(text.trim_end_matches('W'), 1..=31, &[]);
    let is_leap = |year: &u32| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let length = |month: &u32| match month {
        2 if years.iter().any(is_leap) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let longest = months.iter().map(length).max().unwrap_or_default();
    match days.iter().any(|day| *day <= longest) {
        true => Ok(()),
        false => Err(format!("it never fires: no month of it has a day `{text}`")),
    }
}

/// The numbers of a field that was checked.
fn values(text: &str, range: Range, names: &[&str]) -> Vec<u32> {
    let number = |text: &str| check_number("", text, &range, names).ok();
    let item = |item: &str| -> Option<Vec<u32>> {
        let (span, step) = item.split_once('/').unwrap_or((item, ""));
        let (from, to) = match span.split_once('-') {
            Some((from, to)) => (number(from)?, number(to)?),
            None if span == "*" => (*range.start(), *range.end()),
            None if step.is_empty() => (number(span)?, number(span)?),
            None => (number(span)?, *range.end()),
        };
        let step = step.parse().unwrap_or(1_usize).max(1);
        Some((from..=to).step_by(step).collect())
    };
    text.split(',').filter_map(item).flatten().collect()
}

fn check_weekdays(text: &str) -> Result<(), String> {
    let name = "day of week";
    if text == "L" {
        return Ok(());
    }
    if let Some((day, nth)) = text.split_once('#') {
        check_number(name, day, &(1..=7), WEEKDAYS)?;
        return check_number(name, nth, &(1..=5), &[]).map(|_| ());
    }
    match text.strip_suffix('L') {
        Some(day) => check_number(name, day, &(1..=7), WEEKDAYS).map(|_| ()),
        None => check_field(name, text, 1..=7, WEEKDAYS),
    }
}

type Range = std::ops::RangeInclusive<u32>;

/// A field: `*`, `5`, `5-10`, each perhaps with `/step`, and several of them with commas between.
fn check_field(name: &str, text: &str, range: Range, names: &[&str]) -> Result<(), String> {
    for item in text.split(',') {
        let (span, step) = match item.split_once('/') {
            Some((span, step)) => (span, Some(step)),
            None => (item, None),
        };
        if let Some(step) = step {
            check_number(name, step, &(1..=*range.end()), &[])?;
        }
        match span.split_once('-') {
            _ if span == "*" => {}
            Some((from, to)) => {
                let from = check_number(name, from, &range, names)?;
                let to = check_number(name, to, &range, names)?;
                if from > to {
                    return Err(format!("the range `{span}` of the field {name} is reversed"));
                }
            }
            None => {
                check_number(name, span, &range, names)?;
            }
        }
    }
    Ok(())
}

fn check_number(name: &str, text: &str, range: &Range, names: &[&str]) -> Result<u32, String> {
    if let Some(at) = names.iter().position(|known| known.eq_ignore_ascii_case(text)) {
        return Ok(u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1));
    }
    let is_number = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|number| is_number && range.contains(number));
    number.ok_or_else(|| {
        format!("`{text}` of the field {name} is not from {} to {}", range.start(), range.end())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_eventbridge_takes_is_taken() {
        for good in [
            "rate(1 minute)",
            "rate(5 minutes)",
            "rate(12 hours)",
            "rate(1 day)",
            "cron(0 10 * * ? *)",
            "cron(15 12 * * ? *)",
            "cron(0 18 ? * MON-FRI *)",
            "cron(0/15 * * * ? *)",
            "cron(0/5 8-17 ? * mon-fri *)",
            "cron(30 9 L * ? *)",
            "cron(0 0 3W * ? *)",
            "cron(0 0 LW * ? *)",
            "cron(0 0 ? * 5L *)",
            "cron(0 0 ? * TUE#2 *)",
            "cron(0 0 ? * L *)",
            "cron(0 0 1 JAN,JUL ? 2030,2040-2050/2)",
            "cron(0 0 29 2 ? 2027/3)",
            "cron(0 0 29 FEB ? *)",
            "cron(0 0 31 2,3 ? *)",
            "cron(0 0 30/1 4 ? 2019-2026)",
        ] {
            assert_eq!(check_expression(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn what_it_refuses_is_refused_with_a_reason() {
        for (bad, why) in [
            ("", "write a `rate"),
            ("5 minutes", "write a `rate"),
            ("rate()", "a rate needs a number"),
            ("rate(5 seconds)", "a rate needs a number"),
            ("rate(-1 minutes)", "a rate needs a number"),
            ("rate(+1 minute)", "a rate needs a number"),
            ("rate(0 minutes)", "minimum rate"),
            ("rate(1 hours)", "`1 hour`"),
            ("rate(2 day)", "`2 days`"),
            ("cron(0 10 * * *)", "5 fields"),
            ("cron(0 10 * * * *)", "must be `?`"),
            ("cron(0 10 ? * ? *)", "cannot both"),
            ("cron(60 10 * * ? *)", "`60` of the field minutes is not from 0 to 59"),
            ("cron(0 24 * * ? *)", "hours"),
            ("cron(0 10 32 * ? *)", "day of month"),
            ("cron(0 10 32W * ? *)", "day of month"),
            ("cron(0 10 * 13 ? *)", "month"),
            ("cron(0 10 ? * 8 *)", "day of week"),
            ("cron(0 10 ? * 3#6 *)", "day of week"),
            ("cron(0 10 * * ? 1969)", "1970 to 2199"),
            ("cron(5-1 10 * * ? *)", "is reversed"),
            ("cron(*/0 10 * * ? *)", "minutes"),
            ("cron(+1 10 * * ? *)", "minutes"),
            ("cron(a 10 * * ? *)", "minutes"),
            ("cron(0 3 31 2 ? *)", "no month of it has a day `31`"),
            ("cron(0 3 31 4,6 ? *)", "`31`"),
            ("cron(0 3 29 2 ? 2027/2)", "no month of it has a day `29`"),
            ("cron(0 3 ? * MON 1999)", "`1999` is over"),
            ("cron(0 3 1 * ? 2019-2025)", "`2019-2025` is over"),
        ] {
            let found = check_expression(bad);
            assert!(found.as_ref().is_err_and(|found| found.contains(why)), "{bad}: {found:?}");
        }
    }
}
