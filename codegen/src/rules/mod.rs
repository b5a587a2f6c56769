//! What takes more than one place of the contracts to see: one rule in each file.
//!
//! Owns the checks across operations and services, over the resolved model. A rule reads and reports; it changes
//! nothing and needs no other rule.

mod api_size;
mod circles;
mod dead_letters;
mod dispatch;
mod event_flow;
mod fit;
mod functions;
mod gateway_errors;
mod idempotency;
mod links;
mod owners;
mod payloads;
mod physical_names;
mod polling;
mod queues;
mod routes;
mod rule_names;
mod security;
mod streams;
mod tables;

use crate::diag::Sink;
use crate::model::{Message, Receive, SentMessage, Service, System};
use crate::source::Stack;

/// Applies every rule.
pub(crate) fn check(system: &System, stacks: &[Stack], sink: &Sink) {
    routes::check(system, sink);
    api_size::check(system, sink);
    links::check(system, sink);
    security::check(system, sink);
    gateway_errors::check(system, sink);
    owners::check(system, sink);
    tables::check(system, sink);
    functions::check(system, sink);
    event_flow::check(system, sink);
    payloads::check(system, sink);
    dispatch::check(system, sink);
    queues::check(system, sink);
    rule_names::check(system, sink);
    physical_names::check(system, stacks, sink);
    dead_letters::check(system, sink);
    polling::check(system, sink);
    streams::check(system, sink);
    circles::check(system, sink);
    idempotency::check(system, sink);
}

/// Every message that is sent, with who sends it.
fn sent(system: &System) -> impl Iterator<Item = (&Service, &SentMessage)> {
    system.services.iter().flat_map(|service| service.sends.iter().map(move |sent| (service, sent)))
}

/// Every `receive` operation, with whose it is.
fn receivers(system: &System) -> impl Iterator<Item = (&Service, &Receive)> {
    system
        .services
        .iter()
        .flat_map(|service| service.receives.iter().map(move |receive| (service, receive)))
}

/// Whether two messages are the same to a bus.
fn same_event(a: &Message, b: &Message) -> bool {
    let one_source = a.source == b.source || a.source.is_none() || b.source.is_none();
    one_source && a.detail_type == b.detail_type
}

/// Whether a sent message reaches a receiver's rule, as far as source and detail-type tell.
fn reaches(sent: &SentMessage, receive: &Receive, received: &Message) -> bool {
    let crate::model::Destination::Bus(bus) = &sent.destination;
    let rule = receive.delivery.rule();
    rule.is_some_and(|rule| *bus == rule.bus) && same_event(&sent.message, received)
}
