//! The events of a service: what it sends, what it receives, and how that reaches it.

pub(crate) mod delivery;
mod field;
mod message;
mod pattern;
mod reach;
mod schedule;

use std::collections::BTreeMap;

use super::schema::Types;
use super::{Scope, docs::docs, names};
use crate::diag::catalog::events as fault;
use crate::model::{Delivery, Destination, Docs, Message, Name, Origin, SentMessage};
use crate::parse::{Entry, Node};

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
    pub(crate) delivery: Delivery,
    pub(crate) origin: Origin,
    pub(crate) node: &'a Node,
}

/// The events of a document; `None` when one of them could not be lowered.
pub(crate) fn lower_events<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    document: &'a Node,
) -> Option<Events<'a>> {
    let mut events = Events::default();
    let mut names = names::Unique::default();
    let mut sound = true;
    let content_type = document.get("defaultContentType");
    for entry in document.get("operations").into_iter().flat_map(Node::entries) {
        let lowered = lower_operation(scope, types, entry, content_type, &mut names, &mut events);
        sound &= lowered.is_some();
    }
    sound.then_some(events)
}

fn lower_operation<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    entry: &'a Entry,
    content_type: Option<&'a Node>,
    names: &mut names::Unique,
    events: &mut Events<'a>,
) -> Option<()> {
    let node = scope.docs.target(&entry.value)?;
    let channel = Channel::of(scope, node)?;
    let receives = node.text_at("action")? == "receive";
    let own: &[&str] = if receives {
        &[]
    } else {
        &["x-event-source", "x-lambda", "x-dynamodb-access", "x-publishes"]
    };
    let mut sound = true;
    for key in own {
        if let Some(entry) = node.entry(key) {
            scope.sink.report(fault::not_for_send(entry.named()));
            sound = false;
        }
    }
    let schedule = channel.binding(scope, "x-eventbridge")?.and_then(|node| node.get("schedule"));
    if let (Some(schedule), false) = (schedule, receives) {
        scope.sink.report(fault::send_to_schedule(entry.key_span, schedule.span));
        return None;
    }
    let origin_of_events = match (schedule, receives) {
        (Some(_), _) => message::From::Schedule,
        (None, true) => message::From::Anybody,
        (None, false) => message::From::Us,
    };
    let mut messages = vec![];
    for listed in channel.messages_of(scope, node)? {
        match message::lower_message(scope, types, listed, content_type, origin_of_events) {
            Some(message) => messages.push(message),
            None => sound = false,
        }
    }
    if messages.is_empty() && sound {
        scope.sink.report(fault::no_message(entry.key_span));
        sound = false;
    }
    let origin = scope.origin(node.span);
    if !receives {
        let bus = delivery::lower_bus(scope, &channel)?;
        for message in messages {
            let destination = Destination::Bus(bus.clone());
            events.sends.push(SentMessage { message, destination, origin: origin.clone() });
        }
        return sound.then_some(());
    }
    // The function is made later, of what is sound; what is wrong with its sizes is told now.
    sound &= super::functions::settings(scope, node.get("x-lambda")).is_some();
    let id = names.name(&entry.key);
    let delivery = delivery::lower_delivery(scope, types, &channel, node, &id, &messages)?;
    events.receives.push(Received { id, docs: docs(node), messages, delivery, origin, node });
    sound.then_some(())
}

/// The channel of an operation.
struct Channel<'a> {
    node: &'a Node,
    /// Where the operation names it.
    named: &'a Node,
    /// Its bindings, if it has any.
    bindings: Option<&'a Node>,
}

impl<'a> Channel<'a> {
    fn of(scope: Scope<'a>, operation: &'a Node) -> Option<Self> {
        let named = operation.get("channel")?;
        let node = scope.docs.target(named)?;
        let bindings = node.get("bindings").map(|bindings| scope.docs.target(bindings));
        let bindings = bindings.map_or(Some(None), |bindings| bindings.map(Some))?;
        Some(Self { node, named, bindings })
    }

    /// A binding of the channel. The outer `None` tells that it failed.
    #[allow(clippy::option_option, reason = "the outer one tells failure")]
    fn binding(&self, scope: Scope<'a>, key: &str) -> Option<Option<&'a Node>> {
        let Some(node) = self.bindings.and_then(|bindings| bindings.get(key)) else {
            return Some(None);
        };
        scope.docs.target(node).map(Some)
    }

    /// The messages that an operation takes of its channel: those it lists, or all.
    fn messages_of(&self, scope: Scope<'a>, operation: &'a Node) -> Option<Vec<&'a Node>> {
        let own = self.node.get("messages").into_iter().flat_map(Node::entries);
        let own: BTreeMap<_, &Node> = own
            .filter_map(|entry| Some((scope.docs.target(&entry.value)?.span, &entry.value)))
            .collect();
        let Some(list) = operation.get("messages") else {
            let all = self.node.get("messages").into_iter().flat_map(Node::entries);
            return Some(all.map(|entry| &entry.value).collect());
        };
        let mut messages = vec![];
        let mut sound = true;
        for listed in list.items() {
            let Some(target) = scope.docs.target(listed) else {
                sound = false;
                continue;
            };
            if !own.contains_key(&target.span) {
                scope.sink.report(fault::message_of_other_channel(listed.span, self.node.span));
                sound = false;
                continue;
            }
            messages.push(listed);
        }
        sound.then_some(messages)
    }
}
