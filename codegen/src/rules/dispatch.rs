//! One receiver tells its messages apart by source, detail-type and version: no two may share all three.

use crate::diag::{Sink, catalog::rules as fault};
use crate::model::System;

use super::{receivers, same_event};

pub(super) fn check(system: &System, sink: &Sink) {
    for (_, receive) in receivers(system) {
        for (at, message) in receive.messages.iter().enumerate() {
            let twin = receive.messages[..at].iter().find(|first| {
                let versions_meet = match (first.version, message.version) {
                    (Some(a), Some(b)) => a == b,
                    _ => true,
                };
                same_event(first, message) && versions_meet
            });
            if let Some(first) = twin {
                let name = &message.name.wire;
                sink.report(fault::message_twice(
                    receive.origin.span,
                    name,
                    message.origin.span,
                    &first.name.wire,
                    first.source != message.source,
                ));
            }
        }
    }
}
