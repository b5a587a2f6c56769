//! What a sender may send, every receiver must be able to take.

use crate::diag::catalog::{events as fault_event, rules as fault};
use crate::diag::{Key, Sink};
use crate::model::{EventRule, Message, Receive, RuleTrigger, SentMessage, Service, System};

use super::fit::{Side, changes, misfits, misspelt};
use super::{reaches, receivers, same_event, sent};

pub(super) fn check(system: &System, sink: &Sink) {
    check_receivers(system, sink);
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
                let taken = side(receiver, message);
                let changes_of =
                    |sending: &SentMessage, sender| changes(side(sender, &sending.message), taken);
                let found = changes_of(sending, sender);
                let own = misfits(&found);
                if own.is_empty() {
                    for one in misspelt(&found) {
                        let (name, sender) = (&message.name.wire, &sender.name.wire);
                        sink.report(fault::property_never_sent(&one, name, sender));
                    }
                    continue;
                }
                // Two messages that no receiver can tell apart are one mistake, whatever their payloads have.
                let twin = sent(system).find(|(other_sender, other)| {
                    other.message.name != sending.message.name
                        && other.message.name == message.name
                        && reaches(other, receive, message)
                        && misfits(&changes_of(other, other_sender)).is_empty()
                });
                if let Some((_, other)) = twin {
                    sink.report(fault::same_event(
                        key_of(&sending.message),
                        key_of(&other.message),
                        message.source.is_none(),
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

/// Warns of receivers that get each other's events, where no sender says which of the payloads is meant.
fn check_receivers(system: &System, sink: &Sink) {
    let received: Vec<_> = receivers(system)
        .flat_map(|(service, receive)| {
            receive.messages.iter().map(move |one| (service, receive, one))
        })
        .filter(|(_, receive, one)| {
            is_open(receive) && !sent(system).any(|(_, sending)| reaches(sending, receive, one))
        })
        .collect();
    for (at, (service, receive, message)) in received.iter().enumerate() {
        let takes_too = |(_, other, first): &&(&Service, &Receive, &Message)| {
            let bus = |one: &Receive| one.delivery.rule().map(|rule| rule.bus.clone());
            let same_version = match (first.version, message.version) {
                (Some(one), Some(other)) => one == other,
                _ => true,
            };
            bus(other) == bus(receive)
                && same_event(first, message)
                && same_version
                && first.origin != message.origin
        };
        let differs = |(other, _, first): &&(&Service, &Receive, &Message)| {
            let (own, others) = (side(service, message), side(other, first));
            !misfits(&changes(own, others)).is_empty() || !misfits(&changes(others, own)).is_empty()
        };
        let mut others = received[..at].iter().filter(takes_too);
        if let Some((_, _, first)) = others.find(differs) {
            let detail_type = &message.detail_type;
            sink.report(fault_event::received_twice(key_of(message), key_of(first), detail_type));
        }
    }
}

fn side<'a>(service: &'a Service, message: &Message) -> Side<'a> {
    Side { service, ty: message.payload }
}

/// Whether a rule asks for nothing but sources and detail-types.
fn is_open(receive: &Receive) -> bool {
    let trigger = receive.delivery.rule().map(|rule| &rule.trigger);
    let Some(RuleTrigger::Pattern(serde_json::Value::Object(pattern))) = trigger else {
        return false;
    };
    pattern.keys().all(|key| EventRule::OF_MESSAGES.contains(&key.as_str()))
}

fn key_of(message: &Message) -> Key<'_> {
    Key { name: &message.name.wire, span: message.origin.span }
}
