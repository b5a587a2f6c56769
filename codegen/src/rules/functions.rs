//! A function's name is its own, across all services; and its reserved concurrency is enough for its poller.

use std::collections::BTreeMap;

use crate::diag::{
    Sink,
    catalog::{document, functions as function_fault, rules as fault},
};
use crate::model::{Delivery, Function, System, Trigger, Variable, VariableValue};

/// Whether the generated settings read two variables in the same way.
fn is_read_alike(one: &Variable, other: &Variable) -> bool {
    let how = |variable: &Variable| {
        let secret = variable.secret().cloned();
        secret.map(|source| (source.store, source.key, source.refresh_seconds))
    };
    one.in_environment() == other.in_environment() && how(one) == how(other)
}

pub(super) fn check(system: &System, sink: &Sink) {
    let authorizer = system.authorizer();
    let mut taken: BTreeMap<&str, &Function> = BTreeMap::new();
    let mut of_stages: BTreeMap<String, &Variable> = BTreeMap::new();
    taken.extend(authorizer.iter().map(|function| (function.name.pascal.as_str(), function)));
    for service in &system.services {
        if system.has_authorizer() && service.name.wire == "authorizer" {
            let why = "the function that authorizes callers has this folder";
            let (at, name) = (service.origin.span, &service.name.wire);
            sink.report(document::bad_service_name(at, name, why, "authorizer-service"));
        }
        let mut fields: BTreeMap<&str, &Variable> = BTreeMap::new();
        for function in &service.functions {
            for variable in &function.settings.environment {
                let first = *fields.entry(&variable.field.snake).or_insert(variable);
                if !is_read_alike(first, variable) {
                    let (at, place) = (variable.origin.span, first.origin.span);
                    sink.report(function_fault::setting_differs(at, &variable.name, place));
                }
            }
            let first = *taken.entry(&function.name.pascal).or_insert(function);
            if !std::ptr::eq(first, function) {
                let report = function_fault::function_twice(
                    function.origin.span,
                    &function.name.wire,
                    first.origin.span,
                );
                sink.report(report);
            }
            let variables = function.settings.environment.iter();
            for variable in variables.filter(|one| matches!(one.value, VariableValue::Stage(_))) {
                let first = *of_stages.entry(variable.parameter()).or_insert(variable);
                if first.name != variable.name || first.value != variable.value {
                    let (at, place) = (variable.origin.span, first.origin.span);
                    sink.report(function_fault::variable_differs(at, &variable.name, place));
                }
            }
            let Trigger::Receive(index) = function.trigger else { continue };
            let receive = &service.receives[index];
            let Delivery::Queue(delivery) = &receive.delivery else { continue };
            let (reserved, polled) =
                (function.settings.reserved_concurrency, delivery.source.maximum_concurrency);
            if let (Some(reserved), Some(polled)) = (reserved, polled)
                && reserved < polled
            {
                sink.report(fault::reserved_too_low(receive.origin.span, reserved, polled));
            }
        }
    }
}
