//! The events of a service: what it sends, what it receives, and how that reaches it.

mod channel;
mod correlation;
pub(super) mod data;
pub(crate) mod delivery;
mod field;
mod identity;
mod message;
mod pattern;
mod queue;
mod reach;
mod schedule;
mod stream;

pub(crate) use identity::Senders;
pub(crate) use stream::lower_stream;

use super::schema::Types;
use super::{Scope, docs::docs, names};
use crate::diag::catalog::events as fault;
use crate::model::{Delivery, Destination, Docs, Message, Name, Origin, SentMessage};
use crate::parse::{Entry, Node};
use channel::Channel;
use identity::From;
use message::Listed;

/// The events of a service, before functions are given to the receivers.
#[derive(Default)]
pub(crate) struct Events<'a> {
    pub(crate) sends: Vec<SentMessage>,
    pub(crate) receives: Vec<Received<'a>>,
}

/// A `receive` operation, with the node it was made of.
pub(crate) struct Received<'a> {
    pub(crate) id: Name,
    pub(crate) docs: Docs,
    pub(crate) messages: Vec<Message>,
    pub(crate) way: Way<'a>,
    pub(crate) external: bool,
    pub(crate) origin: Origin,
    pub(crate) node: &'a Node,
}

/// How messages reach a receiver, as far as that is known before there are tables.
pub(crate) enum Way<'a> {
    /// From a bus.
    Bus(Delivery),
    /// From the stream of the table that a binding names.
    Stream(&'a Node),
}

/// What the operations of one document have in common.
struct Document<'a, 's> {
    service: &'s str,
    senders: &'s Senders,
    content_type: Option<&'a Node>,
    /// The names of the receivers, and those of the messages that are sent.
    operations: names::Unique,
    sent: names::Unique,
}

/// The events of a document; `None` when one of them could not be lowered.
pub(crate) fn lower_events<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    document: &'a Node,
    service: &Name,
    senders: &Senders,
) -> Option<Events<'a>> {
    let mut events = Events::default();
    let mut own = Document {
        service: &service.kebab,
        senders,
        content_type: document.get("defaultContentType"),
        operations: names::Unique::default(),
        sent: names::Unique::default(),
    };
    let operations = document.get("operations").map(Node::entries).unwrap_or_default();
    let version = document.entry("asyncapi");
    let is_read =
        |version: &&Entry| version.value.text().is_some_and(|text| text.starts_with("3."));
    if let (true, Some(version)) = (operations.is_empty(), version.filter(is_read)) {
        scope.sink.report(fault::no_operation(version.key_span));
    }
    let mut sound = true;
    for entry in operations {
        sound &= lower_operation(scope, types, entry, &mut own, &mut events).is_some();
    }
    sound.then_some(events)
}

/// Where the messages of an operation are declared.
pub(crate) fn message_origins<'a>(scope: Scope<'a>, operation: &'a Node) -> Vec<Origin> {
    let listed =
        Channel::of(scope, operation).and_then(|channel| channel.messages_of(scope, operation));
    origins(scope, listed.unwrap_or_default())
}

/// Where the messages of a channel are declared.
pub(crate) fn channel_origins<'a>(scope: Scope<'a>, channel: &'a Node) -> Vec<Origin> {
    let all = channel.get("messages").into_iter().flat_map(Node::entries);
    origins(scope, all.map(|entry| &entry.value).collect())
}

fn origins<'a>(scope: Scope<'a>, messages: Vec<&'a Node>) -> Vec<Origin> {
    let targets = messages.into_iter().filter_map(|message| scope.docs.target(message));
    targets.map(|target| scope.origin(target.span)).collect()
}

fn lower_operation<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    entry: &'a Entry,
    own: &mut Document<'a, '_>,
    events: &mut Events<'a>,
) -> Option<()> {
    let node = scope.docs.target(&entry.value)?;
    let channel = Channel::of(scope, node)?;
    let receives = node.text_at("action")? == "receive";
    let mut sound = receives || check_sender(scope, node);
    sound &= check_reply(scope, node, receives);
    if let Some(binding) = channel.binding(scope, "x-dynamodb-stream")? {
        sound &= stream::check_stream(scope, &channel, node, binding);
        sound &= super::functions::settings(scope, node.get("x-lambda")).is_some();
        events.receives.push(Received {
            id: own.operations.name(&entry.key),
            docs: docs(node),
            messages: vec![],
            way: Way::Stream(binding),
            external: false,
            origin: scope.origin(node.span),
            node,
        });
        return sound.then_some(());
    }
    let eventbridge = channel.binding(scope, "x-eventbridge")?;
    let schedule = eventbridge.and_then(|node| node.get("schedule"));
    if let (Some(schedule), false) = (schedule, receives) {
        scope.sink.report(fault::send_to_schedule(entry.key_span, schedule.span));
        return None;
    }
    if schedule.is_none() && eventbridge.is_none_or(|node| node.get("bus").is_none()) {
        scope.defaults.assume_bus(channel.node.span);
    }
    channel.check_parameters(scope);
    let from = match (schedule, receives) {
        (Some(_), _) => From::Schedule,
        (None, true) => From::Anybody,
        (None, false) => From::Us,
    };
    let external = node.is_set("x-external") || channel.node.is_set("x-external");
    let mut unique = if receives { names::Unique::default() } else { own.sent.clone() };
    let mut messages = vec![];
    for listed in channel.messages_of(scope, node)? {
        if !receives && is_sent(scope, events, &channel, listed) {
            continue;
        }
        let Document { service, senders, content_type, .. } = *own;
        let listed =
            Listed { node: listed, channel: &channel, from, service, senders, content_type };
        match message::lower_message(scope, types, &listed, &mut unique) {
            Some(message) => messages.push(message),
            None => sound = false,
        }
    }
    if channel.messages_of(scope, node)?.is_empty() {
        scope.sink.report(fault::no_message(entry.key_span));
        return sound.then_some(());
    }
    let origin = scope.origin(node.span);
    if !receives {
        own.sent = unique;
        let bus = delivery::lower_bus(scope, &channel)?;
        for message in messages {
            let destination = Destination::Bus(bus.clone());
            let origin = origin.clone();
            events.sends.push(SentMessage { message, destination, external, origin });
        }
        return sound.then_some(());
    }
    // The function is made later, of what is sound; what is wrong with its sizes is told now.
    let settings = super::functions::settings(scope, node.get("x-lambda"));
    sound &= settings.is_some();
    let id = own.operations.name(&entry.key);
    let timeout_seconds = settings.map_or(0, |settings| settings.timeout_seconds);
    let base = own.senders.receiver(own.service, &entry.key);
    let operation = delivery::Receiver { node, base: &base, timeout_seconds };
    let delivery = delivery::lower_delivery(scope, types, &channel, &operation, &messages)?;
    let way = Way::Bus(delivery);
    events.receives.push(Received { id, docs: docs(node), messages, way, external, origin, node });
    sound.then_some(())
}

/// Whether another operation sends a message over a bus already, so that one method serves both.
fn is_sent<'a>(
    scope: Scope<'a>,
    events: &Events<'_>,
    channel: &Channel<'a>,
    listed: &'a Node,
) -> bool {
    let Some(target) = scope.docs.target(listed) else { return false };
    let origin = scope.origin(target.span);
    let bus = channel.bus(scope);
    let same = events.sends.iter().find(|sent| {
        let Destination::Bus(other) = &sent.destination;
        sent.message.origin == origin && other == bus
    });
    let Some(first) = same.filter(|_| !scope.defaults.tells_channels()) else { return false };
    scope.sink.report(fault::sent_twice(
        channel.named.span,
        &first.message.name.wire,
        first.origin.span,
    ));
    true
}

/// Whether a `send` operation says nothing that only a receiver can have.
fn check_sender(scope: Scope<'_>, node: &Node) -> bool {
    let keys = ["x-event-source", "x-lambda", "x-dynamodb-access", "x-publishes"];
    keys.iter().fold(true, |sound, key| match node.entry(key) {
        Some(entry) => {
            scope.sink.report(fault::not_for_send(entry.named()));
            false
        }
        None => sound,
    })
}

/// Events are not answered: a receiver that must reply is refused, a sender that hopes for a reply is told.
fn check_reply(scope: Scope<'_>, node: &Node, receives: bool) -> bool {
    let Some(entry) = node.entry("reply") else { return true };
    let Some(reply) = scope.docs.target(&entry.value) else { return false };
    let leads_somewhere = reply.get("channel").is_some() || reply.get("address").is_some();
    if !receives || !leads_somewhere {
        scope.sink.report(fault::reply_not_awaited(entry.named(), leads_somewhere));
        return true;
    }
    scope.sink.report(fault::reply(entry.named()));
    false
}
