//! A service's reference page: every operation, event and type of its contracts.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use serde_json::{Value, json};

use super::architecture::event_anchor;
use super::chart;
use super::example;
use super::markdown::{
    beside_tables, cell, code, deprecated, joined, link, paragraphs, summary, whole,
};
use super::style;
use super::types::{describe, shape, type_anchor, type_link};
use crate::model::{
    self, Body, BoundAction, Codec, Content, Delivery, Destination, EventRule, Message, NoteKind,
    Operation, Parameter, PartKind, Receive, Response, RuleTrigger, Service, Status, Style,
    TypeDef, TypeKind,
};

/// The page.
#[derive(Template)]
#[template(path = "docs/reference.md")]
pub(super) struct ReferencePage {
    title: String,
    folder: String,
    version: String,
    docs: Vec<String>,
    diagram: String,
    operations: Vec<OperationView>,
    notes: Vec<NotesView>,
    events: Vec<EventView>,
    types: Vec<TypeView>,
}

struct OperationView {
    title: String,
    anchor: String,
    summary: String,
    route: String,
    pointer: String,
    docs: Vec<String>,
    parameters: Vec<ParameterRow>,
    body: String,
    examples: Vec<Example>,
    responses: Vec<ResponseRow>,
}

/// A section with a line for each of several things.
struct NotesView {
    title: &'static str,
    head: &'static str,
    rows: Vec<(String, String)>,
}

struct ParameterRow {
    name: String,
    location: &'static str,
    ty: String,
    required: &'static str,
    text: String,
}

struct ResponseRow {
    status: String,
    body: String,
    text: String,
}

struct EventView {
    title: String,
    anchor: String,
    direction: &'static str,
    pointer: String,
    docs: Vec<String>,
    facts: Vec<(&'static str, String)>,
    examples: Vec<Example>,
}

struct TypeView {
    title: String,
    anchor: String,
    shape: String,
    docs: Vec<String>,
    fields: Vec<FieldRow>,
    examples: Vec<Example>,
}

struct FieldRow {
    name: String,
    ty: String,
    required: &'static str,
    text: String,
}

struct Example {
    title: String,
    json: String,
}

/// The page of a service.
pub(super) fn page(service: &Service) -> ReferencePage {
    let sends = service.sends.iter().map(|sent| {
        let Destination::Bus(bus) = &sent.destination;
        event(service, "sends", &sent.message, vec![("Bus", code(bus))])
    });
    let receives = service.receives.iter().flat_map(|receive| {
        let facts = delivery_facts(service, &receive.delivery);
        receive.messages.iter().map(move |message| {
            let by = ("Received by", code(&receive.id.wire));
            let facts = std::iter::once(by).chain(facts.clone()).collect();
            event(service, "receives", message, facts)
        })
    });
    let anchors = Anchors::of(service);
    ReferencePage {
        title: cell(&service.title),
        folder: service.name.wire.clone(),
        version: cell(&service.version),
        docs: paragraphs(&service.docs),
        diagram: chart::of_service(service).mermaid(),
        operations: service
            .operations
            .iter()
            .map(|one| operation(service, &anchors, one))
            .collect(),
        notes: notes(service, &anchors),
        events: sends.chain(receives).chain(changes(service)).collect(),
        types: service.types.iter().map(|def| type_view(service, def)).collect(),
    }
}

/// The tags with their operations, and the ways to prove who calls.
fn notes(service: &Service, anchors: &Anchors<'_>) -> Vec<NotesView> {
    let kinds =
        [(NoteKind::Tag, "Tags", "Tag"), (NoteKind::SecurityScheme, "Security schemes", "Scheme")];
    let sections = kinds.into_iter().map(|(kind, title, head)| {
        let rows = service.notes.iter().filter(|note| note.kind == kind).map(|note| {
            let tagged = service
                .operations
                .iter()
                .filter(|operation| kind == NoteKind::Tag && operation.tags.contains(&note.name));
            let tagged = joined(tagged.map(|operation| {
                let id = &operation.id.wire;
                link(id, &format!("#{}", anchors.get(id)))
            }));
            let tagged = (!tagged.is_empty()).then(|| format!("Operations: {tagged}."));
            (code(&note.name), sentence(&whole(&note.docs), tagged))
        });
        NotesView { title, head, rows: rows.collect() }
    });
    sections.filter(|section| !section.rows.is_empty()).collect()
}

/// The name of a place on a page: letters, digits and dashes.
pub(super) fn anchor(name: &str) -> String {
    name.chars().map(folded).collect()
}

/// A letter as anchors have it.
fn folded(c: char) -> char {
    if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }
}

/// The anchors of a service's operations, by their names. Those of which anchors fold all differences are counted.
pub(super) struct Anchors<'a>(BTreeMap<&'a str, String>);

impl<'a> Anchors<'a> {
    pub(super) fn of(service: &'a Service) -> Self {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let ids = service.operations.iter().map(|one| one.id.wire.as_str());
        let mut free = |id: &str| {
            let own = anchor(id);
            let count = counts.entry(own.clone()).or_default();
            loop {
                *count += 1;
                let found = if *count == 1 { own.clone() } else { format!("{own}-{count}") };
                if taken.insert(found.clone()) {
                    return found;
                }
            }
        };
        Self(ids.map(|id| (id, free(id))).collect())
    }

    /// The anchor of an operation.
    pub(super) fn get(&self, id: &str) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| anchor(id))
    }
}

fn yes(flag: bool) -> &'static str {
    if flag { "yes" } else { "" }
}

fn operation(service: &Service, anchors: &Anchors<'_>, operation: &Operation) -> OperationView {
    let mut examples = request_examples(service, operation);
    examples.extend(response_examples(service, operation));
    OperationView {
        title: cell(&operation.id.wire),
        anchor: anchors.get(&operation.id.wire),
        summary: summary(&operation.docs),
        route: format!("{} {}", operation.method.as_str(), operation.path.text),
        pointer: operation.origin.pointer.clone(),
        docs: paragraphs(&operation.docs)
            .into_iter()
            .chain(binding(service, operation))
            .chain(credentials(service, operation))
            .collect(),
        parameters: operation.parameters.iter().map(|one| parameter(service, one)).collect(),
        body: beside_tables(&body(service, operation)),
        examples,
        responses: operation.responses.iter().map(|one| response(service, anchors, one)).collect(),
    }
}

/// What a caller must show; nothing where the contract has no security schemes.
fn credentials(service: &Service, operation: &Operation) -> Option<String> {
    let has_schemes = service.notes.iter().any(|note| note.kind == NoteKind::SecurityScheme);
    let scheme = |(name, scopes): &(String, Vec<String>)| {
        let scopes: Vec<_> = scopes.iter().map(|scope| code(scope)).collect();
        match scopes.as_slice() {
            [] => code(name),
            [one] => format!("{} with the scope {one}", code(name)),
            all => format!("{} with the scopes {}", code(name), all.join(", ")),
        }
    };
    let ways = operation.security.iter().filter(|schemes| !schemes.is_empty());
    let ways: Vec<String> =
        ways.map(|schemes| schemes.iter().map(scheme).collect::<Vec<_>>().join(" and ")).collect();
    let is_optional = operation.security.iter().any(Vec::is_empty);
    match (ways.is_empty(), is_optional) {
        (true, _) => has_schemes.then(|| "Credentials: none.".to_owned()),
        (false, true) => Some(format!("Credentials: {}, or none.", ways.join(", or "))),
        (false, false) => Some(format!("Credentials: {}.", ways.join(", or "))),
    }
}

/// What the generated body does, where there is one.
fn binding(service: &Service, operation: &Operation) -> Option<String> {
    let binding = operation.binding.as_ref()?;
    let verb = match binding.action {
        BoundAction::Get { .. } => "gets an item from",
        BoundAction::Create { .. } => "adds an item to",
        BoundAction::BatchGet { .. } => "gets items by their keys from",
        BoundAction::Put { .. } => "stores an item in",
        BoundAction::Upsert { .. } => "creates or replaces an item in",
        BoundAction::Patch { .. } => "applies a merge patch to an item of",
        BoundAction::Update { .. } => "updates an item of",
        BoundAction::Count { .. } => "counts the items of",
        BoundAction::Replace { .. } => "replaces an item in",
        BoundAction::Delete { .. } => "deletes an item from",
        BoundAction::Query { .. } => "queries",
        BoundAction::List { .. } => "lists the items of",
    };
    let table = code(&service.table(binding.table).name.wire);
    Some(format!("The operation is generated: it {verb} the table {table}."))
}

fn parameter(service: &Service, parameter: &Parameter) -> ParameterRow {
    let location = match parameter.style {
        Style::Form(_) => "querystring",
        _ => parameter.location.as_str(),
    };
    let default =
        parameter.fallback().map(|value| format!("Default {}.", code(&value.to_string())));
    let example = parameter.example.as_ref();
    let example = example.map(|value| format!("Example {}.", code(&value.to_string())));
    let written = style::written(service, parameter).map(|text| format!("Written as {text}."));
    let more = joined_sentences([deprecated(&parameter.docs), written, default, example]);
    ParameterRow {
        name: code(&parameter.name.wire),
        location,
        ty: describe(service, &parameter.ty),
        required: yes(parameter.required),
        text: sentence(&summary(&parameter.docs), Some(more)),
    }
}

/// Text and perhaps another sentence.
fn sentence(text: &str, more: Option<String>) -> String {
    let parts = std::iter::once(text.to_owned()).chain(more);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn joined_sentences<const N: usize>(sentences: [Option<String>; N]) -> String {
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn body(service: &Service, operation: &Operation) -> String {
    let Some(body) = &operation.body else { return String::new() };
    let required = if body.required { "" } else { ", optional" };
    let kinds: Vec<_> = body.contents.iter().map(|content| held(service, content)).collect();
    sentence(&format!("The body is {}{required}.", kinds.join(", or ")), Some(whole(&body.docs)))
}

/// What a media type holds: a type as JSON, text, bytes, or a form with its parts.
fn held(service: &Service, content: &Content) -> String {
    let media_type = code(&content.media_type);
    match &content.codec {
        Codec::Json | Codec::Form(_) => {
            format!("{} as {media_type}", describe(service, &content.ty))
        }
        Codec::Text => format!("plain text as {media_type}"),
        Codec::Binary => format!("bytes as {media_type}"),
        Codec::Multipart(form) => {
            let parts = form.parts.iter().map(|part| {
                let kind = match &part.kind {
                    PartKind::File(rules) if rules.many.is_some() => "files".to_owned(),
                    PartKind::File(_) => "a file".to_owned(),
                    PartKind::Value { ty, .. } => describe(service, ty),
                };
                let optional = if part.required { "" } else { ", optional" };
                format!("{} ({kind}{optional})", code(&part.name.wire))
            });
            let parts: Vec<_> = parts.collect();
            format!("{media_type} with the parts {}", parts.join(", "))
        }
    }
}

/// The contract's own examples, or one made of the examples of the body's parts.
fn request_examples(service: &Service, operation: &Operation) -> Vec<Example> {
    let Some(body) = operation.body.as_ref().and_then(Body::json) else { return Vec::new() };
    if !body.examples.is_empty() {
        return body.examples.iter().map(|one| own_example("Request", one)).collect();
    }
    let made = example::example(service, &body.ty);
    made.iter().map(|value| example_block("Request:", value)).collect()
}

/// The contract's own examples of responses; where it has none, one that is made for the first success with a body.
fn response_examples(service: &Service, operation: &Operation) -> Vec<Example> {
    let title = |response: &Response| format!("Response {}", status(response.status));
    let own = operation.responses.iter().flat_map(|response| {
        let examples = response.json().map(|body| body.examples.as_slice()).unwrap_or_default();
        examples.iter().map(move |one| own_example(&title(response), one))
    });
    let own: Vec<_> = own.collect();
    if !own.is_empty() {
        return own;
    }
    let successes = operation.responses.iter().filter(|one| one.is_success());
    let first = successes.filter_map(|one| Some((one, one.json()?))).next();
    let made = first.and_then(|(response, body)| {
        let value = example::example(service, &body.ty)?;
        Some(example_block(&format!("{}:", title(response)), &value))
    });
    made.into_iter().collect()
}

/// An example of the contract, with what it says of it.
fn own_example(title: &str, example: &model::Example) -> Example {
    let name = code(&example.name);
    let text = beside_tables(&whole(&example.docs));
    let title = match text.as_str() {
        "" => format!("{title} {name}:"),
        text => format!("{title} {name}: {text}"),
    };
    example_block(&title, &example.value)
}

fn example_block(title: &str, value: &Value) -> Example {
    Example { title: title.to_owned(), json: format!("{value:#}") }
}

fn status(status: Status) -> String {
    match status {
        Status::Default => "any other".to_owned(),
        status => status.to_string(),
    }
}

fn response(service: &Service, anchors: &Anchors<'_>, response: &Response) -> ResponseRow {
    let body = match response.contents.as_slice() {
        [only] if only.media_type == "application/json" => describe(service, &only.ty),
        all => all.iter().map(|one| held(service, one)).collect::<Vec<_>>().join(", or "),
    };
    let headers = response.headers.iter().map(|header| {
        let text = whole(&header.docs);
        let text = if text.is_empty() { describe(service, &header.ty) } else { text };
        let example = header.example.as_ref();
        let example = example.map(|value| format!("Example {}.", code(&value.to_string())));
        let required = if header.required { " (required)" } else { "" };
        sentence(&format!("{}{required}: {text}", code(&header.name.wire)), example)
    });
    let links = response.links.iter().map(|one| {
        let target = format!("#{}", anchors.get(&one.operation_id));
        let by = format!("{} by {}", code(&one.name), link(&one.operation_id, &target));
        match whole(&one.docs).as_str() {
            "" => by,
            text => format!("{by} ({})", text.trim_end_matches('.')),
        }
    });
    let headers: Vec<_> = headers.collect();
    let links = joined(links);
    let links = (!links.is_empty()).then(|| format!("Links to {links}."));
    let text = sentence(&whole(&response.docs), Some(headers.join(" ")));
    ResponseRow { status: status(response.status), body, text: sentence(&text, links) }
}

fn event(
    service: &Service,
    verb: &'static str,
    message: &Message,
    more: Vec<(&'static str, String)>,
) -> EventView {
    let version = message.version.map(|version| ("Version", version.to_string()));
    let facts = [
        ("Source", message.source.as_deref().map_or_else(|| "any".to_owned(), code)),
        ("Detail type", code(&message.detail_type)),
        ("Detail", type_link(service, message.payload)),
    ];
    let detail = example::example_of(service, service.type_def(message.payload));
    let envelope = detail.map(|detail| {
        let envelope = json!({
            "source": message.source,
            "detail-type": message.detail_type,
            "detail": detail,
        });
        example_block("As an EventBridge event:", &envelope)
    });
    EventView {
        title: format!(
            "{} {}",
            if verb == "sends" { "Sends" } else { "Receives" },
            cell(&message.name.wire)
        ),
        anchor: event_anchor(verb, message),
        direction: if verb == "sends" { "Sent" } else { "Received" },
        pointer: message.origin.pointer.clone(),
        docs: paragraphs(&message.docs),
        facts: facts.into_iter().chain(version).chain(more).collect(),
        examples: envelope.into_iter().collect(),
    }
}

/// The changes of tables that a service receives.
fn changes(service: &Service) -> impl Iterator<Item = EventView> {
    service.receives.iter().filter_map(|receive| {
        let table = service.table(receive.delivery.stream()?.table);
        let item = type_link(service, table.item);
        let facts = [("Item", item), ("Received by", code(&receive.id.wire))].into_iter();
        Some(EventView {
            title: format!("Receives changes of {}", cell(&table.name.wire)),
            anchor: changes_anchor(receive),
            direction: "Received",
            pointer: receive.origin.pointer.clone(),
            docs: paragraphs(&receive.docs),
            facts: facts.chain(delivery_facts(service, &receive.delivery)).collect(),
            examples: vec![],
        })
    })
}

/// The place of the changes that an operation receives.
pub(super) fn changes_anchor(receive: &Receive) -> String {
    format!("changes-{}", anchor(&receive.id.wire))
}

fn delivery_facts(service: &Service, delivery: &Delivery) -> Vec<(&'static str, String)> {
    match delivery {
        Delivery::Queue(delivery) => vec![
            ("Rule", code(&delivery.rule.name.wire)),
            trigger_fact(&delivery.rule),
            ("Queue", code(&delivery.queue.name.wire)),
            ("Batch", format!("at most {} events", delivery.source.batch_size)),
        ],
        Delivery::Direct(delivery) => vec![
            ("Rule", code(&delivery.rule.name.wire)),
            trigger_fact(&delivery.rule),
            ("Attempts", (delivery.maximum_retry_attempts + 1).to_string()),
        ],
        Delivery::Stream(delivery) => {
            let attempts = delivery.maximum_retry_attempts;
            let attempts =
                attempts.map_or_else(|| "until it expires".into(), |n| (n + 1).to_string());
            vec![
                ("Stream of", code(&service.table(delivery.table).name.wire)),
                ("Batch", format!("at most {} changes", delivery.batch_size)),
                ("Attempts", attempts),
            ]
        }
    }
}

fn trigger_fact(rule: &EventRule) -> (&'static str, String) {
    match &rule.trigger {
        RuleTrigger::Pattern(pattern) => ("Pattern", code(&pattern.to_string())),
        RuleTrigger::Schedule(schedule) => ("Schedule", code(&schedule.expression)),
    }
}

fn type_view(service: &Service, def: &TypeDef) -> TypeView {
    let fields = match &def.kind {
        TypeKind::Struct(object) => object.fields.as_slice(),
        _ => &[],
    };
    let row = |field: &crate::model::Field| {
        let default =
            field.fallback().map(|value| format!("Default {}.", code(&value.to_string())));
        let sensitive = field.sensitive.then(|| "Sensitive.".to_owned());
        let more = joined_sentences([deprecated(&field.docs), default, sensitive]);
        FieldRow {
            name: code(&field.name.wire),
            ty: describe(service, &field.ty),
            required: yes(field.required),
            text: sentence(&summary(&field.docs), Some(more)),
        }
    };
    let value = example::example_of(service, def);
    TypeView {
        title: cell(&def.name.wire),
        anchor: type_anchor(&def.name.wire),
        shape: beside_tables(&shape(service, def)),
        docs: paragraphs(&def.docs),
        fields: fields.iter().map(row).collect(),
        examples: value.iter().map(|value| example_block("", value)).collect(),
    }
}
