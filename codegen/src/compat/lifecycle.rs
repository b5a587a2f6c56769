//! Deprecation and sunset: when a removal is one that was announced.

use super::date::parse_date;
use super::finding::{Report, Site};
use crate::model::{Deprecation, Docs};
use jiff::civil::Date;

/// What a contract said of the end of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing.
    None,
    /// It was deprecated without a date that can be read: why.
    Undated(String),
    /// Its sunset is today or later.
    Ahead(Date),
    /// Its sunset has passed.
    Passed(Date),
}

/// What the contract said of the end of a thing, seen from today.
pub(super) fn end_of(deprecated: Option<&Deprecation>, today: Date) -> End {
    let Some(deprecated) = deprecated else { return End::None };
    let Some(text) = &deprecated.sunset else {
        return End::Undated("without `x-sunset`".to_owned());
    };
    match parse_date(text) {
        None => End::Undated(format!("its sunset `{text}` is no date")),
        Some(date) if date < today => End::Passed(date),
        Some(date) => End::Ahead(date),
    }
}

/// The rules of a removal: without deprecation, with it, before the sunset, with an unreadable sunset.
pub(super) fn report_removal(
    report: &mut Report,
    site: &Site,
    deprecated: Option<&Deprecation>,
    [without, with, before, undated]: [&'static str; 4],
) {
    match end_of(deprecated, report.today) {
        End::None => report.add(without, site, "", ""),
        End::Passed(date) => report.add(with, site, date, ""),
        End::Ahead(date) => report.add(before, site, date, ""),
        End::Undated(why) => report.add(undated, site, why, ""),
    }
}

/// What changed in the announced end of an operation that is still there.
pub(super) fn compare_operation_end(report: &mut Report, site: &Site, old: &Docs, new: &Docs) {
    let date = |end: &Deprecation| end.sunset.as_deref().and_then(parse_date);
    match (&old.deprecated, &new.deprecated) {
        (None, None) => {}
        (Some(_), None) => report.add("endpoint-reactivated", site, "", ""),
        (before, Some(end)) => {
            let was = before.as_ref().and_then(date);
            match (&end.sunset, date(end)) {
                (Some(text), None) => report.add("api-deprecated-sunset-parse", site, "", text),
                (None, _) if was.is_some() => {
                    report.add(
                        "sunset-deleted",
                        site,
                        was.map_or(String::new(), |was| was.to_string()),
                        "",
                    );
                }
                (None, _) if before.is_none() => report.add("endpoint-deprecated", site, "", ""),
                (None, _) => {}
                (Some(_), Some(new)) => report_sunset(report, site, before.is_none(), was, new),
            }
        }
    }
}

fn report_sunset(report: &mut Report, site: &Site, is_new: bool, was: Option<Date>, new: Date) {
    match was {
        Some(was) if new < was => {
            report.add("api-sunset-date-changed-too-small", site, was, new);
        }
        Some(_) => {}
        None if new < report.today => report.add("api-sunset-date-too-small", site, "", new),
        None if is_new => report.add("endpoint-deprecated-with-sunset", site, "", new),
        None => {}
    }
}
