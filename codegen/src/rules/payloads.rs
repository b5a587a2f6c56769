//! What a sender may send, every receiver must be able to take.

use crate::diag::{Key, Sink, catalog::rules as fault};
use crate::model::{Message, SentMessage, System};

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
                let misfit_of = |sending: &SentMessage, sender| {
                    let from = Side { service: sender, ty: sending.message.payload };
                    misfits(from, Side { service: receiver, ty: message.payload })
                };
                let own = misfit_of(sending, sender);
                if own.is_empty() {
                    continue;
                }
                // Two messages that no receiver can tell apart are one mistake, whatever their payloads have.
                let twin = sent(system).find(|(other_sender, other)| {
                    other.message.name != sending.message.name
                        && other.message.name == message.name
                        && reaches(other, receive, message)
                        && misfit_of(other, other_sender).is_empty()
                });
                if let Some((_, other)) = twin {
                    sink.report(fault::same_event(
                        key_of(&sending.message),
                        key_of(&other.message),
                    ));
                    continue;
                }
                for misfit in own {
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

fn key_of(message: &Message) -> Key<'_> {
    Key { name: &message.name.wire, span: message.origin.span }
}
