//! What tells one message from another: its name in the contracts, and its source and detail-type on a bus.

use std::collections::{BTreeMap, BTreeSet};

use super::channel::Channel;
use super::reply;
use crate::diag::Sink;
use crate::lower::defaults::Filling;
use crate::lower::{Contracts, Scope, names};
use crate::model::Schedule;
use crate::parse::Node;
use crate::source::Span;

/// Who makes the events of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The service itself: it sends them.
    Us,
    /// Another service, or AWS.
    Anybody,
    /// A schedule.
    Schedule,
}

/// A message as contracts and buses know it.
pub(super) struct Identity {
    /// What it is called in the contracts.
    pub(super) name: String,
    /// `None` for one that anybody may send.
    pub(super) source: Option<String>,
    pub(super) detail_type: String,
    /// The key of the message, where its name and detail-type have the name of its channel as well.
    key: Option<String>,
}

impl Identity {
    /// What a message is to its service.
    pub(super) fn of<'a>(
        scope: Scope<'a>,
        service: &str,
        channel: &Channel<'a>,
        message: &Node,
        from: From,
        senders: &Senders,
    ) -> Self {
        let name = name_of(scope, message);
        if from == From::Schedule {
            let source = Some(Schedule::SOURCE.to_owned());
            let detail_type = Schedule::DETAIL_TYPE.to_owned();
            return Self { name, source, detail_type, key: None };
        }
        let sender = match from {
            From::Us => None,
            _ => senders.of_message(channel.bus(scope), message),
        };
        let filling = Filling {
            service: sender.map_or(service, |sender| &sender.service),
            message: message.text_at("name").unwrap_or(&name),
            channel: &channel.name,
            address: channel.address(),
        };
        let detail_type = match message.text_at("x-amazon-events-detail-type") {
            Some(written) => written.to_owned(),
            None => scope.defaults.detail_type(&filling),
        };
        let source = match message.text_at("x-amazon-events-source") {
            Some(written) => Some(written.to_owned()),
            None if from == From::Us => Some(scope.defaults.source(service)),
            None => match sender {
                Some(sender) => Some(sender.source.clone()),
                None => senders.only(channel.bus(scope), &detail_type).map(str::to_owned),
            },
        };
        let is_own =
            ["name", "x-amazon-events-detail-type"].iter().all(|key| message.get(key).is_none());
        let pointer = scope.docs.pointer(message.span);
        let key = pointer.rsplit_once('/').map(|(_, key)| scalars::pointer::unescape(key));
        let key = key.filter(|key| is_own && detail_type == name && *key != name);
        Self { name, source, detail_type, key }
    }

    /// The key of a message whose detail-type has the name of its channel besides, and that.
    pub(super) fn with_channel(&self) -> Option<(&str, &str)> {
        Some((self.key.as_deref()?, &self.detail_type))
    }
}

/// What a message is called: its key among the components or in its channel, or its file. Two channels that call
/// different messages alike have their own names before it.
fn name_of(scope: Scope<'_>, message: &Node) -> String {
    let whole = || scope.docs.name_of(message);
    let pointer = scope.docs.pointer(message.span);
    let Some((_, pointer)) = pointer.split_once('#') else { return whole() };
    let steps: Vec<&str> = pointer.split('/').skip(1).collect();
    let (channels, key) = match steps[..] {
        ["channels", _, "messages", key] => (["channels"].as_slice(), key),
        ["components", "channels", _, "messages", key] => {
            (["components", "channels"].as_slice(), key)
        }
        _ => return whole(),
    };
    let Some(root) = scope.docs.tree(message.span.file) else { return whole() };
    let key = scalars::pointer::unescape(key);
    let channels = root.at(channels).into_iter().flat_map(Node::entries);
    let named_alike = channels
        .filter_map(|channel| channel.value.at(&["messages", &key]))
        .filter(|one| one.reference().is_none() && one.span != message.span)
        .chain(root.at(&["components", "messages", &key]));
    if named_alike.count() > 0 { whole() } else { key }
}

/// The sources of what the services send, by bus and detail-type.
#[derive(Debug, Default)]
pub(crate) struct Senders {
    sources: BTreeMap<(String, String), BTreeSet<String>>,
    /// Who sends a message over a bus, by where the message is declared.
    messages: BTreeMap<(String, Span), BTreeSet<Sender>>,
}

/// A service that sends a message, with the source that it has there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Sender {
    service: String,
    source: String,
}

impl Senders {
    /// Every `send` operation and every reply of every service. Says nothing of what is wrong: each is looked at again
    /// later.
    pub(crate) fn of(scope: Scope<'_>, services: &[Contracts]) -> Self {
        let sink = Sink::default();
        let scope = Scope { sink: &sink, ..scope };
        let mut senders = Self::default();
        for contracts in services {
            let service = names::name(&contracts.name).kebab;
            let document = contracts.asyncapi.and_then(|file| scope.docs.tree(file));
            let operations = document.and_then(|document| document.get("operations"));
            for entry in operations.into_iter().flat_map(Node::entries) {
                senders.add(scope, &service, &entry.value);
            }
        }
        senders
    }

    fn add<'a>(&mut self, scope: Scope<'a>, service: &str, operation: &'a Node) -> Option<()> {
        let node = scope.docs.target(operation)?;
        let node = match node.text_at("action") {
            Some("send") => node,
            _ => reply::of(scope, node)?,
        };
        let channel = Channel::of(scope, node)?;
        let bus = channel.bus(scope);
        for listed in channel.messages_of(scope, node)? {
            let Some(message) = scope.docs.target(listed) else { continue };
            let identity = Identity::of(scope, service, &channel, message, From::Us, self);
            let Some(source) = identity.source else { continue };
            let sender = Sender { service: service.to_owned(), source: source.clone() };
            self.messages.entry((bus.to_owned(), message.span)).or_default().insert(sender);
            let key = (bus.to_owned(), identity.detail_type);
            self.sources.entry(key).or_default().insert(source);
        }
        Some(())
    }

    /// The only service that sends this very message.
    fn of_message(&self, bus: &str, message: &Node) -> Option<&Sender> {
        let senders = self.messages.get(&(bus.to_owned(), message.span))?;
        senders.first().filter(|_| senders.len() == 1)
    }

    /// Whether it is known which service sends a message.
    pub(super) fn knows(&self, bus: &str, message: &Node) -> bool {
        self.of_message(bus, message).is_some()
    }

    /// The source of an event that a single one sends.
    fn only(&self, bus: &str, detail_type: &str) -> Option<&str> {
        let sources = self.sources.get(&(bus.to_owned(), detail_type.to_owned()))?;
        sources.first().filter(|_| sources.len() == 1).map(String::as_str)
    }
}
