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

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::ignore::fault;
use crate::compat::{Direction, Finding};
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
    /// The fields and parameters that its file names; those of a Pact file are the values of examples.
    fields: Vec<NamedField>,
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
        let mut consumer = Consumer { name: name.to_owned(), ..Consumer::default() };
        match &tree {
            Some(tree) if is_pact(tree) => {
                consumer.read_pact(&tree.to_json());
                let place = tree.get("interactions").or(tree.get("messages")).unwrap_or(tree).span;
                let names = consumer.operations.keys().chain(consumer.events.keys());
                consumer.places = names.map(|name| (name.clone(), place)).collect();
            }
            Some(tree) => consumer.read(tree, &mut faults),
            None => {
                let span = Span { file, start: 0, end: 0 };
                faults.push(error("the consumer uses nothing", span, FORM));
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
    /// What consumers use and no contract has, among the routes and events that there are and by what each `has` (the
    /// route or event, the field, whether it is read): no change would concern them.
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
                let mut subjects =
                    known.iter().filter(|one| *one == of || is_route(one, of)).peekable();
                if subjects.peek().is_none() || subjects.any(|one| has(one, name, *is_read)) {
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

/// How a consumer is written.
const FORM: &str = "add `operations:` and `events:` with what the consumer uses:\noperations:\n  GET /product: {reads: [/*/id]}";

fn error(message: impl Into<String>, span: Span, help: &str) -> Diagnostic {
    fault("consumer", Severity::Error, message.into(), span, Some(help.to_owned()))
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
                key => {
                    faults.push(error(format!("unknown key `{key}`"), entry.key_span, FORM));
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
                into.insert(used.key.clone(), read_use(&used.value, faults));
                self.places.insert(used.key.clone(), used.key_span);
                self.fields.extend(named_fields(used));
            }
        }
    }

    /// The interactions and messages of a Pact file.
    fn read_pact(&mut self, pact: &Json) {
        if let Some(name) = pact["consumer"]["name"].as_str() {
            name.clone_into(&mut self.name);
        }
        let list = |key: &str| pact[key].as_array().cloned().unwrap_or_default();
        for interaction in list("interactions").iter().chain(&list("messages")) {
            let request = &interaction["request"];
            let (Some(method), Some(path)) = (request["method"].as_str(), request["path"].as_str())
            else {
                self.read_message(interaction);
                continue;
            };
            let mut used = Use { reads: Some(BTreeSet::new()), sends: Some(BTreeSet::new()) };
            pointers(
                content(&interaction["response"], "body"),
                "",
                used.reads.get_or_insert_default(),
            );
            let sends = used.sends.get_or_insert_default();
            pointers(content(request, "body"), "", sends);
            sends.extend(query(&request["query"]));
            sends.extend(
                request["headers"].as_object().into_iter().flatten().map(|(name, _)| name.clone()),
            );
            merge(&mut self.operations, format!("{} {path}", method.to_ascii_uppercase()), used);
        }
    }

    fn read_message(&mut self, message: &Json) {
        let mut named = ["detail-type", "detailType"].iter();
        let name = named.find_map(|key| message["metadata"][*key].as_str());
        let Some(name) = name.or(message["description"].as_str()) else { return };
        let mut reads = BTreeSet::new();
        pointers(content(message, "contents"), "", &mut reads);
        merge(&mut self.events, name.to_owned(), Use { reads: Some(reads), sends: None });
    }

    /// Whether a change concerns what it uses.
    fn uses(&self, finding: &Finding) -> bool {
        let event = |name: &str| {
            let about = format!("event {name}");
            finding.subject.starts_with(&format!("{about} of ")) || finding.part == about
        };
        let is_there = |used: &Use| used.is_concerned(finding);
        self.operations
            .iter()
            .any(|(route, used)| is_route(&finding.subject, route) && is_there(used))
            || self.events.iter().any(|(name, used)| event(name) && is_there(used))
    }
}

impl Use {
    fn is_concerned(&self, finding: &Finding) -> bool {
        // Of something required that is new, whoever does not send it hears first.
        let is_asked = finding.rule.contains("required");
        let parameter = finding.part.split_once(" parameter ").map(|(_, name)| name);
        match (finding.direction, parameter) {
            // A status, a header or a media type concerns whoever gets the response.
            (Direction::Response | Direction::Sent, _) if finding.path.is_empty() => true,
            (Direction::Response | Direction::Sent, _) => fits(self.reads.as_ref(), &finding.path),
            (Direction::Request | Direction::Received, None) => {
                is_asked || fits(self.sends.as_ref(), &finding.path)
            }
            (Direction::Request | Direction::Received, Some(name)) => {
                // Whoever uses a path sends its parameters, and names of headers have no case.
                let is_sent = |sends: &BTreeSet<String>| match finding.part.split(' ').next() {
                    Some("path") => true,
                    Some("header") => sends.iter().any(|one| one.eq_ignore_ascii_case(name)),
                    _ => sends.contains(name),
                };
                is_asked || self.sends.as_ref().is_none_or(is_sent)
            }
            (Direction::Stored, _) => false,
            (Direction::Wiring, _) => true,
        }
    }
}

/// Whether fields that are used are at a path, above or below it.
fn fits(used: Option<&BTreeSet<String>>, path: &str) -> bool {
    // `*` of a finding is any element of an array or any value of a map; a recording has the key of one.
    let is_same = |one: &str, other: &str| one == other || one == "*" || other == "*";
    let overlaps =
        |one: &str| one.split('/').zip(path.split('/')).all(|(one, other)| is_same(one, other));
    used.is_none_or(|used| used.iter().any(|field| overlaps(field)))
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
fn named_fields(used: &Entry) -> impl Iterator<Item = NamedField> {
    used.value.entries().iter().flat_map(|list| {
        list.value.items().iter().filter_map(|field| {
            let name = field.text()?.to_owned();
            let (is_read, place) = (list.key == "reads", field.span);
            Some(NamedField { of: used.key.clone(), name, is_read, place })
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
            key => faults.push(error(format!("unknown key `{key}`"), entry.key_span, FORM)),
        }
        let is_list = matches!(entry.value.value, Value::List(_));
        if !is_list || entry.value.items().iter().any(|field| field.text().is_none()) {
            faults.push(error("expected a list of fields", entry.value.span, FORM));
        }
    }
    used
}

fn is_pact(tree: &Node) -> bool {
    tree.get("consumer").is_some()
        && (tree.get("interactions").is_some() || tree.get("messages").is_some())
}

/// A body: in version 4 within `content`.
fn content<'a>(of: &'a Json, key: &str) -> &'a Json {
    let body = &of[key];
    if body.get("content").is_some() && body.get("contentType").is_some() {
        &body["content"]
    } else {
        body
    }
}

/// The names in a query: an object since version 3, a text before.
fn query(query: &Json) -> Vec<String> {
    match query {
        Json::Object(names) => names.keys().cloned().collect(),
        Json::String(text) => {
            text.split('&').filter_map(|pair| pair.split('=').next()).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

fn merge(into: &mut BTreeMap<String, Use>, name: String, used: Use) {
    let known = into.entry(name).or_insert_with(|| Use {
        reads: Some(BTreeSet::new()),
        sends: used.sends.as_ref().map(|_| BTreeSet::new()),
    });
    if let (Some(known), Some(more)) = (&mut known.reads, used.reads) {
        known.extend(more);
    }
    if let (Some(known), Some(more)) = (&mut known.sends, used.sends) {
        known.extend(more);
    }
}

/// The pointers of the leaves of a value, `*` for any element.
pub fn pointers(value: &Json, at: &str, out: &mut BTreeSet<String>) {
    match value {
        Json::Object(map) => {
            for (key, below) in map {
                pointers(below, &format!("{at}/{}", crate::parse::escape(key)), out);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| pointers(item, &format!("{at}/*"), out)),
        Json::Null if at.is_empty() => {}
        _ => {
            out.insert(at.to_owned());
        }
    }
}
