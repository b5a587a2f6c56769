//! Parts of requests, responses and messages that expressions name.

use super::expressions::Types;
use super::type_use::TypeUse;
use super::{Moment, View};
use crate::diag::catalog::{shape::nearest, workflows as fault};
use crate::model::{
    Comparison, Condition, Content, Criterion, CriterionKind, Expression, ExpressionKind, Literal,
    Operation, Response, Service, Source, Step, Target, TypeKind, TypeRef,
};

impl<'a> View<'a> {
    /// A part of the step's own request. The outer `None` tells that nothing is known of it, or that it was reported.
    pub(super) fn request(
        &self,
        step: &'a Step,
        part: &Source,
        expression: &Expression,
        tell: bool,
    ) -> Option<Types<'a>> {
        let Target::Operation(reference) = &step.target else {
            if tell {
                self.fault(fault::no_request(expression.span, &expression.text));
            }
            return None;
        };
        let (service, operation) = reference.of(self.services());
        match part {
            Source::Body => {
                let is_sent = step.body.as_ref().is_some_and(|body| body.payload.is_some());
                if operation.body.is_none() && tell {
                    self.fault(fault::no_request_body(expression.span, &operation.id.wire));
                } else if !is_sent && tell {
                    self.warn(fault::always_null(expression.span, &expression.text, "body"));
                }
                let content = operation.body.as_ref().and_then(|body| body.json())?;
                Some(Some(vec![TypeUse::of(service, &content.ty)]))
            }
            Source::Payload => {
                if tell {
                    self.fault(fault::payload_of_request(expression.span));
                }
                None
            }
            Source::Header(name) | Source::Query(name) | Source::Path(name) => {
                let location = match part {
                    Source::Header(_) => "header",
                    Source::Query(_) => "query",
                    _ => "path",
                };
                let found = operation.parameters.iter().find(|parameter| {
                    parameter.location.as_str() == location
                        && same_name(location, &parameter.name.wire, name)
                });
                let sets = |argument: &crate::model::Argument| {
                    argument.location.is_some_and(|own| own.as_str() == location)
                        && same_name(location, &argument.name, name)
                };
                let is_set = step.arguments.iter().any(sets);
                if found.is_some_and(|one| !is_set && tell && one.default.is_none()) {
                    let what = format!("{location} parameter `{name}`");
                    self.warn(fault::always_null(expression.span, &expression.text, &what));
                }
                if found.is_none() && tell && !is_set {
                    let known: Vec<&str> = names_of(operation, location);
                    let near = nearest(name, known.iter().copied());
                    self.fault(fault::unknown_parameter(
                        expression.span,
                        &operation.id.wire,
                        location,
                        name,
                        near,
                        &known,
                    ));
                }
                Some(Some(vec![TypeUse::of(service, &found?.ty)]))
            }
        }
    }

    pub(super) fn response(
        &self,
        step: &'a Step,
        part: &Source,
        expression: &Expression,
        moment: Moment,
        tell: bool,
    ) -> Option<Types<'a>> {
        let say = |diagnostic| {
            if tell {
                self.fault(diagnostic);
            }
            None
        };
        let Target::Operation(reference) = &step.target else {
            return say(fault::no_response(expression.span, &expression.text));
        };
        let (service, operation) = reference.of(self.services());
        match part {
            Source::Body => {
                let answers = answers(step, operation, moment);
                let bodies = answers.iter().filter_map(|response| response.json());
                let places: Vec<TypeUse<'_>> =
                    bodies.map(|content| TypeUse::of(service, &content.ty)).collect();
                let has_other = answers.iter().any(|response| !response.contents.is_empty());
                match (places.is_empty(), has_other) {
                    (true, false) => say(fault::no_body(expression.span, &operation.id.wire)),
                    (true, true) => None,
                    _ => Some(Some(places)),
                }
            }
            Source::Header(name) => {
                let headers = operation.responses.iter().flat_map(|response| &response.headers);
                let known: Vec<&crate::model::Header> = headers.collect();
                let found = known.iter().find(|header| header.name.wire.eq_ignore_ascii_case(name));
                if found.is_none() && tell && !is_implied(service, operation, name) {
                    let near = nearest(name, known.iter().map(|header| header.name.wire.as_str()));
                    self.warn(fault::undeclared_header(
                        expression.span,
                        &operation.id.wire,
                        name,
                        near,
                    ));
                }
                Some(Some(vec![TypeUse::of(service, &found?.ty)]))
            }
            Source::Payload => say(fault::payload_of_request(expression.span)),
            Source::Query(_) | Source::Path(_) => {
                say(fault::no_part(expression.span, &expression.text))
            }
        }
    }

    pub(super) fn message(
        &self,
        step: &'a Step,
        part: &Source,
        expression: &Expression,
        moment: Moment,
        tell: bool,
    ) -> Option<Types<'a>> {
        let say = |diagnostic| {
            if tell {
                self.fault(diagnostic);
            }
            None
        };
        let messages = match &step.target {
            Target::Receive(messages) if moment != Moment::Before => messages,
            Target::Send(messages) => messages,
            Target::Receive(_) => {
                return say(fault::not_answered(expression.span, &expression.text));
            }
            _ => return say(fault::no_message(expression.span, &expression.text)),
        };
        match part {
            Source::Payload | Source::Body => {
                let place = |reference: &crate::model::MessageReference| {
                    let (service, message) = reference.of(self.services());
                    TypeUse::of_id(service, message.payload)
                };
                Some(Some(messages.iter().map(place).collect()))
            }
            Source::Header(_) => say(fault::events_have_no_headers(expression.span)),
            _ => say(fault::no_part(expression.span, &expression.text)),
        }
    }
}

/// The responses that are meant at a moment: of a step that failed all, else those with the statuses that its criteria
/// name, or those that tell of success.
fn answers<'o>(step: &Step, operation: &'o Operation, moment: Moment) -> Vec<&'o Response> {
    let all = || operation.responses.iter();
    if moment == Moment::Failed {
        return all().collect();
    }
    let statuses: Vec<u16> = step.success.iter().flat_map(statuses).collect();
    let is_meant = |response: &&Response| match statuses.as_slice() {
        [] => response.is_success(),
        asked => asked.iter().any(|status| response.status.has(*status)),
    };
    let meant: Vec<&Response> = all().filter(is_meant).collect();
    if meant.is_empty() { all().collect() } else { meant }
}

/// The statuses that a criterion asks for by `==`.
pub(super) fn statuses(criterion: &Criterion) -> Vec<u16> {
    fn of(condition: &Condition, found: &mut Vec<u16>) {
        match condition {
            Condition::And(left, right) | Condition::Or(left, right) => {
                of(left, found);
                of(right, found);
            }
            Condition::Compare(Comparison::Equal, left, right) => {
                let pair = match (left.as_ref(), right.as_ref()) {
                    (Condition::Value(value), Condition::Literal(literal))
                    | (Condition::Literal(literal), Condition::Value(value)) => {
                        Some((value, literal))
                    }
                    _ => None,
                };
                if let Some((value, Literal::Number(number) | Literal::Text(number))) = pair
                    && value.kind == ExpressionKind::StatusCode
                {
                    found.extend(number.parse::<u16>());
                }
            }
            _ => {}
        }
    }
    let mut found = vec![];
    if let CriterionKind::Simple(condition) = &criterion.kind {
        of(condition, &mut found);
    }
    found
}

/// Whether two names are one where they travel: those of headers do not depend on case.
pub(super) fn same_name(location: &str, one: &str, other: &str) -> bool {
    if location == "header" { one.eq_ignore_ascii_case(other) } else { one == other }
}

/// The parameters of an operation in a place.
pub(super) fn names_of<'o>(operation: &'o Operation, location: &str) -> Vec<&'o str> {
    let here = operation.parameters.iter().filter(|one| one.location.as_str() == location);
    here.map(|one| one.name.wire.as_str()).collect()
}

/// Whether responses have a header that no contract needs to declare: those of every response, `ETag` with a version,
/// and those that go with a replay or a refusal.
fn is_implied(service: &Service, operation: &Operation, name: &str) -> bool {
    let is_versioned = |content: &Content| {
        let TypeRef::Named(id) = content.ty else { return false };
        let kind = &service.type_def(id).kind;
        matches!(kind, TypeKind::Struct(object) if object.fields.iter().any(|field| field.version))
    };
    match name.to_ascii_lowercase().as_str() {
        "content-type" | "content-length" | "date" => true,
        "etag" => operation.responses.iter().flat_map(|one| &one.contents).any(is_versioned),
        "idempotent-replayed" | "retry-after" => operation.idempotency.is_some(),
        "www-authenticate" => !operation.security.is_empty(),
        _ => false,
    }
}
