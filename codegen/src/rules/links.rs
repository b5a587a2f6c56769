//! A link leads to an operation of its own service, gives it what it needs and only what it takes, and reads what there is.

use crate::diag::{
    Sink,
    catalog::{rules as fault, shape::nearest},
};
use crate::inclusion::{self, Shape};
use crate::model::{
    Content, Link, Operation, Parameter, ParameterLocation, Response, Service, System, TypeRef,
};

pub(super) fn check(system: &System, sink: &Sink) {
    for service in &system.services {
        for operation in &service.operations {
            for response in &operation.responses {
                for link in &response.links {
                    check_link(Here { service, operation, response, link }, sink);
                }
            }
        }
    }
}

/// A link with where it stands.
#[derive(Clone, Copy)]
struct Here<'a> {
    service: &'a Service,
    operation: &'a Operation,
    response: &'a Response,
    link: &'a Link,
}

fn check_link(here: Here<'_>, sink: &Sink) {
    let Here { service, link, .. } = here;
    let at = link.origin.span;
    let Some(target) = service.operations.iter().find(|one| one.id.wire == link.operation_id)
    else {
        let known = service.operations.iter().map(|operation| operation.id.wire.as_str());
        let near = nearest(&link.operation_id, known);
        sink.report(fault::link_to_nowhere(at, &link.name, &link.operation_id, near));
        return;
    };
    if link.body.is_some() && target.body.is_none() {
        sink.report(fault::link_body(at, &link.name, &target.id.wire));
    }
    let mut is_complete = true;
    for (name, value) in &link.parameters {
        if find(target, name).is_none() {
            is_complete = false;
            // A name may say where it travels: `path.id`.
            let plain = name.split_once('.').map_or(name.as_str(), |(_, plain)| plain);
            let known = target.parameters.iter().map(|parameter| parameter.name.wire.as_str());
            let near = nearest(plain, known);
            sink.report(fault::link_parameter(at, &link.name, name, &target.id.wire, near));
        }
        if let Some(why) = here.misread(value) {
            sink.report(fault::link_value(at, &link.name, value, &why));
        }
    }
    if let Some(serde_json::Value::String(value)) = &link.body
        && let Some(why) = here.misread(value)
    {
        sink.report(fault::link_value(at, &link.name, value, &why));
    }
    // What was meant by a name that there is not is not missing besides.
    let is_given = |parameter: &Parameter| {
        let mut names = link.parameters.iter().filter_map(|(name, _)| find(target, name));
        names.any(|one| one.name == parameter.name && one.location == parameter.location)
    };
    // A client that follows the link can supply other values by itself, but not the item.
    let mut needed = target.parameters.iter().filter(|one| one.location == ParameterLocation::Path);
    if let Some(missing) = needed.find(|one| !is_given(one)).filter(|_| is_complete) {
        let (operation, name) = (&target.id.wire, &missing.name.wire);
        sink.report(fault::link_incomplete(at, &link.name, operation, name));
    }
}

/// The parameter that a link names, by itself or with its place before a dot.
fn find<'o>(target: &'o Operation, name: &str) -> Option<&'o Parameter> {
    let by = |name: &str, place: Option<&str>| {
        let mut all = target.parameters.iter();
        all.find(|one| {
            place.is_none_or(|place| one.location.as_str() == place) && is_named(one, name)
        })
    };
    by(name, None).or_else(|| {
        let (place, plain) = name.split_once('.')?;
        by(plain, Some(place))
    })
}

fn is_named(parameter: &Parameter, name: &str) -> bool {
    match parameter.location {
        ParameterLocation::Header => parameter.name.wire.eq_ignore_ascii_case(name),
        _ => parameter.name.wire == name,
    }
}

impl Here<'_> {
    /// Why a runtime expression leads to nothing. `None` if it leads somewhere, and for texts that are not expressions.
    fn misread(self, value: &str) -> Option<String> {
        const HEADS: [&str; 5] = ["$url", "$method", "$statusCode", "$request", "$response"];
        let rest = value
            .strip_prefix('$')
            .filter(|rest| rest.starts_with(|first: char| first.is_ascii_alphabetic()))?;
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (word, below) = value.split_at(length + 1);
        match word {
            "$url" | "$method" | "$statusCode" if below.is_empty() => None,
            "$request" => self.part(below, true),
            "$response" => self.part(below, false),
            _ => Some(match nearest(word, HEADS) {
                Some(near) => format!("an expression starts with `{near}`, not with `{word}`"),
                None => format!("no expression starts with `{word}`"),
            }),
        }
    }

    fn part(self, below: &str, is_request: bool) -> Option<String> {
        let body = below.strip_prefix(".body");
        if let Some(pointer) = body.filter(|rest| rest.is_empty() || rest.starts_with('#')) {
            let content = match is_request {
                true => self.operation.body.as_ref().and_then(|body| body.json()),
                false => self.response.json(),
            };
            return self.body(content, pointer.trim_start_matches('#'), is_request);
        }
        if body.is_some() {
            return Some(
                "a pointer into the body begins with `#`: `$response.body#/id`".to_owned(),
            );
        }
        let (place, name) = below.strip_prefix('.').and_then(|rest| rest.split_once('.'))?;
        if is_request {
            let mut all = self.operation.parameters.iter();
            let is_there = all.any(|one| one.location.as_str() == place && is_named(one, name));
            let known = ["header", "path", "query"].contains(&place);
            let lacks = place == "header" || is_there;
            return (known && !lacks).then(|| {
                format!("`{}` has no {place} parameter `{name}`", self.operation.id.wire)
            });
        }
        let mut headers = self.response.headers.iter();
        let is_there = headers.any(|header| header.name.wire.eq_ignore_ascii_case(name));
        (place == "header" && !is_there)
            .then(|| format!("the response does not declare the header `{name}`"))
    }

    fn body(self, content: Option<&Content>, pointer: &str, is_request: bool) -> Option<String> {
        let has_other = match is_request {
            true => self.operation.body.is_some(),
            false => !self.response.contents.is_empty(),
        };
        let what = if is_request { "request" } else { "response" };
        let Some(content) = content else {
            return (!has_other).then(|| format!("the {what} has no body"));
        };
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return Some("a pointer begins with `/`: `$response.body#/id`".to_owned());
        }
        let steps: Vec<String> =
            pointer.split('/').skip(1).map(scalars::pointer::unescape).collect();
        let step = missing(self.service, &content.ty, &steps)?;
        Some(format!("the {what} body has no `{step}`"))
    }
}

/// The first step of a pointer that values of a type surely do not have.
fn missing(service: &Service, ty: &TypeRef, steps: &[String]) -> Option<String> {
    let (step, rest) = steps.split_first()?;
    match &inclusion::resolve(service, ty).shape {
        Shape::Json => None,
        Shape::Object(object) => match (object.field(step), object.rest) {
            (Some(field), _) => missing(service, &field.ty, rest),
            (None, inclusion::Rest::Typed(ty)) => missing(service, ty, rest),
            (None, _) => Some(step.clone()),
        },
        Shape::List(list) if step.bytes().all(|byte| byte.is_ascii_digit()) => {
            missing(service, &list.item, rest)
        }
        Shape::Union(union) => {
            let lacks = union.variants.iter().map(|one| missing(service, &one.ty, steps));
            lacks.collect::<Option<Vec<_>>>()?.into_iter().next()
        }
        Shape::List(_) | Shape::Scalar(_) | Shape::Enum(_) => Some(step.clone()),
    }
}
