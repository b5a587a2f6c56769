//! A message must stay hidden until its batch was surely given up, or it is processed twice at once.

use crate::diag::{Sink, catalog::rules as fault};
use crate::model::{Delivery, System};

use super::receivers;

/// AWS asks for six times the function's timeout, and the window on top.
const TIMEOUTS: u32 = 6;

pub(super) fn check(system: &System, sink: &Sink) {
    for (service, receive) in receivers(system) {
        let Delivery::Queue(delivery) = &receive.delivery else { continue };
        let timeout = service.functions[receive.function].settings.timeout_seconds;
        let least = timeout * TIMEOUTS + delivery.source.window_seconds;
        let queue = &delivery.queue;
        if queue.visibility_timeout_seconds < least {
            let found = (queue.origin.span, queue.visibility_timeout_seconds);
            sink.report(fault::visible_too_soon(found, least, timeout, receive.origin.span));
        }
    }
}
