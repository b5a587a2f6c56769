//! Responses to refused callers in a form that the gateway, which refuses them, cannot write.

use crate::diag::Sink;
use crate::diag::catalog::security as fault;
use crate::model::System;

pub(super) fn check(system: &System, sink: &Sink) {
    for response in system.gateway_misfits() {
        sink.report(fault::gateway_error(response.origin.span));
    }
}
