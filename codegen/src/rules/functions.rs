//! A function's name is its own, across all services; and its reserved concurrency is enough for its poller.

use std::collections::BTreeMap;

use crate::diag::{
    Sink,
    catalog::{events as event_fault, rules as fault},
};
use crate::model::{Delivery, Function, System, Trigger};

pub(super) fn check(system: &System, sink: &Sink) {
    let authorizer = system.authorizer();
    let mut taken: BTreeMap<&str, &Function> = BTreeMap::new();
    taken.extend(authorizer.iter().map(|function| (function.name.pascal.as_str(), function)));
    for service in &system.services {
        for function in &service.functions {
            let first = *taken.entry(&function.name.pascal).or_insert(function);
            if !std::ptr::eq(first, function) {
                let report = event_fault::function_twice(
                    function.origin.span,
                    &function.name.wire,
                    first.origin.span,
                );
                sink.report(report);
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
