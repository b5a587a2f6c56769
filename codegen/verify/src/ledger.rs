//! What a run creates on the stage, and how it is removed again.

use std::collections::BTreeMap;

use codegen::model::{Method, Operation, ParameterLocation, Segment, Service};
use serde_json::Value;

use crate::expression::Exchange;
use crate::request::{Body, Input, Request, given};
use crate::value::{Fill, make};

/// What was created, and what can be done about it.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// How often an operation changed something and succeeded, by `operationId`.
    pub created: BTreeMap<String, usize>,
    /// The same for those whose results no operation of the contract removes.
    pub kept: BTreeMap<String, usize>,
    /// The removals to make, in the order in which the things came up: which operation, and its request.
    pub removals: Vec<Removal>,
    /// The places of removals by path.
    places: BTreeMap<String, usize>,
}

/// A removal.
#[derive(Debug, Clone)]
pub struct Removal {
    /// The removing operation's place in its service.
    pub operation: usize,
    /// The service's place in the system.
    pub service: usize,
    /// What is said with the request.
    pub input: Input,
    /// The request.
    pub request: Request,
}

impl Ledger {
    /// Takes up what a successful request did.
    pub fn note(&mut self, service_place: usize, service: &Service, exchange: Exchange<'_>) {
        let changes =
            matches!(exchange.operation.method, Method::Post | Method::Put | Method::Patch);
        if !changes {
            return;
        }
        let id = exchange.operation.id.wire.clone();
        *self.created.entry(id.clone()).or_default() += 1;
        let Some((place, input)) = removal(service, exchange) else {
            *self.kept.entry(id).or_default() += 1;
            return;
        };
        let request = Request::of(&service.operations[place], &input);
        if !self.places.contains_key(&request.path) {
            self.places.insert(request.path.clone(), self.removals.len());
            self.removals.push(Removal {
                operation: place,
                service: service_place,
                input,
                request,
            });
        }
    }
}

/// The operation that removes what an exchange made, and what to say to it: by a link to it, or by its path.
fn removal(service: &Service, exchange: Exchange<'_>) -> Option<(usize, Input)> {
    let is_removal = |operation: &Operation| operation.method == Method::Delete;
    let status = exchange.answer.status;
    let links = &exchange.operation.answering(status)?.links;
    let linked = links.iter().find_map(|link| {
        let place = service.operations.iter().position(|one| one.id.wire == link.operation_id)?;
        let target = service.operations.get(place).filter(|target| is_removal(target))?;
        let value = |name: &str| {
            let said = link.parameters.iter().find(|(known, _)| plain(known) == name)?;
            exchange.value(&said.1)
        };
        Some((place, input_of(service, target, value)?))
    });
    linked.or_else(|| {
        let place = service.operations.iter().position(|target| {
            is_removal(target)
                && leads_below(&exchange.operation.path.segments, &target.path.segments)
        })?;
        let target = service.operations.get(place)?;
        Some((place, input_of(service, target, |name| named_value(exchange, name))?))
    })
}

/// What to say to an operation: a value for all of its path, and whatever else it requires.
fn input_of(
    service: &Service,
    target: &Operation,
    value: impl Fn(&str) -> Option<Value>,
) -> Option<Input> {
    let mut parameters = Vec::new();
    for parameter in &target.parameters {
        let made = || {
            let example = parameter.example.clone();
            example.or_else(|| make(service, &parameter.ty, Fill::Full))
        };
        parameters.push(match parameter.location {
            ParameterLocation::Path => Some(value(&parameter.name.wire)?),
            _ if parameter.required => Some(made()?),
            _ => None,
        });
    }
    Some(Input { parameters, body: Body::None })
}

/// A parameter's name without the place that a link may give with it: `path.id`.
#[must_use]
pub(crate) fn plain(name: &str) -> &str {
    ["path.", "query.", "header."].iter().find_map(|place| name.strip_prefix(place)).unwrap_or(name)
}

/// Whether a path is another one, or the other with one parameter more.
fn leads_below(path: &[Segment], other: &[Segment]) -> bool {
    matches!(other.strip_prefix(path), Some([] | [Segment::Parameter(_)]))
}

/// The value of a path's parameter by its name: from the answer, the request's path or body, or `Location`.
#[must_use]
pub(crate) fn named_value(exchange: Exchange<'_>, name: &str) -> Option<Value> {
    let of = |body: &Value| body.get(name).filter(|value| !value.is_null()).cloned();
    let answer = exchange.answer.json().as_ref().and_then(of);
    let request = || match &exchange.input.body {
        Body::Json(body) => of(body),
        Body::None | Body::Raw(..) => None,
    };
    let path = || given(exchange.operation, exchange.input, name, ParameterLocation::Path);
    let location = || {
        let segment = exchange.answer.header("location")?.rsplit('/').next()?;
        (!segment.is_empty()).then(|| Value::from(segment))
    };
    answer.or_else(path).or_else(request).or_else(location)
}
