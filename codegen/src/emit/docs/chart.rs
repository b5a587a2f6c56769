//! What a diagram shows: the parts of a system, of one service, or the events between services, and what leads from one
//! to another. How it is drawn is up to `diagram` (text) and `picture` (SVG).

use std::collections::{BTreeMap, BTreeSet};

use super::architecture::{is_delivered, received, sent, title};
use crate::model::{Delivery, Destination, EventRule, Function, Queue, Service, System, Trigger};

/// What a node is, and so how it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Clients,
    Api,
    Service,
    Bus,
    Function,
    Table,
    Queue,
    Schedule,
}

/// A part of the system.
#[derive(Debug)]
pub(super) struct Node {
    /// Letters, digits and underscores.
    pub(super) id: String,
    pub(super) shape: Shape,
    pub(super) label: String,
    /// The service that it belongs to: an index into the groups.
    pub(super) group: Option<usize>,
}

/// A service around its parts.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) id: String,
    pub(super) label: String,
}

/// What leads from one node to another, by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) from: String,
    pub(super) to: String,
    /// May have several lines.
    pub(super) label: String,
    /// Data access and failed events, not requests and events.
    pub(super) dotted: bool,
}

/// Nodes and edges, each in the order in which it was met.
#[derive(Debug, Default)]
pub(super) struct Chart {
    pub(super) nodes: Vec<Node>,
    pub(super) groups: Vec<Group>,
    pub(super) edges: Vec<Edge>,
}

/// The whole system.
pub(super) fn of_system(system: &System) -> Chart {
    let buses: Vec<_> = system.buses.iter().map(|bus| bus.name.wire.as_str()).collect();
    let services: Vec<_> = system.services.iter().collect();
    Chart::default().of(&services, &buses)
}

/// One service, with the API and the buses that it uses.
pub(super) fn of_service(service: &Service) -> Chart {
    let sent = service.functions.iter().flat_map(|one| &one.publishes).map(|index| {
        let Destination::Bus(bus) = &service.sends[*index].destination;
        bus.as_str()
    });
    let rules = service.receives.iter().filter_map(|receive| receive.delivery.rule());
    let received = rules.filter(|rule| rule.schedule().is_none()).map(|rule| rule.bus.as_str());
    let buses: BTreeSet<&str> = sent.chain(received).collect();
    Chart::default().of(&[service], &buses.into_iter().collect::<Vec<_>>())
}

/// Which service sends which event to which; none where no service sends to another.
pub(super) fn of_events(system: &System) -> Option<Chart> {
    let mut events: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let mut chart = Chart::default();
    let node = |service: &Service| id("service", &service.name.wire);
    for (sender, sent) in sent(system) {
        for (receiver, _, _) in received(system).filter(|one| is_delivered(sent, one)) {
            let names = events.entry((node(sender), node(receiver))).or_default();
            names.push(title(&sent.message));
        }
    }
    for service in &system.services {
        let own = node(service);
        if events.keys().any(|(from, to)| *from == own || *to == own) {
            chart.node(&own, Shape::Service, &service.title, None);
        }
    }
    for ((from, to), mut names) in events {
        names.dedup();
        chart.edge(&from, &to, &names.join("\n"));
    }
    (!chart.edges.is_empty()).then_some(chart)
}

impl Chart {
    /// The chart of some services and buses.
    fn of(mut self, services: &[&Service], buses: &[&str]) -> Self {
        if services.iter().any(|service| !service.operations.is_empty()) {
            self.node("client", Shape::Clients, "Clients", None);
            self.node("api", Shape::Api, "REST API", None);
            self.edge("client", "api", "");
        }
        for bus in buses {
            self.node(&bus_id(bus), Shape::Bus, bus, None);
        }
        for service in services {
            self.service(service);
        }
        self
    }

    fn service(&mut self, service: &Service) {
        let group = Some(self.groups.len());
        let id = id("service", &service.name.wire);
        self.groups.push(Group { id, label: service.title.clone() });
        for function in &service.functions {
            self.node(&function_id(function), Shape::Function, &function.name.wire, group);
        }
        for table in &service.tables {
            let id = table_id(service, table.name.wire.as_str());
            self.node(&id, Shape::Table, &table.name.wire, group);
        }
        for receive in &service.receives {
            self.deliver(service, &receive.delivery, &service.functions[receive.function]);
        }
        for function in &service.functions {
            self.uses(service, function);
        }
    }

    /// What a function is called for and what it touches.
    fn uses(&mut self, service: &Service, function: &Function) {
        let from = function_id(function);
        if function.trigger == Trigger::Api {
            self.edge("api", &from, &routes(service));
        }
        for access in &function.access {
            let table = service.table(access.table);
            let mut verbs: Vec<_> = access.actions.iter().map(|one| one.name()).collect();
            if !access.indexes.is_empty() && !verbs.contains(&"query") {
                verbs.push("query");
            }
            self.dotted(&from, &table_id(service, &table.name.wire), &verbs.join(" "));
        }
        for index in &function.publishes {
            let sent = &service.sends[*index];
            let Destination::Bus(bus) = &sent.destination;
            self.edge(&from, &bus_id(bus), &sent.message.name.wire);
        }
    }

    /// The way of an event from the bus to the function.
    fn deliver(&mut self, service: &Service, delivery: &Delivery, function: &Function) {
        let to = function_id(function);
        match delivery {
            Delivery::Queue(delivery) => {
                let queue = self.queue(&delivery.queue);
                self.rule(&delivery.rule, &queue);
                self.edge(&queue, &to, &format!("batches of {}", delivery.source.batch_size));
                if let Some(dead_letter) = &delivery.dead_letter {
                    let dead_letter = self.queue(dead_letter);
                    let label = format!("after {} attempts", delivery.max_receive_count);
                    self.dotted(&queue, &dead_letter, &label);
                }
            }
            Delivery::Direct(delivery) => {
                self.rule(&delivery.rule, &to);
                if let Some(queue) = &delivery.on_failure {
                    let queue = self.queue(queue);
                    let label = format!("after {} attempts", delivery.maximum_retry_attempts + 1);
                    self.dotted(&to, &queue, &label);
                }
            }
            Delivery::Stream(delivery) => {
                let table = table_id(service, &service.table(delivery.table).name.wire);
                self.edge(&table, &to, "changes");
                if let Some(queue) = &delivery.on_failure {
                    let queue = self.queue(queue);
                    self.dotted(&to, &queue, "given up");
                }
            }
        }
    }

    fn rule(&mut self, rule: &EventRule, to: &str) {
        let bus = match rule.schedule() {
            Some(schedule) => {
                let id = id("schedule", &rule.name.wire);
                self.node(&id, Shape::Schedule, &schedule.expression, self.last_group());
                id
            }
            None => bus_id(&rule.bus),
        };
        self.edge(&bus, to, &rule.name.wire);
        if let Some(queue) = &rule.dead_letter {
            let queue = self.queue(queue);
            self.dotted(&bus, &queue, "undelivered");
        }
    }

    /// The node of a queue, made when this is its first use.
    fn queue(&mut self, queue: &Queue) -> String {
        let id = id("queue", &queue.name.wire);
        self.node(&id, Shape::Queue, &queue.name.wire, self.last_group());
        id
    }

    /// The service whose parts are being added.
    fn last_group(&self) -> Option<usize> {
        self.groups.len().checked_sub(1)
    }

    /// Adds a node; several types of items may have one table.
    fn node(&mut self, id: &str, shape: Shape, label: &str, group: Option<usize>) {
        if self.nodes.iter().any(|node| node.id == id) {
            return;
        }
        self.nodes.push(Node { id: id.to_owned(), shape, label: label.to_owned(), group });
    }

    fn edge(&mut self, from: &str, to: &str, label: &str) {
        self.line(from, to, label, false);
    }

    fn dotted(&mut self, from: &str, to: &str, label: &str) {
        self.line(from, to, label, true);
    }

    fn line(&mut self, from: &str, to: &str, label: &str, dotted: bool) {
        let [from, to, label] = [from, to, label].map(str::to_owned);
        let edge = Edge { from, to, label, dotted };
        // Two rules with one dead-letter queue would draw the same line twice.
        if !self.edges.contains(&edge) {
            self.edges.push(edge);
        }
    }
}

/// The methods of each path, a line for each.
fn routes(service: &Service) -> String {
    let mut paths: Vec<(&str, Vec<&str>)> = Vec::new();
    for operation in &service.operations {
        let path = operation.path.text.as_str();
        match paths.iter_mut().find(|(known, _)| *known == path) {
            Some((_, methods)) => methods.push(operation.method.as_str()),
            None => paths.push((path, vec![operation.method.as_str()])),
        }
    }
    let line = |(path, methods): &(&str, Vec<&str>)| format!("{} {path}", methods.join(" "));
    paths.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn function_id(function: &Function) -> String {
    id("function", &function.name.wire)
}

fn table_id(service: &Service, table: &str) -> String {
    id("table", &format!("{} {table}", service.name.wire))
}

fn bus_id(bus: &str) -> String {
    id("bus", bus)
}

/// A node id: letters, digits and underscores, starting with what the node is, so that no id is a word of Mermaid's.
fn id(kind: &str, name: &str) -> String {
    let plain = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    format!("{kind}_{}", plain.collect::<String>())
}
