//! What contracts leave open and a system decides once: `spec/defaults.yaml`.
//!
//! Owns the reading of that file, and what holds where there is none.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::Documents;
use crate::diag::{Sink, catalog::defaults as fault};
use crate::model::{AlarmsPer, StackLayout};
use crate::parse::Node;
use crate::parse::keywords::ours::DEFAULTS;
use crate::source::{FileId, SourceMap, Span};

/// The file's name, below the folder of contracts.
pub const DEFAULTS_FILE: &str = "defaults.yaml";

/// Bus, source, detail-type and delivery where a contract does not name them.
#[derive(Debug)]
pub(crate) struct Defaults {
    /// The bus of a channel.
    pub(crate) bus: String,
    /// The source of the messages that a service sends.
    source: String,
    /// The detail-type of a message.
    detail_type: String,
    /// Whether receivers poll a queue, where their channel has no `sqs` binding.
    pub(crate) queues: bool,
    /// What has alarms of its own.
    pub(crate) alarms: AlarmsPer,
    /// Which stack has what is deployed.
    pub(crate) layout: StackLayout,
    /// Where they are written; `None` where nobody decided them.
    file: Option<Span>,
    /// The channels without a bus, and the messages without a source, that they were used for.
    used: RefCell<(BTreeSet<Span>, BTreeSet<Span>)>,
}

impl Default for Defaults {
    fn default() -> Self {
        Self {
            bus: "Events".to_owned(),
            source: "com.example.{service}".to_owned(),
            detail_type: "{message}".to_owned(),
            queues: false,
            alarms: AlarmsPer::default(),
            layout: StackLayout::default(),
            file: None,
            used: RefCell::default(),
        }
    }
}

/// The file, if it is there.
pub(crate) fn file(sources: &SourceMap) -> Option<FileId> {
    sources.files().find(|(_, file)| is_defaults(&file.path)).map(|(file, _)| file)
}

/// Whether a file is that one by its path: `spec/defaults.yaml`.
pub(super) fn is_defaults(path: &str) -> bool {
    path.split_once('/').is_some_and(|(_, file)| file == DEFAULTS_FILE)
}

/// What a pattern is filled in with.
pub(crate) struct Filling<'t> {
    pub(crate) service: &'t str,
    pub(crate) message: &'t str,
    pub(crate) channel: &'t str,
    pub(crate) address: &'t str,
}

impl Defaults {
    /// The file beside the services, as far as it is right.
    pub(crate) fn read(sources: &SourceMap, documents: &Documents<'_>, sink: &Sink) -> Self {
        let tree = file(sources).and_then(|file| documents.tree(file));
        let Some(tree) = tree else { return Self::default() };
        let mut defaults = Self { file: Some(tree.span), ..Self::default() };
        if tree.text_at("alarms") == Some("operation") {
            defaults.alarms = AlarmsPer::Operation;
        }
        if tree.text_at("layout") == Some("per-service") {
            defaults.layout = StackLayout::PerService;
        }
        let Some(events) = tree.get("events").filter(|node| !documents.failed(node)) else {
            return defaults;
        };
        if let Some(node) = events.get("bus") {
            let name = node.text().unwrap_or_default();
            match super::events::delivery::is_bus_name(name) {
                true => defaults.bus = name.to_owned(),
                false => sink.report(crate::diag::catalog::events::bad_bus_name(node.span, name)),
            }
        }
        let pattern = |key: &str, known: &[&str]| {
            let node = events.get(key)?;
            pattern(node, known, sink)
        };
        defaults.source = pattern("source", &["service"]).unwrap_or(defaults.source);
        let known = ["message", "service", "channel", "address"];
        defaults.detail_type = pattern("detailType", &known).unwrap_or(defaults.detail_type);
        if let Some(at) = events.get("source").filter(|_| defaults.source.starts_with("aws.")) {
            sink.report(crate::diag::catalog::events::reserved_source(at.span, &defaults.source));
        }
        defaults.queues = events.text_at("delivery") == Some("queue");
        defaults
    }

    /// The shape that the file must have.
    pub(crate) const fn shape() -> &'static crate::parse::shape::Shape {
        &DEFAULTS
    }

    pub(crate) fn source(&self, service: &str) -> String {
        self.source.replace("{service}", service)
    }

    pub(crate) fn detail_type(&self, filling: &Filling<'_>) -> String {
        let Filling { service, message, channel, address } = filling;
        let values = [
            ("{message}", message),
            ("{service}", service),
            ("{channel}", channel),
            ("{address}", address),
        ];
        values
            .into_iter()
            .fold(self.detail_type.clone(), |text, (name, value)| text.replace(name, value))
    }

    /// Takes note of a channel without a bus.
    pub(crate) fn assume_bus(&self, channel: Span) {
        self.used.borrow_mut().0.insert(channel);
    }

    /// Takes note of a message without a source that a service sends.
    pub(crate) fn assume_source(&self, message: Span) {
        self.used.borrow_mut().1.insert(message);
    }

    /// Says once what was assumed, where nobody decided it.
    pub(crate) fn report(&self, sources: &SourceMap, sink: &Sink) {
        let used = self.used.borrow();
        let (channels, messages) = (&used.0, &used.1);
        let Some(first) = channels.iter().chain(messages).min().filter(|_| self.file.is_none())
        else {
            return;
        };
        let folder = sources.file(first.file).path.split('/').next().unwrap_or_default();
        let n = (channels.len(), messages.len());
        let file = format!("{folder}/{DEFAULTS_FILE}");
        sink.report(fault::assumed(*first, n, &file, (&self.bus, &self.source)));
    }

    /// Whether a detail-type names the service that sends it.
    pub(crate) fn tells_services(&self) -> bool {
        self.detail_type.contains("{service}")
    }

    /// Whether a detail-type has the address of its channel in it.
    pub(crate) fn tells_addresses(&self) -> bool {
        self.detail_type.contains("{address}")
    }

    /// Whether messages of one name on two channels are two events.
    pub(crate) fn tells_channels(&self) -> bool {
        self.detail_type.contains("{channel}") || self.detail_type.contains("{address}")
    }
}

/// A pattern whose names in braces are all known.
fn pattern(node: &Node, known: &[&str], sink: &Sink) -> Option<String> {
    let text = node.text()?;
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else {
            sink.report(fault::placeholder_open(node.span));
            return None;
        };
        if !known.contains(&name) {
            sink.report(fault::unknown_placeholder(node.span, name, known));
            return None;
        }
        rest = behind;
    }
    if text.is_empty() || text.len() > 128 {
        sink.report(fault::bad_pattern(node.span, text));
        return None;
    }
    Some(text.to_owned())
}
