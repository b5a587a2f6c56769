//! What stands and how it is connected: parts and arrows between them, each with its figures.

use serde_json::{Value, json};

use crate::aws::Endpoint;
use crate::template::Integration;

impl Endpoint {
    /// The system as it is now.
    pub(super) fn system(&self) -> Result<Value, String> {
        let plan = self.plan.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut parts = Vec::new();
        let mut arrows = Vec::new();
        for api in &plan.apis {
            let id = format!("api {}", api.api_id);
            let routes: Vec<Value> = api
                .routes
                .iter()
                .map(|route| json!(format!("{} {}", route.method, route.path)))
                .collect();
            parts.push(json!({ "id": id, "kind": "api", "name": api.id, "routes": routes }));
            for route in &api.routes {
                if let Integration::Function { name, .. } = &route.integration {
                    let name = name.split(':').next().unwrap_or_default();
                    arrow(&mut arrows, &id, &format!("function {name}"), "invokes");
                }
            }
        }
        for (name, metrics) in self.functions.metrics() {
            let id = format!("function {name}");
            if let Some(declared) = plan.functions.iter().find(|one| one.name == name) {
                let values: Vec<&String> = declared.environment.values().collect();
                let has = |text: &str| values.iter().any(|value| value.as_str() == text);
                for table in plan.tables.iter().filter(|table| has(&table.name)) {
                    arrow(&mut arrows, &id, &format!("table {}", table.name), "reads and writes");
                }
                for bus in plan.buses.iter().filter(|bus| has(&bus.name) || has(&bus.arn)) {
                    arrow(&mut arrows, &id, &format!("bus {}", bus.name), "publishes");
                }
                for queue in plan.queues.iter().filter(|queue| has(&queue.url) || has(&queue.name))
                {
                    arrow(&mut arrows, &id, &format!("queue {}", queue.name), "sends");
                }
            }
            parts.push(json!({ "id": id, "kind": "function", "name": name, "figures": metrics }));
        }
        let stats = self.buses.stats();
        let state = self.buses.state();
        for bus in state.buses() {
            let id = format!("bus {}", bus.name);
            let rules: Vec<Value> = bus.rules().map(|rule| json!({
                "name": rule.name,
                "pattern": rule.pattern.as_ref().map(|(text, _)| text),
                "schedule": rule.schedule.as_ref().map(|(text, _)| text),
                "state": rule.state(),
                "targets": rule.targets.iter().map(|target| target.arn.clone()).collect::<Vec<_>>(),
            })).collect();
            for target in bus.rules().flat_map(|rule| rule.targets.iter()) {
                arrow(&mut arrows, &id, &part_of_arn(&target.arn), "delivers");
            }
            if bus.name != "default" || bus.rules().next().is_some() {
                parts.push(json!({ "id": id, "kind": "bus", "name": bus.name, "rules": rules }));
            }
        }
        for queue in self.queues.queues() {
            let (depth, ledger, config) = (queue.depth(), queue.ledger(), queue.config());
            let id = format!("queue {}", queue.name());
            let dead_for: Vec<String> = self
                .queues
                .sources_of(queue.arn())
                .iter()
                .map(|source| source.name().to_owned())
                .collect();
            if let Some(redrive) = &config.redrive {
                arrow(&mut arrows, &id, &part_of_arn(&redrive.target_arn), "gives up to");
            }
            parts.push(json!({
                "id": id, "kind": "queue", "name": queue.name(), "url": queue.url(), "arn": queue.arn(),
                "deadFor": dead_for,
                "figures": {
                    "visible": depth.visible, "inFlight": depth.in_flight, "delayed": depth.delayed,
                    "oldestAgeMs": depth.oldest_age_ms, "sent": ledger.sent, "arrived": ledger.arrived,
                    "received": ledger.received, "deleted": ledger.deleted, "departed": ledger.departed,
                },
            }));
        }
        for mapping in &plan.mappings {
            let function = mapping.function.split(':').next().unwrap_or_default();
            arrow(
                &mut arrows,
                &part_of_arn(&mapping.queue),
                &format!("function {function}"),
                "polled",
            );
        }
        for table in &plan.tables {
            parts.push(json!({
                "id": format!("table {}", table.name), "kind": "table", "name": table.name,
                "keys": table.request["KeySchema"], "indexes": table.request["GlobalSecondaryIndexes"],
            }));
        }
        Ok(json!({
            "stack": plan.stacks.first().map(|stack| &stack.name),
            "parts": parts,
            "arrows": arrows,
            "buses": {
                "taken": stats.taken, "delivered": stats.delivered, "retried": stats.retried,
                "deadLettered": stats.dead_lettered, "dropped": stats.dropped, "unrouted": stats.unrouted,
                "underWay": stats.under_way,
            },
            "journal": self.journal.is_kept(),
        }))
    }
}

fn arrow(arrows: &mut Vec<Value>, from: &str, to: &str, label: &str) {
    let arrow = json!({ "from": from, "to": to, "label": label });
    if !arrows.contains(&arrow) {
        arrows.push(arrow);
    }
}

/// The part that an ARN names.
fn part_of_arn(arn: &str) -> String {
    let name = arn.split(':').skip(5).collect::<Vec<_>>();
    match (arn.split(':').nth(2), name.as_slice()) {
        (Some("sqs"), [name, ..]) => format!("queue {name}"),
        (Some("lambda"), ["function", name, ..]) => format!("function {name}"),
        (Some("sns"), [name, ..]) => format!("topic {name}"),
        (_, rest) => rest.join(":"),
    }
}
