//! Security requirements are kept and documented, and nothing generated enforces them: that must be said.

use crate::diag::{Sink, catalog::rules as fault};
use crate::model::System;

pub(super) fn check(system: &System, sink: &Sink) {
    for service in &system.services {
        let guarded = service.operations.iter().find(|operation| !operation.security.is_empty());
        if let Some(operation) = guarded {
            let n = service
                .operations
                .iter()
                .filter(|operation| !operation.security.is_empty())
                .count();
            sink.report(fault::security_not_enforced(operation.origin.span, n));
        }
    }
}
