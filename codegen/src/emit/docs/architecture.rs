//! The architecture page: the system in one picture and a table for each kind of part.

use askama::Template;

use super::chart::{self, Chart};
use super::markdown::{code, duration, joined, link, summary};
use super::reference::{Anchors, anchor, changes_anchor};
use super::types::type_anchor;
use crate::model::{
    Delivery, Destination, Existing, Function, KeySchema, Message, Queue, Receive, SentMessage,
    Service, System, Table, Trigger,
};

/// The page.
#[derive(Template)]
#[template(path = "docs/architecture.md")]
pub(super) struct ArchitecturePage {
    summary: String,
    legend: &'static str,
    diagram: String,
    routes: Vec<Route>,
    events: Vec<Event>,
    queues: Vec<QueueRow>,
    tables: Vec<TableRow>,
    functions: Vec<FunctionRow>,
}

struct Route {
    method: &'static str,
    path: String,
    operation: String,
    function: String,
    summary: String,
}

struct Event {
    event: String,
    sender: String,
    bus: String,
    rule: String,
    delivery: String,
    receiver: String,
}

struct QueueRow {
    name: String,
    content: String,
    visibility: String,
    retention: String,
    dead_letters: String,
}

struct TableRow {
    name: String,
    owner: String,
    key: String,
    indexes: String,
    item: String,
}

struct FunctionRow {
    name: String,
    trigger: String,
    memory: String,
    timeout: String,
    grants: String,
}

/// The page of a system.
pub(super) fn page(system: &System) -> ArchitecturePage {
    let (legend, chart) = overall(system);
    ArchitecturePage {
        summary: overview(system),
        legend,
        diagram: chart.mermaid(),
        routes: system.services.iter().flat_map(routes).collect(),
        events: events(system),
        queues: queues(system),
        tables: system
            .services
            .iter()
            .flat_map(|service| service.tables.iter().map(|table| table_row(service, table)))
            .collect(),
        functions: system
            .services
            .iter()
            .flat_map(|service| service.functions.iter().map(|one| function_row(service, one)))
            .collect(),
    }
}

fn overview(system: &System) -> String {
    let services = system.services.iter().map(|service| {
        let name = link(&service.title, &format!("reference/{}.md", service.name.wire));
        format!("- {name}: {}", summary(&service.docs))
    });
    services.collect::<Vec<_>>().join("\n")
}

/// A link to a place on a service's page.
fn on_page(service: &Service, text: &str, anchor: &str) -> String {
    link(text, &format!("reference/{}.md#{anchor}", service.name.wire))
}

fn routes(service: &Service) -> Vec<Route> {
    let function = service.functions.iter().find(|one| one.trigger == Trigger::Api);
    let function = function.map_or_else(String::new, |one| code(&one.name.wire));
    let anchors = Anchors::of(service);
    let route = |operation: &crate::model::Operation| Route {
        method: operation.method.as_str(),
        path: code(&operation.path.text),
        operation: on_page(service, &operation.id.wire, &anchors.get(&operation.id.wire)),
        function: function.clone(),
        summary: summary(&operation.docs),
    };
    service.operations.iter().map(route).collect()
}

/// How many services one legible diagram shows.
const MAX_SERVICES: usize = 5;

/// The diagram and what it shows: everything, or for many services only the events between them.
pub(super) fn overall(system: &System) -> (&'static str, Chart) {
    let many = system.services.len() > MAX_SERVICES;
    match chart::of_events(system).filter(|_| many) {
        Some(events) => (
            "The events that services send to each other. The reference page of each service has a diagram of its \
             functions, tables and queues.",
            events,
        ),
        None => (
            "Solid lines are requests and events. Dotted lines are data access and failed events.",
            chart::of_system(system),
        ),
    }
}

/// Whether two contracts mean the same message.
fn same(a: &Message, b: &Message) -> bool {
    (&a.source, &a.detail_type, a.version) == (&b.source, &b.detail_type, b.version)
}

/// A message's name, with its version where it has one.
pub(super) fn title(message: &Message) -> String {
    let version = message.version.map_or_else(String::new, |version| format!(" v{version}"));
    format!("{}{version}", message.name.wire)
}

/// One row for each receiver of each message, and one for a message that nobody receives or sends.
fn events(system: &System) -> Vec<Event> {
    let mut rows = Vec::new();
    for (sender, sent) in sent(system) {
        let Destination::Bus(bus) = &sent.destination;
        let mut heard = false;
        for (service, receive, _) in received(system).filter(|one| is_delivered(sent, one)) {
            heard = true;
            rows.extend(row(Some((sender, &sent.message)), service, receive, &sent.message));
        }
        if !heard {
            rows.push(Event {
                event: on_page(
                    sender,
                    &title(&sent.message),
                    &event_anchor("sends", &sent.message),
                ),
                sender: code(&sender.name.wire),
                bus: code(bus),
                rule: String::new(),
                delivery: "no receiver in these contracts".into(),
                receiver: String::new(),
            });
        }
    }
    for one in received(system) {
        if !sent(system).any(|(_, sent)| is_delivered(sent, &one)) {
            rows.extend(row(None, one.0, one.1, one.2));
        }
    }
    for service in &system.services {
        rows.extend(service.receives.iter().filter_map(|receive| changes(service, receive)));
    }
    rows
}

/// The row of the changes of a table.
fn changes(service: &Service, receive: &Receive) -> Option<Event> {
    let table = service.table(receive.delivery.stream()?.table);
    let text = format!("changes of {}", table.name.wire);
    Some(Event {
        event: on_page(service, &text, &changes_anchor(receive)),
        sender: format!("the table {}", code(&table.name.wire)),
        bus: String::new(),
        rule: String::new(),
        delivery: "through the table's stream".into(),
        receiver: code(&service.functions[receive.function].name.wire),
    })
}

/// What services send, each with the service.
pub(super) fn sent(system: &System) -> impl Iterator<Item = (&Service, &SentMessage)> {
    system.services.iter().flat_map(|service| service.sends.iter().map(move |sent| (service, sent)))
}

/// A message that an operation of a service receives.
type Received<'s> = (&'s Service, &'s Receive, &'s Message);

/// What services receive.
pub(super) fn received(system: &System) -> impl Iterator<Item = Received<'_>> {
    let receives = system
        .services
        .iter()
        .flat_map(|service| service.receives.iter().map(move |receive| (service, receive)));
    receives.flat_map(|(service, receive)| {
        receive.messages.iter().map(move |message| (service, receive, message))
    })
}

/// Whether what is sent reaches who receives it.
pub(super) fn is_delivered(sent: &SentMessage, (_, receive, message): &Received<'_>) -> bool {
    let Destination::Bus(bus) = &sent.destination;
    let rule = receive.delivery.rule();
    same(message, &sent.message) && rule.is_some_and(|rule| rule.bus == *bus)
}

/// The place of an event on its service's page.
pub(super) fn event_anchor(verb: &str, message: &Message) -> String {
    format!("{verb}-{}", anchor(&title(message)))
}

fn row(
    sender: Option<(&Service, &Message)>,
    service: &Service,
    receive: &Receive,
    message: &Message,
) -> Option<Event> {
    let rule = receive.delivery.rule()?;
    let delivery = match &receive.delivery {
        Delivery::Queue(delivery) => format!("through {}", code(&delivery.queue.name.wire)),
        Delivery::Direct(_) => "direct".into(),
        Delivery::Stream(_) => return None,
    };
    let event = match sender {
        Some((sender, sent)) => on_page(sender, &title(sent), &event_anchor("sends", sent)),
        None => on_page(service, &title(message), &event_anchor("receives", message)),
    };
    Some(Event {
        event,
        sender: match (sender, rule.schedule()) {
            (Some((one, _)), _) => code(&one.name.wire),
            (None, Some(schedule)) => format!("the schedule {}", code(&schedule.expression)),
            (None, None) => "another system".into(),
        },
        bus: code(&rule.bus),
        rule: code(&rule.name.wire),
        delivery,
        receiver: code(&service.functions[receive.function].name.wire),
    })
}

/// Each queue once, in order of first use.
fn queues(system: &System) -> Vec<QueueRow> {
    let mut rows = Vec::new();
    for receive in system.services.iter().flat_map(|service| &service.receives) {
        let mut add = |queue: &'_ Queue, content: &str, dead_letters: String| {
            if !rows.iter().any(|row: &QueueRow| row.name == code(&queue.name.wire)) {
                rows.push(queue_row(queue, content, dead_letters));
            }
        };
        match &receive.delivery {
            Delivery::Queue(delivery) => {
                let dead_letters =
                    delivery.dead_letter.as_ref().map_or_else(String::new, |queue| {
                        let attempts = delivery.max_receive_count;
                        format!("{} after {attempts} receives", code(&queue.name.wire))
                    });
                add(&delivery.queue, "events to process", dead_letters);
                if let Some(queue) = &delivery.dead_letter {
                    add(queue, "events that failed", String::new());
                }
            }
            Delivery::Direct(delivery) => {
                if let Some(queue) = &delivery.on_failure {
                    add(queue, "events that failed", String::new());
                }
            }
            Delivery::Stream(delivery) => {
                if let Some(queue) = &delivery.on_failure {
                    add(queue, "changes that were given up", String::new());
                }
            }
        }
        if let Some(queue) = receive.delivery.rule().and_then(|rule| rule.dead_letter.as_ref()) {
            add(queue, "events that could not be delivered", String::new());
        }
    }
    rows
}

fn queue_row(queue: &Queue, content: &str, dead_letters: String) -> QueueRow {
    let fifo = if queue.fifo.is_some() { ", in order" } else { "" };
    QueueRow {
        name: code(&queue.name.wire),
        content: format!("{content}{fifo}"),
        visibility: duration(queue.visibility_timeout_seconds),
        retention: duration(queue.retention_seconds),
        dead_letters,
    }
}

fn key(key: &KeySchema) -> String {
    let parts = key.parts().map(|part| match &part.around {
        Some((before, behind)) => {
            code(&format!("{}={before}{{{}}}{behind}", part.stored, part.name.wire))
        }
        None => code(&part.stored),
    });
    let fixed = key.fixed_sort.iter().map(|key| code(&format!("{}={}", key.attribute, key.text)));
    joined(parts.chain(fixed))
}

/// Where a table is, if the stack does not make it.
fn place(table: &Table) -> String {
    match &table.existing {
        None => String::new(),
        Some(Existing::Named) => ", there already".to_owned(),
        Some(Existing::Arn(arn)) => format!(", there already: {}", code(arn)),
        Some(Existing::Import(export)) => format!(", imported from {}", code(export)),
    }
}

fn table_row(service: &Service, table: &Table) -> TableRow {
    let indexes = table.indexes.iter().map(|index| {
        let local = if index.local { ", local" } else { "" };
        format!("{} ({}{local})", code(&index.name.wire), key(&index.key))
    });
    let item = &service.type_def(table.item).name.wire;
    TableRow {
        name: format!("{}{}", code(&table.name.wire), place(table)),
        owner: code(&service.name.wire),
        key: key(&table.key),
        indexes: joined(indexes),
        item: on_page(service, item, &type_anchor(item)),
    }
}

fn function_row(service: &Service, function: &Function) -> FunctionRow {
    let settings = &function.settings;
    let trigger = match function.trigger {
        Trigger::Api => "the API".to_owned(),
        Trigger::Receive(index) => match &service.receives[index].delivery {
            Delivery::Queue(delivery) => code(&delivery.queue.name.wire),
            Delivery::Direct(delivery) => code(&delivery.rule.name.wire),
            Delivery::Stream(delivery) => {
                format!("changes of {}", code(&service.table(delivery.table).name.wire))
            }
        },
    };
    FunctionRow {
        name: code(&function.name.wire),
        trigger,
        memory: format!("{} MiB", settings.memory_mib),
        timeout: duration(settings.timeout_seconds),
        grants: grants(service, function),
    }
}

/// What the function's role allows, in words.
fn grants(service: &Service, function: &Function) -> String {
    let tables = function.access.iter().flat_map(|access| {
        let table = service.table(access.table);
        let verbs: Vec<_> = access.actions.iter().map(|one| one.name()).collect();
        let own = (!verbs.is_empty())
            .then(|| format!("{}: {}", code(&table.name.wire), verbs.join(", ")));
        let indexes = access.indexes.iter().map(|index| {
            let name = format!("{}/{}", table.name.wire, table.indexes[*index].name.wire);
            format!("{}: query", code(&name))
        });
        own.into_iter().chain(indexes)
    });
    let mut buses: Vec<&str> = Vec::new();
    for index in &function.publishes {
        let Destination::Bus(bus) = &service.sends[*index].destination;
        if !buses.contains(&bus.as_str()) {
            buses.push(bus);
        }
    }
    let buses = buses.into_iter().map(|bus| format!("{}: put events", code(bus)));
    tables.chain(buses).collect::<Vec<_>>().join("<br>")
}
