//! A rule's name is its own.

use std::collections::BTreeMap;

use crate::diag::{Sink, catalog::rules as fault};
use crate::model::{Delivery, Receive, System};

use super::receivers;

pub(super) fn check(system: &System, sink: &Sink) {
    let mut taken: BTreeMap<&str, &Receive> = BTreeMap::new();
    for (_, receive) in receivers(system) {
        let Some(rule) = receive.delivery.rule() else { continue };
        let name = &rule.name;
        let first = *taken.entry(&name.wire).or_insert(receive);
        let queue = |receive: &Receive| match &receive.delivery {
            Delivery::Queue(delivery) => Some(delivery.queue.origin.clone()),
            Delivery::Direct(_) | Delivery::Stream(_) => None,
        };
        // Two operations on one queue are a fault of their own.
        let one_queue = queue(first).is_some_and(|first| queue(receive) == Some(first));
        if !std::ptr::eq(first, receive) && !one_queue {
            sink.report(fault::rule_twice(receive.origin.span, &name.wire, first.origin.span));
        }
    }
}
