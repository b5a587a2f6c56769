//! Messages: what a service sends, and what it receives.
//!
//! What a sender may change is not what a receiver may: a sender that says more breaks its receivers, a receiver
//! that takes less breaks its senders. A message is the same when bus, source, detail-type and version agree.

use super::catalog::SchemaUse;
use super::delivery;
use super::finding::{Direction, Findings, Site};
use super::lifecycle::{EndRules, report_end, report_removal};
use super::stream;
use super::{publication, setting};
use crate::inclusion::{Form, Here, Walker};
use crate::model::{
    Correlation, Delivery, Destination, Message, MessagePart, Receive, SentMessage, Service,
    System, TypeRef,
};

/// The rules about the announced end of a message.
const END: EndRules = EndRules {
    announced: "sent-event-deprecated",
    announced_for: "sent-event-deprecated",
    late: "sent-event-sunset-date-too-small",
    earlier: "sent-event-sunset-date-changed-too-small",
    deleted: "sent-event-sunset-deleted",
    unreadable: "sent-event-deprecated-sunset-parse",
    revoked: "sent-event-reactivated",
};

/// A sent message and its sender.
#[derive(Clone, Copy)]
struct Sent<'a> {
    service: &'a Service,
    sent: &'a SentMessage,
}

/// A receive operation and its service.
#[derive(Clone, Copy)]
pub(super) struct Received<'a> {
    pub(super) service: &'a Service,
    pub(super) receive: &'a Receive,
}

/// Compares all messages, receive operations and buses.
pub(super) fn compare(report: &mut Findings, old: &System, new: &System) {
    compare_buses(report, old, new);
    compare_sent(report, old, new);
    compare_received(report, old, new);
}

fn compare_buses(report: &mut Findings, old: &System, new: &System) {
    let missing = |from: &System, name: &str| !from.buses.iter().any(|bus| bus.name.wire == name);
    let subject = |name: &str| format!("bus {name}");
    for bus in old.buses.iter().filter(|bus| missing(new, &bus.name.wire)) {
        let name = subject(&bus.name.wire);
        let site = Site::new(name, Direction::Wiring, Some(bus.origin.span), None);
        report.add("bus-removed", &site, "", "");
    }
    for bus in new.buses.iter().filter(|bus| missing(old, &bus.name.wire)) {
        let name = subject(&bus.name.wire);
        let site = Site::new(name, Direction::Wiring, None, Some(bus.origin.span));
        report.add("bus-added", &site, "", "");
    }
}

fn sent_messages(system: &System) -> Vec<Sent<'_>> {
    let mut out = Vec::new();
    for service in &system.services {
        out.extend(service.sends.iter().map(|sent| Sent { service, sent }));
    }
    out
}

fn receives(system: &System) -> Vec<Received<'_>> {
    let mut out = Vec::new();
    for service in &system.services {
        out.extend(service.receives.iter().map(|receive| Received { service, receive }));
    }
    out
}

fn bus(sent: &SentMessage) -> &str {
    let Destination::Bus(name) = &sent.destination;
    name
}

/// The source of a message in words.
fn source(message: &Message) -> &str {
    message.source.as_deref().unwrap_or("any source")
}

/// Whether two messages carry the same mark on the wire.
fn same_mark(one: &Message, other: &Message) -> bool {
    same_kind(one, other) && one.version == other.version
}

fn same_kind(one: &Message, other: &Message) -> bool {
    one.source == other.source && one.detail_type == other.detail_type
}

fn compare_sent(report: &mut Findings, old: &System, new: &System) {
    let (before, after) = (sent_messages(old), sent_messages(new));
    let same = |one: &Sent<'_>, other: &Sent<'_>| {
        same_mark(&one.sent.message, &other.sent.message) && bus(one.sent) == bus(other.sent)
    };
    let came: Vec<_> =
        after.iter().filter(|new| !before.iter().any(|old| same(old, new))).copied().collect();
    let mut moved = Vec::new();
    for gone in &before {
        let people = receivers(old, &gone.sent.message);
        // Without a version of its own, a message is of every one that its payload takes.
        let opened = || {
            let is_open = |new: &&Sent<'_>| {
                is_opened(&gone.sent.message, &new.sent.message) && bus(gone.sent) == bus(new.sent)
            };
            came.iter().find(is_open).inspect(|new| moved.push(new.sent))
        };
        match after.iter().find(|new| same(gone, new)).or_else(opened) {
            Some(kept) => {
                // Two services may send the same message; each is compared with its own successor.
                let own = after
                    .iter()
                    .find(|new| same(gone, new) && new.service.name.wire == gone.service.name.wire);
                compare_payload(report, *gone, *own.unwrap_or(kept), people);
            }
            None => moved.extend(gone_sent(report, *gone, &came, people)),
        }
    }
    let is_new = |new: &&Sent<'_>| !moved.iter().any(|sent| std::ptr::eq(*sent, new.sent));
    for new in came.iter().filter(is_new) {
        let message = &new.sent.message;
        let mut site =
            Site::new(sent_subject(*new), Direction::Sent, None, Some(message.origin.span));
        site.people = receivers(old, message);
        site.detail_type.clone_from(&message.detail_type);
        let beside = before.iter().any(|old| same_kind(&old.sent.message, message));
        match message.version {
            Some(version) if beside => report.add("sent-event-version-added", &site, "", version),
            _ => report.add("sent-event-added", &site, "", ""),
        }
    }
}

fn sent_subject(sent: Sent<'_>) -> String {
    named_event(&sent.sent.message.name.wire, &sent.service.name.wire)
}

/// What findings call a message that a service sends.
pub(super) fn named_event(message: &str, service: &str) -> String {
    format!("event {message} of {service}")
}

/// A message that is not sent as it was: it is gone, or it moved, and then to where.
fn gone_sent<'a>(
    report: &mut Findings,
    gone: Sent<'_>,
    came: &[Sent<'a>],
    people: String,
) -> Option<&'a SentMessage> {
    let message = &gone.sent.message;
    let heir = came.iter().find(|new| {
        new.service.name.wire == gone.service.name.wire
            && (new.sent.message.name.wire == message.name.wire
                || same_kind(&new.sent.message, message))
    });
    let new_span = heir.map(|new| new.sent.message.origin.span);
    let span = Some(message.origin.span);
    let mut site = Site::new(sent_subject(gone), Direction::Sent, span, new_span);
    site.people = people;
    site.detail_type.clone_from(&message.detail_type);
    let Some(heir) = heir.filter(|_| message.docs.deprecated.is_none()) else {
        let rules = [
            "sent-event-removed",
            "sent-event-removed-with-deprecation",
            "sent-event-removed-before-sunset",
            "sent-event-sunset-parse",
        ];
        report_removal(report, &site, message.docs.deprecated.as_ref(), rules);
        return None;
    };
    let new = &heir.sent.message;
    if message.source != new.source {
        report.add("sent-event-source-changed", &site, source(message), source(new));
    }
    if message.detail_type != new.detail_type {
        let (from, to) = (&message.detail_type, &new.detail_type);
        report.add("sent-event-detail-type-changed", &site, from, to);
    }
    if bus(gone.sent) != bus(heir.sent) {
        report.add("sent-event-bus-changed", &site, bus(gone.sent), bus(heir.sent));
    }
    if message.version != new.version {
        report.add("sent-event-version-removed", &site, version(message), "");
        return None;
    }
    Some(heir.sent)
}

fn version(message: &Message) -> String {
    message.version.map_or_else(|| "without a number".to_owned(), |version| version.to_string())
}

fn compare_payload(report: &mut Findings, old: Sent<'_>, new: Sent<'_>, people: String) {
    let (before, after) = (&old.sent.message, &new.sent.message);
    let spans = (Some(before.origin.span), Some(after.origin.span));
    let mut site = Site::new(sent_subject(new), Direction::Sent, spans.0, spans.1);
    site.people = people;
    site.detail_type.clone_from(&before.detail_type);
    report_end(report, &site, &before.docs, &after.docs, &END);
    compare_addresses(report, &site, before, after);
    compare_envelopes(report, &site, before, after);
    let here = Here { old: before.origin.span, new: after.origin.span };
    let (from, to) = (TypeRef::Named(before.payload), TypeRef::Named(after.payload));
    let site = site.part("payload", Direction::Sent, site.old, site.new);
    let mut walker = Walker::new(old.service, new.service, Form::Json);
    let changes = walker.compare(&from, &to, here);
    report.add_changes(SchemaUse::SentEvent, SchemaUse::SentEvent, &site, changes);
}

fn compare_addresses(report: &mut Findings, site: &Site, old: &Message, new: &Message) {
    if old.address != new.address {
        report.add("channel-address-changed", site, &old.address, &new.address);
    }
    if old.parameters != new.parameters {
        let words = |message: &Message| match &message.parameters {
            None => "none".to_owned(),
            Some(parameters) => format!("`{parameters}`"),
        };
        report.add("channel-parameters-changed", site, words(old), words(new));
    }
}

/// What contracts say of a message beside its payload. EventBridge has no place for it, and others may rely on it.
fn compare_envelopes(report: &mut Findings, site: &Site, old: &Message, new: &Message) {
    if old.headers != new.headers {
        report.add("event-headers-not-compared", site, "", "");
    }
    let place = |message: &Message| match &message.correlation {
        None => "nothing".to_owned(),
        Some(Correlation { part: MessagePart::Header, pointer }) => {
            format!("`{pointer}` of the headers")
        }
        Some(Correlation { pointer, .. }) => format!("`{pointer}` of the payload"),
    };
    if old.correlation != new.correlation {
        report.add("event-correlation-changed", site, place(old), place(new));
    }
}

/// The receive operations that take a message, by name.
fn receivers(system: &System, message: &Message) -> String {
    let takes = |received: &&Received<'_>| {
        received.receive.messages.iter().any(|other| same_kind(other, message))
    };
    let name = |received: &Received<'_>| {
        format!("`{}` ({})", received.service.name.wire, received.receive.id.wire)
    };
    receives(system).iter().filter(takes).map(name).collect::<Vec<_>>().join(", ")
}

/// The services that send a message, by name.
fn senders(system: &System, message: &Message) -> String {
    let sends = |sent: &&Sent<'_>| same_kind(&sent.sent.message, message);
    let name = |sent: &Sent<'_>| format!("`{}`", sent.service.name.wire);
    let mut names: Vec<_> = sent_messages(system).iter().filter(sends).map(name).collect();
    names.dedup();
    names.join(", ")
}

fn compare_received(report: &mut Findings, old: &System, new: &System) {
    let (before, after) = (receives(old), receives(new));
    let partners = partners(&before, &after);
    for (old_receive, partner) in before.iter().zip(&partners) {
        let receive = old_receive.receive;
        let span = Some(receive.origin.span);
        match partner {
            None => {
                let site = Site::new(subject(*old_receive), Direction::Wiring, span, None);
                report.add("receive-operation-removed", &site, "", "");
            }
            Some(index) => {
                let kept = after[*index];
                let new_span = Some(kept.receive.origin.span);
                let site = Site::new(subject(kept), Direction::Wiring, span, new_span);
                if receive.id.wire != kept.receive.id.wire {
                    let (from, to) = (&receive.id.wire, &kept.receive.id.wire);
                    report.add("receive-operation-renamed", &site, from, to);
                }
                delivery::compare(report, &site, *old_receive, kept);
                let readers = [
                    (old_receive.service, &receive.delivery),
                    (kept.service, &kept.receive.delivery),
                ];
                stream::compare(report, &site, readers);
                let published = [
                    (old_receive.service, &*receive.publishes),
                    (kept.service, &*kept.receive.publishes),
                ];
                publication::compare(report, &site, published);
                let access = [
                    (old_receive.service, receive.access.iter().collect()),
                    (kept.service, kept.receive.access.iter().collect()),
                ];
                setting::compare_access(report, &site, access);
                compare_messages(report, old, *old_receive, kept);
            }
        }
    }
    for (index, new) in after.iter().enumerate() {
        if !partners.contains(&Some(index)) {
            let span = Some(new.receive.origin.span);
            let site = Site::new(subject(*new), Direction::Wiring, None, span);
            report.add("receive-operation-added", &site, "", "");
        }
    }
}

fn subject(received: Received<'_>) -> String {
    named_receive(&received.receive.id.wire, &received.service.name.wire)
}

/// What findings call a receive operation.
pub(super) fn named_receive(receive: &str, service: &str) -> String {
    format!("{receive} of {service}")
}

/// Which receive operation became which: by service and id, else by the name of its queue, else by its id alone, which
/// it keeps in a service of another name.
fn partners(before: &[Received<'_>], after: &[Received<'_>]) -> Vec<Option<usize>> {
    type Same = fn(&Received<'_>, &Received<'_>) -> bool;
    let by_name: Same = |old, new| {
        old.service.name.wire == new.service.name.wire && old.receive.id.wire == new.receive.id.wire
    };
    let by_queue: Same =
        |old, new| queue(old.receive).is_some() && queue(old.receive) == queue(new.receive);
    let by_id: Same = |old, new| old.receive.id.wire == new.receive.id.wire;
    let mut partners = vec![None; before.len()];
    for same in [by_name, by_queue, by_id] {
        for (index, old) in before
            .iter()
            .enumerate()
            .filter(|(index, _)| partners[*index].is_none())
            .collect::<Vec<_>>()
        {
            let mut free =
                after.iter().enumerate().filter(|(place, _)| !partners.contains(&Some(*place)));
            partners[index] = free.find(|(_, new)| same(old, new)).map(|(place, _)| place);
        }
    }
    partners
}

fn queue(receive: &Receive) -> Option<&str> {
    match &receive.delivery {
        Delivery::Queue(delivery) => Some(&delivery.queue.name.wire),
        Delivery::Direct(_) | Delivery::Stream(_) => None,
    }
}

fn compare_messages(report: &mut Findings, system: &System, old: Received<'_>, new: Received<'_>) {
    let (before, after) = (&old.receive.messages, &new.receive.messages);
    let came = |message: &Message| !before.iter().any(|old| same_mark(old, message));
    for message in before {
        let label = format!("event {}", message.name.wire);
        let heir = after.iter().find(|new| {
            came(new) && (new.name.wire == message.name.wire || same_kind(new, message))
        });
        let kept = after.iter().find(|new| same_mark(message, new));
        let kept = kept.or_else(|| after.iter().find(|new| is_opened(message, new)));
        let span = kept.or(heir).map_or(new.receive.origin.span, |new| new.origin.span);
        let site =
            Site::new(subject(new), Direction::Received, Some(message.origin.span), Some(span));
        let mut site = site.part(label, Direction::Received, site.old, site.new);
        site.people = senders(system, message);
        site.detail_type.clone_from(&message.detail_type);
        match (kept, heir) {
            (Some(kept), _) => {
                // The address of a queue is renamed with it.
                if queue(old.receive) == queue(new.receive) {
                    compare_addresses(report, &site, message, kept);
                }
                compare_envelopes(report, &site, message, kept);
                let here = Here { old: message.origin.span, new: kept.origin.span };
                let (from, to) = (TypeRef::Named(message.payload), TypeRef::Named(kept.payload));
                let mut walker = Walker::new(old.service, new.service, Form::Json);
                let changes = walker.compare(&from, &to, here);
                report.add_changes(
                    SchemaUse::ReceivedEvent,
                    SchemaUse::ReceivedEvent,
                    &site,
                    changes,
                );
            }
            (None, Some(heir)) => gone_received(report, &site, message, heir),
            (None, None) => report.add("received-event-removed", &site, "", ""),
        }
    }
    let moved = |new: &Message| before.iter().any(|old| is_moved(old, new) || is_opened(old, new));
    for message in after.iter().filter(|message| came(message) && !moved(message)) {
        let label = format!("event {}", message.name.wire);
        let site = Site::new(subject(new), Direction::Received, None, Some(message.origin.span));
        let site = site.part(label, Direction::Received, site.old, site.new);
        report.add("received-event-added", &site, "", "");
    }
}

/// Whether a message of one version is now of every one that its payload takes.
fn is_opened(old: &Message, new: &Message) -> bool {
    same_kind(old, new) && old.version.is_some() && new.version.is_none()
}

/// Whether a message is another one now, but for its version.
fn is_moved(old: &Message, new: &Message) -> bool {
    old.name.wire == new.name.wire && old.version == new.version && !same_kind(old, new)
}

fn gone_received(report: &mut Findings, site: &Site, old: &Message, new: &Message) {
    if old.source != new.source {
        report.add("received-event-source-changed", site, source(old), source(new));
    }
    if old.detail_type != new.detail_type {
        let (from, to) = (&old.detail_type, &new.detail_type);
        report.add("received-event-detail-type-changed", site, from, to);
    }
    if old.version != new.version {
        report.add("received-event-version-removed", site, version(old), "");
    }
}
