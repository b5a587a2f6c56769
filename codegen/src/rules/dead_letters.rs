//! What cannot be processed must end where somebody finds it, and stay there long enough.

use crate::diag::{
    Sink,
    catalog::{rules as fault, streams as stream_fault},
};
use crate::model::{Delivery, System};

use super::receivers;

/// Below this many tries, a batch in which one message fails may take good ones to the dead letters with it.
const LEAST_RECEIVE_COUNT: u32 = 5;

pub(super) fn check(system: &System, sink: &Sink) {
    for (_, receive) in receivers(system) {
        match &receive.delivery {
            Delivery::Queue(delivery) => {
                let queue = &delivery.queue;
                let Some(dead) = &delivery.dead_letter else {
                    let is_fifo = queue.fifo.is_some();
                    sink.report(fault::no_dead_letters(
                        queue.origin.span,
                        &queue.name.wire,
                        is_fifo,
                    ));
                    continue;
                };
                if dead.fifo.is_some() != queue.fifo.is_some() {
                    let is_fifo = queue.fifo.is_some();
                    sink.report(fault::dead_letters_of_other_kind(
                        dead.origin.span,
                        is_fifo,
                        queue.origin.span,
                    ));
                }
                if dead.retention_seconds < queue.retention_seconds {
                    let (dead, queue) = (
                        (dead.origin.span, dead.retention_seconds),
                        (queue.origin.span, queue.retention_seconds),
                    );
                    sink.report(fault::dead_letters_too_short(dead, queue));
                }
                let tries_seconds = u64::from(queue.visibility_timeout_seconds)
                    * u64::from(delivery.max_receive_count);
                if tries_seconds > u64::from(queue.retention_seconds) {
                    sink.report(fault::expires_before_dead_letters(
                        queue.origin.span,
                        (queue.visibility_timeout_seconds, delivery.max_receive_count),
                        queue.retention_seconds,
                    ));
                }
                if delivery.max_receive_count < LEAST_RECEIVE_COUNT {
                    sink.report(fault::few_tries(
                        queue.origin.span,
                        delivery.max_receive_count,
                        LEAST_RECEIVE_COUNT,
                    ));
                }
            }
            Delivery::Direct(delivery) if delivery.on_failure.is_none() => {
                sink.report(fault::no_on_failure(receive.origin.span));
            }
            Delivery::Stream(stream) if stream.on_failure.is_none() => {
                sink.report(stream_fault::no_on_failure(receive.origin.span));
            }
            Delivery::Direct(_) | Delivery::Stream(_) => {}
        }
    }
}
