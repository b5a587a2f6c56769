//! What stands and how it is connected: parts and arrows between them, each with its figures.
//!
//! Owns one function for each kind of part. An arrow leads from the id of a part to that of another.

use std::sync::PoisonError;

use serde_json::{Value, json};

use crate::aws::Endpoint;
use crate::template::{Called, Function, Integration, Mapped, Pipe, Plan};

/// The parts and arrows so far.
#[derive(Default)]
struct Drawn {
    parts: Vec<Value>,
    arrows: Vec<Value>,
}

impl Drawn {
    fn arrow(&mut self, from: &str, to: &str, label: &str) {
        let arrow = json!({ "from": from, "to": to, "label": label });
        if !self.arrows.contains(&arrow) {
            self.arrows.push(arrow);
        }
    }

    /// An arrow to what an ARN names. A log group is drawn where something is written to it.
    fn arrow_to(&mut self, from: &str, arn: &str, label: &str) {
        let to = part_of_arn(arn);
        if let Some(name) = to.strip_prefix("log ") {
            self.log_group(name);
        }
        self.arrow(from, &to, label);
    }

    fn log_group(&mut self, name: &str) {
        let id = format!("log {name}");
        if !self.parts.iter().any(|part| part["id"] == id.as_str()) {
            self.parts.push(json!({ "id": id, "kind": "log", "name": name }));
        }
    }
}

impl Endpoint {
    /// The system as it is now.
    pub(super) fn system(&self) -> Value {
        let plan = self.plan.read().unwrap_or_else(PoisonError::into_inner);
        let mut drawn = Drawn::default();
        apis(&plan, &mut drawn);
        self.functions(&plan, &mut drawn);
        self.buses(&plan, &mut drawn);
        topics(&plan, &mut drawn);
        self.queues(&plan, &mut drawn);
        tables(&plan, &mut drawn);
        pollers(&plan, &mut drawn);
        let stats = self.buses.stats();
        json!({
            "stack": plan.stacks.first().map(|stack| &stack.name),
            "parts": drawn.parts,
            "arrows": drawn.arrows,
            "buses": {
                "taken": stats.taken, "delivered": stats.delivered, "retried": stats.retried,
                "deadLettered": stats.dead_lettered, "dropped": stats.dropped, "unrouted": stats.unrouted,
                "underWay": stats.under_way,
            },
            "journal": self.journal.is_kept(),
        })
    }

    fn functions(&self, plan: &Plan, drawn: &mut Drawn) {
        for (name, metrics) in self.functions.metrics() {
            let id = format!("function {name}");
            let declared = plan.functions.iter().find(|one| one.name == name);
            if let Some(declared) = declared {
                told_in_environment(plan, declared, &id, drawn);
            }
            drawn.parts.push(json!({
                "id": id, "kind": "function", "name": name, "figures": metrics,
                "logicalId": declared.map(|declared| &declared.id),
            }));
        }
    }

    fn buses(&self, plan: &Plan, drawn: &mut Drawn) {
        let state = self.buses.state();
        let is_target = |name: &str| {
            let end = format!(":event-bus/{name}");
            let targets = state.buses().flat_map(|bus| bus.rules()).flat_map(|rule| &rule.targets);
            targets.into_iter().any(|target| target.arn.ends_with(&end))
                || pipes(plan).any(|pipe| pipe.target.ends_with(&end))
        };
        for bus in state.buses() {
            let is_used = bus.rules().next().is_some() || is_target(&bus.name);
            if bus.name == "default" && !is_used {
                continue;
            }
            let id = format!("bus {}", bus.name);
            let rules = bus.rules().map(|rule| {
                json!({
                    "name": rule.name,
                    "pattern": rule.pattern.as_ref().map(|(text, _)| text),
                    "schedule": rule.schedule.as_ref().map(|(text, _)| text),
                    "state": rule.state(),
                    "targets": rule.targets.iter().map(|target| &target.arn).collect::<Vec<_>>(),
                })
            });
            let rules: Vec<Value> = rules.collect();
            for target in bus.rules().flat_map(|rule| rule.targets.iter()) {
                drawn.arrow_to(&id, &target.arn, "delivers");
            }
            let of = bus.figures();
            let declared = plan.buses.iter().find(|one| one.name == bus.name);
            drawn.parts.push(json!({
                "id": id, "kind": "bus", "name": bus.name, "rules": rules,
                "logicalId": declared.map(|declared| &declared.id),
                "figures": {
                    "taken": of.taken, "delivered": of.delivered, "failed": of.failed, "underWay": of.under_way,
                },
            }));
        }
    }

    fn queues(&self, plan: &Plan, drawn: &mut Drawn) {
        for queue in self.queues.queues() {
            let (depth, ledger, config) = (queue.depth(), queue.ledger(), queue.config());
            let id = format!("queue {}", queue.name());
            let sources = self.queues.sources_of(queue.arn());
            let dead_for: Vec<&str> = sources.iter().map(|source| source.name()).collect();
            if let Some(redrive) = &config.redrive {
                drawn.arrow_to(&id, &redrive.target_arn, "gives up to");
            }
            let declared = plan.queues.iter().find(|one| one.name == queue.name());
            drawn.parts.push(json!({
                "id": id, "kind": "queue", "name": queue.name(), "url": queue.url(), "arn": queue.arn(),
                "logicalId": declared.map(|declared| &declared.id),
                "deadFor": dead_for,
                "figures": {
                    "visible": depth.visible, "inFlight": depth.in_flight, "delayed": depth.delayed,
                    "oldestAgeMs": depth.oldest_age_ms, "sent": ledger.sent, "arrived": ledger.arrived,
                    "received": ledger.received, "deleted": ledger.deleted, "departed": ledger.departed,
                },
            }));
        }
    }
}

fn apis(plan: &Plan, drawn: &mut Drawn) {
    for api in &plan.apis {
        let id = format!("api {}", api.api_id);
        let routes = api.routes.iter().map(|route| format!("{} {}", route.method, route.path));
        let routes: Vec<String> = routes.collect();
        drawn.parts.push(json!({ "id": id, "kind": "api", "name": api.id, "routes": routes }));
        for route in &api.routes {
            if let Integration::Function { name, .. }
            | Integration::Mapped(Mapped { called: Called::Function(name), .. }) =
                &route.integration
            {
                drawn.arrow(&id, &function_part(name), "invokes");
            }
        }
    }
}

/// Tables, buses, queues and topics that a function is told of: it uses them.
fn told_in_environment(plan: &Plan, declared: &Function, id: &str, drawn: &mut Drawn) {
    let has = |text: &str| declared.environment.values().any(|value| value == text);
    for table in plan.tables.iter().filter(|table| has(&table.name)) {
        drawn.arrow(id, &format!("table {}", table.name), "reads and writes");
    }
    for bus in plan.buses.iter().filter(|bus| has(&bus.name) || has(&bus.arn)) {
        drawn.arrow(id, &format!("bus {}", bus.name), "publishes");
    }
    for queue in plan.queues.iter().filter(|queue| has(&queue.url) || has(&queue.name)) {
        drawn.arrow(id, &format!("queue {}", queue.name), "sends");
    }
    for topic in plan.topics.iter().filter(|topic| has(&topic.arn)) {
        drawn.arrow(id, &format!("topic {}", topic.name), "publishes");
    }
}

fn topics(plan: &Plan, drawn: &mut Drawn) {
    for topic in &plan.topics {
        let id = format!("topic {}", topic.name);
        for subscription in plan.subscriptions.iter().filter(|one| one.topic == topic.arn) {
            drawn.arrow_to(&id, &subscription.endpoint, "notifies");
        }
        let (name, logical_id) = (&topic.name, &topic.id);
        drawn
            .parts
            .push(json!({ "id": id, "kind": "topic", "name": name, "logicalId": logical_id }));
    }
}

fn tables(plan: &Plan, drawn: &mut Drawn) {
    for table in &plan.tables {
        drawn.parts.push(json!({
            "id": format!("table {}", table.name), "kind": "table", "name": table.name, "logicalId": table.id,
            "keys": table.request["KeySchema"], "indexes": table.request["GlobalSecondaryIndexes"],
        }));
    }
}

/// What polls queues and streams of tables: mappings for their functions, pipes for their targets.
fn pollers(plan: &Plan, drawn: &mut Drawn) {
    for mapping in &plan.mappings {
        let source = part_of_arn(&mapping.queue);
        poller(&source, &mapping.function, mapping.pipe.as_ref(), "polled", drawn);
    }
    for mapping in &plan.stream_mappings {
        let source = format!("table {}", mapping.table);
        poller(&source, &mapping.function, mapping.pipe.as_ref(), "streams", drawn);
    }
}

fn poller(source: &str, function: &str, pipe: Option<&Pipe>, label: &str, drawn: &mut Drawn) {
    let Some(pipe) = pipe else {
        return drawn.arrow(source, &function_part(function), label);
    };
    let label = format!("pipe {}", pipe.name);
    match &pipe.enrichment {
        None => drawn.arrow_to(source, &pipe.target, &label),
        Some(enrichment) => {
            let enrichment = function_part(enrichment);
            drawn.arrow(source, &enrichment, &label);
            drawn.arrow_to(&enrichment, &pipe.target, &label);
        }
    }
}

fn pipes(plan: &Plan) -> impl Iterator<Item = &Pipe> {
    let of_queues = plan.mappings.iter().filter_map(|mapping| mapping.pipe.as_ref());
    of_queues.chain(plan.stream_mappings.iter().filter_map(|mapping| mapping.pipe.as_ref()))
}

/// The part of a function, by its name with or without a qualifier, or by its ARN.
fn function_part(name: &str) -> String {
    if name.starts_with("arn:") {
        return part_of_arn(name);
    }
    format!("function {}", name.split(':').next().unwrap_or_default())
}

/// The part that an ARN names.
fn part_of_arn(arn: &str) -> String {
    let parts: Vec<&str> = arn.split(':').skip(5).collect();
    match (arn.split(':').nth(2), parts.as_slice()) {
        (Some("sqs"), [name, ..]) => format!("queue {name}"),
        (Some("lambda"), ["function", name, ..]) => format!("function {name}"),
        (Some("sns"), [name, ..]) => format!("topic {name}"),
        (Some("events"), [name, ..]) => format!("bus {}", name.trim_start_matches("event-bus/")),
        (Some("logs"), ["log-group", name, ..]) => format!("log {name}"),
        (_, rest) => rest.join(":"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_names_the_part_that_is_drawn() {
        for (arn, part) in [
            ("arn:aws:sqs:r:1:q", "queue q"),
            ("arn:aws:lambda:r:1:function:f:live", "function f"),
            ("arn:aws:sns:r:1:t", "topic t"),
            ("arn:aws:events:r:1:event-bus/b", "bus b"),
            ("arn:aws:logs:r:1:log-group:/a/b:*", "log /a/b"),
        ] {
            assert_eq!(part_of_arn(arn), part, "{arn}");
        }
        assert_eq!(function_part("arn:aws:lambda:r:1:function:f"), "function f");
        assert_eq!(function_part("f:live"), "function f");
    }
}
