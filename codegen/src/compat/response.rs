//! Responses of operations: statuses, bodies, headers, links.
//!
//! A status that the contract does not name itself is compared with the range or default that stands for it. A default
//! stands for no success that was named: clients of a success that is gone get another, or errors.

use super::catalog::SchemaUse;
use super::content::{self, Writer};
use super::finding::{Direction, Findings, Site};
use super::parameter;
use super::rest::Kept;
use crate::inclusion::{self, Form, Here, Said};
use crate::model::{Header, Link, Operation, Response, Status};

/// Compares the responses of an operation.
pub(super) fn compare(report: &mut Findings, kept: &Kept<'_>) {
    let (before, after) = (kept.old.operation, kept.new.operation);
    for old in declared(before) {
        let named = declared(after).find(|new| new.status == old.status);
        let is_named_success = old.is_success() && old.status != Status::Default;
        let stands = |new: &&Response| !(is_named_success && new.status == Status::Default);
        match named.or_else(|| standing_for(after, old.status).filter(stands)) {
            Some(new) => compare_response(report, kept, old, new),
            // Statuses of the range are compared with it below: what the old contract had, clients can read.
            None if declared(after).any(|new| is_read_as(before, new, old.status)) => {}
            None => {
                let success = old.is_success();
                let id = if success {
                    "response-success-status-removed"
                } else {
                    "response-non-success-status-removed"
                };
                let site = site(kept, old.status, Some(old), None);
                report.add(id, &site, "", "");
            }
        }
    }
    for new in declared(after) {
        if declared(before).any(|old| old.status == new.status) {
            continue;
        }
        match standing_for(before, new.status) {
            Some(old) => compare_response(report, kept, old, new),
            None => {
                let id = if new.is_success() {
                    "response-success-status-added"
                } else {
                    "response-non-success-status-added"
                };
                report.add(id, &site(kept, new.status, None, Some(new)), "", "");
            }
        }
    }
}

/// What the contract declares. What follows from the security requirements alone has no description to compare.
fn declared(operation: &Operation) -> impl Iterator<Item = &Response> {
    operation.responses.iter().filter(|response| !response.is_implied(operation))
}

/// Whether clients of the old contract read a new response as the one of a range or default.
fn is_read_as(before: &Operation, new: &Response, status: Status) -> bool {
    let is_named = declared(before).any(|old| old.status == new.status);
    !is_named && standing_for(before, new.status).is_some_and(|old| old.status == status)
}

/// The range or default that stands for a status.
fn standing_for(operation: &Operation, status: Status) -> Option<&Response> {
    let find = |status| declared(operation).find(|response| response.status == status);
    match status {
        Status::Code(code) => {
            let [_, range, default] = Status::fallbacks(code);
            find(range).or_else(|| find(default))
        }
        Status::Range(_) => find(Status::Default),
        Status::Default => None,
    }
}

pub(super) fn label(status: Status) -> String {
    format!("response {status}")
}

fn site(kept: &Kept<'_>, status: Status, old: Option<&Response>, new: Option<&Response>) -> Site {
    let span = |response: Option<&Response>| response.map(|response| response.origin.span);
    let (old, new) = (span(old).or(kept.site.old), span(new).or(kept.site.new));
    kept.site.part(label(status), Direction::Response, old, new)
}

fn compare_response(report: &mut Findings, kept: &Kept<'_>, old: &Response, new: &Response) {
    let site = site(kept, new.status, Some(old), Some(new));
    match (old.contents.is_empty(), new.contents.is_empty()) {
        (true, true) => {}
        (true, false) => report.add("response-body-added", &site, "", ""),
        (false, true) => report.add("response-body-removed", &site, "", ""),
        (false, false) => {
            let here = Here { old: old.origin.span, new: new.origin.span };
            let ids = ["response-media-type-removed", "response-media-type-not-compared"];
            for (from, to) in content::paired(&old.contents, &new.contents, Writer::Service) {
                match (from, to) {
                    (Some(from), Some(to)) => {
                        content::compare_ranges(report, &site, [from, to], Writer::Service, ids);
                        let changes = content::compare(kept, from, to, here);
                        report.add_changes(
                            SchemaUse::ResponseBody,
                            SchemaUse::ResponseProperty,
                            &site,
                            changes,
                        );
                    }
                    (Some(from), None) => {
                        let left = content::listed(&new.contents);
                        report.add("response-media-type-removed", &site, &from.media_type, left);
                    }
                    (None, to) => {
                        let added = to.map_or("", |to| to.media_type.as_str());
                        report.add("response-media-type-added", &site, "", added);
                    }
                }
            }
            let before = (&*old.contents, &*old.unserved);
            content::compare_unserved(report, &site, before, (&new.contents, &new.unserved), ids);
        }
    }
    compare_headers(report, kept, &site, old, new);
    let has = |response: &Response, name: &str| response.links.iter().any(|link| link.name == name);
    for link in &old.links {
        match new.links.iter().find(|other| other.name == link.name) {
            None => report.add("response-link-removed", &site, &link.name, ""),
            Some(other) if target(other) != target(link) => {
                let target = format!("{}, before to {}", target(other), target(link));
                report.add("response-link-changed", &site, &link.name, target);
            }
            Some(_) => {}
        }
    }
    for link in new.links.iter().filter(|link| !has(old, &link.name)) {
        report.add("response-link-added", &site, "", &link.name);
    }
}

/// The call that a link stands for.
fn target(link: &Link) -> String {
    let mut values: Vec<String> =
        link.parameters.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    values.sort();
    values.extend(link.body.as_ref().map(|body| format!("body: {body}")));
    format!("`{}({})`", link.operation_id, values.join(", "))
}

fn compare_headers(
    report: &mut Findings,
    kept: &Kept<'_>,
    site: &Site,
    old: &Response,
    new: &Response,
) {
    let alike = |one: &Header, other: &Header| one.name.wire.eq_ignore_ascii_case(&other.name.wire);
    let part = |header: &Header| {
        let label = format!("{} header {}", site.part, header.name.wire);
        site.part(label, Direction::Response, site.old, site.new)
    };
    for header in &old.headers {
        let site = part(header);
        match new.headers.iter().find(|other| alike(header, other)) {
            Some(kept_header) => compare_header(report, kept, &site, header, kept_header),
            None if header.required => {
                report.add("required-response-header-removed", &site, "", "")
            }
            None => report.add("optional-response-header-removed", &site, "", ""),
        }
    }
    for header in new.headers.iter().filter(|new| !old.headers.iter().any(|old| alike(old, new))) {
        report.add("response-header-added", &part(header), "", "");
    }
}

fn compare_header(report: &mut Findings, kept: &Kept<'_>, site: &Site, old: &Header, new: &Header) {
    match (old.required, new.required) {
        (true, false) => report.add("response-header-became-optional", site, "", ""),
        (false, true) => report.add("response-header-became-required", site, "", ""),
        _ => {}
    }
    match (&old.docs.deprecated, &new.docs.deprecated) {
        (None, Some(_)) => report.add("response-header-deprecated", site, "", ""),
        (Some(_), None) => report.add("response-header-reactivated", site, "", ""),
        _ => {}
    }
    if let (Some(was), Some(is)) = (&old.written, &new.written)
        && was.style != is.style
    {
        let before = parameter::written_header(kept.old.service, &old.ty, &was.style);
        let after = parameter::written_header(kept.new.service, &new.ty, &is.style);
        report.add("response-header-serialization-changed", site, before, after);
    }
    let mut walker = kept.walker(Form::Text);
    let span = kept.site.new.unwrap_or_default();
    let here = Here { old: site.old.unwrap_or(span), new: site.new.unwrap_or(span) };
    let mut changes = walker.compare(&old.ty, &new.ty, here);
    let was = Said { service: kept.old.service, ty: &old.ty, meaning: &old.docs.meaning };
    let is = Said { service: kept.new.service, ty: &new.ty, meaning: &new.docs.meaning };
    inclusion::compare_meanings(was, is, here, &mut changes);
    report.add_changes(SchemaUse::ResponseHeader, SchemaUse::ResponseHeader, site, changes);
}
