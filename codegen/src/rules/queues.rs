//! A queue has one receiver and one description, whatever part it plays.

use std::collections::BTreeMap;

use crate::diag::{Sink, catalog::rules as fault};
use crate::model::{Delivery, Queue, System};

use super::receivers;

pub(super) fn check(system: &System, sink: &Sink) {
    let mut taken: BTreeMap<&str, (&Queue, bool)> = BTreeMap::new();
    for (_, receive) in receivers(system) {
        let mut queues: Vec<(&Queue, bool)> = vec![];
        match &receive.delivery {
            Delivery::Queue(delivery) => {
                queues.push((&delivery.queue, true));
                queues.extend(delivery.dead_letter.iter().map(|queue| (queue, false)));
            }
            Delivery::Direct(delivery) => {
                queues.extend(delivery.on_failure.iter().map(|queue| (queue, false)))
            }
            Delivery::Stream(delivery) => {
                queues.extend(delivery.on_failure.iter().map(|queue| (queue, false)))
            }
        }
        let of_rule = receive.delivery.rule().and_then(|rule| rule.dead_letter.as_ref());
        queues.extend(of_rule.map(|queue| (queue, false)));
        for (queue, is_polled) in queues {
            let Some((first, first_polled)) = taken.get(queue.name.wire.as_str()).copied() else {
                taken.insert(&queue.name.wire, (queue, is_polled));
                continue;
            };
            let both = is_polled && first_polled;
            // One channel that two operations receive from is described once, and still polled twice.
            let place =
                if first.origin == queue.origin { receive.origin.span } else { queue.origin.span };
            sink.report(fault::queue_twice(place, &queue.name.wire, first.origin.span, both));
        }
    }
}
