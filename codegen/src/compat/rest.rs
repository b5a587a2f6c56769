//! Operations: removed, added, and how the remaining ones changed.
//!
//! Operations are the same when method and path agree, whatever the parameters in the path are called and
//! whichever service serves them: one API stands in front of all.

use super::catalog::SchemaUse;
use super::content::Writer;
use super::finding::{Direction, Findings, Site};
use super::lifecycle::{EndRules, report_end, report_removal};
use super::{bound, content, owner, parameter, publication, response, security, setting};
use crate::inclusion::{self, Form, Here, Shape, Walker};
use crate::model::{
    Method, Operation, Parameter, ParameterLocation, Segment, Service, System, TableAccess,
};
use crate::source::Span;
use crate::values::{takes_number, takes_text};
use std::collections::{BTreeMap, BTreeSet};

/// The rules about the announced end of an operation.
const END: EndRules = EndRules {
    announced: "endpoint-deprecated",
    announced_for: "endpoint-deprecated-with-sunset",
    late: "api-sunset-date-too-small",
    earlier: "api-sunset-date-changed-too-small",
    deleted: "sunset-deleted",
    unreadable: "api-deprecated-sunset-parse",
    revoked: "endpoint-reactivated",
};

/// An operation and the service that serves it.
#[derive(Clone, Copy)]
pub(super) struct Served<'a> {
    pub(super) service: &'a Service,
    pub(super) operation: &'a Operation,
}

/// An operation in the old and in the new contracts.
pub(super) struct Kept<'a> {
    pub(super) old: Served<'a>,
    pub(super) new: Served<'a>,
    pub(super) site: Site,
}

impl<'a> Kept<'a> {
    /// A walker over the types of both services.
    pub(super) fn walker(&self, form: Form) -> Walker<'a> {
        Walker::new(self.old.service, self.new.service, form)
    }
}

/// Compares all operations.
pub(super) fn compare(report: &mut Findings, old: &System, new: &System) {
    security::compare_schemes(report, old, new);
    compare_hosts(report, old, new);
    let (before, after) = (operations(old), operations(new));
    let paths: BTreeMap<_, _> =
        after.iter().rev().map(|new| (shape(new.operation), new.operation.origin.span)).collect();
    let keyed: BTreeMap<_, _> = after.iter().map(|new| (key(new.operation), new)).collect();
    for old in &before {
        match keyed.get(&key(old.operation)) {
            Some(new) => compare_operation(report, *old, **new),
            None => {
                let beside = paths.get(&shape(old.operation)).copied();
                match followed(old, &before, &after).filter(|_| beside.is_none()) {
                    Some(new) => {
                        compare_operation(report, *old, new);
                        let (from, to) = (old.operation, new.operation);
                        let spans = (Some(from.origin.span), Some(to.origin.span));
                        let site = Site::new(subject(from), Direction::Wiring, spans.0, spans.1);
                        report.add("api-path-generalized", &site, "", &to.path.text);
                    }
                    None => removed(report, *old, beside),
                }
            }
        }
    }
    let known: BTreeSet<_> = before.iter().map(|old| key(old.operation)).collect();
    for new in &after {
        if !known.contains(&key(new.operation)) {
            added(report, *new, &before, &keyed);
        }
    }
}

/// Compares the hosts that documents name. Paths of servers are part of the routes.
fn compare_hosts(report: &mut Findings, old: &System, new: &System) {
    for before in &old.services {
        let same = |service: &&Service| service.name.wire == before.name.wire;
        let Some(after) = new.services.iter().find(same) else { continue };
        let subject = || format!("servers of {}", before.name.wire);
        let has = |service: &Service, host: &str| service.hosts.iter().any(|(one, _)| one == host);
        for (host, span) in before.hosts.iter().filter(|(host, _)| !has(after, host)) {
            let place = after.hosts.first().map_or(after.origin.span, |(_, span)| *span);
            let site = Site::new(subject(), Direction::Wiring, Some(*span), Some(place));
            report.add("api-server-removed", &site, host, "");
        }
        for (host, span) in after.hosts.iter().filter(|(host, _)| !has(before, host)) {
            let site = Site::new(subject(), Direction::Wiring, None, Some(*span));
            report.add("api-server-added", &site, "", host);
        }
    }
}

fn operations(system: &System) -> Vec<Served<'_>> {
    let mut out = Vec::new();
    for service in system.services.iter().chain(&system.unserved) {
        out.extend(service.operations.iter().map(|operation| Served { service, operation }));
    }
    out
}

/// A path without the names of its parameters.
fn shape(operation: &Operation) -> Vec<String> {
    operation.path.shape()
}

fn key(operation: &Operation) -> (Method, Vec<String>) {
    (operation.method, shape(operation))
}

/// What findings call an operation.
pub(super) fn subject(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path.text)
}

/// `beside` is where another operation of the same path stands, if any does.
fn removed(report: &mut Findings, old: Served<'_>, beside: Option<Span>) {
    let operation = old.operation;
    let span = Some(operation.origin.span);
    let site = Site::new(subject(operation), Direction::Wiring, span, beside);
    let rules = if beside.is_some() {
        [
            "api-removed-without-deprecation",
            "api-removed-with-deprecation",
            "api-removed-before-sunset",
            "api-removed-sunset-parse",
        ]
    } else {
        [
            "api-path-removed-without-deprecation",
            "api-path-removed-with-deprecation",
            "api-path-removed-before-sunset",
            "api-path-sunset-parse",
        ]
    };
    report_removal(report, &site, operation.docs.deprecated.as_ref(), rules);
}

fn added(
    report: &mut Findings,
    new: Served<'_>,
    before: &[Served<'_>],
    after: &BTreeMap<(Method, Vec<String>), &Served<'_>>,
) {
    let operation = new.operation;
    let span = Some(operation.origin.span);
    let site = Site::new(subject(operation), Direction::Wiring, None, span);
    report.add("endpoint-added", &site, "", "");
    // Of a path that is gone, no request is left to be taken.
    let shadowed = before.iter().find(|old| {
        old.operation.method == operation.method
            && is_shadowed(old.operation, operation)
            && after.contains_key(&key(old.operation))
    });
    if let Some(old) = shadowed {
        report.add("endpoint-shadows-parameter", &site, &old.operation.path.text, "");
    }
}

/// The new operation that takes the requests of one whose path is gone: where that had a text, the new path has a
/// parameter that takes it. One that was there before is another operation, not what became of this one.
fn followed<'a>(
    old: &Served<'a>,
    before: &[Served<'a>],
    after: &[Served<'a>],
) -> Option<Served<'a>> {
    let is_new =
        |new: &&Served<'_>| before.iter().all(|one| key(one.operation) != key(new.operation));
    let takes = |new: &&Served<'_>| {
        new.operation.method == old.operation.method
            && is_shadowed(new.operation, old.operation)
            && takes_texts(new, &old.operation.path.segments)
    };
    let mut found = after.iter().filter(is_new).filter(takes);
    // Which of two takes a request, their other parts decide; the path is chosen before the method.
    let one = found.next().copied().filter(|_| found.next().is_none())?;
    let is_rival = |other: &Served<'_>| {
        is_shadowed(other.operation, old.operation)
            && shape(other.operation) != shape(one.operation)
    };
    (!after.iter().any(is_rival)).then_some(one)
}

/// Whether the parameters of a path take the texts that stand there in another one.
fn takes_texts(new: &Served<'_>, segments: &[Segment]) -> bool {
    new.operation.path.segments.iter().zip(segments).all(|(own, other)| {
        let Segment::Parameter(name) = own else { return true };
        let text = match other {
            Segment::Parameter(_) => return true,
            Segment::Mixed(_) => return false,
            // What an escape stands for, the path does not say; behind a slash at the end there is no text.
            Segment::Literal(text) if text.is_empty() || text.contains('%') => return false,
            Segment::Literal(text) => text,
        };
        let is_it =
            |one: &&Parameter| one.location == ParameterLocation::Path && one.name.wire == *name;
        let Some(parameter) = new.operation.parameters.iter().find(is_it) else { return false };
        let ty = inclusion::resolve(new.service, &parameter.ty);
        // A text alone is written as it is.
        parameter.written.is_none()
            && !ty.is_checked(new.service)
            && match &ty.shape {
                Shape::Scalar(scalar) => takes_text(scalar, text) || takes_number(scalar, text),
                Shape::Enum(of) => of.variants.iter().any(|one| one.wire == *text),
                _ => false,
            }
    })
}

/// Whether a new path takes requests that an old one with a parameter took.
fn is_shadowed(old: &Operation, new: &Operation) -> bool {
    let (old, new) = (&old.path.segments, &new.path.segments);
    let is_same = |(old, new): (&Segment, &Segment)| old.is_like(new);
    let is_open = |(old, new): (&Segment, &Segment)| {
        matches!(old, Segment::Parameter(_)) && !matches!(new, Segment::Parameter(_))
    };
    let pairs = || old.iter().zip(new);
    old.len() == new.len()
        && !pairs().all(is_same)
        && pairs().all(|pair| is_same(pair) || is_open(pair))
}

/// What an operation may do with tables, without that in which it keeps the responses to repeated requests.
fn declared_access(operation: &Operation) -> Vec<&TableAccess> {
    let kept = operation.idempotency.as_ref().map(|idempotency| idempotency.table);
    operation.access.iter().filter(|access| Some(access.table) != kept).collect()
}

/// What alarms watch.
fn compare_objectives(report: &mut Findings, site: &Site, old: &Operation, new: &Operation) {
    let words = |operation: &Operation| {
        let objective = operation.objective.as_ref();
        let errors = objective.and_then(|one| Some(format!("`errors: {}`", one.errors.as_ref()?)));
        let latency = objective.and_then(|one| Some(format!("`latencyMs: {}`", one.latency_ms?)));
        let words: Vec<_> = errors.into_iter().chain(latency).collect();
        if words.is_empty() { "nothing".to_owned() } else { words.join(" and ") }
    };
    if words(old) != words(new) {
        report.add("api-objective-changed", site, words(old), words(new));
    }
}

fn compare_operation(report: &mut Findings, old: Served<'_>, new: Served<'_>) {
    let (before, after) = (old.operation, new.operation);
    let spans = (Some(before.origin.span), Some(after.origin.span));
    let site = Site::new(subject(after), Direction::Wiring, spans.0, spans.1);
    let kept = Kept { old, new, site };
    let site = &kept.site;
    report_end(report, site, &before.docs, &after.docs, &END);
    match (before.is_named, after.is_named) {
        _ if before.id == after.id => {}
        // What follows from the path changes with it, and the change of the path was told.
        (false, false) => {}
        (false, true) => report.add("api-operation-id-added", site, "", &after.id.wire),
        (true, _) => {
            report.add("api-operation-id-removed", site, &before.id.wire, &after.id.wire);
        }
    }
    for tag in before.tags.iter().filter(|tag| !after.tags.contains(tag)) {
        report.add("api-tag-removed", site, tag, "");
    }
    for tag in after.tags.iter().filter(|tag| !before.tags.contains(tag)) {
        report.add("api-tag-added", site, "", tag);
    }
    compare_idempotency(report, site, &kept);
    owner::compare_request(report, &kept);
    let renamed = security::Renamed::between(old.service, new.service);
    security::compare(report, site, &renamed, [&before.security, &after.security]);
    let published = [(old.service, &*before.publishes), (new.service, &*after.publishes)];
    publication::compare(report, site, published);
    // What a generated body does with its table follows from what it does.
    if before.binding.is_none() && after.binding.is_none() {
        let declared = [old, new].map(|one| (one.service, declared_access(one.operation)));
        setting::compare_access(report, site, declared);
    }
    compare_objectives(report, site, before, after);
    parameter::compare(report, &kept);
    compare_bodies(report, &kept);
    bound::compare(report, &kept);
    response::compare(report, &kept);
}

/// How repetitions of the operation are recognised.
fn compare_idempotency(report: &mut Findings, site: &Site, kept: &Kept<'_>) {
    let (old, new) = (&kept.old, &kept.new);
    let (before, after) = match (&old.operation.idempotency, &new.operation.idempotency) {
        (None, None) => return,
        (None, Some(_)) => return report.add("api-idempotency-added", site, "", ""),
        (Some(_), None) => return report.add("api-idempotency-removed", site, "", ""),
        (Some(before), Some(after)) => (before, after),
    };
    if !before.header.eq_ignore_ascii_case(&after.header) {
        report.add("api-idempotency-header-changed", site, &before.header, &after.header);
    }
    if after.keep_seconds < before.keep_seconds {
        let (from, to) = (before.keep_seconds, after.keep_seconds);
        report.add("api-idempotency-shortened", site, from, to);
    }
    let from = &old.service.table(before.table).name.wire;
    let to = &new.service.table(after.table).name.wire;
    if from != to {
        report.add("api-idempotency-table-changed", site, from, to);
    }
}

fn compare_bodies(report: &mut Findings, kept: &Kept<'_>) {
    let (old, new) = (&kept.old.operation.body, &kept.new.operation.body);
    let spans = |old: Option<_>, new: Option<_>| {
        kept.site.part(
            "request body",
            Direction::Request,
            old.or(kept.site.old),
            new.or(kept.site.new),
        )
    };
    let span = |body: &Option<crate::model::Body>| body.as_ref().map(|body| body.origin.span);
    let site = spans(span(old), span(new));
    match (old, new) {
        (None, None) => {
            let [before, after] = [kept.old, kept.new].map(|one| &one.operation.ignored_body);
            if before != after {
                let method = kept.new.operation.method.as_str();
                report.add("request-body-not-compared", &kept.site, method, "");
            }
        }
        (None, Some(new)) if new.required => {
            report.add("request-body-added-required", &site, "", "")
        }
        (None, Some(_)) => report.add("request-body-added-optional", &site, "", ""),
        (Some(_), None) => report.add("request-body-removed", &site, "", ""),
        (Some(old), Some(new)) => {
            match (old.required, new.required) {
                (false, true) => report.add("request-body-became-required", &site, "", ""),
                (true, false) => report.add("request-body-became-optional", &site, "", ""),
                _ => {}
            }
            let here = Here { old: old.origin.span, new: new.origin.span };
            let ids = ["request-body-media-type-removed", "request-body-media-type-not-compared"];
            for (from, to) in content::paired(&old.contents, &new.contents, Writer::Others) {
                match (from, to) {
                    (Some(from), Some(to)) => {
                        content::compare_writing(report, &site, from, to);
                        content::compare_ranges(report, &site, [from, to], Writer::Others, ids);
                        let changes = content::compare(kept, from, to, here);
                        report.add_changes(
                            SchemaUse::RequestBody,
                            SchemaUse::RequestProperty,
                            &site,
                            changes,
                        );
                    }
                    (Some(from), None) => {
                        let left = content::listed(&new.contents);
                        report.add(
                            "request-body-media-type-removed",
                            &site,
                            &from.media_type,
                            left,
                        );
                    }
                    (None, to) => {
                        let added = to.map_or("", |to| to.media_type.as_str());
                        report.add("request-body-media-type-added", &site, "", added);
                    }
                }
            }
            let before = (&*old.contents, &*old.unserved);
            content::compare_unserved(report, &site, before, (&new.contents, &new.unserved), ids);
        }
    }
}
