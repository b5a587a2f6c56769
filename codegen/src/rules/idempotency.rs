//! Responses that are kept for repeated requests, at least as long as requests take.

use crate::diag::{Sink, catalog::rules as fault};
use crate::model::{System, Trigger};

pub(super) fn check(system: &System, sink: &Sink) {
    for service in &system.services {
        for function in &service.functions {
            let Trigger::Api = function.trigger else { continue };
            let timeout = function.settings.timeout_seconds;
            for operation in &service.operations {
                let Some(once) = &operation.idempotency else { continue };
                if once.keep_seconds < timeout {
                    let (at, id) = (once.origin.span, &operation.id.wire);
                    sink.report(fault::kept_too_short(at, id, once.keep_seconds, timeout));
                }
            }
        }
    }
}
