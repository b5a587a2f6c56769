//! Functions: one for the REST interface of a service, and one for each `receive` operation.

mod environment;
mod settings;
mod statements;

use super::bindings::united;
use super::{Scope, names};
use crate::diag::catalog::functions as fault;
use crate::model::{Function, Name, Operation, Origin, Receive, Trigger};
use crate::parse::Node;
use crate::source::Span;

pub(crate) use settings::settings;

/// What a function is made of.
pub(crate) struct Declared<'a> {
    /// `x-lambda`, where it stands.
    pub(crate) lambda: Option<&'a Node>,
    pub(crate) origin: Origin,
}

/// The function of the REST interface.
pub(crate) fn api_function(
    scope: Scope<'_>,
    service: &Name,
    declared: Declared<'_>,
    operations: &[Operation],
) -> Option<Function> {
    let fits = declared.lambda.is_none_or(|lambda| fits_api(scope, lambda));
    let name = function_name(scope, declared.lambda, &service.kebab, declared.origin.span);
    let settings = settings(scope, declared.lambda);
    if !fits {
        return None;
    }
    let mut publishes: Vec<usize> =
        operations.iter().flat_map(|o| o.publishes.iter().copied()).collect();
    publishes.sort_unstable();
    publishes.dedup();
    Some(Function {
        name: name?,
        trigger: Trigger::Api,
        settings: settings?,
        access: united(operations.iter().flat_map(|operation| operation.access.iter().cloned())),
        publishes,
        origin: declared.origin,
    })
}

/// Whether the settings are ones that a function behind the API can have.
fn fits_api(scope: Scope<'_>, lambda: &Node) -> bool {
    let mut sound = true;
    for key in ["onFailure", "maximumRetryAttempts", "maximumEventAgeInSeconds"] {
        if let Some(entry) = lambda.entry(key) {
            scope.sink.report(fault::not_for_api(entry.named()));
            sound = false;
        }
    }
    if let Some(node) = lambda
        .get("timeout")
        .filter(|node| node.count().is_some_and(|n| n * 1000 > limits::API_TIMEOUT_MS.into()))
    {
        scope.sink.report(fault::timeout_behind_api(node.span, node.count().unwrap_or_default()));
        sound = false;
    }
    sound
}

/// The function of a `receive` operation.
pub(crate) fn receive_function(
    scope: Scope<'_>,
    service: &Name,
    lambda: Option<&Node>,
    index: usize,
    receive: &Receive,
) -> Option<Function> {
    let default_name = format!("{}-{}", service.kebab, receive.id.kebab);
    let default_name = super::names::bounded(&default_name, 48);
    let name = function_name(scope, lambda, &default_name, receive.origin.span);
    let settings = settings(scope, lambda);
    Some(Function {
        name: name?,
        trigger: Trigger::Receive(index),
        settings: settings?,
        access: receive.access.clone(),
        publishes: receive.publishes.clone(),
        origin: receive.origin.clone(),
    })
}

fn function_name(
    scope: Scope<'_>,
    lambda: Option<&Node>,
    default: &str,
    place: Span,
) -> Option<Name> {
    let named = lambda.and_then(|lambda| lambda.get("name"));
    let name = named.and_then(Node::text).unwrap_or(default);
    let legal = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
    // The stage's prefix takes its share of Lambda's 64 characters.
    if !name.starts_with(|char: char| char.is_ascii_lowercase())
        || name.len() > 56
        || !name.chars().all(legal)
    {
        scope.sink.report(fault::bad_function_name(named.map_or(place, |node| node.span), name));
        return None;
    }
    Some(names::name(name))
}
