//! Who uses what: consumers that are registered in `consumers/` below the folder of contracts.
//!
//! ```yaml
//! operations:
//!   GET /product:                    # by route; `{…}` stands for any segment
//!     reads: [/*/id, /*/price]       # the fields of answers; without the key, all of them
//!     sends: [category]              # parameters by name, fields of the body by pointer; without the key, any
//! events:
//!   CheckoutBasket: {reads: [/userName]}
//! ```
//!
//! Files of Pact (versions 2 to 4) are read as such. Owns their form, and which of them a change concerns; in doubt it does.

mod concern;
mod dropped;
mod pact;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::ignore::fault;
use crate::compat::Finding;
use crate::diag::{Diagnostic, Severity, Sink, catalog::shape::nearest};
use crate::parse::{Entry, Node, Value, yaml};
use crate::source::{FileId, SourceMap, Span};

/// The folder below the folder of contracts.
pub const CONSUMERS_FOLDER: &str = "consumers";

/// Everybody who is registered.
#[derive(Debug, Clone, Default)]
pub struct Consumers {
    known: Vec<Consumer>,
}

/// One consumer.
#[derive(Debug, Clone, Default)]
struct Consumer {
    name: String,
    /// By route: `GET /product/{id}`.
    operations: BTreeMap<String, Use>,
    /// By name.
    events: BTreeMap<String, Use>,
    /// Where its file names each of them.
    places: BTreeMap<String, Span>,
    /// Where its file begins.
    file: Span,
    /// The fields and parameters that its file names; those of a Pact file are the values of examples.
    fields: Vec<NamedField>,
    /// The operations and events that its file names and that do not exist.
    unknown: BTreeSet<String>,
    is_pact: bool,
}

/// A field or parameter, as a file names it.
#[derive(Debug, Clone)]
struct NamedField {
    /// The operation or event.
    of: String,
    name: String,
    is_read: bool,
    place: Span,
}

/// What somebody uses of an operation or an event; none where nobody says, which is all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Use {
    /// The fields that are read, as pointers with `*` for any element.
    pub reads: Option<BTreeSet<String>>,
    /// The parameters and fields that are sent.
    pub sends: Option<BTreeSet<String>>,
    /// Whether a field that is read does not exist, so that nobody knows which one is.
    reads_unknown: bool,
    /// The same of what is sent.
    sends_unknown: bool,
}

impl Consumers {
    /// Whether nobody is registered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Whether a consumer of this name is registered.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.known.iter().any(|consumer| consumer.name == name)
    }

    /// Reads a consumer from a file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn add(
        &mut self,
        sources: &SourceMap,
        file: FileId,
        name: &str,
    ) -> Result<(), Vec<Diagnostic>> {
        let sink = Sink::default();
        let tree = yaml::parse(file, &sources.file(file).text, &sink);
        let mut faults = sink.into_sorted(sources);
        let start = Span { file, start: 0, end: 0 };
        let mut consumer = Consumer { name: name.to_owned(), file: start, ..Consumer::default() };
        match &tree {
            Some(tree) if pact::is_one(tree) => {
                consumer.is_pact = true;
                pact::read(&mut consumer, tree);
            }
            Some(tree) => consumer.read(tree, &mut faults),
            None => {
                // Whatever else is wrong with an empty file, it says nothing.
                faults.retain(|one| one.code != "empty-file");
                faults.push(error("the consumer uses nothing", start, FORM));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        self.known.push(consumer);
        Ok(())
    }

    /// The consumers that a change concerns.
    #[must_use]
    pub fn concerned(&self, finding: &Finding) -> Vec<&str> {
        let uses = self.known.iter().filter(|consumer| consumer.uses(finding));
        uses.map(|consumer| consumer.name.as_str()).collect()
    }
}

impl Consumers {
    /// Notes what consumers use and no contract has: a change may concern it. The arguments are those of
    /// [`Consumers::unknown`], of the contracts before and after.
    pub fn doubt(&mut self, known: &[String], has: impl Fn(&str, &str, bool) -> bool) {
        for consumer in &mut self.known {
            let is_known = |name: &str| known.iter().any(|one| one == name || is_route(one, name));
            let names = consumer.places.keys().filter(|name| !is_known(name));
            consumer.unknown = names.cloned().collect();
            // A Pact file of which nothing is known is about another provider.
            if consumer.is_pact && consumer.unknown.len() == consumer.places.len() {
                consumer.unknown.clear();
            }
            for used in consumer.operations.values_mut().chain(consumer.events.values_mut()) {
                (used.reads_unknown, used.sends_unknown) = (false, false);
            }
            for NamedField { of, name, is_read, .. } in &consumer.fields {
                if !is_lost(known, &has, (of, name, *is_read)) {
                    continue;
                }
                let uses = consumer.operations.get_mut(of).or(consumer.events.get_mut(of));
                let Some(used) = uses else { continue };
                used.reads_unknown |= is_read;
                used.sends_unknown |= !is_read;
            }
        }
    }

    /// What consumers use and no contract has, among the routes and events that there are and by what each `has` (the
    /// route or event, the field, whether it is read).
    #[must_use]
    pub fn unknown(
        &self,
        known: &[String],
        has: impl Fn(&str, &str, bool) -> bool,
    ) -> Vec<Diagnostic> {
        let mut found = vec![];
        for consumer in &self.known {
            let is_known = |name: &str| known.iter().any(|one| one == name || is_route(one, name));
            for (name, place) in consumer.places.iter().filter(|(name, _)| !is_known(name)) {
                let what = if name.contains(" /") { "operation" } else { "event" };
                let message =
                    format!("`{}` uses the {what} `{name}`, which does not exist", consumer.name);
                let near = nearest(name, known.iter().map(String::as_str));
                let help = near.map_or("correct its name, or remove it".to_owned(), |near| {
                    format!("did you mean `{near}`?")
                });
                found.push(fault(
                    "consumer-of-nothing",
                    Severity::Warning,
                    message,
                    *place,
                    Some(help),
                ));
            }
            for NamedField { of, name, is_read, place } in &consumer.fields {
                if !is_lost(known, &has, (of, name, *is_read)) {
                    continue;
                }
                let verb = if *is_read { "reads" } else { "sends" };
                let message =
                    format!("`{}` {verb} `{name}` of `{of}`, which does not exist", consumer.name);
                let help = match *is_read && !name.starts_with('/') {
                    true => format!("write a pointer to a field: `/{name}`"),
                    false => "correct it, or remove it".to_owned(),
                };
                let (rule, level) = ("consumer-of-nothing", Severity::Warning);
                found.push(fault(rule, level, message, *place, Some(help)));
            }
        }
        found
    }
}

/// Whether there is a route or event without the field that is named of it.
fn is_lost(
    known: &[String],
    has: impl Fn(&str, &str, bool) -> bool,
    (of, name, is_read): (&str, &str, bool),
) -> bool {
    let mut subjects = known.iter().filter(|one| *one == of || is_route(one, of)).peekable();
    subjects.peek().is_some() && !subjects.any(|one| has(one, name, is_read))
}

/// How a consumer is written.
const FORM: &str = "add `operations:` and `events:` with what the consumer uses:\noperations:\n  GET /product: {reads: [/*/id]}";

fn error(message: impl Into<String>, span: Span, help: &str) -> Diagnostic {
    fault("consumer", Severity::Error, message.into(), span, Some(help.to_owned()))
}

fn unknown_key(entry: &Entry, known: [&str; 2]) -> Diagnostic {
    let near = nearest(&entry.key, known).map(|near| format!("did you mean `{near}`?"));
    let help = near.as_deref().unwrap_or(FORM);
    error(format!("unknown key `{}`", entry.key), entry.key_span, help)
}

impl Consumer {
    fn read(&mut self, tree: &Node, faults: &mut Vec<Diagnostic>) {
        if !matches!(tree.value, Value::Map(_)) {
            faults.push(error("expected a mapping", tree.span, FORM));
        }
        for entry in tree.entries() {
            let into = match entry.key.as_str() {
                "operations" => &mut self.operations,
                "events" => &mut self.events,
                _ => {
                    faults.push(unknown_key(entry, ["operations", "events"]));
                    continue;
                }
            };
            if !matches!(entry.value.value, Value::Map(_)) {
                faults.push(error("expected a mapping", entry.value.span, FORM));
            }
            for used in entry.value.entries() {
                if entry.key == "operations" && !used.key.contains(" /") {
                    let help = "write a method and a path: `GET /product/{id}`";
                    faults.push(error("this is not a route", used.key_span, help));
                }
                let name = named(&used.key);
                self.fields.extend(named_fields(used, &name));
                self.places.insert(name.clone(), used.key_span);
                into.insert(name, read_use(&used.value, faults));
            }
        }
    }
}

/// A route with its method in capitals, or an event as it is.
fn named(key: &str) -> String {
    match key.split_once(" /") {
        Some((method, path)) => format!("{} /{path}", method.to_ascii_uppercase()),
        None => key.to_owned(),
    }
}

/// Whether a route of the contracts is the one that is used, where any segment may stand for a parameter.
fn is_route(subject: &str, used: &str) -> bool {
    let (Some((method, path)), Some((used_method, used_path))) =
        (subject.split_once(' '), used.split_once(' '))
    else {
        return false;
    };
    let (path, used): (Vec<_>, Vec<_>) =
        (path.split('/').collect(), used_path.split('/').collect());
    method == used_method
        && path.len() == used.len()
        && path.iter().zip(&used).all(|(one, other)| one == other || one.starts_with('{'))
}

/// The fields and parameters that an entry of a consumer names.
fn named_fields<'a>(used: &'a Entry, of: &'a str) -> impl Iterator<Item = NamedField> + 'a {
    used.value.entries().iter().flat_map(move |list| {
        list.value.items().iter().filter_map(move |field| {
            let name = field.text()?.to_owned();
            let (is_read, place) = (list.key == "reads", field.span);
            Some(NamedField { of: of.to_owned(), name, is_read, place })
        })
    })
}

fn read_use(node: &Node, faults: &mut Vec<Diagnostic>) -> Use {
    let mut used = Use::default();
    if !matches!(node.value, Value::Map(_) | Value::Null) {
        faults.push(error("expected `reads` and `sends`", node.span, FORM));
    }
    for entry in node.entries() {
        let fields = entry.value.items().iter().filter_map(Node::text).map(str::to_owned);
        let fields = Some(fields.collect());
        match entry.key.as_str() {
            "reads" => used.reads = fields,
            "sends" => used.sends = fields,
            _ => faults.push(unknown_key(entry, ["reads", "sends"])),
        }
        let is_list = matches!(entry.value.value, Value::List(_));
        if !is_list || entry.value.items().iter().any(|field| field.text().is_none()) {
            faults.push(error("expected a list of fields", entry.value.span, FORM));
        }
    }
    used
}

/// The pointers of the leaves of a value, `*` for any element.
pub fn pointers(value: &Json, at: &str, out: &mut BTreeSet<String>) {
    match value {
        // Of what is empty, nobody knows what is read below it.
        Json::Object(map) if map.is_empty() && !at.is_empty() => _ = out.insert(at.to_owned()),
        Json::Array(items) if items.is_empty() && !at.is_empty() => _ = out.insert(at.to_owned()),
        Json::Object(map) => {
            for (key, below) in map {
                pointers(below, &format!("{at}/{}", scalars::pointer::escape(key)), out);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| pointers(item, &format!("{at}/*"), out)),
        Json::Null if at.is_empty() => {}
        _ => {
            out.insert(at.to_owned());
        }
    }
}
