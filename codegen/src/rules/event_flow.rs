//! Events as one graph: what is sent should be received, and what is received must be sent.

use crate::diag::{
    Sink,
    catalog::{rules as fault, shape::nearest},
};
use crate::model::{Destination, Message, Service, System};

use super::{reaches, receivers, sent};

pub(super) fn check(system: &System, sink: &Sink) {
    for (service, sending) in sent(system) {
        let name = &named(&sending.message);
        let mut takers = receivers(system)
            .flat_map(|(_, receive)| receive.messages.iter().map(move |message| (receive, message)))
            .filter(|(receive, message)| reaches(sending, receive, message))
            .peekable();
        if sending.external {
            // Its receiver is described elsewhere.
        } else if takers.peek().is_none() {
            let near = elsewhere(system, &sending.destination, &sending.message.detail_type);
            sink.report(fault::never_received(sending.message.origin.span, name, near.as_deref()));
        } else if let Some(version) = sending.message.version
            && !takers.any(|(_, message)| message.version.is_none_or(|taken| taken == version))
        {
            sink.report(fault::version_never_received(sending.message.origin.span, name, version));
        }
        if !is_published(service, sending) {
            sink.report(fault::never_published(sending.origin.span, &sending.message.name.wire));
        }
    }
    for (service, receive) in receivers(system) {
        // What AWS itself sends is described by no contract.
        let from_services = |message: &&Message| {
            let source = message.source.as_deref().unwrap_or_default();
            !receive.external && !source.starts_with("aws.")
        };
        for message in receive.messages.iter().filter(from_services) {
            let mut senders =
                sent(system).filter(|(_, sending)| reaches(sending, receive, message)).peekable();
            if senders.peek().is_none() {
                // What a service sends and what it receives may well resemble each other.
                let others = sent(system).filter(|(sender, _)| sender.name != service.name);
                let details = others.map(|(_, sending)| sending.message.detail_type.as_str());
                let detail_type = nearest(&message.detail_type, details);
                let source = message.source.as_deref();
                let rule = receive.delivery.rule();
                let near = rule.and_then(|rule| near_event(system, source, &rule.bus, detail_type));
                let name = named(message);
                let source = message.source.is_some();
                // A message of another service's document is not what is wrong.
                let is_described =
                    sent(system).any(|(_, sending)| sending.message.origin == message.origin);
                let is_sent = |bus: &str| {
                    sent(system).any(|(_, sending)| {
                        let Destination::Bus(other) = &sending.destination;
                        sending.message.detail_type == message.detail_type
                            && sending.message.source == message.source
                            && other != bus
                    })
                };
                let at = match is_described || rule.is_some_and(|rule| is_sent(&rule.bus)) {
                    true => receive.origin.span,
                    false => message.origin.span,
                };
                sink.report(fault::never_sent(at, &name, near.as_deref(), source));
            } else if let Some(version) = message.version
                && !senders
                    .any(|(_, sending)| sending.message.version.is_none_or(|sent| sent == version))
            {
                let name = named(message);
                sink.report(fault::version_never_sent(message.origin.span, &name, version));
            }
        }
    }
}

/// What a message is called in a text, with its detail-type where that is another: `` `Ordered` ``.
fn named(message: &Message) -> String {
    let (name, detail_type) = (&message.name.wire, &message.detail_type);
    if name == detail_type {
        return format!("`{name}`");
    }
    format!("`{name}` (detail-type `{detail_type}`)")
}

/// Whether any operation or receiver says that it publishes the message.
fn is_published(service: &Service, sending: &crate::model::SentMessage) -> bool {
    let Some(index) = service.sends.iter().position(|sent| std::ptr::eq(sent, sending)) else {
        return true;
    };
    let by_operation =
        service.operations.iter().any(|operation| operation.publishes.contains(&index));
    by_operation || service.receives.iter().any(|receive| receive.publishes.contains(&index))
}

/// Who listens for an event of this name on another bus, or of another source.
fn elsewhere(system: &System, destination: &Destination, detail_type: &str) -> Option<String> {
    let Destination::Bus(bus) = destination;
    let (service, receive) = receivers(system).find(|(_, receive)| {
        receive.messages.iter().any(|message| message.detail_type == detail_type)
    })?;
    let listens = &receive.delivery.rule()?.bus;
    if listens != bus {
        return Some(format!("`{}` receives it from the bus `{listens}`", service.name.wire));
    }
    let message = receive.messages.iter().find(|message| message.detail_type == detail_type)?;
    let source = message.source.as_deref()?;
    Some(format!("`{}` receives it from the source `{source}`", service.name.wire))
}

/// What is sent that resembles an event which nobody sends.
fn near_event(
    system: &System,
    source: Option<&str>,
    bus: &str,
    detail_type: Option<&str>,
) -> Option<String> {
    let detail_type = detail_type?;
    let (service, sending) =
        sent(system).find(|(_, sending)| sending.message.detail_type == detail_type)?;
    let Destination::Bus(other_bus) = &sending.destination;
    let service = &service.name.wire;
    if other_bus != bus {
        return Some(format!("`{service}` sends `{detail_type}` to the bus `{other_bus}`"));
    }
    if let Some(sent) = sending.message.source.as_deref()
        && source.is_some_and(|source| source != sent)
    {
        return Some(format!("`{service}` sends `{detail_type}` with the source `{sent}`"));
    }
    Some(format!("`{service}` sends `{detail_type}`"))
}
