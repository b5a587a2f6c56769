//! Replies: the events that a receiver sends in turn.
//!
//! An event has no response, so the reply of a `receive` operation is an event of its own, over the bus of the reply's
//! channel: the receiver may publish it, and whoever made the request receives it by an operation of its own.

use super::channel::Channel;
use super::identity::{From, Identity};
use super::{Document, Events, Sending, fault, lower_sent};
use crate::lower::Scope;
use crate::lower::schema::Types;
use crate::model::{Destination, SentMessage};
use crate::parse::Node;

/// Whether the reply of an operation can be sent, and what becomes of it.
pub(super) fn check_reply(scope: Scope<'_>, node: &Node, receives: bool) -> bool {
    let Some(entry) = node.entry("reply") else { return true };
    let Some(reply) = scope.docs.target(&entry.value) else { return false };
    let address = reply.entry("address");
    let leads_somewhere = reply.get("channel").is_some() || address.is_some();
    if !receives || !leads_somewhere {
        scope.sink.report(fault::reply_not_awaited(entry.named(), leads_somewhere));
        return true;
    }
    if reply.get("channel").is_none() {
        scope.sink.report(fault::reply_without_channel(entry.named()));
        return false;
    }
    scope.sink.report(fault::reply_as_event(entry.named(), address.map(|entry| entry.key_span)));
    true
}

/// Lets the receivers of a document publish their replies.
pub(super) fn lower_replies<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    own: &mut Document<'a, '_>,
    events: &mut Events<'a>,
) -> bool {
    let mut sound = true;
    for at in 0..events.receives.len() {
        let receive = &events.receives[at];
        let Some(reply) = of(scope, receive.node) else { continue };
        let external = receive.external;
        match lower_reply(scope, types, own, events, reply, external) {
            Some(replies) => events.receives[at].replies = replies,
            None => sound = false,
        }
    }
    sound
}

/// The reply that a receiver sends over a channel.
pub(super) fn of<'a>(scope: Scope<'a>, operation: &'a Node) -> Option<&'a Node> {
    let reply = scope.docs.target(operation.get("reply")?)?;
    let sends = operation.text_at("action") == Some("receive") && reply.get("channel").is_some();
    sends.then_some(reply)
}

/// The messages of a reply, as places in what the service sends. One that an operation sends anyway is the same one.
fn lower_reply<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    own: &mut Document<'a, '_>,
    events: &mut Events<'a>,
    reply: &'a Node,
    external: bool,
) -> Option<Vec<usize>> {
    let channel = Channel::of(scope, reply)?;
    let external = external || channel.node.is_set("x-external");
    let (service, senders) = (own.service, own.senders);
    let is_it = |sent: &SentMessage, listed: &'a Node| {
        let Some(message) = scope.docs.target(listed) else { return false };
        let Destination::Bus(bus) = &sent.destination;
        let identity = Identity::of(scope, service, &channel, message, From::Us, senders);
        bus == channel.bus(scope)
            && sent.message.origin == scope.origin(message.span)
            && sent.message.detail_type == identity.detail_type
    };
    let is_new = |events: &Events<'a>, listed| !events.sends.iter().any(|sent| is_it(sent, listed));
    let sending = Sending { node: reply, channel: &channel, external };
    lower_sent(scope, types, &sending, own, events, is_new)?;
    let listed = channel.messages_of(scope, reply)?;
    let is_reply = |sent: &SentMessage| listed.iter().any(|listed| is_it(sent, listed));
    let places = events.sends.iter().enumerate();
    Some(places.filter(|(_, sent)| is_reply(sent)).map(|(at, _)| at).collect())
}
