//! Deprecation and sunset: when a removal is one that was announced.

use super::finding::{Findings, Site};
use crate::model::parse_date;
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
        None => End::Undated(format!("its sunset `{text}` is not a date")),
        Some(date) if date < today => End::Passed(date),
        Some(date) => End::Ahead(date),
    }
}

/// The rules of a removal: without deprecation, with it, before the sunset, with an unreadable sunset.
pub(super) fn report_removal(
    report: &mut Findings,
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

/// What changed in the announced end of a thing that is still there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum EndChange {
    /// Nothing.
    None,
    /// It was deprecated, without a sunset.
    Announced,
    /// It was deprecated, with a sunset ahead.
    AnnouncedFor(Date),
    /// It got a sunset that leaves too little time to prepare.
    Late(Date),
    /// The sunset was moved to an earlier day.
    Earlier(Date, Date),
    /// It had a sunset and has none any more.
    Deleted(Date),
    /// Its new sunset is no date.
    Unreadable(String),
    /// It is not deprecated any more.
    Revoked,
}

/// What changed in the announced end of a thing; a new sunset is `earliest` or later.
pub(super) fn end_change(
    old: Option<&Deprecation>,
    new: Option<&Deprecation>,
    earliest: Date,
) -> EndChange {
    let date = |end: &Deprecation| end.sunset.as_deref().and_then(parse_date);
    let Some(end) = new else {
        return if old.is_some() { EndChange::Revoked } else { EndChange::None };
    };
    let was = old.and_then(date);
    match (&end.sunset, date(end)) {
        (Some(text), None) if old.and_then(|old| old.sunset.as_ref()) == Some(text) => {
            EndChange::None
        }
        (Some(text), None) => EndChange::Unreadable(text.clone()),
        (None, _) => match (was, old) {
            (Some(was), _) => EndChange::Deleted(was),
            (None, None) => EndChange::Announced,
            (None, Some(_)) => EndChange::None,
        },
        (Some(_), Some(new)) => match was {
            Some(was) if new < was => EndChange::Earlier(was, new),
            Some(_) => EndChange::None,
            None if new < earliest => EndChange::Late(new),
            None if old.is_none() => EndChange::AnnouncedFor(new),
            None => EndChange::None,
        },
    }
}

/// The rules of a changed end, one for each [`EndChange`].
pub(super) struct EndRules {
    pub(super) announced: &'static str,
    pub(super) announced_for: &'static str,
    pub(super) late: &'static str,
    pub(super) earlier: &'static str,
    pub(super) deleted: &'static str,
    pub(super) unreadable: &'static str,
    pub(super) revoked: &'static str,
}

/// Reports what changed in the announced end of a thing that is still there.
pub(super) fn report_end(
    report: &mut Findings,
    site: &Site,
    old: &Docs,
    new: &Docs,
    rules: &EndRules,
) {
    match end_change(old.deprecated.as_ref(), new.deprecated.as_ref(), report.earliest_sunset) {
        EndChange::None => {}
        EndChange::Announced => report.add(rules.announced, site, "", ""),
        EndChange::AnnouncedFor(date) => {
            report.add(rules.announced_for, site, "", removal_words(date));
        }
        EndChange::Late(date) => report.add(rules.late, site, report.earliest_sunset, date),
        EndChange::Earlier(was, is) => report.add(rules.earlier, site, was, is),
        EndChange::Deleted(was) => report.add(rules.deleted, site, was, ""),
        EndChange::Unreadable(text) => report.add(rules.unreadable, site, "", text),
        EndChange::Revoked => report.add(rules.revoked, site, "", ""),
    }
}

/// `, to be removed after 2027-01-31`
pub(super) fn removal_words(date: Date) -> String {
    format!(", to be removed after {date}")
}
