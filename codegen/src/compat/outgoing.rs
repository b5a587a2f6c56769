//! Requests that a service sends to its clients: webhooks and callbacks.
//!
//! The service writes the request and clients read it, so a body is compared as an event is that the service sends; what
//! clients answer is compared as a request is.

use super::catalog::SchemaUse;
use super::content::{self, Writer};
use super::finding::{Direction, Findings, Site};
use super::lifecycle::{EndRules, report_end, report_removal};
use super::rest::{Kept, Served, subject};
use crate::inclusion::{Form, Here};
use crate::model::{Content, Operation, Parameter, ParameterLocation, Segment, System};

/// The rules about the announced end of a request.
const END: EndRules = EndRules {
    announced: "webhook-deprecated",
    announced_for: "webhook-deprecated",
    late: "webhook-sunset-date-too-small",
    earlier: "webhook-sunset-date-changed-too-small",
    deleted: "webhook-sunset-deleted",
    unreadable: "webhook-deprecated-sunset-parse",
    revoked: "webhook-reactivated",
};

/// Compares the requests that services send.
pub(super) fn compare(report: &mut Findings, old: &System, new: &System) {
    let (before, after) = (requests(old), requests(new));
    let partners = partners(&before, &after);
    for (was, partner) in before.iter().zip(&partners) {
        let site = |is: Option<&Served<'_>>| {
            let spans = [Some(was), is].map(|one| one.map(|one| one.operation.origin.span));
            Site::new(subject(was.operation), Direction::Sent, spans[0], spans[1])
        };
        match partner.map(|at| &after[at]) {
            Some(is) => {
                let kept = Kept { old: *was, new: *is, site: site(Some(is)) };
                compare_request(report, &kept);
            }
            None => {
                let rules = [
                    "webhook-removed",
                    "webhook-removed-with-deprecation",
                    "webhook-removed-before-sunset",
                    "webhook-sunset-parse",
                ];
                report_removal(report, &site(None), was.operation.docs.deprecated.as_ref(), rules);
            }
        }
    }
    let came = after.iter().enumerate().filter(|(at, _)| !partners.contains(&Some(*at)));
    for (_, is) in came {
        let span = Some(is.operation.origin.span);
        let site = Site::new(subject(is.operation), Direction::Sent, None, span);
        report.add("webhook-added", &site, "", "");
    }
}

fn requests(system: &System) -> Vec<Served<'_>> {
    let of = |service| move |operation| Served { service, operation };
    system.outgoing.iter().flat_map(|service| service.operations.iter().map(of(service))).collect()
}

/// Which request became which: by name, method and URL, and what is left by name and method.
fn partners(before: &[Served<'_>], after: &[Served<'_>]) -> Vec<Option<usize>> {
    let is_named = |one: &Operation, other: &Operation| {
        (one.method, without_names(&one.path.text))
            == (other.method, without_names(&other.path.text))
    };
    let place = |was: &Served<'_>, is_free: &dyn Fn(usize, &Operation) -> bool| {
        after
            .iter()
            .enumerate()
            .position(|(at, is)| is_named(was.operation, is.operation) && is_free(at, is.operation))
    };
    let same_url = |was: &Served<'_>| place(was, &|_, is| url(was.operation) == url(is));
    let mut partners: Vec<Option<usize>> = before.iter().map(same_url).collect();
    for (index, was) in before.iter().enumerate() {
        if partners[index].is_none() {
            partners[index] = place(was, &|at, _| !partners.contains(&Some(at)));
        }
    }
    partners
}

/// The name of a request whatever the parameters in the path of its operation are called.
fn without_names(text: &str) -> String {
    let mut pieces = text.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |name, piece| {
        name + "{}" + piece.split_once('}').map_or(piece, |(_, rest)| rest)
    })
}

fn compare_request(report: &mut Findings, kept: &Kept<'_>) {
    let (before, after) = (kept.old.operation, kept.new.operation);
    let site = &kept.site;
    report_end(report, site, &before.docs, &after.docs, &END);
    let (was, is) = (url(before), url(after));
    if was != is {
        report.add("webhook-url-changed", site, was, is);
    }
    compare_parameters(report, kept);
    let site = site.part("request body", Direction::Sent, site.old, site.new);
    match (&before.body, &after.body) {
        (None, None) => {}
        (None, Some(_)) => report.add("webhook-body-added", &site, "", ""),
        (Some(_), None) => report.add("webhook-body-removed", &site, "", ""),
        (Some(old), Some(new)) => {
            if old.required && !new.required {
                report.add("webhook-body-became-optional", &site, "", "");
            }
            let here = Here { old: old.origin.span, new: new.origin.span };
            let site = Site { old: Some(here.old), new: Some(here.new), ..site };
            let places = ([SchemaUse::SentEvent, SchemaUse::SentEvent], Writer::Service);
            compare_contents(report, kept, &site, here, places, [&old.contents, &new.contents]);
        }
    }
    compare_responses(report, kept);
}

/// The URL of a callback; nothing for a webhook, whose clients name it elsewhere.
fn url(operation: &Operation) -> &str {
    match operation.path.segments.first() {
        Some(Segment::Literal(url)) => url,
        _ => "",
    }
}

fn compare_parameters(report: &mut Findings, kept: &Kept<'_>) {
    let (before, after) = (&kept.old.operation.parameters, &kept.new.operation.parameters);
    let alike = |one: &Parameter, other: &Parameter| {
        let names = [one, other].map(|parameter| parameter.name.wire.as_str());
        one.location == other.location
            && match one.location {
                ParameterLocation::Header => names[0].eq_ignore_ascii_case(names[1]),
                _ => names[0] == names[1],
            }
    };
    for old in before {
        let label = format!("{} parameter {}", old.location.as_str(), old.name.wire);
        let found = after.iter().find(|new| alike(old, new));
        let span = found.map_or(kept.site.new, |new| Some(new.origin.span));
        let site = kept.site.part(label, Direction::Sent, Some(old.origin.span), span);
        let Some(new) = found else {
            report.add("webhook-parameter-removed", &site, "", "");
            continue;
        };
        if old.required && !new.required {
            report.add("webhook-parameter-became-optional", &site, "", "");
        }
        let here = Here { old: old.origin.span, new: new.origin.span };
        let changes = kept.walker(Form::Text).compare(&old.ty, &new.ty, here);
        report.add_changes(SchemaUse::SentEvent, SchemaUse::SentEvent, &site, changes);
    }
    for new in after.iter().filter(|new| !before.iter().any(|old| alike(old, new))) {
        let label = format!("{} parameter {}", new.location.as_str(), new.name.wire);
        let site = kept.site.part(label, Direction::Sent, None, Some(new.origin.span));
        report.add("webhook-parameter-added", &site, "", "");
    }
}

fn compare_contents(
    report: &mut Findings,
    kept: &Kept<'_>,
    site: &Site,
    here: Here,
    ([root, below], writer): ([SchemaUse; 2], Writer),
    [old, new]: [&[Content]; 2],
) {
    for (from, to) in content::paired(old, new, writer) {
        match (from, to) {
            (Some(from), Some(to)) => {
                let changes = content::compare(kept, from, to, here);
                report.add_changes(root, below, site, changes);
            }
            (Some(from), None) => {
                let left = content::listed(new);
                report.add("webhook-media-type-removed", site, &from.media_type, left);
            }
            (None, to) => {
                let added = to.map_or("", |to| to.media_type.as_str());
                report.add("webhook-media-type-added", site, "", added);
            }
        }
    }
}

/// What clients answer, and the service accepts.
fn compare_responses(report: &mut Findings, kept: &Kept<'_>) {
    let (before, after) = (kept.old.operation, kept.new.operation);
    for old in before.responses.iter().filter(|old| old.is_success()) {
        let found = after.responses.iter().find(|new| new.status == old.status);
        let span = found.map_or(kept.site.new, |new| Some(new.origin.span));
        let label = super::response::label(old.status);
        let site = kept.site.part(label, Direction::Request, Some(old.origin.span), span);
        match found {
            None => report.add("webhook-response-removed", &site, "", ""),
            Some(new) => {
                let here = Here { old: old.origin.span, new: new.origin.span };
                let places = ([SchemaUse::RequestBody, SchemaUse::RequestProperty], Writer::Others);
                let contents = [&*old.contents, &*new.contents];
                compare_contents(report, kept, &site, here, places, contents);
            }
        }
    }
}
