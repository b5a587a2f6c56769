//! What a sender may send, every receiver must be able to take.

use crate::diag::{Sink, catalog::rules as fault};
use crate::model::System;

use super::fit::{Side, misfits};
use super::{reaches, receivers, sent};

pub(super) fn check(system: &System, sink: &Sink) {
    for (sender, sending) in sent(system) {
        for (receiver, receive) in receivers(system) {
            for message in &receive.messages {
                let same_version = match (sending.message.version, message.version) {
                    (Some(sent), Some(taken)) => sent == taken,
                    _ => true,
                };
                if !reaches(sending, receive, message) || !same_version {
                    continue;
                }
                let from = Side { service: sender, ty: sending.message.payload };
                let to = Side { service: receiver, ty: message.payload };
                for misfit in misfits(from, to) {
                    sink.report(fault::payloads_disagree(
                        &misfit,
                        &message.name.wire,
                        &sender.name.wire,
                    ));
                }
            }
        }
    }
}
