//! Parameters of operations: matched by place and name, in a path by position.

use super::catalog::SchemaUse;
use super::exploded::{self, Sent};
use super::finding::{Direction, Findings, Site};
use super::lifecycle::{EndRules, report_end, report_removal};
use super::rest::Kept;
use crate::inclusion::{self, Change, Form, Here, Kind, Said, Shape};
use crate::model::{Parameter, ParameterLocation, Service, Style, TypeRef};

/// The rules about the announced end of a parameter.
const END: EndRules = EndRules {
    announced: "request-parameter-deprecated",
    announced_for: "request-parameter-deprecated",
    late: "request-parameter-sunset-date-too-small",
    earlier: "request-parameter-sunset-date-changed-too-small",
    deleted: "request-parameter-sunset-deleted",
    unreadable: "request-parameter-deprecated-sunset-parse",
    revoked: "request-parameter-reactivated",
};

/// Compares the parameters of an operation.
pub(super) fn compare(report: &mut Findings, kept: &Kept<'_>) {
    let (old, new) = (kept.old.operation, kept.new.operation);
    let segments = || old.path.segments.iter().zip(&new.path.segments);
    let renamed: Vec<_> = segments()
        .flat_map(|(from, to)| from.parameters().into_iter().zip(to.parameters()))
        .collect();
    for (from, to) in renamed.iter().filter(|(from, to)| from != to) {
        // A name that another place of the path had may say that the places changed their meaning.
        let was_another = renamed.iter().any(|(other, _)| other == to);
        let rule = match was_another {
            true => "request-path-parameter-swapped",
            false => "request-path-parameter-renamed",
        };
        report.add(rule, &kept.site, from, to);
    }
    let before = exploded::parameters(kept.old.service, old);
    let after = exploded::parameters(kept.new.service, new);
    let partner = |sent: &Sent<'_>| {
        let parameter = &sent.parameter;
        let name = match parameter.location {
            ParameterLocation::Path => {
                let pair = renamed.iter().find(|(from, _)| *from == parameter.name.wire);
                pair.map_or(parameter.name.wire.as_str(), |(_, to)| to)
            }
            _ => &parameter.name.wire,
        };
        after.iter().position(|other| match (sent.is_rest, other.is_rest) {
            (false, false) => is_named(&other.parameter, parameter.location, name),
            (true, true) => other.parameter.location == parameter.location,
            _ => false,
        })
    };
    let partners: Vec<_> = before.iter().map(partner).collect();
    for (sent, partner) in before.iter().zip(&partners) {
        match partner {
            Some(index) => {
                compare_parameter(report, kept, &sent.parameter, &after[*index].parameter);
            }
            None => removed(report, kept, &sent.parameter),
        }
    }
    // What the path has a parameter for now, each request of the old path has there as a text.
    let is_text = |parameter: &Parameter| {
        parameter.location == ParameterLocation::Path
            && renamed.iter().all(|(_, to)| *to != parameter.name.wire)
    };
    for (index, Sent { parameter, is_needed, .. }) in after.iter().enumerate() {
        if !partners.contains(&Some(index)) && !is_text(parameter) {
            let span = parameter.origin.span;
            let site =
                kept.site.part(label(parameter), Direction::Request, kept.site.old, Some(span));
            let id = if *is_needed {
                "new-required-request-parameter"
            } else {
                "new-optional-request-parameter"
            };
            report.add(id, &site, "", "");
        }
    }
}

fn is_named(parameter: &Parameter, location: ParameterLocation, name: &str) -> bool {
    let wire = &parameter.name.wire;
    parameter.location == location
        && match location {
            ParameterLocation::Header => wire.eq_ignore_ascii_case(name),
            _ => wire == name,
        }
}

fn label(parameter: &Parameter) -> String {
    format!("{} parameter {}", parameter.location.as_str(), parameter.name.wire)
}

fn removed(report: &mut Findings, kept: &Kept<'_>, old: &Parameter) {
    let site = kept.site.part(label(old), Direction::Request, Some(old.origin.span), kept.site.new);
    let rules = [
        "request-parameter-removed",
        "request-parameter-removed-with-deprecation",
        "request-parameter-removed-before-sunset",
        "request-parameter-sunset-parse",
    ];
    report_removal(report, &site, old.docs.deprecated.as_ref(), rules);
}

fn compare_parameter(report: &mut Findings, kept: &Kept<'_>, old: &Parameter, new: &Parameter) {
    let spans = (Some(old.origin.span), Some(new.origin.span));
    let site = kept.site.part(label(new), Direction::Request, spans.0, spans.1);
    match (old.required, new.required) {
        (false, true) => report.add("request-parameter-became-required", &site, "", ""),
        (true, false) => report.add("request-parameter-became-optional", &site, "", ""),
        _ => {}
    }
    report_end(report, &site, &old.docs, &new.docs, &END);
    if old.sensitive && !new.sensitive {
        report.add("request-parameter-became-not-sensitive", &site, "", "");
    }
    let has = |parameter: &Parameter, key: &str| parameter.unread.contains_key(key);
    for key in old.unread.keys().filter(|key| !has(new, key)) {
        report.add("request-parameter-allows-less", &site, key, "");
    }
    for key in new.unread.keys().filter(|key| !has(old, key)) {
        report.add("request-parameter-allows-more", &site, "", key);
    }
    compare_defaults(report, &site, old, new);
    let is_structured = old.written.is_some()
        || new.written.is_some()
        || is_list(kept, old, true)
        || is_list(kept, new, false);
    let is_one = item_of_one(kept, old, new).is_some();
    let is_restyled = is_structured && !is_one && !is_written_alike(&old.style, &new.style);
    if is_restyled || old.raw != new.raw {
        let (from, to) = match is_restyled {
            true => (written(kept.old.service, old), written(kept.new.service, new)),
            false if old.raw => ("a/b", "a%2Fb"),
            false => ("a%2Fb", "a/b"),
        };
        report.add("request-parameter-serialization-changed", &site, from, to);
    }
    let mut walker = kept.walker(Form::Text);
    let here = Here { old: old.origin.span, new: new.origin.span };
    let mut changes = match item_of_one(kept, old, new) {
        Some(item) => {
            let mut changes = walker.compare(&old.ty, item, here);
            changes.push(Change::of(Kind::TypeGeneralized, here, "one value", "array"));
            changes
        }
        None => walker.compare(&old.ty, &new.ty, here),
    };
    let was = Said { service: kept.old.service, ty: &old.ty, meaning: &old.docs.meaning };
    let is = Said { service: kept.new.service, ty: &new.ty, meaning: &new.docs.meaning };
    inclusion::compare_meanings(was, is, here, &mut changes);
    // A parameter in a path has at least one character anyway.
    let is_void = |change: &Change| match change.kind {
        Kind::MinLengthIncreased => change.new == "1",
        Kind::MinLengthDecreased => change.old == "1",
        _ => false,
    };
    let is_in_path = old.location == ParameterLocation::Path;
    let changes =
        changes.into_iter().filter(|one| !(is_in_path && one.path.is_empty() && is_void(one)));
    let changes = changes.collect();
    report.add_changes(SchemaUse::RequestParameter, SchemaUse::RequestParameter, &site, changes);
}

/// The items of a parameter that had one value and may have several now, where one is written as before: `a=1`.
fn item_of_one<'a>(kept: &Kept<'a>, old: &Parameter, new: &'a Parameter) -> Option<&'a TypeRef> {
    let list = match inclusion::resolve(kept.new.service, &new.ty).shape {
        Shape::List(list) if !is_list(kept, old, true) => list,
        _ => return None,
    };
    let takes_one = list.min_items.unwrap_or(0) <= 1 && list.max_items != Some(0);
    let is_scalar = matches!(
        inclusion::resolve(kept.old.service, &old.ty).shape,
        Shape::Scalar(_) | Shape::Enum(_)
    );
    (takes_one && is_scalar && new.style == Style::Repeated).then_some(&list.item)
}

/// Whether two styles write alike; which other parameters there are makes no difference.
fn is_written_alike(old: &Style, new: &Style) -> bool {
    let is_beside = |style: &Style| matches!(style, Style::Repeated | Style::Rest(_));
    old == new || (is_beside(old) && is_beside(new))
}

/// An example of how a parameter is written.
fn written(service: &Service, parameter: &Parameter) -> &'static str {
    let resolved = inclusion::resolve(service, &parameter.ty);
    match (&parameter.style, resolved.shape) {
        (style, Shape::Scalar(_) | Shape::Enum(_)) => match style {
            Style::Label | Style::LabelExploded => ".1",
            Style::Matrix | Style::MatrixExploded => ";a=1",
            Style::Json => "\"1\"",
            _ => "1",
        },
        (style, Shape::Object(_)) => example_of_object(style),
        (style, _) => example(style),
    }
}

/// An example of how a header is written.
pub(super) fn written_header(service: &Service, ty: &TypeRef, style: &Style) -> &'static str {
    match inclusion::resolve(service, ty).shape {
        Shape::Object(_) => example_of_object(style),
        _ => example(style),
    }
}

/// An example of a style, of an object with the properties `b` and `c`.
fn example_of_object(style: &Style) -> &'static str {
    match style {
        Style::Repeated | Style::Rest(_) | Style::Form(_) => "b=1&c=2",
        Style::Commas => "a=b,1,c,2",
        Style::Spaces => "a=b%201%20c%202",
        Style::Pipes => "a=b|1|c|2",
        Style::Simple => "b,1,c,2",
        Style::SimpleExploded => "b=1,c=2",
        Style::Label => ".b,1,c,2",
        Style::LabelExploded => ".b=1.c=2",
        Style::Matrix => ";a=b,1,c,2",
        Style::MatrixExploded => ";b=1;c=2",
        Style::Deep | Style::Json => example(style),
    }
}

/// An example of a style, of a list.
fn example(style: &Style) -> &'static str {
    match style {
        Style::Repeated | Style::Rest(_) | Style::Form(_) => "a=1&a=2",
        Style::Commas => "a=1,2",
        Style::Spaces => "a=1%202",
        Style::Pipes => "a=1|2",
        Style::Deep => "a[b]=1",
        Style::Json => "a={\"b\":1}",
        Style::Simple => "1,2",
        Style::SimpleExploded => "1,2",
        Style::Label => ".1,2",
        Style::LabelExploded => ".1.2",
        Style::Matrix => ";a=1,2",
        Style::MatrixExploded => ";a=1;a=2",
    }
}

fn compare_defaults(report: &mut Findings, site: &Site, old: &Parameter, new: &Parameter) {
    let text = |value: &serde_json::Value| format!("`{value}`");
    match (old.fallback(), new.fallback()) {
        (None, Some(new)) => {
            report.add("request-parameter-default-value-added", site, "", text(new))
        }
        (Some(old), None) => {
            report.add("request-parameter-default-value-removed", site, text(old), "");
        }
        (Some(old), Some(new)) if old != new => {
            report.add("request-parameter-default-value-changed", site, text(old), text(new));
        }
        _ => {}
    }
}

fn is_list(kept: &Kept<'_>, parameter: &Parameter, is_old: bool) -> bool {
    let service = if is_old { kept.old.service } else { kept.new.service };
    let resolved = inclusion::resolve(service, &parameter.ty);
    matches!(parameter.ty, TypeRef::List(_)) || matches!(resolved.shape, Shape::List(_))
}
