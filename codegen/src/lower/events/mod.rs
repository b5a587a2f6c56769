//! The events of a service: what it sends, what it receives, and how that reaches it.

mod channel;
mod comparison;
mod correlation;
pub(super) mod data;
pub(crate) mod delivery;
mod field;
mod identity;
mod message;
mod pattern;
mod queue;
mod reach;
mod reply;
mod schedule;
mod stream;

pub(crate) use identity::Senders;
pub(crate) use stream::lower_stream;

pub(crate) use queue::tag_fault;
use std::collections::BTreeSet;

use super::schema::Types;
use super::{Scope, docs::docs, names};
use crate::diag::catalog::events as fault;
use crate::model::{Delivery, Destination, Docs, Message, Name, Origin, SentMessage, TypeId};
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

impl Events<'_> {
    /// What the messages carry.
    pub(crate) fn payloads(&self) -> impl Iterator<Item = TypeId> {
        let received = self.receives.iter().flat_map(|received| &received.messages);
        self.sends.iter().map(|sent| &sent.message).chain(received).map(|message| message.payload)
    }
}

/// A `receive` operation, with the node it was made of.
pub(crate) struct Received<'a> {
    pub(crate) id: Name,
    pub(crate) docs: Docs,
    pub(crate) messages: Vec<Message>,
    pub(crate) way: Way<'a>,
    pub(crate) external: bool,
    /// Its replies, as places in what the service sends.
    pub(crate) replies: Vec<usize>,
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
    /// The names of the messages that are sent.
    sent: names::Unique,
}

impl<'a, 's> Document<'a, 's> {
    /// A message that an operation of this document lists.
    fn listed<'c>(&self, node: &'a Node, channel: &'c Channel<'a>, from: From) -> Listed<'a, 'c>
    where
        's: 'c,
    {
        let Self { service, senders, content_type, .. } = *self;
        Listed { node, channel, from, service, senders, content_type }
    }
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
        sent: names::Unique::default(),
    };
    // What publishes them has these methods already.
    ["clone", "new"].into_iter().for_each(|name| own.sent.keep(name.to_owned()));
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
    sound &= reply::lower_replies(scope, types, &mut own, &mut events);
    check_queues(scope, operations);
    sound.then_some(events)
}

/// Warns of queues of channels that are only sent to: a queue belongs to the operation that receives from it.
fn check_queues(scope: Scope<'_>, operations: &[Entry]) {
    let nodes = operations.iter().filter_map(|entry| scope.docs.target(&entry.value));
    let (mut sent, mut received) = (vec![], BTreeSet::new());
    for node in nodes {
        let Some(channel) = Channel::of(scope, node) else { continue };
        match node.text_at("action") {
            Some("send") => sent.push(channel),
            _ => drop(received.insert(channel.node.span)),
        }
    }
    for channel in sent {
        // Each once.
        if !received.insert(channel.node.span) {
            continue;
        }
        let binding = channel.bindings.and_then(|bindings| bindings.entry("sqs"));
        let has_queue = |entry: &&Entry| entry.value.get("queue").is_some();
        if let Some(entry) = binding.filter(has_queue) {
            scope.sink.report(fault::queue_of_nobody(entry.named()));
        }
        let of_rules = [
            "pattern",
            "deadLetterQueue",
            "retryPolicy",
            "ruleName",
            "messageGroupId",
            "deduplicationId",
        ];
        let binding = channel.bindings.and_then(|bindings| bindings.get("x-eventbridge"));
        let binding = binding.and_then(|binding| scope.docs.target(binding));
        for entry in of_rules.iter().filter_map(|key| binding?.entry(key)) {
            scope.sink.report(fault::rule_of_nobody(entry.named()));
        }
    }
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
    sound &= reply::check_reply(scope, node, receives);
    if let Some(binding) = channel.binding(scope, "x-dynamodb-stream").ok()? {
        sound &= stream::check_stream(scope, &channel, node, binding);
        sound &= super::functions::settings(scope, node.get("x-lambda")).is_some();
        events.receives.push(Received {
            id: names::name(&entry.key),
            docs: docs(node),
            messages: vec![],
            way: Way::Stream(binding),
            external: false,
            replies: vec![],
            origin: scope.origin(node.span),
            node,
        });
        return sound.then_some(());
    }
    let eventbridge = channel.binding(scope, "x-eventbridge").ok()?;
    let schedule = eventbridge.and_then(|node| node.get("schedule"));
    if let (Some(schedule), false) = (schedule, receives) {
        scope.sink.report(fault::send_to_schedule(entry.key_span, schedule.span));
        return None;
    }
    if schedule.is_none() && eventbridge.is_none_or(|node| node.get("bus").is_none()) {
        scope.defaults.assume_bus(channel.node.span);
    }
    channel.check_parameters(scope);
    let from = if schedule.is_some() { From::Schedule } else { From::Anybody };
    let external = node.is_set("x-external") || channel.node.is_set("x-external");
    if channel.messages_of(scope, node)?.is_empty() {
        scope.sink.report(fault::no_message(entry.key_span));
        return sound.then_some(());
    }
    if !receives {
        let keep = |events: &Events<'_>, listed| !is_sent(scope, events, &channel, listed);
        let sending = Sending { node, channel: &channel, external };
        sound &= lower_sent(scope, types, &sending, own, events, keep).is_some();
        return sound.then_some(());
    }
    let mut messages = vec![];
    let mut unique = names::Unique::default();
    for listed in channel.messages_of(scope, node)? {
        match message::lower_message(scope, types, &own.listed(listed, &channel, from), &mut unique)
        {
            Some(message) => messages.push(message),
            None => sound = false,
        }
    }
    let origin = scope.origin(node.span);
    // The function is made later, of what is sound; what is wrong with its sizes is told now.
    let settings = super::functions::settings(scope, node.get("x-lambda"));
    sound &= settings.is_some();
    let id = names::name(&entry.key);
    let timeout_seconds = settings.map_or(0, |settings| settings.timeout_seconds);
    // With the service, so that a receiver of this name in another service changes nothing.
    let base = names::joined(&[own.service, &entry.key]);
    let operation = delivery::Receiver { node, base: &base, timeout_seconds };
    let delivery = delivery::lower_delivery(scope, types, &channel, &operation, &messages)?;
    let way = Way::Bus(delivery);
    let replies = vec![];
    let docs = docs(node);
    events.receives.push(Received { id, docs, messages, way, external, replies, origin, node });
    sound.then_some(())
}

/// Something that sends messages: a `send` operation, or a reply.
struct Sending<'a, 'c> {
    node: &'a Node,
    channel: &'c Channel<'a>,
    external: bool,
}

/// Adds the messages that are sent, as far as `keep` says so.
fn lower_sent<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    sending: &Sending<'a, '_>,
    own: &mut Document<'a, '_>,
    events: &mut Events<'a>,
    keep: impl Fn(&Events<'a>, &'a Node) -> bool,
) -> Option<()> {
    let Sending { node, channel, external } = *sending;
    let bus = delivery::lower_bus(scope, channel);
    let mut sound = bus.is_some();
    let mut unique = own.sent.clone();
    let mut messages = vec![];
    for listed in channel.messages_of(scope, node)? {
        if !keep(events, listed) {
            continue;
        }
        let listed = own.listed(listed, channel, From::Us);
        match message::lower_message(scope, types, &listed, &mut unique) {
            Some(message) => messages.push(message),
            None => sound = false,
        }
    }
    own.sent = unique;
    let bus = bus?;
    events.sends.extend(messages.into_iter().map(|message| {
        let destination = Destination::Bus(bus.clone());
        SentMessage { message, destination, external, origin: scope.origin(node.span) }
    }));
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
        first.message.address == channel.address(),
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
