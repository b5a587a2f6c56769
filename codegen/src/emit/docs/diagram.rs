//! Diagrams of the system, of one service, and of the events between services: flowcharts in Mermaid or DOT.

use std::collections::{BTreeMap, BTreeSet};

use super::architecture::{is_delivered, received, sent, title};
use crate::model::{
    Delivery, Destination, Function, Queue, Rule, Service, System, TableAction, Trigger,
};

/// The language of a diagram.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// Mermaid, which GitHub and many editors draw.
    #[default]
    Mermaid,
    /// DOT, for Graphviz.
    Dot,
}

/// What a node is, and so how it is drawn.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Clients,
    Api,
    Bus,
    Function,
    Table,
    Queue,
    Schedule,
}

impl Shape {
    /// What stands before and behind the label in Mermaid.
    fn brackets(self) -> (&'static str, &'static str) {
        match self {
            Self::Clients => ("([", "])"),
            Self::Api => ("[", "]"),
            Self::Bus => ("{{", "}}"),
            Self::Function => ("[[", "]]"),
            Self::Table => ("[(", ")]"),
            Self::Queue => ("[/", "/]"),
            Self::Schedule => ("((", "))"),
        }
    }

    /// The shape's name in DOT.
    fn name(self) -> &'static str {
        match self {
            Self::Clients => "ellipse",
            Self::Api => "box",
            Self::Bus => "hexagon",
            Self::Function => "component",
            Self::Table => "cylinder",
            Self::Queue => "parallelogram",
            Self::Schedule => "circle",
        }
    }
}

/// A flowchart in the making: nodes and subgraphs first, then edges.
#[derive(Debug, Default)]
struct Chart {
    language: Language,
    nodes: String,
    edges: String,
    queues: Vec<String>,
}

/// The whole system, from left to right.
pub(crate) fn flowchart(system: &System, language: Language) -> String {
    let buses: Vec<_> = system.buses.iter().map(|bus| bus.name.wire.as_str()).collect();
    let services: Vec<_> = system.services.iter().collect();
    Chart { language, ..Chart::default() }.of(&services, &buses)
}

/// One service, with the API and the buses that it uses.
pub(super) fn of_service(service: &Service) -> String {
    let sent = service.functions.iter().flat_map(|one| &one.publishes).map(|index| {
        let Destination::Bus(bus) = &service.sends[*index].destination;
        bus.as_str()
    });
    let rules = service.receives.iter().map(|receive| receive.delivery.rule());
    let received = rules.filter(|rule| rule.schedule().is_none()).map(|rule| rule.bus.as_str());
    let buses: BTreeSet<&str> = sent.chain(received).collect();
    Chart::default().of(&[service], &buses.into_iter().collect::<Vec<_>>())
}

/// Which service sends which event to which; none where no service sends to another.
pub(super) fn of_events(system: &System) -> Option<String> {
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
            chart.node(&own, Shape::Api, &service.title, 2);
        }
    }
    for ((from, to), mut names) in events {
        names.dedup();
        chart.edge(&from, &to, &names.join("\n"));
    }
    (!chart.edges.is_empty()).then(|| chart.text())
}

impl Chart {
    /// The chart of some services and buses.
    fn of(mut self, services: &[&Service], buses: &[&str]) -> String {
        if services.iter().any(|service| !service.operations.is_empty()) {
            self.node("client", Shape::Clients, "Clients", 2);
            self.node("api", Shape::Api, "REST API", 2);
            self.edge("client", "api", "");
        }
        for bus in buses {
            self.node(&bus_id(bus), Shape::Bus, bus, 2);
        }
        for service in services {
            self.service(service);
        }
        self.text()
    }

    fn text(&self) -> String {
        let Self { nodes, edges, .. } = self;
        match self.language {
            Language::Mermaid => format!("flowchart LR\n{nodes}{edges}"),
            Language::Dot => format!("digraph system {{\n  rankdir=LR;\n{nodes}{edges}}}\n"),
        }
    }

    fn service(&mut self, service: &Service) {
        let id = id("service", &service.name.wire);
        let head = match self.language {
            Language::Mermaid => format!("  subgraph {id}[\"{}\"]\n", text(&service.title)),
            Language::Dot => {
                format!("  subgraph cluster_{id} {{\n    label={};\n", quoted(&service.title))
            }
        };
        self.nodes.push_str(&head);
        for function in &service.functions {
            self.node(&function_id(function), Shape::Function, &function.name.wire, 4);
        }
        for table in &service.tables {
            let id = table_id(service, table.name.wire.as_str());
            self.node(&id, Shape::Table, &table.name.wire, 4);
        }
        for receive in &service.receives {
            self.deliver(&receive.delivery, &service.functions[receive.function]);
        }
        self.nodes.push_str(match self.language {
            Language::Mermaid => "  end\n",
            Language::Dot => "  }\n",
        });
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
            let mut verbs: Vec<_> = access.actions.iter().map(|one| verb(*one)).collect();
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
    fn deliver(&mut self, delivery: &Delivery, function: &Function) {
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
        }
    }

    fn rule(&mut self, rule: &Rule, to: &str) {
        let bus = match rule.schedule() {
            Some(schedule) => {
                let id = id("schedule", &rule.name.wire);
                self.node(&id, Shape::Schedule, &schedule.expression, 4);
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
        if !self.queues.contains(&id) {
            self.node(&id, Shape::Queue, &queue.name.wire, 4);
            self.queues.push(id.clone());
        }
        id
    }

    fn node(&mut self, id: &str, shape: Shape, label: &str, indent: usize) {
        let node = match self.language {
            Language::Mermaid => {
                let (open, close) = shape.brackets();
                format!("{id}{open}\"{}\"{close}", text(label))
            }
            Language::Dot => format!("{id} [shape={}, label={}];", shape.name(), quoted(label)),
        };
        self.nodes.push_str(&format!("{:indent$}{node}\n", ""));
    }

    fn edge(&mut self, from: &str, to: &str, label: &str) {
        self.line(from, "-->", "solid", to, label);
    }

    fn dotted(&mut self, from: &str, to: &str, label: &str) {
        self.line(from, "-.->", "dashed", to, label);
    }

    fn line(&mut self, from: &str, arrow: &str, style: &str, to: &str, label: &str) {
        let line = match self.language {
            Language::Mermaid if label.is_empty() => format!("  {from} {arrow} {to}\n"),
            Language::Mermaid => format!("  {from} {arrow}|\"{}\"| {to}\n", lines(label)),
            Language::Dot => {
                format!("  {from} -> {to} [style={style}, label={}];\n", quoted(label))
            }
        };
        // Two rules with one dead-letter queue would draw the same line twice.
        if !self.edges.contains(&line) {
            self.edges.push_str(&line);
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

/// A contract's action in a word.
pub(super) fn verb(action: TableAction) -> &'static str {
    match action {
        TableAction::Get => "get",
        TableAction::Put => "put",
        TableAction::Update => "update",
        TableAction::Delete => "delete",
        TableAction::Query => "query",
        TableAction::Scan => "scan",
        TableAction::BatchGet => "batchGet",
        TableAction::BatchWrite => "batchWrite",
    }
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

/// Text inside quotes, with what Mermaid would act on written as entities.
fn text(label: &str) -> String {
    let mut out = String::new();
    for c in label.chars() {
        match c {
            '"' => out.push_str("#quot;"),
            '#' => out.push_str("#35;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '`' => out.push_str("#96;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Text of several lines.
fn lines(label: &str) -> String {
    label.lines().map(text).collect::<Vec<_>>().join("<br>")
}

/// A text as DOT quotes it.
fn quoted(label: &str) -> String {
    let escape = |c: char| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        c if c.is_control() => " ".to_owned(),
        c => c.to_string(),
    };
    format!("\"{}\"", label.chars().map(escape).collect::<String>())
}
